"""Air over a month and a year: days, shares, means, percentiles, attainment, what a day can still take.

Rules of HJ 663 (2013 edition as generally quoted; the 2026 text could not be read, see ``data/standards/rules.csv``).
"""

import math
from collections.abc import Callable, Mapping
from typing import Literal, TypeVar

import numpy as np
import pandas as pd
from msgspec import Struct
from numpy.typing import ArrayLike, NDArray

from assessment.aqi import NO_SLIP_DECIMALS, rounded
from assessment.editions import DAYS_FOR_A_YEAR, GOOD_UP_TO, LEVEL_ENDS, Breakpoints, CompositeProfile
from assessment.moments import ZONE, days_of, local

Floats = NDArray[np.float64]
N = TypeVar("N", np.float64, np.int8)
DAYS_BY_MONTH = np.where(np.arange(1, 13) == 2, 25, 27)  # that carry a month's statistics (GB 3095 table 4)
HOURS_FOR_A_DAY = 20
HOURS_FOR_8H = 6
MEANS_FOR_MDA8 = 14
O3_DAY_LIMIT_UGM3 = 160
HOURS_IN_A_DAY, EIGHT = 24, 8
MOVING, OZONE_HOUR = ("pm10_ugm3", "pm25_ugm3"), "o3_1h_ugm3"
DAYS_AT_ONCE = 256


class Share(Struct, frozen=True, weakref=True):
    """Good days over valid days; share_pct has one decimal and is None without a valid day."""

    good_days: int
    valid_days: int
    share_pct: float | None


def good_day_share(aqi: Floats) -> Share:
    """Share of days with AQI ≤ 100 among the days with an AQI (NaN: no valid day); HJ 663 / HJ 633, rule R32."""
    known = aqi[~np.isnan(aqi)]
    good = int((known <= GOOD_UP_TO).sum())
    return Share(good, len(known), rounded(100 * good / len(known), 1) if len(known) else None)


class RuleEffect(Struct, frozen=True, weakref=True):
    """The same days judged by two editions; ``points``: percentage points the second gives less (above 0) or more."""

    earlier: Share
    later: Share
    points: float | None


def effect_of_rule(aqi_earlier: Floats, aqi_later: Floats) -> RuleEffect:
    """What the rule alone changes: days both editions give an AQI for, in the same order in both arrays."""
    both = ~np.isnan(aqi_earlier) & ~np.isnan(aqi_later)
    earlier, later = good_day_share(aqi_earlier[both]), good_day_share(aqi_later[both])
    days = earlier.valid_days
    points = rounded(100 * (earlier.good_days - later.good_days) / days, 1) if days else None
    return RuleEffect(earlier, later, points)


def percentile(values: Floats, p: float) -> float:
    """The p-th percentile of daily values: ascending X, k = 1 + (n − 1) p %, linear between neighbours; NaN when empty.

    HJ 663-2013 appendix A (rule R25, from memory).
    """
    known = np.sort(values[~np.isnan(values)])
    if not len(known):
        return math.nan
    k = round(1 + (len(known) - 1) * p / 100, 9)
    below = math.floor(k)
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


def enough_days(days: ArrayLike, period: Literal["year", "month"]) -> bool:
    """Whether the days with a valid value (all of one period) carry its statistics (GB 3095 table 4).

    A month needs 27 of them, February 25; a year 324 and enough in every month. ``days``: dates or timestamps as
    :func:`assessment.moments.days_of` takes them. Raises ValueError where a day has no date, is given twice or lies in another
    period.
    """
    known = days_of(days)
    if not len(known):
        return False
    if np.isnat(known).any():
        raise ValueError("a day has no date")
    first, last = known.min(), known.max()
    of_period = f"datetime64[{period[0].upper()}]"
    if first.astype(of_period) != last.astype(of_period):
        raise ValueError(f"days of more than one {period}: {first} to {last}")
    times = np.bincount((known - first).astype(int))
    if times.max() > 1:
        raise ValueError(f"the day {first + times.argmax()} stands twice")
    months = known.astype("datetime64[M]").astype(int) % 12
    counts = np.bincount(months, minlength=12)
    if period == "month":
        return bool(counts.max() >= DAYS_BY_MONTH[counts.argmax()])
    return len(months) >= DAYS_FOR_A_YEAR and bool((counts >= DAYS_BY_MONTH).all())


