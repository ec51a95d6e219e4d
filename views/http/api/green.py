"""Waste and greening: flows, rates, cover, what satellites see."""

from datetime import date
from typing import Literal

from msgspec import Struct

from reports import greening, ndvi, waste
from reports.greening import Pace
from reports.ndvi import Composite, Green, Season
from reports.waste import Flow, Household, Stream
from store import clock
from views.http.api.health import SourceState, state_of
from views.http.api.parameters import Nothing
from views.http.api.promises import PromiseOfPlan, promise
from views.http.api.values import Basis, Figure, basis, en, figure, figure_or_none, zh


# ── waste ────────────────────────────────────────────────────────────────────────────────────────────────────────────
class FlowOfWaste(Struct, frozen=True, kw_only=True, weakref=True):
    """General industrial solid waste of the last year of which all three were published; 10kt: 10⁴ tonnes."""

    period: str
    generated_10kt: float | None
    used_10kt: float | None
    disposed_10kt: float | None
    unstated_10kt: float
    basis: Basis


class StreamOfWaste(Struct, frozen=True, kw_only=True, weakref=True):
    """A kind of waste with its last published share and amount, which may be of different years. rest_pct: what is open."""

    kind: str
    share: Figure | None
    amount: Figure | None
    rest_pct: float | None


class HouseholdWaste(Struct, frozen=True, kw_only=True, weakref=True):
    """Household waste burnt for power in one year. power_per_waste_kwh_t: derived."""

    burnt: Figure
    power: Figure
    power_per_waste_kwh_t: float
    capacity: Figure | None
    food: Figure | None


class WasteKnown(Struct, frozen=True, kw_only=True, weakref=True):
    """What is known of waste; null: not found."""

    flow: FlowOfWaste | None
    utilisation: list[Figure]
    streams: list[StreamOfWaste]
    household: HouseholdWaste | None
    zero_waste_cells: list[Figure]
    promises: list[PromiseOfPlan]


def waste_known(_asked: Nothing) -> WasteKnown:
    """Flows, rates, kinds of waste, promises."""
    today = clock.today()
    report = waste.overview(today)
    return WasteKnown(
        flow=_flow(report.flow) if report.flow else None,
        utilisation=[figure(one) for one in report.utilisation.points],
        streams=[_stream(one) for one in waste.streams(today)],
        household=_household(report.household) if report.household else None,
        zero_waste_cells=[figure(one) for one in report.cells.counts],
        promises=[promise(one) for one in (*report.promised, *report.district)],
    )


def _flow(flow: Flow) -> FlowOfWaste:
    return FlowOfWaste(
        period=flow.period,
        generated_10kt=flow.generated.value,
        used_10kt=flow.used.value,
        disposed_10kt=flow.disposed.value,
        unstated_10kt=flow.unstated_10kt,
        basis=basis(flow.provenance),
    )


def _stream(one: Stream) -> StreamOfWaste:
    return StreamOfWaste(
        kind=one.kind, share=figure_or_none(one.share), amount=figure_or_none(one.amount), rest_pct=one.rest_pct
    )


def _household(one: Household) -> HouseholdWaste:
    return HouseholdWaste(
        burnt=figure(one.burnt),
        power=figure(one.power),
        power_per_waste_kwh_t=one.kwh_per_t,
        capacity=figure_or_none(one.capacity),
        food=figure_or_none(one.food),
    )


# ── greening ─────────────────────────────────────────────────────────────────────────────────────────────────────────
class PaceOfForest(Struct, frozen=True, kw_only=True, weakref=True):
    """Percentage points (pp) a year: needed for the target, achieved so far, and what is left."""

    needed_pp_a: float
    achieved_pp_a: float
    left_pp: float
    doubt_pp_a: float
    against_the_plan: Literal["same", "faster", "slower"]
    basis: Basis


class PlaceOfGreen(Struct, frozen=True, kw_only=True, weakref=True):
    """A park, forest, wetland or reserve; accuracy_m: how far the point may lie from the true place."""

    name_zh: str
    name_en: str
    kind: str
    lon: float
    lat: float
    accuracy_m: float
    confidence: str
    area: Figure | None


class GreeningKnown(Struct, frozen=True, kw_only=True, weakref=True):
    """What is known of greening: forest cover and its pace, hills, parks, wetlands, promises, places on the map."""

    forest_cover: list[Figure]
    forest_pace: PaceOfForest | None
    hills: list[Figure]
    park_green: list[Figure]
    public_green: list[Figure]
    green_cover: list[Figure]
    city_parks: list[Figure]
    wetland_parks: list[Figure]
    grassland: list[Figure]
    promises: list[PromiseOfPlan]
    places: list[PlaceOfGreen]
    places_basis: Basis


