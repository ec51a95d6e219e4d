"""Which days of a year are missing, and how bad the same days were in other years: a gap is not a random sample."""

from datetime import date, timedelta
from itertools import pairwise

import pandas as pd
from msgspec import Struct

from assessment.aqi import rounded
from assessment.editions import GOOD_UP_TO, OLD, STATE_CHANGED
from reports import air
from reports.cached import cached_report

LONG_DAYS = 10  # a shorter gap hides too few days to show what it left out


class Gap(Struct, frozen=True, weakref=True):
    """Days in a row without data. ``bad_elsewhere``: mean of the days above 100 that the same days had in other years
    since the change of the measuring state, by the 2012 edition without ozone; None for short gaps and without such years."""

    first: date
    last: date
    bad_elsewhere: float | None

    @property
    def days(self) -> int:
        """How many they are."""
        return (self.last - self.first).days + 1


class YearGaps(Struct, frozen=True, weakref=True):
    """The gaps of a year; none where no day is missing."""

    year: int
    gaps: tuple[Gap, ...]

    @property
    def days(self) -> int:
        """How many days are missing."""
        return sum(one.days for one in self.gaps)

    @property
    def long(self) -> bool:
        """Whether so many days are missing in a row that no number of the year should be given without them."""
        return any(one.days >= LONG_DAYS for one in self.gaps)


@cached_report("facts", "air_hours", "air_days")
def of_year(number: int) -> YearGaps:
    """The gaps of a year, the running one as far as its days are known."""
    frame = air.days(OLD, "excluded").dropna(subset=["aqi"])
    known = set(frame["date"].dt.date)
    last = min(date(number, 12, 31), max(known))
    every = [date(number, 1, 1) + timedelta(days=n) for n in range((last - date(number, 1, 1)).days + 1)]
    missing = [day for day in every if day not in known]
    return YearGaps(number, tuple(Gap(run[0], run[-1], _bad_elsewhere(run, frame)) for run in _runs(missing)))


@cached_report("facts", "air_hours", "air_days")
def long_gaps() -> tuple[YearGaps, ...]:
    """The years with a long gap, each with all its gaps."""
    return tuple(gaps for one in air.years() if (gaps := of_year(one.year)).long)


def _runs(days: list[date]) -> list[list[date]]:
    """Days in order, cut where they do not follow each other."""
    runs = [days[:1]] if days else []
    for before, day in pairwise(days):
        if (day - before).days == 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def _bad_elsewhere(run: list[date], frame: pd.DataFrame) -> float | None:
    if len(run) < LONG_DAYS:
        return None
    places = {(day.month, day.day) for day in run}
    after = frame[(frame["date"].dt.year > STATE_CHANGED.year) & (frame["date"].dt.year != run[0].year)]
    mine = after[[(day.month, day.day) in places for day in after["date"]]]
    whole = mine.groupby(mine["date"].dt.year)["aqi"].agg(["size", lambda values: (values > GOOD_UP_TO).sum()])
    whole = whole[whole["size"] >= len(places - {(2, 29)})]
    return None if whole.empty else rounded(whole.iloc[:, 1].mean(), 1)
