"""The air report against the tracked days, counted by hand or by other means."""

from datetime import date

import pandas as pd
import pytest

from reports import air
from store import facts

TODAY = date(2026, 11, 23)


def test_every_archived_day_is_judged_by_the_edition_of_its_day() -> None:
    days = air.days()
    assert len(days) == len(facts.table("air_daily")) == 4667
    new = days["date"] >= "2026-03-01"
    assert set(days.loc[new, "standard"]) == {"HJ 633-2026"}
    assert set(days.loc[~new, "standard"]) == {"HJ 633-2012"}


def test_a_dust_storm_by_hand() -> None:
    """2025-03-26: PM10 788 is above the table's 600 → IAQI 500; PM2.5 207: 200 + 100·57/100 = 257."""
    row = air.days().set_index("date").loc["2025-03-26"]
    assert (row["pm10_ugm3"], row["pm25_ugm3"]) == (788, 207)
    assert (row["iaqi_pm10"], row["iaqi_pm25"], row["aqi"], row["level"], row["primary"]) == (500, 257, 500, 6, "PM10")


def test_ozone_is_judged_only_where_it_is_what_the_edition_asks_for() -> None:
    days = air.days()
    assert days.loc[days["o3_kind"] == "max_8h", "o3_8h_ugm3"].notna().all()
    assert days.loc[days["o3_kind"] == "mean_1h", ["o3_8h_ugm3", "o3_1h_ugm3"]].isna().all(axis=None)
    assert not days.loc[days["date"] >= "2026-03-01", "ozone_judged"].any()


def test_the_year_2025_counted_independently() -> None:
    """The archive's bad days of 2025: PM10 above 150 or PM2.5 above 75 (2012 edition) on 19 of 365 days."""
    daily = facts.table("air_daily")
    mine = daily[daily["date"].dt.year == 2025]
    bad = (mine["pm10_ugm3"].round() > 150) | (mine["pm25_ugm3"].round() > 75)
    year = air.year(2025)
    assert (year.known_days, year.bad_days) == (365, int(bad.sum())) == (365, 19)
    assert year.share_pct == 94.8  # 346 ÷ 365
    assert air.year(2025, air.NEW).share_pct == 91.5  # 334 ÷ 365


def test_primary_days_share_ties_and_count_only_days_above_50() -> None:
    year = air.year(2025)
    above = air.days()
    above = above[(above["date"].dt.year == 2025) & (above["aqi"] > 50)]
    assert sum(year.primary_days.values()) == pytest.approx(len(above))


def test_what_the_stricter_rule_alone_takes_away() -> None:
    effect = air.rule_effect(2026)
    assert (effect.in_force.valid_days, effect.bad_in_force, effect.bad_by_old) == (279, 21, 14)
    assert (effect.in_force.share_pct, effect.by_old.share_pct, effect.points) == (92.5, 95.0, 2.5)


def test_days_the_year_can_still_lose() -> None:
    """2026-10-06 is day 279 and all are known: 279 + 86 = 365; floor(365 × 0.05) = 18; 18 − 21 = −3."""
    ahead = air.ahead(95.0)
    assert (ahead.expected_days, ahead.days_to_come, ahead.may_lose, ahead.lost, ahead.left) == (365, 86, 18, 21, -3)
    assert ahead.end.worst_pct <= ahead.end.middle_pct <= ahead.end.best_pct
    worst = max(ahead.past_rest.values())
    assert ahead.end.worst_pct == round(100 * (365 - 21 - worst) / 365, 1)


def test_a_past_year_with_a_gap_in_its_rest_is_left_out() -> None:
    assert 2018 not in air.ahead(95.0).past_rest  # particles were measured otherwise
    assert set(air.ahead(95.0).past_rest) == set(range(2019, 2026))


def test_no_trend_runs_across_the_change_of_state() -> None:
    for trend in air.long_run().trends:
        assert trend.last_year < 2018 or trend.first_year > 2018


def test_years_with_too_few_days_have_no_annual_mean() -> None:
    years = set(air.long_run().annual["year"])
    assert 2023 not in years  # 315 days
    assert 2013 not in years
    assert {2014, 2025} <= years


def test_official_shares_keep_both_values_of_a_contradicted_year() -> None:
    by_year: dict[int, set[float]] = {}
    for year, value, basis in air.shares().official:
        by_year.setdefault(year, set()).add(value)
        assert basis.sources
    assert by_year[2020] == {87.3, 92.1}
    assert by_year[2025] == {96.2}


def test_limits_follow_the_day() -> None:
    limits = {start: value for value, start, _ in air.long_run().limits["pm25_ugm3"]}
    assert limits[date(2013, 1, 1)] == 35
    assert limits[date(2026, 3, 1)] == 30
    assert limits[date(2031, 1, 1)] == 25


def test_five_capitals_by_year_stop_at_the_last_whole_year() -> None:
    report = air.capitals()
    assert report.last_year == 2025
    assert set(report.annual["area_id"]) == set(air.CAPITALS)
    assert report.annual["year"].max() == 2025
    assert not report.annual.duplicated(["area_id", "year"]).any()


def test_a_capitals_year_is_its_months_weighted_by_days() -> None:
    monthly = facts.table("capitals_monthly")
    mine = monthly[(monthly["area_id"] == "xian") & monthly["month"].str.startswith("2025")]
    by_hand = round(float((mine["pm25_ugm3"] * mine["days_known"]).sum() / mine["days_known"].sum()), 1)
    annual = air.capitals().annual.set_index(["area_id", "year"])
    assert annual.loc[("xian", 2025), "pm25_ugm3"] == by_hand


def test_the_last_day_tells_what_it_does_not_know() -> None:
    day = air.latest_day()
    assert day.day == date(2026, 10, 6)
    ozone = next(item for item in day.items if item.pollutant == "O3")
    assert ozone.value is None
    assert ozone.iaqi is None
    assert not day.ozone_judged
    assert {item.pollutant: item.limit for item in day.items}["PM2.5"] == 60
    assert [s.document["document_id"] for s in day.basis.sources] == ["archive_quotsoft"]


def test_a_year_without_days_is_refused() -> None:
    with pytest.raises(ValueError, match="2009"):
        air.year(2009)


def test_bad_days_are_listed_once_with_the_dust_hint() -> None:
    frame = air.exceedances(2026)
    assert len(frame) == air.year(2026).bad_days
    assert (frame["aqi"] > 100).all()
    assert frame["ratio"].equals((frame["pm25_ugm3"] / frame["pm10_ugm3"]).round(2))
    assert isinstance(frame["date"].iloc[0], pd.Timestamp)
