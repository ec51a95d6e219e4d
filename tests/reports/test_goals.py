"""The scoreboard: every target there, each judged as its documents allow."""

from datetime import date

import pytest

from reports import goals, measured, overview, terms
from store import facts
from tests.checks import not_none

TODAY = date(2026, 11, 23)


def promise(number: str, on: date = TODAY) -> goals.Promise:
    return next(one for one in goals.scoreboard(on) if one.number == number)


def test_every_target_is_on_the_scoreboard_once() -> None:
    board = goals.scoreboard(TODAY)
    assert len(board) == len({one.number for one in board}) == len(facts.table("targets"))
    tables = [one.plan.plan_id for one in board if one.target.tier == "table"]
    assert (tables.count("xn13"), tables.count("xn14")) == (18, 26)


@pytest.mark.parametrize(
    ("number", "status", "reason"),
    [
        ("xn13-4", "met", "reached"),  # 87.3 ≥ 80
        ("xn13-5", "documents_disagree", "stated_contested"),
        ("xn13-8", "documents_disagree", "documents_disagree"),  # 90 in the table, 100 in the text; > 90 was asked
        ("xn13-9", "met", "stated_in_words"),
        ("xn13-16", "kept", "none_held"),
        ("xn13-18", "met", "built_held"),
        ("xn14-1", "due_not_found", "due_short_in_year"),  # 37.8 in June 2025
        ("xn14-2", "due_not_found", "due_reached_before"),  # 80 in 2022
        ("xn14-3", "due_not_found", "due_no_result"),
        ("xn14-7", "not_computable", "delegated_result_known"),  # 96.2 is known, its target is not
        ("xn14-10", "due_not_found", "due_reached_before"),
        ("xn14-17", "due_not_found", "due_no_result"),  # 92.1 of 2022 is worked out here, not published
        ("xn14-18", "due_not_found", "delegated_due"),
        ("xn14-T18", "due_not_found", "part_of_sum"),  # 161 in 2023; 310 over five years
        ("cz2426-1", "not_found", "no_result_yet"),
        ("cz2426-5", "not_computable", "delegated"),
    ],
)
def test_status_and_reason(number: str, status: str, reason: str) -> None:
    judged = promise(number).judgement
    assert (judged.status, judged.reason) == (status, reason)


def test_a_delegated_target_never_has_a_share() -> None:
    for one in goals.scoreboard(TODAY):
        if one.target.kind == "delegated":
            assert one.judgement.fraction is None
            assert one.target.target_value is None


def test_the_day_of_judgement_decides() -> None:
    """In mid-2024 the forest promise of 2025 was under way: 37.4 in 2023, half the time had passed."""
    judged = promise("xn14-1", date(2024, 7, 1)).judgement
    assert judged.status == "on_the_way"
    assert judged.fraction == pytest.approx((37.4 - 36) / (38 - 36))


RIVERS = ("xn14-T9", "xn14-T10", "xn14-T11")  # Huangshui, Nanchuan, Beichuan


def test_contradictions_stand_with_the_promise_of_their_years() -> None:
    found = promise("xn13-8").contradictions
    assert found
    assert all(one.first.sources and one.second.sources for one in found)


def test_a_contradiction_about_another_area_does_not_stand_with_the_promise() -> None:
    """The province's PM2.5 is none of Xining's, and the Huangshui's class none of its tributaries'."""
    result = {one.row.contradiction_id for number in ("xn14-6", "xn14-7") for one in promise(number).contradictions}
    assert "pm25_2021" in result
    assert not result & {"qinghai_pm25_2023", "qinghai_share_2024"}
    rivers = {number: [one.row.contradiction_id for one in promise(number).contradictions] for number in RIVERS}
    assert rivers == {"xn14-T9": ["huangshui_2024"], "xn14-T10": [], "xn14-T11": []}
    for one in goals.scoreboard(TODAY):
        if one.plan.plan_id == "cz2426":  # of the district, the draft itself is always one of the two
            assert all("action2426" in (found.row.document_a, found.row.document_b) for found in one.contradictions)


