"""Days above AQI 100 added up: on years small enough to add by hand, and on the archive."""

from datetime import date
from math import nan

import numpy as np
import pandas as pd
import pytest

from assessment.comparison import Differs
from reports import air, cumulative
from reports.cumulative import Cumulative, Curve
from tests.checks import not_none
from tests.served import TODAY as DAY

TODAY = date.fromisoformat(DAY)


@pytest.fixture
def days(monkeypatch: pytest.MonkeyPatch) -> pd.DataFrame:
    """2023 and 2024: every day at 60 but the leap day and those the test changes."""
    frame = pd.DataFrame({"date": pd.date_range("2023-01-01", "2024-12-31"), "aqi": 60.0})
    monkeypatch.setattr(air, "days", lambda edition, ozone: frame)
    return frame


def put(days: pd.DataFrame, first: str, last: str, aqi: float) -> None:
    days.loc[days["date"].between(first, last), "aqi"] = aqi


def test_a_day_above_100_adds_one_from_its_own_place_on(days: pd.DataFrame) -> None:
    put(days, "2023-01-03", "2023-01-03", 101)
    put(days, "2023-01-04", "2023-01-04", 100)
    put(days, "2023-01-05", "2023-01-06", 300)
    found = cumulative._curve(2023, air.NEW, date(2023, 1, 8))
    assert found.lost == (0, 0, 1, 1, 2, 3, 3, 3)
    assert (found.total, found.known_days, found.unknown) == (3, 8, ())
    assert (found.at(date(2023, 1, 5)), found.at(date(2023, 1, 9))) == (2, None)


def test_a_day_without_data_adds_nothing_and_is_known_as_such(days: pd.DataFrame) -> None:
    put(days, "2023-01-02", "2023-01-04", nan)
    put(days, "2023-01-05", "2023-01-05", 150)
    put(days, "2023-01-07", "2023-01-10", nan)
    found = cumulative._curve(2023, air.NEW, date(2023, 1, 10))
    assert found.lost == (0, 0, 0, 0, 1, 1)  # it ends with its last known day
    assert (found.known_days, found.unknown) == (3, ((1, 3),))
    assert found.terms.period == "2023-01-01/2023-01-06"


def test_the_leap_day_counts_with_the_28th(days: pd.DataFrame) -> None:
    put(days, "2024-02-28", "2024-02-29", 150)
    whole = cumulative._curve(2024, air.NEW, date(2024, 12, 31))
    assert (len(whole.lost), whole.known_days) == (365, 366)
    assert whole.lost[57:60] == (0, 2, 2)
    assert whole.at(date(2024, 2, 27)) == 0


def test_two_years_compare_as_far_as_the_days_of_the_running_one_carry(days: pd.DataFrame) -> None:
    """Ten days known, then none for a month, then one: 11 of 41 carry nothing, the first ten do."""
    put(days, "2023-01-02", "2023-01-03", 150)
    put(days, "2024-01-05", "2024-01-05", 150)
    put(days, "2024-01-11", "2024-02-09", nan)
    same = cumulative._same_days(2024, air.NEW, date(2024, 2, 10))
    assert (same.until, same.now.total, same.before.total) == (date(2024, 1, 10), 1, 2)
    assert same.change == -1


def test_no_number_of_days_is_called_more_where_the_years_know_different_ones(days: pd.DataFrame) -> None:
    put(days, "2023-01-02", "2023-01-02", nan)
    put(days, "2024-01-03", "2024-01-03", 150)
    same = cumulative._same_days(2024, air.NEW, date(2024, 1, 10))
    assert same.comparison.comparable
    assert same.change is None


def test_years_that_do_not_compare_say_why(days: pd.DataFrame) -> None:
    put(days, "2023-01-01", "2023-01-08", nan)
    same = cumulative._same_days(2024, air.NEW, date(2024, 1, 10))
    assert same.change is None
    assert same.comparison.differs == (Differs("coverage", "2/10", ""),)


@pytest.fixture(scope="module")
def report() -> Cumulative:
    return cumulative.cumulative(TODAY)


def test_the_archive_as_it_stands(report: Cumulative) -> None:
    """279 days of 2026, 28 of them above 100 by the 2026 edition; the same days of 2025 had 27."""
    same = report.same
    assert (same.until, same.now.known_days, same.before.known_days) == (date(2026, 10, 6), 279, 279)
    assert (same.now.total, same.before.total, same.change) == (28, 27, 1)
    assert (report.now.total, report.before.total) == (28, 31)
    assert report.unknown == ((279, 325),)  # 7 October to 22 November
    assert report.unknown_days == 47


def test_it_says_the_same_as_budget_and_year_end(report: Cumulative) -> None:
    budget = not_none(report.budget)
    assert (report.now.total, report.before.total) == (budget.left.lost_days, budget.before.lost_days)
    assert report.end is not None
    assert (report.course[-1].low, report.course[-1].high) == report.end.likely
    assert report.course[-1].day == date(2026, 12, 31)


def test_the_range_is_of_years_whose_days_carry_them(report: Cumulative) -> None:
    assert [one.year for one in report.past] == [2019, 2020, 2021, 2022, 2024, 2025]
    assert [(one.year, one.known_days) for one in report.left_out] == [(2023, 315)]
    assert (report.low[-1], report.high[-1]) == (31, 53)
    for curve in report.past:
        inside = [low <= n <= high for low, n, high in zip(report.low, curve.lost, report.high, strict=False)]
        assert all(inside), curve.year


def rising(counts: tuple[int, ...]) -> bool:
    return bool((np.diff(counts) >= 0).all())


def test_no_count_ever_falls(report: Cumulative) -> None:
    every: list[Curve] = [report.now, report.before, *report.past]
    assert all(rising(one.lost) for one in every)
    assert rising(report.low)
    assert rising(report.high)
    assert rising(tuple(step.high for step in report.course))


def test_by_the_older_edition_every_year_is_judged_by_it() -> None:
    old = cumulative.cumulative(TODAY, air.OLD)
    assert {one.terms.edition for one in (old.now, old.before, *old.past)} == {air.OLD}
    assert old.now.total == 14
