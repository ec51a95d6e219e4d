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
    latest_text: bool = False  # there are published words with it, or in place of it (未降低, 未发生, 建成)
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
    values = {**_of_latest(promise), "year": promise.due.year}
    if promise.kind == "none" and promise.latest_value is not None and promise.latest_value > 0:
        return Judgement("not_met", None, "happened", values)
    if promise.stated == "not_done":
        return Judgement("not_met", None, "stated_not_done", values)
    at_the_end = promise.stated == "done" or (promise.latest_end is not None and promise.latest_end >= promise.due)
    held = _held(promise)
    if held == "unknown":
        return _nothing_known(promise, over)
    if over and not at_the_end:
        return Judgement("due_unpublished", None, "due_held_before", values)
    if held == "no_start":
        return Judgement("not_computable", None, "no_start_to_compare", values)
    if held == "worse":
        return Judgement("not_met" if at_the_end else "behind", None, "worse_than_start", values)
    return Judgement("met" if promise.kind == "built" else "kept", None, f"{promise.kind}_held", values)


def _held(promise: Promise) -> Literal["held", "worse", "no_start", "unknown"]:
    """What the latest result says of a state. A number says nothing of what must be built."""
    if promise.stated == "done" or (promise.latest_text and promise.latest_value is None):
        return "held"
    if promise.latest_value is None or promise.kind == "built":
        return "unknown"
    if promise.kind == "none":
        return "held"
    if promise.baseline_value is None or promise.better == "neither":
        return "no_start"
    fall = promise.baseline_value - promise.latest_value
    return "worse" if (fall if promise.better == "up" else -fall) > 0 else "held"


def _nothing_known(promise: Promise, over: bool) -> Judgement:
    values = {"year": promise.due.year, "target": promise.target_value}
    if promise.stated == "not_done":
        return Judgement("not_met", None, "stated_not_done", values)
    if promise.stated == "done" and promise.latest_text:
        return Judgement("met", None, "stated_in_words", values)
    if over:
        return Judgement("due_unpublished", None, "due_no_result", values)
    return Judgement("unpublished", None, "no_result_yet", values)


def _of_latest(promise: Promise) -> dict[str, Any]:
    return {
        "latest": promise.latest_value,
        "latest_year": promise.latest_end.year if promise.latest_end else None,
        "baseline": promise.baseline_value,
    }


def _measured(promise: Promise, on: date, over: bool) -> Judgement:
    assert promise.latest_value is not None and promise.latest_end is not None and promise.target_value is not None
    reached, fraction = _reached(promise), _fraction(promise)
    gap = round(abs(promise.target_value - promise.latest_value), 6)
    values = {**_of_latest(promise), "target": promise.target_value, "gap": gap, "year": promise.due.year}
    whole = promise.latest_end >= promise.due
    if over and not whole:
        time = "in_year" if promise.latest_end.year == promise.due.year else "before"
        known = {True: f"due_reached_{time}", False: f"due_short_{time}", None: "due_held_before"}
        return Judgement("due_unpublished", fraction, known[reached], values)
    if reached is None:
        return Judgement("not_computable", None, "only_a_bound", values)
    if reached:
        return Judgement("met", fraction, "reached", values)
    if not whole:
        return _under_way(promise, on, fraction, values)
    if promise.stated == "done":
        contradicted = "stated_contradicts" if promise.target_op == ">" else "stated_but_short"
        return Judgement("not_met", fraction, contradicted, values)
    return Judgement("not_met", fraction, "short", values)


def _reached(promise: Promise) -> bool | None:
    """Whether the latest result satisfies the target; None where it is only a bound (> 65) that leaves this open."""
    assert promise.latest_value is not None and promise.target_value is not None
    sign = -1 if promise.kind in SMALLER_IS_BETTER else 1
    latest, target = sign * promise.latest_value, sign * promise.target_value
    enough = latest > target or (latest == target and promise.target_op not in ("<", ">"))
    if promise.latest_op not in ("<", "<=", ">", ">="):
        return enough
    open_end = promise.latest_op in ("<", ">")
    at_least = promise.latest_op in ((">", ">=") if sign > 0 else ("<", "<="))  # the true value is as good, or better
    if at_least:
        return enough or (latest == target and open_end) or None
    return False if not enough or (latest == target and open_end) else None


def _start(promise: Promise) -> float | None:
    """Where the way begins: counts and reductions at zero, the rest at the baseline."""
    if promise.kind == "reduce_by" or (promise.kind == "cumulative" and promise.baseline_value is None):
        return 0.0
    return promise.baseline_value


def _fraction(promise: Promise) -> float | None:
    """(latest − start) ÷ (target − start); 0 where it moved away, None without a start or without a way to go.

    A floor at or below its start is to be held, not approached: going down to it is no progress.
    """
    start = _start(promise)
    assert promise.latest_value is not None and promise.target_value is not None
    if start is None:
        return None
    way = promise.target_value - start
    if (-way if promise.kind in SMALLER_IS_BETTER else way) <= 0:
        return None
    return max(0.0, (promise.latest_value - start) / way)


def _under_way(promise: Promise, on: date, fraction: float | None, values: dict[str, Any]) -> Judgement:
    """Before the due day and not reached: compare the share of the way with the share of the time."""
    start = _start(promise)
    if fraction is None:
        return Judgement("behind", None, "short_so_far" if start is None else "fell_below_start", values)
    elapsed = (on - promise.start).days / max(1, (promise.due - promise.start).days)
    elapsed = min(1.0, max(0.0, elapsed))
    values = {**values, "fraction_pct": round(100 * fraction), "time_pct": round(100 * elapsed)}
    if fraction >= elapsed:
        return Judgement("on_the_way", fraction, "on_pace", values)
    moved = fraction > 0 or promise.latest_value == start
    return Judgement("behind", fraction, "slower_than_time" if moved else "moved_away", values)
