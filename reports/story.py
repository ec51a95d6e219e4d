"""The story told on World Environment Day: the sky then and now, the river's journey, what each of us can do about it."""

from datetime import date
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from assessment import comparison
from assessment.comparison import Dimension, Result, Terms, compare
from assessment.editions import DAYS_FOR_A_YEAR, NEW
from reports import actions, air, air_state, figures, provenance, water
from reports.actions import Batch
from reports.air import LongRun, Year
from reports.air_state import Estimate
from reports.cached import cached_report
from reports.figures import Point
from reports.found import NothingFoundError, or_none
from reports.provenance import Provenance
from reports.waste import Household, household
from reports.water import Known, River, Section, Stream
from store import facts, records
from store.city import CITY

StepName = Literal["of_their_time", "same_limits", "same_state"]
Bin = Literal["recyclable", "food", "hazardous", "residual", "industry"]


class Step(Struct, frozen=True, weakref=True):
    """The good days of two years measured one way; ``left``: why they still cannot be compared."""

    name: StepName
    then: int
    now: int
    left: tuple[str, ...]

    @property
    def more(self) -> int:
        """Good days more in the later year, by this way of measuring."""
        return self.now - self.then


class Sky(Struct, frozen=True, weakref=True):
    """The first and the last whole year of the archive, made alike in three steps; ozone counts in none of them."""

    then: Year  # by the edition in force then
    now: Year
    then_by_new: Year
    now_by_new: Year
    then_alike: Estimate  # by the new edition, carried over to today's measuring state

    @property
    def steps(self) -> tuple[Step, Step, Step]:
        """As judged in their time; by the same limits; by the same limits in the same measuring state."""
        return (
            _step("of_their_time", self.then, self.now),
            _step("same_limits", self.then_by_new, self.now_by_new),
            _step("same_state", self.then_alike, self.now_by_new),
        )

    @property
    def by_rule(self) -> int:
        """Of the days more by the same limits those that the change of the measuring state alone makes."""
        _, limits, state = self.steps
        return limits.more - state.more

    @property
    def by_air_pct(self) -> float:
        """Of the days more by the same limits the share that stays in the same measuring state, percent."""
        _, limits, state = self.steps
        return 100 * state.more / limits.more

    @property
    def more_between(self) -> tuple[int, int]:
        """The fewest and the most days more in the later year, by the bounds of the estimate of the first."""
        alike, good = self.then_alike, self.now_by_new.good_days
        return good - alike.high, good - alike.low

    @property
    def provenance(self) -> Provenance:
        """The archives both years come from and the weather, and the one edition that judges them side by side."""
        both = provenance.merged(
            (self.then_alike.provenance, self.now_by_new.provenance), "estimated", f"{self.then.year}/{self.now.year}"
        )
        return replace(both, standard=NEW, dust="raw")


def _step(name: StepName, then: Year | Estimate, now: Year) -> Step:
    """Two years set against each other; an estimate is called one, so that who measured does not prevent it."""
    first, second = (Result(one.good_days, _terms(one)) for one in (then, now))
    named: tuple[Dimension, ...] = ("measurer",)
    return Step(name, then.good_days, now.good_days, compare(first, second, named=named).dimensions)


def _terms(one: Year | Estimate) -> Terms:
    period, edition = str(one.year), one.provenance.standard
    estimate = isinstance(one, Estimate)
    return Terms(
        "good_days",
        "days",
        period,
        edition=edition,
        state="after" if estimate else comparison.state_of(period),
        dust="raw",
        ozone="excluded",
        known_days=one.known_days,
        measurer="this_site" if estimate else "archive",
    )


@cached_report("facts", "air_hours", "air_days")
def sky() -> Sky:
    """Two years that end on 31 December and have the days an annual value needs (GB 3095 table 4).

    Raises NothingFoundError where there are no two.
    """
    whole = [
        one
        for one in air.years()
        if one.until == date(one.year, 12, 31) and one.known_days >= DAYS_FOR_A_YEAR
    ]  # fmt: skip
    if len(whole) < 2:
        raise NothingFoundError("years")
    then, now = whole[0], whole[-1]
    then_by_new, now_by_new = air.year(then.year, NEW), air.year(now.year, NEW)
    return Sky(then, now, then_by_new, now_by_new, air_state.year(then.year, NEW))


