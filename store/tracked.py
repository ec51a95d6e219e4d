"""The tracked files in ``data/``: read, checked against their declaration, refused with file, row and column."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from msgspec import Struct
from numpy.typing import NDArray
from pandas.api.extensions import ExtensionArray
from sqlalchemy import Column, Date, Float, Integer, Table

from store import schema
from store.folder import DATA as DATA

Mask = NDArray[np.bool_]
Values: TypeAlias = NDArray[Any] | ExtensionArray | pd.Series

# The rules of a cell, and the message where one is broken.
RULES = {
    "required": "empty, but a value is required",
    "date": "{given!r} is no date YYYY-MM-DD",
    "number": "{given!r} is no number",
    "bounds": "{given} is outside {expected}",
    "whole": "{given} is no whole number",
    "choice": "{given!r} is unknown; known are {expected}",
    "pattern": "{given!r} does not have the form {expected}",
    "key": "duplicate key {given}",
    "reference": "{given!r} is not in {expected}",
    "unit": "{given!r}, the indicator has {expected!r}",
    "nothing": "neither a number nor words",
}


class FactError(ValueError):
    """A tracked file breaks its declaration; the message names file, row, column and what was expected."""

    def __init__(self, file: str, row: int | None, column: str | None, problem: str) -> None:
        where = file + (f", row {row}" if row is not None else "") + (f", column {column}" if column else "")
        super().__init__(f"{where}: {problem}")


class Problem(Struct, frozen=True):
    """What is wrong with one cell. ``row`` counts a frame's rows from 0, ``rule`` is the broken one of :data:`RULES`."""

    row: int
    column: str
    rule: str
    given: Any
    expected: Any = ""

    def __str__(self) -> str:
        return RULES[self.rule].format(given=self.given, expected=self.expected)


def path(table: Table) -> Path:
    """Where a table's tracked file lies."""
    file: str = table.info["file"]
    return DATA / file


