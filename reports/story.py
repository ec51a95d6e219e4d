"""The story told on World Environment Day: the sky then and now, the river's journey, what each of us can do about it."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from reports import actions, air, basis, figures, water
from reports.actions import Batch
from reports.air import LongRun, Year
from reports.basis import Basis
from reports.figures import Point
from reports.memo import memo
from reports.waste import Household, household
from reports.water import River, Section, Stream

CITY = "xining"


@dataclass(frozen=True)
class Sky:
    """The first and the last whole year of the archive, by the editions in force then and by the new one."""

    then: Year
    now: Year
    then_by_new: Year
    now_by_new: Year

    @property
    def basis(self) -> Basis:
        """The archives both years come from."""
        return basis.merged((self.then.basis, self.now.basis), "archive", f"{self.then.year}/{self.now.year}")


@memo
def sky() -> Sky:
    """Two years that end on 31 December and have the days an annual value needs (GB 3095 table 4)."""
    whole = [
        one
        for one in air.years()
        if one.until == date(one.year, 12, 31) and one.known_days >= air.DAYS_FOR_A_YEAR
    ]  # fmt: skip
    then, now = whole[0], whole[-1]
    return Sky(then, now, air.year(then.year, air.NEW), air.year(now.year, air.NEW))


@dataclass(frozen=True)
class Stop:
    """A place the drop of water passes: where it comes in, where a river joins it, where it leaves."""

    kind: Literal["inflow", "joins", "outflow"]
    stream: Stream
    section: Section


@dataclass(frozen=True)
class Journey:
    """The river from west to east with its stops; ``known``: sections any class was published or measured of."""

    river: River
    stops: tuple[Stop, ...]
    known: int
    total: int


@memo
def journey(today: date) -> Journey:
    """The way of a drop of water through the city; a tributary speaks by its lowest section with a class, if any."""
    made = water.river(today)
    joins = tuple(Stop("joins", one, _lowest(one)) for one in made.tributaries if one.sections)
    ends = (
        Stop("inflow", made.main, made.section(water.INFLOW)),
        Stop("outflow", made.main, made.section(water.OUTFLOW)),
    )
    known = sum(section.latest is not None for section in made.sections)
    return Journey(made, (ends[0], *joins, ends[1]), known, len(made.sections))


def _lowest(stream: Stream) -> Section:
    known = [section for section in stream.sections if section.latest is not None]
    return (known or list(stream.sections))[-1]


@dataclass(frozen=True)
class Part:
    """What advice to each of us rests on; None where nothing was published."""

    air: LongRun
    year: Year
    buses: Point | None
    outfalls: Point | None
    household: Household | None
    reported: Batch


@memo
def part(today: date) -> Part:
    """The figures behind the advice, as known on a day."""
    return Part(
        air=air.long_run(),
        year=air.year(air.latest_day().day.year),
        buses=figures.latest("new_energy_bus_share_pct", CITY, today),
        outfalls=figures.latest("outfalls_fixed_n", CITY, today),
        household=household(today),
        reported=actions.complaints(),
    )
