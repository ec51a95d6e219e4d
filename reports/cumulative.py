"""How the running year's days above AQI 100 add up, against the year before and the years since 2019.

Every year by one edition and without ozone (:mod:`reports.budget` says why). A day without data adds nothing and is known
as such: it is never a good day.
"""

from datetime import date, timedelta
from functools import partial

import numpy as np
import pandas as pd
from msgspec import Struct

from assessment import comparison, outlook
from assessment.comparison import Comparison, Result, Terms
from assessment.editions import FIRST_YEAR_SINCE_CHANGE, GOOD_UP_TO
from assessment.outlook import DAYS_OF_SEASONS, Step
from reports import air
from reports import outlook as outlooks
from reports.budget import Budget, IncomparableError, TooFewDaysError, running_year
from reports.budget import budget as budget_of
from reports.cached import cached_report
from reports.found import NoDayError, NothingFoundError, or_none
from reports.outlook import LIKELY, YearEnd
from reports.provenance import Provenance
from store.city import CITY


def place_of(day: date) -> int:
    """The place of a day in a year of 365, from 0."""
    return int(outlook.season_day(np.array([day], dtype="datetime64[D]"))[0])


class Curve(Struct, frozen=True, weakref=True):
    """A year's days above AQI 100 added up: ``lost`` after each day of a year of 365, as far as its days are known.

    ``unknown``: runs of days without data before the last known one, as (first, last) from 0;
    29 February counts with the 28th.
    """

    year: int
    lost: tuple[int, ...]
    known_days: int
    unknown: tuple[tuple[int, int], ...]
    terms: Terms

    @property
    def total(self) -> int:
        """Days lost as far as they are known."""
        return self.lost[-1]

    @property
    def result(self) -> Result:
        """Its days lost with what that number is."""
        return Result(float(self.total), self.terms)

    def at(self, day: date) -> int | None:
        """Days lost up to the end of a day of the calendar, None where the curve does not reach it."""
        place = place_of(day)
        return self.lost[place] if place < len(self.lost) else None


class SameDays(Struct, frozen=True, weakref=True):
    """Both years up to the same day of the calendar, and whether they compare.

    ``change``: this year's days less those of the year before; a number only where both know as many days.
    """

    now: Curve
    before: Curve
    until: date
    comparison: Comparison

    @property
    def change(self) -> int | None:
        """More (+) or fewer (−) days than the year before, None where that may not be said."""
        alike = self.comparison.comparable and self.now.known_days == self.before.known_days
        return round(self.comparison.difference or 0) if alike else None


class Cumulative(Struct, frozen=True, weakref=True):
    """The running year beside the years before it, all by one ``edition``.

    ``low``, ``high``: the fewest and most days lost after each day of a year of 365 among ``past``, years whose days carry
    them; ``left_out``: years that know too few. ``budget``: what keeps the year no worse than the one before, None where that
    one's days do not carry it. ``end``, ``course``: where past seasons would take the year, None and empty where there is too
    little past. ``last_day``: the last one that is over.
    """

    now: Curve
    before: Curve
    until: date
    edition: str
    same: SameDays
    past: tuple[Curve, ...]
    left_out: tuple[Curve, ...]
    low: tuple[int, ...]
    high: tuple[int, ...]
    budget: Budget | None
    end: YearEnd | None
    course: tuple[Step, ...]
    last_day: date
    provenance: Provenance

    @property
    def unknown_days(self) -> int:
        """Days gone without data, those since the last known one included."""
        return (self.last_day - date(self.now.year, 1, 1)).days + 1 - self.now.known_days

    @property
    def unknown(self) -> tuple[tuple[int, int], ...]:
        """Runs of them, as (first, last) from 0."""
        since = (len(self.now.lost), place_of(self.last_day))
        return (*self.now.unknown, since) if since[0] <= since[1] else self.now.unknown


