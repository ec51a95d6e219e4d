"""The newest river as it stands on the clock; the newest air is in test_advice."""

from datetime import date

from reports import latest, water
from tests.living import at

NOW = at("2026-11-23T18:30")


def test_the_river_is_that_of_the_outflow_with_the_age_of_its_hour() -> None:
    river = latest.of_river(NOW)
    assert river.outflow == water.overview(date(2026, 11, 23)).outflow
    known = river.outflow.latest
    assert known is not None
    assert known.hour is not None
    assert river.freshness is not None
    assert (river.freshness.data_at.date(), river.freshness.data_at.hour) == (known.end, known.hour)
    assert not river.current  # it was read from a file


def test_before_its_first_hour_a_class_of_a_period_has_no_hour_to_age_by() -> None:
    river = latest.of_river(at("2019-06-01T12:00"))
    assert river.outflow.latest is None or river.outflow.latest.hour is None
    assert river.freshness is None
