"""How is the air this hour? The city's published value, its stations, the last two days, the five capitals."""

import math
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd
from msgspec import Struct

from assessment import air_year, aqi, comparison
from assessment.air_year import RemainingMean
from assessment.comparison import Terms
from assessment.editions import OLD, AqiEdition
from reports import freshness, provenance
from reports.air_days import ARCHIVE, LIVE, POLLUTANTS
from reports.cached import cached_report
from reports.freshness import Freshness
from reports.provenance import Provenance
from store import facts, records, standards
from store import readings as readings_store
from store.city import CAPITALS, CITY

ITEMS = (*POLLUTANTS, "o3_1h_ugm3")
HOURLY = ("aqi", *ITEMS)
SHOWN_HOURS = 48
SHOWN = timedelta(hours=SHOWN_HOURS)
A_DAY = timedelta(hours=24)
FEWEST_HOURS = 2  # known ones that make a course
FEWEST_RANKED = 2
REACH = timedelta(hours=23)  # hours before one that its mean of 24 takes in
A_SECOND = timedelta(seconds=1)  # the hour that ends at 00:00 belongs to the day it closes
SAME_ROUND = timedelta(hours=3)  # a station without values for longer is not part of the hour
LEVELS_WITHIN = 3  # good, moderate, lightly polluted: what a day may still stay within
MEAN_OF_HOURS = {"pm25_ugm3": "PM2.5", "pm10_ugm3": "PM10"}  # pollutants whose day is a mean of its hours


class Item(Struct, frozen=True, weakref=True):
    """A pollutant of an hour: value (µg/m³, CO mg/m³), its IAQI, the 1-hour limit of class 2 where there is one."""

    pollutant: str
    column: str
    value: float | None
    note: str
    iaqi: float | None
    limit: float | None


class Hour(Struct, frozen=True, weakref=True):
    """An hour of a city or a station, ending at ``at``. ``published``: the AQI is the platform's, else computed here.

    ``primary``: as the platform names them, or computed from the items where it names none (``primary_computed``).
    ``above_100``: every pollutant whose individual index is above 100.
    """

    place_id: str
    at: datetime
    aqi: int | None
    level: int | None
    primary: tuple[str, ...]
    primary_computed: bool
    above_100: tuple[str, ...]
    published: bool
    standard: str
    items: tuple[Item, ...]
    provenance: Provenance

    @property
    def day(self) -> date:
        """The day the hour belongs to; the hour that ends at 00:00 closes one."""
        return (self.at - A_SECOND).date()


class Station(Struct, frozen=True, weakref=True):
    """A station with its latest hour; name in both languages, position where known."""

    station_id: str
    name_zh: str
    name_en: str
    lon: float | None
    lat: float | None
    hour: Hour


class Now(Struct, frozen=True, weakref=True):
    """The air of the latest hour. ``hours``: at, aqi, level of the city's last 48 hours."""

    city: Hour
    stations: tuple[Station, ...]
    hours: pd.DataFrame
    capitals: tuple[Hour, ...]

    @property
    def by_index(self) -> tuple[Station, ...]:
        """The stations, the worst air first; those without an index last."""
        return tuple(sorted(self.stations, key=lambda one: -(one.hour.aqi or 0)))

    @property
    def judged(self) -> int:
        """How many stations have an index."""
        return sum(one.hour.aqi is not None for one in self.stations)

    @property
    def extremes(self) -> tuple[Station, Station] | None:
        """The stations with the lowest and the highest index; None where no station has one."""
        known = [(one.hour.aqi, one) for one in self.stations if one.hour.aqi is not None]
        if not known:
            return None
        low, high = (end(known, key=lambda pair: pair[0]) for end in (min, max))
        return low[1], high[1]

    @property
    def located(self) -> bool:
        """Whether the place of any station is known."""
        return any(one.lon for one in self.stations)


class Ranking(Struct, frozen=True, weakref=True):
    """Capitals whose index may be ranked, cleanest first; ``place``: the city's among them, from 1, None where it has none."""

    at: datetime
    hours: tuple[Hour, ...]
    place: int | None


def ranking(report: Now) -> Ranking | None:
    """The capitals of the city's hour, edition and measurer; None where there are not two of them."""
    mine = report.city.provenance.terms
    assert mine is not None
    same_hour = [one for one in report.capitals if one.aqi is not None and one.at == report.city.at]
    alike = [one for one in same_hour if one.provenance.terms and not comparison.differing(mine, one.provenance.terms)]
    if len(alike) < FEWEST_RANKED:
        return None
    ranked = tuple(sorted(alike, key=lambda one: one.aqi or 0))
    own = next((one.aqi for one in ranked if one.place_id == CITY), None)
    place = None if own is None else 1 + sum((one.aqi or 0) < own for one in ranked)
    return Ranking(report.city.at, ranked, place)


class WorstHour(Struct, frozen=True, weakref=True):
    """The highest AQI of the hours shown. ``within_a_day``: they reach back no further than 24 hours."""

    at: datetime
    aqi: int
    within_a_day: bool


