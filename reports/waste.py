"""Where the waste goes: flows of a year, rates beside their targets, zero-waste cells, rates that must not be mixed."""

from datetime import date

from msgspec import Struct

from assessment.aqi import rounded
from reports import conflicts, figures, goals, provenance
from reports.cached import cached_report
from reports.conflicts import Conflict
from reports.figures import Measured, Point, measured
from reports.goals import Promise
from reports.provenance import Provenance
from store.city import CITY

THEME = "waste"
UTILISATION = "isw_utilisation_pct"
INDICATOR_LISTS = "zero_waste_index"  # the contradiction that sets the two national lists of indicators side by side
FLOW = ("isw_generated_10kt", "isw_used_10kt", "isw_disposed_10kt")
# Three published rates of household waste, each by a definition of its own.
RECYCLING = ("waste_resource_use_2019_pct", "waste_recycling_pct", "waste_resource_use_pct")
# Rates the city published that are in no table of its plan: its text may still set a number for them.
OTHER_RATES = ("hazardous_waste_disposal_pct", "medical_waste_disposal_pct", "solid_waste_safe_pct")


# Every kind of waste the plan names, with the figure that says which share of it went where, and with that of an amount.
STREAMS = {
    "hazardous": ("hazardous_waste_disposal_pct", None),
    "medical": ("medical_waste_disposal_pct", None),
    "household": ("household_waste_harmless_pct", "waste_incinerated_10kt"),
    "kitchen": (None, "food_waste_10kt"),
    "construction": (None, None),
    "film": ("farm_film_recovery_pct", None),
    "manure": ("manure_use_pct", None),
}
# What a household can do, each with the published figure nearest to it.
AT_HOME = {
    "food": "food_waste_10kt",
    "sort": "waste_communities_n",
    "less": "waste_incinerated_10kt",
    "hazard": None,
    "rubble": None,
}


class Stream(Struct, frozen=True, weakref=True):
    """One kind of waste: the last share of it that was published and the last amount, each None where none was found.

    The two may be of different years and are never multiplied.
    """

    kind: str
    share: Point | None
    amount: Point | None

    @property
    def rest_pct(self) -> float | None:
        """What the share leaves open, in %; an upper bound where the share is a lower one. None where no share is known."""
        return None if self.share is None or self.share.value is None else round(100 - self.share.value, 6)


class Flow(Struct, frozen=True, weakref=True):
    """General industrial solid waste of one year, in 10⁴ t. ``unstated``: generated less used and disposed of."""

    period: str
    generated: Point
    used: Point
    disposed: Point
    unstated_10kt: float
    provenance: Provenance

    def share_pct(self, amount_10kt: float | None) -> float:
        """An amount as % of what was generated."""
        return (amount_10kt or 0.0) / (self.generated.value or 1.0) * 100


class Household(Struct, frozen=True, weakref=True):
    """Household waste burnt for power in one year, and the electricity from a tonne of it (derived)."""

    burnt: Point
    power: Point
    kwh_per_t: float
    capacity: Point | None
    food: Point | None
    provenance: Provenance


class Cells(Struct, frozen=True, weakref=True):
    """Zero-waste cells: every count published, planned ones too, those of built ones, kinds and guides beside the latest."""

    counts: tuple[Point, ...]
    built: tuple[Point, ...]
    kinds: Point | None
    guides: tuple[Point, ...]

    def kinds_of(self, count: Point) -> Point | None:
        """The number of kinds, where it was published for the time of a count."""
        return self.kinds if self.kinds and self.kinds.period == count.period else None


class Waste(Struct, frozen=True, weakref=True):
    """What the waste page shows."""

    flow: Flow | None
    utilisation: Measured
    promised: tuple[Promise, ...]
    district: tuple[Promise, ...]
    rated: tuple[
        Promise, ...
    ]  # of ``promised`` those about a rate: the table's, and the text's where it gives a number
    untargeted: tuple[Measured, ...]  # other published rates, for which the plan sets no number
    intensity: Measured
    household: Household | None
    cells: Cells
    recycling: tuple[Measured, ...]
    pilot: tuple[Point, ...]
    plan_tasks: Point | None
    indicator_lists: Conflict | None  # the two national lists side by side
    contradictions: tuple[Conflict, ...]  # the others about waste

    @property
    def utilisation_goal(self) -> Promise | None:
        """The promise about the share put to use."""
        return next((p for p in self.promised if p.indicator.indicator_id == UTILISATION), None)

    @property
    def intensity_change_pct(self) -> float | None:
        """From the first figure to the last in % of the first; None where they may not be compared."""
        points = self.intensity.points
        if len(points) < 2 or not points[0].value:
            return None
        difference = figures.compare(points[0], points[-1]).difference
        return None if difference is None else difference / points[0].value * 100


