"""What can the year still lose, and what of its change is the air's and what the rule's? Both years by one and the same edition.

Ozone is left out on both sides: the archive holds no 8-hour value for most days since June 2017. The days that ozone alone
would have lost are counted beside it, for as many days as an 8-hour value is known.
"""

from datetime import date, timedelta

import pandas as pd
from msgspec import Struct

from assessment import air_year, comparison
from assessment import budget as rules
from assessment.budget import Left, Split
from assessment.comparison import Comparison, Dimension, Result, Terms
from assessment.editions import GOOD_UP_TO, NEW, NEW_FROM, OLD
from reports import air
from reports.air import Ozone
from reports.cached import cached_report
from reports.found import NoDayError, NothingFoundError
from reports.provenance import Provenance
from store.city import CITY

__all__ = ["Budget", "Counted", "Left", "SamePeriod", "both", "budget", "counted", "same_days", "same_period"]

EDITIONS = {"2012": OLD, "2026": NEW}
SHARE_CHOICES = (90.0, 95.0)
BASES: tuple[Ozone, Ozone] = ("excluded", "best")
# A budget sets a whole year against a running one on purpose; the words beside it name both spans.
NAMED_DIMENSIONS: tuple[Dimension, ...] = ("span", "season", "coverage")


class IncomparableError(NothingFoundError):
    """Two years that must not be set against each other. ``dimensions``: what differs."""

    def __init__(self, year: int, against: int, dimensions: tuple[str, ...]) -> None:
        message = f"{against} and {year} differ in {', '.join(dimensions)}"
        super().__init__("differ", message, year=year, against=against, terms=dimensions)
        self.dimensions = dimensions


class TooFewDaysError(NothingFoundError):
    """The earlier year lacks the days a year needs (GB 3095 table 4)."""

    def __init__(self, year: int, known_days: int, days: int, needed_days: int) -> None:
        message = f"{year}: {known_days} of {days} days are known, {needed_days} are needed (GB 3095 table 4)"
        super().__init__("few_days", message, year=year, known=known_days, days=days, needed=needed_days)
        self.year, self.known_days, self.days, self.needed_days = year, known_days, days, needed_days


class Counted(Struct, frozen=True, weakref=True):
    """The days of a year (or of its part from ``since`` up to ``until``) by one edition without ozone."""

    year: int
    edition: str
    since: date
    until: date
    last_known: date
    days: int
    known_days: int
    lost_days: int
    lost_by_ozone_alone_days: int
    ozone_known_days: int
    provenance: Provenance

    @property
    def good_days(self) -> int:
        """Known days at or below AQI 100."""
        return self.known_days - self.lost_days

    @property
    def result(self) -> Result:
        """The share of good days with its terms."""
        assert self.provenance.terms is not None
        return Result(100 * self.good_days / self.known_days, self.provenance.terms)


@cached_report("facts", "air_hours", "air_days")
def counted(number: int, edition: str, until: date, since: date | None = None) -> Counted:
    """Days of a year from a day (its first where none is given) up to another, both inclusive.

    ``edition``: one of HJ 633, or the one in force on each day. Raises NoDayError where none of them is known.
    """
    first, last = since or date(number, 1, 1), min(until, date(number, 12, 31))
    mine, with_ozone = (_days(first, last, edition, ozone) for ozone in BASES)
    known, lost = mine["aqi"].notna(), mine["aqi"] > GOOD_UP_TO
    if not known.any():
        raise NoDayError(number, first, last)
    has_8h = mine["o3_8h_ugm3"].notna()
    whole = (first, last) == (date(number, 1, 1), date(number, 12, 31))
    period = str(number) if whole else f"{first}/{last}"
    named = " · ".join(sorted(mine.loc[known, "standard"].unique()))
    return Counted(
        year=number,
        edition=edition,
        since=first,
        until=last,
        last_known=mine.loc[known, "date"].iloc[-1].date(),
        days=comparison.days_of(period),
        known_days=int(known.sum()),
        lost_days=int(lost.sum()),
        lost_by_ozone_alone_days=int(((with_ozone["aqi"] > GOOD_UP_TO) & ~lost & known & has_8h).sum()),
        ozone_known_days=int(has_8h.sum()),
        provenance=air.days_provenance(mine, edition).with_terms(
            Terms(
                quantity="good_day_share_pct",
                statistic="share",
                period=period,
                area=CITY,
                edition=named,
                state=comparison.state_of(period),
                dust="raw",
                ozone="excluded",
                known_days=int(known.sum()),
                measurer="archive",
            )
        ),
    )


def _days(first: date, last: date, edition: str, ozone: Ozone) -> pd.DataFrame:
    frame = air.days(edition, ozone)
    return frame[frame["date"].between(pd.Timestamp(first), pd.Timestamp(last))]


class Budget(Struct, frozen=True, weakref=True):
    """Days a year may still lose to be no worse than ``before``, both by ``edition`` and without ozone.

    ``share_pct``: the least share where a reader chose one; None: the other year's own days.
    """

    now: Counted
    before: Counted
    share_pct: float | None
    left: Left

    @property
    def known_until(self) -> date:
        """The last day with data."""
        return self.now.last_known


