"""Months and years of air, worked by hand: shares, percentiles, validity, hours."""

from functools import partial
from math import isnan, nan

import numpy as np
import pandas as pd
import pytest

from assessment import air_year, aqi
from assessment.editions import Breakpoints
from store import standards, tracked
from tests.cost import ratio


def days_of(year: int) -> np.ndarray:
    return np.arange(f"{year}-01-01", f"{year + 1}-01-01", dtype="datetime64[D]")


# ── shares ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_the_share_counts_valid_days_only() -> None:
    found = air_year.good_day_share(np.array([50.0, 100.0, 101.0, nan]))
    assert (found.good_days, found.valid_days, found.share_pct) == (2, 3, 66.7)
    assert air_year.good_day_share(np.array([nan])).share_pct is None


@pytest.mark.slow
@pytest.mark.parametrize(
    ("good", "valid", "share"),
    [
        (28, 30, 93.3),  # the province's own example of June 2020
        (351, 365, 96.2),
        (351, 366, 95.9),  # a leap year has its own denominator
        (1, 16, 6.2),  # 6.25: half to even
        (3, 16, 18.8),  # 18.75
    ],
)
def test_shares_have_one_decimal_half_to_even(good: int, valid: int, share: float) -> None:
    aqi = np.array([40.0] * good + [150.0] * (valid - good))
    assert air_year.good_day_share(aqi).share_pct == share


def test_what_the_rule_alone_changes() -> None:
    old = np.array([90.0, 100.0, 100.0, 130.0, nan])
    new = np.array([95.0, 112.0, 114.0, 140.0, 80.0])
    found = air_year.effect_of_rule(old, new)
    assert (found.earlier.share_pct, found.later.share_pct, found.points) == (75.0, 25.0, 50.0)
    assert found.later.valid_days == 4  # the day one edition cannot judge is in neither
    assert air_year.effect_of_rule(np.array([nan]), np.array([50.0])).points is None


# ── percentiles, means, validity ─────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("values", "p", "expected"),
    [
        ([1, 2, 3, 4, 5], 95, 4.8),  # k = 1 + 4 × 0.95 = 4.8
        ([5, 3, 1], 50, 3),  # k = 2, a whole number
        (list(range(1, 12)), 90, 10),  # k = 1 + 10 × 0.9 = 10
        ([7], 98, 7),
        ([10, nan, 20], 90, 19),  # k = 1 + 1 × 0.9: 10 + 10 × 0.9
        ([1, 2], 100, 2),
    ],
)
def test_percentiles_worked_by_hand(values: list[float], p: float, expected: float) -> None:
    assert air_year.percentile(np.array(values, float), p) == pytest.approx(expected, abs=1e-12)


def test_percentiles_agree_with_numpy_linear() -> None:
    values = np.random.default_rng(8).gamma(2, 30, 365)
    for p in (90, 95, 98):
        assert air_year.percentile(values, p) == pytest.approx(np.percentile(values, p))
    assert isnan(air_year.percentile(np.array([nan]), 95))


@pytest.mark.parametrize(
    ("month", "count", "enough"),
    [
        ("2023-01", 27, True),
        ("2023-01", 26, False),
        ("2023-02", 25, True),
        ("2023-02", 24, False),
        ("2024-02", 25, True),
    ],
)
def test_a_month_needs_27_days_and_february_25(month: str, count: int, enough: bool) -> None:
    days = np.datetime64(month, "D") + np.arange(count)
    assert air_year.enough_days(days, "month") is enough


def test_a_year_needs_324_days_and_every_month() -> None:
    whole = days_of(2023)
    assert air_year.enough_days(whole, "year")
    assert not air_year.enough_days(whole[:323], "year")
    thin_june = np.array([d for d in whole if not "2023-06-01" <= str(d) <= "2023-06-04"])
    assert len(thin_june) == 361
    assert not air_year.enough_days(thin_june, "year")  # 26 days of June
    month = whole.astype("datetime64[M]").astype(int) % 12
    day = (whole - whole.astype("datetime64[M]")).astype(int)
    least = whole[(day < 27) & ((month != 1) | (day < 25))]
    assert len(least) == 322  # 11 × 27 + 25: every month has enough, the year has not
    assert not air_year.enough_days(least, "year")
    assert air_year.enough_days(np.sort(np.append(least, whole[27:29])), "year")  # 324
    assert not air_year.enough_days(np.array([], dtype="datetime64[D]"), "year")
    assert not air_year.enough_days(np.array([], dtype="datetime64[D]"), "month")


