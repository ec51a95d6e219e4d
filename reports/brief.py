"""A month on one page: the air with its change, what the year can still lose, sections of the river, risks, work due.

Each part holds what is known of the month and nothing else; what is not known is a part of its own, or None.
"""

import re
from datetime import date, timedelta

import pandas as pd
from msgspec import Struct

from assessment import water as rules
from assessment.air_year import enough_days
from assessment.aqi import rounded
from assessment.comparison import Comparison, Result, Terms, compare, days_needed, state_of
from assessment.editions import GOOD_UP_TO as GOOD_UP_TO
from assessment.progress import MISSED
from assessment.water import Change
from reports import actions, air, budget, duties, figures, goals, provenance, water
from reports import outlook as outlooks
from reports.actions import Deadline, Part
from reports.budget import Budget, Counted, SamePeriod
from reports.cached import cached_report
from reports.duties import Duty
from reports.figures import Point
from reports.found import NothingFoundError, or_none
from reports.goals import Promise
from reports.outlook import YearEnd
from reports.period import PeriodError
from reports.provenance import Provenance
from reports.water import HoursOfMonth, Known, Section
from store import facts, records
from store.city import CITY

MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
MEANS = ("pm25_ugm3", "pm10_ugm3")


class DayOfMonth(Struct, frozen=True, weakref=True):
    """A day: its AQI by the edition in force on it, ozone counted where it is known; None where the day is not known."""

    day: date
    aqi: int | None
    level: int | None
    primary: tuple[str, ...]
    by_ozone_alone: bool
    dust_like: bool


class Mean(Struct, frozen=True, weakref=True):
    """A pollutant's mean over days in µg/m³ with that of the same days of the year before; None where days are too few.

    ``change``: the difference, or why there is none; None where one of the means is.
    """

    column: str
    now: float | None
    before: float | None
    change: Comparison | None


class Stretch(Struct, frozen=True, weakref=True):
    """Days of the year before the same days of this one: of the month, or of the year up to its end.

    ``counted``: this year's days by the editions in force, without ozone; None where none is known. ``same``: against the
    year before, None where one of both knows no day.
    """

    first: date
    last: date
    counted: Counted | None
    same: SamePeriod | None
    means: tuple[Mean, ...]

    @property
    def one_edition(self) -> bool:
        """Whether both years are judged by one and the same edition, so that none of the change is the rule's."""
        return self.same is not None and self.same.now.provenance.standard == self.same.before.provenance.standard


class Air(Struct, frozen=True, weakref=True):
    """The month's air. ``passed_days``: days of it that are over; ``days``: each of them; ``year``: from its first day on."""

    days_in_month: int
    passed_days: int
    days: tuple[DayOfMonth, ...]
    month: Stretch
    year: Stretch

    @property
    def known_days(self) -> int:
        """Days of the month with an index."""
        return self.month.counted.known_days if self.month.counted else 0

    @property
    def unknown_days(self) -> int:
        """Days that are over and of which nothing is known."""
        return self.passed_days - self.known_days

    @property
    def bad_days(self) -> tuple[DayOfMonth, ...]:
        """Days above AQI 100, those by ozone alone included."""
        return tuple(one for one in self.days if (one.aqi or 0) > GOOD_UP_TO)


class OfSection(Struct, frozen=True, weakref=True):
    """A section with what is known of it in the month.

    ``known``: its class of the month, published or by the monthly means of five items. ``hours``: recorded hours, which are
    never its class. ``before``: its class of the same kind a year before; ``change`` in the official words for it.
    """

    section: Section
    known: Known | None
    hours: HoursOfMonth | None
    before: Known | None
    change: Change | None

    @property
    def hours_below_aim(self) -> int:
        """Hours in a worse class than the one aimed at for a year: a reason to look, no verdict."""
        aim = self.section.aim
        return sum(n for c, n in self.hours.by_class.items() if c > aim.water_class) if aim and self.hours else 0


class Work(Struct, frozen=True, weakref=True):
    """The plan's work on the month's last day, or today in a running month.

    ``on``: that day; ``due``: what ends in the month; ``past_unpublished``: pieces of work past their end without a result
    found; ``following``: the next date with the work that ends on it; ``duties``: reports the plans announce for the month.
    """

    on: date
    due: tuple[Part, ...]
    past_unpublished: int
    following: Deadline | None
    duties: tuple[Duty, ...]
    provenance: Provenance


class Promised(Struct, frozen=True, weakref=True):
    """The promises at the month's end. ``missed``: behind or not met; ``without_result``: due, their result not found."""

    missed: tuple[Promise, ...]
    without_result: int
    total: int
    provenance: Provenance