@cached_report("facts", "air_hours", "air_days")
def budget(number: int, against: int, edition: str, today: date, share_pct: float | None = None) -> Budget:
    """The budget of a year on a day. ``edition``: a key or value of :data:`EDITIONS`.

    Raises TooFewDaysError where the other year is no measure, IncomparableError where the years may not be set against each
    other, NoDayError where no day of one is known.
    """
    edition = EDITIONS.get(edition, edition)
    now = counted(number, edition, _day_before(today))
    before = counted(against, edition, date(against, 12, 31))
    _check(before, now)
    days = 366 if pd.Timestamp(number, 1, 1).is_leap_year else 365
    passed = min((today - date(number, 1, 1)).days, days)
    if share_pct is None:
        allowed = rules.allowed_as_before(
            days_in_year=days, lost_days_before=before.lost_days, known_days_before=before.known_days
        )
    else:
        allowed = rules.allowed_by_share(days_in_year=days, share_pct=share_pct)
    return Budget(
        now, before, share_pct, Left(allowed, now.lost_days, now.known_days, passed - now.known_days, days - passed)
    )


def both(today: date, share_pct: float | None = None) -> tuple[Budget, Budget]:
    """The running year against the last one, by the 2026 edition now in force and by that of 2012."""
    number = running_year(today)
    new, old = (budget(number, number - 1, edition, today, share_pct) for edition in (NEW, OLD))
    return new, old


def running_year(today: date) -> int:
    """The year the newest day known on ``today`` lies in."""
    return _last_known(today).year


@cached_report("facts", "air_hours", "air_days")
def _last_known(today: date) -> date:
    frame = air.days()
    known = frame[(frame["date"] < pd.Timestamp(today)) & frame["aqi"].notna()]
    if known.empty:
        raise NothingFoundError("days")
    newest: date = known["date"].iloc[-1].date()
    return newest


def _day_before(day: date) -> date:
    return day - timedelta(days=1)


def _check(before: Counted, now: Counted) -> None:
    assert before.provenance.terms is not None
    if not before.provenance.terms.covered:
        needed = comparison.days_needed(before.provenance.terms.period)
        raise TooFewDaysError(before.year, before.known_days, before.days, needed)
    found: Comparison = comparison.compare(before.result, now.result, named=NAMED_DIMENSIONS)
    if found.differs:
        raise IncomparableError(now.year, before.year, found.dimensions)


# ── the same days of the year before ─────────────────────────────────────────────────────────────────────────────────
class SamePeriod(Struct, frozen=True, weakref=True):
    """Two years up to the same day of the calendar, ozone left out.

    ``by_new``: both by the 2026 edition throughout. ``split``: by the editions in force, parted into air and rule.
    ``by_new_change``: points between the two by the 2026 edition, or why they cannot be compared.
    """

    now: Counted
    before: Counted
    by_new: tuple[Counted, Counted]
    split: Split
    by_new_change: Comparison

    @property
    def change_in_points(self) -> dict[str, float]:
        """The change of the share in percentage points: of air and rule (1: the air changes first, 2: the rule does)."""
        first, second = self.split.air_first, self.split.rule_first
        return {"air_1": first.air, "rule_1": first.rule, "air_2": second.air, "rule_2": second.rule}

    @property
    def change_in_days(self) -> dict[str, int] | None:
        """The same in days lost: a fall of the share is a rise of these. None where the years know different numbers of days."""
        days = self.split.known_days
        return None if days is None else {name: round(-x * days / 100) for name, x in self.change_in_points.items()}


@cached_report("facts", "air_hours", "air_days")
def same_period(today: date) -> SamePeriod:
    """The running year as far as its days are known against the same part of the year before."""
    until = _last_known(today)
    return same_days(date(until.year, 1, 1), until)


@cached_report("facts", "air_hours", "air_days")
def same_days(first: date, last: date) -> SamePeriod:
    """Days of one year (both ends inclusive) against the same days of the year before.

    Raises NoDayError where none of one of them is known.
    """
    number = last.year
    first_then, then = air.same_day(first, number - 1), air.same_day(last, number - 1)
    now, before = counted(number, air.IN_FORCE, last, first), counted(number - 1, air.IN_FORCE, then, first_then)
    by_new = (counted(number - 1, NEW, then, first_then), counted(number, NEW, last, first))
    split = Split(
        before=_share(before),
        before_by_later=_by_dates_of(number, first_then, then),
        now_by_earlier=_by_dates_of(number - 1, first, last),
        now=_share(now),
    )
    return SamePeriod(now, before, by_new, split, comparison.compare(by_new[0].result, by_new[1].result))


def _by_dates_of(rule_year: int, first: date, last: date) -> air_year.Share:
    """Days by the editions that hold on the same dates of another year: its rule laid over this year's air."""
    number, changed = last.year, air.same_day(NEW_FROM, last.year)
    if rule_year != NEW_FROM.year or first >= changed:
        return _share(counted(number, NEW if rule_year >= NEW_FROM.year else OLD, last, first))
    if last < changed:
        return _share(counted(number, OLD, last, first))
    parts = ((OLD, first, _day_before(changed)), (NEW, changed, last))
    known = [mine for edition, since, until in parts if len(mine := _known(since, until, edition))]
    good = sum(int((mine <= GOOD_UP_TO).sum()) for mine in known)
    return air_year.Share(good, sum(map(len, known)), None)


def _known(first: date, last: date, edition: str) -> pd.Series:
    """The AQIs known from one day to another, without ozone."""
    return _days(first, last, edition, "excluded")["aqi"].dropna()


def _share(found: Counted) -> air_year.Share:
    return air_year.Share(found.good_days, found.known_days, None)
