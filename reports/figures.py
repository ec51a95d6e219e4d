"""The published figures of one indicator in one area, in the order of time, each with its basis."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct

from assessment.comparison import Comparison, Differs, Result
from assessment.comparison import compare as compare_results
from reports import provenance
from reports.cached import cached_report
from reports.provenance import INFERRED, Provenance
from store import facts, records

YEAR_LETTERS = 4  # of a period that is a year
CONFIDENCE = ("low", "secondary", "primary")
NEAR = timedelta(days=767)  # 2.1 years: figures further apart are not joined by a line


class Point(Struct, frozen=True, weakref=True):
    """One published figure. ``value`` is in the indicator's unit, None where only words were published (in ``row``).

    ``period`` as in :func:`reports.provenance.period_of`: an inferred one has its mark.
    """

    period: str
    end: date
    value: float | None
    op: str
    confidence: str
    provenance: Provenance
    row: records.Figure

    @property
    def end_year(self) -> int:
        """The year the period ends in."""
        return self.end.year

    @property
    def of_a_year(self) -> bool:
        """Whether it is a number for a year as a whole, be the year inferred or written."""
        return self.value is not None and len(self.row.period) == YEAR_LETTERS

    @property
    def within_a_year(self) -> bool:
        """Whether its period begins or ends within a year: some months, a quarter, a day."""
        from_the_start = self.row.period.partition("/")[0][YEAR_LETTERS:] in ("", "-Q1", "-01", "-01-01")
        return not from_the_start or (self.end.month, self.end.day) != (12, 31)

    @property
    def result(self) -> Result | None:
        """The figure with its terms, to be compared; None where only words were published."""
        terms = self.provenance.terms
        return None if self.value is None or terms is None else Result(float(self.value), terms, self.op)


class Measured(Struct, frozen=True, weakref=True):
    """One indicator in one area with the figures published of it."""

    indicator: records.Indicator
    points: tuple[Point, ...]

    @property
    def provenance(self) -> Provenance:
        """The sources of all its figures together, the latest first."""
        first, last = self.points[0], self.points[-1]
        period = last.period if first is last else f"{first.period[:4]}/{last.end_year}"
        return provenance.merged((p.provenance for p in reversed(self.points)), last.provenance.kind, period)

    @property
    def whole_years(self) -> tuple[Point, ...]:
        """The figures with a number for a year as a whole."""
        return tuple(p for p in self.points if p.of_a_year)

    def after(self, before: "Measured") -> tuple[Point, ...]:
        """Its whole years that follow the last one of another indicator, such as one of an earlier definition."""
        return tuple(p for p in self.whole_years if not before.whole_years or p.end > before.whole_years[-1].end)


def measured(indicator_id: str, area_id: str) -> Measured:
    """An indicator (a row of ``indicators``) with its series."""
    return Measured(facts.by_id(records.Indicator)[indicator_id], series(indicator_id, area_id))


def joined(points: Sequence[Point]) -> tuple[tuple[Point, ...], ...]:
    """Figures in the order of time as a line may join them: a rounded one (op ~) has no part in it, a long gap ends a stretch."""
    stretches: list[list[Point]] = []
    for one in points:
        if one.op == "~":
            continue
        if stretches and one.end - stretches[-1][-1].end <= NEAR:
            stretches[-1].append(one)
        else:
            stretches.append([one])
    return tuple(map(tuple, stretches))


@cached_report("facts")
def series(indicator_id: str, area_id: str, *, planned: bool = False) -> tuple[Point, ...]:
    """Every figure by the end of its period, then from less to more certain; what was only planned, on request."""
    rows = facts.where(records.Figure, indicator_id=indicator_id, area_id=area_id)
    return tuple(sorted((_point(row) for row in rows if planned or row.kind != "planned"), key=_rank))


@cached_report("facts")
def every(*, worded: bool = False) -> tuple[Point, ...]:
    """All figures with a number, in the order of their rows; those published in words alone, on request."""
    return tuple(_point(row) for row in facts.every(records.Figure) if worded or row.value is not None)


def latest(indicator_id: str, area_id: str, until: date | None = None) -> Point | None:
    """The figure whose period ends last, no later than ``until``; of several the most certain. None where none has."""
    known = [p for p in series(indicator_id, area_id) if p.value is not None and (until is None or p.end <= until)]
    return known[-1] if known else None


def _point(row: records.Figure) -> Point:
    return Point(
        period=provenance.period_of(row),
        end=period_end(row.period),
        value=row.value,
        op=row.op,
        confidence=row.confidence,
        provenance=provenance.of_figure(row),
        row=row,
    )


def compare(first: Point, last: Point) -> Comparison:
    """The change from one published figure to another, or why there is none; words are compared with nothing."""
    if first.result is None or last.result is None:
        return Comparison(None, (Differs("statistic", "unstated", "unstated"),))
    return compare_results(first.result, last.result)


def ends(points: Sequence[Point]) -> tuple[Point, Point] | None:
    """The first and the last figure with a value where the one may be compared with the other; else None."""
    known = [p for p in points if p.value is not None]
    return (known[0], known[-1]) if len(known) > 1 and compare(known[0], known[-1]).comparable else None


def _rank(point: Point) -> tuple[date, int]:
    return point.end, CONFIDENCE.index(point.confidence)


def period_end(period: str) -> date:
    """The last day of an ISO period: 2023 → 2023-12-31, 2024-Q1 → 2024-03-31, 2016/2020 → 2020-12-31, 2015? → 2015-12-31."""
    last = period.rpartition("/")[2].rstrip(INFERRED)
    if len(last) == 10:
        return date.fromisoformat(last)
    year, _, part = last.partition("-")
    month = int(part[1]) * 3 if part.startswith("Q") else int(part or 12)
    return date(int(year), month, monthrange(int(year), month)[1])


@cached_report("facts")
def of_area(area_id: str, year: int) -> tuple[Point, ...]:
    """Everything published of an area for a year, by indicator."""
    rows = facts.where(records.Figure, area_id=area_id)
    return tuple(_point(row) for row in rows if row.period.startswith(str(year)) and row.kind != "planned")


def indicator(indicator_id: str) -> tuple[records.Indicator, records.Unit]:
    """An indicator's row and its unit's."""
    row = facts.by_id(records.Indicator)[indicator_id]
    return row, facts.by_id(records.Unit)[row.unit_id]
