"""Trends, on series small enough to reckon by hand, and against brute force and scipy."""

from collections.abc import Sequence
from itertools import combinations, permutations
from math import nan, sqrt
from types import ModuleType

import numpy as np
import pytest

from assessment import trends


def months(first: str, n: int) -> np.ndarray:
    """So many months from the first on."""
    return np.datetime64(first, "M") + np.arange(n)


def signs(values: Sequence[float]) -> int:
    """Kendall's S by its definition."""
    return sum((later > earlier) - (later < earlier) for earlier, later in combinations(map(float, values), 2))


# ── the slope ────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_the_slope_of_a_handful_of_points_by_hand() -> None:
    """(0,1), (1,4), (3,4): slopes 3, 1 and 0, the median is 1. A fourth point (4,9): 3, 1, 0, 2, 5/3 and 5 → (5/3 + 2)/2."""
    assert trends.sen_slope(np.array([0.0, 1, 3]), np.array([1.0, 4, 4])) == 1
    found = trends.sen_slope(np.array([0.0, 1, 3, 4]), np.array([1.0, 4, 4, 9]))
    assert found == pytest.approx((5 / 3 + 2) / 2)


def test_the_slope_is_that_of_scipy(stats: ModuleType) -> None:
    rng = np.random.default_rng(1)
    for n in (5, 12, 31):
        x, y = np.sort(rng.random(n)), rng.standard_normal(n)
        assert trends.sen_slope(x, y) == pytest.approx(stats.theilslopes(y, x).slope)


def test_one_wild_year_does_not_turn_a_slope() -> None:
    assert trends.sen_slope(np.arange(9.0), np.array([9.0, 8, 7, 6, 500, 4, 3, 2, 1])) == -1


# ── Kendall, exact ───────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("values", "s", "p"),
    [
        # n = 4: 24 orders; only the two monotone ones reach |S| = 6: 2/24 = 0.083, never below 0.05.
        ([1, 2, 3, 4], 6, None),
        # n = 5: 120 orders, 2 with |S| = 10, 2 × 4 more with |S| = 8.
        ([1, 2, 3, 4, 5], 10, 2 / 120),
        ([1, 2, 3, 5, 4], 8, 10 / 120),
        # n = 6: 720 orders; with no, 1, 2 inversions 1, 5, 14.
        ([6, 5, 4, 3, 2, 1], -15, 2 / 720),
        ([1, 3, 2, 4, 6, 5], 11, 2 * (1 + 5 + 14) / 720),
        # n = 7: 5040 orders; with no, 1, 2 inversions 1, 6, 20.
        ([2, 1, 3, 4, 5, 7, 6], 17, 2 * (1 + 6 + 20) / 5040),
        # ties: 1, 1, 2, 3, 4 has 5!/2! = 60 orders; one of them has no inversion, S = 9 of the 9 pairs that are not tied.
        ([1, 1, 2, 3, 4], 9, 2 / 60),
        # two ties of two and one of two: 6!/(2!2!2!) = 90 orders, S = 12 of 12.
        ([1, 1, 2, 2, 3, 3], 12, 2 / 90),
        # 1, 1, 1, 2, 2: 10 orders, p can be no less than 0.2.
        ([1, 1, 1, 2, 2], 6, None),
        ([3, 3, 3, 3, 3], 0, None),
    ],
)
def test_exact_p_by_counting_orders(values: list[float], s: int, p: float | None) -> None:
    found = trends.kendall(range(len(values)), values)
    assert found.s == s
    assert found.p_value == (None if p is None else pytest.approx(p))


@pytest.mark.slow
def test_exact_p_by_every_order_there_is() -> None:
    rng = np.random.default_rng(2)
    for n in (4, 5, 6, 7):
        for _ in range(8):
            values = tuple(float(v) for v in rng.integers(0, 5, n))
            every = [abs(signs(order)) for order in permutations(values)]
            found = trends.kendall(range(n), values)
            most = max(every)
            least_p = np.mean([s == most for s in every])
            assert (found.p_value is None) == (least_p > 0.05)
            if found.p_value is not None:
                assert found.p_value == pytest.approx(np.mean([s >= abs(found.s) for s in every]))


def test_exact_p_of_many_values_is_that_of_scipy(stats: ModuleType) -> None:
    y = np.random.default_rng(3).standard_normal(25)
    assert trends.kendall(range(25), y).p_value == pytest.approx(stats.kendalltau(range(25), y, method="exact").pvalue)


def test_times_order_the_values_and_missing_ones_are_left_out() -> None:
    found = trends.kendall([2020, 2018, 2019, 2022, 2021, 2017], [3, 1, 2, 5, 4, nan])
    assert (found.s, found.n) == (10, 5)
    with pytest.raises(ValueError, match="twice"):
        trends.kendall([1, 1], [2, 3])
    with pytest.raises(ValueError, match="no value"):
        trends.kendall([1], [nan])


