"""Where a running year's count of days above AQI 100 may end: its open days are drawn from the same season of past years.

A block bootstrap (Künsch 1989): days come in blocks, so that an episode of dust or stagnant air stays whole. Nothing here
knows the weather to come; it shows how years have gone. Every day must be judged by one edition on one ozone basis, in one
measuring state; :func:`backtest` shows how often such ranges would have been right.
"""

from collections.abc import Iterable
from datetime import date

import numpy as np
from msgspec import Struct
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from assessment.comparison import Result, Terms, compare
from assessment.editions import STATE_CHANGED
from assessment.trends import SEED

Days = NDArray[np.datetime64]
Floats = NDArray[np.float64]
BLOCK_DAYS = 14  # an episode lasts days, not weeks
SEASON_DAYS = 15  # a block may come from so many days earlier or later in the year
YEARS_FOR_A_RANGE = 2  # one past year is an anecdote
SHARE_OF_DAYS_ALIKE = 0.9  # of the open days, to count for one past year
DRAWS = 2000
DAYS_OF_SEASONS = 365


class History(Struct, frozen=True, weakref=True):
    """Days in a row, ``lost`` 1 above AQI 100, 0 not, NaN without a value."""

    days: Days
    lost: Floats

    def before(self, day: date) -> "History":
        """What was there before a day."""
        there = self.days < np.datetime64(day)
        return History(self.days[there], self.lost[there])

    def of(self, year: int) -> Floats:
        """The values of all days of a year, NaN for those the history does not reach."""
        every = _days_of(year)
        values = np.full(len(every), np.nan)
        values[np.isin(every, self.days)] = self.lost[np.isin(self.days, every)]
        return values


def history(days: Days, lost: Floats) -> History:
    """Days in any order as a history without jumps. Raises ValueError where a day is given twice or none is there."""
    dated = np.asarray(days, dtype="datetime64[D]")
    if not len(dated):
        raise ValueError("there is no day")
    if len(np.unique(dated)) < len(dated):
        raise ValueError("a day stands twice")
    every = np.arange(dated.min(), dated.max() + 1)
    values = np.full(len(every), np.nan)
    values[(dated - every[0]).astype(int)] = lost
    return History(every, values)


class Outlook(Struct, frozen=True, weakref=True):
    """A year's days lost in the end: known so far, and ``totals``, one for each draw of its open days, ascending."""

    year: int
    known_days: int
    lost_days: int
    open_days: int
    totals: NDArray[np.int64]
    as_in: dict[int, int]  # the total if the open days went as in that past year

    @property
    def middle(self) -> int:
        """As many draws end at or below as above."""
        return self._quantile(0.5)

    def interval(self, share: float) -> tuple[int, int]:
        """The fewest and most days lost in the middle ``share`` (0–1) of the draws."""
        return self._quantile((1 - share) / 2), self._quantile((1 + share) / 2)

    def chance_at_most(self, days: int) -> float:
        """The share of draws (0–1) that end with so many days lost or fewer."""
        return float(np.searchsorted(self.totals, days, side="right") / len(self.totals))

    def _quantile(self, share: float) -> int:
        return int(np.quantile(self.totals, share, method="inverted_cdf"))


def year_end(known: History, year: int) -> Outlook | None:
    """Draw the open days of a year (those ``known`` has no value for, to 31 December) from the years before it.

    None where a block of them has fewer than two past years to come from. The same history gives the same draws.
    """
    past, so_far, every = known.before(date(year, 1, 1)), known.of(year), _days_of(year)
    open_ = np.isnan(so_far)
    lost = int(np.nansum(so_far))
    drawn = _drawn(past, every, open_, year)
    if drawn is None:
        return None
    totals = drawn[-1].lost if drawn else np.zeros(DRAWS, dtype=np.int64)
    as_in = {number: lost + days for number, days in _as_in_past_years(past, every, open_).items()}
    return Outlook(year, int((~open_).sum()), lost, int(open_.sum()), np.sort(totals + lost), as_in)


class Step(Struct, frozen=True, weakref=True):
    """The fewest and most days lost of a year up to the end of a day, in the middle of the draws."""

    day: date
    low: int
    high: int


def course(known: History, year: int, share: float) -> tuple[Step, ...]:
    """How the draws of :func:`year_end` come to their ends: one step a block, the middle ``share`` (0–1) of them.

    Days known are counted as they are, so the last step is the interval of the year's end where its last day is open.
    Empty where there is no outlook or no day is open.
    """
    so_far, every = known.of(year), _days_of(year)
    drawn = _drawn(known.before(date(year, 1, 1)), every, np.isnan(so_far), year) or []
    counted = np.nancumsum(so_far).astype(np.int64)
    ends = [Outlook(year, 0, 0, 0, np.sort(one.lost + counted[one.last]), {}).interval(share) for one in drawn]
    return tuple(Step(every[one.last].item(), *pair) for one, pair in zip(drawn, ends, strict=True))


def _days_of(year: int) -> Days:
    return np.arange(np.datetime64(f"{year}-01-01"), np.datetime64(f"{year + 1}-01-01"))


class _Block(Struct, frozen=True, weakref=True):
    """Days lost among the open ones up to the end of a block, one sum a draw; ``last``: its last day, from 0."""

    last: int
    lost: NDArray[np.int64]


