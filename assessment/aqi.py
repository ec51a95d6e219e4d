"""Air quality index by HJ 633-2012 and HJ 633-2026.

Concentrations in µg/m³, CO in mg/m³. Formula: IAQI = (IAQI_hi − IAQI_lo) / (BP_hi − BP_lo) × (C − BP_lo) + IAQI_lo
(both editions, formula 1), rounded up to a whole number (2012: 6.2; 2026: 4.2.6); AQI is the largest IAQI (formula 2).
"""

from collections.abc import Mapping
from datetime import date
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from store.standards import AqiEdition, Breakpoints

Floats = NDArray[np.float64]
OLD, NEW = "HJ 633-2012", "HJ 633-2026"
NEW_FROM = date(2026, 3, 1)
HIGHEST = 500.0
PRIMARY_ABOVE = 50
NO_SLIP_DECIMALS = 9  # binary slips are below 1e-12, the finest true fraction is far above 1e-9

# column → (pollutant, averaging time in the daily report, in the hourly report, decimals before the IAQI)
ITEMS: dict[str, tuple[str, str, str, int]] = {
    "so2_ugm3": ("SO2", "24h", "1h", 0),
    "no2_ugm3": ("NO2", "24h", "1h", 0),
    "pm10_ugm3": ("PM10", "24h", "24h", 0),
    "pm25_ugm3": ("PM2.5", "24h", "24h", 0),
    "co_mgm3": ("CO", "24h", "1h", 1),
    "o3_8h_ugm3": ("O3", "8h", "8h", 0),
    "o3_1h_ugm3": ("O3", "1h", "1h", 0),
}
# What a report of each edition takes; `needed` is what must be there for a whole AQI.
REPORTS: dict[tuple[str, bool], tuple[str, ...]] = {
    (OLD, False): tuple(ITEMS),  # 5.1.2: seven, ozone by both averages
    (OLD, True): tuple(ITEMS),  # 5.1.3: particles as the 24-hour moving mean
    (NEW, False): tuple(name for name in ITEMS if name != "o3_1h_ugm3"),  # 4.2.2: six
    (NEW, True): tuple(name for name in ITEMS if name != "o3_8h_ugm3"),  # 4.2.3, 4.2.4: six, particles as 1-hour means
}
# Above the last breakpoint the 2026 edition counts the IAQI as its last value (table 3, notes b and c); the 2012
# edition takes the pollutant's other average instead (table 1, notes 2 and 3), so here it is not known.
STOPS_SHORT = {("SO2", "1h"), ("O3", "8h")}


def round_half_even(values: ArrayLike, decimals: int) -> Floats:
    """GB/T 8170 rounding of decimal values; a binary neighbour of a decimal tie counts as the tie."""
    scaled = np.round(np.asarray(values, dtype=float) * 10**decimals, 6)
    return np.round(scaled) / 10**decimals


def iaqi(values: ArrayLike, table: Breakpoints, *, decimals: int = 0, beyond: float = HIGHEST) -> Floats:
    """Individual AQI of concentrations, any shape; NaN stays NaN.

    ``decimals``: rounding before the IAQI (whole numbers, CO one decimal: HJ 633-2026 4.2.2, 4.2.3; the same is usual
    for 2012). ``beyond``: the value above the table's last concentration; NaN where the edition gives none.
    Raises ValueError on a negative concentration.
    """
    given = np.asarray(values, dtype=float)
    if np.any(given < 0):
        raise ValueError("a concentration is negative")
    rounded = round_half_even(given, decimals)
    exact = np.interp(rounded, table.concentration, table.iaqi)
    result = np.ceil(np.round(exact, NO_SLIP_DECIMALS))
    above = rounded > table.concentration[-1]
    return np.where(np.isnan(given), np.nan, np.where(above, beyond, result))


def iaqi_columns(columns: Mapping[str, ArrayLike], edition: AqiEdition, *, hourly: bool = False) -> dict[str, Floats]:
    """IAQI of every item the edition's report takes and ``columns`` holds; keys are the columns' names."""
    found = {}
    for name in REPORTS[edition.id, hourly]:
        if name in columns:
            pollutant, daily, by_hour, decimals = ITEMS[name]
            averaging = by_hour if hourly else daily
            table = edition.breakpoints[pollutant, averaging]
            beyond = HIGHEST
            if (pollutant, averaging) in STOPS_SHORT:
                beyond = table.top if edition.id == NEW else np.nan
            found[name] = iaqi(columns[name], table, decimals=decimals, beyond=beyond)
    return found


def aqi_of(columns: Mapping[str, ArrayLike], edition: AqiEdition, *, hourly: bool = False) -> Floats:
    """AQI of whatever items are there: the largest IAQI, NaN where none is."""
    parts = list(iaqi_columns(columns, edition, hourly=hourly).values())
    highest = parts[0]
    for part in parts[1:]:
        highest = np.fmax(highest, part)
    return _lowest_one(highest, edition)


