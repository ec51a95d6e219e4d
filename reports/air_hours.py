"""The air hour by hour of the city or of one station, over a short range of days."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

import pandas as pd
from msgspec import Struct

from assessment import air_year, aqi
from assessment.editions import OLD
from reports import lookup, provenance
from reports.air_days import ARCHIVE, LIVE
from reports.air_now import HOURLY, REACH
from reports.cached import cached_report
from reports.provenance import Kind, Provenance
from store import facts, standards
from store import readings as readings_store
from store.city import CITY
from store.clock import ZONE

ARCHIVED: Kind = "archive"


class Hour(Struct, frozen=True, weakref=True):
    """A row of :attr:`Hours.hours`. Concentrations in µg/m³, CO in mg/m³."""

    at: datetime
    pm25_ugm3: float | None
    pm10_ugm3: float | None
    so2_ugm3: float | None
    no2_ugm3: float | None
    co_mgm3: float | None
    o3_1h_ugm3: float | None
    aqi: int | None
    level: int | None
    primary: str
    published: bool
    standard: str


class Hours(Struct, frozen=True, weakref=True):
    """The known hours of a place.

    ``hours``: at (the hour's end), :data:`ITEMS`, aqi, level (NaN where there is none), primary (joined by commas), published
    (whether the AQI is the platform's, else computed here), standard. ``provenance``: None where no hour is known.
    """

    place_id: str
    hours: pd.DataFrame
    provenance: Provenance | None

    @property
    def rows(self) -> list[Hour]:
        """The hours one by one."""
        return facts.structs(Hour, self.hours, whole=("aqi", "level"))


def places() -> tuple[str, ...]:
    """Where hours can be of: the city and every station known, or seen by an upstream."""
    areas = lookup.areas()
    seen = (str(one) for one in readings_store.places_seen()["place_id"])
    stations = sorted({*lookup.stations(), *(one for one in seen if one not in areas)})
    return (CITY, *stations)


def last_day(place_id: str) -> date | None:
    """The day the newest hour of a place belongs to; None where no hour is known."""
    newest = readings_store.latest(places=[place_id], items=list(HOURLY), averaging="1h")
    return None if newest.empty else (newest["at"].max() - timedelta(seconds=1)).date()


@cached_report("facts", "air_hours", "sources")
def hours(place_id: str, since: date, until: date) -> Hours:
    """The hours that belong to the days from ``since`` to ``until``: the one that ends at 00:00 closes a day."""
    begin, end = (datetime.combine(day, datetime.min.time(), ZONE) for day in (since, until + timedelta(days=1)))
    rows = readings_store.read(places=[place_id], items=list(HOURLY), averaging="1h", since=begin - REACH, until=end)
    wide = rows.pivot(index="at", columns="item", values="value").astype(float).reindex(columns=list(HOURLY))
    mine = wide[wide.index > begin].dropna(how="all")
    named = rows[rows["item"] == "aqi"].set_index("at")["primary_pollutants"].fillna("")
    made = _judged(wide.drop(columns="aqi"), mine, named)
    kinds = set(rows.loc[rows["at"] > begin, "kind"])
    return Hours(place_id, made, _provenance(kinds, since, until, made) if len(made) else None)


def _judged(wide: pd.DataFrame, mine: pd.DataFrame, named: pd.Series) -> pd.DataFrame:
    """The hours with their index as published, else by the edition in force at their end.

    ``wide``: the concentrations with the 23 hours before; ``named``: the primary pollutants the platform names.
    """
    editions = standards.aqi_editions()
    chosen = pd.Series([standards.edition_of_hour(at).id for at in mine.index], index=mine.index, dtype=object)
    parts = [mine.assign(level=0.0, primary="", published=False, standard="").iloc[:0]]
    for edition, part in mine.groupby(chosen):
        reported = air_year.as_2012_reports(wide) if edition == OLD else wide
        found = aqi.judge(reported.loc[part.index], editions, edition=str(edition), hourly=True)
        published = part["aqi"].notna()
        index = part["aqi"].where(published, found["aqi"])
        made = part.assign(aqi=index, level=aqi.category_levels(index.to_numpy(float), editions[str(edition)]))
        primary = _primary(found, index, named.reindex(part.index).fillna(""))
        parts.append(made.assign(primary=primary, published=published, standard=str(edition)))
    return pd.concat([one for one in parts if len(one)] or parts).sort_index().reset_index(names="at")


def _primary(found: pd.DataFrame, index: pd.Series, named: pd.Series) -> list[str]:
    """The primary pollutants as the platform names them, else by the hour's own items."""
    columns = [name for name in aqi.ITEMS if aqi.short(name) in found]
    parts = found[[aqi.short(name) for name in columns]].to_numpy(float)
    known = [",".join(one for one in names.split(",") if one in aqi.POLLUTANTS) for names in named]
    return [
        names or ",".join(aqi.leading(dict(zip(columns, row, strict=True)), value))
        for names, row, value in zip(known, parts, index, strict=True)
    ]


def _provenance(kinds: Iterable[str], since: date, until: date, made: pd.DataFrame) -> Provenance:
    archived = ARCHIVED in kinds
    documents = [ARCHIVE] * archived + [LIVE] * any(kind != ARCHIVED for kind in kinds)
    return provenance.of(
        ARCHIVED if archived else "live",
        since.isoformat() if since == until else f"{since}/{until}",
        *documents,
        standard=" · ".join(sorted(set(made["standard"]))),
        dust="raw",
    )
