"""The living tables in their newest form, however many bring them there at once."""

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, select

from store import database, live, migrate

WITHIN_S = 0.05


def differences() -> list:
    """What distinguishes the database from the declared living tables."""
    with database.reading() as c:
        return compare_metadata(MigrationContext.configure(c, opts={"compare_server_default": True}), live.live)


def test_the_steps_lead_to_the_declared_tables(empty: str) -> None:
    assert differences()  # otherwise the comparison compares nothing
    migrate.upgrade()
    assert differences() == []
    with database.reading() as c:
        assert set(inspect(c).get_table_names()) == {*live.live.tables, "alembic_version"}


def test_a_step_is_named_by_its_file() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrate.FOLDER))
    assert ScriptDirectory.from_config(config).get_heads() == [migrate.head()]


def test_again_changes_nothing_and_is_quick(store: str) -> None:
    with database.engine().begin() as c:
        database.moved(c, "water")
    before = database.rows(select(live.revisions))
    took = []
    for _ in range(3):
        start = time.perf_counter()
        migrate.upgrade()
        took.append(time.perf_counter() - start)
    assert min(took) < WITHIN_S  # whatever else the machine does
    assert database.rows(select(live.revisions)) == before


def test_a_step_that_fails_leaves_nothing(empty: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with database.engine().begin() as c:
        live.series.create(c)  # stands in the way
    with pytest.raises(Exception, match="series"):
        migrate.upgrade()
    with database.reading() as c:
        assert inspect(c).get_table_names() == ["series"]


def test_two_processes_may_start_at_once(empty: str) -> None:
    command = [sys.executable, "-c", "from store import migrate; migrate.upgrade()"]

    def start(_: int) -> subprocess.CompletedProcess:
        return subprocess.run(command, capture_output=True, text=True, timeout=60)

    with ThreadPoolExecutor() as pool:
        for ended in pool.map(start, range(3)):
            assert ended.returncode == 0, ended.stderr
    assert differences() == []
