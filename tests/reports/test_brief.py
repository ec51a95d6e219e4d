"""The monthly brief: what is known of a month, hand-worked from the days and classes behind it."""

from datetime import date

import pytest

from reports import air, brief, budget, goals, water
from reports.period import PeriodError

TODAY = date(2026, 11, 23)


def test_a_whole_month_holds_the_days_of_the_archive() -> None:
    """September 2026: 30 days known; by the editions in force 29 of 30 the year before, 28 of them by that of 2026."""
    found = brief.brief("2026-09", TODAY).air
    assert (found.days_in_month, found.passed_days, found.known_days, found.unknown_days) == (30, 30, 30, 0)
    same = found.month.same
    assert same is not None
    assert (same.now.good_days, same.before.good_days) == (30, 29)
    assert [one.good_days for one in same.by_new] == [28, 30]
    assert same.change_in_days == {"air_1": -1, "rule_1": 0, "air_2": -2, "rule_2": 1}
    assert not found.month.one_edition


def test_both_orders_of_substitution_add_up_to_the_same_change() -> None:
    for month in ("2026-03", "2026-08", "2025-05"):
        for stretch in (brief.brief(month, TODAY).air.month, brief.brief(month, TODAY).air.year):
            assert stretch.same is not None
            split = stretch.same.split
            for step in (split.air_first, split.rule_first):
                assert step.air + step.rule == pytest.approx(split.total)


def test_under_one_edition_none_of_the_change_is_the_rules() -> None:
    found = brief.brief("2025-05", TODAY).air.month
    assert found.one_edition
    assert found.same is not None
    assert found.same.split.air_first.rule == found.same.split.rule_first.rule == 0


def test_the_year_to_the_months_end_is_the_same_period_of_the_site() -> None:
    """Where the site's last known day is the month's, both are one report."""
    found = brief.brief("2026-10", TODAY).air
    assert (found.year.last, found.month.last) == (date(2026, 10, 6), date(2026, 10, 6))
    assert found.year.same == budget.same_period(TODAY)


def test_a_month_whose_end_is_missing_is_set_against_as_many_days() -> None:
    found = brief.brief("2026-10", TODAY).air
    assert (found.known_days, found.passed_days, found.unknown_days) == (6, 31, 25)
    assert found.month.same is not None
    assert (found.month.same.before.since, found.month.same.before.until) == (date(2025, 10, 1), date(2025, 10, 6))


def test_six_days_of_31_make_no_mean_of_the_month() -> None:
    """October 2026 is known to the 6th: its days are counted, its means are not given; the year's 279 of 304 carry theirs."""
    found = brief.brief("2026-10", TODAY).air
    assert found.month.counted is not None
    assert {one.now for one in found.month.means} == {None}
    assert all(one.now is not None for one in found.year.means)


def test_a_month_without_a_day_has_no_air_and_says_no_change() -> None:
    found = brief.brief("2023-03", TODAY)
    assert found.empty
    assert found.air.month.counted is None
    assert found.air.month.same is None
    assert found.air.known_days == 0
    assert found.air.year.last == date(2023, 2, 24)


def test_too_few_days_of_one_year_forbid_the_change() -> None:
    """April 2023 knows 15 of its 30 days."""
    found = brief.brief("2023-04", TODAY).air.month
    assert found.same is not None
    assert not found.same.by_new_change.comparable
    assert "coverage" in found.same.by_new_change.dimensions
    assert all(one.now is None and one.change is None for one in found.means)


def test_months_on_both_sides_of_the_change_of_state_are_not_compared() -> None:
    found = brief.brief("2019-05", TODAY).air.month
    assert found.same is not None
    assert "state" in found.same.by_new_change.dimensions
    assert all(one.change is not None and not one.change.comparable for one in found.means)