@cached_report("facts", "air_hours", "air_days")
def cumulative(today: date, edition: str = air.NEW) -> Cumulative:
    """The year of the newest day known on ``today``, by an edition of HJ 633.

    Raises NothingFoundError where no day of it or of the year before is known, or no year before it as a whole.
    """
    number = running_year(today)
    last = min(today - timedelta(days=1), date(number, 12, 31))
    now, before = _curve(number, edition, last), _curve(number - 1, edition, date(number - 1, 12, 31))
    each = (
        or_none(partial(_curve, year, edition, date(year, 12, 31))) for year in range(FIRST_YEAR_SINCE_CHANGE, number)
    )
    whole = [one for one in each if one]
    until = comparison.bounds(now.terms.period)[1]
    past = tuple(one for one in whole if one.terms.covered)
    assert not comparison.alike(one.terms for one in past)
    if not past:
        raise NothingFoundError("years")
    counts = np.array([one.lost + (one.total,) * (DAYS_OF_SEASONS - len(one.lost)) for one in past])
    end = outlooks.year_end(edition, today)
    frame = air.days(edition, "excluded")
    shown = frame[
        frame["date"].dt.year.between(FIRST_YEAR_SINCE_CHANGE, number) & (frame["date"] <= pd.Timestamp(last))
    ]
    return Cumulative(
        now=now,
        before=before,
        until=until,
        edition=edition,
        same=_same_days(number, edition, until),
        past=past,
        left_out=tuple(one for one in whole if not one.terms.covered),
        low=tuple(counts.min(axis=0).tolist()),
        high=tuple(counts.max(axis=0).tolist()),
        budget=_budget(number, edition, today),
        end=end,
        course=outlook.course(outlooks.history(edition).before(today), number, LIKELY) if end else (),
        last_day=last,
        provenance=air.days_provenance(shown.dropna(subset=["aqi"]), edition),
    )


def _budget(number: int, edition: str, today: date) -> Budget | None:
    try:
        return budget_of(number, number - 1, edition, today)
    except (TooFewDaysError, IncomparableError):
        return None


def _same_days(number: int, edition: str, until: date) -> SameDays:
    """Both years up to the last day to which the running one knows enough of its days; else up to its last known day."""
    days = _bad(number, edition, until)
    counted = days.notna().cumsum()
    ends = [day.date() for day in days.index[days.notna()]]
    carried = [day for day in ends if counted[pd.Timestamp(day)] >= comparison.days_needed(_period(number, day))]
    upto = carried[-1] if carried else until
    now, before = _curve(number, edition, upto), _curve(number - 1, edition, air.same_day(upto, number - 1))
    return SameDays(now, before, upto, comparison.compare(before.result, now.result))


def _bad(number: int, edition: str, last: date) -> pd.Series:
    """Days of a year up to one, by date: 1.0 above AQI 100, 0.0 not, NaN where not known."""
    frame = air.days(edition, "excluded").set_index("date")["aqi"]
    every = frame.reindex(pd.date_range(date(number, 1, 1), last))
    return (every > GOOD_UP_TO).astype(float).where(every.notna())


def _curve(number: int, edition: str, last: date) -> Curve:
    """A year up to its last known day not after ``last``. Raises NothingFoundError where no day of it is known."""
    bad = _bad(number, edition, last)
    bad = bad[: bad.last_valid_index()]
    if bad.empty:
        raise NoDayError(number, date(number, 1, 1), last)
    places = outlook.season_day(bad.index.to_numpy().astype("datetime64[D]"))
    lost = pd.Series(bad.fillna(0).cumsum().astype(int).to_numpy(), index=places).groupby(level=0).last()
    missing = sorted({int(place) for place in places[bad.isna().to_numpy()]})
    known = int(bad.notna().sum())
    period = _period(number, bad.index[-1].date())
    terms = Terms(
        "days_above_aqi_100",
        "days",
        period,
        CITY,
        edition=edition,
        state=comparison.state_of(period),
        dust="raw",
        ozone="excluded",
        known_days=known,
        measurer="archive",
    )
    return Curve(number, tuple(int(one) for one in lost), known, _runs(missing), terms)


def _period(number: int, last: date) -> str:
    return str(number) if last == date(number, 12, 31) else f"{number}-01-01/{last}"


def _runs(places: list[int]) -> tuple[tuple[int, int], ...]:
    """Places in a row, each run by its first and last."""
    found: list[tuple[int, int]] = []
    for place in places:
        if found and place == found[-1][1] + 1:
            found[-1] = (found[-1][0], place)
        else:
            found.append((place, place))
    return tuple(found)