def parse(table: Table, content: bytes) -> pd.DataFrame:
    """Turn a tracked file's bytes into a frame with the table's columns and types.

    Rows are numbered as a spreadsheet shows them (the header is row 1).
    Raises FactError on unknown or missing columns, wrong types, broken bounds, unknown choices and duplicate keys.
    References to other tables are checked by :func:`check_references`, which sees all tables at once.
    """
    file = str(table.info["file"])
    try:
        raw = pd.read_csv(BytesIO(content), dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except (ValueError, UnicodeDecodeError) as error:
        raise FactError(file, None, None, f"not a readable UTF-8 CSV ({error})") from error
    declared = [column.name for column in table.columns]
    for name in raw.columns:
        if name not in declared:
            raise FactError(file, 1, str(name), f"unknown column; known are {', '.join(declared)}")
    for name in declared:
        if name not in raw.columns:
            raise FactError(file, 1, name, "column missing")
    frame, problems = check(table, raw)
    _refuse(file, problems)
    return frame


def _refuse(file: str, problems: Sequence[Problem]) -> None:
    if problems:
        first = problems[0]
        raise FactError(file, first.row + 2, first.column, str(first))


def check(table: Table, cells: pd.DataFrame) -> tuple[pd.DataFrame, list[Problem]]:
    """Cells as text (empty: no value), in the table's columns, as a typed frame, and everything that is wrong with them.

    A cell with a problem has no value in the frame.
    """
    frame, problems = {}, []
    for column in table.columns:
        frame[column.name], found = _typed(column, _words(cells[column.name]))
        problems += found
    typed = pd.DataFrame(frame, index=cells.index)
    return typed, problems + _key_problems(table, typed)


class _Words(Struct, frozen=True):
    """The cells of a column as few different texts: what is asked of a text is asked once, and on arrays, not frames.

    ``which``: the position of each row's text in ``texts``. Two texts may be the same.
    """

    texts: list[str]
    which: NDArray[np.intp]

    @property
    def empty(self) -> Mask:
        """Which texts are empty."""
        return self.are(lambda text: text == "")

    def are(self, test: Callable[[str], object]) -> Mask:
        """Which texts pass a test."""
        return np.fromiter(map(bool, map(test, self.texts)), bool, len(self.texts))

    def problems(self, wrong: Mask, column: Column[Any], rule: str, expected: object = "") -> list[Problem]:
        """A problem for each row whose text is wrong."""
        rows = np.flatnonzero(wrong[self.which]) if wrong.any() else ()
        return [Problem(int(row), column.name, rule, self.texts[self.which[row]], expected) for row in rows]


def _words(cells: pd.Series) -> _Words:
    which, texts = pd.factorize(cells.to_numpy(object))
    return _Words([text.strip() for text in texts], which)


def _typed(column: Column[Any], words: _Words) -> tuple[Values, list[Problem]]:
    missing = [] if column.nullable else words.problems(words.empty, column, "required")
    values, wrong = _reader(column)(column, words)
    return values, missing + wrong


def _reader(column: Column[Any]) -> Callable[[Column[Any], _Words], tuple[Values, list[Problem]]]:
    if isinstance(column.type, Date):
        return _dates
    return _numbers if isinstance(column.type, (Float, Integer)) else _texts


def _dates(column: Column[Any], words: _Words) -> tuple[Values, list[Problem]]:
    texts = np.array(words.texts, dtype=object)
    days = pd.to_datetime(texts, format="%Y-%m-%d", errors="coerce").to_numpy("datetime64[us]")
    return days[words.which], words.problems(np.isnat(days) & ~words.empty, column, "date")


def _numbers(column: Column[Any], words: _Words) -> tuple[Values, list[Problem]]:
    values = np.array(pd.to_numeric(np.array(words.texts, dtype=object), errors="coerce"), float)
    low, high = column.info.get("lo", -np.inf), column.info.get("hi", np.inf)
    outside = (values < low) | (values > high)
    problems = words.problems(np.isnan(values) & ~words.empty, column, "number")
    problems += words.problems(outside, column, "bounds", f"{low} … {high}")
    values[outside] = np.nan
    if not isinstance(column.type, Integer):
        return values[words.which], problems
    broken = np.isinf(values) | (~np.isnan(values) & (values != np.trunc(values)))
    problems += words.problems(broken, column, "whole")
    values[broken] = np.nan
    return pd.array(values[words.which], dtype="Int64"), problems


def _texts(column: Column[Any], words: _Words) -> tuple[Values, list[Problem]]:
    bad, problems = words.empty, []
    choices, pattern = column.info.get("choices"), column.info.get("pattern")
    if choices:
        unknown = ~words.are(set(choices).__contains__) & ~words.empty
        problems += words.problems(unknown, column, "choice", ", ".join(map(str, choices)))
        bad |= unknown
    if pattern:
        formless = ~words.are(re.compile(pattern).fullmatch) & ~words.empty
        problems += words.problems(formless, column, "pattern", pattern)
        bad |= formless
    values = np.array(words.texts, dtype=object)
    values[bad] = np.nan
    return pd.Series(values[words.which], dtype=object), problems


def _key_problems(table: Table, frame: pd.DataFrame) -> list[Problem]:
    key = [column.name for column in table.primary_key]
    again = frame.duplicated(key)
    if not again.any():
        return []
    rows = np.flatnonzero(again & frame[key].notna().all(axis=1))
    return [Problem(int(row), ", ".join(key), "key", tuple(frame[key].iloc[row])) for row in rows]


def check_references(frames: dict[str, pd.DataFrame]) -> None:
    """Refuse a row that names something no other table knows, or a figure outside its indicator's unit and bounds."""
    for table in schema.FACT_TABLES:
        _refuse(table.info["file"], reference_problems(table, frames[table.name], frames))


def reference_problems(table: Table, frame: pd.DataFrame, frames: Mapping[str, pd.DataFrame]) -> list[Problem]:
    """What a table's rows name and no other table knows; of figures also what breaks their indicator's unit and bounds."""
    problems: list[Problem] = []
    for column in table.columns:
        if reference := column.info.get("ref"):
            other_table, other_column = reference.split(".")
            values, known = frame[column.name], frames[other_table][other_column]
            unknown = set(values.dropna()).difference(known)
            rows = np.flatnonzero(values.isin(unknown)) if unknown else ()
            problems += [Problem(int(n), column.name, "reference", values.iloc[n], other_table) for n in rows]
    if table.name == "figures":
        problems += _figure_problems(frame, frames["indicators"])
    return problems


def _figure_problems(figures: pd.DataFrame, indicators: pd.DataFrame) -> Iterator[Problem]:
    columns = zip(*(indicators[name].tolist() for name in ("indicator_id", "unit_id", "lo", "hi")), strict=True)
    known = {name: rest for name, *rest in columns}
    names = ("indicator_id", "unit_id", "value", "text_zh")
    rows = enumerate(zip(*(figures[name].tolist() for name in names), strict=True))
    for row, (indicator, given, value, words) in rows:
        unit, low, high = known.get(indicator, (None, np.nan, np.nan))
        if given != unit and not (pd.isna(given) or pd.isna(unit)):
            yield Problem(row, "unit_id", "unit", given, unit)
        if value < low or value > high:
            yield Problem(row, "value", "bounds", value, f"{low} … {high}")
        if pd.isna(value) and pd.isna(words):
            yield Problem(row, "value", "nothing", value)


@cache
def read(name: str) -> pd.DataFrame:
    """One tracked table, checked. Cached for the life of the process: the files change only with the code."""
    table = schema.metadata.tables[name]
    return parse(table, path(table).read_bytes())


def read_all() -> dict[str, pd.DataFrame]:
    """Every tracked table, each checked by itself and against the others."""
    frames = {table.name: read(table.name) for table in schema.FACT_TABLES}
    check_references(frames)
    return frames
