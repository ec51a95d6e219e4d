"""What befalls a store: each fault is one sentence that says what to do, and what was stored stays."""

import errno
import logging
import random
import re
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from starlette.applications import Starlette

import dashboard
from loaders import __main__ as command
from loaders import collector
from store import backup, check, database, faults, raw, state
from store.clock import ZONE
from store.faults import Fault
from tests import stores
from tests.asgi import ask
from views.http import api
from views.text.words import Words
from views.visit import Visit

NOW = datetime(2026, 10, 9, 12, tzinfo=ZONE)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A filled store with one raw answer."""
    file = tmp_path / "live.db"
    monkeypatch.setenv("XINING_DATABASE_URL", stores.filled(file))
    save(b"first")
    yield file
    database.engine().dispose()


def save(body: bytes) -> int:
    with database.engine().begin() as c:
        return raw.save(
            c, source="cnemc_air", call="x", address="", asked_at=NOW, status=200, content_type="", body=body
        )


def loader(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """Exit code of a loader's command, and the one line it prints."""
    code = command.main(list(arguments))
    message = capsys.readouterr().err
    assert message.count("\n") == 1
    return code, message


def healthz() -> tuple[int, str]:
    """What a monitor on the machine itself is answered."""
    answer = ask(Starlette(routes=api.routes()), "/healthz", host="localhost")
    return answer.status_code, answer.json().get("why", "")


# ── the kinds ────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("number", "kind"),
    [(errno.ENOSPC, Fault.FULL), (errno.EROFS, Fault.READ_ONLY), (errno.EACCES, Fault.READ_ONLY), (errno.EIO, None)],
)
def test_the_systems_errors_have_their_kind(number: int, kind: Fault | None) -> None:
    assert faults.fault(OSError(number, "reported")) is kind


@pytest.mark.parametrize("state", [("53100", Fault.FULL), ("55P03", Fault.LOCKED), ("57P01", Fault.UNREACHABLE)])
def test_postgresqls_errors_have_their_kind(state: tuple[str, Fault]) -> None:
    error = RuntimeError("reported")
    error.sqlstate = state[0]  # type: ignore[attr-defined]
    assert faults.fault(error) is state[1]


