"""Whether the city is greener: forest cover on its way to the target, parks, wetlands, grassland, what is unknown."""

from collections.abc import Iterable
from datetime import date
from itertools import takewhile
from typing import Literal

from msgspec import Struct

from reports import figures, goals, provenance
from reports.cached import cached_report
from reports.figures import Measured, Point, measured
from reports.goals import Promise
from reports.provenance import Provenance, Source
from store import geo, records
from store.city import CITY, HERE
from store.records import Both

THEME = "greening"
BUILT_UP, HILLS, WETLAND_PARK = HERE.green.built_up, HERE.green.hills, HERE.green.wetland_park
BASIN = HERE.river.main
CITY_PARKS = ("park_area_ha", "parks_n", "parks_built_n", "greenway_km")
GREEN_PLACES = ("park", "forest", "wetland", "reserve")
OWN_BLOCKS = ("forest_cover_pct", "wetland_protection_pct")
PLACED_BY_DESCRIPTION = "general"  # the source of points that have no digital one
DAYS_IN_YEAR = 365.25


class Pace(Struct, frozen=True, weakref=True):
    """Percentage points a year: what the target needed from its start, what was achieved to the latest figure.

    ``left_pp`` is what the latest figure lacks to the target; nil or less where it is reached. ``doubt_pp_a`` is what the
    rounding of start and latest figure leaves open, either way.
    """

    start: Point
    latest: Point
    needed_pp_a: float
    achieved_pp_a: float
    left_pp: float
    doubt_pp_a: float
    provenance: Provenance

    @property
    def against_the_plan(self) -> Literal["same", "faster", "slower"]:
        """Faster or slower only where rounding cannot make the difference."""
        beyond = self.achieved_pp_a - self.needed_pp_a
        return "same" if abs(beyond) <= self.doubt_pp_a else "faster" if beyond > 0 else "slower"


class Forest(Struct, frozen=True, weakref=True):
    """Forest cover of the city: every published figure, the target, the pace between them, the district's target."""

    points: tuple[Point, ...]
    target: Promise | None
    pace: Pace | None
    due_published: bool
    district: Promise | None


class Wetlands(Struct, frozen=True, weakref=True):
    """The promise of wetlands under protection, and the Huangshui wetland park, which is measured otherwise."""

    target: Promise | None
    park_ha: Point | None
    gained_ha: Point | None
    park_ratio: tuple[Point, ...]


class Place(Struct, frozen=True, weakref=True):
    """A green place on the map. ``accuracy_m``: how far the point may lie from the true place; ``area_id``: its district."""

    name: Both
    kind: str
    lon: float
    lat: float
    accuracy_m: float
    confidence: str
    area: Point | None  # in hectares, where a document gives it: of the whole park the place is a part of
    area_id: str | None


class Greening(Struct, frozen=True, weakref=True):
    """What the greening page shows."""

    forest: Forest
    hills: tuple[Point, ...]
    park_green: Measured
    public_green: Measured
    green_cover: Measured
    city_parks: tuple[Measured, ...]
    wetlands: Wetlands
    grass: Measured
    land_greened: Measured
    promised: tuple[Promise, ...]
    study: Point | None


@cached_report("facts", "air_hours", "air_days", "ndvi")
def overview(today: date) -> Greening:
    """Everything known of greening on a day."""
    return Greening(
        forest=forest(today),
        hills=figures.series("nanbei_forest_cover_pct", HILLS),
        park_green=measured("park_green_m2", CITY),
        public_green=measured("public_green_m2", CITY),
        green_cover=measured("green_cover_pct", BUILT_UP),
        city_parks=tuple(measured(one, CITY) for one in CITY_PARKS),
        wetlands=Wetlands(
            target=_promise("wetland_protection_pct", goals.of_city(THEME, today)),
            park_ha=figures.latest("wetland_park_ha", WETLAND_PARK, today),
            gained_ha=figures.latest("wetland_increase_ha", WETLAND_PARK, today),
            park_ratio=figures.series("wetland_ratio_pct", WETLAND_PARK),
        ),
        grass=measured("grass_cover_pct", CITY),
        land_greened=measured("land_greened_10kmu", CITY),
        promised=tuple(p for p in _promised(today) if p.indicator.indicator_id not in OWN_BLOCKS),
        study=figures.latest("evi_trend", BASIN, today),
    )