@cached_report("facts", "air_hours", "air_days", "ndvi")
def overview(today: date) -> Waste:
    """Everything known of waste on a day."""
    promised = goals.newest(THEME, today)
    cells = figures.series("zero_waste_cells_n", CITY, planned=True)
    rated = tuple(p for p in promised if _about_a_rate(p))
    targeted = {p.indicator.indicator_id for p in rated}
    return Waste(
        flow=flow(today),
        utilisation=measured(UTILISATION, CITY),
        promised=promised,
        district=goals.of_districts(THEME, today),
        rated=rated,
        untargeted=tuple(measured(one, CITY) for one in OTHER_RATES if one not in targeted),
        intensity=measured("isw_intensity_t_per_10kcny", CITY),
        household=household(today),
        cells=Cells(
            counts=cells,
            built=tuple(one for one in cells if one.row.kind == "stated" and one.end <= today),
            kinds=figures.latest("zero_waste_cell_types_n", CITY, today),
            guides=figures.series("zero_waste_guides_n", CITY),
        ),
        recycling=tuple(measured(one, CITY) for one in RECYCLING),
        pilot=figures.series("zero_waste_tasks_done_n", CITY),
        plan_tasks=next(reversed(figures.series("zero_waste_tasks_n", CITY, planned=True)), None),
        indicator_lists=conflicts.one(INDICATOR_LISTS),
        contradictions=tuple(one for one in conflicts.of_theme("waste") if one.row.contradiction_id != INDICATOR_LISTS),
    )


def _about_a_rate(promise: Promise) -> bool:
    return promise.target.target_value is not None and (
        promise.target.tier == "table" or promise.indicator.indicator_id in OTHER_RATES
    )


@cached_report("facts")
def flow(today: date) -> Flow | None:
    """The last year of which waste generated, used and disposed of are all published; None where there is none."""
    by_period = [{p.period: p for p in figures.series(i, CITY) if p.value is not None and p.end <= today} for i in FLOW]
    complete = set.intersection(*(set(one) for one in by_period))
    if not complete:
        return None
    period = max(complete, key=figures.period_end)
    generated, used, disposed = (one[period] for one in by_period)
    rest = (generated.value or 0) - (used.value or 0) - (disposed.value or 0)
    cited = provenance.merged((p.provenance for p in (generated, used, disposed)), "derived", period)
    return Flow(period, generated, used, disposed, rounded(rest, 2), cited)


@cached_report("facts")
def streams(today: date) -> tuple[Stream, ...]:
    """The kinds of waste besides factory waste, of the whole city, as known on a day."""
    return tuple(
        Stream(
            kind,
            figures.latest(share, CITY, today) if share else None,
            figures.latest(amount, CITY, today) if amount else None,
        )
        for kind, (share, amount) in STREAMS.items()
    )


@cached_report("facts")
def at_home(today: date) -> tuple[tuple[str, Point | None], ...]:
    """What a household can do, each with the figure nearest to it; None where none was found."""
    return tuple((name, figures.latest(one, CITY, today) if one else None) for name, one in AT_HOME.items())


@cached_report("facts")
def household(today: date) -> Household | None:
    """The last year of which both the waste burnt and the power from it are published; None where there is none."""
    burnt = figures.latest("waste_incinerated_10kt", CITY, today)
    power = figures.latest("incineration_power_100gwh", CITY, today)
    if burnt is None or power is None or burnt.period != power.period:
        return None
    return Household(
        burnt=burnt,
        power=power,
        kwh_per_t=(power.value or 0) * 1e8 / ((burnt.value or 0) * 1e4),
        capacity=figures.latest("incinerator_capacity_t_d", CITY, today),
        food=figures.latest("food_waste_10kt", CITY, today),
        provenance=provenance.merged((burnt.provenance, power.provenance), "derived", burnt.period),
    )