def test_a_contradiction_about_the_year_a_plan_starts_from_goes_with_its_promise() -> None:
    """The start is on the card: 87.3 or 92.1 % good days in 2020, 96 % or all of the household waste."""
    result = {one.row.contradiction_id for one in promise("xn14-7").contradictions}
    assert "good_share_2020" in result
    assert "good_share_13th" not in result  # a mean of the five years before is not the start
    assert [one.row.contradiction_id for one in promise("xn14-16").contradictions] == ["waste_treated_2020"]


def test_a_verdict_that_holds_by_two_different_numbers_is_counted_as_such() -> None:
    before = next(one for one in goals.tallies(TODAY) if one.plan.plan_id == "xn13")
    assert [one.number for one in goals.scoreboard(TODAY) if one.disputed] == ["xn13-4"]  # 87.3 and 92.1 reach 80
    assert before.disputed == 1
    assert not promise("xn13-8").disputed  # 90 and 100 against > 90: no verdict at all


def test_tallies_add_up() -> None:
    for tally in goals.tallies(TODAY):
        assert sum(tally.by_status.values()) == tally.total
        assert tally.known + sum(tally.by_status.get(status, 0) for status in goals.UNKNOWN) == tally.total
        assert tally.disputed <= tally.reached <= tally.known


def test_the_eight_headline_promises_and_where_they_go() -> None:
    report = overview.overview(TODAY)
    assert [one.indicator.indicator_id for one in report.headline] == list(goals.HEADLINE)
    for counts in (report.published, report.measured):
        assert counts.better + counts.worse + counts.same + counts.unknown == 8
    improved = {(m.promise.indicator.indicator_id, m.measured) for m in report.improved}
    assert {("forest_cover_pct", False), ("pm25_annual_ugm3", True), ("good_day_share_pct", True)} <= improved
    assert report.slipped == ()


def test_a_direction_is_reported_only_between_numbers_of_one_kind() -> None:
    bridge = promise("xn14-10")  # class Ⅲ in 2020 and in 2023; the Ⅱ of a quarter decides nothing
    assert (not_none(bridge.official).period, not_none(bridge.newer).period) == ("2023", "2024-Q1")
    assert overview.direction(bridge) == "same"
    for number in ("xn14-6", "xn14-7"):  # no document states the dust basis
        assert overview.direction(promise(number)) is None
        assert overview.measured_direction(promise(number)) == "better"
    assert overview.direction(promise("xn14-1")) == "better"
    assert overview.direction(promise("xn14-17")) is None  # published at the start, worked out here since
    assert overview.direction(promise("xn14-3")) is None
    for one in goals.scoreboard(TODAY):
        assert (overview.direction(one) is None) or not_none(one.since_start)[0].differs == ()


def test_measured_is_shown_beside_official_and_is_not_mixed_with_it() -> None:
    pm25, share = promise("xn14-6"), promise("xn14-7")
    published, mean = not_none(pm25.official), not_none(pm25.measured)
    assert (published.value, published.period) == (32, "2021")
    assert (mean.point.value, mean.point.period, not_none(mean.start).value) == (32.1, "2025", 35.9)
    days = not_none(share.measured)
    assert (not_none(share.official).value, days.point.value) == (96.2, 94.8)
    assert days.values == {"known": 365, "good": 346, "year": 2025}
    assert {"dust", "ozone", "measurer"} <= set(not_none(share.measured_against_official).dimensions)
    for one in goals.scoreboard(TODAY):
        if one.official is None:
            continue
        assert one.measured is None or not_none(one.measured_against_official).differs
        assert one.official.row.kind == "stated"
        assert not_none(one.official.provenance.terms).measurer == "official"


