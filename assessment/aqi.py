"""Air quality index by HJ 633-2012 and HJ 633-2026.

Concentrations in µg/m³, CO in mg/m³. Formula: IAQI = (IAQI_hi − IAQI_lo) / (BP_hi − BP_lo) × (C − BP_lo) + IAQI_lo
(both editions, formula 1), rounded up to a whole number (2012: 6.2; 2026: 4.2.6); AQI is the largest IAQI (formula 2).
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Literal

import numpy as np
import pandas as pd
from msgspec import Struct
from numpy.typing import ArrayLike, NDArray
from pandas.api.extensions import ExtensionArray

from assessment.editions import GOOD_UP_TO, NEW, OLD, PRIMARY_ABOVE, AqiEdition, Breakpoints
from assessment.moments import days_of

Floats = NDArray[np.float64]
MissingRule = Literal["standard", "available"]
HIGHEST = 500.0
NO_SLIP_DECIMALS = 9  # a mean such as 34.499999999999996 is the decimal tie 34.5; true values never lie that close
BLOCK = 1 << 15  # rows judged at a time: what is in work stays in the processor's cache

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
POLLUTANTS = tuple(dict.fromkeys(pollutant for pollutant, *_ in ITEMS.values()))
# What a report of an edition takes: (edition, hourly) → columns.
REPORTS: dict[tuple[str, bool], tuple[str, ...]] = {
    (OLD, False): tuple(ITEMS),  # 5.1.2: seven, ozone by both averages
    (OLD, True): tuple(ITEMS),  # 5.1.3: particles as the moving mean of 24 hours
    (NEW, False): tuple(name for name in ITEMS if name != "o3_1h_ugm3"),  # 4.2.2: six
    (NEW, True): tuple(name for name in ITEMS if name != "o3_8h_ugm3"),  # 4.2.3, 4.2.4: six, particles as 1-hour means
}
# Tables that end before 500. Above their end the 2026 edition takes their last IAQI (table 3, notes b and c); the 2012
# edition takes the pollutant's other average instead (table 1, notes 2 and 3), so that here nothing is known.
STOPS_SHORT = {("SO2", "1h"), ("O3", "8h")}


def round_half_even(values: ArrayLike, decimals: int) -> Floats:
    """GB/T 8170 rounding of decimal values; a binary neighbour of a decimal tie counts as the tie."""
    rounded: Floats = _steps(np.asarray(values, dtype=float), decimals) / 10**decimals
    return rounded


def rounded(value: float, decimals: int) -> float:
    """One value by GB/T 8170, as :func:`round_half_even` rounds many; NaN stays NaN."""
    if not math.isfinite(value):
        return float(value)
    scale = 10.0**decimals
    return (
        round(round(float(value) * scale, NO_SLIP_DECIMALS)) / scale
    )  # Python rounds halves to the even number as well


def _steps(values: Floats, decimals: int) -> Floats:
    """The rounded values counted in steps of 10^−decimals."""
    steps: Floats = np.rint(np.round(values * 10**decimals, NO_SLIP_DECIMALS))
    return steps


@lru_cache(maxsize=128)
def iaqi_by_step(table: Breakpoints, decimals: int = 0) -> NDArray[np.int64]:
    """IAQI of every rounded concentration from 0 to the table's last, in steps of 10^−decimals.

    Whole-number arithmetic throughout, so that rounding up is exact: PM2.5 35 µg/m³ is 50 and never 51.
    """
    points = np.rint(table.concentration * 10**decimals).astype(np.int64)
    levels = np.rint(table.iaqi).astype(np.int64)
    steps = np.arange(points[-1] + 1)
    above = np.searchsorted(points, steps).clip(1)
    rise = (levels[above] - levels[above - 1]) * (steps - points[above - 1])
    reached: NDArray[np.int64] = levels[above - 1] - (-rise // (points[above] - points[above - 1]))
    return reached


def iaqi(values: ArrayLike, table: Breakpoints, *, decimals: int = 0, beyond: float = HIGHEST) -> Floats:
    """Individual AQI of concentrations, any shape; NaN stays NaN.

    ``decimals``: half-even rounding before the IAQI: whole numbers, CO one decimal (HJ 633-2026 4.2.2, 4.2.3; the 2012
    edition does not state it, the same is usual). ``beyond``: the value above the table's last concentration: 500 in both
    editions (the 2026 scale ends there, the 2012 table stops there), NaN where the edition gives none.
    Raises ValueError on a negative concentration.
    """
    given = np.asarray(values, dtype=float)
    if given.size and np.fmin.reduce(given, axis=None) < 0:
        raise ValueError("a concentration is negative")
    known = iaqi_by_step(table, decimals)
    with_ends = np.concatenate([known, [beyond, np.nan]])
    place = np.minimum(_steps(given, decimals), len(known))
    return with_ends[np.where(np.isnan(place), len(known) + 1, place).astype(np.intp)]


def iaqi_columns(columns: Mapping[str, ArrayLike], edition: AqiEdition, *, hourly: bool = False) -> dict[str, Floats]:
    """IAQI of every item the edition's report takes and ``columns`` holds; keys are the columns' names.

    ``hourly``: SO2, NO2, CO and O3 by their 1-hour tables; particles by the daily table, into which go the moving means
    of 24 hours by the 2012 edition and the 1-hour means by the 2026 edition.
    """
    found = {}
    for name in REPORTS[edition.id, hourly]:
        if name in columns:
            table, decimals, beyond = _scale(name, edition, hourly)
            found[name] = iaqi(columns[name], table, decimals=decimals, beyond=beyond)
    return found


def _scale(item: str, edition: AqiEdition, hourly: bool) -> tuple[Breakpoints, int, float]:
    """An item's table, its decimals, and the IAQI above the table's last concentration (NaN: none)."""
    pollutant, daily, by_hour, decimals = ITEMS[item]
    averaging = by_hour if hourly else daily
    table = edition.breakpoints[pollutant, averaging]
    if (pollutant, averaging) not in STOPS_SHORT:
        return table, decimals, HIGHEST
    return table, decimals, table.top if edition.id == NEW else np.nan


class ConcentrationRange(Struct, frozen=True, weakref=True):
    """The concentrations that have one IAQI, in µg/m³ (CO mg/m³).

    By the formula: more than ``above`` (None: nothing less has it, IAQI 0) and at most ``up_to`` (None: no upper end).
    ``low`` to ``high``: the rounded ones among all that a report may bear; both None where none has this IAQI, because
    one step of the concentration is worth more than one of the index; ``high`` alone None where there is no upper end.
    """

    above: float | None
    up_to: float | None
    low: float | None
    high: float | None


def concentrations(index: int, item: str, edition: AqiEdition, *, hourly: bool = False) -> ConcentrationRange:
    """The concentrations of an item (column of :data:`ITEMS`) whose IAQI is ``index``: the inverse of :func:`iaqi`.

    A range, because the IAQI is rounded up (2012: 6.2; 2026: 4.2.6): formula 1 gives more than ``index`` − 1 and at most
    ``index``. Open above where the table's end is passed (500; 2026 also SO2 1 h at 200 and O3 8 h at 300, table 3,
    notes b and c). Raises ValueError where the edition's report does not take the item or its table does not reach.
    """
    taken = REPORTS[edition.id, hourly]
    if item not in taken:
        report = "hourly" if hourly else "daily"
        raise ValueError(f"{item} is no item of the {report} report of {edition.id}; those are {', '.join(taken)}")
    table, decimals, beyond = _scale(item, edition, hourly)
    if not 0 <= index <= table.top:
        raise ValueError(f"IAQI {index}: the table of {item} in {edition.id} reaches from 0 to {table.top:g}")
    above, up_to = np.interp([index - 1, index], table.iaqi, table.concentration).round(NO_SLIP_DECIMALS).tolist()
    first, after = (np.searchsorted(iaqi_by_step(table, decimals), [index, index + 1]) / 10**decimals).tolist()
    last, step, is_open = after - 10**-decimals, first != after, index == beyond
    return ConcentrationRange(
        above if index else None,
        None if is_open else up_to,
        first if step else None,
        round(last, decimals) if step and not is_open else None,
    )


def aqi_of(columns: Mapping[str, ArrayLike], edition: AqiEdition, *, hourly: bool = False) -> Floats:
    """AQI of whatever items are there: the largest IAQI, NaN where none is. ``columns``: arrays of one length.

    Raises ValueError where no column is one the edition's report takes.
    """
    arrays = {name: np.asarray(columns[name], dtype=float) for name in REPORTS[edition.id, hourly] if name in columns}
    if not arrays:
        raise ValueError(f"no column of the report of {edition.id}: {', '.join(REPORTS[edition.id, hourly])}")
    count = len(next(iter(arrays.values())))
    result = np.empty(count)
    for start in range(0, count, BLOCK):
        rows = slice(start, start + BLOCK)
        parts = iaqi_columns({name: values[rows] for name, values in arrays.items()}, edition, hourly=hourly)
        result[rows] = _on_scale(_largest(list(parts.values())), edition)
    return result


def _largest(parts: Sequence[Floats]) -> Floats:
    highest = parts[0]
    for part in parts[1:]:
        highest = np.fmax(highest, part)
    return highest


def _on_scale(highest: Floats, edition: AqiEdition) -> Floats:
    """The 2026 scale runs from 1 to 500; where the formula gives 0, 1 is taken: an inference, the text does not state it."""
    return np.maximum(highest, 1.0) if edition.id == NEW else highest


def category_levels(values: ArrayLike, edition: AqiEdition) -> Floats:
    """Level 1–6 of AQI values (HJ 633-2012 table 2, HJ 633-2026 table 1); NaN stays NaN."""
    given = np.asarray(values, dtype=float)
    starts = [category.low for category in edition.categories[1:]]
    return np.where(np.isnan(given), np.nan, 1.0 + np.searchsorted(starts, given, side="right"))


def short(column: str) -> str:
    """Name of an item's IAQI column: pm25_ugm3 → iaqi_pm25."""
    return "iaqi_" + column.rsplit("_", 1)[0]


