"""The live tables in their newest form, however many bring them there at once."""

import importlib.util
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from types import ModuleType
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import event, inspect, select, text

from store import database, live, migrate
from store.states import FailureCause


def differences() -> list[Any]:
    """What distinguishes the database from the declared live tables."""
    with database.reading() as c:
        return list(compare_metadata(MigrationContext.configure(c, opts={"compare_server_default": True}), live.live))


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


def test_again_changes_nothing_and_only_checks_where_the_store_stands(
    store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every start of a process comes by here: it is let pass before alembic begins its work, on few questions."""
    with database.engine().begin() as c:
        database.bump_revisions(c, "water")
    before = database.rows(select(live.revisions))
    monkeypatch.setattr("alembic.command.upgrade", None)  # cannot be called
    requests: list[str] = []
    note = lambda _c, _cursor, statement, *_: requests.append(statement)  # noqa: E731
    event.listen(database.engine(), "before_cursor_execute", note)
    migrate.upgrade()
    event.remove(database.engine(), "before_cursor_execute", note)
    assert 0 < len(requests) <= 4
    assert database.rows(select(live.revisions)) == before


def test_a_step_that_fails_leaves_nothing(empty: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with database.engine().begin() as c:
        live.series.create(c)  # stands in the way
    with pytest.raises(Exception, match="series"):
        migrate.upgrade()
    with database.reading() as c:
        assert inspect(c).get_table_names() == ["series"]


@pytest.mark.slow
def test_two_processes_may_start_at_once(empty: str) -> None:
    command = [sys.executable, "-c", "from store import migrate; migrate.upgrade()"]

    def start(_: int) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, capture_output=True, text=True, timeout=60)

    with ThreadPoolExecutor() as pool:
        for ended in pool.map(start, range(3)):
            assert ended.returncode == 0, ended.stderr
    assert differences() == []


# ── what a step makes of old rows ────────────────────────────────────────────────────────────────────────────────────
def step(number: str) -> ModuleType:
    (file,) = migrate.FOLDER.glob(f"versions/{number}_*.py")
    spec = importlib.util.spec_from_file_location(f"step_{number}", file)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def upgrade_to(number: str) -> None:
    with database.engine().begin() as c:
        config = Config(attributes={"connection": c})
        config.set_main_option("script_location", str(migrate.FOLDER))
        command.upgrade(config, number)


def run(*statements: str) -> None:
    with database.engine().begin() as c:
        for statement in statements:
            c.execute(text(statement))


def rows(query: str) -> list[tuple[Any, ...]]:
    with database.reading() as c:
        return [tuple(row) for row in c.execute(text(query))]


ANSWER = (
    "insert into raw_answers (source, call, address, asked_at, content_type, sha256, problem)"
    " values ('cnemc_air', 'city', 'http://x', 1, '', 'x', '{}')"
)
OLD_ANSWERS = {  # the sentence an old store has, and the state it stands for
    "": "ok",
    "nothing published: no file for 2015-12-31": "nothing_published",
    "HTTP 502 (3 tries)": "upstream_error",
    "connection refused (3 tries)": "upstream_error",
    "answers -1: the session was not accepted": "upstream_error",
    "cnemc_air, city: row 1, TimePoint: empty": "ok",  # the other rows were stored
    "cnemc_air, city: field PM10: in no row; xian: in no row": "ok",
    "cnemc_air, city: expected an object or null, got a list": "bad_protocol",
    "cnemc_air, city: no JSON (Expecting value at line 1, column 1, character 0 of 3)": "bad_protocol",
    "cnemc_air, city, row 0: no number": "bad_protocol",
    "cnemc_air, city: an error of the loader (KeyError: 3)": "loader_fault",
}


def test_the_states_of_old_answers_are_read_out_of_their_sentences(empty: str) -> None:
    upgrade_to("0001")
    run(*(ANSWER.format(problem) for problem in OLD_ANSWERS))
    migrate.upgrade()
    assert dict(rows("select problem, state from raw_answers")) == OLD_ANSWERS


def test_the_cause_of_an_old_failure_and_whether_it_was_in_part(empty: str) -> None:
    upgrade_to("0001")
    failures = {"a": "in part: HTTP 500 (and 1 more)", "b": "name not found: x (3 tries)", "c": "x: row 1, no time"}
    run(
        *(
            f"insert into source_state (source, failure) values ('{one}', '{message}')"
            for one, message in failures.items()
        )
    )
    run("insert into source_state (source) values ('d')")
    migrate.upgrade()
    assert rows("select source, failure, cause, partial from source_state order by source") == [
        ("a", "HTTP 500 (and 1 more)", "http", 1),
        ("b", "name not found: x (3 tries)", "dns", 0),
        ("c", "x: row 1, no time", "protocol", 0),
        ("d", None, None, 0),
    ]


def test_an_old_cause_is_one_of_those_there_are() -> None:
    assert {*step("0002").CAUSES, "protocol"} == set(FailureCause)


def test_old_primary_pollutants_leave_the_note(empty: str) -> None:
    upgrade_to("0001")
    run(
        "insert into series (series_id, place_id, item, averaging, stream) values (1, 'xining', 'aqi', '1h', 'observed'),"
        " (2, 'xining', 'pm25_ugm3', '1h', 'observed')",
        "insert into readings (series_id, at, value, rank, flags, note) values (1, 1, 113, 2, null, 'PM10,PM2.5'),"
        " (1, 2, 1.5, 2, null, '<3'), (1, 3, null, 2, 'unreadable', 'abc'), (1, 4, 20, 2, null, null),"
        " (2, 1, 15, 2, null, 'PM10')",  # of another item: a note
        "insert into replaced (series_id, at, value, rank, note, replaced_at) values (1, 1, 110, 2, 'O3', 9)",
    )
    migrate.upgrade()
    assert rows("select series_id, at, note, primary_pollutants from readings order by series_id, at") == [
        (1, 1, None, "PM10,PM2.5"),
        (1, 2, "<3", None),
        (1, 3, "abc", None),
        (1, 4, None, None),
        (2, 1, "PM10", None),
    ]
    assert rows("select note, primary_pollutants from replaced") == [(None, "O3")]


def test_the_digits_behind_a_displayed_value_leave_the_note(empty: str) -> None:
    upgrade_to("0002")
    run(
        "insert into readings (series_id, at, value, rank, flags, note) values (1, 1, 0.5, 2, null, 'raw 0.50045'),"
        " (1, 2, 7.94, 2, 'jump', 'raw 7.944'), (1, 3, 0.0005, 2, null, '0.001L'), (1, 4, 7.9, 2, null, 'Raw 7.94'),"
        " (1, 5, null, 2, null, 'raw data withheld'), (1, 6, 8, 2, null, null)",
        "insert into replaced (series_id, at, value, rank, note, replaced_at) values (1, 1, 0.4, 2, 'raw 0.399', 9)",
    )
    migrate.upgrade()
    assert rows("select at, note, original from readings order by at") == [
        (1, None, "0.50045"),
        (2, None, "7.944"),
        (3, "0.001L", None),
        (4, "Raw 7.94", None),  # nothing the loader ever wrote
        (5, "raw data withheld", None),  # a reason: there is no value
        (6, None, None),
    ]
    assert rows("select note, original from replaced") == [(None, "0.399")]
