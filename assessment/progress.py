"""Whether a promise is kept: by its kind and the day of judgement.

A status comes with the reason why, as a key and values that the views put into words. Nothing here guesses: a target
that was set without a published number is never given a share, and a floor never rewards decline.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

Status = Literal["met", "on_the_way", "behind", "not_met", "kept", "due_not_found", "not_computable", "not_found"]
# Kinds whose target is a state, not a distance: there is no half-way.
STATES = ("keep", "none", "built")
# For these a smaller value is better: a water class counts from Ⅰ (best) to 劣Ⅴ = 6.
SMALLER_IS_BETTER = ("ceiling", "class")
BOUNDS = (">", ">=", "<", "<=")  # a value published so is only a bound of the true one


@dataclass(frozen=True)
class Promise:
    """A target, its start, and the latest result. Values share the indicator's unit; ops are =, >, >=, <=, <, ~.

    ``due`` is None where the document writes no day: such a promise is never overdue and has no pace.
    """

    kind: str
    due: date | None
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
    over = promise.due is not None and on > promise.due
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
    """The number was set by a higher level and not given in the document: what the issuer says stands, nothing is computed."""
    values = {"by": promise.delegated_by, "year": _year(promise)}
    if promise.stated == "done":
        return Judgement("met", None, "delegated_stated_done", values)
    if promise.stated == "not_done":
        return Judgement("not_met", None, "stated_not_done", values)
    if over and _speaks_of_the_end(promise):
        return Judgement("not_computable", None, "delegated_result_known", {**values, "latest": promise.latest_value})
    if over:
        return Judgement("due_not_found", None, "delegated_due", values)
    return Judgement("not_computable", None, "delegated", values)


def _state(promise: Promise, over: bool) -> Judgement:
    """Kept, not happened, built: known only from a published result; a number above zero breaks a 'none'."""
    values = {"year": _year(promise)}
    if promise.kind == "none" and promise.latest_value is not None and promise.latest_value > 0:
        return Judgement("not_met", None, "happened", {**values, "latest": promise.latest_value})
    if promise.stated == "not_done":
        return Judgement("not_met", None, "stated_not_done", values)
    # A number says nothing of what must be built.
    number = promise.latest_value is not None and promise.kind != "built"
    known = promise.stated == "done" or promise.latest_text or number
    # What is built stays built; what must be kept or must not happen is known only when all the time has passed.
    final = promise.stated == "done" or promise.kind == "built" or _speaks_of_the_end(promise)
    if over and not (known and final):
        return Judgement("due_not_found", None, "due_held_before" if known else "due_no_result", values)
    if not known:
        return Judgement("not_found", None, _no_result(promise), values)
    if promise.kind == "keep" and promise.latest_value is not None:
        by_number = _kept(promise, over)
        if promise.stated is None or by_number.status != "not_computable":
            return by_number
    return Judgement("met" if promise.kind == "built" else "kept", None, f"{promise.kind}_held", values)


def _kept(promise: Promise, over: bool) -> Judgement:
    """A number that must not get worse, against its start; without a start nobody can tell."""
    values = _values(promise)
    start, latest = promise.baseline_value, promise.latest_value
    bounds = promise.baseline_op in BOUNDS or promise.latest_op in BOUNDS
    if start is None or latest is None or bounds or promise.better == "neither":
        return Judgement("not_computable", None, "no_start_to_compare", values)
    if latest > start if promise.better == "down" else latest < start:
        final = over or _speaks_of_the_end(promise)
        return Judgement("not_met" if final else "behind", None, "got_worse", values)
    return Judgement("kept", None, "keep_held", values)


def _speaks_of_the_end(promise: Promise) -> bool:
    return promise.latest_end is not None and promise.due is not None and promise.latest_end >= promise.due


def _year(promise: Promise) -> int | None:
    return promise.due.year if promise.due else None


def _no_result(promise: Promise) -> str:
    return "no_result_yet" if promise.due else "no_result_no_date"


def _values(promise: Promise) -> dict[str, Any]:
    """What the reason of a measured promise is worded with."""
    target, latest = promise.target_value, promise.latest_value
    return {
        "latest": latest,
        "target": target,
        "baseline": promise.baseline_value,
        "gap": None if target is None or latest is None else round(abs(target - latest), 6),
        "year": _year(promise),
        "latest_year": promise.latest_end.year if promise.latest_end else None,
    }


def _nothing_known(promise: Promise, over: bool) -> Judgement:
    values = {"year": _year(promise), "target": promise.target_value}
    if promise.stated == "not_done":
        return Judgement("not_met", None, "stated_not_done", values)
    if promise.stated == "done" and promise.latest_text:
        return Judgement("met", None, "stated_in_words", values)
    if over:
        return Judgement("due_not_found", None, "due_no_result", values)
    return Judgement("not_found", None, _no_result(promise), values)


def _measured(promise: Promise, on: date, over: bool) -> Judgement:
    """Against a number. A result older than the due year, or of a part of it, never decides once the day has passed."""
    assert promise.latest_end is not None
    reached, fraction, values = _reached(promise), _fraction(promise), _values(promise)
    if reached is None:
        open_still = over and not _speaks_of_the_end(promise)
        return Judgement("due_not_found" if open_still else "not_computable", None, "bound_only", values)
    if over and not _speaks_of_the_end(promise):
        when = "in_year" if promise.latest_end.year >= values["year"] else "before"
        return Judgement("due_not_found", fraction, f"due_{'reached' if reached else 'short'}_{when}", values)
    if reached:
        return Judgement("met", fraction, "reached", values)
    if over or _speaks_of_the_end(promise):
        if promise.stated == "done":
            contradicts = "stated_contradicts" if promise.target_op == ">" else "stated_but_short"
            return Judgement("not_met", fraction, contradicts, values)
        return Judgement("not_met", fraction, "short" if values["gap"] else "not_beyond", values)
    return _under_way(promise, on, fraction, values)


def _reached(promise: Promise) -> bool | None:
    """Whether the latest result satisfies the target; None where only a bound was published and it leaves that open.

    "> 90" is not satisfied by 90. A result "> 65" is at least its number: it satisfies "≥ 65" and "> 65", and says
    nothing about 100.
    """
    assert promise.target_value is not None
    assert promise.latest_value is not None
    smaller = promise.kind in SMALLER_IS_BETTER
    ahead = (promise.target_value - promise.latest_value) if smaller else (promise.latest_value - promise.target_value)
    strict = promise.target_op == ("<" if smaller else ">")
    if promise.latest_op in BOUNDS:
        beyond_itself = promise.latest_op in (">", "<")
        if (promise.latest_op in ("<", "<=")) == smaller:  # the true value is this good or better
            return True if ahead > 0 or (ahead == 0 and (beyond_itself or not strict)) else None
        return False if ahead < 0 or (ahead == 0 and (beyond_itself or strict)) else None
    return ahead > 0 or (ahead == 0 and not strict)


def _start(promise: Promise) -> float | None:
    """Where the way begins: reductions at zero, counts too unless the plan names a start."""
    if promise.kind == "reduce_by" or (promise.kind == "cumulative" and promise.baseline_value is None):
        return 0.0
    return promise.baseline_value


def _fraction(promise: Promise) -> float | None:
    """(latest − baseline) ÷ (target − baseline), 0 where it moved away.

    None without a known start, and where the start already satisfied the target: there is no way to go, and a fall must
    not look like progress.
    """
    start = _start(promise)
    if start is None or promise.baseline_op in BOUNDS or promise.target_value is None or promise.latest_value is None:
        return None
    way = promise.target_value - start
    if way == 0 or (way < 0) != (promise.kind in SMALLER_IS_BETTER):
        return None
    return max(0.0, (promise.latest_value - start) / way)


def _under_way(promise: Promise, on: date, fraction: float | None, values: dict[str, Any]) -> Judgement:
    """Before the due day and not reached: compare the share of the way with the share of the time."""
    if fraction is None:
        return _without_a_way(promise, values)
    if promise.due is None:
        return Judgement(
            "not_computable", fraction, "no_date_no_pace", {**values, "fraction_pct": round(100 * fraction)}
        )
    elapsed = min(1.0, max(0.0, (on - promise.start).days / max(1, (promise.due - promise.start).days)))
    values = {**values, "fraction_pct": round(100 * fraction), "time_pct": round(100 * elapsed)}
    if fraction >= elapsed:
        return Judgement("on_the_way", fraction, "on_pace", values)
    moved_away = fraction == 0 and promise.latest_value != _start(promise)
    return Judgement("behind", fraction, "moved_away" if moved_away else "slower_than_time", values)


def _without_a_way(promise: Promise, values: dict[str, Any]) -> Judgement:
    """Not reached, and no share of the way: there is no start, only a bound of one, or the start was good enough."""
    if promise.baseline_value is None:
        return Judgement("not_computable", None, "short_so_far", values)
    if promise.baseline_op in BOUNDS:
        return Judgement("not_computable", None, "start_is_a_bound", values)
    if not values["gap"]:
        return Judgement("behind", None, "not_beyond", values)
    return Judgement("behind", None, "rose_above_start" if promise.kind == "ceiling" else "fell_below_start", values)