@pytest.mark.parametrize(
    ("number", "evidence"),
    [
        ("xn13-4", "documents_disagree"),  # 87.3 and 92.1; both reach 80
        ("xn13-8", "documents_disagree"),
        ("xn13-9", "published"),  # in words
        ("xn14-1", "published"),
        ("xn14-3", "not_found"),
        ("xn14-8", "derived"),
        ("xn14-17", "derived"),
        ("xn14-18", "known_unpublished"),
        ("xn14-T11", "measured_only"),
        ("cz2426-1", "not_found"),
    ],
)
def test_what_each_promise_rests_on(number: str, evidence: str) -> None:
    assert promise(number).evidence == evidence


def test_documents_that_disagree_but_not_on_the_verdict_leave_it() -> None:
    share = promise("xn13-4")
    assert (share.judgement.status, [one.value for one in share.others]) == ("met", [92.1])
    assert [one.dimension for one in share.judgement.differs] == ["dust"]


def test_no_two_numbers_called_comparable_differ_in_terms() -> None:
    found = 0
    for one in goals.scoreboard(TODAY):
        if one.latest is None:
            continue
        against = one.against_target(one.latest)
        if against is None or not against.comparable:
            continue
        result, requests = not_none(one.latest.provenance.terms), terms.of_target(one.target, one.plan)
        same = ("quantity", "area", "statistic", "edition", "state", "dust", "ozone", "measurer")
        assert [getattr(result, name) for name in same] == [getattr(requests, name) for name in same], one.number
        assert result.span == requests.span or result.statistic in ("stock", "state"), one.number
        assert result.covered
        found += 1
    assert found >= 10


def test_a_derivation_is_named_with_its_parents() -> None:
    derived = not_none(promise("xn14-9").measured)
    assert (derived.how, derived.point.value, derived.point.period) == ("derived", 0, "2024")
    row = derived.values["formula"]
    assert row.parents == "figure:sections_good_pct/xining/2024"
    assert [one.period for one in measured.parents(row)] == ["2024"]


def test_the_class_measured_is_the_class_of_the_mean_of_the_hours_stored() -> None:
    bridge = not_none(promise("xn14-10").measured)
    assert bridge.how == "readings"
    assert not_none(bridge.point.provenance.terms).measurer == "stations"
    assert bridge.values["n"] >= 2
    assert bridge.values["best"] <= bridge.point.value <= bridge.values["worst"]
    river = promise("xn14-T11")
    against = river.against_target(not_none(river.measured).point)
    assert "area" in not_none(against).dimensions  # one section is not the river


def test_a_year_with_too_few_days_is_not_measured() -> None:
    assert measured.of("pm25_annual_ugm3", "xining", 2022, date(2023, 12, 31)) is None  # 315 days of 2023
    before = not_none(measured.of("pm25_annual_ugm3", "xining", 2020, date(2023, 12, 31)))
    assert before.point.period == "2022"
    across = not_none(measured.of("pm25_annual_ugm3", "xining", 2015, date(2020, 12, 31)))
    assert not_none(across.since_start).differs  # the measuring state changed in 2018
    assert measured.of("pm25_annual_ugm3", "chengzhong", 2020, date(2025, 12, 31)) is None
    running = not_none(measured.of("pm25_annual_ugm3", "xining", 2020, date(2026, 11, 29)))
    assert running.point.period == "2025"  # 2026 is not over


def test_where_a_promise_was_searched_and_what_its_issuer_owes() -> None:
    wetland = [one.row.search_id for one in promise("xn14-2").searched]
    assert wetland[0] == "wetland"
    assert "held" in wetland
    assert "delegated" in [one.row.search_id for one in promise("xn14-18").searched]
    assert promise("cz2426-1").owed
    for one in goals.scoreboard(TODAY):
        assert one.searched, one.number


def test_what_comes_near_is_named_and_never_the_answer() -> None:
    near = measured.relatives("black_odorous_share_pct", "xining")
    assert [one.point.row.indicator_id for one in near] == ["black_odorous_n"]
    for one in goals.scoreboard(TODAY):
        for found in one.relatives:
            here = (one.target.indicator_id, one.target.area_id)
            assert (found.point.row.indicator_id, found.point.row.area_id) != here
