"""What is known of a day's ozone: hand-worked days around the limit."""

import numpy as np
import pytest

from assessment import ozone
from assessment.air_year import highest_8h_mean
from assessment.editions import NEW, OLD
from store.standards import aqi_editions

NAN = float("nan")


@pytest.mark.parametrize("edition", [OLD, NEW])
@pytest.mark.parametrize(
    ("mda8", "hour", "stations", "state"),
    [
        (120.0, 150.0, False, ozone.COUNTED),
        (120.0, 150.0, True, ozone.FROM_STATIONS),
        (NAN, 160.0, False, ozone.PROVEN),
        (NAN, 160.5, False, ozone.PROVEN),  # half to even: 160, which is still an index of 100
        (NAN, 160.6, False, ozone.UNKNOWN),  # 161 is an index of 101
        (NAN, 161.0, False, ozone.UNKNOWN),
        (NAN, NAN, False, ozone.UNKNOWN),
        (NAN, 900.0, False, ozone.UNKNOWN),  # beyond the table
        (NAN, 100.0, True, ozone.PROVEN),  # stations without a value
    ],
)
def test_states(edition: str, mda8: float, hour: float, stations: bool, state: str) -> None:
    assert ozone.states([mda8], [hour], [stations], aqi_editions()[edition]).tolist() == [state]


@pytest.mark.parametrize(
    ("aqi", "mda8", "hour", "most"),
    [
        (80.0, 100.0, 170.0, 80.0),  # the 8-hour value is known: its largest hour says nothing more
        (40.0, 110.0, NAN, 59.0),  # known, but not in the index: 50 + 50·10/60 = 58.3 → 59
        (40.0, NAN, 113.0, 61.0),  # 50 + 50·13/60 = 60.8 → 61
        (90.0, NAN, 113.0, 90.0),
        (40.0, NAN, 161.0, 101.0),
        (40.0, NAN, NAN, NAN),
        (NAN, NAN, 100.0, NAN),  # no index, nothing to bound
    ],
)
def test_the_index_at_most(aqi: float, mda8: float, hour: float, most: float) -> None:
    np.testing.assert_array_equal(ozone.aqi_at_most([aqi], [mda8], [hour], aqi_editions()[NEW]), [most])


def test_above_the_end_of_the_table_the_editions_part() -> None:
    """800 µg/m³ ends both tables at 300: the 2026 edition keeps 300, the 2012 edition asks for the other average."""
    values = [800.0, 801.0]
    assert ozone.iaqi_8h(values, aqi_editions()[NEW]).tolist() == [300, 300]
    np.testing.assert_array_equal(ozone.iaqi_8h(values, aqi_editions()[OLD]), [300, np.nan])


@pytest.mark.parametrize(
    ("lowest", "highest", "unsure"),
    [(157, 165, True), (161, 165, False), (150, 160, False), (160, 161, True), (NAN, NAN, False), (160, NAN, False)],
)
def test_stations_on_both_sides_of_the_limit_do_not_settle_a_day(lowest: float, highest: float, unsure: bool) -> None:
    assert ozone.unsure([lowest], [highest], aqi_editions()[NEW]).tolist() == [unsure]


def test_the_mean_of_largest_means_is_never_below_the_largest_of_means() -> None:
    """Why the stations' mean may only be too high: two stations that peak at different hours."""
    hours = np.zeros((1, 24, 2))
    hours[0, 8:16, 0], hours[0, 12:20, 1] = 200.0, 200.0
    of_stations = highest_8h_mean(hours)[0].mean()
    of_city = highest_8h_mean(hours.mean(axis=2, keepdims=True))[0, 0]
    assert (of_stations, of_city) == (200.0, 150.0)


def test_a_negative_concentration_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        ozone.states([NAN], [-1.0], [False], aqi_editions()[NEW])