WhyNot = Literal["", "too_few_days", "method_unknown"]


class Evaluation(Struct, frozen=True, weakref=True):
    """A pollutant over a period: valid days, mean, percentile, and whether both meet their limits.

    ``attained`` is None where it is not rated; ``why_not`` is then the reason: too few days, or a method whose text is not
    known.
    """

    column: str
    valid_days: int
    mean: float
    percentile: float
    percentile_order: float
    mean_limit: float | None
    percentile_limit: float
    attained: bool | None
    why_not: WhyNot


def evaluate(
    values: Floats,
    days: ArrayLike,
    column: str,
    *,
    mean_limit: float | None,
    percentile_limit: float,
    period: Literal["year", "month"] = "year",
    method_known: bool = True,
) -> Evaluation:
    """Evaluate the day values (µg/m³, CO mg/m³) of a pollutant over one year or month (``days``: datetime64).

    Limits are those in force for class 2: the annual mean (none for CO and ozone) and the day's value. Statistics are
    rounded half-even to whole numbers, CO to one decimal (HJ 663-2013). Without :func:`enough_days` it is not rated, nor
    by a method whose text (rounding, means of three years) is not known (``method_known``: HJ 663-2026).
    """
    order, _, decimals = STATISTICS[column]
    there = ~np.isnan(values)
    known = values[there]
    mean = rounded(known.mean(), decimals) if len(known) else math.nan
    high = rounded(percentile(values, order), decimals) if len(known) else math.nan
    of_mean = None if column in NO_ANNUAL_LIMIT else mean_limit
    enough = enough_days(days_of(days)[there], period)
    why_not: WhyNot = "" if enough else "too_few_days"
    if not method_known:
        why_not = "method_unknown"
    within_limits = high <= percentile_limit and (of_mean is None or mean <= of_mean)
    attained = None if why_not else within_limits
    return Evaluation(column, len(known), mean, high, order, of_mean, percentile_limit, attained, why_not)


class Composite(Struct, frozen=True, weakref=True):
    """A composite index by a profile: two decimals, None where a pollutant in ``missing`` is needed to compute it."""

    profile: CompositeProfile
    value: float | None
    parts: Mapping[str, float]  # value ÷ limit × weight of each pollutant known
    missing: tuple[str, ...]


def composite_index(values: Mapping[str, float | None], profile: CompositeProfile) -> Composite:
    """Sum of value ÷ limit over the six pollutants, with the profile's weights; None where one is missing.

    环办〔2014〕64号 (rule R29); since March 2026 by the forms in use, the official one was not read (rule R31).
    ``values``: SO2, NO2, PM10, PM2.5 as period means, CO as P95, O3-8h as P90, in the limits' units.
    """
    missing = tuple(name for name in profile.limits if (value := values.get(name)) is None or math.isnan(value))
    parts = {
        name: profile.weights[name] * float(values[name] or 0) / limit
        for name, limit in profile.limits.items()
        if name not in missing
    }
    return Composite(profile, None if missing else rounded(sum(parts.values()), 2), parts, missing)


class RemainingMean(Struct, frozen=True, weakref=True):
    """The highest mean the day's remaining hours may have for the day to stay at or below an AQI; below 0: too late."""

    iaqi: int
    concentration: float
    highest_mean: float