class Stop(Struct, frozen=True, weakref=True):
    """A place the drop of water passes: a section of the main stem, or the mouth of a river that joins it.

    ``section`` is the one shown: a tributary's lowest with a class, else its lowest; None where it has none.
    """

    kind: Literal["inflow", "passes", "joins", "outflow"]
    stream: Stream
    section: Section | None

    @property
    def known(self) -> Known | None:
        """The last class known there, None where none was published."""
        return self.section.latest if self.section else None


class Journey(Struct, frozen=True, weakref=True):
    """The river from west to east with its stops; ``known``: sections any class was published or measured of."""

    river: River
    stops: tuple[Stop, ...]
    known: int
    total: int


@cached_report("facts", "water")
def journey(today: date) -> Journey:
    """The way of a drop of water through the city, stop by stop in the order it passes them."""
    made = water.river(today)
    stops: list[Stop] = []
    for above in range(len(made.main.sections) + 1):
        if above:
            stops.append(_on_the_stem(made.main, made.main.sections[above - 1]))
        stops += [Stop("joins", one, _speaking(one)) for one in made.tributaries if one.above == above]
    known = sum(section.latest is not None for section in made.sections)
    return Journey(made, tuple(stops), known, len(made.sections))


def _on_the_stem(stem: Stream, section: Section) -> Stop:
    if section.id == water.INFLOW:
        return Stop("inflow", stem, section)
    return Stop("outflow" if section.id == water.OUTFLOW else "passes", stem, section)


def _speaking(stream: Stream) -> Section | None:
    known = [section for section in stream.sections if section.latest is not None]
    everything = known or list(stream.sections)
    return everything[-1] if everything else None


class Thing(Struct, frozen=True, weakref=True):
    """Something thrown away, with the figures published of its kind; none where nothing was published.

    ``bin``: where it belongs, by the four kinds of household waste (``KINDS_BY``); ``industry`` for what is none.
    """

    id: Literal["bag", "bottle", "food", "battery", "slag"]
    bin: Bin
    points: tuple[Point, ...]


KINDS_BY = "GB/T 19095-2019"  # the standard that names the four kinds
BINS: dict[str, Bin] = {
    "bag": "residual",
    "bottle": "recyclable",
    "food": "food",
    "battery": "hazardous",
    "slag": "industry",
}
# The figures of each thing, in the order shown. A battery from home has no figure of its own.
FIGURES_OF = {
    "bag": ("waste_incinerated_10kt", "incineration_power_100gwh", "household_waste_harmless_pct"),
    "bottle": ("waste_recycling_pct",),
    "food": ("food_waste_10kt",),
    "battery": (),
    "slag": ("isw_generated_10kt", "isw_used_10kt", "isw_disposed_10kt"),
}


def kinds() -> records.Standard:
    """The standard that names the four kinds of household waste, with how surely its text is known."""
    return facts.by_id(records.Standard)[KINDS_BY]


@cached_report("facts")
def things(today: date) -> tuple[Thing, ...]:
    """What a visitor may throw away, with the latest figure of each indicator about it."""
    latest = (
        (name, [figures.latest(one, CITY, today) for one in indicators]) for name, indicators in FIGURES_OF.items()
    )
    return tuple(
        Thing(name, BINS[name], tuple(p for p in points if p))  # type: ignore[arg-type]
        for name, points in latest
    )


class Part(Struct, frozen=True, weakref=True):
    """What advice to each of us rests on; None where nothing was published."""

    air: LongRun | None
    year: Year
    buses: Point | None
    outfalls: Point | None
    household: Household | None
    reported: Batch | None


@cached_report("facts", "air_hours", "air_days")
def part(today: date) -> Part:
    """The figures behind the advice, as known on a day."""
    return Part(
        air=or_none(air.long_run),
        year=air.year(air.latest_day().day.year),
        buses=figures.latest("new_energy_bus_share_pct", CITY, today),
        outfalls=figures.latest("outfalls_fixed_n", CITY, today),
        household=household(today),
        reported=or_none(actions.complaints),
    )
