"""The city's days: the archive's, the platform's own as they come in, and days counted from hours where neither has one."""

import pandas as pd

from assessment import aqi, ozone
from assessment.air_year import HOURS_FOR_A_DAY
from reports.cached import cached_report
from store import facts, standards
from store import readings as readings_store
from store.city import CITY

LIVE, ARCHIVE = "cnemc_air", "archive_quotsoft"
POLLUTANTS = ("pm25_ugm3", "pm10_ugm3", "so2_ugm3", "no2_ugm3", "co_mgm3")
O3 = "o3_8h_ugm3"
STATIONS_MEAN = "stations_mean"
BESIDE = ";"  # between the documents of a day that comes from several
# Collectors of the public release report its ozone columns changed about (hourly values and the day's largest) until late
# in 2023: archived hours from before are not taken for hourly ozone.
OZONE_HOURS_SURE_FROM = pd.Timestamp("2024-01-01")


@cached_report("facts", "air_hours", "air_days")
def known() -> pd.DataFrame:
    """A row a day, in order: date, :data:`POLLUTANTS`, o3_8h_ugm3, o3_1h_ugm3, o3_ugm3, o3_kind, document_id
    (where the values come from, by the readings themselves; several joined by :data:`BESIDE`).

    The platform's daily values come before the archive's copies of them. Hours make a day only where both have none
    (at least 20 of them, GB 3095 table 4) and the day is over, and give a day its 8-hour ozone where the archive has none.
    Where neither knows it, the stations' values do (:func:`_of_stations`): o3_kind is then ``stations_mean``, and
    o3_stations, o3_lowest_ugm3, o3_highest_ugm3, o3_document_id say how many they are, between what they lie, and whose.
    """
    archived, published = _archived(), _published()
    counted = _counted()
    days = pd.concat([archived, published]).drop_duplicates("date", keep="last")
    days = pd.concat([days, counted[~counted["date"].isin(days["date"])]]).sort_values("date", ignore_index=True)
    mda8 = counted.set_index("date")[O3].reindex(days["date"]).to_numpy()
    from_hours = days[O3].isna().to_numpy() & ~pd.isna(mda8)
    days.loc[from_hours, O3] = mda8[from_hours]
    days.loc[from_hours, "o3_ugm3"] = mda8[from_hours]
    days.loc[from_hours, "o3_kind"] = "max_8h"
    also = days["date"].map(counted.set_index("date")["document_id"])[from_hours]
    own = days.loc[from_hours, "document_id"]
    days.loc[from_hours, "document_id"] = [
        BESIDE.join(dict.fromkeys(f"{one}{BESIDE}{other}".split(BESIDE))) for one, other in zip(own, also, strict=True)
    ]
    return _with_stations(days)


def _with_stations(days: pd.DataFrame) -> pd.DataFrame:
    """Days whose 8-hour ozone neither a published value nor the city's hours give get it from their stations."""
    by_station = _of_stations().reindex(days["date"]).reset_index(drop=True)
    by_station = by_station.mask(days[O3].notna() | by_station["mean"].isna())
    mine = by_station["mean"].notna()
    days.loc[mine, O3] = days.loc[mine, "o3_ugm3"] = by_station.loc[mine, "mean"]
    days.loc[mine, "o3_kind"] = STATIONS_MEAN
    return days.assign(
        o3_stations=by_station["count"],
        o3_lowest_ugm3=by_station["min"],
        o3_highest_ugm3=by_station["max"],
        o3_document_id=by_station["document_id"].astype(object),
    )


def _of_stations() -> pd.DataFrame:
    """Largest 8-hour means of single stations, by date: mean, count, min, max (µg/m³), document_id.

    The standard takes the mean of the stations' hours first and the largest 8 hours of that; the mean of the stations'
    own largest 8 hours, all that is known here, is never below it for the same stations.
    """
    by_day = facts.table("air_station_days").dropna(subset=["o3_mda8_ugm3"]).groupby("date")
    return by_day["o3_mda8_ugm3"].agg(["mean", "count", "min", "max"]).join(by_day["document_id"].first())


