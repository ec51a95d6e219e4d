"""Whether a promise is met: by its kind and the day of judgement.

A status comes with the reason why, as a key and values that the views put into words. Nothing here guesses: a target
that was set without a published number is never given a share, a floor never rewards decline, a result is set against
its target only where both are the same kind of number, and where documents disagree on the verdict none is given.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from msgspec import Struct, field
from msgspec.structs import replace

from assessment import comparison
from assessment.comparison import BOUNDS, Differs, Terms

Status = Literal[
    "met",
    "on_the_way",
    "behind",
    "not_met",
    "kept",
    "documents_disagree",
    "due_not_found",
    "not_computable",
    "not_found",
]
# What a promise's state rests on: published figures or words, several that contradict each other, a derivation from
# published ones, this site's own measurement alone, nothing where the document itself leaves the number out, nothing.
Evidence = Literal["published", "documents_disagree", "derived", "measured_only", "known_unpublished", "not_found"]
# Kinds whose target is a state, not a distance: there is no half-way.
STATES = ("keep", "none", "built")
# For these a smaller value is better: a water class counts from Ⅰ (best) to 劣Ⅴ = 6.
SMALLER_IS_BETTER = ("ceiling", "class")
MISSED: tuple[Status, ...] = ("behind", "not_met")


class Promise(Struct, frozen=True, weakref=True):
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
    latest_end: date | None = None  # last day of the period the latest result is of
    latest_text: bool = False  # there are published words with it, or in place of it (未降低, 未发生, 建成)
    stated: str | None = None  # the issuing body's own statement: done, not_done
    contested: bool = False  # another document gives a number by which that does not hold
    others: tuple[tuple[str, float], ...] = ()  # op and value of other documents' figures for the same period
    latest_terms: Terms | None = None  # None: the caller knows that result, start and target are alike
    target_terms: Terms | None = None
    baseline_terms: Terms | None = None


class Judgement(Struct, frozen=True, weakref=True):
    """Status, share of the way (0–1 and above, None where there is none), and the reason as key and values.

    ``differs``: the terms that forbid a comparison with the target, or are stated of neither and must be shown.
    """

    status: Status
    fraction: float | None
    reason: str
    values: Mapping[str, Any] = field(default_factory=dict)
    differs: tuple[Differs, ...] = ()


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
    """The number was set by a higher level and not given in the document: the issuer's statement counts, nothing is computed."""
    values = {"by": promise.delegated_by, "year": _year(promise)}
    if promise.stated == "done":
        if promise.contested:
            return Judgement("documents_disagree", None, "stated_contested", values)
        return Judgement("met", None, "delegated_stated_done", values)
    if promise.stated == "not_done":
        return Judgement("not_met", None, "stated_not_done", values)
    if over and _is_of_the_end(promise):
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
    # A number does not show whether something was built.
    number = promise.latest_value is not None and promise.kind != "built"
    known = promise.stated == "done" or promise.latest_text or number
    # What is built stays built; what must be kept or must not happen is known only when all the time has passed.
    final = promise.stated == "done" or promise.kind == "built" or _is_of_the_end(promise)
    if over and not (known and final):
        return Judgement("due_not_found", None, "due_held_before" if known else "due_no_result", values)
    if not known:
        return Judgement("not_found", None, _no_result(promise), values)
    if promise.kind == "keep" and promise.latest_value is not None:
        by_number = _not_worse(promise, over)
        if promise.stated is None or by_number.status != "not_computable":
            return by_number
    return Judgement("met" if promise.kind == "built" else "kept", None, f"{promise.kind}_held", values)


def _not_worse(promise: Promise, over: bool) -> Judgement:
    """A number that must not get worse, against its start; without a start it is unknown."""
    values = _values(promise)
    start, latest = promise.baseline_value, promise.latest_value
    bounds = promise.baseline_op in BOUNDS or promise.latest_op in BOUNDS
    unlike = any(not stated_of_neither(one) for one in _apart(promise.baseline_terms, promise.latest_terms))
    if start is None or latest is None or bounds or unlike or promise.better == "neither":
        return Judgement("not_computable", None, "no_start_to_compare", values)
    if latest > start if promise.better == "down" else latest < start:
        final = over or _is_of_the_end(promise)
        return Judgement("not_met" if final else "behind", None, "got_worse", values)
    return Judgement("kept", None, "keep_held", values)