def by_district(report: Now) -> Mapping[str, tuple[Station, ...]]:
    """The stations with an index by the district they lie in (``areas``); stations of no known place are left out."""
    known = facts.by_id(records.AirStation)
    districts: dict[str, list[Station]] = {}
    for one in report.stations:
        if one.hour.level and one.station_id in known:
            districts.setdefault(known[one.station_id].area_id, []).append(one)
    return {area_id: tuple(some) for area_id, some in districts.items()}


def worst_hour(report: Now, last: int = SHOWN_HOURS) -> WorstHour | None:
    """The worst of the ``last`` hours; None where fewer than two of them are known: too few for a course."""
    known = report.hours.tail(last).dropna(subset=["aqi"])
    if len(known) < FEWEST_HOURS:
        return None
    worst = known.loc[known["aqi"].idxmax()]
    return WorstHour(worst["at"], int(worst["aqi"]), known["at"].iloc[0] > report.city.at - A_DAY)


def freshness_of(report: Now | None, now: datetime) -> Freshness:
    """How old the city's hour is; how old the source's newest value is where there is no hour."""
    return freshness.of(LIVE, now) if report is None else hour_freshness(report.city, now)


def hour_freshness(hour: Hour, now: datetime) -> Freshness:
    """How old an hour of the air is. It is the air outside where it is current (as :func:`freshness.outside_now`)."""
    return freshness.of(LIVE, now, data_at=hour.at, kind=hour.provenance.kind)


@cached_report("facts", "air_hours", "sources")
def now() -> Now | None:
    """The latest hour the store holds, however old; None where there never was one."""
    latest = readings_store.latest(places=[CITY], items=list(HOURLY), averaging="1h")
    if latest.empty:
        return None
    at = latest["at"].max()
    city = _hour(CITY, latest[latest["at"] == at])
    capitals = readings_store.latest(places=list(CAPITALS), items=["aqi"], averaging="1h")
    capitals = capitals[capitals["at"] > at - SAME_ROUND]
    hours = tuple(_hour(place, mine) for place, mine in capitals.groupby("place_id", sort=False))
    return Now(city, _stations(at), _hours(at), tuple(sorted(hours, key=lambda one: CAPITALS.index(one.place_id))))


def _hour(place_id: Any, rows: pd.DataFrame) -> Hour:
    """An hour from its readings (one row an item)."""
    at = rows["at"].max().to_pydatetime()
    edition = standards.edition_of_hour(at)
    values = {row.item: row for row in rows.itertuples()}
    iaqis, computed = _judged(place_id, rows, edition)
    index = values.get("aqi")
    value = float(index.value) if index is not None else computed
    named = (
        tuple(name for name in (index.primary_pollutants or "").split(",") if name in aqi.POLLUTANTS)
        if index is not None
        else ()
    )
    primary = named or aqi.leading(iaqis, value)
    level = None if np.isnan(value) else int(aqi.category_levels([value], edition)[0])
    day = (at - A_SECOND).date()
    return Hour(
        place_id=str(place_id),
        at=at,
        aqi=None if np.isnan(value) else int(value),
        level=level,
        primary=primary,
        primary_computed=not named and bool(primary),
        above_100=aqi.above_100(iaqis, primary, value),
        published=index is not None,
        standard=edition.id,
        items=tuple(_item(name, values.get(name), iaqis.get(name), day) for name in ITEMS),
        provenance=_provenance(rows, at, edition.id, published=index is not None),
    )


def _judged(place_id: Any, rows: pd.DataFrame, edition: AqiEdition) -> tuple[dict[str, float], float]:
    """Individual indices by column, and the AQI by the standard's rule for missing items (NaN where it gives none)."""
    at = rows["at"].max()
    known = rows[rows["item"].isin(ITEMS)].set_index("item")["value"].astype(float).to_dict()
    frame = pd.DataFrame([known], index=pd.DatetimeIndex([at])).reindex(columns=list(ITEMS))
    if edition.id == OLD and known:
        before = readings_store.read(places=[place_id], items=list(ITEMS), averaging="1h", since=at - REACH, until=at)
        wide = before.pivot(index="at", columns="item", values="value").astype(float)
        frame = air_year.as_2012_reports(frame.combine_first(wide).reindex(columns=list(ITEMS))).loc[[at]]
    judged = aqi.judge(frame, standards.aqi_editions(), edition=edition.id, hourly=True).iloc[0]
    iaqis = {name: float(judged[aqi.short(name)]) for name in aqi.ITEMS if aqi.short(name) in judged}
    return iaqis, float(judged["aqi"])


def _provenance(rows: pd.DataFrame, at: datetime, standard: str, *, published: bool) -> Provenance:
    """Where an hour comes from, and what its index is: of which hour, by which edition, the platform's or computed here."""
    archived = bool((rows["kind"] == "archive").any())
    kind: provenance.Kind = "archive" if archived else "live"
    document = ARCHIVE if archived else LIVE
    period = at.strftime("%Y-%m-%dT%H")
    terms = Terms(
        quantity="aqi",
        statistic="index",
        period=period,
        edition=standard,
        state=comparison.state_of((at - A_SECOND).date().isoformat()),
        dust="raw",
        measurer="official" if published else "this_site",
    )
    return provenance.of(kind, period, document, standard=standard, dust="raw", terms=terms)


