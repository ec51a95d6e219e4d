"""Days and months of readings, updated as readings come in, so that a page never reads the hours of years."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlalchemy import Column, ColumnElement, Connection, Table, bindparam, delete, insert, or_, select

from assessment.air_year import HOURS_FOR_A_DAY, HOURS_IN_A_DAY, highest_8h_mean
from store import live

HOURLY = "1h"
# Running means (8h, 24h, 8h_24h) overlap: their mean would count an hour many times.
AVERAGINGS = (HOURLY, "instant", "day", "16d")
NO_MEAN = ("wind_dir_deg",)  # between 350° and 10° lies north, not 180°
OZONE = "o3_1h_ugm3"
HOUR_S, DAY_S, AHEAD_OF_UTC_S = 3600, 86400, 8 * 3600
MONTHS_BEFORE_1970 = 1970 * 12
GAP_DAYS = 31  # touched days closer than this are read in one go

Days = NDArray[np.int64]


def update_aggregates(c: Connection, touched: pd.DataFrame) -> None:
    """Compute anew the days that changed and their months, inside the caller's transaction.

    ``touched``: series_id, item, averaging, stream and day (days since 1970 in Xining; an hour belongs to the day in
    which it closes, 00:00 to the day before) of every reading that changed. Writers wait
    for each other (:mod:`store.database`), so nobody changes the same days meanwhile.
    """
    wanted = touched[touched["averaging"].isin(AVERAGINGS) & ~touched["item"].isin(NO_MEAN)]
    if wanted.empty:
        return
    kinds = wanted.drop_duplicates("series_id").set_index("series_id")[["item", "averaging"]]
    pairs = wanted[["series_id", "day"]].astype("int64").drop_duplicates()
    _replace(c, live.day_values, pairs, _days(_readings(c, pairs, kinds), kinds))
    months = pairs.assign(month=_month_of(pairs["day"].to_numpy()))[["series_id", "month"]].drop_duplicates()
    _replace(c, live.month_values, months, _months(_day_values(c, months), kinds))


# ── days ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
def _readings(c: Connection, pairs: pd.DataFrame, kinds: pd.DataFrame) -> pd.DataFrame:
    """What counts of the days in ``pairs``: known readings without a flag, as series_id, day, hour (0: ends at 01:00), value."""
    table = live.readings
    parts = [
        _fetch(
            c,
            (table.c.series_id, table.c.at, table.c.value),
            table.c.series_id.in_(series),
            table.c.at.between(first * DAY_S - AHEAD_OF_UTC_S, (last + 1) * DAY_S - AHEAD_OF_UTC_S),
            table.c.value.is_not(None),
            or_(table.c.flags.is_(None), table.c.flags == ""),
        )
        for series, first, last in _stretches(pairs, "day")
    ]
    found = pd.concat(parts, ignore_index=True)
    hourly = found["series_id"].map(kinds["averaging"] == HOURLY)
    closes = found["at"] + AHEAD_OF_UTC_S - hourly.astype("int64")  # the second before an hour ends lies in its day
    found["day"], found["hour"] = closes // DAY_S, closes % DAY_S // HOUR_S
    return found.merge(pairs, on=["series_id", "day"])


def _days(found: pd.DataFrame, kinds: pd.DataFrame) -> pd.DataFrame:
    """The columns of day_values for the readings found."""
    grouped = found.groupby(["series_id", "day"])["value"]
    days = grouped.agg(n="count", mean="mean", low="min", high="max").reset_index()
    ozone = kinds.index[(kinds["item"] == OZONE) & (kinds["averaging"] == HOURLY)]
    return days.merge(_mda8(found[found["series_id"].isin(ozone)]), on=["series_id", "day"], how="left")


def _mda8(found: pd.DataFrame) -> pd.DataFrame:
    """series_id, day, mda8 of hourly ozone."""
    grouped = found.groupby(["series_id", "day"])
    hours = np.full((grouped.ngroups, HOURS_IN_A_DAY), np.nan)
    hours[grouped.ngroup(), found["hour"]] = found["value"]
    days = grouped.size().reset_index()[["series_id", "day"]]
    return days.assign(mda8=highest_8h_mean(hours))


# ── months ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def _day_values(c: Connection, months: pd.DataFrame) -> pd.DataFrame:
    """The days of the months in ``months``: series_id, month, n, mean."""
    table = live.day_values
    parts = [
        _fetch(
            c,
            (table.c.series_id, table.c.day, table.c.n, table.c.mean),
            table.c.series_id.in_(series),
            table.c.day.between(_first_day(first), _first_day(last + 1) - 1),
        )
        for series, first, last in _stretches(months, "month")
    ]
    found = pd.concat(parts, ignore_index=True)
    found["month"] = _month_of(found["day"].to_numpy())
    return found.merge(months, on=["series_id", "month"])


def _months(days: pd.DataFrame, kinds: pd.DataFrame) -> pd.DataFrame:
    """The columns of month_values: hourly series by their days of 20 hours, all others by all their readings."""
    hourly = days["series_id"].map(kinds["averaging"] == HOURLY).astype(bool)
    valid = ~hourly | (days["n"] >= HOURS_FOR_A_DAY)
    weight = valid * np.where(hourly, 1, days["n"])
    summed = (
        days.assign(days=valid.astype("int64"), weight=weight, weighted=weight * days["mean"])
        .groupby(["series_id", "month"])[["n", "days", "weight", "weighted"]]
        .sum()
        .reset_index()
    )
    summed["mean"] = summed["weighted"] / summed["weight"].where(summed["weight"] > 0)
    return summed[["series_id", "month", "n", "days", "mean"]]


def _month_of(days: Days) -> Days:
    """Months (year × 12 + month − 1) of days since 1970."""
    return days.astype("datetime64[D]").astype("datetime64[M]").astype("int64") + MONTHS_BEFORE_1970


def _first_day(month: int) -> int:
    return int(np.datetime64(month - MONTHS_BEFORE_1970, "M").astype("datetime64[D]").astype("int64"))


# ── both ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
def _stretches(pairs: pd.DataFrame, period: str) -> list[tuple[list[int], int, int]]:
    """Series, first and last period of what lies close together: a lone late reading costs no years in between."""
    ordered = pairs.sort_values(period)
    number = (ordered[period].diff() > GAP_DAYS).cumsum()
    return [
        (part["series_id"].unique().tolist(), int(part[period].iloc[0]), int(part[period].iloc[-1]))
        for _, part in ordered.groupby(number)
    ]


def _fetch(c: Connection, columns: tuple[Column[Any], ...], *conditions: ColumnElement[bool]) -> pd.DataFrame:
    found = zip(*c.execute(select(*columns).where(*conditions)).all(), strict=True)
    values = list(found) or [()] * len(columns)  # column by column: rows one by one take pandas four times as long
    return pd.DataFrame(
        {one.name: np.array(many, one.type.python_type) for one, many in zip(columns, values, strict=True)}
    )


def _replace(c: Connection, table: Table, pairs: pd.DataFrame, rows: pd.DataFrame) -> None:
    """Put ``rows`` in the place of what the table holds of ``pairs`` (its key); a pair without a row leaves none."""
    first, second = pairs.columns
    where = (table.c[first] == bindparam("a"), table.c[second] == bindparam("b"))
    c.execute(delete(table).where(*where), [{"a": a, "b": b} for a, b in pairs.to_numpy().tolist()])
    if len(rows):
        plain = rows.astype(object).where(rows.notna(), None)
        c.execute(insert(table), plain.to_dict("records"))
