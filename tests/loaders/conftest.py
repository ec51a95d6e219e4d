"""A store of one's own for tests that write."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from store import migrate


@pytest.fixture
def own_store(tmp_path: Path, filled_store: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store with the tracked facts and empty living tables; the environment names it while the test runs."""
    file = tmp_path / "own.db"
    with closing(sqlite3.connect(filled_store)) as filled, closing(sqlite3.connect(file)) as own:
        filled.backup(own)
    monkeypatch.setenv("XINING_DATABASE_URL", f"sqlite:///{file}")
    migrate.upgrade()
    return file
