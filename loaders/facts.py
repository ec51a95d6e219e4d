"""The tracked files of ``data/`` into the store: all or nothing, and only what changed."""

import hashlib
from dataclasses import dataclass

import pandas as pd
from sqlalchemy import Connection, Date, Integer, Table, delete, insert, select

from store import database, migrate, schema, tracked


@dataclass(frozen=True)
class Filled:
    """What a filling did: rows by table, and which tables were written anew."""

    rows: dict[str, int]
    written: tuple[str, ...]


def fill() -> Filled:
    """Check every tracked file and bring the store to their state, in one transaction.

    Raises tracked.FactError before anything is written where a file breaks its declaration.
    A file whose bytes and declaration the store already holds is neither parsed nor written again.
    """
    migrate.upgrade()
    marks = {table.name: _mark(table) for table in schema.FACT_TABLES}
    with database.engine().begin() as connection:
        schema.metadata.create_all(connection, tables=[schema.store_files])
        held = {row.name: row.sha256 for row in connection.execute(select(schema.store_files))}
        changed = [table for table in schema.FACT_TABLES if held.get(table.name) != marks[table.name]]
        if changed or held.keys() != marks.keys():
            frames = tracked.read_all() if changed else {}
            connection.execute(delete(schema.store_files).where(schema.store_files.c.name.not_in(marks)))
            for table in changed:
                _replace(connection, table, frames[table.name], marks[table.name])
            database.moved(connection, database.FACTS)
        rows = {row.name: row.rows for row in connection.execute(select(schema.store_files))}
    return Filled(rows, tuple(table.name for table in changed))


def _mark(table: Table) -> str:
    """Hash of a file's bytes and its table's columns: either changing means writing anew."""
    declaration = ",".join(f"{column.name}:{column.type}" for column in table.columns)
    return hashlib.sha256(declaration.encode() + tracked.path(table).read_bytes()).hexdigest()


def _replace(connection: Connection, table: Table, frame: pd.DataFrame, mark: str) -> None:
    """Make a table anew as it is declared now, with the file's rows.

    The mark goes first: SQLite opens its transaction with the first row that changes, and the drop must be inside it.
    """
    connection.execute(delete(schema.store_files).where(schema.store_files.c.name == table.name))
    table.drop(connection, checkfirst=True)
    table.create(connection)
    if records := _records(table, frame):
        connection.execute(insert(table), records)
    connection.execute(insert(schema.store_files).values(name=table.name, sha256=mark, rows=len(frame)))


def _records(table: Table, frame: pd.DataFrame) -> list[dict]:
    plain = frame.astype(object).where(frame.notna(), None)
    for column in table.columns:
        if isinstance(column.type, Date):
            plain[column.name] = [None if value is None else value.date() for value in plain[column.name]]
        elif isinstance(column.type, Integer):
            plain[column.name] = [None if value is None else int(value) for value in plain[column.name]]
    return plain.to_dict("records")
