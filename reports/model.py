"""What do the models give for the next days? Air judged by the Chinese rules, and the weather; never an observation."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd
from msgspec import Struct

from assessment import air_year, aqi
from assessment.comparison import Terms
from assessment.editions import OLD
from reports import freshness, provenance
from reports.air_days import POLLUTANTS
from reports.cached import cached_report
from reports.freshness import Freshness
from reports.provenance import Provenance
from store import raw, standards
from store import readings as readings_store
from store.city import CITY
from store.clock import ZONE

AIR, WEATHER = "open_meteo_air", "open_meteo_weather"
HOUR = timedelta(hours=1)
REACH = timedelta(hours=22)  # the hour ending at 01:00 is the last of 24 that begin so long before the day
DAYS_AHEAD = 5
DAYS_DRAWN = 4  # beside the hours
O3_1H, O3_8H = "o3_1h_ugm3", "o3_8h_ugm3"
WEATHER_ITEMS = ("temp_c", "rh_pct", "wind_ms", "wind_dir_deg", "precip_mm")
RAIN_HOURS = 24
CALM_BELOW_MS = 0.3  # GB/T 28591: force 0 is 0.0–0.2 m/s
WINDS = ("n", "ne", "e", "se", "s", "sw", "w", "nw")  # where the wind comes from


class Item(Struct, frozen=True, weakref=True):
    """A pollutant of a modelled day: 24-hour mean (ozone: largest 8-hour mean), µg/m³, CO mg/m³, and its IAQI."""

    pollutant: str
    column: str
    value: float
    iaqi: float


class Day(Struct, frozen=True, weakref=True):
    """A modelled day. ``hours``: how many are modelled; ``aqi``: by its daily values, None below 20 hours.

    ``low`` and ``high``: the range of the hourly AQI. ``missing``: pollutants the daily AQI had to do without.
    """

    date: date
    hours: int
    aqi: int | None
    level: int | None
    primary: tuple[str, ...]
    missing: tuple[str, ...]
    items: tuple[Item, ...]
    low: int | None
    high: int | None
    provenance: Provenance


class Forecast(Struct, frozen=True, weakref=True):
    """The modelled air from an hour on. ``run_at``: when the newest of it was requested.

    ``days``: today, whole, and the next five. ``hours``: at, aqi, level of today's and later hours from the last full one on.
    """

    run_at: datetime | None
    days: tuple[Day, ...]
    hours: pd.DataFrame
    provenance: Provenance

    @property
    def judged(self) -> tuple[Day, ...]:
        """The days with an AQI of their own; one the models reach only in part has none."""
        return tuple(one for one in self.days if one.aqi is not None)

    @property
    def ranged(self) -> tuple[Day, ...]:
        """The days with a range of hourly values, be they whole or not."""
        return tuple(one for one in self.days if one.high is not None)

    def ahead(self, after: date) -> tuple[Day, ...]:
        """The first :data:`DAYS_DRAWN` of :attr:`judged` that follow a day."""
        return tuple(one for one in self.judged if one.date > after)[:DAYS_DRAWN]


class Weather(Struct, frozen=True, weakref=True):
    """The modelled weather of an hour. ``wind_from``: one of :data:`WINDS`, "calm", or empty where it is not known.

    ``precip_24h_mm``: of the next 24 hours, None where an hour of them is missing. ``run_at``: as in Forecast.
    """

    at: datetime
    run_at: datetime | None
    temp_c: float | None
    rh_pct: float | None
    wind_ms: float | None
    wind_from: str
    precip_24h_mm: float | None
    provenance: Provenance


def worst(days: Sequence[Day]) -> Day:
    """The day with the highest hour. Raises ValueError where there is none."""
    return max(days, key=lambda one: one.high or 0)


# ── air ──────────────────────────────────────────────────────────────────────────────────────────────────────────────
def forecast(now: datetime) -> Forecast | None:
    """The modelled air of today and the next five days; None where no hour after ``now`` is modelled."""
    return _forecast(_hour(now))


@cached_report("facts", "air_modelled")
def _forecast(hour: datetime) -> Forecast | None:
    today = hour.date()
    start = hour.replace(hour=0)
    rows = readings_store.read(
        places=[CITY],
        items=[*POLLUTANTS, O3_1H],
        averaging="1h",
        since=start - REACH,
        until=start + timedelta(days=DAYS_AHEAD + 1),
        stream="modelled",
    )
    rows = rows[rows["value"].notna()]
    ahead = rows[rows["at"] >= hour]
    if ahead.empty:
        return None
    wide = rows.pivot(index="at", columns="item", values="value").reindex(columns=[*POLLUTANTS, O3_1H])
    hours = _hours(wide)
    wide = wide[wide.index > start]  # 00:00 closes the day before
    days = tuple(_day(day, mine, hours[hours["date"] == day]) for day, mine in wide.groupby(_dates(wide.index)))
    shown = hours.loc[hours["at"] >= hour, ["at", "aqi", "level"]].reset_index(drop=True)
    period = f"{today.isoformat()}/{days[-1].date.isoformat()}"
    return Forecast(_run_at(ahead), days, shown, _provenance(AIR, period, standards.edition_on(today).id))


def _dates(ends: pd.Index) -> pd.Index:
    """The day each hour belongs to: an hour is named by its end."""
    return pd.Index((pd.DatetimeIndex(ends) - HOUR).date)


def _hours(wide: pd.DataFrame) -> pd.DataFrame:
    """Hourly AQI by the edition of each hour's day: at, date, aqi, level; earlier hours go into moving means alone."""
    old = [standards.edition_of_hour(end).id == OLD for end in wide.index]
    taken = wide
    if any(old):
        taken = wide.astype(float).assign(**{O3_8H: np.nan})
        taken[old] = air_year.as_2012_reports(wide.astype(float))[taken.columns][old]
    frame = taken.reset_index().assign(date=_dates(wide.index))
    judged = aqi.judge(frame, standards.aqi_editions(), hourly=True, missing_rule="available")
    return judged[["at", "date", "aqi"]].assign(level=judged["category_level"])