def _drawn(past: History, every: Days, open_: NDArray[np.bool_], year: int) -> list[_Block] | None:
    """The blocks of a year that have open days, drawn one after the other; None where one has too few past years."""
    rng = np.random.default_rng([SEED, year, int(open_.sum())])
    totals, blocks = np.zeros(DRAWS, dtype=np.int64), []
    seasons = season_day(past.days)
    years = past.days.astype("datetime64[Y]").astype(int)
    for start in range(int(np.argmax(open_)), len(every), BLOCK_DAYS):
        wanted = open_[start : start + BLOCK_DAYS]
        if not wanted.any():
            continue
        if len(past.lost) < len(wanted):
            return None
        counts = sliding_window_view(past.lost, len(wanted)) @ wanted.astype(float)  # NaN: a day of it is not known
        away = np.abs(seasons[: len(counts)] - season_day(every[start : start + 1])[0])
        usable = (np.minimum(away, DAYS_OF_SEASONS - away) <= SEASON_DAYS) & ~np.isnan(counts)
        if len(np.unique(years[: len(counts)][usable])) < YEARS_FOR_A_RANGE:
            return None
        possible = counts[usable].astype(np.int64)
        totals = totals + possible[rng.integers(len(possible), size=DRAWS)]
        blocks.append(_Block(start + len(wanted) - 1, totals))
    return blocks


def _as_in_past_years(past: History, every: Days, open_: NDArray[np.bool_]) -> dict[int, int]:
    """Days lost on the same days of each past year that knows at least nine in ten of them."""
    years, months = (past.days.astype(f"datetime64[{unit}]") for unit in "YM")
    leap_day = (past.days - months == 28) & (months - years == 1)
    wanted = np.isin(season_day(past.days), season_day(every[open_])) & ~leap_day
    years = years.astype(int) + 1970
    found = {}
    for number in np.unique(years):
        values = past.lost[wanted & (years == number)]
        if (~np.isnan(values)).sum() >= SHARE_OF_DAYS_ALIKE * open_.sum():
            found[int(number)] = int(np.nansum(values))
    return found


def season_day(days: Days) -> NDArray[np.int64]:
    """The place of days in a year of 365, 0 to 364; 29 February counts with the 28th."""
    years = days.astype("datetime64[Y]")
    number: NDArray[np.int64] = (days - years.astype("datetime64[D]")).astype(np.int64)
    leap = ((years + 1).astype("datetime64[D]") - years.astype("datetime64[D]")).astype(np.int64) > DAYS_OF_SEASONS
    number -= leap & (number >= 31 + 28)
    return number


# ── how often it would have been right ────────────────────────────────────────────────────────────────────────────────
class Issued(Struct, frozen=True, weakref=True):
    """An outlook of the past beside what came: days lost that year, and in the year before where the two compare."""

    day: date
    outlook: Outlook
    lost_days: int
    lost_days_before: int | None

    def within(self, share: float) -> bool:
        """Whether the year ended in the interval."""
        low, high = self.outlook.interval(share)
        return low <= self.lost_days <= high

    @property
    def squared_error(self) -> float | None:
        """(chance of no more days lost than the year before − what came: 1 or 0)²; None where the years do not compare."""
        if self.lost_days_before is None:
            return None
        came = self.lost_days <= self.lost_days_before
        return (self.outlook.chance_at_most(self.lost_days_before) - came) ** 2


class Backtest(Struct, frozen=True, weakref=True):
    """Outlooks issued with what was known on their day; ``too_early`` had no past to draw from, ``unknown`` no outcome."""

    issued: tuple[Issued, ...]
    too_early: int
    unknown: int

    def within(self, share: float) -> int:
        """How many years ended in the interval that the outlook gave."""
        return sum(one.within(share) for one in self.issued)

    @property
    def errors(self) -> tuple[float, ...]:
        """The squared errors of the chances, where the years compare."""
        return tuple(one.squared_error for one in self.issued if one.squared_error is not None)

    @property
    def brier(self) -> float | None:
        """Brier score: their mean; 0 is perfect, 0.25 what "half and half" would have scored."""
        return sum(self.errors) / len(self.errors) if self.errors else None


def backtest(known: History, years: Iterable[int], edition: str) -> Backtest:
    """Issue an outlook at the start of every month of the years, each from the days before it alone.

    A year counts where its days carry its statistics (324, GB 3095 table 4), beside the year before where
    :func:`assessment.comparison.compare` allows it. ``edition``: the one standard the days were judged by.
    """
    issued, too_early, unknown = [], 0, 0
    for year in years:
        total = _total(known, year, edition)
        before = _total(known, year - 1, edition)
        comparable = compare(before, total).comparable
        for month in range(1, 13):
            day = date(year, month, 1)
            if not total.terms.covered:
                unknown += 1
            elif (outlook := year_end(known.before(day), year)) is None:
                too_early += 1
            else:
                issued.append(Issued(day, outlook, int(total.value), int(before.value) if comparable else None))
    return Backtest(tuple(issued), too_early, unknown)


def _total(known: History, year: int, edition: str) -> Result:
    """A year's days lost, with what that number is."""
    values = known.of(year)
    terms = Terms(
        "days_above_aqi_100",
        "days",
        str(year),
        edition=edition,
        state="after" if year > STATE_CHANGED.year else "mixed",
        dust="raw",
        ozone="excluded",
        known_days=int((~np.isnan(values)).sum()),
        measurer="archive",
    )
    return Result(float(np.nansum(values)), terms)
