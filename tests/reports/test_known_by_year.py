"""How much is known, year by year."""

from datetime import date

from reports import figures, method
from store import tracked
from tests.served import TODAY


def test_counts_are_those_of_the_tables() -> None:
    days, stated, hours = method.known_by_year(date.fromisoformat(TODAY))
    table = tracked.read("air_daily")["date"]
    assert (days.name, stated.name, hours.name) == ("days", "figures", "hours")
    assert days.by_year[2013] == 65  # 28 October to 31 December
    assert sum(days.by_year.values()) == len(table)
    assert days.possible is not None
    assert (days.possible[2023], days.possible[2024]) == (365, 366)
    assert hours.by_year[2021] == 45
    assert hours.by_year[2022] == 0  # there as zero, not left out
    assert list(days.by_year) == list(stated.by_year) == list(hours.by_year) == list(range(2013, 2027))


def test_years_with_days_enough() -> None:
    days = method.known_by_year(date.fromisoformat(TODAY))[0]
    assert days.past == tuple(range(2013, 2026))
    assert days.enough == tuple(year for year in range(2014, 2026) if year != 2023)  # 65 days of 2013, 315 of 2023


def test_figures_are_official_and_of_years_that_have_ended() -> None:
    day = date(2020, 6, 30)
    stated = method.known_by_year(day)[1]
    by_hand = [one for one in figures.every() if one.row.kind == "stated" and one.end <= day and one.end_year >= 2013]
    assert sum(stated.by_year.values()) == len(by_hand)
    assert max(stated.by_year) == 2020
