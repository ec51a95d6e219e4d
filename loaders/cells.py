"""Cells of tables as upstreams fill them, and summaries of many: what the loaders of observations have in common."""

import math
import re
import reprlib
from typing import Any

import pandas as pd

from assessment import detection
from assessment.messages import one_line

MISSING = ("", "—", "-", "--", "/", "NA", "N/A", "NaN", "null", "None")
_MISSING = {mark.casefold() for mark in MISSING}
_NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?", re.IGNORECASE)
NOTE_LENGTH = 80
LONGEST_CELL = 1000  # signs of a cell that are looked at
MOST_PROBLEMS = 20
MOST_ROWS = 20_000  # of a table of one answer; the largest one has 2,000
_SHORTENED = reprlib.Repr()
_SHORTENED.maxstring = _SHORTENED.maxlong = _SHORTENED.maxother = NOTE_LENGTH
LAST_YEAR = 2100  # a stamp after it is a slip, such as 9999 for never
KEY = ["place_id", "item", "averaging", "at"]


def plain(cell: Any) -> str:
    """A cell's text without margins and without control signs, which no database takes; empty where there is none.

    Of a long one :data:`LONGEST_CELL` signs and "…", so that it is no number; of a list or an object its beginning.
    """
    if cell is None:
        return ""
    text = cell if isinstance(cell, str) else str(cell) if isinstance(cell, (int, float)) else quoted(cell)
    if len(text) > LONGEST_CELL:
        text = text[:LONGEST_CELL] + "…"
    return text.strip() if text.isprintable() else "".join(sign if sign.isprintable() else " " for sign in text).strip()


def quoted(value: Any) -> str:
    """A value of JSON as a sentence quotes it: 'soon', None, 0, ['a', …]; the beginning and the end of a long one."""
    return _SHORTENED.repr(value)


def word(cell: Any) -> str:
    """A cell's text; empty where it means that there is none."""
    text = plain(cell)
    return "" if text.casefold() in _MISSING else text


def read_cell(cell: Any) -> tuple[float, str | None, str | None] | None:
    """A cell as value, note and flags; None where it is missing.

    Below the limit of detection the note keeps the mark as written (:mod:`assessment.detection`). Text that is no number
    has value NaN and the flag ``unreadable``, the note keeps it.
    """
    if not (text := word(cell)):
        return None
    if len(text) > NOTE_LENGTH:
        return math.nan, text[:NOTE_LENGTH], "unreadable"
    if _NUMBER.fullmatch(text):  # nearly every cell: a mere number is no mark of a limit
        value = float(text)
        return (value, None, None) if math.isfinite(value) else (math.nan, text, "unreadable")
    if (limit := detection.limit(text)) is not None:
        return limit / 2, text, None
    return math.nan, text, "unreadable"


def bounded(problems: list[str]) -> tuple[str, ...]:
    """The first problems, each in one line, and how many more there are."""
    more = len(problems) - MOST_PROBLEMS
    first = map(one_line, problems[:MOST_PROBLEMS])
    return (*first, f"and {more} more problems") if more > 0 else tuple(first)


def without_repeats(frame: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Sorted readings, one a moment: of several the last, and a sentence where they differ.

    An index given again without its primary pollutants keeps them.
    """
    # An answer has few rows: Python has them in order before pandas has looked at what it was given.
    keys = list(
        zip(*(frame[name].array.tolist() for name in KEY[:-1]), frame["at"].astype("int64").tolist(), strict=True)
    )
    last = frame.take(sorted(range(len(keys)), key=keys.__getitem__)).reset_index(drop=True)
    if len(set(keys)) == len(keys):
        return last, []
    again = last.duplicated(KEY, keep="last")
    named = last.groupby([*KEY, "value"])["primary_pollutants"].transform("last")  # skips what is missing
    unnamed = last["primary_pollutants"].isna() & named.notna()
    last.loc[unnamed, "primary_pollutants"] = named[unnamed]
    last = last[~again].reset_index(drop=True)
    differing = frame.drop_duplicates([*KEY, "value"])
    again = differing[differing.duplicated(KEY)].drop_duplicates(["place_id", "at"])
    return last, [
        f"{row.place_id} at {row.at:%Y-%m-%d %H:%M} stands more than once with different values: the last is kept"
        for row in again.itertuples()
    ]
