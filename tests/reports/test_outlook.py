"""Where the year may end, on the tracked days."""

from datetime import date

import numpy as np
import pytest

from reports import air
from reports import outlook as outlooks

TODAY = date(2026, 11, 29)


@pytest.mark.parametrize(("edition", "lost", "last_year"), [(air.OLD, 14, 19), (air.NEW, 28, 31)])
def test_days_known_passed_and_to_come_make_the_year(edition: str, lost: int, last_year: int) -> None:
    found = outlooks.year_end(edition, TODAY)
    assert found is not None
    assert (found.until, found.known_days, found.lost_days) == (date(2026, 10, 6), 279, lost)
    assert (found.passed_days, found.days_to_come) == (53, 33)
    assert found.known_days + found.passed_days + found.days_to_come == 365
    assert found.very_likely[0] <= found.likely[0] <= found.middle <= found.likely[1] <= found.very_likely[1]
    assert found.likely[0] >= lost
    whole = outlooks.history(edition).of(2025)
    assert int(np.nansum(whole)) == last_year
    assert found.provenance.standard == edition
    assert found.provenance.terms is None


def test_a_past_years_rest_is_counted_on_its_own_days() -> None:
    """7 October to 31 December of 2025, by the 2012 edition: particles above 150 or 75, gases stay far below."""
    days = air.days(air.OLD)
    rest = days[(days["date"] >= "2025-10-07") & (days["date"] <= "2025-12-31")]
    bad = int(((rest["pm10_ugm3"].round() > 150) | (rest["pm25_ugm3"].round() > 75)).sum())
    found = outlooks.year_end(air.OLD, TODAY)
    assert found is not None
    assert found.as_in[2025] == 14 + bad
    assert set(found.as_in) == set(range(2018, 2026))  # the whole rest of 2018 lies after the change of state


def test_the_past_begins_with_the_change_of_measuring_state() -> None:
    assert str(outlooks.history(air.NEW).days[0]) == "2018-09-01"
    assert outlooks.year_end(air.OLD, date(2018, 9, 1)) is None
    assert outlooks.year_end(air.OLD, date(2019, 6, 1)) is None
    with pytest.raises(ValueError, match="one edition"):
        outlooks.history(air.IN_FORCE)


def test_after_new_years_day_the_year_without_data_is_not_the_one_given() -> None:
    found = outlooks.year_end(air.OLD, date(2027, 1, 15))
    assert found is not None
    assert (found.year, found.passed_days, found.days_to_come) == (2026, 86, 0)


@pytest.mark.parametrize("edition", outlooks.EDITIONS)
def test_every_months_start_of_seven_years_is_accounted_for(edition: str) -> None:
    found = outlooks.record(edition, TODAY)
    assert found.issued + found.too_early + found.unknown == 7 * 12
    assert found.unknown == 12  # 2023 knows 315 days
    assert (
        found.compared == 12 * 3 + 4
    )  # 2021, 2022 and 2025; 2020 from September; 2024 has no year before it to compare
    assert found.within_likely <= found.within_very_likely <= found.issued
    assert found.within_likely / found.issued > 0.7  # claimed to be eight in ten
    assert found.too_narrow == (found.within_very_likely / found.issued < 0.9)
    assert found.brier is not None
    assert found.brier < 0.25


def test_a_year_is_tested_once_it_is_over() -> None:
    """2026 as known in November: 330 days make a year's statistics, so its twelve outlooks are issued."""
    before, after = (outlooks.record(air.OLD, today) for today in (TODAY, date(2027, 1, 15)))
    assert (before.last_year, after.last_year) == (2025, 2026)
    assert after.starts == before.starts + 12


def test_records_are_those_of_both_editions_the_one_in_force_first() -> None:
    assert [one.edition for one in outlooks.records(TODAY)] == [air.NEW, air.OLD]
