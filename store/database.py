"""The database behind the dashboard: SQLite beside the checkout, or what XINING_DATABASE_URL names.

Transactions of ``engine().begin()`` write, one at a time: on both databases each waits at its beginning for the one
before, so that nothing moves under a writer between its reading and its writing. ``reading()`` waits for nobody.
"""

import os
import secrets
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Engine, Row, Select, create_engine, event, insert, select, update
from sqlalchemy.exc import ArgumentError, DisconnectionError, SQLAlchemyError

from store import faults, live

ROOT = Path(__file__).resolve().parent.parent
REVISION_IS_FRESH_S = 1.0  # how long a page may trust the revisions it last read
REVISION_BITS = 48
FACTS = "facts"  # the topic of the tracked tables
WRITERS = 0x58494E494E47  # the lock by which writers of PostgreSQL wait for each other
WAITS_MS = 60_000  # for the writer before, who may be backfilling: some seconds
DIALECTS = ("sqlite", "postgresql")
FORMS = "it is sqlite:////folder/xining.db or postgresql://user:password@host/name"
PRAGMAS = (
    "journal_mode=WAL",
    # every transaction is on the disk when it ends: what an upstream shows for one hour only must survive a power cut
    "synchronous=FULL",
    "journal_size_limit=67108864",
    "cache_size=-16384",
)


Query = Select[*tuple[Any, ...]]
Record = Row[*tuple[Any, ...]]


class StoreError(RuntimeError):
    """The store cannot be reached or read; the message names what to correct."""


def url() -> str:
    """Address of the database, SQLAlchemy's form."""
    return os.environ.get("XINING_DATABASE_URL") or f"sqlite:///{ROOT / 'var' / 'xining.db'}"


def engine() -> Engine:
    """The engine of :func:`url`, made once."""
    return _engine(url())


@lru_cache(maxsize=8)
def _engine(address: str) -> Engine:
    try:
        made = create_engine(
            address, pool_pre_ping=not address.startswith("sqlite")
        )  # a server may have been restarted
    except (ArgumentError, ImportError) as error:  # no address at all, a database unknown here, a driver that is not
        raise StoreError(f"XINING_DATABASE_URL names no database that can be used ({error}); {FORMS}") from error
    if made.dialect.name not in DIALECTS:
        raise StoreError(f"XINING_DATABASE_URL names {made.dialect.name}; {FORMS}")
    if made.dialect.name == "sqlite":
        if made.url.database:
            _folder(Path(made.url.database).parent)
            event.listen(made, "checkout", partial(_still_there, Path(made.url.database)))
        event.listen(made, "connect", _configure)
    event.listen(made, "begin", _begin)
    event.listen(made, "checkin", _forget_revisions)
    return made


def _folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"the folder {folder} of XINING_DATABASE_URL cannot be made ({error.strerror})") from error


def _configure(connection: Any, _record: Any) -> None:
    for pragma in (f"busy_timeout={WAITS_MS}", *PRAGMAS):
        connection.execute(f"PRAGMA {pragma}")


def _still_there(file: Path, _connection: Any, record: Any, _proxy: Any) -> None:
    """Give up a connection whose file was deleted or replaced: what it wrote would be lost. The pool opens the file anew."""
    try:
        found = file.stat()
        now = (found.st_dev, found.st_ino)
    except OSError:
        now = None
    if record.info.setdefault("file", now) != now:
        raise DisconnectionError(f"{file} was deleted or replaced")


def _begin(connection: Connection) -> None:
    """Begin where the dialect would only begin later (SQLite) or let writers run into each other (PostgreSQL)."""
    reads = connection.get_execution_options().get("reads", False)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")
    elif not reads:
        waits = f"set_config('lock_timeout', '{WAITS_MS}', true)"
        connection.exec_driver_sql(f"SELECT {waits}, pg_advisory_xact_lock({WRITERS})")


