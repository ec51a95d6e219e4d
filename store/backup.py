"""A copy of the whole store in one file, and the store made of it again, on SQLite and PostgreSQL.

The copy is of one moment, whoever writes meanwhile, and appears under its name only when it is whole. Revisions are
copied with the rows: what was cached for the same content stays current.
"""

import errno
import os
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from sqlalchemy import URL, inspect
from sqlalchemy.exc import SQLAlchemyError

from store import database, faults

SQLITE, POSTGRESQL = "sqlite", "postgresql"
BEGINNINGS = {b"SQLite format 3\0": SQLITE, b"PGDMP": POSTGRESQL}
INSTALL = "install PostgreSQL's client programs (Debian: apt-get install postgresql-client)"
WAITS_S = database.WAITS_MS / 1000


class BackupError(RuntimeError):
    """No backup was made, or none brought back, and nothing was changed; the message says why and what to do."""


def backup(file: Path, *, force: bool = False) -> int:
    """Write the whole store into a file; its bytes.

    Raises BackupError, also where the file exists and ``force`` is not set; StoreError where the database server is away.
    """
    if file.exists() and not force:
        raise BackupError(f"{file} exists; choose another name or say --force")
    address = database.engine().url
    beside = file.with_name(f"{file.name}.part")
    with _reported(str(file)):
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            if address.get_backend_name() == SQLITE:
                _copy_of_sqlite(_file_of(address), beside)
            else:
                patience = f"--lock-wait-timeout={database.WAITS_MS}"
                plain = ("--format=custom", "--no-owner", "--no-privileges")
                _postgresql("pg_dump", address, *plain, patience, f"--file={beside}")
            _to_disk(beside)
            os.replace(beside, file)
            _to_disk(file.parent)
        finally:
            with suppress(OSError):
                beside.unlink(missing_ok=True)
    return file.stat().st_size


def restore(file: Path, *, force: bool = False) -> Path | None:
    """Make the store of a backup; where a damaged file was put aside, its new place.

    Raises BackupError, also where the store holds anything and ``force`` is not set. Processes that use a sound store meanwhile
    go on with its new content.
    """
    address = database.engine().url
    kind, backend = kind_of(file), address.get_backend_name()
    if kind != backend:
        raise BackupError(f"{file} is a backup of {kind}, and XINING_DATABASE_URL names {backend}")
    with _reported(str(file)):
        if kind == SQLITE:
            _check_copy(file)
    if not force and _holds_anything():
        name = address.render_as_string(hide_password=True)
        raise BackupError(f"the store at {name} is not empty; say --force to put the backup in its place")
    with _reported(address.render_as_string(hide_password=True)):
        if kind == SQLITE:
            return _put_sqlite(file, _file_of(address))
        clean = ("--clean", "--if-exists") if force else ()
        options = ("--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges")
        _postgresql("pg_restore", address, *options, *clean, str(file))
    return None


def kind_of(file: Path) -> str:
    """Of which database a file is a backup. Raises BackupError where it cannot be read or is none."""
    with _reported(str(file)), file.open("rb") as opened:
        begin = opened.read(16)
    for beginning, kind in BEGINNINGS.items():
        if begin.startswith(beginning):
            return kind
    raise BackupError(f"{file} is no backup: it begins like neither a SQLite file nor a dump of pg_dump -Fc")


@contextmanager
def _reported(subject: str) -> Iterator[None]:
    """Turn what the system and the databases report into one sentence."""
    try:
        yield
    except (OSError, sqlite3.Error, SQLAlchemyError) as error:
        raise BackupError(faults.sentence(subject, error)) from error


def _holds_anything() -> bool:
    """Whether the store has a table; a file that cannot be read holds something too."""
    if (address := database.engine().url).get_backend_name() == SQLITE and not _file_of(address).exists():
        return False
    try:
        with database.reading() as c:
            return bool(inspect(c).get_table_names())
    except database.StoreError as error:
        if faults.fault(error.__cause__ or error) is faults.Fault.DAMAGED:
            return True
        raise


# ── SQLite ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def _file_of(address: URL) -> Path:
    if not address.database or address.database == ":memory:":
        raise BackupError("a store in memory has no backup: XINING_DATABASE_URL names no file")
    return Path(address.database)


