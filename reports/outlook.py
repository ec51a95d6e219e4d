"""Where the year may end, by one edition of the standard and without ozone; and how often such ranges would have been right."""

from datetime import date

import numpy as np
import pandas as pd
from msgspec import Struct

from assessment import outlook
from assessment.editions import FIRST_YEAR_SINCE_CHANGE, GOOD_UP_TO, NEW, OLD, STATE_CHANGED
from assessment.outlook import Backtest, History, Outlook
from reports import air, provenance
from reports.cached import cached_report
from reports.found import NothingFoundError
from reports.provenance import Provenance

EDITIONS = (OLD, NEW)
LIKELY, VERY_LIKELY = 0.8, 0.9


class YearEnd(Struct, frozen=True, weakref=True):
    """Days above AQI 100 in the end, ozone not counted: what is known, and the range of what past years make of the rest.

    ``passed_days``: gone without data; ``days_to_come``: from today on. Both are drawn. ``likely``: eight draws in ten end in
    it, ``very_likely``: nine in ten (fewest and most days lost).
    """

    year: int
    edition: str
    until: date  # the last day known
    known_days: int
    lost_days: int
    passed_days: int
    days_to_come: int
    middle: int
    likely: tuple[int, int]
    very_likely: tuple[int, int]
    as_in: dict[int, int]  # days lost in the end if the open days went as in that year
    outlook: Outlook
    provenance: Provenance

    def chance_at_most(self, days: int) -> float:
        """How often (0–1) the draws end with so many days lost or fewer."""
        return self.outlook.chance_at_most(days)


@cached_report("facts", "air_hours", "air_days")
def history(edition: str) -> History:
    """Every day since the change of measuring state, by one edition without ozone. Raises ValueError on another edition."""
    if edition not in EDITIONS:
        raise ValueError(f"one edition of {', '.join(EDITIONS)}, not {edition!r}")
    days = _days(edition)
    if days.empty:
        raise NothingFoundError("days")
    bad = (days["aqi"] > GOOD_UP_TO).where(days["aqi"].notna())
    return outlook.history(days["date"].to_numpy(), bad.to_numpy(float))


def _days(edition: str) -> pd.DataFrame:
    frame = air.days(edition, "excluded")
    return frame[frame["date"] >= pd.Timestamp(STATE_CHANGED)]


def both(today: date) -> tuple[YearEnd, ...]:
    """Where the year may end by the 2026 edition now in force and by that of 2012; empty where the past is too short."""
    return tuple(found for edition in (NEW, OLD) if (found := year_end(edition, today)) is not None)


@cached_report("facts", "air_hours", "air_days")
def year_end(edition: str, today: date) -> YearEnd | None:
    """The year of the newest day known before ``today``. None where too few past years are there to draw from."""
    known = history(edition).before(today)
    there = known.days[~np.isnan(known.lost)]
    if not len(there):
        return None
    until = there[-1].item()
    drawn = outlook.year_end(known, until.year)
    if drawn is None:
        return None
    to_come = max(0, (date(until.year, 12, 31) - today).days + 1)
    return YearEnd(
        until.year,
        edition,
        until,
        drawn.known_days,
        drawn.lost_days,
        drawn.open_days - to_come,
        to_come,
        drawn.middle,
        drawn.interval(LIKELY),
        drawn.interval(VERY_LIKELY),
        drawn.as_in,
        drawn,
        _provenance(edition, until),
    )


class Record(Struct, frozen=True, weakref=True):
    """How often the ranges of one edition would have been right, issued at every month's start of past years."""

    edition: str
    last_year: int  # from the first whole year since the change of measuring state on
    issued: int
    too_early: int  # not issued: fewer than two past years to draw from
    unknown: int  # not issued: the year's days do not carry its count
    within_likely: int
    within_very_likely: int
    compared: int  # outlooks of years that may be set against the year before
    brier: float | None
    result: Backtest
    provenance: Provenance

    @property
    def too_narrow(self) -> bool:
        """Whether the wider ranges were right less often than they claim."""
        return self.within_very_likely < VERY_LIKELY * self.issued

    @property
    def within_likely_pct(self) -> int:
        """How many of a hundred issued ranges of the likely kind were right. Raises ZeroDivisionError where none was issued."""
        return round(100 * self.within_likely / self.issued)

    @property
    def within_very_likely_pct(self) -> int:
        """As :attr:`within_likely_pct`, of the wider kind."""
        return round(100 * self.within_very_likely / self.issued)

    @property
    def starts(self) -> int:
        """The months' starts looked at, with or without an outlook."""
        return self.issued + self.too_early + self.unknown


@cached_report("facts", "air_hours", "air_days")
def record(edition: str, today: date) -> Record:
    """Outlooks of the years from the first since the change of measuring state to the last one, each of the days before it."""
    last = today.year - 1
    known = history(edition).before(date(today.year, 1, 1))
    tested = _tested(str(known.days[0]), known.lost.tobytes(), last, edition)
    return Record(
        edition,
        last,
        len(tested.issued),
        tested.too_early,
        tested.unknown,
        tested.within(LIKELY),
        tested.within(VERY_LIKELY),
        len(tested.errors),
        tested.brier,
        tested,
        _provenance(edition, date(last, 12, 31)),
    )


def records(today: date) -> tuple[Record, ...]:
    """The record of every edition, the one now in force first."""
    return tuple(record(edition, today) for edition in reversed(EDITIONS))


@cached_report()  # days come in all the time, those of past years do not
def _tested(first: str, lost: bytes, last_year: int, edition: str) -> Backtest:
    """The backtest of days in a row from the first."""
    values, years = np.frombuffer(lost), range(FIRST_YEAR_SINCE_CHANGE, last_year + 1)
    return outlook.backtest(History(np.datetime64(first, "D") + np.arange(len(values)), values), years, edition)


def _provenance(edition: str, until: date) -> Provenance:
    frame = _days(edition)
    documents = frame.loc[frame["date"] <= pd.Timestamp(until), "document_id"].drop_duplicates()
    return provenance.of("derived", f"{STATE_CHANGED}/{until}", *documents, standard=edition, dust="raw")