def test_attainment_asks_the_mean_and_the_percentile() -> None:
    days = days_of(2023)
    clean = np.full(365, 30.4)  # rounds to 30
    by_30_and_60 = partial(air_year.evaluate, mean_limit=30, percentile_limit=60)
    found = by_30_and_60(clean, days, "pm25_ugm3")
    assert (found.valid_days, found.mean, found.percentile, found.attained) == (365, 30, 30, True)
    assert by_30_and_60(clean + 0.2, days, "pm25_ugm3").attained is False  # 30.6 → 31
    spikes = clean.copy()
    spikes[:19] = 90  # k = 1 + 364 × 0.95 = 346.8: between the 346th (30.4) and the 347th (90)
    peaks = air_year.evaluate(spikes, days, "pm25_ugm3", mean_limit=40, percentile_limit=60)
    assert peaks.percentile == 78  # 30.4 + 59.6 × 0.8 = 78.08
    assert peaks.attained is False


def test_co_and_ozone_have_no_annual_mean_limit() -> None:
    days = days_of(2024)
    co = air_year.evaluate(np.full(366, 0.85), days, "co_mgm3", mean_limit=0.1, percentile_limit=4)
    assert (co.mean, co.percentile, co.percentile_order, co.mean_limit, co.attained) == (0.8, 0.8, 95, None, True)
    o3 = air_year.evaluate(np.full(366, 161.0), days, "o3_8h_ugm3", mean_limit=None, percentile_limit=160)
    assert (o3.percentile_order, o3.attained) == (90, False)


def test_by_a_method_that_is_not_known_nothing_is_rated() -> None:
    clean = np.full(365, 10.0)
    by_30_and_60 = partial(air_year.evaluate, mean_limit=30, percentile_limit=60)
    known = by_30_and_60(clean, days_of(2027), "pm25_ugm3")
    assert (known.attained, known.why_not) == (True, "")
    for values in (clean, clean + 100):
        found = by_30_and_60(values, days_of(2027), "pm25_ugm3", method_known=False)
        assert (found.attained, found.why_not, found.mean) == (None, "method_unknown", values[0])


def test_without_enough_days_attainment_is_not_known() -> None:
    values = np.full(365, 10.0)
    values[:42] = nan
    found = air_year.evaluate(values, days_of(2023), "pm25_ugm3", mean_limit=35, percentile_limit=75)
    assert (found.valid_days, found.mean, found.attained, found.why_not) == (323, 10, None, "too_few_days")
    february = np.datetime64("2023-02-01") + np.arange(28)
    month = air_year.evaluate(
        np.full(28, 10.0), february, "so2_ugm3", mean_limit=60, percentile_limit=150, period="month"
    )
    assert (month.percentile_order, month.attained) == (98, True)
    nothing = air_year.evaluate(np.array([nan]), february[:1], "so2_ugm3", mean_limit=60, percentile_limit=150)
    assert isnan(nothing.mean)
    assert nothing.attained is None


# ── composite index ──────────────────────────────────────────────────────────────────────────────────────────────────
AT_2014_LIMITS = {
    "so2_ugm3": 60.0,
    "no2_ugm3": 40.0,
    "pm10_ugm3": 70.0,
    "pm25_ugm3": 35.0,
    "co_mgm3": 4.0,
    "o3_8h_ugm3": 160.0,
}


PROFILES = standards.composite_profiles()


def test_the_composite_index_by_each_profile() -> None:
    assert air_year.composite_index(AT_2014_LIMITS, PROFILES["2014"]).value == 6.0
    # PM10 70/60, PM2.5 35/30 by the transition limits
    assert air_year.composite_index(AT_2014_LIMITS, PROFILES["2026_equal"]).value == 6.33
    # 1 + 2 + 1.1667 + 3 × 1.1667 + 1 + 2
    assert air_year.composite_index(AT_2014_LIMITS, PROFILES["2026_weighted"]).value == 10.67


def test_a_profile_is_as_sure_as_the_row_of_its_rule() -> None:
    rules = tracked.read("rules").set_index("rule_id")["evidence"]
    for profile in PROFILES.values():
        assert profile.confirmed == (rules[profile.rule_id] == "read")
    assert not any(profile.confirmed for profile in PROFILES.values())  # both rules are second-hand


def test_a_missing_pollutant_leaves_no_composite_index() -> None:
    without = AT_2014_LIMITS | {"o3_8h_ugm3": None, "co_mgm3": nan}
    found = air_year.composite_index(without, PROFILES["2014"])
    assert (found.value, found.missing) == (None, ("co_mgm3", "o3_8h_ugm3"))
    assert found.parts["pm25_ugm3"] == 1
    assert air_year.composite_index({}, PROFILES["2014"]).value is None


