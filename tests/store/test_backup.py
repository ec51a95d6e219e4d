"""A backup is of one moment and comes back whole; what stands in its way is one sentence and changes nothing."""

import json
import os
import pwd
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from itertools import count
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import delete, text, update

from loaders import facts
from store import __main__ as command
from store import backup, check, database, faults, live, raw, sources, state
from store import readings as readings_store
from store.clock import ZONE
from tests import postgres, stores
from tests.served import ROOT

NOW = datetime(2026, 10, 9, 12, tzinfo=ZONE)
HOURS = pd.date_range("2026-10-01", periods=24, freq="h", tz=ZONE)


def write(number: int) -> None:
    """Store one answer with a day of readings, all in one transaction."""
    rows = pd.DataFrame(
        {"place_id": f"{number:04}A", "item": "pm25_ugm3", "averaging": "1h", "at": HOURS, "value": 7.0}
    )
    rows = rows.assign(kind="live", note=None, flags=None, primary_pollutants=None, original=None)
    with database.engine().begin() as c:
        raw_id = raw.save(
            c, source="cnemc_air", call="x", address="", asked_at=NOW, status=200, content_type="", body=b"%d" % number
        )
        written = readings_store.write(c, rows, raw_id=raw_id, now=NOW)
        state.counted(c, sources.get("cnemc_air"), readings=written.new, flagged=0)


@pytest.fixture(autouse=True)
def programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL's programs are found where its server is."""
    if found := postgres.binaries():
        monkeypatch.setenv("PATH", f"{found}:{os.environ['PATH']}")


@pytest.fixture(scope="module")
def template(cluster: postgres.Cluster) -> str:
    """The name of a database with facts and two answers, made once: each case on PostgreSQL takes a copy."""
    address = cluster.database()
    with at(address):
        facts.fill()
        write(0)
        write(1)
    return address.rpartition("/")[2]


