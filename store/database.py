"""The database behind the dashboard: SQLite beside the checkout, or what XINING_DATABASE_URL names."""

import os
import time
from functools import lru_cache
from pathlib import Path

import pandas as pd
from cachetools import TTLCache, cached
from sqlalchemy import Engine, Select, create_engine, event, select
from sqlalchemy.exc import SQLAlchemyError

from store import schema

ROOT = Path(__file__).resolve().parent.parent
REVISION_IS_FRESH_S = 1.0  # how long a page may trust the revision it last read


class StoreError(RuntimeError):
    """The store cannot be read; the message says what to run."""


def url() -> str:
    """Address of the database, SQLAlchemy's form."""
    return os.environ.get("XINING_DATABASE_URL") or f"sqlite:///{ROOT / 'var' / 'xining.db'}"


@lru_cache(maxsize=4)
def engine(address: str | None = None) -> Engine:
    """The engine of an address (by default :func:`url`), made once. SQLite waits for a writer instead of failing."""
    address = address or url()
    made = create_engine(address)
    if made.dialect.name == "sqlite":
        if made.url.database:
            Path(made.url.database).parent.mkdir(parents=True, exist_ok=True)

        @event.listens_for(made, "connect")
        def _configure(connection, _record) -> None:  # type: ignore[no-untyped-def]
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA busy_timeout=5000")

    return made


def read(query: Select) -> pd.DataFrame:
    """Rows of a query. Raises StoreError where the store was never filled."""
    try:
        with engine().connect() as connection:
            return pd.read_sql(query, connection)
    except (SQLAlchemyError, pd.errors.DatabaseError) as error:
        raise StoreError(
            f"the store at {engine().url} cannot be read ({error}); fill it: python -m loaders fill"
        ) from error


@cached(TTLCache(maxsize=1, ttl=REVISION_IS_FRESH_S, timer=time.monotonic), key=lambda: "revision")
def revision() -> str:
    """What the store holds now, as a short mark that changes with every change."""
    state = read(select(schema.store_state.c.value).where(schema.store_state.c.key == "revision"))
    return str(state["value"].iloc[0]) if len(state) else "empty"