def with_ozone(judged: pd.DataFrame) -> pd.DataFrame:
    """Judged days (``standard``, ``aqi``, all columns of :func:`known`) with what is known of their ozone beside them.

    Added: ozone (a state of :mod:`assessment.ozone`, whether or not the index counts it), aqi_at_most and level_at_most
    (once it is counted, NaN where nothing bounds it), ozone_unsure (the stations lie on both sides of the limit).
    """
    parts = []
    for name, edition in standards.aqi_editions().items():
        day = judged[judged["standard"] == name]
        mda8, hour = day[O3], day["o3_1h_ugm3"]
        most = ozone.aqi_at_most(day["aqi"], mda8, hour, edition)
        added = {
            "ozone": ozone.states(mda8, hour, day["o3_kind"] == STATIONS_MEAN, edition),
            "aqi_at_most": most,
            "level_at_most": aqi.category_levels(most, edition),
            "ozone_unsure": ozone.unsure(day["o3_lowest_ugm3"], day["o3_highest_ugm3"], edition),
        }
        parts.append(day.assign(**added))
    return pd.concat(parts).reindex(judged.index)


def _archived() -> pd.DataFrame:
    daily = facts.table("air_daily")
    frame = daily[["date", *POLLUTANTS, "o3_ugm3", "o3_kind", "document_id"]].copy()
    frame[O3] = daily["o3_ugm3"].where(daily["o3_kind"] == "max_8h")
    frame["o3_1h_ugm3"] = daily["o3_ugm3"].where(daily["o3_kind"] == "max_1h")
    return frame


def _published() -> pd.DataFrame:
    """Days the platform published for the city."""
    rows = readings_store.read(places=[CITY], items=[*POLLUTANTS, O3], averaging="day")
    wide = rows.pivot(index="at", columns="item", values="value").reindex(columns=[*POLLUTANTS, O3])
    wide = wide.dropna(how="all")
    return _dated(wide, pd.DatetimeIndex(wide.index).tz_localize(None), LIVE)


def _counted() -> pd.DataFrame:
    """Days from the city's hours, each by the documents its hours come from."""
    rows = readings_store.days(places=[CITY], items=[*POLLUTANTS, "o3_1h_ugm3"])
    rows = rows[rows["averaging"] == "1h"]
    means = rows[rows["n"] >= HOURS_FOR_A_DAY].pivot(index="date", columns="item", values="mean")
    wide = means.reindex(columns=list(POLLUTANTS))
    ozone = rows[rows["item"] == "o3_1h_ugm3"].set_index("date")["mda8"]
    ozone = ozone[ozone.index >= OZONE_HOURS_SURE_FROM]
    wide = wide.join(ozone.rename(O3), how="outer").dropna(how="all")
    wide = wide[wide.index < _running_day()]
    made = _dated(wide, pd.DatetimeIndex(wide.index), LIVE)
    return made.assign(document_id=made["date"].map(_documents_of_hours()).fillna(LIVE).astype(object))


def _documents_of_hours() -> pd.Series:
    """The documents the city's hours of each day come from, by date; both where a day has hours of both."""
    kinds = readings_store.kinds_of_days(places=[CITY], items=[*POLLUTANTS, "o3_1h_ugm3"])
    kinds["document_id"] = kinds["kind"].eq("archive").map({True: ARCHIVE, False: LIVE})
    by_day = kinds.groupby(kinds["date"].astype("datetime64[ns]"))["document_id"]
    return by_day.agg(lambda some: BESIDE.join(sorted(set(some))))


def documents(column: pd.Series) -> list[str]:
    """The single documents of a column document_id of :func:`known`, each once, in order."""
    return list(dict.fromkeys(one for text in column.drop_duplicates() for one in str(text).split(BESIDE)))


def _running_day() -> pd.Timestamp:
    """The day the city's newest hour lies in; an hour that ends at midnight opens the next one. It reads no clock."""
    newest = readings_store.latest(places=[CITY], items=[*POLLUTANTS, "o3_1h_ugm3"], averaging="1h")["at"].max()
    return pd.Timestamp.max if pd.isna(newest) else pd.Timestamp(newest).tz_localize(None).normalize()


def _dated(wide: pd.DataFrame, dates: pd.DatetimeIndex, document: str) -> pd.DataFrame:
    frame = wide.reset_index(drop=True).astype(float)
    frame["date"] = dates.astype("datetime64[ns]")
    frame["o3_ugm3"], frame["o3_1h_ugm3"] = frame[O3], float("nan")
    frame["o3_kind"] = frame[O3].map(lambda value: None if pd.isna(value) else "max_8h").astype(object)
    frame["document_id"] = document
    return frame