def test_annual_values_never_carry_a_p_they_cannot_reach() -> None:
    four, five = (trends.annual(range(2014, 2014 + n), [50.0 - 2 * k for k in range(n)]) for n in (4, 5))
    assert four is not None
    assert five is not None
    assert (four.slope, four.test.p_value) == (-2, None)
    assert five.slope == -2
    assert five.test.p_value == pytest.approx(1 / 60)
    assert trends.annual([2014, 2015, 2016], [1, nan, 3]) is None


# ── Kendall, season by season ────────────────────────────────────────────────────────────────────────────────────────
def test_two_seasons_by_hand(stats: ModuleType) -> None:
    """Seasons (1, 2, 3) and (2, 1, 4): S = 3 + 1. Each varies by 3·2·11/18 = 11/3. K = −1 + 1 + 1, ΣRR = 1·2 + 2·1 + 3·3 = 13:
    their covariance is (1 + 52 − 3·4·4)/3 = 5/3, which counts twice: 22/3 + 10/3 = 32/3."""
    found = trends.seasonal_kendall(np.array([[1.0, 2], [2, 1], [3, 4]]))
    assert (found.s, found.variance) == pytest.approx((4, 32 / 3))
    assert found.p_value == pytest.approx(2 * stats.norm.sf(3 / sqrt(32 / 3)))


def test_two_seasons_with_a_gap_and_a_tie_by_hand(stats: ModuleType) -> None:
    """(1, 2, 3, 4) and (5, –, 5, 7): S = 6 + 2. Var 4·3·13/18 = 26/3, and for the tied 5 (3·2·11 − 2·1·9)/18 = 8/3.
    Of the second, pairs (1,4) and (3,4) rise: K = 2. Ranks 1–4, and 1.5, 2 (missing: the middle), 1.5, 3:
    ΣRR = 1.5 + 4 + 4.5 + 12 = 22; covariance (2 + 88 − 4·5·4)/3 = 10/3. In all 34/3 + 20/3 = 18."""
    found = trends.seasonal_kendall(np.array([[1, 5], [2, nan], [3, 5], [4, 7]]))
    assert (found.s, found.variance) == pytest.approx((8, 18))
    assert found.p_value == pytest.approx(2 * stats.norm.sf(7 / sqrt(18)))


def test_one_season_is_kendalls_test_with_its_ties(stats: ModuleType) -> None:
    values = np.array([3.0, 1, 4, 1, 5, 9, 2, 6, 5, 3])
    found = trends.seasonal_kendall(values[:, None])
    pairs = 45
    tau = stats.kendalltau(np.arange(10), values, variant="c").statistic  # 2S/n² × m/(m − 1), m = 7 different values
    assert found.s == signs(tuple(values)) == round(tau * 100 * 6 / 7 / 2)
    assert found.variance == pytest.approx((10 * 9 * 25 - 3 * 2 * 1 * 9) / 18)  # 1, 3 and 5 stand twice
    assert abs(found.s) <= pairs


def test_months_that_go_together_count_for_less() -> None:
    """Twelve copies of one season say no more than one of them: S is 12-fold, its variance 144-fold; independent ones 12."""
    rng = np.random.default_rng(4)
    column = rng.standard_normal(10)[:, None]
    same, one = trends.seasonal_kendall(np.tile(column, 12)), trends.seasonal_kendall(column)
    assert (same.s, same.variance) == pytest.approx((12 * one.s, 144 * one.variance))
    apart = np.mean([trends.seasonal_kendall(rng.standard_normal((10, 12))).variance for _ in range(50)])
    assert apart == pytest.approx(12 * one.variance, rel=0.15)


def test_nothing_to_compare_is_no_p() -> None:
    assert trends.seasonal_kendall(np.array([[1.0, nan], [nan, 2]])).p_value is None
    assert trends.seasonal_kendall(np.full((5, 12), 3.0)).p_value == 1.0


# ── monthly means ────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_month_needs_its_days() -> None:
    """GB 3095 table 4: 27 days, February 25. January has 27, February 24, March 26, April all but its values on 4 days."""
    days = np.concatenate(
        [
            np.datetime64(start) + np.arange(n)
            for start, n in (("2023-01-01", 27), ("2023-02-01", 24), ("2023-03-01", 26))
        ]
        + [np.datetime64("2023-04-01") + np.arange(30), np.datetime64("2023-06-01") + np.arange(30)]
    )
    values = np.where(days < np.datetime64("2023-06-01"), 10.0, 20.0)
    values[days >= np.datetime64("2023-04-27")] = nan
    values[days >= np.datetime64("2023-06-01")] = 20.0
    found = trends.monthly(days, values)
    assert [str(month) for month in found.months] == [f"2023-0{n}" for n in range(1, 7)]
    assert found.days.tolist() == [27, 24, 26, 26, 0, 30]
    assert np.array_equal(found.means, [10, nan, nan, nan, nan, 20], equal_nan=True)
    with pytest.raises(ValueError, match="twice"):
        trends.monthly(np.array(["2023-01-01", "2023-01-01"], dtype="datetime64[D]"), np.ones(2))
    assert not len(trends.monthly(days[:3], np.full(3, nan)).months)


