"""Cells of a column as numbers, days and words: each different text is read once, so that a long table costs little."""

import math
import re
import sys
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import IntEnum
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from msgspec import Struct
from numpy.typing import NDArray

from assessment import detection
from assessment.command_line.source import InputError, Rows
from assessment.moments import ZONE

# What people and programs write where there is no value. "/" means more in a report of air.
MISSING = re.compile(
    r"|n/?a|null|none|暂?无(数据)?|空|不详|缺测?|停测|断流|未(公布|监测|测)|\*+|[-‐‑‒–—―─−]+|\.{2,}|…+|\\",
    re.IGNORECASE,
)
SLASH = "/"  # not monitored, and harmless for three years on end: HJ 633-2026 5.3.2
PLAIN = r"^[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$"
NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?", re.IGNORECASE)
# A day, with or without a time: Xining's where no zone stands behind it. 24:00 is the end of the day it stands by.
DAY = r"(\d{4})(?: ?[-/.年] ?(\d{1,2}) ?[-/.月] ?(\d{1,2})(?: ?日)?|(\d\d)(\d\d))"
TIME = r"(\d{1,2})(?::(\d\d)(?::(\d\d)(?:\.\d+)?)?|[时点](?:(\d{1,2})分?)?)"
ZONED = r"Z|[+-]\d\d:?\d\d"
MOMENT = re.compile(rf"{DAY}(?:(?:T| +|(?<=日)){TIME}(?: ?({ZONED}))?)?")
ISO_DAY, ISO_HOUR = r"^\d{4}-\d\d-\d\d$", r"^\d{4}-\d\d-\d\d[T ]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$"
END_OF_DAY, THERE = 24, {None, "+08:00", "+0800"}
ONE_SECOND = np.timedelta64(1, "s")


class Mark(IntEnum):
    """What a cell of a column of numbers is."""

    NUMBER = 0
    MISSING = 1
    NOT_MONITORED = 2
    BELOW_DETECTION = 3
    WRONG = 4


class Cells(Struct, frozen=True, dict=True, weakref=True):
    """A column: its different texts without margins, and for each row which of them stands in it."""

    name: str
    texts: pa.StringArray
    places: NDArray[np.int32]
    rows: Rows

    def refuse(self, problems: Mapping[int, str]) -> None:
        """Raise InputError for the first row whose text is at fault; ``problems``: what is wrong, by place of the text."""
        if not problems:
            return
        row = int(np.isin(self.places, list(problems)).argmax())
        place = int(self.places[row])
        number = self.rows.number(row)
        raise InputError(f"row {number}, column {self.name}: {self.texts[place].as_py()!r} {problems[place]}")

    @cached_property
    def strings(self) -> list[str]:
        """The texts as Python has them."""
        found: list[str] = self.texts.to_pylist()
        return found


def column(rows: Rows, header: Sequence[str], name: str) -> Cells:
    """A column of some rows by its name."""
    encoded = rows.cells.column(header.index(name)).combine_chunks().dictionary_encode()
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.combine_chunks()
    return Cells(name, pc.utf8_trim_whitespace(encoded.dictionary), encoded.indices.to_numpy(), rows)


def plain(text: str) -> str:
    """A text in ordinary signs: full-width ones made narrow, those nobody sees left out."""
    narrow = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in narrow if unicodedata.category(sign) != "Cf").strip()


# ── numbers ──────────────────────────────────────────────────────────────────────────────────────────────────────────
class Numbers(Struct, frozen=True, weakref=True):
    """A column of numbers: ``values`` (NaN where there is none) and what each cell is, a row each."""

    values: NDArray[np.float64]
    marks: NDArray[np.int8]

    def are(self, mark: Mark) -> NDArray[np.bool_]:
        """The rows whose cell is such a one."""
        rows: NDArray[np.bool_] = self.marks == mark
        return rows


def numbers(
    rows: Rows,
    header: Sequence[str],
    name: str,
    *,
    may_be: Collection[Mark] = (),
    bounds: tuple[float, float] = (0.0, math.inf),
) -> Numbers:
    """Numbers ≥ 0 within ``bounds`` of a column of some rows; blanks, NA and dashes are missing.

    ``may_be``: marks beside that the column takes. "/" is NOT_MONITORED where it does, else missing. A value below the
    limit of detection is half the limit where it is written (环办监测函〔2020〕82号, 7; the mark L: HJ/T 91-2002), else NaN.
    Raises InputError on the first other cell.
    """
    low, high = bounds[0], min(bounds[1], sys.float_info.max)
    values = _all_figures(rows.cells.column(header.index(name)), low, high)
    if values is not None:
        return Numbers(values, np.isnan(values).astype(np.int8) * Mark.MISSING)
    return _each(column(rows, header, name), may_be, low, high)


def _all_figures(texts: pa.ChunkedArray, low: float, high: float) -> NDArray[np.float64] | None:
    """Numbers in figures within the bounds and empty cells, at once; None where there is anything else."""
    try:
        found = pc.cast(pc.if_else(pc.equal(texts, ""), None, texts), pa.float64())
    except pa.ArrowInvalid:
        return None
    good = pc.and_(pc.greater_equal(found, low), pc.less_equal(found, high))
    return found.to_numpy() if pc.all(good).as_py() is not False else None


