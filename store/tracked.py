"""The tracked files in ``data/``: read, checked against their declaration, refused with file, row and column."""

from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy import Column, Date, Float, Integer, Table

from store import schema

DATA = Path(__file__).resolve().parent.parent / "data"


class FactError(ValueError):
    """A tracked file breaks its declaration; the message names file, row, column and what was expected."""

    def __init__(self, file: str, row: int | None, column: str | None, problem: str) -> None:
        where = file + (f", row {row}" if row is not None else "") + (f", column {column}" if column else "")
        super().__init__(f"{where}: {problem}")


def path(table: Table) -> Path:
    """Where a table's tracked file lies."""
    return DATA / table.info["file"]


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
    frame = pd.DataFrame({column.name: _typed(file, column, raw[column.name]) for column in table.columns})
    _check_key(file, table, frame)
    return frame


def _typed(file: str, column: Column[Any], cells: pd.Series) -> pd.Series:
    cells = cells.str.strip()
    empty = cells == ""
    if not column.nullable and empty.any():
        raise FactError(file, _row(empty), column.name, "empty, but a value is required")
    if isinstance(column.type, Date):
        return _dates(file, column, cells, empty)
    if isinstance(column.type, (Float, Integer)):
        return _numbers(file, column, cells, empty)
    return _texts(file, column, cells, empty)


def _row(mask: pd.Series) -> int:
    return int(mask.to_numpy().argmax()) + 2


def _dates(file: str, column: Column[Any], cells: pd.Series, empty: pd.Series) -> pd.Series:
    parsed = pd.to_datetime(cells.where(~empty), format="%Y-%m-%d", errors="coerce")
    if (bad := parsed.isna() & ~empty).any():
        raise FactError(file, _row(bad), column.name, f"{cells[bad].iloc[0]!r} is no date YYYY-MM-DD")
    return parsed


def _numbers(file: str, column: Column[Any], cells: pd.Series, empty: pd.Series) -> pd.Series:
    values = pd.to_numeric(cells.where(~empty), errors="coerce").astype(float)
    if (bad := values.isna() & ~empty).any():
        raise FactError(file, _row(bad), column.name, f"{cells[bad].iloc[0]!r} is no number")
    low, high = column.info.get("lo", -float("inf")), column.info.get("hi", float("inf"))
    if (bad := (values < low) | (values > high)).any():
        raise FactError(file, _row(bad), column.name, f"{cells[bad].iloc[0]} is outside {low} … {high}")
    if isinstance(column.type, Integer):
        if (bad := values.notna() & (values % 1 != 0)).any():
            raise FactError(file, _row(bad), column.name, f"{cells[bad].iloc[0]} is no whole number")
        return values.astype("Int64")
    return values


def _texts(file: str, column: Column[Any], cells: pd.Series, empty: pd.Series) -> pd.Series:
    choices, pattern = column.info.get("choices"), column.info.get("pattern")
    if choices and (bad := ~cells.isin(choices) & ~empty).any():
        problem = f"{cells[bad].iloc[0]!r} is unknown; known are {', '.join(map(str, choices))}"
        raise FactError(file, _row(bad), column.name, problem)
    if pattern and (bad := ~cells.str.fullmatch(pattern) & ~empty).any():
        raise FactError(file, _row(bad), column.name, f"{cells[bad].iloc[0]!r} does not have the form {pattern}")
    return cells.where(~empty, None).astype(object)


def _check_key(file: str, table: Table, frame: pd.DataFrame) -> None:
    key = [column.name for column in table.primary_key]
    duplicated = frame.duplicated(key)
    if duplicated.any():
        row = _row(duplicated)
        raise FactError(file, row, ", ".join(key), f"duplicate key {tuple(frame.loc[row - 2, key])}")


def check_references(frames: dict[str, pd.DataFrame]) -> None:
    """Refuse a row that names something no other table knows, or a figure outside its indicator's unit and bounds."""
    for table in schema.FACT_TABLES:
        for column in table.columns:
            if reference := column.info.get("ref"):
                other_table, other_column = reference.split(".")
                known = set(frames[other_table][other_column])
                values = frames[table.name][column.name]
                if (bad := values.notna() & ~values.isin(known)).any():
                    problem = f"{values[bad].iloc[0]!r} is not in {other_table}"
                    raise FactError(table.info["file"], _row(bad), column.name, problem)
    _check_figures(frames["figures"], frames["indicators"])


def _check_figures(figures: pd.DataFrame, indicators: pd.DataFrame) -> None:
    known = indicators.set_index("indicator_id").loc[figures["indicator_id"]]
    file = "figures.csv"
    if (bad := pd.Series(figures["unit_id"].to_numpy() != known["unit_id"].to_numpy())).any():
        row = _row(bad)
        expected = known["unit_id"].iloc[row - 2]
        raise FactError(file, row, "unit_id", f"{figures['unit_id'].iloc[row - 2]!r}, the indicator has {expected!r}")
    low, high, value = known["lo"].to_numpy(), known["hi"].to_numpy(), figures["value"].to_numpy()
    if (bad := pd.Series((value < low) | (value > high))).any():
        row = _row(bad)
        problem = f"{value[row - 2]} is outside {low[row - 2]} … {high[row - 2]}"
        raise FactError(file, row, "value", problem)
    if (bad := figures["value"].isna() & figures["text_zh"].isna()).any():
        raise FactError(file, _row(bad), "value", "neither a number nor words")


@cache
def read(name: str) -> pd.DataFrame:
    """One tracked table, checked. Kept for the life of the process: the files change only with the code."""
    table = schema.metadata.tables[name]
    return parse(table, path(table).read_bytes())


def read_all() -> dict[str, pd.DataFrame]:
    """Every tracked table, each checked by itself and against the others."""
    frames = {table.name: read(table.name) for table in schema.FACT_TABLES}
    check_references(frames)
    return frames


def as_date(value: Any) -> date | None:
    """A pandas timestamp as a plain date, None where there is none."""
    return None if pd.isna(value) else value.date()