def _is_of_the_end(promise: Promise) -> bool:
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
    if (unlike := _unlike(promise, over)) is not None:
        return unlike
    found = _against_the_number(promise, on, over)
    return replace(found, differs=_apart(promise.latest_terms, promise.target_terms))


def _unlike(promise: Promise, over: bool) -> Judgement | None:
    """Why a result does not answer its target: documents disagree, or it is another kind of number; None where it does."""
    open_: Status = "due_not_found" if over else "not_computable"
    values = _values(promise)
    found = {_reached(promise), *(_reached(replace(promise, latest_op=op, latest_value=v)) for op, v in promise.others)}
    if len(found - {None}) > 1:
        others = [v for _, v in promise.others if v != promise.latest_value]
        return Judgement("documents_disagree", None, "documents_disagree", values | {"other": others[0]})
    apart = _apart(promise.latest_terms, promise.target_terms)
    barred = tuple(one for one in apart if not stated_of_neither(one))
    if not barred:
        return None
    if promise.kind == "cumulative" and barred[0].dimension == "span":
        assert promise.target_terms is not None
        first, last = comparison.bounds(promise.target_terms.period)
        values |= {"years": f"{first.year}/{last.year}"}
        return Judgement(open_, None, "part_of_sum", values, barred)
    return Judgement(open_, None, "other_kind", values, barred)


def _apart(first: Terms | None, second: Terms | None) -> tuple[Differs, ...]:
    return () if first is None or second is None else comparison.differing(first, second)


def stated_of_neither(one: Differs) -> bool:
    """Whether neither document states it, as where a plan's own row sets result and target side by side: to be shown."""
    return one.first == one.second == "unstated"


def agree(one: tuple[str, float], other: tuple[str, float]) -> bool:
    """Whether two published values (op, value) can both be true: bounds that hold, or one rounds or is cut to the other."""
    (op, value), (other_op, other_value) = one, other
    if op in BOUNDS or other_op in BOUNDS:
        return _within(one, other) and _within(other, one)
    decimals = min(_decimals(value), _decimals(other_value))
    step = 10.0**-decimals
    return abs(value - other_value) < step * (1 - 1e-9)


def _within(one: tuple[str, float], bound: tuple[str, float]) -> bool:
    """Whether a value satisfies a bound; bounds of one direction never contradict each other."""
    (op, value), (kind, limit) = one, bound
    if kind not in BOUNDS or op[0] == kind[0]:
        return True
    return {">": value > limit, ">=": value >= limit, "<": value < limit, "<=": value <= limit}[kind]


def _decimals(value: float) -> int:
    text = f"{value:.6f}".rstrip("0")
    return len(text.partition(".")[2])


def evidence(*, published: bool, disagree: bool, derived: bool, measured: bool, left_out: bool) -> Evidence:
    """The best that is known of a promise; ``left_out``: the document itself does not give the number it promises."""
    if published:
        return "documents_disagree" if disagree else "published"
    if derived:
        return "derived"
    if measured:
        return "measured_only"
    return "known_unpublished" if left_out else "not_found"


def _against_the_number(promise: Promise, on: date, over: bool) -> Judgement:
    assert promise.latest_end is not None
    reached, fraction, values = _reached(promise), _fraction(promise), _values(promise)
    if reached is None:
        open_still = over and not _is_of_the_end(promise)
        return Judgement("due_not_found" if open_still else "not_computable", None, "bound_only", values)
    if over and not _is_of_the_end(promise):
        when = "in_year" if promise.latest_end.year >= values["year"] else "before"
        return Judgement("due_not_found", fraction, f"due_{'reached' if reached else 'short'}_{when}", values)
    if reached:
        return Judgement("met", fraction, "reached", values)
    if over or _is_of_the_end(promise):
        if promise.stated == "done":
            contradicts = "stated_contradicts" if promise.target_op == ">" else "stated_but_short"
            return Judgement("not_met", fraction, contradicts, values)
        return Judgement("not_met", fraction, "short" if values["gap"] else "not_beyond", values)
    return _under_way(promise, on, fraction, values)


def _reached(promise: Promise) -> bool | None:
    """Whether the latest result satisfies the target; None where only a bound was published and it leaves that open.

    "> 90" is not satisfied by 90. A result "> 65" is at least its number: it satisfies "≥ 65" and "> 65", and shows
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
    if any(not stated_of_neither(one) for one in _apart(promise.baseline_terms, promise.latest_terms)):
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