def leading(iaqis: Mapping[str, float], value: float) -> tuple[str, ...]:
    """The primary pollutants of an index published without any (2012: 4.4.2; 2026: 4.3.1), by individual indices known.

    ``iaqis``: column of :data:`ITEMS` → individual index of every item of the report, NaN where not known. Nothing up to
    50; nothing where an item is not known and the others lie below the index, for then it may be the one that leads.
    """
    known = [one for one in iaqis.values() if not np.isnan(one)]
    highest = max(known, default=0.0)
    if not value > PRIMARY_ABOVE or (highest < value and len(known) < len(iaqis)):
        return ()
    return tuple(dict.fromkeys(ITEMS[name][0] for name, one in iaqis.items() if one == highest))


def above_100(iaqis: Mapping[str, float], primary: Sequence[str], value: float) -> tuple[str, ...]:
    """Every pollutant whose individual index is above 100: whose sensitive groups are addressed (HJ 633-2026 table 2).

    ``iaqis`` as for :func:`leading`. The primary pollutants of an index above 100 are among them whether or not their
    own are known.
    """
    mine = {ITEMS[name][0] for name, one in iaqis.items() if one > GOOD_UP_TO}
    mine |= set(primary) if value > GOOD_UP_TO else set()
    return tuple(name for name in POLLUTANTS if name in mine)