# ── what the day can still bear ──────────────────────────────────────────────────────────────────────────────────────
def table_of(edition: str, pollutant: str) -> Breakpoints:
    return standards.aqi_editions()[edition].breakpoints[pollutant, "24h"]


def test_what_the_remaining_hours_may_bring() -> None:
    pm25 = table_of("HJ 633-2026", "PM2.5")  # 35, 60, 115, 150, 250 at 50, 100, 150, 200, 300
    found = air_year.remaining_means(np.full(12, 80.0), pm25)
    assert [one.iaqi for one in found] == [50, 100, 150, 200, 300]
    # 60.5 × 24 − 960 = 492 over 12 hours; at 115 the half rounds up: the sum stays below 115.5 × 24 − 960 = 1812
    assert [one.highest_mean * 12 for one in found] == pytest.approx([-109, 492, 1811, 2652, 5052])
    with_gap = air_year.remaining_means(np.array([60.0] * 10 + [nan] * 2), pm25)
    assert with_gap[1].highest_mean == pytest.approx(731 / 12)  # 22 hours make the mean: 60.5 × 22 − 600
    assert air_year.remaining_means(np.full(24, 10.0), pm25) == ()
    assert air_year.remaining_means(np.full(6, nan), pm25) == ()  # 18 hours at most: no daily mean
    assert len(air_year.remaining_means(np.array([]), pm25)) == 5


@pytest.mark.parametrize(
    ("edition", "pollutant", "hour", "iaqi", "last"),
    [
        ("HJ 633-2026", "PM2.5", 60, 100, 72),  # 60.5 × 24 − 1380: the mean 60.5 rounds to 60
        ("HJ 633-2026", "PM2.5", 35, 50, 46),  # 35.5 rounds to 36: below 852 − 805 = 47
        ("HJ 633-2026", "PM10", 120, 100, 132),
        ("HJ 633-2026", "PM10", 50, 50, 62),
        ("HJ 633-2012", "PM2.5", 75, 100, 86),  # 75.5 rounds to 76: below 1812 − 1725 = 87
        ("HJ 633-2012", "PM10", 150, 100, 162),
        ("HJ 633-2012", "PM10", 350, 200, 362),
    ],
)
def test_the_last_hour_counts_the_rounding_before_the_iaqi(
    edition: str, pollutant: str, hour: float, iaqi: int, last: float
) -> None:
    so_far = np.full(23, float(hour))
    highest = {one.iaqi: one.highest_mean for one in air_year.remaining_means(so_far, table_of(edition, pollutant))}
    assert highest[iaqi] == last
    for value, within in ((last, True), (last + 1, False)):  # as the day itself is judged
        mean = np.append(so_far, value).mean()
        assert bool(aqi.iaqi([mean], table_of(edition, pollutant))[0] <= iaqi) == within


def test_every_mean_of_the_rest_holds_and_one_more_breaks_it() -> None:
    """By the index itself, for many days: the rest in whole µg/m³, the last hour taking what does not divide."""
    rng = np.random.default_rng(24)
    for edition in standards.aqi_editions():
        for pollutant in ("PM2.5", "PM10"):
            table = table_of(edition, pollutant)
            for _ in range(60):
                so_far = np.round(rng.gamma(2, 30, rng.integers(4, 24)))
                rest = 24 - len(so_far)
                for one in air_year.remaining_means(so_far, table):
                    total = round(one.highest_mean * rest)
                    if total < 0:
                        continue
                    day, above = (so_far.sum() + total) / 24, (so_far.sum() + total + 1) / 24
                    assert aqi.iaqi([day], table)[0] <= one.iaqi < aqi.iaqi([above], table)[0]


# ── days from hours ──────────────────────────────────────────────────────────────────────────────────────────────────
def hours_of(days: int = 1, value: float = 50.0) -> pd.DataFrame:
    index = pd.date_range("2024-06-01 01:00", periods=24 * days, freq="h")  # the hours ending 01:00 … 24:00
    return pd.DataFrame({"a": value}, index=index)


def test_a_daily_mean_needs_20_hours() -> None:
    hours = hours_of()
    hours.iloc[:4] = nan
    assert air_year.daily_means(hours)["a"].tolist() == [50]
    hours.iloc[4] = nan
    assert air_year.daily_means(hours)["a"].isna().all()
    hours.iloc[-1] = 74  # midnight closes its own day
    assert air_year.daily_means(hours).index.tolist() == [pd.Timestamp("2024-06-01")]


