"""Years of before 2018-09-01 in today's measuring state, against hand-worked days and the counts measured beside."""

import numpy as np
import pandas as pd
import pytest

from reports import air, air_state
from store import facts

DAY = {"pm25_ugm3": 80.0, "pm10_ugm3": 200.0, "so2_ugm3": 10.0, "no2_ugm3": 40.0, "co_mgm3": 1.0}


def one(day: str, temperature: float, pressure: float, **more: float) -> pd.Series:
    days = pd.DataFrame([{"date": pd.Timestamp(day), **DAY, **more}])
    weather = pd.DataFrame(
        [
            {
                "date": pd.Timestamp(day),
                "t_mean_c": temperature,
                "t_min_c": -10.0,
                "t_max_c": 30.0,
                "pressure_hpa": pressure,
            }
        ]
    )
    return air_state.carried_over(days, weather, "mean").iloc[0]


def test_a_day_by_hand() -> None:
    """273.15 / 293.15 × 770 / 1013.25 = 0.708085: PM2.5 80 → 56.65, PM10 200 → 141.62; gases × 0.91615."""
    made = one("2014-03-01", 20.0, 770.0)
    assert made["factor"] == pytest.approx(0.708085, abs=1e-6)
    assert (round(made["pm25_ugm3"], 2), round(made["pm10_ugm3"], 2)) == (56.65, 141.62)
    assert (round(made["no2_ugm3"], 2), round(made["co_mgm3"], 3)) == (36.65, 0.916)


def test_the_first_day_of_the_new_state_is_unchanged() -> None:
    assert one("2018-08-31", 20.0, 770.0)["pm10_ugm3"] < 200
    made = one("2018-09-01", 20.0, 770.0)
    assert (made["factor"], made["pm10_ugm3"], made["no2_ugm3"]) == (1.0, 200.0, 40.0)


def test_a_day_without_weather_is_left_out_and_named() -> None:
    days = pd.DataFrame([{"date": pd.Timestamp("2014-03-01"), **DAY}, {"date": pd.Timestamp("2019-03-01"), **DAY}])
    weather = facts.table("weather_daily").iloc[:0]
    made = air_state.carried_over(days, weather, "mean")
    assert made.loc[0, list(DAY)].isna().all()
    assert np.isnan(made.loc[0, "factor"])
    assert made.loc[1, "pm10_ugm3"] == 200.0
    # 2013-10-28 to 12-31 lie before the weather begins.
    bare = air_state.days(air.NEW)
    assert bare.loc[bare["factor"].isna(), "date"].agg(["min", "max", "size"]).tolist() == [
        pd.Timestamp(2013, 10, 28),
        pd.Timestamp(2013, 12, 31),
        65,
    ]


def test_good_days_of_2014_by_the_edition_in_force_and_todays_state() -> None:
    found = air_state.year(2014, air.NEW)
    assert (found.good_days, found.known_days) == (271, 365)
    assert (found.low, found.high) == (266, 282)
    assert found.mean_factor == 0.746
    assert found.provenance.kind == "estimated"
    assert "weather_station" in [one.document.document_id for one in found.provenance.sources]


def test_a_year_without_weather_is_refused() -> None:
    with pytest.raises(ValueError, match="2013"):
        air_state.year(2013, air.NEW)


def test_a_year_after_the_change_is_what_it_is() -> None:
    found = air_state.year(2025, air.NEW)
    assert (found.good_days, found.low, found.high) == (334, 334, 334)


def test_annual_means_carried_over_lie_between_their_bounds_and_end_with_the_change() -> None:
    found = air_state.annual()
    assert found["year"].tolist() == [2014, 2015, 2016, 2017, 2018]
    raw = air.long_run().annual.set_index("year")
    for name in ("pm25", "pm10"):
        assert (found[f"{name}_low_ugm3"] <= found[f"{name}_ugm3"]).all()
        assert (found[f"{name}_ugm3"] <= found[f"{name}_high_ugm3"]).all()
    ratio = found.set_index("year")["pm10_ugm3"] / raw["pm10_ugm3"]
    assert ratio.loc[2014:2017].between(0.73, 0.77).all()
    assert ratio.loc[2018] > 0.77  # four of its months are as they were
