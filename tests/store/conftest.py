"""Stores of their own for the tests of the live tables, on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from store import database, live, migrate
from tests import stores


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a database without a table, which the store uses."""
    address = f"sqlite:///{tmp_path / 'live.db'}"
    if request.param == "postgresql":
        address = request.getfixturevalue("cluster").database()
    monkeypatch.setenv("XINING_DATABASE_URL", address)
    yield address
    database.engine().dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a database with empty live tables, which the store uses."""
    on_sqlite = request.param == "sqlite"
    address = stores.migrated(tmp_path / "live.db") if on_sqlite else request.getfixturevalue("emptied")
    monkeypatch.setenv("XINING_DATABASE_URL", address)
    if not on_sqlite:
        migrate.upgrade()
        with database.engine().begin() as c:
            c.exec_driver_sql(f"TRUNCATE {', '.join(live.live.tables)} RESTART IDENTITY")
            database.bump_revisions(c)
    yield address
    database.engine().dispose()