def test_the_highest_8_hour_mean_of_a_day() -> None:
    hours = hours_of(2, 40.0)
    hours.loc["2024-06-01 12:00":"2024-06-01 19:00"] = 120.0
    assert air_year.mda8(hours)["a"].tolist() == [120, 40]


def test_8_hour_means_that_end_before_eight_do_not_count() -> None:
    hours = hours_of(2, 40.0)
    hours.loc["2024-06-01 17:00":"2024-06-02 00:00"] = 100.0  # ends with the first day
    assert air_year.mda8(hours)["a"].tolist() == [100, 40]  # the second day begins with the mean of 01:00 … 08:00


def test_the_mean_that_ends_at_eight_counts() -> None:
    hours = hours_of(1, 40.0)
    hours.loc["2024-06-01 01:00":"2024-06-01 08:00"] = 100.0
    assert air_year.mda8(hours)["a"].tolist() == [100]


def test_an_8_hour_mean_needs_6_hours_and_a_day_14_means() -> None:
    hours = hours_of()
    hours.loc["2024-06-01 01:00":"2024-06-01 05:00"] = nan  # the means ending 08, 09 and 10 have 3, 4 and 5 hours
    assert air_year.mda8(hours)["a"].tolist() == [50]  # 14 are left
    hours.loc["2024-06-01 06:00"] = nan  # … and the one ending 11
    assert air_year.mda8(hours)["a"].isna().all()
    hours.loc["2024-06-01 12:00":] = 161.0  # above the limit it counts all the same
    assert air_year.mda8(hours)["a"].tolist() == [161]
    hours.loc["2024-06-01 12:00":] = 160.0
    assert air_year.mda8(hours)["a"].isna().all()


def test_hours_that_are_not_there_count_as_missing() -> None:
    hours = hours_of(2).drop(pd.date_range("2024-06-01 03:00", "2024-06-01 20:00", freq="h"))
    means, highest = air_year.daily_means(hours), air_year.mda8(hours)
    assert means["a"].isna().tolist() == [True, False]
    assert highest["a"].isna().tolist() == [True, False]


def test_no_hours_are_no_days() -> None:
    nothing = hours_of().iloc[:0]
    assert air_year.daily_means(nothing).empty
    assert air_year.mda8(nothing).empty
    assert list(air_year.mda8(nothing)) == ["a"]


def test_days_without_any_hour_stand_in_both_tables() -> None:
    hours = hours_of(4).drop(pd.date_range("2024-06-02 01:00", periods=48, freq="h"))
    means, highest = air_year.daily_means(hours), air_year.mda8(hours)
    assert means.index.equals(pd.date_range("2024-06-01", periods=4))
    assert means["a"].isna().tolist() == highest["a"].isna().tolist() == [False, True, True, False]


def test_hours_in_xining_make_days_in_xining() -> None:
    hours = hours_of().tz_localize("Asia/Shanghai")
    for days in (air_year.daily_means(hours), air_year.mda8(hours)):
        assert days.index.tolist() == [pd.Timestamp("2024-06-01", tz="Asia/Shanghai")]
        assert days.index.dtype == hours.index.dtype


def test_an_hour_that_is_given_twice_is_refused() -> None:
    hours = pd.concat([hours_of(), hours_of().iloc[5:6]])
    with pytest.raises(ValueError, match="2024-06-01 06:00:00 stands twice"):
        air_year.daily_means(hours)


def test_days_agree_with_hours_grouped_and_rolled_by_pandas() -> None:
    rng = np.random.default_rng(663)
    hours = pd.DataFrame(
        rng.gamma(4, 30, (24 * 60, 3)).round(), pd.date_range("2024-06-01 01:00", periods=1440, freq="h")
    )
    hours[rng.random(hours.shape) < [0.05, 0.15, 0.4]] = nan
    days = (hours.index - pd.Timedelta(hours=1)).normalize()
    means = hours.groupby(days).mean().where(hours.groupby(days).count() >= 20)
    pd.testing.assert_frame_equal(air_year.daily_means(hours), means, check_freq=False)
    running = hours.rolling(8, min_periods=6).mean()
    running = running[(running.index.hour >= 8) | (running.index.hour == 0)]
    grouped = running.groupby((running.index - pd.Timedelta(hours=1)).normalize())
    highest = grouped.max().where((grouped.count() >= 14) | (grouped.max() > 160))
    pd.testing.assert_frame_equal(air_year.mda8(hours), highest, check_freq=False)
    assert 0 < highest[2].notna().sum() < 60  # both cases are there


