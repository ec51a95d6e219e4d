"""The database behind the dashboard: SQLite beside the checkout, or what XINING_DATABASE_URL names.

Transactions of ``engine().begin()`` write, one at a time: on both databases each waits at its beginning for the one
before, so that nothing moves under a writer between its reading and its writing. ``reading()`` waits for nobody.
"""

import os
import secrets
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import pandas as pd
from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Connection, Engine, Row, Select, create_engine, event, insert, select, update
from sqlalchemy.exc import ArgumentError, DisconnectionError, SQLAlchemyError

from store import faults, live

ROOT = Path(__file__).resolve().parent.parent
REVISION_IS_FRESH_S = 1.0  # how long a page may trust the revisions it last read
AWAY_RETRY_S = 5.0  # how often a database server that is away is asked again
AWAY_AT_MOST = timedelta(hours=24)  # how long pages are served from memory meanwhile
REVISION_BITS = 48
FACTS = "facts"  # the topic of the tracked tables
WRITERS = 0x58494E494E47  # the lock by which writers of PostgreSQL wait for each other
WAITS_MS = 60_000  # for the writer before, who may be backfilling: some seconds
# No writer here keeps readers waiting; who locks whole tables of a PostgreSQL (VACUUM FULL, a session left open) does.
READS_WAIT_MS = 3_000
AWAY = (faults.Fault.UNREACHABLE, faults.Fault.LOCKED)
DIALECTS = ("sqlite", "postgresql")
FORMS = "it is sqlite:////folder/xining.db or postgresql://user:password@host/name"
# A server that is gone without a word is noticed in seconds: no page waits for it as long as TCP would.
POSTGRESQL = {"connect_timeout": 3, "keepalives_idle": 30, "tcp_user_timeout": 10_000}
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


class StoreAwayError(StoreError):
    """The database server does not answer, or others keep what is asked for locked."""


def url() -> str:
    """Address of the database, SQLAlchemy's form."""
    return os.environ.get("XINING_DATABASE_URL") or f"sqlite:///{ROOT / 'var' / 'xining.db'}"


def engine() -> Engine:
    """The engine of :func:`url`, made once."""
    return _engine(url())


@lru_cache(maxsize=8)
def _engine(address: str) -> Engine:
    served = not address.startswith("sqlite")
    try:  # pre_ping: a server may have been restarted
        made = create_engine(
            address, pool_pre_ping=served, connect_args=POSTGRESQL if address.startswith("postgresql") else {}
        )
    except (ArgumentError, ImportError) as error:  # no address at all, a database unknown here, a driver that is not
        raise StoreError(f"XINING_DATABASE_URL names no database that can be used ({error}); {FORMS}") from error
    if made.dialect.name not in DIALECTS:
        raise StoreError(f"XINING_DATABASE_URL names {made.dialect.name}; {FORMS}")
    if made.dialect.name == "sqlite":
        if made.url.database:
            _folder(Path(made.url.database).parent)
            event.listen(made, "checkout", partial(_still_there, Path(made.url.database)))
        event.listen(made, "connect", _configure)
    else:
        event.listen(made, "connect", _impatient)
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


def _impatient(connection: Any, _record: Any) -> None:
    connection.execute(f"SET lock_timeout = {READS_WAIT_MS}")
    connection.commit()


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
        kind = StoreAwayError if faults.fault(error) in AWAY else StoreError
        raise kind(f"the store at {address} cannot be read ({faults.reason(error)}); {todo}") from error


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
class _Known(Struct, frozen=True):
    """Revisions by topic. ``until``: they are trusted; ``read``: they were read from the database; both in monotonic seconds."""

    until: float = 0.0
    read: float = 0.0
    marks: Mapping[str, str] | None = None
    away: bool = False


_lock = threading.Lock()
_known: dict[str, _Known] = {}  # by address
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


def away() -> timedelta | None:
    """How long the database server has not answered, while pages are served from memory; None while it answers.

    Raises StoreError where nothing was ever read, or too long ago.
    """
    _revisions()
    found = _known.get(url(), _Known())
    return timedelta(seconds=time.monotonic() - found.read) if found.away else None


def _revisions() -> Mapping[str, str]:
    """The revisions of all topics; those last read while the database server is away, for AWAY_AT_MOST."""
    address = url()
    with _lock:  # no change can be announced while it is locked: what is read here is dropped after it
        found, now = _known.get(address, _Known()), time.monotonic()
        if found.marks is None or now >= found.until:
            found = _known[address] = _asked(found, now)
        assert found.marks is not None
        return found.marks


def _asked(before: _Known, now: float) -> _Known:
    """What the database gives; while its server is away, what it gave before."""
    try:
        marks = {row.topic: str(row.number) for row in rows(select(live.revisions))}
    except StoreAwayError:
        if before.marks is None or now - before.read > AWAY_AT_MOST.total_seconds():
            raise
        return replace(before, until=time.monotonic() + AWAY_RETRY_S, away=True)
    return _Known(time.monotonic() + REVISION_IS_FRESH_S, time.monotonic(), marks)


def _forget_revisions(_connection: Any, record: Any) -> None:
    """A transaction that changed revisions has ended and its connection is back: the next query reads them anew."""
    if record.info.pop("bumped", False):
        ask_again()


def ask_again() -> None:
    """Trust nothing that is known of revisions any longer: the next query reads them anew."""
    with _lock:
        for address, found in _known.items():
            _known[address] = replace(found, until=0.0)
