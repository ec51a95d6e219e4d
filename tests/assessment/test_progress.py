"""Every kind of promise before and after its due day, with and without a result, worked by hand."""

import re
from datetime import date
from itertools import product
from typing import Any

import pytest
from msgspec.structs import replace

from assessment import progress
from assessment.comparison import Dust, Terms
from assessment.progress import Judgement, Promise

START, DUE = date(2020, 12, 31), date(2025, 12, 31)
MIDWAY = date(2023, 7, 2)  # half of the five years have passed
AFTER = date(2026, 11, 23)

FLOOR = Promise("floor", DUE, START, target_op=">=", target_value=38, baseline_op="=", baseline_value=36)
CEILING = Promise("ceiling", DUE, START, target_op="<=", target_value=30, baseline_op="=", baseline_value=40)
REDUCE = Promise("reduce_by", DUE, START, target_op=">=", target_value=10)
COUNT = Promise("cumulative", DUE, START, target_op="=", target_value=127)
CLASS = Promise("class", DUE, START, target_op="=", target_value=3, baseline_op="=", baseline_value=5)
KEEP = Promise("keep", DUE, START, baseline_op="=", baseline_value=100)
NONE = Promise("none", DUE, START, target_op="=", target_value=0)
BUILT = Promise("built", DUE, START)
DELEGATED = Promise("delegated", DUE, START, delegated_by="province", baseline_op="=", baseline_value=35)
KINDS = (FLOOR, CEILING, REDUCE, COUNT, CLASS, KEEP, NONE, BUILT, DELEGATED)


def judge(promise: Promise, on: date, latest: float | None = None, end: date | None = None, **more: Any) -> Judgement:
    if latest is not None:
        more |= {
            "latest_value": latest,
            "latest_op": more.get("latest_op", "="),
            "latest_end": end or date(2022, 12, 31),
        }
    return progress.judge(replace(promise, **more), on)


def outcome(found: Judgement) -> tuple[str, str]:
    return found.status, found.reason


# ── nothing was published ────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("promise", KINDS, ids=lambda p: p.kind)
def test_nothing_published(promise: Promise) -> None:
    before, after = judge(promise, MIDWAY), judge(promise, AFTER)
    assert before.status == ("not_computable" if promise.kind == "delegated" else "not_found")
    assert after.status == "due_not_found"
    assert before.fraction is None
    assert after.fraction is None


@pytest.mark.parametrize("promise", KINDS, ids=lambda p: p.kind)
def test_a_promise_is_not_due_on_its_last_day(promise: Promise) -> None:
    assert judge(promise, DUE).status != "due_not_found"
    assert judge(promise, date(2026, 1, 1)).status == "due_not_found"


# ── distances ────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("promise", "latest", "fraction", "status", "reason"),
    [
        (FLOOR, 38, 1.0, "met", "reached"),
        (FLOOR, 37.2, 0.6, "on_the_way", "on_pace"),
        (FLOOR, 36.8, 0.4, "behind", "slower_than_time"),
        (FLOOR, 36, 0.0, "behind", "slower_than_time"),  # it stood still
        (FLOOR, 35, 0.0, "behind", "moved_away"),  # a fall is never a share of the way
        (CEILING, 30, 1.0, "met", "reached"),
        (CEILING, 34, 0.6, "on_the_way", "on_pace"),
        (CEILING, 36, 0.4, "behind", "slower_than_time"),
        (CEILING, 45, 0.0, "behind", "moved_away"),
        (REDUCE, 12, 1.2, "met", "reached"),
        (REDUCE, 6, 0.6, "on_the_way", "on_pace"),
        (REDUCE, -3, 0.0, "behind", "moved_away"),  # it grew
        (COUNT, 127, 1.0, "met", "reached"),
        (COUNT, 63.5, 0.5, "on_the_way", "on_pace"),
        (COUNT, 12.7, 0.1, "behind", "slower_than_time"),
        (CLASS, 3, 1.0, "met", "reached"),
        (CLASS, 2, 1.5, "met", "reached"),
        (CLASS, 4, 0.5, "on_the_way", "on_pace"),
        (CLASS, 6, 0.0, "behind", "moved_away"),
    ],
    ids=str,
)
def test_before_the_due_day(promise: Promise, latest: float, fraction: float, status: str, reason: str) -> None:
    found = judge(promise, MIDWAY, latest)
    assert outcome(found) == (status, reason)
    assert found.fraction == pytest.approx(fraction)


