"""Are the promises being met? What improved, what is at risk, what is unknown."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Literal

from msgspec import Struct

from assessment import comparison
from reports import air, goals, plans, provenance
from reports.cached import cached_report
from reports.figures import Point
from reports.found import NothingFoundError
from reports.goals import Promise
from reports.provenance import Provenance
from store import facts, records

Direction = Literal["better", "worse", "same"]


def direction(promise: Promise) -> Direction | None:
    """The last published figure that may be compared with the plan's start; None where there is none."""
    return comparison.direction(promise.since_start[0], promise.indicator.better) if promise.since_start else None


def measured_direction(promise: Promise) -> Direction | None:
    """The same of what this site measures: against its own measurement of the plan's starting year."""
    since_start = promise.measured.since_start if promise.measured else None
    return comparison.direction(since_start, promise.indicator.better) if since_start else None


class Counts(Struct, frozen=True, weakref=True):
    """How many promises are better than at their start, worse, the same, and how many cannot be compared."""

    better: int
    worse: int
    same: int
    unknown: int


def counted(directions: Sequence[Direction | None]) -> Counts:
    """Directions counted."""
    n = Counter(directions)
    return Counts(n["better"], n["worse"], n["same"], n[None])


class Move(Struct, frozen=True, weakref=True):
    """A promise that moved from its start to the last figure that may be compared with it."""

    promise: Promise
    start: float
    start_period: str
    latest: Point
    measured: bool = False


class Overview(Struct, frozen=True, weakref=True):
    """The state of all promises in a few numbers and lists."""

    headline: tuple[Promise, ...]
    published: Counts  # of the headline promises, by published figures
    measured: Counts  # by what this site measures
    improved: tuple[Move, ...]
    slipped: tuple[Move, ...]
    due_without_result: int
    delegated: int
    main: records.Plan  # the city's plan in force, or the last one
    main_total: int
    contradictions: int
    effect: air.RuleEffect
    known_days: int
    provenance: Provenance


@cached_report("facts", "air_hours", "air_days", "ndvi")
def overview(today: date) -> Overview:
    """The overview on a day. Raises NothingFoundError where no day of the air is known."""
    headline = goals.headline(today)
    tally = next(t for t in goals.tallies(today) if t.role == "main")
    moves = _moves(today)
    days = air.days()
    if days.empty:
        raise NothingFoundError("days")
    main = tally.plan
    return Overview(
        headline=headline,
        published=counted([direction(promise) for promise in headline]),
        measured=counted([measured_direction(promise) for promise in headline]),
        improved=tuple(move for move, way in moves if way == "better"),
        slipped=tuple(move for move, way in moves if way == "worse"),
        due_without_result=tally.due_without_result,
        delegated=tally.delegated,
        main=main,
        main_total=tally.total,
        contradictions=len(facts.every(records.Contradiction)),
        effect=air.rule_effect(int(days["date"].dt.year.max())),
        known_days=int(days["aqi"].notna().sum()),
        provenance=provenance.of(
            "derived", f"{main.start_year}/{main.end_year}", (main.document_id, tally.provenance.sources[0].place)
        ),
    )


def _moves(today: date) -> list[tuple[Move, Direction]]:
    """City-wide promises of the main plan's table that moved, by published figures or as measured here."""
    main = plans.main(today).plan_id
    found: list[tuple[Move, Direction]] = []
    for promise in goals.scoreboard(today):
        if promise.plan.plan_id != main or promise.target.tier != "table":
            continue
        way, beside = direction(promise), measured_direction(promise)
        value = promise.target.baseline_value
        if promise.since_start and value is not None and way in ("better", "worse"):
            found.append((Move(promise, value, promise.baseline_period, promise.since_start[1]), way))
        if promise.measured and beside in ("better", "worse"):
            start = promise.measured.start
            assert start is not None
            assert start.value is not None
            found.append((Move(promise, start.value, start.period, promise.measured.point, True), beside))
    return found
