"""Filling the store: only what changed, all or nothing, refusals in one line."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Column, Connection, Float, Integer, MetaData, String, Table, delete, insert, inspect, text

from loaders import __main__ as command
from loaders import facts
from store import database, live, schema, tracked
from tests import stores


def forget() -> None:
    """Drop what a process keeps: it expects its files to stay as they are."""
    tracked.read.cache_clear()


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the tracked files and a store of its own beside it."""
    data = tmp_path / "data"
    shutil.copytree(tracked.DATA, data)
    monkeypatch.setattr(tracked, "DATA", data)
    monkeypatch.setenv("XINING_DATABASE_URL", f"sqlite:///{tmp_path / 'sub' / 'facts.db'}")
    forget()
    yield data
    database.engine().dispose()
    forget()


@pytest.fixture
def filled_checkout(checkout: Path, tmp_path: Path) -> Path:
    """The same, and the store holds the files as they stand: whoever fills it again writes nothing."""
    (tmp_path / "sub").mkdir()
    stores.filled(tmp_path / "sub" / "facts.db")
    return checkout


def change(file: Path, old: str, new: str) -> None:
    content = file.read_text(encoding="utf-8")
    assert old in content
    file.write_text(content.replace(old, new, 1), encoding="utf-8")
    tracked.read.cache_clear()


