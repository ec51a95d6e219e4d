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
from functools import cache, partial
from pathlib import Path

import pytest

from tests.served import ROOT

FOLDER = ROOT / ".pytest_cache" / "stores"  # beside what pytest itself remembers: git-ignored, free to delete
MADE_FROM = ("data/**/*", "store/**/*.py", "loaders/*.py", "assessment/*.py", "constraints.txt", "tests/stores.py")
ASKED = ("tests/live_stores.py", "tests/upstream.py", "tests/upstreams/*.py")  # and for what upstreams answer


def filled(file: Path) -> str:
    """A store with the tracked facts and empty live tables, in a new file: its address."""
    return _copy(_template("filled", _fill), file)


def migrated(file: Path) -> str:
    """A store with empty live tables and nothing else, in a new file: its address."""
    return _copy(_template("migrated", _migrate), file)


def answered(file: Path, moment: str) -> str:
    """A filled store in which every source has answered what it does at a moment, in a new file: its address."""
    facts = _template("filled", _fill)
    return _copy(_template(f"answered-{moment}", partial(_ask, facts, moment), (*MADE_FROM, *ASKED)), file)


def put(whole: Path, file: Path) -> str:
    """Put a copy of a store that nobody has open in the place of another: its address.

    Stores at one address have one engine, for which SQLAlchemy makes each statement once.
    """
    from store import database

    address = f"sqlite:///{file}"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XINING_DATABASE_URL", address)
        database.engine().dispose()
    for left in file.parent.glob(f"{file.name}*"):
        left.unlink()
    database.ask_again()
    return _copy(whole, file)


def alone(store: str, file: Path) -> Path:
    """A store at an address of SQLite as one file, whatever still stands in the log beside it."""
    with closing(sqlite3.connect(store.removeprefix("sqlite:///"))) as made, closing(sqlite3.connect(file)) as whole:
        made.backup(whole)
    return file


def _copy(template: Path, file: Path) -> str:
    shutil.copyfile(template, file)
    return f"sqlite:///{file}"


def _fill(_: Path) -> None:
    from loaders import facts

    facts.fill()


def _migrate(_: Path) -> None:
    from store import migrate

    migrate.upgrade()


def _ask(facts: Path, moment: str, file: Path) -> None:
    from tests import live_stores

    shutil.copyfile(facts, file)
    live_stores.collect(moment)


_made: dict[str, Path] = {}


def _template(name: str, make: Callable[[Path], None], made_from: tuple[str, ...] = MADE_FROM) -> Path:
    """The store others copy; nobody writes into it. Of processes that ask at once one makes it."""
    if name not in _made:
        _made[name] = _whole(name, make, made_from)
    return _made[name]


def _whole(name: str, make: Callable[[Path], None], made_from: tuple[str, ...]) -> Path:
    FOLDER.mkdir(parents=True, exist_ok=True)
    file = FOLDER / f"{name}-{_mark(made_from)}.db"
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not file.exists():
            for old in FOLDER.glob(f"{name}-*"):
                old.unlink()
            _make(file, make)
    return file


def _make(file: Path, make: Callable[[Path], None]) -> None:
    """Make a store beside its place and put it there whole: an interrupted making leaves nothing to be trusted."""
    from store import database

    beside, whole = file.with_suffix(".making"), file.with_suffix(".whole")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XINING_DATABASE_URL", f"sqlite:///{beside}")
        make(beside)
        database.engine().dispose()
    os.replace(alone(f"sqlite:///{beside}", whole), file)
    for left in FOLDER.glob(f"{beside.name}*"):
        left.unlink()


@cache
def _mark(made_from: tuple[str, ...]) -> str:
    """Hash of the data and the code these stores are made from: any of it changing means making them anew."""
    mark = hashlib.sha256()
    for pattern in made_from:
        for path in sorted(path for path in ROOT.glob(pattern) if path.is_file()):
            mark.update(str(path.relative_to(ROOT)).encode())
            mark.update(hashlib.sha256(path.read_bytes()).digest())
    return mark.hexdigest()[:16]