@pytest.mark.slow
def test_twelve_years_of_24_stations_cost_no_more_than_grouping_and_rolling_them() -> None:
    index = pd.date_range("2014-01-01 01:00", periods=12 * 8766, freq="h")
    values = np.random.default_rng(1).gamma(3, 30, (len(index), 24))
    hours = pd.DataFrame(values, index=index, columns=[f"{n}A" for n in range(24)])

    def by_pandas() -> None:
        days = hours.groupby((index - pd.Timedelta(hours=1)).normalize())
        days.mean(), days.count(), hours.rolling(8, min_periods=6).mean()

    means, highest = air_year.daily_means(hours), air_year.mda8(hours)
    assert ratio(lambda: (air_year.daily_means(hours), air_year.mda8(hours)), by_pandas) <= 1
    assert means.shape == highest.shape == (4383, 24)
    assert means.iloc[0, 0] == pytest.approx(values[:24, 0].mean())


# ── what cannot be counted is refused ────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("stamp", ["2024-06-01 13:30", "2024-06-01 13:00:01"])
def test_a_stamp_between_the_hours_is_refused(stamp: str) -> None:
    hours = pd.concat([hours_of(), pd.DataFrame({"a": [99.0]}, index=[pd.Timestamp(stamp)])])
    for rule in (air_year.daily_means, air_year.mda8, air_year.moving_means):
        with pytest.raises(ValueError, match="whole hour"):
            rule(hours)


@pytest.mark.parametrize("index", [range(24), [20240601] * 24, pd.date_range("2024-06-01", periods=24).astype(str)])
def test_hours_that_are_no_timestamps_are_refused(index: object) -> None:
    with pytest.raises(ValueError, match="timestamp"):
        air_year.daily_means(hours_of().set_axis(index))
    with pytest.raises(ValueError, match="timestamp"):
        air_year.daily_means(hours_of().set_axis([*hours_of().index[:-1], pd.NaT]))


def test_hours_in_universal_time_are_those_of_the_same_days_in_xining() -> None:
    hours = hours_of(2).assign(a=np.arange(48.0))
    universal = hours.tz_localize("Asia/Shanghai").tz_convert("UTC")  # 17:00 of 31 May to 16:00 of 2 June
    for rule in (air_year.daily_means, air_year.mda8):
        local, found = rule(hours), rule(universal)
        assert found["a"].tolist() == local["a"].tolist()
        assert found.index.tz_localize(None).tolist() == local.index.tolist()


def test_days_that_stand_twice_or_in_another_period_or_as_numbers_are_refused() -> None:
    whole = days_of(2023)
    for period in ("year", "month"):
        with pytest.raises(ValueError, match="twice"):
            air_year.enough_days(np.append(whole[:27], whole[:1]), period)
        with pytest.raises(ValueError, match="a day has no date"):
            air_year.enough_days(np.append(whole[:27], np.datetime64("NaT")), period)
        with pytest.raises(ValueError, match="more than one"):
            air_year.enough_days(np.append(whole[:27], np.datetime64("2024-02-01")), period)
    with pytest.raises(ValueError, match="number"):
        air_year.enough_days(np.arange(20230101, 20230128), "month")
    twice = np.repeat(whole[:182], 2)
    with pytest.raises(ValueError, match="twice"):
        air_year.evaluate(np.full(364, 10.0), twice, "pm25_ugm3", mean_limit=35, percentile_limit=75)


def test_days_in_universal_time_belong_to_the_month_of_xining() -> None:
    may = pd.date_range("2024-04-30 16:00", periods=27, tz="UTC")  # midnights of 1–27 May
    assert air_year.enough_days(may, "month")


# ── moving means ─────────────────────────────────────────────────────────────────────────────────────────────────────
def test_the_moving_mean_of_24_hours() -> None:
    hours = hours_of(2, 40.0)
    hours.loc["2024-06-02 01:00":] = 88.0
    found = air_year.moving_means(hours)["a"]
    assert found["2024-06-02 00:00"] == 40
    assert found["2024-06-02 01:00"] == 42  # (23 × 40 + 88) ÷ 24
    assert found["2024-06-02 12:00"] == 64
    assert found["2024-06-03 00:00"] == 88
    assert found[:"2024-06-01 19:00"].isna().all()  # 19 hours at most
    assert found["2024-06-01 20:00"] == 40
    shuffled = hours.sample(frac=1, random_state=24)
    assert air_year.moving_means(shuffled)["a"].sort_index().equals(found)
    gap = hours.drop(hours.index[5:10])
    assert isnan(air_year.moving_means(gap)["a"]["2024-06-02 00:00"])  # 19 hours; rows that lack count as missing