@pytest.mark.parametrize(
    ("promise", "good", "bad"),
    [(FLOOR, 38, 37.9), (CEILING, 30, 30.1), (REDUCE, 10, 9), (COUNT, 130, 126), (CLASS, 3, 4)],
    ids=str,
)
def test_after_the_due_day_only_the_final_result_decides(promise: Promise, good: float, bad: float) -> None:
    assert outcome(judge(promise, AFTER, good, DUE)) == ("met", "reached")
    assert outcome(judge(promise, AFTER, bad, DUE)) == ("not_met", "short")
    older, part = date(2024, 12, 31), date(2025, 6, 30)
    assert outcome(judge(promise, AFTER, good, older)) == ("due_not_found", "due_reached_before")
    assert outcome(judge(promise, AFTER, bad, older)) == ("due_not_found", "due_short_before")
    assert outcome(judge(promise, AFTER, good, part)) == ("due_not_found", "due_reached_in_year")
    assert outcome(judge(promise, AFTER, bad, part)) == ("due_not_found", "due_short_in_year")


def test_the_reason_carries_its_numbers() -> None:
    found = judge(FLOOR, AFTER, 37.8, date(2025, 6, 30))
    assert dict(found.values) == {
        "latest": 37.8, "target": 38, "baseline": 36, "gap": 0.2, "year": 2025, "latest_year": 2025,
    }  # fmt: skip
    assert found.fraction == pytest.approx(0.9)
    under_way = judge(FLOOR, MIDWAY, 36.8)
    assert (under_way.values["fraction_pct"], under_way.values["time_pct"]) == (40, 50)


def test_a_result_that_is_early_on_the_due_day_itself_still_counts_as_under_way() -> None:
    assert outcome(judge(FLOOR, DUE, 37.8, date(2025, 6, 30))) == ("behind", "slower_than_time")
    assert outcome(judge(FLOOR, DUE, 37.8, DUE)) == ("not_met", "short")  # the final result is there already


# ── strict targets, bounds ───────────────────────────────────────────────────────────────────────────────────────────
MORE_THAN_90 = Promise("floor", DUE, START, target_op=">", target_value=90)


def test_90_is_not_more_than_90() -> None:
    assert outcome(judge(MORE_THAN_90, AFTER, 90, DUE)) == ("not_met", "not_beyond")
    assert outcome(judge(MORE_THAN_90, AFTER, 90.1, DUE)) == ("met", "reached")
    assert outcome(judge(MORE_THAN_90, AFTER, 90, DUE, stated="done")) == ("not_met", "stated_contradicts")
    assert outcome(judge(FLOOR, AFTER, 37, DUE, stated="done")) == ("not_met", "stated_but_short")
    under_20 = Promise("ceiling", DUE, START, target_op="<", target_value=20)
    assert judge(under_20, AFTER, 20, DUE).status == "not_met"
    assert judge(under_20, AFTER, 19.9, DUE).status == "met"


@pytest.mark.parametrize(
    ("promise", "op", "latest", "status"),
    [
        (FLOOR, ">=", 38, "met"),
        (FLOOR, ">", 38, "met"),
        (FLOOR, ">", 37, "not_computable"),  # it may be 37.5 or 39
        (FLOOR, "<", 38, "not_met"),
        (FLOOR, "<=", 37, "not_met"),
        (FLOOR, "<=", 38, "not_computable"),
        (FLOOR, "<=", 40, "not_computable"),
        (MORE_THAN_90, ">", 90, "met"),
        (MORE_THAN_90, ">=", 90, "not_computable"),
        (MORE_THAN_90, "<=", 90, "not_met"),
        (CLASS, "<=", 3, "met"),  # class Ⅲ or better
        (CLASS, "<=", 4, "not_computable"),
        (CEILING, ">", 30, "not_met"),
        (CEILING, ">=", 30, "not_computable"),
        (CEILING, "<", 30, "met"),
        (FLOOR, "~", 38, "met"),
    ],
    ids=str,
)
def test_a_bound_says_no_more_than_it_says(promise: Promise, op: str, latest: float, status: str) -> None:
    found = judge(promise, AFTER, latest, DUE, latest_op=op)
    assert found.status == status
    if status == "not_computable":
        assert (found.reason, found.fraction) == ("bound_only", None)
        assert judge(promise, AFTER, latest, date(2024, 12, 31), latest_op=op).status == "due_not_found"


