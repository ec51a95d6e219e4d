"""A checked plan into the store: all of it or nothing, every changed value with who changed it, when and why."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict
from sqlalchemy import Connection, and_, bindparam, delete, insert, select, update

from loaders.workbook.check import Plan, Row, Stored, known
from store import database, live, raw, schema

SOURCE = "workbook"
KEY = "key_"  # before the names of columns a row is sought by
BATCH = 5000
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ImportRefusedError(ValueError):
    """Nothing was imported; the message gives the reason in Chinese."""


class Applied(Struct, frozen=True):
    """What an import did. ``raw_id``: the number of its stored bytes; None where there was nothing to change."""

    raw_id: int | None
    new: int
    changed: int
    same: int


def apply(plan: Plan, *, who: str = "", why: str = "", now: datetime) -> Applied:
    """Bring a plan into the store, in one transaction. ``who`` and ``why`` go before those of the workbook.

    Raises ImportRefusedError where the plan has faults, where known values would change and who and why are missing, and
    where the store is no longer what the plan was compared with.
    """
    who, why = who or plan.who, why or plan.why
    if plan.faults:
        raise ImportRefusedError("\n".join(plan.report()))
    counts = {"new": plan.count("new"), "changed": plan.count("changed"), "same": plan.count("same")}
    if not counts["new"] + counts["changed"]:
        return Applied(None, **counts)
    if counts["changed"] and not (who and why):
        raise ImportRefusedError("有改动：请在“更正说明”表里（或用 --who、--why）写明填报人和更正原因")
    with database.engine().begin() as connection:
        if _moved(plan, _stored(connection, plan)):
            raise ImportRefusedError("核对之后库里的数又变了，请重新核对再导入")
        raw_id = _store_file(connection, plan, now)
        for rows in _batches(plan.rows):
            _write(connection, rows, raw_id, now)
            _log(connection, rows, raw_id, who, why, now)
        database.bump_revisions(connection, database.FACTS)
    return Applied(raw_id, **counts)


def _moved(plan: Plan, stored: Stored) -> bool:
    """Whether a row of the plan is no longer stored as it was when it was compared."""
    keys = ((row.table, tuple(row.key.values())) for row in plan.rows)
    return any(stored[table].get(key) != plan.stored[table].get(key) for table, key in keys)


def _batches(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Rows that bring something, a few thousand of one table at a time: a batch costs memory, a row a statement."""
    for name in dict.fromkeys(row.table for row in rows):
        mine = [row for row in rows if row.table == name and row.state != "same"]
        for start in range(0, len(mine), BATCH):
            yield mine[start : start + BATCH]


def _stored(connection: Connection, plan: Plan) -> dict[str, dict[tuple[Any, ...], Mapping[str, Any]]]:
    stored = {}
    for name in {row.table for row in plan.rows}:
        rows = connection.execute(select(schema.metadata.tables[name])).mappings()
        stored[name] = known([dict(row) for row in rows], name)
    return stored


def _store_file(connection: Connection, plan: Plan, now: datetime) -> int:
    return raw.save(
        connection,
        source=SOURCE,
        call="import",
        address=plan.file,
        asked_at=now,
        status=None,
        content_type=XLSX_TYPE if plan.content.startswith(b"PK") else "text/csv",
        body=plan.content,
        problem="",
    )


def _write(connection: Connection, rows: Sequence[Row], raw_id: int, now: datetime) -> None:
    """Rows of one table, new ones and changed ones, and that they came by this file."""
    table, imported = schema.metadata.tables[rows[0].table], live.imported_rows
    if new := [dict(row.values) for row in rows if row.state == "new"]:
        connection.execute(insert(table), new)
    if changed := [_prefixed(row) for row in rows if row.state == "changed"]:
        mine = and_(*(column == bindparam(f"{KEY}{column.name}") for column in table.primary_key))
        values: dict[str, Any] = {
            column.name: bindparam(column.name) for column in table.columns if not column.primary_key
        }
        connection.execute(update(table).where(mine).values(values), changed)
    keys = [{f"{KEY}table_name": row.table, f"{KEY}key": as_json(row.key)} for row in rows]
    mine = and_(*(imported.c[name] == bindparam(f"{KEY}{name}") for name in ("table_name", "key")))
    connection.execute(delete(imported).where(mine), keys)
    at = {"raw_id": raw_id, "imported_at": int(now.timestamp())}
    lines = [
        {"table_name": row.table, "key": key[f"{KEY}key"], "row": as_json(row.values), **at}
        for row, key in zip(rows, keys, strict=True)
    ]
    connection.execute(insert(imported), lines)


def _prefixed(row: Row) -> dict[str, Any]:
    """A row's values with its key under names of its own: a column cannot be both sought and set by one name."""
    rest = {name: value for name, value in row.values.items() if name not in row.key}
    return rest | {f"{KEY}{name}": value for name, value in row.key.items()}


def _log(connection: Connection, rows: Sequence[Row], raw_id: int, who: str, why: str, now: datetime) -> None:
    at = {"who": who, "why": why, "at": int(now.timestamp()), "raw_id": raw_id}
    changes = [
        {"table_name": row.table, "key": as_json(row.key), **asdict(change), **at}
        for row in rows
        for change in row.changes
    ]
    if changes:
        connection.execute(insert(live.corrections), changes)


def as_json(values: Mapping[str, Any]) -> str:
    """A row or its key as JSON by column name, days as ISO dates, columns in order of name."""
    plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
    return json.dumps(plain, ensure_ascii=False, sort_keys=True)