@pytest.fixture(params=["sqlite", "postgresql"])
def filled(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A store with facts and two answers, on both databases."""
    if request.param == "sqlite":
        monkeypatch.setenv("XINING_DATABASE_URL", stores.filled(tmp_path / "live.db"))
        write(0)
        write(1)
    else:
        copy = request.getfixturevalue("cluster").database(request.getfixturevalue("template"))
        monkeypatch.setenv("XINING_DATABASE_URL", copy)
    yield request.param
    database.engine().dispose()


@pytest.fixture
def elsewhere(filled: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a place without a store, of the same kind."""
    if filled == "sqlite":
        return f"sqlite:///{tmp_path / 'elsewhere' / 'live.db'}"
    return str(request.getfixturevalue("cluster").database())


@contextmanager
def at(address: str) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XINING_DATABASE_URL", address)
        yield
        database.engine().dispose()


# ── the rehearsal ────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_backup_has_the_same_rows_and_the_same_marks(filled: str, elsewhere: str, tmp_path: Path) -> None:
    before = check.check()
    backup.backup(tmp_path / "copy")
    with at(elsewhere):
        backup.restore(tmp_path / "copy")
        after = check.check()
        assert raw.body(1) == b"0"
    assert (after.problems, after.tables, after.revisions) == ([], before.tables, before.revisions)
    assert after.tables["readings"] == 48


def test_a_backup_while_a_writer_writes_is_of_one_moment(filled: str, elsewhere: str, tmp_path: Path) -> None:
    confirmed, first, over = [1], threading.Event(), threading.Event()

    def writing() -> None:
        for number in count(2):
            write(number)
            confirmed.append(number)
            first.set()
            if over.is_set():
                return

    writer = threading.Thread(target=writing)
    writer.start()
    assert first.wait(60)
    at_least = confirmed[-1]
    backup.backup(tmp_path / "copy")
    over.set()
    writer.join(60)
    with at(elsewhere):
        backup.restore(tmp_path / "copy")
        report = check.check()
        answers = report.tables["raw_answers"]
        assert report.problems == []
        assert at_least + 1 <= answers <= confirmed[-1] + 1
        assert report.tables["readings"] == answers * 24
        write(9999)  # the store goes on where the backup ended
        assert check.check().problems == []


def test_pages_of_a_sound_store_go_on_with_the_restored_content(filled: str, tmp_path: Path) -> None:
    backup.backup(tmp_path / "copy")
    before = check.check()
    write(2)
    assert database.revisions(("series",)) != (str(before.revisions["series"]),)
    backup.restore(tmp_path / "copy", force=True)
    after = check.check()
    assert (after.tables, after.revisions) == (before.tables, before.revisions)


# ── what is refused ──────────────────────────────────────────────────────────────────────────────────────────────────
def refused(*arguments: object) -> str:
    """The one line by which a command is refused, run as an operator runs it."""
    done = subprocess.run(
        [sys.executable, "-m", "store", *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == command.REFUSED
    return line(done.stderr)


def line(message: str) -> str:
    assert message.count("\n") == 1
    assert "Traceback" not in message
    return message.strip()


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str]:
    """Exit code and the one line of a command."""
    code = command.main([str(one) for one in arguments])
    caught = capsys.readouterr()
    return code, line(caught.err) if code else caught.out


def test_nothing_is_overwritten_without_force(filled: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy = tmp_path / "copy"
    copy.write_bytes(b"something else")
    assert run(capsys, "backup", copy) == (2, f"{copy} exists; choose another name or say --force")
    assert copy.read_bytes() == b"something else"
    assert run(capsys, "backup", copy, "--force")[0] == 0
    write(2)
    code, message = run(capsys, "restore", copy)
    assert (code, message.endswith("is not empty; say --force to put the backup in its place")) == (2, True)
    assert check.check().tables["raw_answers"] == 3
    assert run(capsys, "restore", copy, "--force")[0] == 0
    assert check.check().tables["raw_answers"] == 2


@pytest.fixture
def on_sqlite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    file = tmp_path / "live.db"
    monkeypatch.setenv("XINING_DATABASE_URL", stores.filled(file))
    yield file
    database.engine().dispose()


def damage(file: Path, page: int = 20) -> None:
    """Overwrite pages in the middle, as a failing disk does."""
    with file.open("r+b") as opened:
        opened.seek(page * 4096)
        opened.write(b"\xa5" * 4096 * 8)


def test_a_damaged_backup_is_refused_and_the_store_stays(
    on_sqlite: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "copy"
    backup.backup(copy)
    damage(copy)
    code, message = run(capsys, "restore", copy, "--force")
    assert code == 2
    assert message.startswith(f"{copy} is damaged (")
    assert message.endswith("; take an older backup")
    assert check.check().sound


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"", "is no backup"), (b"PK\x03\x04", "is no backup"), (b"PGDMP\x01", "is a backup of postgresql, and")],
)
def test_a_file_of_another_kind_is_refused(
    content: bytes, message: str, on_sqlite: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "copy").write_bytes(content)
    code, line = run(capsys, "restore", tmp_path / "copy", "--force")
    assert (code, message in line) == (2, True)


def test_a_missing_backup_and_a_missing_store_are_named(
    on_sqlite: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(capsys, "restore", tmp_path / "none") == (2, f"{tmp_path / 'none'}: No such file or directory")
    monkeypatch.setenv("XINING_DATABASE_URL", f"sqlite:///{tmp_path / 'nothing.db'}")
    code, message = run(capsys, "backup", tmp_path / "copy")
    assert (code, message.startswith(f"there is no store at {tmp_path / 'nothing.db'}; fill it")) == (2, True)
    assert not (tmp_path / "copy").exists()
    assert not (tmp_path / "nothing.db").exists()


def test_a_damaged_store_gives_no_backup_and_is_put_aside_by_a_restore(
    on_sqlite: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(0)
    copy = tmp_path / "copy"
    backup.backup(copy)
    database.engine().dispose()
    damage(on_sqlite, 0)
    before = on_sqlite.read_bytes()
    code, message = run(capsys, "backup", tmp_path / "second")
    assert (code, faults.REMEDIES[faults.Fault.DAMAGED] in message) == (2, True)
    assert not (tmp_path / "second").exists()
    assert run(capsys, "restore", copy)[0] == 2
    code, message = run(capsys, "restore", copy, "--force", "--json")
    aside = Path(json.loads(message)["aside"])
    assert aside.read_bytes() == before
    assert check.check().sound
    assert raw.body(1) == b"0"


def test_a_full_disk_is_reported_before_anything_is_written(
    on_sqlite: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: shutil._ntuple_diskusage(10, 10, 0))
    code, message = run(capsys, "backup", tmp_path / "copy")
    assert (code, "the disk is full:" in message) == (2, True)
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith("copy")] == []


@contextmanager
def unprivileged() -> Iterator[None]:
    """As an account that may write nowhere here: root may write everywhere."""
    if os.geteuid():
        yield
        return
    os.seteuid(pwd.getpwnam("nobody").pw_uid)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_folder_that_may_not_be_written_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        monkeypatch.setenv("XINING_DATABASE_URL", stores.filled(folder / "live.db"))
        folder.joinpath("live.db").chmod(0o444)
        locked = folder / "locked"
        locked.mkdir(mode=0o555)
        folder.chmod(0o777)
        with unprivileged():
            code, message = run(capsys, "backup", locked / "copy")
        database.engine().dispose()
    assert code == 2
    assert message.startswith(f"{locked / 'copy'}: ")
    assert faults.REMEDIES[faults.Fault.READ_ONLY] in message or faults.REMEDIES[faults.Fault.NO_FILE] in message


def test_a_store_locked_by_another_writer_is_not_replaced(
    on_sqlite: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "copy"
    monkeypatch.setattr(backup, "WAITS_S", 0.05)
    with closing(sqlite3.connect(on_sqlite, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        assert run(capsys, "backup", copy)[0] == 0  # a copy waits for nobody
        code, message = run(capsys, "restore", copy, "--force")
    assert (code, faults.REMEDIES[faults.Fault.LOCKED] in message) == (2, True)
    assert check.check().sound


def test_of_an_empty_store_one_line_says_what_fills_it(
    elsewhere: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XINING_DATABASE_URL", elsewhere)
    with database.engine().connect():  # on SQLite this makes the file
        pass
    assert command.main(["check"]) == 1
    assert capsys.readouterr().out == f"it is empty; {faults.REMEDIES[faults.Fault.NO_TABLE]}\n"


def test_without_postgresqls_programs_the_message_names_what_to_install(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XINING_DATABASE_URL", "postgresql+psycopg://x:secret@127.0.0.1:1/x")
    if shutil.which("pg_dump"):
        code, message = run(capsys, "backup", tmp_path / "copy")
        assert (code, faults.REMEDIES[faults.Fault.UNREACHABLE] in message) == (1, True)
        assert "127.0.0.1" in message
        assert "secret" not in message
    monkeypatch.setenv("PATH", str(tmp_path))
    assert run(capsys, "backup", tmp_path / "copy") == (2, f"pg_dump is not installed: {backup.INSTALL}")


@pytest.mark.parametrize(
    ("address", "inherited", "name", "password"),
    [
        (
            "postgresql+psycopg://x:p%40%2Fw@db:5433/x?sslmode=require",
            None,
            "postgresql://x@db:5433/x?sslmode=require",
            "p@/w",
        ),
        ("postgresql+psycopg://x@db/x", "p@/w", "postgresql://x@db/x", "p@/w"),
        ("postgresql+psycopg:///x?host=/run", None, "postgresql:///x?host=%2Frun", None),
    ],
)
def test_postgresqls_programs_get_the_password_and_show_it_nowhere(
    address: str,
    inherited: str | None,
    name: str,
    password: str | None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A server that asks for the password would refuse any other; a list of processes shows what a program is called with."""
    record = tmp_path / "record"
    (tmp_path / "pg_dump").write_text(
        f"#!{sys.executable}\nimport json, os, sys\n"
        f'json.dump([sys.argv[1:], os.environ.get("PGPASSWORD")], open("{record}", "w"))\n'
        'open(sys.argv[-1].removeprefix("--file="), "w").close()\n'
    )
    (tmp_path / "pg_dump").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setenv("XINING_DATABASE_URL", address)
    monkeypatch.delenv("PGPASSWORD", raising=False)
    if inherited:
        monkeypatch.setenv("PGPASSWORD", inherited)
    backup.backup(tmp_path / "copy")
    arguments, given = json.loads(record.read_text())
    assert (arguments[0], given) == (f"--dbname={name}", password)
    assert not [one for one in arguments if "p@" in one or "p%40" in one or "***" in one]


# ── what check finds ─────────────────────────────────────────────────────────────────────────────────────────────────
def found() -> str:
    return "\n".join(check.check().problems)


def test_check_finds_what_refers_to_nothing(filled: str) -> None:
    assert found() == ""
    with database.engine().begin() as c:
        c.execute(delete(live.series).where(live.series.c.place_id == "0000A"))
        c.execute(delete(live.raw_answers).where(live.raw_answers.c.raw_id == 2))
    assert "24 rows of readings.series_id name nothing of series.series_id" in found()
    assert "24 rows of readings.raw_id name nothing of raw_answers.raw_id" in found()


def test_check_finds_wrong_counters_changed_answers_and_lacking_facts(filled: str) -> None:
    with database.engine().begin() as c:
        c.execute(update(live.series).where(live.series.c.place_id == "0001A").values(readings=5))
        c.execute(update(live.raw_bodies).values(body=b"changed"))
        c.execute(text("delete from areas"))
    assert "1 series count other readings than there are" in found()
    assert "2 raw answers are not what came" in found()
    assert "areas holds 0 rows" in found()
    assert "figures: " in found()


def test_check_finds_a_missing_table_and_an_older_form(filled: str, capsys: pytest.CaptureFixture[str]) -> None:
    with database.engine().begin() as c:
        c.execute(text("drop table month_values"))
        c.execute(text("update alembic_version set version_num = '0001'"))
    code = command.main(["check", "--json"])
    result = json.loads(capsys.readouterr().out)
    assert (code, result["sound"]) == (1, False)
    assert "the table month_values is missing" in result["problems"]
    assert "its form is of migration 0001" in result["problems"][0]


def test_check_finds_damaged_pages(on_sqlite: Path, capsys: pytest.CaptureFixture[str]) -> None:
    database.engine().dispose()
    damage(on_sqlite)
    assert command.main(["check"]) == command.NOT_SOUND
    caught = capsys.readouterr()
    assert "damaged" in caught.out + caught.err


def test_an_operator_runs_it_as_a_program(on_sqlite: Path, tmp_path: Path) -> None:
    assert "No such file" in refused("restore", tmp_path / "none")
