"""The tracked files in ``data/``: read, checked against their declaration, refused with file, row and column."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Column, Date, Float, Integer, Table

from store import schema
from store.folder import DATA as DATA

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


@dataclass(frozen=True)
class Problem:
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
        frame[column.name], found = _typed(column, cells[column.name])
        problems += found
    typed = pd.DataFrame(frame)
    return typed, problems + _key_problems(table, typed)


def _typed(column: Column[Any], cells: pd.Series) -> tuple[pd.Series, list[Problem]]:
    cells = cells.str.strip()
    empty = cells == ""
    missing = [] if column.nullable else _problems(empty, column, "required", cells)
    values, wrong = _reader(column)(column, cells, empty)
    return values, missing + wrong


def _reader(column: Column[Any]) -> Callable[[Column[Any], pd.Series, pd.Series], tuple[pd.Series, list[Problem]]]:
    if isinstance(column.type, Date):
        return _dates
    return _numbers if isinstance(column.type, (Float, Integer)) else _texts


def _problems(bad: pd.Series, column: Column[Any], rule: str, given: pd.Series, expected: object = "") -> list[Problem]:
    if not bad.any():
        return []
    return [Problem(int(row), column.name, rule, given.iloc[row], expected) for row in np.flatnonzero(bad.to_numpy())]


def _dates(column: Column[Any], cells: pd.Series, empty: pd.Series) -> tuple[pd.Series, list[Problem]]:
    parsed = pd.to_datetime(cells.where(~empty), format="%Y-%m-%d", errors="coerce")
    return parsed, _problems(parsed.isna() & ~empty, column, "date", cells)


def _numbers(column: Column[Any], cells: pd.Series, empty: pd.Series) -> tuple[pd.Series, list[Problem]]:
    values = pd.to_numeric(cells.where(~empty), errors="coerce").astype(float)
    low, high = column.info.get("lo", -float("inf")), column.info.get("hi", float("inf"))
    outside = (values < low) | (values > high)
    problems = _problems(values.isna() & ~empty, column, "number", cells)
    problems += _problems(outside, column, "bounds", cells, f"{low} … {high}")
    if not isinstance(column.type, Integer):
        return values.mask(outside), problems
    broken = values.notna() & (values % 1 != 0)
    problems += _problems(broken & ~outside, column, "whole", cells)
    return values.mask(outside | broken).astype("Int64"), problems


def _texts(column: Column[Any], cells: pd.Series, empty: pd.Series) -> tuple[pd.Series, list[Problem]]:
    bad, problems = pd.Series(False, index=cells.index), []
    choices, pattern = column.info.get("choices"), column.info.get("pattern")
    if choices:
        bad |= (unknown := ~cells.isin(choices) & ~empty)
        problems += _problems(unknown, column, "choice", cells, ", ".join(map(str, choices)))
    if pattern:
        bad |= (formless := ~cells.str.fullmatch(pattern) & ~empty)
        problems += _problems(formless, column, "pattern", cells, pattern)
    return cells.where(~(empty | bad), None).astype(object), problems


def _key_problems(table: Table, frame: pd.DataFrame) -> list[Problem]:
    key = [column.name for column in table.primary_key]
    known = frame[frame[key].notna().all(axis=1)]
    rows = known.index[known.duplicated(key)]
    return [Problem(int(row), ", ".join(key), "key", tuple(frame.loc[row, key])) for row in rows]


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
            values = frame[column.name]
            unknown = values.notna() & ~values.isin(set(frames[other_table][other_column]))
            problems += _problems(unknown, column, "reference", values, other_table)
    if table.name == "figures":
        problems += _figure_problems(frame, frames["indicators"])
    return problems


def _figure_problems(figures: pd.DataFrame, indicators: pd.DataFrame) -> list[Problem]:
    known = indicators.set_index("indicator_id").reindex(figures["indicator_id"])
    columns, value = schema.figures.columns, figures["value"]
    unit, low, high = (pd.Series(known[name].to_numpy(), index=figures.index) for name in ("unit_id", "lo", "hi"))
    other = unit.notna() & figures["unit_id"].notna() & (figures["unit_id"] != unit)
    outside = (value < low) | (value > high)
    nothing = value.isna() & figures["text_zh"].isna()
    return [
        *(
            replace(one, expected=unit.iloc[one.row])
            for one in _problems(other, columns["unit_id"], "unit", figures["unit_id"])
        ),
        *(
            replace(one, expected=f"{low.iloc[one.row]} … {high.iloc[one.row]}")
            for one in _problems(outside, columns["value"], "bounds", value)
        ),
        *_problems(nothing, columns["value"], "nothing", value),
    ]


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
