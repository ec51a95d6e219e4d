"""The tracked files of ``data/`` into the store: all or nothing, and only what changed.

Rows that came by an official's workbook lie over a file's rows: those with the same key take their place, others come
in addition, and the checks that hold for the file hold for them.
"""

import hashlib
import json
from collections import defaultdict

import pandas as pd
from msgspec import Struct
from sqlalchemy import Connection, Table, delete, insert, select

from store import database, facts, live, migrate, schema, tracked


class Filled(Struct, frozen=True):
    """What a filling did: rows by table, and which tables were written anew."""

    rows: dict[str, int]
    written: tuple[str, ...]


def fill() -> Filled:
    """Check every tracked file and bring the store to their state, in one transaction.

    Raises tracked.FactError before anything is written where a file or an imported row breaks its declaration.
    A file whose bytes, declaration and imported rows the store already holds is neither parsed nor written again.
    """
    migrate.upgrade()
    with database.engine().begin() as connection:
        imported = _imported(connection)
        marks = {table.name: _mark(table, imported[table.name]) for table in schema.FACT_TABLES}
        schema.metadata.create_all(connection, tables=[schema.store_files])
        stored = {row.name: row.sha256 for row in connection.execute(select(schema.store_files))}
        changed = [table for table in schema.FACT_TABLES if stored.get(table.name) != marks[table.name]]
        if changed or stored.keys() != marks.keys():
            frames = _with_imported(tracked.read_all(), imported) if changed else {}
            connection.execute(delete(schema.store_files).where(schema.store_files.c.name.not_in(marks)))
            for table in changed:
                _replace(connection, table, frames[table.name], marks[table.name])
            database.bump_revisions(connection, database.FACTS)
        rows = {row.name: row.rows for row in connection.execute(select(schema.store_files))}
    return Filled(rows, tuple(table.name for table in changed))


def _imported(connection: Connection) -> dict[str, list[str]]:
    """The imported rows of each table, as JSON."""
    rows, found = live.imported_rows, defaultdict(list)
    for row in connection.execute(select(rows).order_by(rows.c.table_name, rows.c.key)):
        found[row.table_name].append(row.row)
    return found


def _mark(table: Table, imported: list[str]) -> str:
    """Hash of a file's bytes, its table's columns and the rows that lie over it: any of them changing means writing anew."""
    declaration = ",".join(f"{column.name}:{column.type}" for column in table.columns)
    mark = hashlib.sha256(declaration.encode() + tracked.path(table).read_bytes())
    for row in imported:
        mark.update(row.encode())
    return mark.hexdigest()


def _with_imported(frames: dict[str, pd.DataFrame], imported: dict[str, list[str]]) -> dict[str, pd.DataFrame]:
    """The tracked tables with the imported rows over them. Raises tracked.FactError where those break a declaration."""
    try:
        for table in schema.FACT_TABLES:
            if rows := imported.get(table.name):
                both = pd.concat([frames[table.name], _parsed(table, rows)], ignore_index=True)
                key = [column.name for column in table.primary_key]
                frames[table.name] = both.drop_duplicates(key, keep="last", ignore_index=True)
        tracked.check_references(frames)
    except tracked.FactError as error:
        raise tracked.FactError("imported rows", None, None, str(error)) from error
    return frames


def _parsed(table: Table, rows: list[str]) -> pd.DataFrame:
    """Imported rows as if they were in the table's file; a column declared since then is empty in them."""
    cells = pd.DataFrame([json.loads(row) for row in rows], dtype=object)
    for column in table.columns:
        if column.name not in cells:
            cells[column.name] = None
    return tracked.parse(table, cells.to_csv(index=False).encode())


def _replace(connection: Connection, table: Table, frame: pd.DataFrame, mark: str) -> None:
    """Make a table anew as it is declared now, with its rows."""
    connection.execute(delete(schema.store_files).where(schema.store_files.c.name == table.name))
    table.drop(connection, checkfirst=True)
    table.create(connection)
    if records := facts.rows(frame):
        connection.execute(insert(table), records)
    connection.execute(insert(schema.store_files).values(name=table.name, sha256=mark, rows=len(frame)))
