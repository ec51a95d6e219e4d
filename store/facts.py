"""Published facts as the pages read them: whole tables, kept in memory while the store does not change."""

import pandas as pd
from cachetools import LRUCache, cached
from sqlalchemy import Date, select

from store import database, schema


def table(name: str) -> pd.DataFrame:
    """One table of known facts, columns as declared in :mod:`store.schema`. Treat it as read-only: it is shared."""
    return _table(name, database.revision())


@cached(LRUCache(maxsize=64))
def _table(name: str, _revision: str) -> pd.DataFrame:
    declared = schema.metadata.tables[name]
    frame = database.read(select(declared).order_by(*declared.primary_key))
    for column in declared.columns:
        if isinstance(column.type, Date):
            frame[column.name] = pd.to_datetime(frame[column.name])
    return frame


@cached(LRUCache(maxsize=64), key=lambda name: (name, database.revision()))
def by_id(name: str) -> dict[str, dict]:
    """A table with a single-column key as a dictionary of rows."""
    frame = table(name)
    (key,) = schema.metadata.tables[name].primary_key
    rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return {row[key.name]: row for row in rows}