def judge(
    frame: pd.DataFrame,
    editions: Mapping[str, AqiEdition],
    *,
    edition: str | None = None,
    hourly: bool = False,
    missing_rule: MissingRule = "standard",
    unmonitored: Mapping[str, NDArray[np.bool_]] | None = None,
) -> pd.DataFrame:
    """Judge rows of concentrations.

    ``frame``: any of the columns of :data:`ITEMS`, and ``date`` unless ``edition`` names one; without a name each row's
    date chooses (HJ 633-2026 from 2026-03-01). By the hour a timestamp is the hour's end, and the hour that ends at
    2026-03-01 00:00 belongs to the day before; see :func:`assessment.moments.days_of`. Returned: its columns and
    ``standard``, ``iaqi_<item>`` (e.g. iaqi_pm25, iaqi_o3_8h) of the items given and taken, ``aqi``, ``category``
    (Chinese name, empty without an AQI), ``category_level`` (1–6), ``primary`` (pollutants of the largest IAQI where
    AQI > 50, ties joined by commas), ``missing`` (items the report takes and the row lacks, e.g. "co,o3_8h") and
    ``aqi_incomplete`` (an AQI is given although something is missing: the true one may be higher).

    ``missing_rule``: "standard" – 2012: the rest is judged (tables 3 and 4, notes); 2026: with an item missing the AQI
    is given only above 100 (5.3.1).
    "available" – the rest is judged by both; for archives that lack an item.
    ``unmonitored``: by column, the rows in which the item is not monitored and caused no polluted day in three years on
    end, "/" in a report: by the 2026 edition it is then not missing (5.3.2). The 2012 edition knows no such item.
    Raises ValueError on an unknown edition, and on a row without a sure date where dates must choose.
    """
    in_time = sorted(editions.values(), key=lambda one: one.effective_from)
    chosen = _chosen(frame, in_time, edition, hourly)
    columns = {name: frame[name].to_numpy(float) for name in ITEMS if name in frame}
    used = np.flatnonzero(np.bincount(chosen)).tolist() or range(len(in_time))
    taken = {name for place in used for name in REPORTS[in_time[place].id, hourly]}
    exempt = _bits(unmonitored or {}, len(frame))
    found: dict[str, NDArray[Any]] = {short(name): np.full(len(frame), np.nan) for name in columns if name in taken}
    items = list(found)
    found |= {name: np.empty(len(frame)) for name in ("aqi", "category_level")}
    found |= {name: np.zeros(len(frame), dtype=np.int16) for name in ("primary", "missing")}
    for place, rows in _blocks(chosen):
        part = {name: values[rows] for name, values in columns.items()}
        for name, values in _judged(part, exempt[rows], in_time[place], hourly, missing_rule).items():
            found[name][rows] = values
    levels = np.nan_to_num(found["category_level"]).astype(int)
    names = [name for one in in_time for name in ("", *(category.name_zh for category in one.categories))]
    texts = {
        "standard": _texts([one.id for one in in_time], chosen),
        "category": _texts(names, chosen * (len(names) // len(in_time)) + levels),
        "primary": _texts(_every_set(POLLUTANTS), found["primary"]),
        "missing": _texts(_every_set([short(name).removeprefix("iaqi_") for name in ITEMS]), found["missing"]),
    }
    flags = {"aqi_incomplete": (found["missing"] > 0) & (levels > 0)}
    order = ["standard", *items, "aqi", "category", "category_level", "primary", "missing", "aqi_incomplete"]
    return frame.assign(**{name: (found | texts | flags)[name] for name in order})


def _blocks(chosen: NDArray[np.intp]) -> Iterator[tuple[int, NDArray[np.intp]]]:
    """The rows of each edition (by its place), a block at a time."""
    for start in range(0, len(chosen), BLOCK):
        block = chosen[start : start + BLOCK]
        for place in np.flatnonzero(np.bincount(block)):
            yield int(place), start + np.flatnonzero(block == place)


def _every_set(names: Sequence[str]) -> list[str]:
    """The names of every set, joined by commas; a set is a number whose bits are its members."""
    return [",".join(name for bit, name in enumerate(names) if number >> bit & 1) for number in range(1 << len(names))]


def _texts(texts: Sequence[str], places: NDArray[np.integer[Any]]) -> ExtensionArray:
    """A text for every row by its place among a few: quick, because no text is made twice."""
    return pd.array(texts, dtype="str").take(places)


def _chosen(frame: pd.DataFrame, in_time: Sequence[AqiEdition], edition: str | None, hourly: bool) -> NDArray[np.intp]:
    """The edition of each row, by its place in the order of time."""
    if edition is not None:
        names = [one.id for one in in_time]
        if edition not in names:
            raise ValueError(f"standard {edition!r} is unknown; known are {', '.join(names)}")
        return np.full(len(frame), names.index(edition), dtype=np.intp)
    if "date" not in frame:
        raise ValueError("without a named standard a date column must choose it")
    days = days_of(frame["date"], ends_of_hours=hourly)
    if np.isnat(days).any():
        row = int(np.isnat(days).argmax()) + 1
        raise ValueError(f"row {row}: without a named standard every row needs a date")
    starts = np.array([one.effective_from for one in in_time[1:]], dtype="datetime64[D]")
    return np.searchsorted(starts, days, side="right")


def _bits(rows_of: Mapping[str, NDArray[np.bool_]], count: int) -> NDArray[np.int16]:
    """Sets of items by row, in bits in the order of :data:`ITEMS`."""
    sets = np.zeros(count, dtype=np.int16)
    for name, rows in rows_of.items():
        sets |= np.asarray(rows).astype(np.int16) << list(ITEMS).index(name)
    return sets


def _judged(
    columns: Mapping[str, Floats],
    unmonitored: NDArray[np.int16],
    edition: AqiEdition,
    hourly: bool,
    missing_rule: MissingRule,
) -> dict[str, NDArray[Any]]:
    """The new columns of rows that one edition judges; ``unmonitored``, ``primary`` and ``missing`` are sets in bits."""
    count = len(unmonitored)
    parts = iaqi_columns(columns, edition, hourly=hourly)
    nothing = np.full(count, np.nan)
    lacking = {name: np.isnan(columns.get(name, nothing)) for name in REPORTS[edition.id, hourly]}
    missing = _bits(lacking, count)
    if edition.id == NEW:
        missing &= ~unmonitored
    highest = _largest(list(parts.values()) or [nothing])
    values = _on_scale(highest, edition)
    if edition.id == NEW and missing_rule == "standard":
        values = np.where((missing > 0) & (values <= GOOD_UP_TO), np.nan, values)
    levels = category_levels(values, edition)
    primary = _primary(parts, highest, values)
    iaqis = {short(name): part for name, part in parts.items()}
    return {**iaqis, "aqi": values, "category_level": levels, "primary": primary, "missing": missing}


def _primary(parts: Mapping[str, Floats], highest: Floats, values: Floats) -> NDArray[np.int16]:
    """Pollutants of the largest IAQI where AQI > 50 (2012: 4.4.2; 2026: 4.3.1), a set in bits."""
    leading = np.zeros(len(values), dtype=np.int16)
    polluted = values > PRIMARY_ABOVE
    for column, part in parts.items():
        leading |= (polluted & (part == highest)).astype(np.int16) << POLLUTANTS.index(ITEMS[column][0])
    return leading
