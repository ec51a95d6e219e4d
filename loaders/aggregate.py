"""Days and months of readings, updated as readings come in, so that a page never reads the hours of years.

On arrays: most answers touch a few days, and on few rows a frame costs ten times as much.
"""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlalchemy import Column, ColumnElement, Connection, Table, and_, bindparam, delete, insert, or_, select

from assessment.air_year import HOURS_FOR_A_DAY, HOURS_IN_A_DAY, highest_8h_mean
from store import database, live
from store.clock import AHEAD_OF_UTC_S, DAY_S

HOURLY = "1h"
# Running means (8h, 24h, 8h_24h) overlap: their mean would count an hour many times.
AVERAGINGS = (HOURLY, "instant", "day", "16d")
NO_MEAN = ("wind_dir_deg",)  # between 350° and 10° lies north, not 180°
OZONE = "o3_1h_ugm3"
HOUR_S = 3600
MONTHS_BEFORE_1970 = 1970 * 12
GAP_DAYS = 31  # touched days closer than this are read in one go
PERIOD_BITS = 24  # a series and its day or month are one number, a key
LAST_PERIOD = (1 << PERIOD_BITS) - 1

Numbers = NDArray[np.int64]
Values = NDArray[np.float64]


def update_aggregates(c: Connection, touched: pd.DataFrame) -> None:
    """Compute anew the days that changed and their months, inside the caller's transaction.

    ``touched``: series_id, item, averaging, stream and day (days since 1970 in Xining; an hour belongs to the day in
    which it closes, 00:00 to the day before) of every reading that changed. Writers wait
    for each other (:mod:`store.database`), so nobody changes the same days meanwhile.
    """
    averaging, item = touched["averaging"], touched["item"]
    counts = (averaging.isin(AVERAGINGS) & ~item.isin(NO_MEAN)).to_numpy()
    if not counts.any():
        return
    series_id = touched["series_id"].to_numpy("int64")
    hourly = np.unique(series_id[counts & (averaging == HOURLY).to_numpy()])
    ozone = np.intersect1d(hourly, series_id[(item == OZONE).to_numpy()])
    days = np.unique(_keys(series_id, touched["day"].to_numpy("int64"))[counts])
    _replace(c, live.day_values, days, _days(c, days, hourly, ozone))
    months = np.unique(_keys(days >> PERIOD_BITS, _month_of(days & LAST_PERIOD)))
    _replace(c, live.month_values, months, _months(c, months, hourly))