def remaining_means(so_far: Floats, table: Breakpoints, *, decimals: int = 0) -> tuple[RemainingMean, ...]:
    """What today's remaining hours may bring, for every level the 24-hour table reaches (AQI 50, 100, 150, 200, 300).

    ``so_far``: an hourly value for each hour gone, NaN where missing. Before the IAQI the day's mean is rounded half-even
    to ``decimals`` (HJ 633-2026 4.2.2; by custom under the 2012 edition, which does not state it), so it may lie up to half a
    step above the breakpoint: at an even one the half itself rounds down, at an odd one it rounds up. The hours to come
    are counted in the same steps, as they are published. Empty when no hour remains, or when the day can no longer have
    the 20 hours a daily mean needs.
    """
    known = so_far[~np.isnan(so_far)]
    rest = HOURS_IN_A_DAY - len(so_far)
    counted = len(known) + rest
    if rest <= 0 or counted < HOURS_FOR_A_DAY:
        return ()
    gone = round(float(known.sum()) * 10**decimals, NO_SLIP_DECIMALS)
    found = []
    for iaqi, concentration in zip(table.iaqi, table.concentration, strict=True):
        if iaqi in LEVEL_ENDS[:-1]:
            steps = round(concentration * 10**decimals)
            margin = (steps + 0.5) * counted - gone
            most = math.floor(margin) if steps % 2 == 0 else math.ceil(margin) - 1
            found.append(RemainingMean(int(iaqi), float(concentration), most / rest / 10**decimals))
    return tuple(found)


def daily_means(hours: pd.DataFrame) -> pd.DataFrame:
    """Daily means of hourly values: a value needs at least 20 hours (GB 3095 table 4).

    ``hours``: index of hourly timestamps (hour h is the mean ending at h; 00:00 closes the day before), one column a
    series; hours may be missing. Stamps with a zone are read in Xining's, those without as written. Returned: a row
    for every day from the first to the last, same columns. Raises ValueError where an hour is given twice, and where a
    stamp is no timestamp or not on the hour.
    """
    return _each_day(hours, _mean)


def moving_means(hours: pd.DataFrame, length: int = HOURS_IN_A_DAY) -> pd.DataFrame:
    """The mean of the ``length`` hours (24 or 8) up to each hour.

    ``hours`` as for :func:`daily_means`, in any order; returned: a row for each of its hours, in its order. 24 hours need
    20 of their values and 8 need 6, as a day's means do (GB 3095 table 4); for the hourly report no number is named.
    Raises ValueError as :func:`daily_means` does, and on another length.
    """
    needed = {HOURS_IN_A_DAY: HOURS_FOR_A_DAY, EIGHT: HOURS_FOR_8H}.get(length)
    if needed is None:
        raise ValueError(f"moving means are of 24 or 8 hours, not of {length}")
    ends = _whole_hours(hours.index)
    means = hours.set_axis(ends).sort_index().rolling(f"{length}h", min_periods=needed).mean()
    return means.reindex(ends).set_axis(hours.index)


def as_2012_reports(hours: pd.DataFrame) -> pd.DataFrame:
    """1-hour values as the hourly report of HJ 633-2012 takes them (5.1.3, table 4), a row for each hour.

    Particles are the moving means of 24 hours, ozone is the hour and the moving mean of 8, gases are the hours. ``hours``
    as for :func:`daily_means`, columns of :data:`assessment.aqi.ITEMS`; the 23 hours before the first row wanted must
    stand in it. Raises ValueError as :func:`daily_means` does.
    """
    particles = [name for name in MOVING if name in hours]
    made = hours.assign(**dict(moving_means(hours[particles]).items()))
    if OZONE_HOUR in hours:
        made["o3_8h_ugm3"] = moving_means(hours[[OZONE_HOUR]], EIGHT)[OZONE_HOUR]
    return made


def mda8(hours: pd.DataFrame) -> pd.DataFrame:
    """Daily maximum 8-hour mean of ozone from hourly values; what goes in and comes out as in :func:`daily_means`."""
    return _each_day(hours, highest_8h_mean)


