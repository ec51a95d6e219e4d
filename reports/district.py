"""What is known of one of the seven districts: its air, its river, what residents reported, what is planned, its parks."""

from collections.abc import Mapping
from datetime import date, datetime

from msgspec import Struct

from assessment.nearest import Point, nearest
from reports import actions, air, air_now, greening, lookup, water
from reports.actions import Batch, Tasks
from reports.air_now import Station
from reports.found import or_none
from reports.freshness import Freshness
from reports.greening import Place
from reports.provenance import Provenance
from reports.water import Section
from store import geo, records

PARKS = ("park", "wetland")
COUNTIES = range(21, 51)  # the last two digits of their codes


class NearStation(Struct, frozen=True, weakref=True):
    """The nearest station of the air. ``inside``: it lies in the district; ``hour``: its latest, None where it reports none.

    ``km``: from the middle of the district.
    """

    row: records.AirStation
    km: float
    inside: bool
    hour: Station | None
    provenance: Provenance


class NearSection(Struct, frozen=True, weakref=True):
    """The nearest section of a river of which a class is known, and how far it is from the middle of the district in km."""

    section: Section
    km: float
    provenance: Provenance


class District(Struct, frozen=True, weakref=True):
    """What a resident of a district wants to know of it.

    ``reports_n``: residents' reports of the latest ``batch`` published by district, None where there is no batch; ``plan``: the
    plan of action published for the district, None where the documents held have none: that is not to say that there is none.
    """

    area: records.Area
    station: NearStation | None
    section: NearSection | None
    reports_n: int | None
    batch: Batch | None
    plan: Tasks | None
    parks: tuple[Place, ...]
    parks_provenance: Provenance

    @property
    def county(self) -> bool:
        """A county rather than a district: its code ends in a number above 20 (GB/T 2260)."""
        return int((self.area.adcode or "0")[-2:]) in COUNTIES


def freshness_of(report: District, now: datetime) -> Freshness | None:
    """How old the hour of the nearest station is at a moment; None where it reports none."""
    hour = report.station.hour if report.station else None
    return air_now.hour_freshness(hour.hour, now) if hour else None


def districts() -> tuple[records.Area, ...]:
    """The seven, in the order of their codes."""
    return tuple(sorted((lookup.areas()[one] for one in _middles()), key=lambda area: area.adcode or ""))


def district(area_id: str, today: date) -> District:
    """What is known of a district on a day. Raises KeyError where it is none of the seven."""
    middle, batch = _middles()[area_id], or_none(actions.complaints)
    plan = or_none(lambda: actions.tasks(today))
    return District(
        lookup.areas()[area_id],
        _station(area_id, middle),
        _section(middle, today),
        sum(one.n for one in batch.by_district if one.row.area_id == area_id) if batch else None,
        batch,
        plan if plan and plan.plan.area_id == area_id else None,
        tuple(one for one in greening.places() if one.area_id == area_id and one.kind in PARKS),
        greening.places_provenance(),
    )


def _middles() -> Mapping[str, Point]:
    """The middle of each district, where maps write its name."""
    return {one.area_id: one.label_point for one in geo.districts()}


def _station(area_id: str, middle: Point) -> NearStation | None:
    """A station in service in the district goes before a nearer one outside; one with an index before one without."""
    report, known = air_now.now(), air.stations()
    hours = {one.station_id: one for one in report.stations if one.hour.aqi is not None} if report else {}
    rows = {row.station_id: row for row in known.rows if row.state == "active" or row.station_id in hours}
    placed = {name: row for name, row in rows.items() if name in hours} or rows
    inside = {name: row for name, row in placed.items() if row.area_id == area_id}
    found = nearest(middle, {name: (row.lon, row.lat) for name, row in (inside or placed).items()})
    if found is None:
        return None
    name, km = found
    hour = hours.get(name)
    return NearStation(rows[name], km, bool(inside), hour, hour.hour.provenance if hour else known.provenance)


def _section(middle: Point, today: date) -> NearSection | None:
    river = water.river(today)
    known = {one.id: one for one in river.sections if one.latest and one.point}
    found = nearest(middle, {name: one.point for name, one in known.items() if one.point})
    if found is None:
        return None
    section = known[found[0]]
    assert section.latest is not None
    return NearSection(section, found[1], section.latest.provenance)
