"""Dated standards: the right edition and limit on each day, tables as the standards print them."""

from datetime import date, datetime
from itertools import pairwise

import pytest

from assessment.editions import NEW, OLD
from store import standards


def test_editions_stand_in_the_order_of_time() -> None:
    editions = standards.aqi_editions()
    assert list(editions) == [OLD, NEW]
    assert editions[OLD].effective_from == date(2013, 1, 1)  # first group of cities; nationwide from 2016
    assert editions[OLD].effective_to == date(2026, 2, 28)
    assert (editions[NEW].effective_from, editions[NEW].effective_to) == (date(2026, 3, 1), None)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2012, 12, 31), OLD),  # before the first edition: by the first
        (date(2013, 10, 28), OLD),
        (date(2026, 2, 28), OLD),
        (date(2026, 3, 1), NEW),
        (date(2031, 1, 1), NEW),
    ],
)
def test_a_day_has_its_edition(day: date, name: str) -> None:
    assert standards.edition_on(day).id == name


@pytest.mark.parametrize(
    ("edition", "key", "at_100", "top"),
    [
        (OLD, ("PM2.5", "24h"), 75, 500),
        (NEW, ("PM2.5", "24h"), 60, 500),
        (OLD, ("PM10", "24h"), 150, 500),
        (NEW, ("PM10", "24h"), 120, 500),
        (NEW, ("CO", "24h"), 4, 500),
        (OLD, ("SO2", "1h"), 500, 200),
        (NEW, ("O3", "8h"), 160, 300),
    ],
)
def test_breakpoints_rise_and_end_where_the_table_ends(
    edition: str, key: tuple[str, str], at_100: float, top: float
) -> None:
    table = standards.aqi_editions()[edition].breakpoints[key]
    assert table.concentration[list(table.iaqi).index(100)] == at_100
    assert table.top == top
    assert (table.concentration[0], table.iaqi[0]) == (0, 0)
    assert all(table.concentration[1:] > table.concentration[:-1])
    assert all(table.iaqi[1:] > table.iaqi[:-1])


def test_every_edition_has_ten_tables_and_six_levels_without_a_gap() -> None:
    for edition in standards.aqi_editions().values():
        assert len(edition.breakpoints) == 10  # SO2, NO2, CO, O3 by two averages, particles by one
        levels = edition.categories
        assert [one.level for one in levels] == [1, 2, 3, 4, 5, 6]
        assert [one.low for one in levels[1:]] == [51, 101, 151, 201, 301]
        assert [one.high for one in levels] == [50, 100, 150, 200, 300, None]
    assert [e.categories[0].low for e in standards.aqi_editions().values()] == [0, 1]


@pytest.mark.parametrize(
    ("day", "pollutant", "averaging", "value"),
    [
        (date(2013, 1, 1), "PM2.5", "annual", 35),
        (date(2026, 2, 28), "PM2.5", "annual", 35),
        (date(2026, 3, 1), "PM2.5", "annual", 30),
        (date(2030, 12, 31), "PM2.5", "24h", 60),
        (date(2031, 1, 1), "PM2.5", "annual", 25),
        (date(2026, 2, 28), "PM10", "24h", 150),
        (date(2026, 3, 1), "PM10", "24h", 120),
        (date(2026, 3, 1), "O3", "MDA8", 160),
        (date(2020, 6, 5), "CO", "24h", 4),
        (date(2031, 1, 1), "SO2", "annual", 20),
    ],
)
def test_the_limit_in_force_on_a_day(day: date, pollutant: str, averaging: str, value: float) -> None:
    assert standards.air_limit(day, pollutant, averaging) == value


def test_no_limit_is_invented() -> None:
    with pytest.raises(KeyError, match="2012-12-31"):
        standards.air_limit(date(2012, 12, 31), "PM2.5", "annual")
    with pytest.raises(KeyError, match="no class-2 limit"):
        standards.air_limits("CO", "annual")


def test_limits_follow_each_other_without_a_gap() -> None:
    for pollutant, averaging in (("PM2.5", "annual"), ("PM10", "24h"), ("O3", "MDA8"), ("NO2", "annual")):
        found = standards.air_limits(pollutant, averaging)
        for earlier, later in pairwise(found):
            assert earlier.end is not None
            assert (later.start - earlier.end).days == 1
        assert found[-1].end is None
    assert standards.annual_limits("PM10")[0] == (70.0, date(2013, 1, 1), date(2026, 2, 28))


def test_water_limits_hold_21_items_and_five_automatic_ones() -> None:
    limits = standards.water_limits()
    for body in ("river", "lake"):
        mine = limits[limits["water_body"].isin(("all", body))]
        assert (mine["in_21"] == 1).sum() == 21
        assert set(mine.loc[mine["in_auto5"] == 1, "item"]) == {"ph", "do_mgl", "codmn_mgl", "nh3n_mgl", "tp_mgl"}


@pytest.mark.parametrize(
    ("end", "edition"),
    [("2026-02-28T23:00", "HJ 633-2012"), ("2026-03-01T00:00", "HJ 633-2012"), ("2026-03-01T01:00", "HJ 633-2026")],
)
def test_an_hour_is_judged_by_the_day_it_closes(end: str, edition: str) -> None:
    assert standards.edition_of_hour(datetime.fromisoformat(end)).id == edition


def test_bounds_of_items_are_those_of_the_facts() -> None:
    assert standards.item_bounds()["ph"] == (0, 14)
    assert standards.item_bounds()["water_temp_c"] == (-1, 40)


@pytest.mark.parametrize(("year", "known"), [(2014, True), (2025, True), (2026, False), (2027, False)])
def test_the_annual_method_is_known_until_the_new_rules(year: int, known: bool) -> None:
    assert standards.annual_method_known(date(year, 12, 31)) is known