def greening_known(_asked: Nothing) -> GreeningKnown:
    """Forest, parks, wetlands, grassland."""
    report = greening.overview(clock.today())
    return GreeningKnown(
        forest_cover=[figure(one) for one in report.forest.points],
        forest_pace=_pace(report.forest.pace) if report.forest.pace else None,
        hills=[figure(one) for one in report.hills],
        park_green=[figure(one) for one in report.park_green.points],
        public_green=[figure(one) for one in report.public_green.points],
        green_cover=[figure(one) for one in report.green_cover.points],
        city_parks=[figure(one) for some in report.city_parks for one in some.points],
        wetland_parks=[figure(one) for one in (report.wetlands.park_ha, *report.wetlands.park_ratio) if one],
        grassland=[figure(one) for one in report.grass.points],
        promises=[promise(one) for one in report.promised],
        places=[_place(one) for one in greening.places()],
        places_basis=basis(greening.places_provenance()),
    )


def _pace(pace: Pace) -> PaceOfForest:
    return PaceOfForest(
        needed_pp_a=pace.needed_pp_a,
        achieved_pp_a=pace.achieved_pp_a,
        left_pp=pace.left_pp,
        doubt_pp_a=pace.doubt_pp_a,
        against_the_plan=pace.against_the_plan,
        basis=basis(pace.provenance),
    )


def _place(one: greening.Place) -> PlaceOfGreen:
    return PlaceOfGreen(
        name_zh=one.name.zh,
        name_en=one.name.en,
        kind=one.kind,
        lon=one.lon,
        lat=one.lat,
        accuracy_m=one.accuracy_m,
        confidence=one.confidence,
        area=figure_or_none(one.area),
    )


# ── the vegetation index ─────────────────────────────────────────────────────────────────────────────────────────────
class SeasonOfGreen(Struct, frozen=True, kw_only=True, weakref=True):
    """A season's mean and highest NDVI (−0.2 to 1). composites: of how many; complete: enough to compare with other years."""

    year: int
    season: str
    ndvi_mean: float
    ndvi_high: float
    valid_pct: float
    composites: int
    composites_expected: int
    complete: bool


class CompositeOfGreen(Struct, frozen=True, kw_only=True, weakref=True):
    """Sixteen days. ndvi_usual: the mean of the same days of earlier years; null: too few valid pixels, or none earlier."""

    first_day: date
    ndvi: float | None
    ndvi_usual: float | None
    valid_pct: float


class GreenArea(Struct, frozen=True, kw_only=True, weakref=True):
    """An area as satellites see it. trend_ndvi_a: slope a year of the complete growing seasons; null: too few."""

    area_id: str
    name_zh: str
    name_en: str
    note_zh: str | None
    note_en: str | None
    latest: CompositeOfGreen
    seasons: list[SeasonOfGreen]
    trend_ndvi_a: float | None
    trend_significant: bool | None
    basis: Basis


class NdviKnown(Struct, frozen=True, kw_only=True, weakref=True):
    """The vegetation index by area and season, and how its source stands; no area where nothing was fetched yet."""

    source: SourceState
    areas: list[GreenArea]


def ndvi_known(_asked: Nothing) -> NdviKnown:
    """The vegetation index of every area."""
    report = ndvi.at(clock.now())
    return NdviKnown(source=state_of(report.fresh), areas=[_area(one) for one in report.areas])


def _area(one: Green) -> GreenArea:
    return GreenArea(
        area_id=one.area.area_id,
        name_zh=one.name.zh,
        name_en=one.name.en,
        note_zh=zh(one.note),
        note_en=en(one.note),
        latest=_composite(one.latest),
        seasons=[_season(season) for season in one.seasons],
        trend_ndvi_a=one.trend.slope if one.trend else None,
        trend_significant=one.significant,
        basis=basis(one.provenance),
    )


def _composite(one: Composite) -> CompositeOfGreen:
    return CompositeOfGreen(first_day=one.first_day, ndvi=one.value, ndvi_usual=one.usual, valid_pct=one.valid_pct)


def _season(one: Season) -> SeasonOfGreen:
    return SeasonOfGreen(
        year=one.year,
        season=one.name,
        ndvi_mean=one.mean,
        ndvi_high=one.high,
        valid_pct=one.valid_pct,
        composites=one.n,
        composites_expected=one.expected,
        complete=one.complete,
    )