class Brief(Struct, frozen=True, weakref=True):
    """All of a month. ``as_of``: the day it is judged on, the first after the month or today where that comes before.

    ``left``: by the 2026 edition and by that of 2012; empty where the year cannot be set against the one before.
    ``ends``: where the year may end; empty where the past is too short. ``official``: published for the month.
    ``sections``: those of which something is known; ``sections_n``: how many there are. ``new_rules``: came into force in it.
    """

    month: str
    first: date
    last: date
    today: date
    as_of: date
    air: Air
    left: tuple[Budget, ...]
    ends: tuple[YearEnd, ...]
    sections: tuple[OfSection, ...]
    sections_n: int
    official: tuple[Point, ...]
    promised: Promised
    work: Work
    new_rules: tuple[records.Standard, ...]

    @property
    def over(self) -> bool:
        """Whether the month is over."""
        return self.today > self.last

    @property
    def empty(self) -> bool:
        """Whether nothing measured or published of the month is known."""
        return not (self.air.known_days or self.sections or self.official)

    @property
    def provenance(self) -> Provenance:
        """Every source of it."""
        same = [one.same for one in (self.air.month, self.air.year) if one.same]
        counted = [one.counted for one in (self.air.month, self.air.year) if one.counted]
        bases = [one.provenance for one in counted] + [one.before.provenance for one in same]
        bases += [one.before.provenance for one in self.left]
        for one in self.sections:
            bases += [known.provenance for known in (one.known, one.before, one.hours) if known]
        bases += [one.provenance for one in self.official]
        bases += [one.latest.provenance for one in self.promised.missed if one.latest]
        return provenance.merged([*bases, self.promised.provenance, self.work.provenance], "derived", self.month)


@cached_report("facts", "air_hours", "air_days")
def first_month() -> str:
    """The first month with a known day. Raises NothingFoundError where no day is known."""
    known = air.days().dropna(subset=["aqi"])["date"]
    if known.empty:
        raise NothingFoundError("days")
    return f"{known.iloc[0]:%Y-%m}"


@cached_report("facts", "air_hours", "air_days")
def months(today: date) -> tuple[str, ...]:
    """The months that are over and have a known day, the latest first."""
    known = air.days().dropna(subset=["aqi"])["date"]
    found = known.dt.strftime("%Y-%m").drop_duplicates()
    return tuple(month for month in reversed(list(found)) if month < f"{today:%Y-%m}")


@cached_report("facts", "air_hours", "air_days")
def newest(today: date) -> str:
    """The latest month that is over and whose days carry its statistics; else the first with any day."""
    days = air.days().dropna(subset=["aqi"])["date"]
    whole = (
        month for month in months(today) if enough_days(days[days.dt.strftime("%Y-%m") == month].to_numpy(), "month")
    )
    return next(whole, first_month())


@cached_report("facts", "air_hours", "air_days", "water", "ndvi")
def brief(month: str, today: date) -> Brief:
    """A month with what is known of it on a day. Raises PeriodError where it is none, lies ahead or before all data."""
    first, last = _bounds(month, today)
    as_of = min(today, last + timedelta(days=1))
    made = water.river(today)
    sections = tuple(one for section in made.sections if (one := _section(section, month)))
    ends = tuple(one for one in outlooks.both(as_of) if one.year == first.year)
    return Brief(
        month,
        first,
        last,
        today,
        as_of,
        _air(first, last, as_of),
        _left(first.year, as_of),
        ends,
        sections,
        len(made.sections),
        _official(month),
        _promised(as_of),
        _work(first, last, min(today, last)),
        tuple(one for one in facts.by_id(records.Standard).values() if _within(one.effective_from, first, last)),
    )


def _bounds(month: str, today: date) -> tuple[date, date]:
    if not MONTH.fullmatch(month):
        raise PeriodError(month, "no_period", first_month())
    if month > f"{today:%Y-%m}":
        raise PeriodError(month, "future", first_month())
    if month < first_month():
        raise PeriodError(month, "before", first_month())
    return date.fromisoformat(f"{month}-01"), figures.period_end(month)


def _within(day: date | None, first: date, last: date) -> bool:
    return day is not None and first <= day <= last


# ── the air ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def _air(first: date, last: date, as_of: date) -> Air:
    over = min(last, as_of - timedelta(days=1))
    passed = max(0, (over - first).days + 1)
    days = tuple(_day(first + timedelta(days=n)) for n in range(passed))
    known = [one.day for one in days if one.aqi is not None]
    # Both years to the last day known: a month of which the end is missing is not set against a whole one.
    until = known[-1] if known else over
    newest = max((day for day in _by_day() if day <= over and day.year == first.year), default=over)
    month, year = _stretch(first, until, over), _stretch(date(first.year, 1, 1), newest, over)
    return Air((last - first).days + 1, passed, days, month, year)


@cached_report("facts", "air_hours", "air_days")
def _by_day() -> dict[date, tuple[DayOfMonth, ...]]:
    """Every known day, alone."""
    frame, bare = air.days(), air.days(ozone="excluded")["aqi"]
    above = map(air.exceedance, air.judged_days(frame[frame["aqi"] > GOOD_UP_TO]))
    dust_like = {one.day for one in above if one.dust_like}
    found: dict[date, tuple[DayOfMonth, ...]] = {}
    for row, without in zip(frame.itertuples(), bare, strict=True):
        if pd.isna(row.aqi):
            continue
        day, primary = row.date.date(), tuple(row.primary.split(",")) if row.primary else ()
        bad = row.aqi > GOOD_UP_TO
        alone = bool(bad and not without > GOOD_UP_TO)
        found[day] = (DayOfMonth(day, int(row.aqi), int(row.level), primary, alone, day in dust_like),)
    return found


