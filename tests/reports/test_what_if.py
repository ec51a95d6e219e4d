"""A year by each edition: the same days, their difference, the means against the limits of each phase."""

import pytest

from reports import air, what_if


def test_both_editions_judge_the_same_days() -> None:
    for number in what_if.years():
        found = what_if.what_if(number)
        old, new = (found.by_edition[name] for name in what_if.EDITIONS)
        assert old.known_days == new.known_days
        assert found.good_days_fewer >= 0, number  # no limit of the newer edition is looser
        assert sum(old.by_level.values()) == sum(new.by_level.values()) == old.known_days
        assert found.change.comparable, number


def test_a_year_worked_by_hand() -> None:
    """2025: 365 days; 19 above 100 by the 2012 edition, 31 by that of 2026 (the budget's counts)."""
    found = what_if.what_if(2025)
    old, new = (found.by_edition[name] for name in what_if.EDITIONS)
    assert (old.known_days, old.bad_days, new.bad_days) == (365, 19, 31)
    assert found.good_days_fewer == 12
    assert found.change.difference == pytest.approx(-100 * 12 / 365)


def test_means_stand_against_every_phase() -> None:
    """2025: PM2.5 32 µg/m³, within 35, above 30 and 25."""
    found = {one.limit.pollutant: one for one in what_if.what_if(2025).means}
    assert set(found) == {"PM2.5", "PM10", "SO2", "NO2"}
    pm25 = found["PM2.5"]
    assert pm25.item.mean == 32
    assert pm25.limit.values == (35, 30, 25)
    assert pm25.within == (True, False, False)


def test_too_few_days_are_not_judged() -> None:
    """The running year has no 324 days."""
    for one in what_if.what_if(air.latest_day().day.year).means:
        assert set(one.within) == {None}


@pytest.mark.parametrize(("year", "state"), [(2016, "before"), (2018, "mixed"), (2025, "after")])
def test_the_measuring_state_is_named(year: int, state: str) -> None:
    assert what_if.what_if(year).state == state
