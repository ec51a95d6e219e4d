"""Air over a month and a year: days, shares, means, percentiles, attainment, what a year can still lose, trends.

Rules of HJ 663 (2013 edition as generally quoted; the 2026 text could not be read, see ``data/standards/rules.csv``).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from assessment.aqi import round_half_even

Floats = NDArray[np.float64]
GOOD_UP_TO = 100
DAYS_FOR_A_YEAR = 324  # GB 3095 table 4
DAYS_FOR_A_MONTH, DAYS_FOR_FEBRUARY = 27, 25
HOURS_FOR_A_DAY = 20
HOURS_FOR_8H = 6
MEANS_FOR_MDA8 = 14
O3_DAY_LIMIT_UGM3 = 160
FIRST_8H_END = 8  # the 8-hour means of a day end at 08:00 … 24:00 (HJ 663-2013)


@dataclass(frozen=True)
class Share:
    """Good days over valid days; share_pct has one decimal and is None without a valid day."""

    good_days: int
    valid_days: int
    share_pct: float | None


def good_day_share(aqi: Floats) -> Share:
    """Share of days with AQI ≤ 100 among the days with an AQI (NaN: no valid day)."""
    known = aqi[~np.isnan(aqi)]
    good = int((known <= GOOD_UP_TO).sum())
    return Share(good, len(known), float(round_half_even(100 * good / len(known), 1)) if len(known) else None)


def percentile(values: Floats, p: float) -> float:
    """The p-th percentile of daily values: ascending X, k = 1 + (n − 1) p %, linear between neighbours; NaN when empty."""
    known = np.sort(values[~np.isnan(values)])
    if not len(known):
        return math.nan
    k = 1 + (len(known) - 1) * p / 100
    below = math.floor(round(k, 9))
    above = min(below + 1, len(known))
    return float(known[below - 1] + (known[above - 1] - known[below - 1]) * (k - below))


# column → (percentile of the day values, averaging of its limit, decimals of a statistic)
STATISTICS: dict[str, tuple[float, str, int]] = {
    "so2_ugm3": (98, "24h", 0),
    "no2_ugm3": (98, "24h", 0),
    "pm10_ugm3": (95, "24h", 0),
    "pm25_ugm3": (95, "24h", 0),
    "co_mgm3": (95, "24h", 1),
    "o3_8h_ugm3": (90, "MDA8", 0),
}
NO_ANNUAL_LIMIT = ("co_mgm3", "o3_8h_ugm3")


@dataclass(frozen=True)
class Evaluation:
    """A pollutant over a period: valid days, mean, percentile, and whether both keep their limits (None: not known)."""

    column: str
    valid_days: int
    mean: float
    percentile: float
    percentile_order: float
    mean_limit: float | None
    percentile_limit: float
    attained: bool | None


def evaluate(
    values: Floats,
    column: str,
    *,
    mean_limit: float | None,
    percentile_limit: float,
    days_needed: int = DAYS_FOR_A_YEAR,
) -> Evaluation:
    """Evaluate the day values (µg/m³, CO mg/m³) of a pollutant over a period.

    Statistics are rounded half-even to whole numbers (CO one decimal). With fewer valid days than ``days_needed``
    (year 324, month 27, February 25) attainment is not known.
    """
    order, _, decimals = STATISTICS[column]
    known = values[~np.isnan(values)]
    mean = float(round_half_even(known.mean(), decimals)) if len(known) else math.nan
    high = float(round_half_even(percentile(values, order), decimals)) if len(known) else math.nan
    uses_mean = column not in NO_ANNUAL_LIMIT and mean_limit is not None
    attained = None
    if len(known) >= days_needed:
        attained = high <= percentile_limit and (not uses_mean or mean <= float(mean_limit or 0))
    return Evaluation(
        column, len(known), mean, high, order, mean_limit if uses_mean else None, percentile_limit, attained
    )


def days_needed(month: int | None = None) -> int:
    """Valid days a year, or a month, needs for its statistics (GB 3095 table 4)."""
    if month is None:
        return DAYS_FOR_A_YEAR
    return DAYS_FOR_FEBRUARY if month == 2 else DAYS_FOR_A_MONTH


@dataclass(frozen=True)
class CompositeProfile:
    """A named way to the composite index: limits (SO2, NO2, PM10, PM2.5 means, CO P95, O3-8h P90) and weights."""

    name: str
    limits: Mapping[str, float]
    weights: Mapping[str, float] = field(default_factory=dict)
    confirmed: bool = True


PROFILES = {
    "ranking_2014": CompositeProfile(  # 环办〔2014〕64号
        "ranking_2014",
        {"so2_ugm3": 60, "no2_ugm3": 40, "pm10_ugm3": 70, "pm25_ugm3": 35, "co_mgm3": 4, "o3_8h_ugm3": 160},
    ),
    "equal_2026": CompositeProfile(
        "equal_2026",
        {"so2_ugm3": 60, "no2_ugm3": 40, "pm10_ugm3": 60, "pm25_ugm3": 30, "co_mgm3": 4, "o3_8h_ugm3": 160},
        confirmed=False,
    ),
    "weighted_2026": CompositeProfile(
        "weighted_2026",
        {"so2_ugm3": 60, "no2_ugm3": 40, "pm10_ugm3": 60, "pm25_ugm3": 30, "co_mgm3": 4, "o3_8h_ugm3": 160},
        {"pm25_ugm3": 3, "no2_ugm3": 2, "o3_8h_ugm3": 2},
        confirmed=False,
    ),
}


def composite_index(values: Mapping[str, float | None], profile: CompositeProfile) -> float | None:
    """Sum of value ÷ limit over the six pollutants (with the profile's weights), two decimals; None while one is missing.

    ``values``: SO2, NO2, PM10, PM2.5 as period means, CO as P95, O3-8h as P90, in the limits' units.
    """
    total = 0.0
    for column, limit in profile.limits.items():
        value = values.get(column)
        if value is None or math.isnan(value):
            return None
        total += profile.weights.get(column, 1.0) * value / limit
    return float(round_half_even(total, 2))


@dataclass(frozen=True)
class DaysLeft:
    """Days a year may lose and has lost; days_left below zero says by how many the share is already missed."""

    expected_valid_days: int
    target_share_pct: float
    allowed_days: int
    lost_days: int
    days_left: int


def days_left(*, expected_valid_days: int, target_share_pct: float, lost_days: int) -> DaysLeft:
    """floor(expected valid days × (1 − target)) − days lost. The denominator is the caller's and must be stated."""
    allowed = math.floor(round(expected_valid_days * (100 - target_share_pct) / 100, 9))
    return DaysLeft(expected_valid_days, target_share_pct, allowed, lost_days, allowed - lost_days)


def highest_rest_mean(so_far: Floats, day_limit: float, hours: int = 24) -> float | None:
    """Highest mean of a day's remaining hours that keeps the day's mean at or below a limit.

    ``so_far``: the day's known hourly values. None when no hour remains; below 0 means the limit can no longer be kept.
    """
    known = so_far[~np.isnan(so_far)]
    rest = hours - len(so_far)
    return None if rest <= 0 else float((day_limit * (len(known) + rest) - known.sum()) / rest)


def daily_means(hours: pd.DataFrame) -> pd.DataFrame:
    """Daily means of hourly values: a value needs at least 20 hours (GB 3095 table 4).

    ``hours``: index of hourly timestamps (hour h is the mean ending at h; 00:00 closes the day before), one column a
    series. Returned: index of days, same columns.
    """
    days = (hours.index - pd.Timedelta(hours=1)).normalize()
    grouped = hours.groupby(days)
    return grouped.mean().where(grouped.count() >= HOURS_FOR_A_DAY)


def mda8(hours: pd.DataFrame) -> pd.DataFrame:
    """Daily maximum 8-hour mean of ozone from hourly values (index as in :func:`daily_means`, complete hours).

    8-hour means need 6 of their hours (GB 3095 table 4); those ending 08:00–24:00 count for a day, which needs 14 of
    them unless its maximum is above 160 µg/m³ (HJ 663, 6.1.2).
    """
    full = hours.reindex(pd.date_range(hours.index.min(), hours.index.max(), freq="h"))
    running = full.rolling(8, min_periods=HOURS_FOR_8H).mean()
    ends = running.index.hour
    counted = running[(ends >= FIRST_8H_END) | (ends == 0)]
    days = (counted.index - pd.Timedelta(hours=1)).normalize()
    grouped = counted.groupby(days)
    highest = grouped.max()
    return highest.where((grouped.count() >= MEANS_FOR_MDA8) | (highest > O3_DAY_LIMIT_UGM3))


@dataclass(frozen=True)
class Trend:
    """Theil–Sen slope a unit of time with its 95 % interval, and the two-sided p-value of Mann–Kendall."""

    slope: float
    low: float
    high: float
    p_value: float
    n: int


def trend(times: Sequence[float] | Floats, values: Sequence[float] | Floats) -> Trend:
    """Trend of a series that holds no break. Raises ValueError with fewer than four points."""
    x, y = np.asarray(times, float), np.asarray(values, float)
    keep = ~np.isnan(y)
    x, y = x[keep], y[keep]
    if len(x) < 4:
        raise ValueError(f"a trend needs four points, there are {len(x)}")
    slope, _, low, high = stats.theilslopes(y, x, alpha=0.95)
    p_value = stats.kendalltau(x, y).pvalue
    return Trend(float(slope), float(low), float(high), float(p_value), len(x))