def _lowest_one(values: Floats, edition: AqiEdition) -> Floats:
    """The 2026 scale runs from 1 (4.1.1): a formula value of 0 is given as 1, by inference."""
    return np.maximum(values, 1.0) if edition.id == NEW else values


def judge(
    frame: pd.DataFrame,
    editions: Mapping[str, AqiEdition],
    *,
    edition: str | None = None,
    hourly: bool = False,
    missing_rule: Literal["standard", "available"] = "standard",
) -> pd.DataFrame:
    """Judge rows of concentrations.

    ``frame``: any of the columns of :data:`ITEMS`, and ``date`` (datetime64) unless ``edition`` names one; without a
    name each row's date chooses (HJ 633-2026 from 2026-03-01). Returned: its columns and ``standard``, ``iaqi_<item>``
    (e.g. iaqi_pm25, iaqi_o3_8h), ``aqi``, ``category`` (Chinese name), ``category_level`` (1–6), ``primary``
    (pollutants of the largest IAQI where AQI > 50, ties joined by commas).

    ``missing_rule``: "standard" – 2012: the rest is judged (tables 3 and 4, notes); 2026: with an item missing the AQI
    is given only above 100 (5.3.1, 5.3.2). "available" – the rest is judged in both; for archives that lack an item.
    """
    if edition is not None and edition not in editions:
        raise ValueError(f"standard {edition!r} is unknown; known are {', '.join(editions)}")
    if edition is None and "date" not in frame:
        raise ValueError("without a named standard a date column must choose it")
    result = frame.copy()
    if edition is not None:
        masks = {edition: np.ones(len(frame), dtype=bool)}
    else:
        dates = pd.to_datetime(frame["date"])
        if dates.isna().any():
            raise ValueError(f"row {int(dates.isna().to_numpy().argmax()) + 1}: without a named standard every row needs a date")
        new = (dates >= pd.Timestamp(NEW_FROM)).to_numpy()
        masks = {OLD: ~new, NEW: new}
    result["standard"] = np.select(list(masks.values()), list(masks), default="")
    for name, mask in masks.items():
        if mask.any():
            _judge_part(result, mask, editions[name], hourly, missing_rule)
    return result


def short(column: str) -> str:
    """Name of an item's IAQI column: pm25_ugm3 → iaqi_pm25."""
    return "iaqi_" + column.rsplit("_", 1)[0]


def _judge_part(result: pd.DataFrame, mask: NDArray[np.bool_], edition: AqiEdition, hourly: bool, missing_rule: str) -> None:
    columns = {name: result.loc[mask, name].to_numpy(float) for name in ITEMS if name in result}
    parts = iaqi_columns(columns, edition, hourly=hourly)
    count = int(mask.sum())
    if not parts:
        parts = {REPORTS[edition.id, hourly][0]: np.full(count, np.nan)}
    stacked = np.vstack(list(parts.values()))
    with np.errstate(invalid="ignore"):
        highest = np.fmax.reduce(stacked, axis=0)
    values = _lowest_one(highest, edition)
    if edition.id == NEW and missing_rule == "standard":
        whole = len(parts) == len(REPORTS[edition.id, hourly]) and ~np.isnan(stacked).any(axis=0)
        values = np.where(whole | (values > 100), values, np.nan)
    for name, part in parts.items():
        _put(result, mask, short(name), part, np.nan)
    levels = category_levels(values, edition)
    names = np.array(["", *(c.name_zh for c in edition.categories)], dtype=object)
    _put(result, mask, "aqi", values, np.nan)
    _put(result, mask, "category", names[np.nan_to_num(levels).astype(int)], "")
    _put(result, mask, "category_level", levels, np.nan)
    _put(result, mask, "primary", _primary(parts, highest, values), "")


def _put(result: pd.DataFrame, mask: NDArray[np.bool_], name: str, values: ArrayLike, empty: object) -> None:
    if name not in result:
        result[name] = pd.Series([empty] * len(result), index=result.index, dtype=object if empty == "" else float)
    result.loc[mask, name] = values


def category_levels(values: ArrayLike, edition: AqiEdition) -> Floats:
    """Level 1–6 of AQI values; NaN stays NaN."""
    given = np.asarray(values, dtype=float)
    starts = [category.low for category in edition.categories[1:]]
    return np.where(np.isnan(given), np.nan, 1.0 + np.searchsorted(starts, given, side="right"))


def _primary(parts: Mapping[str, Floats], highest: Floats, values: Floats) -> NDArray[np.object_]:
    """Names of the largest items, ties joined; a pollutant with two averages is named once."""
    named = np.full(len(highest), "", dtype=object)
    polluted = values > PRIMARY_ABOVE
    seen: dict[str, NDArray[np.bool_]] = {}
    for column, part in parts.items():
        pollutant = ITEMS[column][0]
        equal = polluted & (part == highest)
        seen[pollutant] = seen[pollutant] | equal if pollutant in seen else equal
    for pollutant, equal in seen.items():
        named[equal] = [f"{before},{pollutant}" if before else pollutant for before in named[equal]]
    return named
