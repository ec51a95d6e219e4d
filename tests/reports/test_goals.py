"""The scoreboard: every target there, each judged as its documents allow."""

from datetime import date

import pytest

from reports import goals, overview
from store import facts

TODAY = date(2026, 11, 23)


def promise(number: str, on: date = TODAY) -> goals.Promise:
    return next(one for one in goals.scoreboard(on) if one.number == number)


def test_every_target_stands_on_the_scoreboard_once() -> None:
    board = goals.scoreboard(TODAY)
    assert len(board) == len({one.number for one in board}) == len(facts.table("targets"))
    tables = [one.plan["plan_id"] for one in board if one.target["tier"] == "table"]
    assert (tables.count("xn13"), tables.count("xn14")) == (18, 26)


@pytest.mark.parametrize(
    ("number", "status", "reason"),
    [
        ("xn13-4", "met", "reached"),  # 87.3 ≥ 80
        ("xn13-5", "met", "delegated_stated_done"),
        ("xn13-8", "not_met", "stated_contradicts"),  # 90 is not more than 90
        ("xn13-9", "met", "stated_in_words"),
        ("xn13-16", "kept", "none_held"),
        ("xn13-18", "met", "built_held"),
        ("xn14-1", "due_not_found", "due_short_in_year"),  # 37.8 in June 2025
        ("xn14-2", "due_not_found", "due_no_result"),
        ("xn14-7", "not_computable", "delegated_result_known"),  # 96.2 is known, its target is not
        ("xn14-10", "due_not_found", "due_reached_before"),
        ("xn14-17", "due_not_found", "due_short_before"),  # 92.1 in 2022
        ("xn14-18", "due_not_found", "delegated_due"),
        ("cz2426-1", "not_found", "no_result_yet"),
        ("cz2426-5", "not_computable", "delegated"),
    ],
)
def test_status_and_reason(number: str, status: str, reason: str) -> None:
    judged = promise(number).judgement
    assert (judged.status, judged.reason) == (status, reason)


def test_a_delegated_target_never_has_a_share() -> None:
    for one in goals.scoreboard(TODAY):
        if one.target["kind"] == "delegated":
            assert one.judgement.fraction is None
            assert one.target["target_value"] is None


def test_the_day_of_judgement_decides() -> None:
    """In mid-2024 the forest promise of 2025 was under way: 37.4 in 2023, half the time had passed."""
    judged = promise("xn14-1", date(2024, 7, 1)).judgement
    assert judged.status == "on_the_way"
    assert judged.fraction == pytest.approx((37.4 - 36) / (38 - 36))


def test_contradictions_stand_with_the_promise_of_their_years() -> None:
    topics = {row["contradiction_id"] for row in promise("xn13-8").contradictions}
    assert topics
    assert all(row["document_a"] and row["document_b"] for row in promise("xn13-8").contradictions)


def test_tallies_add_up() -> None:
    for tally in goals.tallies(TODAY):
        assert sum(tally.by_status.values()) == tally.total


def test_the_eight_headline_promises_and_where_they_go() -> None:
    report = overview.overview(TODAY)
    assert [one.indicator["indicator_id"] for one in report.headline] == list(goals.HEADLINE)
    assert report.better + report.worse + report.unknown == 8
    assert {move.promise.indicator["indicator_id"] for move in report.slipped} == {"isw_utilisation_pct"}
    assert "forest_cover_pct" in {move.promise.indicator["indicator_id"] for move in report.improved}


def test_direction_knows_what_is_better() -> None:
    assert overview.direction(promise("xn14-10")) == "better"  # class Ⅲ → Ⅱ: a smaller number
    assert overview.direction(promise("xn14-17")) == "worse"
    assert overview.direction(promise("xn14-2")) is None
