"""Published facts as the pages read them: whole tables, kept in memory while the store does not change."""

from typing import Any

import pandas as pd
from sqlalchemy import Date, Integer, select

from store import database, schema
from store.cache import MIB, Cache
from store.database import FACTS

_tables = Cache("tables of facts", 64 * MIB)
_rows_by_id = Cache("rows of facts by id", 64 * MIB)


def table(name: str) -> pd.DataFrame:
    """One table of known facts, columns as declared in :mod:`store.schema`. Treat it as read-only: it is shared."""
    database.uses(FACTS)
    return _tables.get(name, lambda: _table(name), topics=(FACTS,))


def _table(name: str) -> pd.DataFrame:
    declared = schema.metadata.tables[name]
    frame = database.read(select(declared).order_by(*declared.primary_key))
    for column in declared.columns:
        if isinstance(column.type, Date):
            frame[column.name] = pd.to_datetime(frame[column.name])
        elif isinstance(column.type, Integer):
            frame[column.name] = frame[column.name].astype("Int64")
    return frame


def rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """A frame's rows as dictionaries; what is missing is None, days are dates."""
    plain = frame.astype(object).where(frame.notna(), None)
    for name in frame.select_dtypes("datetime"):
        plain[name] = [None if value is None else value.date() for value in plain[name]]
    return [{str(key): value for key, value in row.items()} for row in plain.to_dict("records")]


def by_id(name: str) -> dict[str, dict[str, Any]]:
    """A table with a single-column key as a dictionary of rows. Treat it as read-only: it is shared."""
    database.uses(FACTS)
    return _rows_by_id.get(name, lambda: _by_id(name), topics=(FACTS,))


def _by_id(name: str) -> dict[str, dict[str, Any]]:
    (key,) = schema.metadata.tables[name].primary_key
    return {row[key.name]: row for row in rows(table(name))}