def bad_days() -> tuple[DayOfMonth, ...]:
    """Every known day above AQI 100, the earliest first."""
    return tuple(one for (one,) in _by_day().values() if (one.aqi or 0) > GOOD_UP_TO)


def _day(day: date) -> DayOfMonth:
    return _by_day().get(day, (DayOfMonth(day, None, None, (), by_ozone_alone=False, dust_like=False),))[0]


def _stretch(first: date, last: date, over: date) -> Stretch:
    """The days up to the ``last`` one known; ``over``: up to which day means must be carried."""
    try:
        counted = budget.counted(last.year, air.IN_FORCE, last, first)
    except ValueError:  # no day of it is known
        return Stretch(first, last, None, None, ())
    try:
        same = budget.same_days(first, last)
    except ValueError:  # no day of the year before
        same = None
    return Stretch(first, last, counted, same, tuple(_mean(column, first, last, over) for column in MEANS))


def _mean(column: str, first: date, last: date, over: date) -> Mean:
    now = _result(column, first, last, over)
    before = _result(column, *(air.same_day(day, last.year - 1) for day in (first, last, last)))
    change = compare(before, now) if now and before else None
    return Mean(column, now.value if now else None, before.value if before else None, change)


def _result(column: str, first: date, last: date, over: date) -> Result | None:
    """The mean over days; None where fewer are known than carry one up to ``over`` (the share of GB 3095 table 4)."""
    frame = air.days()
    values = frame.loc[frame["date"].between(pd.Timestamp(first), pd.Timestamp(last)), column].dropna()
    period = f"{first}/{last}"
    own = Terms(
        column, "mean", period, CITY, state=state_of(period), dust="raw", known_days=len(values), measurer="archive"
    )
    return Result(rounded(values.mean(), 1), own) if len(values) >= days_needed(f"{first}/{over}") else None


def _left(year: int, as_of: date) -> tuple[Budget, ...]:
    try:
        return tuple(budget.budget(year, year - 1, edition, as_of) for edition in (air.NEW, air.OLD))
    except ValueError:  # no day of one year is known, or they may not be set against each other
        return ()


# ── the river ────────────────────────────────────────────────────────────────────────────────────────────────────────
def _section(section: Section, month: str) -> OfSection | None:
    known = _of_month(section, month)
    hours = next((one for one in section.recorded if one.month == month and one.hours), None)
    if known is None and hours is None:
        return None
    before = _of_month(section, f"{int(month[:4]) - 1}{month[4:]}") if known else None
    if known is None or before is None or not compare(water.result_of(before), water.result_of(known)).comparable:
        return OfSection(section, known, hours, None, None)
    grades = (rules.grade_of_class(one.water_class) for one in (before, known))
    change = None if _disputed(section, before, known) else rules.change_of_grade(*grades)
    return OfSection(section, known, hours, before, change)


def _disputed(section: Section, *classes: Known) -> bool:
    """Whether documents name different classes for one of the years."""
    return any(one.official and (section.id, one.end.year) in water.disputed() for one in classes)


def _of_month(section: Section, month: str) -> Known | None:
    """The class of a month: a published one before that of five items."""
    mine = [one for one in section.known if one.period == month]
    return max(mine, key=lambda one: one.official, default=None)


# ── what was published, promised, planned ────────────────────────────────────────────────────────────────────────────
def _official(month: str) -> tuple[Point, ...]:
    """Figures published for the month in the city."""
    return tuple(
        one
        for one in figures.every()
        if one.row.period == month and one.row.area_id == CITY and one.row.kind == "stated"
    )


def _promised(as_of: date) -> Promised:
    board = [one for one in goals.scoreboard(as_of) if one.plan.start_year <= as_of.year]
    missed = tuple(one for one in board if one.judgement.status in MISSED)
    without = [one for one in board if one.judgement.status == "due_not_found"]
    sources = provenance.merged((one.provenance for one in (*missed, *without)), "planned", "")
    return Promised(missed, len(without), len(board), sources)


def _work(first: date, last: date, on: date) -> Work:
    owed = tuple(one for one in duties.duties() if _within(one.row.due, first, last))
    report = or_none(lambda: actions.tasks(on))
    if report is None:
        return Work(on, (), 0, None, owed, provenance.merged((), "planned", ""))
    begun = report.plan.start_year <= on.year
    return Work(
        on,
        tuple(part for part in report.parts if _within(part.due, first, last)),
        len(report.past_unpublished),
        report.following if begun else None,
        owed,
        report.provenance,
    )