def _item(column: str, row: Any, iaqi: float | None, day: date) -> Item:
    pollutant = aqi.ITEMS[column][0]
    try:
        limit: float | None = standards.air_limit(day, pollutant, "1h")
    except KeyError:
        limit = None
    value = None if row is None else float(row.value)
    part = None if iaqi is None or np.isnan(iaqi) else float(iaqi)
    return Item(pollutant, column, value, "" if row is None else str(row.note or ""), part, limit)


def _stations(at: pd.Timestamp) -> tuple[Station, ...]:
    """Every station with values of the last hours, by name."""
    known, seen = facts.by_id(records.AirStation), readings_store.places_seen().set_index("place_id")
    codes = [code for code in {*known, *seen.index} if code not in facts.by_id(records.Area)]
    latest = readings_store.latest(places=codes, items=list(HOURLY), averaging="1h")
    latest = latest[latest["at"] > at - SAME_ROUND]
    return tuple(
        _station(str(code), _hour(code, mine[mine["at"] == mine["at"].max()]), known, seen)
        for code, mine in latest.groupby("place_id")
    )


def _station(code: str, hour: Hour, known: Mapping[str, records.AirStation], seen: pd.DataFrame) -> Station:
    if code in known:
        row = known[code]
        return Station(code, row.name.zh, row.name.en, row.lon, row.lat, hour)
    row = seen.loc[[code]].iloc[0]
    lon, lat = (None if pd.isna(row[name]) else float(row[name]) for name in ("lon", "lat"))
    return Station(code, str(row["name"]), code, lon, lat, hour)


def _hours(at: pd.Timestamp) -> pd.DataFrame:
    """The city's AQI hour by hour: at, aqi, level; unknown hours stay empty."""
    published = readings_store.read(places=[CITY], items=["aqi"], averaging="1h", since=(at - SHOWN).to_pydatetime())
    ends = pd.date_range(at - SHOWN + timedelta(hours=1), at, freq="h")
    hours = pd.DataFrame({"at": ends, "aqi": published.set_index("at")["value"].reindex(ends).to_numpy()})
    editions = [standards.edition_of_hour(end) for end in ends]
    pairs = zip(hours["aqi"].to_numpy(float), editions, strict=True)
    hours["level"] = [aqi.category_levels([value], edition)[0] for value, edition in pairs]
    return hours


class Rest(Struct, frozen=True, weakref=True):
    """The highest mean (whole µg/m³) of the hours to come with which the day stays within a level; not ``possible``: too late."""

    level: int
    iaqi: int
    highest_mean: int
    possible: bool


class RemainingHours(Struct, frozen=True, weakref=True):
    """What the rest of today may bring for a pollutant to stay within a level; ``so_far`` µg/m³ over ``hours`` hours.

    ``to_come``: hours of the day that have not ended; of those that have, some may be unknown.
    """

    pollutant: str
    day: date
    hours: int
    to_come: int
    so_far: float
    means: tuple[RemainingMean, ...]
    provenance: Provenance

    @property
    def rests(self) -> tuple[Rest, ...]:
        """By level, for the levels a day may still stay within."""
        return tuple(
            Rest(level, one.iaqi, math.floor(max(one.highest_mean, 0)), one.highest_mean >= 0)
            for level, one in enumerate(self.means[:LEVELS_WITHIN], 1)
        )


def remaining_today(moment: datetime) -> tuple[RemainingHours, ...]:
    """The hours left of today; none while the latest hour is not the air outside."""
    report = now()
    if report is None or not hour_freshness(report.city, moment).current:
        return ()
    return tuple(one for one in remaining_hours() if one.day == moment.date())


@cached_report("facts", "air_hours", "sources")
def remaining_hours() -> tuple[RemainingHours, ...]:
    """Hours left of the latest hour's day, for fine and coarse particles; empty at the day's last hour."""
    report = now()
    if report is None:
        return ()
    end = report.city.at
    day = (end - timedelta(hours=1)).date()
    start = datetime.combine(day, datetime.min.time(), end.tzinfo)
    hours = readings_store.read(
        places=[CITY], items=list(MEAN_OF_HOURS), averaging="1h", since=start + timedelta(hours=1), until=end
    )
    index = pd.date_range(start + timedelta(hours=1), end, freq="h")
    edition = standards.edition_on(day)
    found = []
    for column, pollutant in MEAN_OF_HOURS.items():
        mine = hours[hours["item"] == column].set_index("at")["value"].reindex(index).to_numpy(float)
        means = air_year.remaining_means(mine, edition.breakpoints[pollutant, "24h"])
        if means and not np.isnan(mine).all():
            source = provenance.of("derived", day.isoformat(), LIVE, standard=edition.id, dust="raw")
            known, to_come = int((~np.isnan(mine)).sum()), air_year.HOURS_IN_A_DAY - len(mine)
            found.append(RemainingHours(pollutant, day, known, to_come, float(np.nanmean(mine)), means, source))
    return tuple(found)