def test_without_a_known_start_no_share_is_computed() -> None:
    no_start = replace(FLOOR, baseline_op=None, baseline_value=None)
    assert outcome(judge(no_start, MIDWAY, 37)) == ("not_computable", "short_so_far")
    assert outcome(judge(no_start, MIDWAY, 38)) == ("met", "reached")
    more_than_65 = replace(FLOOR, target_value=100, baseline_op=">", baseline_value=65)
    found = judge(more_than_65, MIDWAY, 90)
    assert outcome(found) == ("not_computable", "start_is_a_bound")
    assert found.fraction is None


# ── what must be held ────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("start", "latest"),
    [(96, 95), (100, 95), (100, 90)],  # starts at the target or above it, then falls below
)
def test_a_floor_never_rewards_decline(start: float, latest: float) -> None:
    stored = replace(FLOOR, target_value=96, baseline_value=start)
    found = judge(stored, MIDWAY, latest)
    assert outcome(found) == ("behind", "fell_below_start")
    assert found.fraction is None
    assert outcome(judge(stored, AFTER, latest, DUE)) == ("not_met", "short")
    assert outcome(judge(stored, MIDWAY, 96)) == ("met", "reached")


def test_a_ceiling_that_was_met_and_is_broken() -> None:
    stored = replace(CEILING, target_value=0, baseline_value=0)
    assert outcome(judge(stored, MIDWAY, 2)) == ("behind", "rose_above_start")
    low = replace(CEILING, target_value=30, baseline_value=20)
    found = judge(low, MIDWAY, 35)
    assert outcome(found) == ("behind", "rose_above_start")
    assert found.fraction is None
    class_held = replace(CLASS, baseline_value=3)
    assert outcome(judge(class_held, MIDWAY, 4)) == ("behind", "fell_below_start")


def test_standing_still_is_not_more_than_the_start() -> None:
    more_than_start = replace(FLOOR, target_op=">", target_value=93.4, baseline_value=93.4)
    assert outcome(judge(more_than_start, MIDWAY, 93.4)) == ("behind", "not_beyond")
    assert outcome(judge(more_than_start, MIDWAY, 92.1)) == ("behind", "fell_below_start")
    assert outcome(judge(more_than_start, MIDWAY, 93.5)) == ("met", "reached")


@pytest.mark.parametrize(
    ("better", "latest", "on", "end", "expected"),
    [
        ("up", 100, AFTER, DUE, ("kept", "keep_held")),
        ("up", 99, AFTER, DUE, ("not_met", "got_worse")),
        ("up", 99, MIDWAY, None, ("behind", "got_worse")),
        ("up", 101, MIDWAY, None, ("kept", "keep_held")),
        ("down", 99, AFTER, DUE, ("kept", "keep_held")),
        ("down", 101, AFTER, DUE, ("not_met", "got_worse")),
        ("up", 100, AFTER, date(2024, 12, 31), ("due_not_found", "due_held_before")),
        ("up", 100, AFTER, date(2025, 6, 30), ("due_not_found", "due_held_before")),
    ],
)
def test_what_must_not_get_worse(
    better: str, latest: float, on: date, end: date | None, expected: tuple[str, str]
) -> None:
    found = judge(KEEP, on, latest, end, better=better)
    assert outcome(found) == expected
    assert found.fraction is None


def test_a_number_without_a_start_does_not_show_that_something_was_met() -> None:
    no_start = replace(KEEP, baseline_op=None, baseline_value=None)
    assert outcome(judge(no_start, MIDWAY, 60)) == ("not_computable", "no_start_to_compare")
    assert outcome(judge(no_start, AFTER, 60, DUE)) == ("not_computable", "no_start_to_compare")
    assert outcome(judge(no_start, AFTER, 60, DUE, stated="done")) == ("kept", "keep_held")
    assert outcome(judge(KEEP, AFTER, 60, DUE, stated="done")) == ("not_met", "got_worse")  # the number speaks
    assert judge(KEEP, MIDWAY, 60, better="neither").status == "not_computable"
    in_words = replace(no_start, latest_text=True, latest_end=DUE)
    assert outcome(judge(in_words, AFTER)) == ("kept", "keep_held")


