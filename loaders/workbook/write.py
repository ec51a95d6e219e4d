"""A checked plan into the store: all of it or nothing, every changed value with who changed it, when and why."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, and_, delete, insert, select, update

from loaders.workbook.check import Plan, Row, compare, known
from store import database, live, raw, schema

SOURCE = "workbook"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ImportRefusedError(ValueError):
    """Nothing was imported; the message gives the reason in Chinese."""


@dataclass(frozen=True)
class Applied:
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
        if compare(plan.lines, _stored(connection, plan)) != plan.rows:
            raise ImportRefusedError("核对之后库里的数又变了，请重新核对再导入")
        raw_id = _store_file(connection, plan, now)
        for row in plan.rows:
            if row.state != "same":
                _write(connection, row, raw_id, now)
                _log(connection, row, raw_id, who, why, now)
        database.bump_revisions(connection, database.FACTS)
    return Applied(raw_id, **counts)


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


def _write(connection: Connection, row: Row, raw_id: int, now: datetime) -> None:
    table, imported = schema.metadata.tables[row.table], live.imported_rows
    mine = and_(*(table.c[column] == value for column, value in row.key.items()))
    if row.state == "new":
        connection.execute(insert(table).values(dict(row.values)))
    else:
        connection.execute(update(table).where(mine).values(dict(row.values)))
    key = {"table_name": row.table, "key": as_json(row.key)}
    connection.execute(delete(imported).where(and_(*(imported.c[name] == value for name, value in key.items()))))
    values = {**key, "row": as_json(row.values), "raw_id": raw_id, "imported_at": int(now.timestamp())}
    connection.execute(insert(imported).values(values))


def _log(connection: Connection, row: Row, raw_id: int, who: str, why: str, now: datetime) -> None:
    for change in row.changes:
        values = {
            "table_name": row.table,
            "key": as_json(row.key),
            "column": change.column,
            "old": change.old,
            "new": change.new,
            "who": who,
            "why": why,
            "at": int(now.timestamp()),
            "raw_id": raw_id,
        }
        connection.execute(insert(live.corrections).values(values))


def as_json(values: Mapping[str, Any]) -> str:
    """A row or its key as JSON by column name, days as ISO dates, columns in order of name."""
    plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
    return json.dumps(plain, ensure_ascii=False, sort_keys=True)