# ── days ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
def _days(c: Connection, days: Numbers, hourly: Numbers, ozone: Numbers) -> list[Sequence[Any]]:
    """The columns of day_values for these days: what counts are known readings without a flag."""
    column = live.readings.c
    sound = and_(column.value.is_not(None), or_(column.flags.is_(None), column.flags == ""))
    within = [
        and_(column.series_id.in_(series), column.at.between(_midnight(first), _midnight(last + 1)), sound)
        for series, first, last in _stretches(days)
    ]
    series_id, at, value = _fetch(c, (column.series_id, column.at, column.value), within)
    closes = at + AHEAD_OF_UTC_S - np.isin(series_id, hourly)  # the second before an hour ends lies in its day
    keys, rows, begins = _grouped(_keys(series_id, closes // DAY_S), days, at)
    known, hour = value[rows], closes[rows] % DAY_S // HOUR_S  # hour 0 ends at 01:00
    n, total = _counted(known, begins)
    low, high = np.minimum.reduceat(known, begins), np.maximum.reduceat(known, begins)
    mda8 = _mda8(np.isin(keys >> PERIOD_BITS, ozone), n, hour, known)
    return [*_split(keys), n.tolist(), (total / n).tolist(), low.tolist(), high.tolist(), mda8]


def _midnight(day: int) -> int:
    """The second since 1970 in which a day begins in Xining."""
    return day * DAY_S - AHEAD_OF_UTC_S


def _mda8(ozone: NDArray[np.bool_], n: Numbers, hour: Numbers, value: Values) -> list[float | None]:
    """The largest 8-hour mean of each day of hourly ozone; ``n``: how many rows each day has."""
    hours = np.full((len(n), HOURS_IN_A_DAY), np.nan)
    hours[np.repeat(np.arange(len(n)), n), hour] = value
    found = np.full(len(n), np.nan)
    if ozone.any():
        found[ozone] = highest_8h_mean(hours[ozone])
    return _or_none(found)


# ── months ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def _months(c: Connection, months: Numbers, hourly: Numbers) -> list[Sequence[Any]]:
    """The columns of month_values: hourly series by their days of 20 hours, all others by all their readings."""
    column = live.day_values.c
    within = [
        and_(column.series_id.in_(series), column.day.between(_first_day(first), _first_day(last + 1) - 1))
        for series, first, last in _stretches(months)
    ]
    series_id, day, n, mean = _fetch(c, (column.series_id, column.day, column.n, column.mean), within)
    keys, rows, begins = _grouped(_keys(series_id, _month_of(day)), months, day)
    n, by_days = n[rows], np.isin(series_id[rows], hourly)
    valid = ~by_days | (n >= HOURS_FOR_A_DAY)
    weight = valid * np.where(by_days, 1, n)
    _, weighted = _counted(weight * mean[rows], begins)
    readings, days, weights = (np.add.reduceat(one, begins) for one in (n, valid.astype("int64"), weight))
    means = np.divide(weighted, weights, out=np.full(len(keys), np.nan), where=weights > 0)
    return [*_split(keys), readings.tolist(), days.tolist(), _or_none(means)]


def _month_of(days: Numbers) -> Numbers:
    """Months (year × 12 + month − 1) of days since 1970."""
    return days.astype("datetime64[D]").astype("datetime64[M]").astype("int64") + MONTHS_BEFORE_1970


def _first_day(month: int) -> int:
    return int(np.datetime64(month - MONTHS_BEFORE_1970, "M").astype("datetime64[D]").astype("int64"))


# ── both ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
def _keys(series_id: Numbers, period: Numbers) -> Numbers:
    return (series_id << PERIOD_BITS) + period


def _split(keys: Numbers) -> tuple[list[int], list[int]]:
    """Series and periods of keys."""
    return (keys >> PERIOD_BITS).tolist(), (keys & LAST_PERIOD).tolist()


def _stretches(keys: Numbers) -> list[tuple[list[int], int, int]]:
    """Series, first and last period of what lies close together: a lone late reading costs no years in between."""
    series, period = keys >> PERIOD_BITS, keys & LAST_PERIOD
    order = np.argsort(period, kind="stable")
    parts = np.split(order, np.flatnonzero(np.diff(period[order]) > GAP_DAYS) + 1)
    return [(np.unique(series[part]).tolist(), int(period[part[0]]), int(period[part[-1]])) for part in parts]


def _fetch(c: Connection, columns: tuple[Column[Any], ...], within: list[ColumnElement[bool]]) -> list[NDArray[Any]]:
    """Columns of the rows for which one of the conditions holds; for none do two."""
    rows = [row for one in within for row in database.tuples(c, select(*columns).where(one))]
    values = list(zip(*rows, strict=True)) or [()] * len(columns)
    return [np.array(many, one.type.python_type) for one, many in zip(columns, values, strict=True)]


def _grouped(keys: Numbers, wanted: Numbers, order: Numbers) -> tuple[Numbers, Numbers, NDArray[np.intp]]:
    """The wanted keys there are, the rows that have one, by key and ``order``, and where among them each key begins."""
    rows = np.flatnonzero(np.isin(keys, wanted))
    rows = rows[np.lexsort((order[rows], keys[rows]))]
    found, begins = np.unique(keys[rows], return_index=True)
    return found, rows, begins


def _counted(values: Values, begins: NDArray[np.intp]) -> tuple[Numbers, Values]:
    """How many values each group has, and their sum, exact to the last digit in whatever order they come."""
    bounds = [*begins.tolist(), len(values)]
    several = values.tolist()
    sums = [math.fsum(several[first:end]) for first, end in pairwise(bounds)]
    return np.diff(bounds).astype("int64"), np.array(sums, "float64")


def _or_none(values: Values) -> list[float | None]:
    return [None if math.isnan(value) else value for value in values.tolist()]


def _replace(c: Connection, table: Table, keys: Numbers, columns: list[Sequence[Any]]) -> None:
    """Put rows in the place of what the table holds of these keys; a key without a row leaves none."""
    first, second, *_ = names = table.c.keys()
    where = (table.c[first] == bindparam("a"), table.c[second] == bindparam("b"))
    c.execute(delete(table).where(*where), [{"a": a, "b": b} for a, b in zip(*_split(keys), strict=True)])
    if rows := [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]:
        c.execute(insert(table), rows)