# ── states ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_what_must_not_happen() -> None:
    assert outcome(judge(NONE, AFTER, 0, DUE)) == ("kept", "none_held")
    assert outcome(judge(NONE, MIDWAY, 0)) == ("kept", "none_held")
    assert outcome(judge(NONE, AFTER, 0, date(2024, 12, 31))) == ("due_not_found", "due_held_before")
    happened = judge(NONE, AFTER, 1, date(2022, 12, 31))  # once is enough, whenever it was
    assert outcome(happened) == ("not_met", "happened")
    assert happened.values["latest"] == 1


def test_what_must_be_built() -> None:
    built = replace(BUILT, latest_text=True, latest_end=date(2023, 12, 31))
    assert outcome(judge(built, MIDWAY)) == ("met", "built_held")
    assert outcome(judge(built, AFTER)) == ("met", "built_held")  # what is built stays built
    assert outcome(judge(BUILT, MIDWAY, 3)) == ("not_found", "no_result_yet")  # a number does not say that it stands
    assert outcome(judge(BUILT, AFTER, stated="done")) == ("met", "built_held")
    assert outcome(judge(BUILT, AFTER, stated="not_done")) == ("not_met", "stated_not_done")


def test_a_result_in_words_that_the_issuer_calls_done() -> None:
    in_words = replace(FLOOR, latest_text=True, stated="done")
    assert outcome(judge(in_words, AFTER)) == ("met", "stated_in_words")
    assert judge(replace(in_words, stated=None), AFTER).status == "due_not_found"


# ── another kind of number, several documents ────────────────────────────────────────────────────────────────────────
def flow(period: str) -> Terms:
    return Terms("area", "flow", period, "city")


def share(period: str, dust: Dust = "unstated", **more: Any) -> Terms:
    return Terms("good_days", "share", period, "city", edition="2012", dust=dust, **more)


SUM = replace(COUNT, target_value=310, target_terms=flow("2021/2025"))
YEARLY = replace(FLOOR, target_value=80, target_op=">=", target_terms=share("2025"))
PART_OF_SUM = judge(SUM, AFTER, 161, date(2023, 12, 31), latest_terms=flow("2023"))
OTHER_KIND = judge(YEARLY, AFTER, 90, DUE, latest_terms=share("2025-Q4"))
CONTESTED = judge(replace(DELEGATED, stated="done", contested=True), AFTER)
DISAGREE = judge(replace(FLOOR, target_op=">", target_value=90), AFTER, 90, DUE, others=(("=", 100),))


def test_a_year_is_not_set_against_a_sum_of_years() -> None:
    """161 km² in 2023 against 310 over 2021–2025: no share, no shortfall, whatever the day."""
    assert outcome(PART_OF_SUM) == ("due_not_found", "part_of_sum")
    assert PART_OF_SUM.fraction is None
    assert PART_OF_SUM.values["years"] == "2021/2025"
    assert [one.dimension for one in PART_OF_SUM.differs] == ["span"]
    early = judge(SUM, MIDWAY, 161, date(2022, 12, 31), latest_terms=flow("2022"))
    assert outcome(early) == ("not_computable", "part_of_sum")
    more = judge(SUM, MIDWAY, 400, date(2022, 12, 31), latest_terms=flow("2022"))  # even where one year is more
    assert outcome(more) == ("not_computable", "part_of_sum")
    whole = judge(SUM, AFTER, 320, DUE, latest_terms=flow("2021/2025"))
    assert outcome(whole) == ("met", "reached")
    assert whole.differs == ()


def test_a_quarter_says_nothing_of_a_year() -> None:
    assert outcome(OTHER_KIND) == ("due_not_found", "other_kind")
    assert [one.dimension for one in OTHER_KIND.differs] == ["span"]
    assert outcome(judge(YEARLY, MIDWAY, 90, date(2023, 3, 31), latest_terms=share("2023-Q1")))[1] == "other_kind"


def test_what_neither_states_is_reported_and_what_one_states_forbids_it() -> None:
    missing = judge(YEARLY, AFTER, 87.3, DUE, latest_terms=share("2025"))
    assert outcome(missing) == ("met", "reached")
    assert [one.dimension for one in missing.differs] == ["dust"]
    raw = judge(YEARLY, AFTER, 87.3, DUE, latest_terms=share("2025", "raw"))
    assert outcome(raw) == ("due_not_found", "other_kind")
    derived = judge(YEARLY, AFTER, 87.3, DUE, latest_terms=share("2025", measurer="this_site"))
    assert outcome(derived) == ("due_not_found", "other_kind")