def test_the_days_left_are_those_of_the_day_after_the_month() -> None:
    found = brief.brief("2026-09", TODAY)
    assert found.left == tuple(budget.budget(2026, 2025, one, date(2026, 10, 1)) for one in (air.NEW, air.OLD))
    assert found.left[0].left.days_to_come == 92  # 31 + 30 + 31


def test_the_running_month_is_judged_today_and_its_days_to_come_are_not_known() -> None:
    found = brief.brief("2026-11", TODAY)
    assert not found.over
    assert (found.as_of, found.air.passed_days, len(found.air.days)) == (TODAY, 22, 22)
    assert found.left[0].left.unknown_days == 47
    assert found.work.on == TODAY


def test_december_has_no_day_to_come() -> None:
    found = brief.brief("2025-12", TODAY)
    assert found.left[0].left.days_to_come == 0
    assert found.as_of == date(2026, 1, 1)


def test_bad_days_are_those_of_the_year_with_ozone() -> None:
    """March 2026: nine days above 100, the 13th with an index of 398 by coarse particles."""
    found = brief.brief("2026-03", TODAY).air
    listed = air.exceedances(2026).days
    assert [one.day for one in found.bad_days] == [
        one.day for one in listed if (one.day.year, one.day.month) == (2026, 3)
    ]
    worst = max(found.bad_days, key=lambda one: one.aqi or 0)
    assert (worst.day.day, worst.aqi, worst.primary, worst.dust_like) == (13, 398, ("PM10",), True)
    alone = sum(one.by_ozone_alone for one in found.bad_days)
    assert found.month.counted is not None
    assert len(found.bad_days) == found.month.counted.lost_days + alone


def test_hours_of_a_section_are_not_its_class() -> None:
    found = {one.section.id: one for one in brief.brief("2026-09", TODAY).sections}
    assert set(found) == {"xiaoxia", "runze"}
    for one in found.values():
        assert one.hours is not None
        assert (one.known, one.before, one.change) == (None, None, None)
    assert brief.brief("2026-09", TODAY).sections_n == len(water.river(TODAY).sections)


def test_the_promises_are_judged_at_the_months_end() -> None:
    """On 1 October 2026 every promise for 2025 is due; on 1 October 2025 none of them."""
    later, before = (brief.brief(month, TODAY) for month in ("2026-09", "2025-09"))
    due = [one for one in goals.scoreboard(date(2026, 10, 1)) if one.judgement.status == "due_not_found"]
    assert later.promised.without_result == len(due)
    assert before.promised.without_result < later.promised.without_result


def test_figures_published_for_a_month_stand_beside_the_archives() -> None:
    found = {one.row.indicator_id: one.value for one in brief.brief("2020-06", TODAY).official}
    assert found["good_day_share_pct"] == 93.3
    assert brief.brief("2026-09", TODAY).official == ()


def test_a_standard_that_comes_into_force_is_named() -> None:
    named = {one.standard_id for one in brief.brief("2026-03", TODAY).new_rules}
    assert {"GB 3095-2026", "HJ 633-2026"} <= named
    assert brief.brief("2026-09", TODAY).new_rules == ()


@pytest.mark.parametrize(
    ("month", "why"),
    [
        ("2026-12", "future"),
        ("2030-01", "future"),
        ("2013-09", "before"),
        ("2026-13", "no_period"),
        ("x", "no_period"),
    ],
)
def test_a_month_that_is_none_is_refused(month: str, why: str) -> None:
    with pytest.raises(PeriodError) as refused:
        brief.brief(month, TODAY)
    assert refused.value.why == why
    assert month in str(refused.value)


def test_the_newest_month_is_over_and_known_enough() -> None:
    """Of October six days are known: September is the newest whose statistics its days carry."""
    assert brief.newest(TODAY) == "2026-09"
    assert brief.months(TODAY)[:2] == ("2026-10", "2026-09")
    assert brief.newest(date(2026, 9, 30)) == "2026-08"
    assert brief.first_month() == "2013-10"