def _mean(hours: Floats) -> Floats:
    """Daily means of (days, 24 hours, …)."""
    known = ~np.isnan(hours)
    count = np.einsum("dh...->d...", known.view(np.int8))  # adds short rows faster than sum
    total = np.einsum("dh...->d...", np.where(known, hours, 0.0))
    means: Floats = np.divide(total, count, out=np.full(total.shape, np.nan), where=count >= HOURS_FOR_A_DAY)
    return means


def highest_8h_mean(hours: Floats) -> Floats:
    """Daily maximum 8-hour mean of (days, 24 hours ending 01:00–24:00, …); NaN where it is not valid.

    8-hour means need 6 of their hours (GB 3095 table 4); those ending 08:00–24:00 count for a day, which needs 14 of
    them unless its maximum is above 160 µg/m³ (HJ 663, 6.1.2). All their hours are the day's own.
    """
    known = ~np.isnan(hours)
    count = _of_each_8(known.astype(np.int8))
    enough = count >= HOURS_FOR_8H
    total = _of_each_8(np.where(known, hours, 0.0))
    highest = np.divide(total, count, out=np.full(total.shape, -np.inf), where=enough).max(axis=1)
    means = np.count_nonzero(enough, axis=1)
    return np.where((means >= MEANS_FOR_MDA8) | (highest > O3_DAY_LIMIT_UGM3), highest, np.nan)


def _of_each_8(hours: NDArray[N]) -> NDArray[N]:
    """Sums of 8 hours in a row: of pairs, pairs of pairs and pairs of those; no difference of large sums blurs them."""
    for step in (1, 2, 4):
        hours = hours[:, step:] + hours[:, :-step]
    return hours


def _each_day(hours: pd.DataFrame, rule: Callable[[Floats], Floats]) -> pd.DataFrame:
    """A rule from (days, 24, series) to (days, series) over all days, some at a time: so many stay in the cache."""
    days, cube = _by_day(hours)
    parts = [rule(cube[first : first + DAYS_AT_ONCE]) for first in range(0, max(len(days), 1), DAYS_AT_ONCE)]
    return pd.DataFrame(np.concatenate(parts), index=days, columns=hours.columns)


def _by_day(hours: pd.DataFrame) -> tuple[pd.DatetimeIndex, Floats]:
    """Days from the first to the last, and the hours as (days, 24, series); hours that are not there are NaN."""
    ends = _whole_hours(hours.index)
    if ends.empty:
        return ends, np.empty((0, HOURS_IN_A_DAY, hours.shape[1]))
    number = ends.to_numpy().astype("datetime64[h]").astype(np.int64) - 1
    first, last = number.min() // HOURS_IN_A_DAY, number.max() // HOURS_IN_A_DAY
    cube = np.full(((last - first + 1) * HOURS_IN_A_DAY, hours.shape[1]), np.nan)
    cube[number - first * HOURS_IN_A_DAY] = hours.to_numpy(float)
    days = pd.DatetimeIndex(np.arange(first, last + 1).astype("datetime64[D]")).as_unit(ends.unit)
    days = days.tz_localize(None if hours.index.tz is None else ZONE)
    return days, cube.reshape(len(days), HOURS_IN_A_DAY, hours.shape[1])


def _whole_hours(index: pd.Index) -> pd.DatetimeIndex:
    """The ends of hours as the clock in Xining shows them; :func:`daily_means` describes what is refused."""
    if not len(index):
        return pd.DatetimeIndex(index)
    if not isinstance(index, pd.DatetimeIndex):
        raise ValueError(f"hours are named by the timestamp of their end; {index[0]!r} is none")
    if index.hasnans:
        raise ValueError("an hour has no timestamp")
    ends = local(index)
    if len(broken := ends[ends != ends.floor("h")]):
        raise ValueError(f"{broken[0]} is not the end of a whole hour")
    if ends.has_duplicates:
        raise ValueError(f"the hour {ends[ends.duplicated()][0]} stands twice")
    return ends