def _day(day: date, hours: pd.DataFrame, judged: pd.DataFrame) -> Day:
    means = air_year.daily_means(hours[list(POLLUTANTS)]).reset_index(drop=True)
    means[O3_8H] = air_year.mda8(hours[[O3_1H]])[O3_1H].to_numpy()
    if len(hours) < air_year.HOURS_FOR_A_DAY:  # the ozone of a day does with fewer
        means[:] = np.nan
    edition = standards.edition_on(day)
    row = aqi.judge(means, standards.aqi_editions(), edition=edition.id, missing_rule="available").iloc[0]
    columns = [name for name in (*POLLUTANTS, O3_8H) if not np.isnan(row[name])]
    missing = tuple(aqi.ITEMS[name][0] for name in (*POLLUTANTS, O3_8H) if name not in columns)
    return Day(
        date=day,
        hours=len(hours),
        aqi=_whole(row["aqi"]),
        level=_whole(row["category_level"]),
        primary=tuple(filter(None, str(row["primary"]).split(","))),
        missing=missing,
        items=tuple(Item(aqi.ITEMS[n][0], n, float(row[n]), float(row[aqi.short(n)])) for n in columns),
        low=_whole(judged["aqi"].min()),
        high=_whole(judged["aqi"].max()),
        provenance=_provenance(AIR, day.isoformat(), edition.id).with_terms(
            Terms("aqi", "index", day.isoformat(), CITY, edition.id, "after", ozone="counted", measurer="model")
        ),
    )


def freshness_of(report: Forecast, now: datetime) -> Freshness:
    """How old the modelled air is, by when it was requested."""
    return freshness.of(AIR, now, data_at=report.run_at)


# ── weather ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def weather(now: datetime) -> Weather | None:
    """The modelled weather at the present hour; None where the models have none."""
    return _weather(_hour(now))


@cached_report("facts", "weather")
def _weather(hour: datetime) -> Weather | None:
    until = hour + RAIN_HOURS * HOUR
    rows = readings_store.read(
        places=[CITY], items=list(WEATHER_ITEMS), averaging="1h", since=hour, until=until, stream="modelled"
    )
    rows = rows[rows["value"].notna()]
    present = rows[rows["at"] == hour]
    if present.empty:
        return None
    values: dict[str, float] = dict(zip(present["item"], present["value"].astype(float), strict=True))
    speed, direction = values.get("wind_ms"), values.get("wind_dir_deg")
    rain = rows[(rows["item"] == "precip_mm") & (rows["at"] > hour)]["value"]
    return Weather(
        at=hour,
        run_at=_run_at(rows),
        temp_c=values.get("temp_c"),
        rh_pct=values.get("rh_pct"),
        wind_ms=speed,
        wind_from=_wind_from(speed, direction),
        precip_24h_mm=float(rain.sum()) if len(rain) == RAIN_HOURS else None,
        provenance=_provenance(WEATHER, hour.strftime("%Y-%m-%dT%H"), ""),
    )


def _wind_from(speed_ms: float | None, direction_deg: float | None) -> str:
    """The eighth of the horizon a wind comes from."""
    if speed_ms is not None and speed_ms < CALM_BELOW_MS:
        return "calm"
    if speed_ms is None or direction_deg is None:
        return ""
    return WINDS[round(direction_deg / 45) % len(WINDS)]


# ── both ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
def _hour(now: datetime) -> datetime:
    return now.astimezone(ZONE).replace(minute=0, second=0, microsecond=0)


def _run_at(rows: pd.DataFrame) -> datetime | None:
    """When the newest answer the readings come from was requested."""
    known = rows["raw_id"].dropna()
    answer = raw.get(int(known.max())) if len(known) else None
    return answer.asked_at if answer else None


def _provenance(document: str, period: str, standard: str) -> Provenance:
    return provenance.of("modelled", period, document, standard=standard)


def _whole(value: Any) -> int | None:
    return None if np.isnan(value) else int(value)