@pytest.mark.parametrize("host", ["database", "127.0.0.1:1"])
def test_a_server_whose_name_or_port_leads_nowhere_is_away(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The name of a container or a pod is gone as long as it is."""

    def lookup(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    monkeypatch.setenv("XINING_DATABASE_URL", f"postgresql+psycopg://x@{host}/x")
    with (
        pytest.raises(database.StoreAwayError, match=re.escape(faults.REMEDIES[Fault.UNREACHABLE])),
        database.reading(),
    ):
        pass


def test_a_sentence_is_one_line_with_what_was_reported() -> None:
    message = faults.sentence("/x", OSError(errno.ENOSPC, "No space\nleft"))
    assert message == f"/x: {faults.REMEDIES[Fault.FULL]} (No space left)"


# ── a full disk ──────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.slow
def test_a_full_disk_refuses_an_answer_whole_and_keeps_those_before(store: Path) -> None:
    with database.engine().connect() as c:  # the pool gives this connection again: its file cannot grow
        c.execute(text("PRAGMA max_page_count = 1"))
    with pytest.raises(DBAPIError) as raised:
        save(random.Random(1).randbytes(1_000_000))
    assert faults.fault(raised.value) is Fault.FULL
    assert raw.body(1) == b"first"
    database.engine().dispose()  # there is room again
    assert check.check().problems == []
    assert raw.body(save(b"second")) == b"second"


def test_the_collector_says_a_full_disk_in_one_line(
    store: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> bool:
        raise sqlite_error(sqlite3.SQLITE_FULL, "database or disk is full")

    monkeypatch.setattr(state, "elect", full)
    one = collector.Collector(now=lambda: NOW)
    monkeypatch.setattr(one, "_ended", Turns(2))
    with caplog.at_level(logging.ERROR, "loaders"):
        one._run()
    assert [record.getMessage() for record in caplog.records] == [
        f"the collector cannot work: the store: {faults.REMEDIES[Fault.FULL]} (database or disk is full)"
    ]
    assert caplog.records[0].exc_info is None


class Turns:
    """In the place of the event that ends a collector: it ends after so many turns and waits for nothing."""

    def __init__(self, number: int) -> None:
        self.left = number

    def is_set(self) -> bool:
        self.left -= 1
        return self.left < 0

    def wait(self, _seconds: float) -> None:
        pass


def sqlite_error(code: int, message: str) -> DBAPIError:
    error = sqlite3.OperationalError(message)
    error.sqlite_errorcode = code
    return DBAPIError("statement", None, error)


# ── no right to write ────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_store_that_may_not_be_written_is_read_and_named_to_who_writes(
    store: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # To root every file is writable: what SQLite answers of a read-only one is had from itself.
    monkeypatch.setattr(database, "PRAGMAS", (*database.PRAGMAS, "query_only=1"))
    database.engine().dispose()
    assert healthz() == (200, "")
    code, message = loader(capsys, "fill")
    assert code == 1
    assert faults.REMEDIES[Fault.READ_ONLY] in message
    assert raw.body(1) == b"first"


# ── a damaged file ───────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("page", [0, 20])
def test_a_damaged_file_is_named_with_the_way_back(page: int, store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    database.engine().dispose()
    with store.open("r+b") as opened:
        opened.seek(page * 4096)
        opened.write(b"\xa5" * 4096 * (40 if page else 1))
    before = store.read_bytes()
    code, message = loader(capsys, "fill") if page == 0 else (1, damaged_sentence())
    assert code == 1
    assert faults.RESTORE in message
    assert store.read_bytes() == before


def damaged_sentence() -> str:
    with pytest.raises(database.StoreError) as raised:
        read_everything()
    return str(raised.value)


def read_everything() -> None:
    with database.reading() as c:
        for row in c.execute(text("select name from sqlite_master where type = 'table'")).all():
            c.execute(text(f'select * from "{row[0]}"')).all()


def test_a_monitor_learns_of_a_damaged_file(store: Path) -> None:
    database.engine().dispose()
    store.write_bytes(b"no database at all" * 300)
    code, message = healthz()
    assert code == 503
    assert faults.RESTORE in message


# ── a file that is gone ──────────────────────────────────────────────────────────────────────────────────────────────
def test_a_file_deleted_under_a_running_server_is_reported_and_its_backup_comes_back_without_a_restart(
    store: Path, tmp_path: Path
) -> None:
    backup.backup(tmp_path / "copy")
    assert healthz() == (200, "")
    for one in tmp_path.glob("live.db*"):
        one.unlink()
    with pytest.raises(DBAPIError):
        save(b"into nothing")
    database._known.clear()  # a second later
    code, message = healthz()
    assert code == 503
    assert faults.RESTORE in message
    backup.restore(tmp_path / "copy")
    database._known.clear()
    assert healthz() == (200, "")
    assert raw.body(1) == b"first"


def test_a_file_replaced_under_a_running_server_is_the_one_that_is_read(store: Path, tmp_path: Path) -> None:
    backup.backup(tmp_path / "copy")
    second = save(b"second")
    for one in tmp_path.glob("live.db*"):
        one.unlink()
    (tmp_path / "copy").rename(store)
    assert raw.body(second) is None
    assert raw.body(1) == b"first"


# ── another writer ───────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_store_locked_by_another_writer_is_read_and_named_to_who_writes(
    store: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "WAITS_MS", 20)
    database.engine().dispose()
    with closing(sqlite3.connect(store, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        assert healthz() == (200, "")
        code, message = loader(capsys, "fill")
        writer.execute("ROLLBACK")
    assert code == 1
    assert faults.REMEDIES[Fault.LOCKED] in message
    database.engine().dispose()
    assert check.check().sound


# ── a page ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_page_without_a_store_logs_one_line(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    monkeypatch.setattr("views.site.page.visit", lambda: Visit(Words("en"), "light", NOW, False, False))
    monkeypatch.setattr("views.site.page.show", lambda block: shown.append(str(block)))
    with caplog.at_level(logging.ERROR, "dashboard"):
        assert dashboard.report_error(database.StoreError("the store cannot be read; do this"))
    assert [record.getMessage() for record in caplog.records] == ["a page failed: the store cannot be read; do this"]
    assert not caplog.records[0].exc_info
    assert len(shown) == 1
    assert "do this" not in shown[0]


# ── the clock ────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("jump", [timedelta(hours=1), timedelta(hours=-1)])
def test_a_clock_that_jumps_an_hour_stops_no_collector_for_longer_than_an_hour(store: Path, jump: timedelta) -> None:
    lasting = timedelta(minutes=1)
    assert state.elect("c", "mine", NOW, lasting)
    assert state.elect("c", "mine", NOW + jump, lasting)  # it goes on itself
    later = NOW + jump + (timedelta(minutes=2) if jump > timedelta(0) else timedelta(hours=1, minutes=2))
    assert state.elect("c", "another", later, lasting)  # and another takes over when it ends
