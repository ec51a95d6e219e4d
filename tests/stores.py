"""Stores made once for all test processes and runs; whoever wants one of their own takes a copy.

Copies of one store bear the same marks, so that a cached report is shared by all tests that changed nothing it reads.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import cache
from pathlib import Path

import pytest

from tests.served import ROOT

FOLDER = ROOT / ".pytest_cache" / "stores"  # beside what pytest itself remembers: git-ignored, free to delete
MADE_FROM = ("data/**/*", "store/**/*.py", "loaders/*.py", "assessment/*.py", "constraints.txt", "tests/stores.py")


def filled(file: Path) -> str:
    """A store with the tracked facts and empty living tables, in a new file: its address."""
    return _copy(_template("filled", _fill), file)


def migrated(file: Path) -> str:
    """A store with empty living tables and nothing else, in a new file: its address."""
    return _copy(_template("migrated", _migrate), file)


def _copy(template: Path, file: Path) -> str:
    shutil.copyfile(template, file)
    return f"sqlite:///{file}"


def _fill() -> None:
    from loaders import facts

    facts.fill()


def _migrate() -> None:
    from store import migrate

    migrate.upgrade()


@cache
def _template(name: str, make: Callable[[], None]) -> Path:
    """The store others copy; nobody writes into it. Of processes that ask at once one makes it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    file = FOLDER / f"{name}-{_mark()}.db"
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not file.exists():
            for old in FOLDER.glob(f"{name}-*"):
                old.unlink()
            _make(file, make)
    return file


def _make(file: Path, make: Callable[[], None]) -> None:
    """Make a store beside its place and put it there whole: an interrupted making leaves nothing to be trusted."""
    from store import database

    beside, whole = file.with_suffix(".making"), file.with_suffix(".whole")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XINING_DATABASE_URL", f"sqlite:///{beside}")
        make()
        database.engine().dispose()
    with closing(sqlite3.connect(beside)) as made, closing(sqlite3.connect(whole)) as alone:
        made.backup(alone)  # one file, whatever still stood in the log beside it
    os.replace(whole, file)
    for left in FOLDER.glob(f"{beside.name}*"):
        left.unlink()


@cache
def _mark() -> str:
    """Hash of the data and the code these stores are made from: any of it changing means making them anew."""
    mark = hashlib.sha256()
    for pattern in MADE_FROM:
        for path in sorted(path for path in ROOT.glob(pattern) if path.is_file()):
            mark.update(str(path.relative_to(ROOT)).encode())
            mark.update(hashlib.sha256(path.read_bytes()).digest())
    return mark.hexdigest()[:16]
