"""Whether a promise is kept: by its kind and the day of judgement.

A status comes with the reason why, as a key and values that the views put into words. Nothing here guesses: a target
that was set without a published number is never given a share, and a floor never rewards decline.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

Status = Literal["met", "on_the_way", "behind", "not_met", "kept", "due_unpublished", "not_computable", "unpublished"]
# Kinds whose target is a state, not a distance: there is no half-way.
STATES = ("keep", "none", "built")
# For these a smaller value is better: a water class counts from Ⅰ (best) to 劣Ⅴ = 6.
SMALLER_IS_BETTER = ("ceiling", "class")


@dataclass(frozen=True)
class Promise:
    """A target, its start, and the latest result. Values share the indicator's unit; ops are =, >, >=, <=, <, ~."""

    kind: str
    due: date
    start: date
    better: str = "up"
    target_op: str | None = None
    target_value: float | None = None
    baseline_op: str | None = None
    baseline_value: float | None = None
    delegated_by: str | None = None
    latest_op: str | None = None
    latest_value: float | None = None
    latest_end: date | None = None  # last day of the period the latest result speaks of
    latest_text: bool = False  # the result was published as words (未降低, 未发生, 建成)
    stated: str | None = None  # what the issuing body itself says: done, not_done


@dataclass(frozen=True)
class Judgement:
    """Status, share of the way (0–1 and above, None where there is none), and the reason as key and values."""

    status: Status
    fraction: float | None
    reason: str
    values: Mapping[str, Any] = field(default_factory=dict)


def judge(promise: Promise, on: date) -> Judgement:
    """Judge a promise on a day. Raises ValueError on an unknown kind."""
    if promise.kind not in (*STATES, *SMALLER_IS_BETTER, "floor", "reduce_by", "cumulative", "delegated"):
        raise ValueError(f"kind {promise.kind!r} is unknown")
    over = on > promise.due
    if promise.kind == "delegated":
        return _delegated(promise, over)
    if promise.kind in STATES:
        return _state(promise, over)
    if promise.target_value is None:
        return Judgement("not_computable", None, "no_target_number", {})
    if promise.latest_value is None or promise.latest_end is None:
        return _nothing_known(promise, over)
    return _measured(promise, on, over)


def _delegated(promise: Promise, over: bool) -> Judgement:
    """The number was set by a higher level and not published: what the issuer says stands, nothing is computed."""
    values = {"by": promise.delegated_by, "year": promise.due.year}
    if promise.stated == "done":
        return Judgement("met", None, "delegated_stated_done", values)
    if over and promise.latest_end is not None and promise.latest_end >= promise.due:
        return Judgement("not_computable", None, "delegated_result_known", {**values, "latest": promise.latest_value})
    if over:
        return Judgement("due_unpublished", None, "delegated_due", values)
    return Judgement("not_computable", None, "delegated", values)


def _state(promise: Promise, over: bool) -> Judgement:
    """Kept, not happened, built: known only from a published result; a number above zero breaks a 'none'."""
    values = {"year": promise.due.year}
    if promise.kind == "none" and promise.latest_value is not None and promise.latest_value > 0:
        return Judgement("not_met", None, "happened", {**values, "latest": promise.latest_value})
    if promise.stated == "not_done":
        return Judgement("not_met", None, "stated_not_done", values)
    known = promise.stated == "done" or promise.latest_value is not None or promise.latest_text
    speaks_of_the_end = promise.stated == "done" or (
        promise.latest_end is not None and promise.latest_end.year >= promise.due.year
    )
    if known and (speaks_of_the_end or not over):
        status: Status = "met" if promise.kind == "built" else "kept"
        return Judgement(status, None, f"{promise.kind}_held", values)
    if over:
        return Judgement("due_unpublished", None, "due_held_before" if known else "due_no_result", values)
    return Judgement("unpublished", None, "no_result_yet", values)


def _nothing_known(promise: Promise, over: bool) -> Judgement:
    values = {"year": promise.due.year, "target": promise.target_value}
    if promise.stated == "done" and promise.latest_text:
        return Judgement("met", None, "stated_in_words", values)
    if over:
        return Judgement("due_unpublished", None, "due_no_result", values)
    return Judgement("unpublished", None, "no_result_yet", values)


def _measured(promise: Promise, on: date, over: bool) -> Judgement:
    assert promise.latest_value is not None and promise.latest_end is not None and promise.target_value is not None
    reached = _reached(promise)
    fraction = _fraction(promise)
    gap = abs(promise.target_value - promise.latest_value)
    values = {
        "latest": promise.latest_value,
        "target": promise.target_value,
        "baseline": promise.baseline_value,
        "gap": round(gap, 6),
        "year": promise.due.year,
        "latest_year": promise.latest_end.year,
    }
    final = promise.latest_end.year >= promise.due.year and promise.latest_end >= promise.due.replace(month=1, day=1)
    whole = promise.latest_end >= promise.due
    if over and not final:
        return Judgement("due_unpublished", fraction, "due_reached_before" if reached else "due_short_before", values)
    if over and not whole:
        return Judgement("due_unpublished", fraction, "due_reached_in_year" if reached else "due_short_in_year", values)
    if reached:
        return Judgement("met", fraction, "reached", values)
    if over or whole:
        contradicted = promise.stated == "done"
        return Judgement("not_met", fraction, "stated_contradicts" if contradicted else "short", values)
    return _under_way(promise, on, fraction, values)


def _reached(promise: Promise) -> bool:
    """Whether the latest result satisfies the target; a lower bound (> 65) satisfies only what its bound does."""
    latest, target, op = promise.latest_value, promise.target_value, promise.target_op or "="
    assert latest is not None and target is not None
    if promise.kind in SMALLER_IS_BETTER:
        if promise.latest_op in (">", ">="):
            return False
        return latest < target if op == "<" else latest <= target
    if promise.latest_op in ("<", "<="):
        return False
    if op == ">":
        return latest > target or (latest == target and promise.latest_op == ">")
    return latest >= target


def _fraction(promise: Promise) -> float | None:
    """(latest − baseline) ÷ (target − baseline); 0 where it moved away, None without a baseline or a distance."""
    start = (
        0.0
        if promise.kind in ("cumulative", "reduce_by") and promise.baseline_value is None
        else promise.baseline_value
    )
    if start is None or promise.target_value is None or promise.latest_value is None or promise.target_value == start:
        return None
    return max(0.0, (promise.latest_value - start) / (promise.target_value - start))


def _under_way(promise: Promise, on: date, fraction: float | None, values: dict[str, Any]) -> Judgement:
    """Before the due day and not reached: compare the share of the way with the share of the time."""
    if fraction is None:
        at_start = promise.baseline_value is not None and promise.target_value == promise.baseline_value
        return Judgement("behind", None, "fell_below_start" if at_start else "short_so_far", values)
    elapsed = (on - promise.start).days / max(1, (promise.due - promise.start).days)
    values = {**values, "fraction_pct": round(100 * fraction), "time_pct": round(100 * min(1.0, elapsed))}
    if fraction >= elapsed:
        return Judgement("on_the_way", fraction, "on_pace", values)
    return Judgement("behind", fraction, "moved_away" if fraction == 0 else "slower_than_time", values)
