"""Whether two numbers may be set against each other: what a number is, and the one function that compares.

A difference is given only between numbers that are the same kind of thing: one quantity and statistic over equal spans,
by one edition of the standard, in one measuring state, on one dust and ozone basis, from enough days, by one measurer.
Whatever is not stated counts as different: nobody can know that it is the same.
"""

import re
from calendar import isleap, monthrange
from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from typing import Literal

from msgspec import Struct

from assessment.editions import DAYS_FOR_A_YEAR, STATE_CHANGED

Statistic = Literal["mean", "percentile", "share", "days", "class", "flow", "stock", "index", "change", "rank", "state"]
Span = Literal["hour", "day", "month", "quarter", "part_of_year", "year", "years", "unstated"]
State = Literal["", "before", "after", "mixed"]
Dust = Literal["", "raw", "dust_deducted", "restated", "unstated"]
Ozone = Literal["", "counted", "partly", "excluded", "unstated"]
Measurer = Literal["official", "archive", "stations", "sensors", "model", "satellite", "this_site"]
Dimension = Literal[
    "quantity",
    "area",
    "statistic",
    "span",
    "season",
    "edition",
    "state",
    "dust",
    "ozone",
    "coverage",
    "measurer",
    "bound",
]

LEAST_COVERED = DAYS_FOR_A_YEAR / 365  # the same share of any other period
SNAPSHOTS = ("stock", "state")  # they are of a moment, not a span
BOUNDS = (">", ">=", "<", "<=")  # a value published so is only a bound of the true one
UNKNOWN = ("unstated", "mixed", "partly")
SEVERAL = " · "  # joins the editions of a period


class Terms(Struct, frozen=True, weakref=True):
    """What a number is, apart from its value.

    ``quantity``: the indicator or pollutant; ``area``: of which place (empty: the same by construction). ``period``: ISO,
    e.g. 2025, 2024-Q1, 2024-06, 2016/2020, 2026-01-01/2026-10-06, 2026-10-06, 2026-10-06T09. ``edition``: the standards it
    was judged by, several joined by " · ". Empty fields do not apply. ``known_days``: days with data in the period, None
    where the issuer did not state it.
    """

    quantity: str
    statistic: Statistic
    period: str = ""
    area: str = ""
    edition: str = ""
    state: State = ""
    dust: Dust = ""
    ozone: Ozone = ""
    known_days: int | None = None
    measurer: Measurer = "official"

    @property
    def span(self) -> Span:
        """How long a span the number is of."""
        return span(self.period)

    @property
    def covered(self) -> bool:
        """Whether the days known carry a statistic of the whole period; an issuer's own statistic counts as such."""
        return self.known_days is None or self.known_days >= days_needed(self.period)


class Result(Struct, frozen=True, weakref=True):
    """A number with its terms. ``op``: =, ~, or a bound of the true value: >, >=, <, <=."""

    value: float
    terms: Terms
    op: str = "="


class Differs(Struct, frozen=True, weakref=True):
    """A dimension in which two numbers are not the same, with what each of them is; equal where neither is stated."""

    dimension: Dimension
    first: str
    second: str

    @property
    def unstated(self) -> bool:
        """Whether they may be the same, but it is not stated."""
        return "unstated" in (self.first, self.second)


