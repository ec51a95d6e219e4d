"""A reading of the air, a pollutant and a modelled day: formatted once, laid out by every surface alike."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from reports import air, air_now, latest, lookup, model
from tests import live_stores
from tests.checks import not_none
from tests.live_stores import at
from views.drawings import calendar
from views.lite import air as light_air
from views.lite import overview, pieces
from views.text.words import LANGUAGES, Words
from views.tokens import AQI_LEVELS
from views.ui import air as air_pieces
from views.ui.air import AirIndex, AirReading, PollutantRow
from views.ui.forecast import ModelledDay
from views.visit import Visit
from views.wall import budget, now

MOMENT = "2026-11-23T18:30"
NOW = at(MOMENT)
ZH, EN = Words("zh"), Words("en")


@pytest.fixture(scope="module", autouse=True)
def store_with_readings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A store in which every source has answered."""
    folder = tmp_path_factory.mktemp("view_models")
    with live_stores.collected(folder, MOMENT):
        yield folder


def visit(lang: str) -> Visit:
    return Visit(Words(lang), "light", NOW, False)


# ── the index ────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("level", AQI_LEVELS)
def test_an_index_has_its_levels_word_and_colour(level: int, lang: str) -> None:
    index = AirIndex.of(57, level, Words(lang))
    row = lookup.categories()[level - 1]
    assert (index.number, index.level, index.color) == ("57", Words(lang).of(row.name), AQI_LEVELS[level])
    assert index.text == f"57 {index.level}"
    assert index.known
    drawn = air_pieces.index_row(index)
    assert ">57<" in drawn
    assert index.color in drawn


def test_without_an_index_a_word_names_that_and_there_is_no_colour() -> None:
    index = AirIndex.of(None, None, EN)
    assert (index.number, index.level, index.color, index.known) == ("—", EN("air.no_index"), "", False)


# ── the reading ──────────────────────────────────────────────────────────────────────────────────────────────────────
def test_only_the_air_outside_gives_advice() -> None:
    hour = not_none(air_now.now()).city
    row = lookup.categories()[not_none(hour.level) - 1]
    current = AirReading.of_hour(hour, EN, air_now.hour_freshness(hour, NOW))
    later = AirReading.of_hour(hour, EN, air_now.hour_freshness(hour, at("2026-11-24T18:30")))
    assert (current.advice, current.effect) == (EN.of(row.advice), EN.of(row.effect))
    assert (later.advice, later.effect) == ("", current.effect)
    assert AirReading.of_hour(hour, EN).advice == ""
    assert AirReading.of_hour(hour, EN).age == ""
    assert EN("live.stale") in later.age
    assert AirReading.of_day(air.latest_day(), EN).advice == ""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_surface_gives_the_same_reading(lang: str) -> None:
    w, v, hour = Words(lang), visit(lang), not_none(air_now.now()).city
    reading = AirReading.of_hour(hour, w, air_now.hour_freshness(hour, NOW))
    newest = AirReading.of_latest(latest.of_air(NOW), w)
    assert (newest.index, newest.primary, newest.age) == (reading.index, reading.primary, reading.age)
    card = air_pieces.city_card(hour, air_now.hour_freshness(hour, NOW), w)
    for drawn in (card, pieces.sky(latest.of_air(NOW), w), str(now.scene(v))):
        assert reading.index.number in drawn
        assert reading.index.level in drawn
        assert reading.index.color in drawn
    assert reading.index.level in overview.summary(latest.of_air(NOW), w)
    assert overview.picture(latest.of_air(NOW), w).color == reading.index.color


# ── its pollutants ───────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_surface_gives_the_same_pollutants(lang: str) -> None:
    w, v = Words(lang), visit(lang)
    light, wall = light_air.page(v).body, now.scene(v).picture
    for item in not_none(air_now.now()).city.items:
        row = PollutantRow.of_hour(item, w)
        for drawn in (air_pieces.pollutant(row), light, wall):
            assert row.name in drawn
            assert row.value in drawn
        assert row.unit in row.text
        assert bool(row.mark) == (item.value is not None)


def test_what_was_not_measured_is_a_sentence_without_unit_and_line() -> None:
    item = air_now.Item("SO2", "so2_ugm3", None, "", None, None)
    row = PollutantRow.of_hour(item, EN)
    assert (row.value, row.text, row.unit, row.against, row.mark) == (row.value, row.value, "", "", "")
    assert row.value == EN("air.item_silent")
    ozone = PollutantRow.of_day(air.Item("O3", None, None, 160), EN)
    assert (ozone.value, ozone.mark) == (EN("air.item_missing"), "")


def test_a_day_is_set_against_its_limit() -> None:
    row = PollutantRow.of_day(air.Item("PM10", 60.04, 55.0, 120), ZH)
    assert (row.value, row.unit, row.against) == ("60", "μg/m³", "120")
    assert "left:80.0%" in row.mark  # the limit
    assert "left:40.0%" in row.mark  # the value: half of it
    assert PollutantRow.of_day(air.Item("CO", 0.456, 20.0, 4), ZH).value == "0.46"


# ── days ahead ───────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_surface_gives_the_same_days_ahead(lang: str) -> None:
    w, v = Words(lang), visit(lang)
    report = model.forecast(NOW)
    assert report is not None
    light, wall = light_air.page(v).body, budget.scene(v).picture
    assert report.ranged
    for n, one in enumerate(report.ranged):
        day = ModelledDay.of(one, w)
        for drawn in (light, wall) if n < 2 else (light,):  # the wall's scene of the year has the next days that fit
            assert day.day in drawn
            assert day.hours in drawn
    assert set(report.judged) <= set(report.ranged)
    assert model.worst(report.judged).high == max(one.high or 0 for one in report.judged)


# ── the year's calendar ──────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("edition", air.EDITIONS)
def test_a_calendar_is_marked_where_a_level_may_rise_with_ozone(edition: str) -> None:
    """As the cells are drawn: some cell has a dot where and only where the report has it."""
    for one in air.years():
        report = air.calendar(one.year, edition)
        drawn = calendar.year(report.days, one.year, ZH, title="", names=dict.fromkeys(AQI_LEVELS, ""))
        assert report.may_rise == ("<circle" in drawn), one.year
        assert report.best.bad_days - report.without.bad_days == len(report.alone.days)
