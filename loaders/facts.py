"""The tracked files of ``data/`` into the store: all or nothing, and only what changed."""

import hashlib
from dataclasses import dataclass

import pandas as pd
from sqlalchemy import Connection, Date, Integer, Table, delete, insert, inspect, select

from store import database, schema, tracked


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
    marks = {table.name: _mark(table) for table in schema.FACT_TABLES}
    with database.engine().begin() as connection:
        _make_tables(connection, marks)
        held = {row.name: row for row in connection.execute(select(schema.store_files))}
        changed = [t for t in schema.FACT_TABLES if t.name not in held or held[t.name].sha256 != marks[t.name]]
        if changed:
            frames = tracked.read_all()
            for table in changed:
                _replace(connection, table, frames[table.name], marks[table.name])
            _set_revision(connection, marks)
        rows = {row.name: row.rows for row in connection.execute(select(schema.store_files))}
    return Filled(rows, tuple(table.name for table in changed))


def _mark(table: Table) -> str:
    """Hash of a file's bytes and its table's columns: either changing means writing anew."""
    declaration = ",".join(f"{column.name}:{column.type}" for column in table.columns)
    return hashlib.sha256(declaration.encode() + tracked.path(table).read_bytes()).hexdigest()


def _make_tables(connection: Connection, marks: dict[str, str]) -> None:
    """Create what is missing; a table of facts whose columns changed is made anew (its content is in the files)."""
    existing = inspect(connection)
    for table in schema.FACT_TABLES:
        if existing.has_table(table.name):
            columns = [column["name"] for column in existing.get_columns(table.name)]
            if columns != [column.name for column in table.columns]:
                table.drop(connection)
    schema.metadata.create_all(connection)
    gone = set(connection.scalars(select(schema.store_files.c.name))) - set(marks)
    connection.execute(delete(schema.store_files).where(schema.store_files.c.name.in_(gone)))


def _replace(connection: Connection, table: Table, frame: pd.DataFrame, mark: str) -> None:
    connection.execute(delete(table))
    records = _records(table, frame)
    if records:
        connection.execute(insert(table), records)
    connection.execute(delete(schema.store_files).where(schema.store_files.c.name == table.name))
    connection.execute(insert(schema.store_files).values(name=table.name, sha256=mark, rows=len(records)))


def _records(table: Table, frame: pd.DataFrame) -> list[dict]:
    plain = frame.astype(object).where(frame.notna(), None)
    for column in table.columns:
        if isinstance(column.type, Date):
            plain[column.name] = [None if value is None else value.date() for value in plain[column.name]]
        elif isinstance(column.type, Integer):
            plain[column.name] = [None if value is None else int(value) for value in plain[column.name]]
    return plain.to_dict("records")


def _set_revision(connection: Connection, marks: dict[str, str]) -> None:
    combined = hashlib.sha256("".join(marks[name] for name in sorted(marks)).encode()).hexdigest()[:16]
    connection.execute(delete(schema.store_state).where(schema.store_state.c.key == "revision"))
    connection.execute(insert(schema.store_state).values(key="revision", value=combined))
