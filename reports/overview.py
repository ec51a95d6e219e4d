"""Is the promise being kept? What improved, what is at risk, what is unknown."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from reports import air, basis, goals
from reports.basis import Basis
from reports.figures import Point
from reports.goals import Promise
from reports.memo import memo
from store import facts

Direction = Literal["better", "worse", "same"]


def direction(promise: Promise) -> Direction | None:
    """Whether the latest figure is better than the plan's start; None where one of them is missing."""
    start, latest = promise.target["baseline_value"], promise.latest
    if start is None or latest is None or latest.value is None:
        return None
    if latest.value == start:
        return "same"
    rising = latest.value > start
    return "better" if rising == (promise.indicator["better"] == "up") else "worse"


@dataclass(frozen=True)
class Move:
    """A promise that moved from its start to its latest figure."""

    promise: Promise
    start: float
    start_year: int
    latest: Point


@dataclass(frozen=True)
class Overview:
    """The state of all promises in a few numbers and lists."""

    headline: tuple[Promise, ...]
    better: int
    worse: int
    unknown: int
    improved: tuple[Move, ...]
    slipped: tuple[Move, ...]
    due_without_result: int
    delegated: int
    main_total: int
    contradictions: int
    effect: air.RuleEffect
    known_days: int
    basis: Basis


@memo
def overview(today: date) -> Overview:
    """The overview on a day."""
    headline = goals.headline(today)
    directions = [direction(promise) for promise in headline]
    tally = next(t for t in goals.tallies(today) if t.plan["plan_id"] == goals.HEADLINE_PLAN)
    moves = _moves(today)
    days = air.days()
    main = facts.by_id("plans")[goals.HEADLINE_PLAN]
    return Overview(
        headline=headline,
        better=directions.count("better"),
        worse=directions.count("worse"),
        unknown=len(directions) - directions.count("better") - directions.count("worse"),
        improved=tuple(move for move, way in moves if way == "better"),
        slipped=tuple(move for move, way in moves if way == "worse"),
        due_without_result=tally.by_status.get("due_not_found", 0),
        delegated=tally.delegated,
        main_total=tally.total,
        contradictions=len(facts.table("contradictions")),
        effect=air.rule_effect(int(days["date"].dt.year.max())),
        known_days=int(days["aqi"].notna().sum()),
        basis=basis.of(
            "derived", f"{main['start_year']}/{main['end_year']}", (main["document_id"], tally.basis.sources[0].place)
        ),
    )


def _moves(today: date) -> list[tuple[Move, Direction]]:
    """City-wide promises of the main plan's table that have both a start and a newer figure."""
    found: list[tuple[Move, Direction]] = []
    for promise in goals.scoreboard(today):
        way = direction(promise)
        if (
            promise.plan["plan_id"] == goals.HEADLINE_PLAN
            and promise.target["tier"] == "table"
            and way in ("better", "worse")
        ):
            latest = promise.latest
            assert latest is not None
            found.append(
                (Move(promise, promise.target["baseline_value"], promise.target["baseline_year"], latest), way)
            )
    return found
