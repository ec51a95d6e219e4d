"""Published facts as reports read them: whole tables, cached until the store changes."""

from collections.abc import Container, Iterator, Mapping
from functools import cache
from typing import Any, TypeVar

import numpy as np
import pandas as pd
from msgspec import Struct
from sqlalchemy import Date, Integer, Select, select

from store import database, schema, tracked
from store.cache import MIB, Cache
from store.database import FACTS
from store.records import Record, both

R = TypeVar("R", bound=Record)
S = TypeVar("S", bound=Struct)

_tables = Cache("tables of facts", 64 * MIB)
_records = Cache("records of facts", 64 * MIB)


def table(name: str) -> pd.DataFrame:
    """One table of known facts, columns as declared in :mod:`store.schema`. Treat it as read-only: it is shared."""
    database.uses(FACTS)
    return _tables.get(name, lambda: _table(name), topics=(FACTS,))


def _table(name: str) -> pd.DataFrame:
    query = _selection(name)
    frame = database.read(query)
    for column in query.selected_columns:
        if isinstance(column.type, Date):
            frame[column.name] = pd.to_datetime(frame[column.name])
        elif isinstance(column.type, Integer):
            frame[column.name] = frame[column.name].astype("Int64")
    return frame


def _selection(name: str) -> Select[Any]:
    declared = schema.metadata.tables[name]
    return select(declared).order_by(*declared.primary_key)


def every(kind: type[R]) -> tuple[R, ...]:
    """Every record of a table, in the order of its key."""
    database.uses(FACTS)
    return _records.get((kind, "every"), lambda: tuple(_stored(kind)), topics=(FACTS,))


def _stored(kind: type[R]) -> Iterator[R]:
    """A table's records without a frame between."""
    query = _selection(kind.table)
    names = [column.name for column in query.selected_columns]
    for row in database.rows(query):
        yield _record(kind, dict(zip(names, row, strict=True)))


def by_id(kind: type[R]) -> Mapping[str, R]:
    """The records of a table with a single-column key, by that key. Treat it as read-only: it is shared."""
    database.uses(FACTS)
    return _records.get((kind, "by id"), lambda: _by_id(kind), topics=(FACTS,))


def _by_id(kind: type[R]) -> dict[str, R]:
    (key,) = schema.metadata.tables[kind.table].primary_key
    return {getattr(record, key.name): record for record in every(kind)}


def where(kind: type[R], **values: object) -> tuple[R, ...]:
    """The records of a table whose fields have these values, in the order of its key; empty where none has."""
    database.uses(FACTS)
    names = tuple(sorted(values))
    grouped = _records.get((kind, names), lambda: _grouped(kind, names), topics=(FACTS,))
    return grouped.get(tuple(values[name] for name in names), ())


def _grouped(kind: type[R], names: tuple[str, ...]) -> dict[tuple[object, ...], tuple[R, ...]]:
    found: dict[tuple[object, ...], list[R]] = {}
    for record in every(kind):
        found.setdefault(tuple(getattr(record, name) for name in names), []).append(record)
    return {key: tuple(mine) for key, mine in found.items()}


def records(kind: type[R], frame: pd.DataFrame) -> list[R]:
    """The rows of a frame with a table's columns as its records."""
    return [_record(kind, row) for row in rows(frame)]


def _record(kind: type[R], row: Mapping[str, Any]) -> R:
    return kind(*[row[name] if name in row else both(row, name) for name in kind.__struct_fields__])


@cache
def tracked_rows(kind: type[R]) -> tuple[R, ...]:
    """Every record of a table's tracked file in the order of the file: for what is fixed with the code, without a store."""
    return tuple(records(kind, tracked.read(kind.table)))


def structs(kind: type[S], frame: pd.DataFrame, *, whole: Container[str] = ()) -> list[S]:
    """The rows of a computed frame as structs of a kind, whose fields are columns of it; what is missing is None.

    ``whole``: columns of floats that are whole numbers.
    """
    names = kind.__struct_fields__
    columns = [_whole(frame[name]) if name in whole else _plain(frame[name]) for name in names]
    return [kind(*row) for row in zip(*columns, strict=True)]


def rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Any frame's rows as dictionaries, where which columns there are is not known; what is missing is None, days are dates."""
    names = [str(name) for name in frame]
    return [dict(zip(names, row, strict=True)) for row in values(frame)]


def values(frame: pd.DataFrame) -> list[tuple[Any, ...]]:
    """Any frame's rows, a value a column; what is missing is None, days are dates."""
    return list(zip(*(_plain(column) for _, column in frame.items()), strict=True))


def _whole(column: pd.Series) -> list[int | None]:
    return [None if value is None else int(value) for value in _plain(column)]


def _plain(column: pd.Series) -> list[Any]:
    """Values of a column without pandas' own types."""
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        return [None if pd.isna(moment) else moment.to_pydatetime() for moment in column]
    values = (column.dt.date if isinstance(column.dtype, np.dtype) and column.dtype.kind == "M" else column).tolist()
    missing = pd.isna(column.array)
    return [None if none else value for none, value in zip(missing, values, strict=True)] if missing.any() else values
