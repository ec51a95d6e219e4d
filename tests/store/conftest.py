"""Stores of their own for the tests of the living tables, on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from store import database, migrate
from tests import postgres


@pytest.fixture(scope="session")
def cluster() -> Iterator[postgres.Cluster]:
    """One PostgreSQL for all tests that need it; they are skipped where the machine has none."""
    if not postgres.binaries():
        pytest.skip(postgres.NOT_FOUND)
    with postgres.cluster() as running:
        yield running


@pytest.fixture(scope="session")
def migrated(cluster: postgres.Cluster) -> str:
    """The name of a database with the living tables, to be copied."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XINING_DATABASE_URL", cluster.database())
        migrate.upgrade()
        database.engine().dispose()
        return database.url().rsplit("/", 1)[1]


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
    """The address of a database with empty living tables, which the store uses."""
    if request.param == "postgresql":
        address = request.getfixturevalue("cluster").database(request.getfixturevalue("migrated"))
    else:
        address = f"sqlite:///{tmp_path / 'live.db'}"
    monkeypatch.setenv("XINING_DATABASE_URL", address)
    migrate.upgrade()
    yield address
    database.engine().dispose()