def test_25_days_of_february_are_enough_and_its_leap_year_asks_no_more() -> None:
    for year in (2023, 2024):
        assert trends.monthly(np.datetime64(f"{year}-02-01") + np.arange(25), np.ones(25)).means.tolist() == [1.0]


def test_the_season_is_taken_away() -> None:
    """A steep season and nothing else has no slope; with −2 a year beneath it, the slope is −2, within 2 %: a calendar
    month's mean takes the steps within a year away with the season, and pairs within one year stand near 0."""
    at = months("2018-09", 97)
    season = 40 * np.cos(2 * np.pi * trends.calendar_month(at) / 12)
    flat = trends.trend(at, season)
    assert flat is not None
    assert (flat.slope, flat.sign, flat.n) == pytest.approx((0, 0, 97), abs=1e-9)
    falling = trends.trend(at, 80 + season - 2 * np.arange(97) / 12)
    assert falling is not None
    assert falling.slope == pytest.approx(-2, rel=0.02)
    assert (falling.sign, falling.confirmed) == (-1, True)


def test_a_slope_holds_where_months_are_missing() -> None:
    """Not one January known after the third year, a spring gone: the others' slope is not bent by the season."""
    at = months("2018-09", 97)
    values = 80 + 40 * np.cos(2 * np.pi * trends.calendar_month(at) / 12) - 2 * np.arange(97) / 12
    values[(trends.calendar_month(at) == 1) & (at > np.datetime64("2021-06"))] = nan
    values[53:56] = nan
    found = trends.trend(at, values)
    assert found is not None
    assert found.n == 97 - 5 - 3
    assert found.slope == pytest.approx(-2, rel=0.03)


def test_the_interval_holds_what_chance_does() -> None:
    """Independent noise of σ = 5 over 8 years: a least-squares slope varies by 5·√12/√(Σ(month − mean)²) = 0.22 a year,
    Theil–Sen by some per cent more: its interval is about ±2 of that wide, and holds the true slope."""
    at = months("2018-09", 96)
    noise = np.random.default_rng(5).standard_normal(96) * 5
    found = trends.trend(at, 60 - 1.0 * np.arange(96) / 12 + noise)
    assert found is not None
    spread = 5 / sqrt(((np.arange(96) / 12 - 95 / 24) ** 2).sum())
    assert found.low < -1.0 < found.high
    assert (found.high - found.low) / 2 == pytest.approx(2 * spread, rel=0.35)


def test_months_that_go_together_widen_the_interval() -> None:
    """The same spread of values, once from month to month at random, once in waves of several months."""
    rng = np.random.default_rng(6)
    noise = rng.standard_normal(96)
    waves = np.zeros(96)
    for k in range(1, 96):
        waves[k] = 0.8 * waves[k - 1] + 0.6 * rng.standard_normal()
    waves *= noise.std() / waves.std()
    widths = []
    for series in (noise, waves):
        found = trends.trend(months("2018-09", 96), series)
        assert found is not None
        widths.append(found.high - found.low)
    assert widths[1] > 1.4 * widths[0]


def test_the_same_series_gives_the_same_interval() -> None:
    values = np.random.default_rng(7).standard_normal(60)
    assert trends.trend(months("2019-01", 60), values) == trends.trend(months("2019-01", 60), values.copy())


def test_a_sign_needs_an_interval_without_0_and_a_test_to_confirm_it() -> None:
    def made(low: float, high: float, p: float | None) -> trends.Trend:
        at = np.datetime64("2020-01")
        return trends.Trend((low + high) / 2, low, high, p, 60, at, at, 1.0)

    assert [(t.sign, t.confirmed) for t in (made(-2, -1, 0.01), made(-2, -0.1, 0.2), made(1, 2, None))] == [
        (-1, True),
        (-1, False),
        (1, False),
    ]
    assert (made(-1, 0.1, 0.01).sign, made(-1, 0.1, 0.01).confirmed, made(-1, 0, 0.01).sign) == (0, False, 0)


def test_too_few_months_are_no_trend() -> None:
    values = np.arange(36.0)
    assert trends.trend(months("2020-01", 36), values) is not None
    assert trends.trend(months("2020-01", 36), np.where(np.arange(36) == 7, nan, values)) is None
    assert trends.trend(months("2020-01", 0), np.array([])) is None
    # 37 known months, but of Januaries only one: it has no season of its own to be freed from
    at = months("2020-01", 40)
    assert trends.trend(at, np.where((trends.calendar_month(at) == 1) & (at > at[0]), nan, 1.0)) is None


def test_blocks_never_bridge_a_gap() -> None:
    number = np.array([1, 2, 3, 4, 5, 9, 10, 11, 12, 13])
    for row in trends._blocks(number, 3)[:50]:
        for start in range(0, 9, 3):
            one = number[row[start : start + 3]]
            assert (np.diff(one) == 1).all()