class Comparison(Struct, frozen=True, weakref=True):
    """Either the difference (second − first), or the terms that forbid the comparison."""

    difference: float | None
    differs: tuple[Differs, ...]

    @property
    def comparable(self) -> bool:
        """Whether a difference may be given."""
        return self.difference is not None

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The dimensions that differ, in order."""
        return tuple(one.dimension for one in self.differs)


def compare(first: Result, second: Result, *, named: Collection[Dimension] = ()) -> Comparison:
    """The difference second − first, or which terms differ.

    ``named``: dimensions whose difference the sentence itself names ("by the other edition", "official against archive"):
    they do not prevent it. A bound is never compared: its true value may lie anywhere beyond it.
    """
    found = [one for one in differing(first.terms, second.terms) if one.dimension not in named]
    if first.op in BOUNDS or second.op in BOUNDS:
        found.append(Differs("bound", first.op, second.op))
    difference = None if found else round(second.value - first.value, 9)
    return Comparison(difference, tuple(found))


def differing(first: Terms, second: Terms) -> tuple[Differs, ...]:
    """The dimensions in which two numbers differ, or of which one is not stated."""
    snapshot = first.statistic in SNAPSHOTS and second.statistic == first.statistic
    pairs: dict[Dimension, tuple[str, str]] = {
        "quantity": (first.quantity, second.quantity),
        "area": (first.area, second.area),
        "statistic": (first.statistic, second.statistic),
        "span": ("", "") if snapshot else (first.span, second.span),
        "season": ("", "") if snapshot else (season(first.period), season(second.period)),
        "edition": (first.edition, second.edition),
        "state": (first.state, second.state),
        "dust": (first.dust, second.dust),
        "ozone": (first.ozone, second.ozone),
        "coverage": (_coverage(first), _coverage(second)),
        "measurer": (first.measurer, second.measurer),
    }
    if first.span != second.span:  # then the seasons differ as well, and it adds nothing
        pairs["season"] = ("", "")
    return tuple(Differs(name, a, b) for name, (a, b) in pairs.items() if a != b or _unknown(name, a))


def _unknown(dimension: Dimension, value: str) -> bool:
    """Whether two equal values still do not make two numbers alike: not stated, of several kinds, or of too few days."""
    return value in UNKNOWN or SEVERAL in value or (dimension == "coverage" and value != "")


def alike(terms: Iterable[Terms]) -> tuple[Differs, ...]:
    """The terms that forbid numbers to be ranked or drawn as one series: each against the first; nothing where all are alike."""
    every = list(terms)
    found: dict[Dimension, Differs] = {}
    for other in every[1:]:
        for one in differing(every[0], other):
            found.setdefault(one.dimension, one)
    return tuple(found.values())


def direction(comparison: Comparison, better: str) -> Literal["better", "worse", "same"] | None:
    """What a difference means where ``better`` is up or down; None without a difference or where neither is better."""
    if comparison.difference is None or better not in ("up", "down"):
        return None
    if comparison.difference == 0:
        return "same"
    return "better" if (comparison.difference > 0) == (better == "up") else "worse"


def _coverage(terms: Terms) -> str:
    return "" if terms.covered else f"{terms.known_days}/{days_of(terms.period)}"


# ── periods ──────────────────────────────────────────────────────────────────────────────────────────────────────────
SPANS: Mapping[Span, str] = {
    "year": r"\d{4}",
    "quarter": r"\d{4}-Q[1-4]",
    "month": r"\d{4}-\d{2}",
    "day": r"\d{4}-\d{2}-\d{2}",
    "hour": r"\d{4}-\d{2}-\d{2}T\d{2}.*",
    "years": r"\d{4}/\d{4}",
}


def span(period: str) -> Span:
    """How long a stretch an ISO period is. A range of days or months that is a whole year, quarter or month is one."""
    for name, pattern in SPANS.items():
        if re.fullmatch(pattern, period):
            return name
    if "/" not in period:
        return "unstated"
    first, last = bounds(period)
    if first.year != last.year:
        return "years"
    if (first.month, first.day) == (1, 1) and (last.month, last.day) == (12, 31):
        return "year"
    return "part_of_year"


def bounds(period: str) -> tuple[date, date]:
    """The first and last day of an ISO period. Raises ValueError where it is none."""
    first, _, last = period.partition("/")
    return _first_day(first), _last_day(last or first)


def _first_day(text: str) -> date:
    if quarter := re.fullmatch(r"(\d{4})-Q([1-4])", text):
        return date(int(quarter[1]), 3 * int(quarter[2]) - 2, 1)
    if month := re.fullmatch(r"(\d{4})(?:-(\d{2}))?", text):
        return date(int(month[1]), int(month[2] or 1), 1)
    return date.fromisoformat(text[:10])


def _last_day(text: str) -> date:
    if quarter := re.fullmatch(r"(\d{4})-Q([1-4])", text):
        year, month = int(quarter[1]), 3 * int(quarter[2])
        return date(year, month, monthrange(year, month)[1])
    if month_ := re.fullmatch(r"(\d{4})(?:-(\d{2}))?", text):
        year, month = int(month_[1]), int(month_[2] or 12)
        return date(year, month, monthrange(year, month)[1])
    return date.fromisoformat(text[:10])


def days_of(period: str) -> int:
    """Days in an ISO period."""
    first, last = bounds(period)
    return (last - first).days + 1


def days_needed(period: str) -> int:
    """Days with data that carry a statistic of the period: 324 a year (GB 3095 table 4), elsewhere the same share of it."""
    whole = days_of(period)
    if span(period) == "year":
        return DAYS_FOR_A_YEAR
    return -int(-whole * LEAST_COVERED // 1)


def season(period: str) -> str:
    """The part of the year a period lies in, without its year: 06-01/06-30; empty for whole years and what has none.

    29 February counts as the 28th, so that a leap year's part is the same part.
    """
    if span(period) in ("year", "years", "unstated"):
        return ""
    first, last = bounds(period)
    return f"{_in_year(first)}/{_in_year(last)}"


def _in_year(day: date) -> str:
    if isleap(day.year) and (day.month, day.day) == (2, 29):
        day -= timedelta(days=1)
    return f"{day:%m-%d}"


def state_of(period: str) -> State:
    """The measuring state of air concentrations of a period: before or after 2018-09-01, or mixed."""
    first, last = bounds(period)
    if last < STATE_CHANGED:
        return "before"
    return "after" if first >= STATE_CHANGED else "mixed"
