"""Trends of the six pollutants on the tracked months, against figures reckoned independently of this code."""

import numpy as np
import pandas as pd
import pytest

from reports import trends
from store import facts

# Reckoned elsewhere for 2018-09 to 2026-09: slope a year and 95 % interval, µg/m³ (CO mg/m³).
ELSEWHERE = {
    "pm10_ugm3": (-1.07, -1.87, -0.26),
    "no2_ugm3": (-1.87, -2.36, -1.27),
    "so2_ugm3": (-0.34, -0.64, -0.05),
    "co_mgm3": (-0.059, -0.08, -0.04),
}
# The slope is the same rule on the same months: equal as far as it is published. The ends of an interval are drawn: another
# way of drawing blocks moves them by a tenth or two of the interval's width.
OF_THE_WIDTH, OF_THE_ROUNDING = 0.1, 0.005
GAPS = {"2018-12": 26, "2023-02": 24, "2023-03": 0, "2023-04": 15, "2026-10": 6}


@pytest.mark.slow
@pytest.mark.parametrize("column", list(ELSEWHERE))
def test_slopes_and_intervals_meet_those_reckoned_elsewhere(column: str) -> None:
    found, (slope, low, high) = trends.one(column).trend, ELSEWHERE[column]
    assert found is not None
    decimals = 3 if column == "co_mgm3" else 2
    assert round(found.slope, decimals) == slope
    space = OF_THE_WIDTH * (high - low) + OF_THE_ROUNDING
    assert found.low == pytest.approx(low, abs=space)
    assert found.high == pytest.approx(high, abs=space)
    assert (found.sign, found.n) == (-1, 93)


def test_fine_particles_have_no_certain_direction() -> None:
    found = trends.one("pm25_ugm3").trend
    assert found is not None
    assert found.low < 0 < found.high
    assert trends.direction(found) == "unsure"


def test_direction_of_each() -> None:
    """SO2: the interval ends just below 0, the seasonal Kendall test with its covariance does not confirm it."""
    assert {one.column: trends.direction(one.trend) for one in trends.six()} == {
        "pm25_ugm3": "unsure",
        "pm10_ugm3": "falls",
        "no2_ugm3": "falls",
        "so2_ugm3": "falls_likely",
        "co_mgm3": "falls",
        "o3_1h_ugm3": "unsure",
    }
    assert trends.direction(None) == "unknown"


def test_months_without_their_days_are_named() -> None:
    """The five days missing at the end of 2018, and 25 February to 15 April 2023; October 2026 has only begun."""
    for one in trends.six():
        if one.column != trends.O3_1H:
            assert dict(one.left_out) == GAPS
            assert (one.first, one.last) == ("2018-09", "2026-09")
    ozone = trends.one(trends.O3_1H)
    assert ozone.first == "2020-01"
    assert {month: n for month, n in ozone.left_out if month > "2020"} == {m: n for m, n in GAPS.items() if m > "2020"}


def test_no_trend_runs_across_the_change_of_state() -> None:
    for one in trends.six("before"):
        assert one.last <= "2018-08"
    for one in trends.six("after"):
        assert one.first >= "2018-09"
    assert not trends._alike("pm10_ugm3", ["2018-08", "2018-09"])  # were a series to cross it, none would be given
    assert trends._alike("pm10_ugm3", ["2018-09", "2018-10", "2024-02"])


def test_ozone_is_of_one_kind_on_either_side() -> None:
    """8-hour values end in April 2018, 1-hour maxima begin in December 2019: a month of both kinds is in neither."""
    before = trends.six("before")[-1]
    assert (before.column, before.first, before.last) == ("o3_8h_ugm3", "2013-12", "2018-04")
    assert before.annual is None
    daily = facts.table("air_daily").set_index("date")
    one = daily.loc["2022-07", "o3_ugm3"]
    assert set(daily.loc["2022-07", "o3_kind"]) == {"max_1h"}
    monthly = trends.one(trends.O3_1H).monthly
    at = list(monthly.months).index(np.datetime64("2022-07"))
    assert monthly.means[at] == pytest.approx(one.mean())


def test_the_archives_months_are_those_of_the_days() -> None:
    """Where days are known too, the archive's monthly means agree: 2013-12 to 2017-05, ozone of its 8-hour kind."""
    days, months = facts.table("air_daily"), facts.table("air_monthly").set_index("month")
    days = days[days["o3_kind"] == "max_8h"]
    mean = days.groupby(days["date"].dt.strftime("%Y-%m"))[["o3_ugm3", "pm10_ugm3", "pm25_ugm3"]].mean()
    both = months.join(mean.add_suffix("_of_days"), how="inner")
    assert len(both) == 42
    assert (both["o3_8h_mean_ugm3"] - both["o3_ugm3_of_days"]).abs().mean() < 0.5
    assert (both["pm10_ugm3"] - both["pm10_ugm3_of_days"]).abs().mean() < 1.5
    assert (both["pm25_ugm3"] - both["pm25_ugm3_of_days"]).abs().mean() < 1


def test_annual_values_have_a_p_only_where_they_can() -> None:
    """Before the change four whole years, which cannot reach 0.05; since then six (2023 knows 315 days)."""
    for one in trends.six("before")[:-1]:
        assert one.annual is not None
        assert (one.years, one.annual.test.p_value) == (4, None)
    co = trends.one("co_mgm3")
    assert co.annual is not None
    assert co.years == 6
    # 2019–2022, 2024, 2025: one inversion (2020, 2021): 2 × (1 + 5) of 720 orders
    assert co.annual.test.p_value == pytest.approx(12 / 720)


def test_the_share_a_year_is_of_the_same_months() -> None:
    one = trends.one("no2_ugm3")
    assert one.trend is not None
    assert one.percent_a_year is not None
    mean = pd.Series(one.monthly.means).mean()
    assert one.percent_a_year[0] == pytest.approx(100 * one.trend.slope / mean)