@cached_report("facts", "air_hours", "air_days", "ndvi")
def forest(today: date) -> Forest:
    """Forest cover as known on a day."""
    points = tuple(p for p in figures.series("forest_cover_pct", CITY) if p.end <= today)
    target = _promise("forest_cover_pct", goals.of_city(THEME, today))
    return Forest(
        points=points,
        target=target,
        pace=_pace(points, target),
        due_published=any(target and target.target.due and p.end >= target.target.due for p in points),
        district=_promise("forest_cover_pct", [goals.of_districts(THEME, today)]),
    )


def _pace(points: tuple[Point, ...], promise: Promise | None) -> Pace | None:
    """Plain arithmetic over the time between the ends of the periods; None where start, end or target has no number."""
    if promise is None or promise.latest is None or promise.target.target_value is None or promise.target.due is None:
        return None
    start = next((p for p in reversed(points) if p.end_year == promise.target.baseline_year), None)
    now, goal = promise.latest, promise.target.target_value
    if start is None or start.value is None or now.value is None or now.end <= start.end:
        return None
    if not figures.compare(start, now).comparable:
        return None
    return Pace(
        start=start,
        latest=now,
        needed_pp_a=(goal - start.value) / _years(start.end, promise.target.due),
        achieved_pp_a=(now.value - start.value) / _years(start.end, now.end),
        left_pp=round(goal - now.value, 6),
        doubt_pp_a=(_half_a_step(start.value) + _half_a_step(now.value)) / _years(start.end, now.end),
        provenance=provenance.merged(
            (start.provenance, now.provenance, promise.provenance), "derived", f"{start.period}/{now.period}"
        ),
    )


def _promised(today: date) -> tuple[Promise, ...]:
    return goals.newest(THEME, today) + goals.of_districts(THEME, today)


def _promise(indicator_id: str, by_plan: Iterable[Iterable[Promise]]) -> Promise | None:
    """The first promise about an indicator, the newest plan's first."""
    return next((p for some in by_plan for p in some if p.indicator.indicator_id == indicator_id), None)


def _half_a_step(value: float) -> float:
    """How far the true value may lie from a published one, by the decimals it was published with."""
    return float(0.5 * 10 ** -len(f"{value:g}".partition(".")[2]))


def _years(start: date, end: date) -> float:
    return (end - start).days / DAYS_IN_YEAR


@cached_report("facts")
def places() -> tuple[Place, ...]:
    """Parks, forests, wetlands and reserves whose place is known, the surest first."""
    found = [_place(one, one.point) for one in geo.places() if one.point and one.kind in GREEN_PLACES]
    return tuple(sorted(found, key=lambda place: place.accuracy_m))


def _place(known: geo.Place, point: geo.Point) -> Place:
    whole = known.part_of
    return Place(
        known.name,
        known.kind,
        *point,
        known.accuracy_m,
        known.confidence,
        figures.latest("wetland_park_ha", whole) if whole else None,
        known.area_id,
    )


@cached_report()
def places_provenance() -> Provenance:
    """Where the points on the map come from; the tracked shapes name their own sources."""
    metadata = geo.collection("places")["metadata"]
    sources: list[Source] = []
    for key, words in metadata["sources"].items():
        credit = Both("", "") if sources else Both(metadata["attribution_zh"], metadata["attribution_en"])
        sources.append(Source(_named(key, Both(words["zh"], words["en"]), credit)))
    return Provenance("estimated", "", tuple(sources), note_zh=metadata["note_zh"], note_en=metadata["note_en"])


def _named(key: str, title: Both, credit: Both) -> records.Document:
    """A source of the tracked shapes as a document."""
    return records.Document(
        document_id=f"places.{key}",
        title=title,
        issuer=credit,
        issued=None,
        kind="dataset",
        seen="named" if key == PLACED_BY_DESCRIPTION else "transcript",
        url=None,
        licence=None,
        note=None,
    )


def years_in(point: Point) -> int:
    """How many calendar years a figure's period touches."""
    return point.end_year - int(point.period[:4]) + 1


def mean_of_a_year(point: Point) -> float:
    """A figure's value spread evenly over the years of its period."""
    return (point.value or 0) / years_in(point)


def unchanged_since(points: tuple[Point, ...]) -> Point | None:
    """The earliest figure of the unbroken run of equal, comparable values at the end; None where the last is the only one."""
    last = points[-1]
    run = tuple(takewhile(lambda point: figures.compare(point, last).difference == 0, reversed(points)))
    return run[-1] if len(run) > 1 else None