def _each(cells: Cells, may_be: Collection[Mark], low: float, high: float) -> Numbers:
    figures = pc.match_substring_regex(cells.texts, PLAIN)
    values = pc.cast(pc.if_else(figures, cells.texts, None), pa.float64()).to_numpy(zero_copy_only=False).copy()
    marks = np.zeros(len(values), dtype=np.int8)
    problems = {}
    for place in np.flatnonzero(~np.isfinite(values)).tolist():
        mark, values[place] = _number(cells.strings[place])
        if mark is Mark.NOT_MONITORED and mark not in may_be:
            mark = Mark.MISSING
        if mark is Mark.WRONG:
            problems[place] = "is no number"
        elif mark is Mark.BELOW_DETECTION and mark not in may_be:
            problems[place] = "is no number: below detection has no meaning here"
        marks[place] = mark
    for place in np.flatnonzero((values < low) | (values > high)).tolist():
        problems[place] = _out_of_bounds(cells.name, values[place], low, high)
    cells.refuse(problems)
    return Numbers(values[cells.places], marks[cells.places])


def _out_of_bounds(name: str, value: float, low: float, high: float) -> str:
    if math.isinf(value):
        return "is no number"
    return "is negative" if value < 0 <= low else f"is impossible: {name} lies between {low:g} and {high:g}"


def _number(text: str) -> tuple[Mark, float]:
    """A cell that is not plain figures: what it is, and its value."""
    written = plain(text)
    if MISSING.fullmatch(written):
        return Mark.MISSING, math.nan
    if written == SLASH:
        return Mark.NOT_MONITORED, math.nan
    if NUMBER.fullmatch(written):
        return Mark.NUMBER, float(written)
    if (limit := detection.limit(written)) is not None:
        return Mark.BELOW_DETECTION, limit / 2
    if written in (
        "L",
        "l",
    ):  # the mark of HJ/T 91-2002 alone, as tables made by hand have it; a live feed's is no number
        return Mark.BELOW_DETECTION, math.nan
    return Mark.WRONG, math.nan


# ── days ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
def days(cells: Cells, *, required: bool, ends_of_hours: bool = False) -> NDArray[np.datetime64]:
    """The day in Xining of each row (datetime64[D], NaT where there is none).

    Days as 2026-03-05, 2026/3/5, 2026.03.05, 2026年3月5日 or 20260305 (which nothing else can be: read in another order
    its month would be 20), as the importer takes them; times behind them. ``ends_of_hours``: a moment is the end of an
    hour, and the one that ends at 00:00 belongs to the day before (as :func:`assessment.moments.days_of`). Raises
    InputError on the first cell that is none, and on an empty one where a day is ``required``.
    """
    found = _by_arrow(cells.texts, ends_of_hours)
    problems = {}
    for place in np.flatnonzero(np.isnat(found)).tolist():
        moment = read_moment(cells.strings[place])
        if moment is not None:
            shifted = moment - timedelta(seconds=1) if ends_of_hours and isinstance(moment, datetime) else moment
            found[place] = np.datetime64(shifted, "D")
        elif required or cells.strings[place]:
            problems[place] = "is no date such as 2026-03-05"
    cells.refuse(problems)
    rows: NDArray[np.datetime64] = found[cells.places]
    return rows


def _by_arrow(texts: pa.StringArray, ends_of_hours: bool) -> NDArray[np.datetime64]:
    """Days of the texts written by ISO 8601 without a zone; NaT of all others, and of all where one is no day."""
    found = np.full(len(texts), np.datetime64("NaT", "D"))
    for pattern, earlier in ((ISO_DAY, 0 * ONE_SECOND), (ISO_HOUR, ends_of_hours * ONE_SECOND)):
        mine = pc.match_substring_regex(texts, pattern)
        try:
            moments = pc.cast(pc.if_else(mine, texts, None), pa.timestamp("s")).to_numpy(zero_copy_only=False)
        except pa.ArrowInvalid:
            continue
        found = np.where(np.isnat(found), (moments - earlier).astype("datetime64[D]"), found)
    return found


def read_moment(text: str) -> date | datetime | None:
    """A day, or a moment as the clock in Xining shows it; None where the text is neither. 24:00 is the day itself."""
    parts = MOMENT.fullmatch(plain(text))
    if parts is None:
        return None
    year, month, day, month_2, day_2, hour, minute, second, minute_2, zone = parts.groups()
    try:
        whole = date(int(year), int(month or month_2), int(day or day_2))
        clock = [int(one or 0) for one in (hour, minute or minute_2, second)]
        if hour is None or (clock == [END_OF_DAY, 0, 0] and zone in THERE):
            return whole
        moment = datetime.fromisoformat(f"{whole}T{clock[0]:02}:{clock[1]:02}:{clock[2]:02}{zone or ''}")
    except ValueError:
        return None
    return moment.astimezone(ZONE).replace(tzinfo=None) if moment.tzinfo else moment


# ── words ────────────────────────────────────────────────────────────────────────────────────────────────────────────
def choices(cells: Cells, known: Mapping[str, str]) -> NDArray[np.object_]:
    """Words of a list, whatever their letters, as ``known`` maps them. Raises InputError on the first other one."""
    found = [known.get(plain(text).casefold()) for text in cells.strings]
    problem = f"is unknown; known are {', '.join(known)}"
    cells.refuse({place: problem for place, one in enumerate(found) if one is None})
    return np.array(found, dtype=object)[cells.places]