@contextmanager
def reading() -> Iterator[Connection]:
    """A connection that only reads: it waits for no writer, and on SQLite all it reads is of one moment.

    Raises StoreError where a table does not exist.
    """
    try:
        with engine().connect() as connection:
            yield connection.execution_options(reads=True)
    except (SQLAlchemyError, pd.errors.DatabaseError) as error:
        address = engine().url.render_as_string(hide_password=True)
        todo = faults.remedy(error) or faults.REMEDIES[faults.Fault.NO_TABLE]
        raise StoreError(f"the store at {address} cannot be read ({reason(error)}); {todo}") from error


def reason(error: Exception) -> str:
    """The message of the database itself, without the statement."""
    return " ".join(str(getattr(error, "orig", None) or error).split())


def read(query: Query) -> pd.DataFrame:
    """Rows of a query as a frame. Raises StoreError where the store was never filled."""
    with reading() as connection:
        return pd.read_sql(query, connection)


def rows(query: Query) -> list[Record]:
    """Rows of a query as they are, for frequent queries. Raises StoreError where the store was never filled."""
    with reading() as connection:
        return list(connection.execute(query).all())


def tuples(connection: Connection, query: Query) -> list[tuple[Any, ...]]:
    """Rows of a query as the driver gives them, the columns by position: for many rows at once."""
    cursor = connection.execute(query).cursor
    return cursor.fetchall() if cursor else []  # type: ignore[return-value]


# ── revisions ────────────────────────────────────────────────────────────────────────────────────────────────────────
_lock = threading.Lock()
_known: dict[str, tuple[float, dict[str, str]]] = {}  # by address: good until (monotonic seconds), revision by topic
_named = threading.local()


class UnnamedTopicError(RuntimeError):
    """A cached result reads a topic of the store that it does not name: it would outlive a change of it."""


def revision(topic: str = FACTS) -> str:
    """What the store holds of a topic now, as a short mark that changes with every change of it.

    Queries the database once a second at most, for all topics together; a change made by this process is seen at once.
    """
    return _revisions().get(topic, "empty")


def revisions(topics: tuple[str, ...]) -> tuple[str, ...]:
    """The revisions of several topics, at one moment."""
    marks = _revisions() if topics else {}
    return tuple(marks.get(topic, "empty") for topic in topics)


def known(topics: Iterable[str]) -> None:
    """Check names of topics. Raises ValueError for one that is none."""
    if unknown := set(topics) - set(live.TOPICS):
        raise ValueError(f"no topic {', '.join(sorted(unknown))}; there are {', '.join(live.TOPICS)}")


@contextmanager
def reading_only(topics: Iterable[str]) -> Iterator[None]:
    """Hold this thread, within the block, to the topics that are named."""
    before = getattr(_named, "topics", None)
    _named.topics = frozenset(topics)
    try:
        yield
    finally:
        _named.topics = before


def uses(*topics: str) -> None:
    """Check that topics about to be read are among those named. Raises UnnamedTopicError where a cached result lacks one."""
    named = getattr(_named, "topics", None)
    if named is not None and not named.issuperset(topics):
        missing = ", ".join(sorted({*topics} - named))
        raise UnnamedTopicError(f"{missing} is read, and only these are named: {', '.join(sorted(named)) or 'none'}")


def bump_revisions(connection: Connection, *topics: str) -> None:
    """Move the revisions of topics, within the transaction that changes what they cover.

    Every number is random: were they counted, a store restored from a copy would get the revision of
    another content, and a cached result of that would be taken for its own.
    """
    table = live.revisions
    for topic in topics:
        number = secrets.randbits(REVISION_BITS)
        one = update(table).where(table.c.topic == topic).values(number=number)
        if connection.execute(one).rowcount == 0:
            connection.execute(insert(table).values(topic=topic, number=number))
    connection.info["bumped"] = True


def _revisions() -> dict[str, str]:
    address = url()
    with _lock:  # no change can be announced while it is locked: what is read here is dropped after it
        until, marks = _known.get(address, (0.0, {}))
        if time.monotonic() >= until:
            marks = {row.topic: str(row.number) for row in rows(select(live.revisions))}
            _known[address] = (time.monotonic() + REVISION_IS_FRESH_S, marks)
        return marks


def _forget_revisions(_connection: Any, record: Any) -> None:
    """A transaction that changed revisions has ended and its connection is back: the next query reads them anew."""
    if record.info.pop("bumped", False):
        with _lock:
            _known.clear()
