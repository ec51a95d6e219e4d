"""The newest river with its age; the newest air is in test_advice."""

from datetime import date
from pathlib import Path

import pytest

from reports import advice, air, latest, water
from tests import live_stores
from tests.checks import not_none
from tests.live_stores import at, hours, write_readings

NOW = at("2026-11-23T18:30")


@pytest.mark.parametrize(
    ("last_hour", "newer"), [("2026-10-05T23:00", False), ("2026-10-06T00:00", False), ("2026-10-06T08:00", True)]
)
def test_an_hour_is_the_newest_unless_the_last_whole_day_is_later(tmp_path: Path, last_hour: str, newer: bool) -> None:
    with live_stores.filled(tmp_path):
        assert air.latest_day().day == date(2026, 10, 6)
        assert advice.newest_hour() is None
        write_readings("cnemc_air", hours("xining", "aqi", at(last_hour), [57.0]), now=NOW)
        report = advice.newest_hour()
        assert (report is not None) is newer
        assert report is None or report.city.at == at(last_hour)
        assert (advice.now().at is not None) is newer


def test_the_river_is_that_of_the_outflow_with_the_age_of_its_hour() -> None:
    river = latest.of_river(NOW)
    assert river.outflow == water.overview(date(2026, 11, 23)).outflow
    known = river.outflow.latest
    assert known is not None
    assert known.hour is not None
    assert river.freshness is not None
    data_at = not_none(river.freshness.data_at)
    assert (data_at.date(), data_at.hour) == (known.end, known.hour)
    assert not river.current  # it was read from a file


def test_before_its_first_hour_a_class_of_a_period_has_no_hour_to_age_by() -> None:
    river = latest.of_river(at("2019-06-01T12:00"))
    assert river.outflow.latest is None or river.outflow.latest.hour is None
    assert river.freshness is None


def test_the_age_of_the_air_is_its_hours_or_its_whole_days(tmp_path: Path) -> None:
    """A day is over at the midnight that ends it."""
    with live_stores.filled(tmp_path):
        of_day = latest.age_of_air(NOW)
        assert (of_day.at, of_day.day, of_day.freshness.data_at) == (None, date(2026, 10, 6), at("2026-10-07T00:00"))
        write_readings("cnemc_air", hours("xining", "aqi", at("2026-11-23T18:00"), [57.0]), now=NOW)
        of_hour = latest.age_of_air(NOW)
        assert (of_hour.at, of_hour.day, of_hour.freshness.state) == (
            at("2026-11-23T18:00"),
            date(2026, 11, 23),
            "live",
        )
