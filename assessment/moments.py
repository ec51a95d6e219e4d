"""Which day of Xining a moment belongs to. What is not certain is refused, never guessed."""

from datetime import date, datetime
from numbers import Number
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
from numpy.typing import NDArray

ZONE = ZoneInfo("Asia/Shanghai")  # of Xining, as of all China
Days = NDArray[np.datetime64]
LENGTH_OF_A_DAY = len("YYYY-MM-DD")
ONE_MOMENT = pd.Timedelta(seconds=1)


def local(moments: pd.DatetimeIndex) -> pd.DatetimeIndex:
    """Moments as the clock in Xining shows them; those with a zone are converted, those without are taken as shown."""
    return moments if moments.tz is None else moments.tz_convert(ZONE).tz_localize(None)


def days_of(values: Any, *, ends_of_hours: bool = False) -> Days:
    """The day of each of ``values`` (datetime64[D]; NaT where missing): dates, timestamps, or ISO text of either.

    ``ends_of_hours``: moments are the ends of hours, and the hour that ends at 00:00 belongs to the day before; a value
    without a time of day (a date, a text such as 2026-03-01) is the day itself. Raises ValueError on numbers, which
    could be days of any count (20260301, 46082), and on text that is no ISO date.
    """
    if isinstance(values, pd.DatetimeIndex):
        values = local(values).to_numpy()
    if isinstance(values, np.ndarray) and values.dtype.kind == "M":  # nothing is to be read
        moments = values - np.timedelta64(1, "s") if ends_of_hours else values
        return moments.astype("datetime64[D]")
    given = pd.Series(np.asarray(values) if isinstance(values, np.ndarray) else values).reset_index(drop=True)
    found = local(pd.DatetimeIndex(given) if given.dtype.kind == "M" else _read(given))
    if ends_of_hours:
        timed = ~given.map(_is_day).to_numpy(bool) if given.dtype.kind == "O" else True
        found = pd.DatetimeIndex(np.where(timed, found - ONE_MOMENT, found))
    days: Days = found.to_numpy().astype("datetime64[D]")
    return days


def _read(given: pd.Series) -> pd.DatetimeIndex:
    numbers = given.map(lambda value: isinstance(value, Number | np.bool_) and not pd.isna(value))
    if numbers.any():
        raise ValueError(f"a date is the number {given[numbers.to_numpy().argmax()]!r}: write it as 2026-03-01")
    try:
        return pd.DatetimeIndex(pd.to_datetime(given, format="ISO8601"))
    except ValueError as error:
        raise ValueError(f"a date is no date or time as 2026-03-01T09:00 ({str(error).splitlines()[0]})") from error


def _is_day(value: Any) -> bool:
    if isinstance(value, str):
        return len(value.strip()) <= LENGTH_OF_A_DAY
    return isinstance(value, date) and not isinstance(value, datetime)