def stored(query: str) -> list[tuple[Any, ...]]:
    with database.engine().connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables."""
    with database.engine().connect() as connection:
        names = inspect(connection).get_table_names()
        return {name: sorted(map(tuple, connection.execute(text(f"SELECT * FROM {name}"))), key=str) for name in names}


def test_a_filled_store_holds_every_tracked_row(checkout: Path) -> None:
    filled = facts.fill()
    assert set(filled.written) == set(filled.rows) == {table.name for table in schema.FACT_TABLES}
    for table in schema.FACT_TABLES:
        lines = len(tracked.read(table.name))
        assert filled.rows[table.name] == lines == stored(f"SELECT count(*) FROM {table.name}")[0][0]


def test_filling_again_writes_nothing(checkout: Path) -> None:
    first, before = facts.fill(), everything()
    again = facts.fill()
    assert again.written == ()
    assert again.rows == first.rows
    assert everything() == before


def test_days_and_whole_numbers_keep_their_kind(filled_checkout: Path) -> None:
    assert stored("SELECT handed_over, typeof(n), area_id FROM complaints WHERE n > 0 LIMIT 1")[0][:2] == (
        "2023-12-09",
        "integer",
    )


def test_only_the_changed_file_is_written_again(filled_checkout: Path) -> None:
    revision = database.revision()
    change(filled_checkout / "complaints.csv", ",7,", ",8,")
    filled = facts.fill()
    assert filled.written == ("complaints",)
    assert stored("SELECT count(*) FROM complaints WHERE n = 8")[0][0] == 1
    assert database.revision() != revision  # pages notice


def test_a_row_taken_out_of_a_file_leaves_the_store(checkout: Path) -> None:
    before = facts.fill().rows["complaints"]
    file = checkout / "complaints.csv"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    change(file, lines[-1], "")
    assert facts.fill().rows["complaints"] == before - 1 == stored("SELECT count(*) FROM complaints")[0][0]


def test_a_bad_file_leaves_the_store_as_it_was(
    filled_checkout: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything()
    # a good change, which must not come through alone
    change(filled_checkout / "units.csv", "\n", "\nzzz,单位,a unit\n")
    change(filled_checkout / "complaints.csv", ",7,", ",many,")
    assert command.main(["fill"]) == 2
    message = capsys.readouterr()
    assert message.out == ""
    assert message.err.count("\n") == 1
    assert message.err.startswith("complaints.csv, row ")
    assert "column n: 'many' is no number" in message.err
    assert everything() == before


def test_a_bad_reference_between_files_leaves_the_store_as_it_was(filled_checkout: Path) -> None:
    before = everything()
    change(filled_checkout / "areas.csv", "\n", "\nxx,某区,Some district,nowhere,\n")
    with pytest.raises(tracked.FactError, match=r"areas\.csv, row 2, column kind"):
        facts.fill()
    assert everything() == before


def test_a_bad_file_and_an_empty_store_make_no_facts(checkout: Path) -> None:
    change(checkout / "complaints.csv", ",7,", ",many,")
    with pytest.raises(tracked.FactError):
        facts.fill()
    assert {name for name, rows in everything().items() if rows} == {"alembic_version"}


def redeclared(name: str, *columns: Column[Any]) -> Table:
    """A table as an earlier version of the code declared it."""
    return Table(name, MetaData(), *columns)


@pytest.mark.parametrize(
    "columns",
    [
        (
            Column("unit_id", String, primary_key=True),
            Column("symbol_zh", String),
            Column("old", String),
        ),  # other names
        (
            Column("unit_id", Integer, primary_key=True),
            Column("symbol_zh", Float),
            Column("symbol_en", String),
        ),  # types
    ],
)
def test_a_table_of_an_older_declaration_is_made_anew(filled_checkout: Path, columns: tuple[Column[Any], ...]) -> None:
    with database.engine().begin() as connection:
        connection.execute(text("DROP TABLE units"))
        redeclared("units", *columns).create(connection)
        connection.execute(text("UPDATE store_files SET sha256 = 'older' WHERE name = 'units'"))
    filled = facts.fill()
    assert filled.written == ("units",)
    found = {column["name"]: str(column["type"]) for column in inspect(database.engine()).get_columns("units")}
    assert found == {"unit_id": "VARCHAR", "symbol_zh": "VARCHAR", "symbol_en": "VARCHAR"}
    assert stored("SELECT count(*) FROM units")[0][0] == filled.rows["units"]


def test_a_bad_file_does_not_cost_an_older_table_its_rows(filled_checkout: Path) -> None:
    with database.engine().begin() as connection:
        connection.execute(text("ALTER TABLE units RENAME COLUMN symbol_en TO symbol_old"))
        connection.execute(text("UPDATE store_files SET sha256 = 'older' WHERE name = 'units'"))
    before = everything()
    change(filled_checkout / "complaints.csv", ",7,", ",many,")
    with pytest.raises(tracked.FactError):
        facts.fill()
    assert everything() == before


def test_a_filling_that_breaks_off_leaves_the_store_as_it_was(
    filled_checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything()
    for name in ("bodies.csv", "units.csv"):
        change(filled_checkout / name, "\n", "\nzzz,某,some\n")
    replace = facts._replace

    def breaking(connection: Connection, table: Table, frame: pd.DataFrame, mark: str) -> None:
        replace(connection, table, frame, mark)
        if table.name == "units":
            raise OSError("disk full")

    monkeypatch.setattr(facts, "_replace", breaking)
    with pytest.raises(OSError, match="disk full"):
        facts.fill()
    assert everything() == before


def test_a_table_no_longer_declared_is_forgotten(filled_checkout: Path) -> None:
    with database.engine().begin() as connection:
        connection.execute(text("INSERT INTO store_files VALUES ('gone', 'x', 3)"))
    assert "gone" not in facts.fill().rows


def test_the_command_says_what_it_did(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["fill", "--quiet"]) == 0
    message = capsys.readouterr().out
    total = sum(facts.fill().rows.values())
    tables = len(schema.FACT_TABLES)
    assert message.endswith(f": {total} rows in {tables} tables, {tables} written\n")
    assert command.main(["fill", "--quiet"]) == 0
    assert capsys.readouterr().out == ""  # nothing was written, nothing to say
    assert command.main(["fill"]) == 0
    assert capsys.readouterr().out.endswith(", 0 written\n")


def test_an_unfilled_store_says_how_to_fill_it(checkout: Path) -> None:
    with pytest.raises(database.StoreError, match="python -m loaders fill"):
        database.revision()


# ── rows that came by a workbook ─────────────────────────────────────────────────────────────────────────────────────
def bring_in(name: str, **row: object) -> None:
    """A row as :mod:`loaders.workbook` leaves it."""
    key = [column.name for column in schema.metadata.tables[name].primary_key]
    as_json = [json.dumps({k: row[k] for k in keys}, sort_keys=True) for keys in (key, row)]
    with database.engine().begin() as connection:
        rows = live.imported_rows
        connection.execute(delete(rows).where(rows.c.table_name == name, rows.c.key == as_json[0]))
        values = {"table_name": name, "key": as_json[0], "row": as_json[1], "raw_id": 1, "imported_at": 0}
        connection.execute(insert(rows).values(values))


UNIT = {"unit_id": "zzz", "symbol_zh": "单位", "symbol_en": None}


def test_an_imported_row_lies_over_the_file_as_long_as_it_is_there(checkout: Path) -> None:
    first = facts.fill()
    known = facts_of("complaints")[0]
    bring_in("units", **UNIT)
    bring_in("complaints", **{**known, "n": 4321.0})
    filled = facts.fill()
    assert set(filled.written) == {"units", "complaints"}
    assert filled.rows["units"] == first.rows["units"] + 1
    assert filled.rows["complaints"] == first.rows["complaints"]
    assert {**known, "n": 4321} in facts_of("complaints")
    assert known not in facts_of("complaints")
    assert UNIT in facts_of("units")
    assert facts.fill().written == ()
    change(checkout / "units.csv", "\n", "\nyyy,,\n")  # the file changes: the row is still there
    assert facts.fill().written == ("units",)
    assert UNIT in facts_of("units")
    bring_in("units", **{**UNIT, "symbol_zh": "另"})
    assert facts.fill().written == ("units",)
    assert {**UNIT, "symbol_zh": "另"} in facts_of("units")


def facts_of(name: str) -> list[dict[str, Any]]:
    with database.engine().connect() as connection:
        rows = connection.execute(text(f"SELECT * FROM {name}")).mappings().all()
    return [dict(row) for row in rows]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"unit_id": "z z"}, r"units\.csv, row 2, column unit_id: 'z z' does not have the form"),
        ({"colour": "red"}, r"units\.csv, row 1, column colour: unknown column"),
    ],
)
def test_an_imported_row_that_breaks_its_declaration_leaves_the_store_as_it_was(
    filled_checkout: Path, row: dict[str, Any], message: str
) -> None:
    bring_in("units", **{**UNIT, **row})
    before = everything()
    with pytest.raises(tracked.FactError, match=rf"imported rows: {message}"):
        facts.fill()
    assert everything() == before


def test_an_imported_row_must_name_what_is_known(filled_checkout: Path) -> None:
    bring_in("complaints", **{**facts_of("complaints")[0], "item": "new", "document_id": "nowhere"})
    with pytest.raises(tracked.FactError, match=r"imported rows: complaints\.csv.*'nowhere' is not in documents"):
        facts.fill()


def test_an_imported_row_without_a_column_declared_since_is_filled(filled_checkout: Path) -> None:
    bring_in("units", unit_id="zzz", symbol_zh="单位")
    facts.fill()
    assert UNIT in facts_of("units")
