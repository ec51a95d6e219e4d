"""The year's budget and the same days of the year before, counted again by other means."""

from datetime import date

import pytest
from msgspec.structs import replace

from assessment.comparison import compare
from reports import air, budget
from store import facts

TODAY = date(2026, 11, 29)


def bad_days(year: int, pm10: int, pm25: int, until: str = "12-31") -> int:
    """Days above the daily limits of particles; no other pollutant decides a day in these years."""
    daily = facts.table("air_daily")
    mine = daily[(daily["date"] >= f"{year}-01-01") & (daily["date"] <= f"{year}-{until}")]
    return int(((mine["pm10_ugm3"].round() > pm10) | (mine["pm25_ugm3"].round() > pm25)).sum())


@pytest.mark.parametrize(
    ("edition", "pm10", "pm25", "allowed", "lost", "left"), [("2012", 150, 75, 19, 14, 5), ("2026", 120, 60, 31, 28, 3)]
)
def test_both_years_by_the_same_edition(edition: str, pm10: int, pm25: int, allowed: int, lost: int, left: int) -> None:
    found = budget.budget(2026, 2025, edition, TODAY)
    assert (found.left.allowed_days, found.left.lost_days, found.left.days) == (allowed, lost, left)
    assert (bad_days(2025, pm10, pm25), bad_days(2026, pm10, pm25)) == (allowed, lost)
    assert found.now.edition == found.before.edition == budget.EDITIONS[edition]
    assert found.now.provenance.standard == found.before.provenance.standard == budget.EDITIONS[edition]


def test_days_known_unknown_and_to_come_are_distinguished() -> None:
    """The archive ends on 6 October; 53 days to 28 November are over without data, 33 from the 29th on are to come."""
    left = budget.budget(2026, 2025, "2026", TODAY).left
    assert (left.known_days, left.unknown_days, left.days_to_come) == (279, 53, 33)
    assert left.known_days + left.unknown_days + left.days_to_come == 365
    assert (left.if_unknown_good, left.if_unknown_lost) == (3, -50)


@pytest.mark.parametrize(
    ("today", "unknown", "to_come"),
    [(date(2026, 10, 7), 0, 86), (date(2026, 12, 31), 85, 1), (date(2027, 1, 1), 86, 0), (date(2027, 3, 1), 86, 0)],
)
def test_the_running_day_is_to_come(today: date, unknown: int, to_come: int) -> None:
    left = budget.budget(2026, 2025, "2012", today).left
    assert (left.unknown_days, left.days_to_come) == (unknown, to_come)


def test_a_day_after_today_is_not_known_yet() -> None:
    found = budget.budget(2026, 2025, "2012", date(2026, 4, 1))
    assert (found.left.known_days, found.left.unknown_days, found.left.days_to_come) == (90, 0, 275)
    assert found.known_until == date(2026, 3, 31)


def test_a_year_with_too_few_days_is_no_measure() -> None:
    """2023 lacks 25 February to 15 April, the dust season."""
    with pytest.raises(budget.TooFewDaysError, match="315 of 365 days are known, 324 are needed"):
        budget.budget(2024, 2023, "2012", TODAY)


def test_years_across_the_change_of_state_are_not_set_against_each_other() -> None:
    with pytest.raises(budget.IncomparableError, match="state"):
        budget.budget(2026, 2017, "2012", TODAY)


def test_a_chosen_share_is_taken_as_it_is_written() -> None:
    found = budget.budget(2026, 2025, "2026", TODAY, 95.0)
    assert (found.left.allowed_days, found.left.days) == (18, -10)


def test_ozone_is_on_neither_side() -> None:
    for edition in budget.EDITIONS:
        found = budget.budget(2026, 2025, edition, TODAY)
        for side in (found.now, found.before):
            assert side.provenance.terms is not None
            assert side.provenance.terms.ozone == "excluded"


def test_the_same_days_by_one_edition() -> None:
    """252 of 279 days good up to 6 October 2025 and 251 of 279 in 2026, both by the 2026 edition: 90.3 → 90.0 %."""
    same = budget.same_period(TODAY)
    before, now = same.by_new
    assert (before.good_days, before.known_days, now.good_days, now.known_days) == (252, 279, 251, 279)
    assert before.lost_days == bad_days(2025, 120, 60, "10-06")
    assert same.by_new_change.difference == pytest.approx(100 * (251 - 252) / 279)
    assert compare(before.result, now.result).comparable


def test_the_change_by_the_editions_in_force_is_not_compared_but_split() -> None:
    """18 → 21 bad days. By hand: 2026 by the 2012 edition 14; 2025 with the 2026 rule from 1 March on 23."""
    same = budget.same_period(TODAY)
    assert not compare(same.before.result, same.now.result).comparable
    assert "edition" in compare(same.before.result, same.now.result).dimensions
    assert (same.before.lost_days, same.now.lost_days) == (18, 21)
    split = same.split
    assert split.known_days == 279
    days = [round(-one * 279 / 100) for step in (split.air_first, split.rule_first) for one in (step.air, step.rule)]
    assert days == [-4, 7, -2, 5]
    assert same.change_in_days == {"air_1": -4, "rule_1": 7, "air_2": -2, "rule_2": 5}
    assert list(same.change_in_points.values()) == pytest.approx([-100 * one / 279 for one in days], abs=0.01)
    apart = replace(same, split=replace(split, now=replace(split.now, valid_days=278)))
    assert (
        apart.change_in_days is None
    )  # days of years that know different numbers of them are not set beside each other
    january_february = bad_days(2025, 150, 75, "02-28")
    from_march = bad_days(2025, 120, 60, "10-06") - bad_days(2025, 120, 60, "02-28")
    assert 279 - split.before_by_later.good_days == january_february + from_march == 23


def test_the_running_year_is_the_one_the_data_reach() -> None:
    assert budget.running_year(TODAY) == air.latest_day().day.year == 2026
    new, old = budget.both(TODAY)
    assert (new.now.edition, old.now.edition) == (air.NEW, air.OLD)


@pytest.mark.parametrize("year", [2020, 2021, 2022, 2025, 2026])
@pytest.mark.parametrize("edition", [air.OLD, air.NEW])
def test_days_lost_by_ozone_alone_are_among_those_whose_8_hour_value_is_known(year: int, edition: str) -> None:
    found = budget.counted(year, edition, date(year, 12, 31))
    assert found.lost_by_ozone_alone_days <= found.ozone_known_days
    if year == 2026:
        assert (found.lost_by_ozone_alone_days, found.ozone_known_days) == (6, 101)