def test_no_share_of_a_way_whose_ends_are_not_alike() -> None:
    """A start of a quarter and a result of a year have no way between them."""
    start = replace(YEARLY, baseline_value=70, baseline_terms=share("2020-Q1"), latest_terms=share("2022"))
    found = judge(start, MIDWAY, 75, date(2022, 12, 31))
    assert found.fraction is None
    assert judge(replace(start, baseline_terms=share("2020")), MIDWAY, 75).fraction == pytest.approx(0.5)
    stored = replace(KEEP, baseline_terms=share("2020-Q1", "raw"), latest_terms=share("2025", "raw"))
    assert outcome(judge(stored, AFTER, 100, DUE)) == ("not_computable", "no_start_to_compare")


def test_documents_that_lead_to_different_verdicts_give_none() -> None:
    """Polluted plots: 90 % in the plan's table, 100 % in its text, more than 90 % was promised."""
    assert outcome(DISAGREE) == ("documents_disagree", "documents_disagree")
    assert (DISAGREE.values["latest"], DISAGREE.values["other"]) == (90, 100)
    assert DISAGREE.fraction is None
    more_than_90 = replace(FLOOR, target_op=">", target_value=90)
    assert judge(more_than_90, AFTER, 90, DUE, stated="done", others=(("=", 100),)).status == "documents_disagree"
    assert outcome(judge(more_than_90, AFTER, 95, DUE, others=(("=", 100),))) == ("met", "reached")  # both reach it
    assert outcome(judge(more_than_90, AFTER, 80, DUE, others=(("=", 85),))) == ("not_met", "short")  # neither does
    assert outcome(judge(more_than_90, AFTER, 95, DUE, others=((">", 85),))) == ("met", "reached")  # says nothing of it


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("=", 90), ("=", 100), False),
        (("=", 87.3), ("=", 92.1), False),
        (("=", 77.6), ("=", 77.5), False),  # one tenth apart, both with one decimal
        (("=", 18.7), ("=", 19), True),  # rounded
        (("=", 37.8), ("~", 37), True),  # cut
        (("=", 28), ("=", 28.6), True),
        (("=", 98), (">=", 98), True),
        (("=", 97), (">=", 98), False),
        (("=", 98), (">", 98), False),
        ((">", 65), (">=", 70), True),  # both may hold
        (("<=", 3), ("=", 4), False),
        ((">", 70), ("<", 60), False),
    ],
)
def test_which_published_values_can_both_be_true(one: tuple[Any, ...], other: tuple[Any, ...], expected: bool) -> None:
    assert progress.agree(one, other) is expected
    assert progress.agree(other, one) is expected


@pytest.mark.parametrize(
    ("published", "disagree", "derived", "measured", "left_out", "expected"),
    [
        (True, False, True, True, True, "published"),
        (True, True, True, True, False, "documents_disagree"),
        (False, False, True, True, True, "derived"),
        (False, False, False, True, True, "measured_only"),
        (False, False, False, False, True, "known_unpublished"),
        (False, False, False, False, False, "not_found"),
    ],
)
def test_what_a_state_rests_on(
    published: bool, disagree: bool, derived: bool, measured: bool, left_out: bool, expected: str
) -> None:
    found = progress.evidence(
        published=published, disagree=disagree, derived=derived, measured=measured, left_out=left_out
    )
    assert found == expected


# ── delegated, without a number ──────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("on", [MIDWAY, DUE, AFTER])
@pytest.mark.parametrize("stated", [None, "done", "not_done"])
@pytest.mark.parametrize("latest", [None, 28.0])
@pytest.mark.parametrize("end", [date(2022, 12, 31), DUE])
def test_a_delegated_target_never_has_a_share(on: date, stated: str | None, latest: float | None, end: date) -> None:
    found = judge(DELEGATED, on, latest, end, stated=stated)
    assert found.fraction is None
    assert "target" not in found.values
    assert found.status not in ("on_the_way", "behind")


def test_the_issuers_word_gives_no_verdict_where_another_document_has_the_number_and_it_does_not_hold() -> None:
    assert outcome(CONTESTED) == ("documents_disagree", "stated_contested")
    assert outcome(judge(replace(DELEGATED, stated="done"), AFTER)) == ("met", "delegated_stated_done")
    assert outcome(judge(replace(DELEGATED, contested=True), AFTER)) == ("due_not_found", "delegated_due")


