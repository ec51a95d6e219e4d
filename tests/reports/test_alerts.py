"""What needs attention at a moment."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from reports import alerts
from tests import living
from tests.living import at, hours, tell

NOW = at("2026-11-23T18:30")
SIX = at("2026-11-23T18:00")


@pytest.fixture(autouse=True)
def own_store(tmp_path: Path) -> Iterator[None]:
    with living.store(tmp_path):
        yield


def air(**aqi: float) -> None:
    for place, value in aqi.items():
        tell("cnemc_air", hours(place.removeprefix("s_"), "aqi", SIX, [value], note="PM10"), now=NOW)


def test_sources_that_never_spoke_are_silent_and_nothing_else_is_found() -> None:
    found = alerts.of(NOW)
    assert len(found.silent) == found.watched > 0
    assert (found.hour, found.stations, found.doubted) == (None, (), ())
    assert not found.calm


def test_a_hundred_is_good_and_one_more_is_not() -> None:
    air(xining=100, s_3055A=100)
    assert (alerts.of(NOW).city, alerts.of(NOW).stations) == (None, ())
    assert alerts.of(NOW).hour is not None
    air(xining=101, s_3055A=101, s_3629A=140)
    found = alerts.of(NOW)
    assert found.city is not None
    assert (found.city.aqi, [one.station_id for one in found.stations]) == (101, ["3629A", "3055A"])


def test_all_is_calm_where_every_source_spoke_and_nothing_was_found() -> None:
    found = replace(alerts.of(NOW), silent=())
    assert found.calm
    assert not replace(found, sections=(object(),)).calm


def test_an_hour_out_of_date_is_the_silence_of_its_source_and_no_longer_the_air_s() -> None:
    air(xining=180)
    later = NOW + timedelta(days=1)
    found = alerts.of(later)
    assert found.city is None
    assert "cnemc_air" in [one.source_id for one in found.silent]
    assert not found.calm


def test_a_doubtful_reading_counts_for_two_days() -> None:
    tell("cnemc_air", hours("xining", "pm10_ugm3", SIX, [5900.0], flags="jump"), now=NOW)
    assert [one.flags for one in alerts.of(NOW).doubted] == [("jump",)]
    assert alerts.of(SIX + timedelta(hours=48)).doubted
    assert not alerts.of(SIX + timedelta(hours=49)).doubted


def test_a_section_under_its_aim_is_named_while_its_class_is_fresh() -> None:
    """Ammonia nitrogen 1.2 mg/L is class Ⅳ; the river's aim where it leaves the city is Ⅲ."""
    values = {"ph": 8.0, "do_mgl": 9.0, "codmn_mgl": 2.0, "nh3n_mgl": 1.2, "tp_mgl": 0.02}
    for item, value in values.items():
        row = {
            "place_id": "xiaoxia",
            "item": item,
            "averaging": "instant",
            "at": at("2026-11-23T16:00"),
            "value": value,
        }
        tell("cnemc_water", [row], now=NOW)
    assert [one.id for one in alerts.of(NOW).sections] == ["xiaoxia"]
    assert alerts.of(NOW + timedelta(days=800)).sections == ()


def test_work_that_ends_within_thirty_days_is_due_and_what_was_promised_is_counted() -> None:
    found = alerts.of(at("2026-12-01T12:00"))
    assert found.due
    assert all(0 <= (part.days_left or 0) <= 30 for part in found.due)
    assert {one.judgement.status for one in found.missed} <= {"behind", "not_met"}
    assert found.without_result > 0
    assert not alerts.of(at("2026-11-30T12:00")).due
