"""Writers wait for each other, readers for nobody; a change is seen at once and asked for once a second."""

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd
import psycopg
import pytest
from sqlalchemy import column, event, insert, select, update
from sqlalchemy.exc import OperationalError

from store import database, live, migrate

LEASES = live.leases


def count() -> int:
    """What the writers count up."""
    return int(database.rows(select(LEASES.c.until))[0].until)


@pytest.fixture
def counter(store: str) -> None:
    with database.engine().begin() as c:
        c.execute(insert(LEASES).values(name="counter", holder="", until=0))


def count_up(times: int) -> None:
    """Read, think, write: two at once would lose one of their steps, or fail."""
    for _ in range(times):
        with database.engine().begin() as c:
            before = c.execute(select(LEASES.c.until)).scalar_one()
            c.execute(update(LEASES).values(until=before + 1))


def test_writers_wait_for_each_other(counter: None) -> None:
    with ThreadPoolExecutor(4) as pool:
        for ended in [pool.submit(count_up, 10) for _ in range(4)]:
            ended.result()
    assert count() == 40


def test_a_reader_does_not_wait_for_a_writer_and_sees_what_was_before(counter: None) -> None:
    with database.engine().begin() as c:
        c.execute(update(LEASES).values(until=7))
        assert count() == 0  # from another connection, while the first still writes
    assert count() == 7


def test_a_writer_that_breaks_off_leaves_nothing(counter: None) -> None:
    with database.engine().connect() as c:
        c.execute(update(LEASES).values(until=7))
        c.rollback()
    assert count() == 0
    count_up(1)  # and nobody waits for it
    assert count() == 1


def test_a_writer_does_not_wait_forever(counter: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "WAITS_MS", 50)
    database.engine().dispose()  # the next connections wait so long
    with database.engine().begin(), pytest.raises(OperationalError, match="lock"):  # a writer within a writer
        count_up(1)
    count_up(1)
    assert count() == 1
    database.engine().dispose()


# ── revisions ────────────────────────────────────────────────────────────────────────────────────────────────────────
def move(*topics: str) -> None:
    with database.engine().begin() as c:
        database.bump_revisions(c, *topics)


def test_a_change_of_this_process_is_seen_at_once(store: str) -> None:
    assert database.revision("water") == "empty"
    move("water")
    first, other = database.revision("water"), database.revision("weather")
    assert first != "empty"
    move("water")
    assert database.revision("water") not in (first, "empty")
    assert database.revision("weather") == other == "empty"


def test_what_is_rolled_back_has_not_moved(store: str) -> None:
    move("water")
    before = database.revision("water")
    with database.engine().connect() as c:
        database.bump_revisions(c, "water")
        c.rollback()
    assert database.revision("water") == before


def test_two_databases_never_bear_the_same_mark(store: str, monkeypatch: pytest.MonkeyPatch) -> None:
    move("water")
    first = database.revision("water")
    with database.engine().begin() as c:
        c.execute(live.revisions.delete())
        database.bump_revisions(c, "water")
    assert database.revision("water") != first


def test_two_copies_of_a_store_that_change_bear_different_marks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A backup that was restored, or a store of a test: what was cached of the one must not be taken for the other."""
    marks = []
    monkeypatch.setenv("XINING_DATABASE_URL", f"sqlite:///{tmp_path / 'whole.db'}")
    migrate.upgrade()
    move("water")
    first = database.revision("water")
    database.engine().dispose()
    for name in ("left.db", "right.db"):
        shutil.copyfile(tmp_path / "whole.db", tmp_path / name)
        monkeypatch.setenv("XINING_DATABASE_URL", f"sqlite:///{tmp_path / name}")
        assert database.revision("water") == first  # the same content bears the same mark
        move("water")
        marks.append(database.revision("water"))
        database.engine().dispose()
    assert len({first, *marks}) == 3


@contextmanager
def statements_sent() -> Iterator[list[str]]:
    """The statements sent while the block runs."""
    statements: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, _parameters: Any, _context: Any, _many: Any) -> None:
        statements.append(statement)

    event.listen(database.engine(), "before_cursor_execute", note)
    yield statements
    event.remove(database.engine(), "before_cursor_execute", note)


def test_the_database_is_requested_once_a_second_for_all_topics(store: str, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [1000.0]
    monkeypatch.setattr("store.database.time.monotonic", lambda: clock[0])
    move("water")
    with statements_sent() as statements:
        for topic in ("water", "weather", "facts") * 10:
            database.revision(topic)
        assert len([s for s in statements if "revisions" in s]) == 1
        clock[0] += 0.99
        database.revision("water")
        assert len([s for s in statements if "revisions" in s]) == 1
        clock[0] += 0.02
        database.revision("water")
        assert len([s for s in statements if "revisions" in s]) == 2


def test_topics_are_named_by_thread_and_by_block(store: str) -> None:
    with database.reading_only(("facts", "water")):
        database.uses("facts", "water")
        with database.reading_only(("weather",)):
            database.uses("weather")
            with pytest.raises(database.UnnamedTopicError, match="water is read"):
                database.uses("weather", "water")
        database.uses("water")
        with ThreadPoolExecutor(1) as pool:  # another thread caches nothing
            pool.submit(database.uses, "ndvi").result()
    database.uses("ndvi")


def test_names_are_as_before_where_a_block_fails(store: str) -> None:
    with pytest.raises(ZeroDivisionError), database.reading_only(()):
        1 / 0  # noqa: B018
    database.uses("water")


def test_a_name_that_is_no_topic_is_refused() -> None:
    database.known(live.TOPICS)
    with pytest.raises(ValueError, match="no topic wather; there are facts, air_hours"):
        database.known(("facts", "wather"))


def test_an_empty_database_says_what_to_run(empty: str) -> None:
    with pytest.raises(database.StoreError, match="python -m loaders fill") as error:
        database.revision()
    assert "cannot be read" in str(error.value)


def test_a_table_of_another_version_is_named_without_the_statement(store: str) -> None:
    for read in (database.read, database.rows):  # as a frame and as they are
        with pytest.raises(database.StoreError, match="python -m loaders fill") as error:
            read(select(column("later")).select_from(LEASES))
        assert "later" in str(error.value)
        assert "SELECT" not in str(error.value)


def test_a_server_that_goes_away_while_it_is_read_is_away(store: str) -> None:
    lost = OperationalError("SELECT 1", None, psycopg.errors.AdminShutdown("terminating connection"))
    by_pandas = pd.errors.DatabaseError("Execution failed on sql 'SELECT 1'")  # where a frame is read
    by_pandas.__cause__ = lost
    for error in (lost, by_pandas):
        with pytest.raises(database.StoreAwayError, match="does not answer"), database.reading():
            raise error


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("nonsense", "Could not parse"),
        ("postgres://somebody@host/name", "postgres"),  # SQLAlchemy knows it as postgresql
        ("mysql://somebody@host/name", "mysql|MySQL"),
        ("sqlite:////dev/null/folder/xining.db", "/dev/null/folder"),
    ],
)
def test_an_address_that_names_no_database_is_refused(
    address: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XINING_DATABASE_URL", address)
    with pytest.raises(database.StoreError, match=message) as error:
        database.engine()
    assert "XINING_DATABASE_URL" in str(error.value)


def test_a_password_stays_out_of_messages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XINING_DATABASE_URL", "postgresql+psycopg://xining:secret@127.0.0.1:9/none")
    with pytest.raises(database.StoreError) as error:
        database.revision()
    assert "secret" not in str(error.value)