def _open(file: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode={mode}", uri=True, timeout=WAITS_S)


def _copy_of_sqlite(source: Path, target: Path) -> None:
    """Copy all pages of one moment into a file of its own, and check the copy."""
    if not source.exists():
        raise BackupError(f"there is no store at {source}; {faults.REMEDIES[faults.Fault.NO_TABLE]}")
    _check_space(source, target.parent)
    target.unlink(missing_ok=True)
    with closing(_open(source, "ro")) as one, closing(_open(target, "rwc")) as copy:
        one.execute("BEGIN")  # writers go on beside it; what they write is not in the copy
        one.execute("SELECT count(*) FROM sqlite_master").fetchone()
        one.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
        if (found := copy.execute("PRAGMA integrity_check(1)").fetchone()[0]) != "ok":
            raise BackupError(f"{source}: {faults.REMEDIES[faults.Fault.DAMAGED]} ({' '.join(str(found).split())})")


def _check_space(source: Path, folder: Path) -> None:
    free, needed = shutil.disk_usage(folder).free, source.stat().st_size
    if free < needed:
        raise BackupError(f"{folder}: the disk is full: {needed / 1e6:.0f} MB are needed, {free / 1e6:.0f} MB are free")


def _check_copy(file: Path) -> None:
    try:
        with closing(_open(file, "ro")) as opened:
            found = str(opened.execute("PRAGMA integrity_check(1)").fetchone()[0])
    except sqlite3.DatabaseError as error:  # damaged where the check itself has to read
        if faults.fault(error) is not faults.Fault.DAMAGED:
            raise
        found = str(error)
    if found != "ok":
        raise BackupError(f"{file} is damaged ({' '.join(found.split())}); take an older backup")


def _put_sqlite(file: Path, target: Path) -> Path | None:
    """Bring a backup into its place: into a sound file as one transaction, else beside what is damaged, which is put aside."""
    target.parent.mkdir(parents=True, exist_ok=True)
    _check_space(file, target.parent)
    database.engine().dispose()
    try:
        with closing(_open(file, "ro")) as copy, closing(_open(target, "rwc")) as store:
            store.isolation_level = None
            store.execute("BEGIN IMMEDIATE")  # raises where the file is damaged, or locked for long
            store.execute("ROLLBACK")
            copy.backup(store, progress=_patience())
            store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return None
    except sqlite3.DatabaseError as error:
        if faults.fault(error) is not faults.Fault.DAMAGED:
            raise
    aside = _put_aside(target)
    beside = target.with_name(f"{target.name}.part")
    shutil.copyfile(file, beside)
    _to_disk(beside)
    os.replace(beside, target)
    return aside


def _patience() -> Callable[[int, int, int], None]:
    """Let a copying that is kept waiting end with an error: by itself it would wait for ever."""
    until = time.monotonic() + WAITS_S

    def progress(status: int, _remaining: int, _pages: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and time.monotonic() > until:
            raise TimeoutError(errno.EBUSY, faults.REMEDIES[faults.Fault.LOCKED])

    return progress


def _put_aside(damaged: Path) -> Path:
    """Rename a damaged file with what stands beside it: the raw answers in it may still be read."""
    number = 1
    while (aside := damaged.with_name(f"{damaged.name}.damaged-{number}")).exists():
        number += 1
    for ending in ("-wal", "-shm", ""):
        if (part := damaged.with_name(damaged.name + ending)).exists():
            part.rename(aside.with_name(aside.name + ending))
    return aside


def _to_disk(path: Path) -> None:
    """Let a file, or a folder's names, be on the disk before going on."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


# ── PostgreSQL ───────────────────────────────────────────────────────────────────────────────────────────────────────
def _postgresql(program: str, address: URL, *arguments: str) -> None:
    """Run one of PostgreSQL's own programs; the password goes by the environment, where no list of processes shows it."""
    found = shutil.which(program)
    if not found:
        raise BackupError(f"{program} is not installed: {INSTALL}")
    # Made anew: URL.set takes no password away, and "***" would be tried instead of the one in the environment.
    plain = URL.create(
        "postgresql", address.username, None, address.host, address.port, address.database, address.query
    ).render_as_string()
    environment = {**os.environ, "LC_ALL": "C", **({"PGPASSWORD": str(address.password)} if address.password else {})}
    command = [found, f"--dbname={plain}", "--no-password", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, errors="replace", check=False)
    if done.returncode:
        with database.reading():  # raises where the server is away: no refusal, and said in the store's own words
            pass
        lines = [line for line in done.stderr.splitlines() if line.strip()] or [f"exit code {done.returncode}"]
        raise BackupError(f"{program}: {lines[0].removeprefix(f'{program}: ').removeprefix('error: ')}")