def test_a_delegated_target_says_what_is_known() -> None:
    assert outcome(judge(DELEGATED, MIDWAY, 30)) == ("not_computable", "delegated")
    assert outcome(judge(DELEGATED, AFTER, 30)) == ("due_not_found", "delegated_due")
    assert outcome(judge(DELEGATED, AFTER, 30, DUE)) == ("not_computable", "delegated_result_known")
    assert judge(DELEGATED, AFTER).values["by"] == "province"


def test_a_target_without_a_number_cannot_be_computed() -> None:
    assert outcome(judge(replace(FLOOR, target_value=None), AFTER, 40, DUE)) == ("not_computable", "no_target_number")


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="wish"):
        judge(replace(FLOOR, kind="wish"), AFTER)


@pytest.mark.slow
def test_whatever_is_known_each_reason_has_words_and_all_they_need() -> None:
    """Every combination of what may be known: no share below 0, and a sentence in both languages that can be worded."""
    from views.text.words import all_words

    words = {lang: all_words(lang)["goals"] for lang in ("zh", "en")}
    by_the_view = {"number", "why", "asked", "due"}
    reasons = set()
    strict = [replace(FLOOR, target_op=">"), replace(FLOOR, target_value=36), replace(CEILING, target_value=40)]
    dated = [*KINDS, *strict, replace(FLOOR, target_value=None)]
    promises = [*dated, *(replace(one, due=None) for one in dated)]
    starts = [(None, None), ("=", 36), (">", 36), ("=", 40)]
    latest = [(None, None), *((op, value) for op in ("=", ">", "<=") for value in (0, 3, 36, 38, 41, 127))]
    ends = [date(2022, 12, 31), date(2025, 6, 30), DUE]
    for promise, start, known, end, stated, text, better, on in product(
        promises, starts, latest, ends, [None, "done", "not_done"], [False, True], ["up", "down"], [MIDWAY, AFTER]
    ):
        found = progress.judge(
            replace(
                promise, baseline_op=start[0], baseline_value=start[1], latest_op=known[0], latest_value=known[1],
                latest_end=end if known[0] or text else None, stated=stated, latest_text=text, better=better,
            ),
            on,
        )  # fmt: skip
        assert found.fraction is None or found.fraction >= 0
        over = on == AFTER and promise.due is not None
        assert (found.status == "due_not_found") <= over
        assert found.status not in ("on_the_way", "behind") or not over
        for lang in words:
            needed = set(re.findall(r"{(\w+)", words[lang][f"reason.{found.reason}"])) - by_the_view
            assert all(found.values.get(name) is not None for name in needed), found
        reasons.add(found.reason)
    for found in (CONTESTED, DISAGREE, PART_OF_SUM, OTHER_KIND):
        for lang in words:
            needed = set(re.findall(r"{(\w+)", words[lang][f"reason.{found.reason}"])) - by_the_view
            assert all(found.values.get(name) is not None for name in needed), found
        reasons.add(found.reason)
    assert reasons == {key.removeprefix("reason.") for key in words["zh"] if key.startswith("reason.")}


# ── no day is written ────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("promise", KINDS, ids=lambda p: p.kind)
def test_without_a_date_nothing_is_ever_overdue(promise: Promise) -> None:
    found = judge(replace(promise, due=None), date(2099, 1, 1))
    assert found.status == ("not_computable" if promise.kind == "delegated" else "not_found")
    assert found.values.get("year") is None


def test_without_a_date_there_is_a_way_but_no_pace() -> None:
    count = replace(COUNT, due=None, target_value=237)
    some = judge(count, date(2099, 1, 1), 79)
    assert outcome(some) == ("not_computable", "no_date_no_pace")
    assert some.values["fraction_pct"] == 33  # 79 of 237
    assert outcome(judge(count, MIDWAY, 237)) == ("met", "reached")


def test_a_ban_without_a_number_is_broken_by_one_case_and_met_by_none() -> None:
    ban = Promise("none", DUE, START, better="down")
    assert outcome(judge(ban, MIDWAY)) == ("not_found", "no_result_yet")
    assert outcome(judge(ban, MIDWAY, 1)) == ("not_met", "happened")
    assert outcome(judge(ban, AFTER, 0, date(2025, 12, 31))) == ("kept", "none_held")
