"""A year's account: every promise of the plans in force in it, with the official and the measured result at its end."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from reports import goals, provenance
from reports.cached import cached_report
from reports.found import NothingFoundError
from reports.goals import STATUSES, Promise
from reports.period import PeriodError
from reports.provenance import Provenance
from store import facts, records

YEAR_LETTERS = 4


class Account(Struct, frozen=True, weakref=True):
    """``as_of``: the day the promises are judged on: the first after the year, in a running year today.

    Results of periods up to that day count, whenever they were published; ``today``: the day on which they were known.
    """

    year: int
    today: date
    as_of: date
    promises: tuple[Promise, ...]
    by_status: Mapping[str, int]

    @property
    def over(self) -> bool:
        """Whether the year is over."""
        return self.today.year > self.year

    @property
    def measured_n(self) -> int:
        """How many promises have a number measured or worked out here beside the official place."""
        return sum(one.measured is not None for one in self.promises)

    @property
    def provenance(self) -> Provenance:
        """Every document behind it: the plans, the official results, what was measured."""
        return provenance.merged(goals.provenances(self.promises), "published", str(self.year))


@cached_report("facts")
def first_year() -> str:
    """The first year of the first plan with promises. Raises NothingFoundError where there is none."""
    plans = facts.by_id(records.Plan)
    years = [plans[row.plan_id].start_year for row in facts.every(records.Target)]
    if not years:
        raise NothingFoundError("plans")
    return str(min(years))


def newest(today: date) -> str:
    """The last year that is over, the running one where the first plan began with it.

    Raises NothingFoundError where all plans lie ahead or there is none.
    """
    year = max(str(today.year - 1), first_year())
    if int(year) > today.year:
        raise NothingFoundError("plans_ahead", f"the first plan begins in {year}", year=year)
    return year


@cached_report("facts", "air_hours", "air_days", "ndvi")
def account(year: str, today: date) -> Account:
    """A year's account as known on a day. Raises PeriodError where it is no year, lies ahead or before all plans.

    Raises NothingFoundError where there is no plan.
    """
    if not (year.isascii() and year.isdigit() and len(year) == YEAR_LETTERS):
        raise PeriodError(year, "no_period", first_year())
    number = int(year)
    if number > today.year:
        raise PeriodError(year, "future", first_year())
    if year < first_year():
        raise PeriodError(year, "before", first_year())
    as_of = min(today, date(number + 1, 1, 1))
    promises = tuple(one for one in goals.scoreboard(as_of) if one.plan.start_year <= number <= one.plan.end_year)
    counts: Counter[str] = Counter(one.judgement.status for one in promises)
    return Account(number, today, as_of, promises, {status: counts[status] for status in STATUSES if counts[status]})
