"""What was put right after it had been shown: every changed value with its predecessor, who changed it and why."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from reports.memo import memo
from store import database, facts, live, schema
from store.clock import ZONE


@dataclass(frozen=True)
class Correction:
    """One changed value of one row. ``old`` and ``new`` as tracked files write them, None where there was or is none.

    ``named``: the rows the row's key refers to, by the table they stand in; ``rest``: the other parts of its key.
    """

    at: datetime
    table: str
    named: Mapping[str, Mapping[str, Any]]
    rest: Mapping[str, str]
    column: str
    old: str | None
    new: str | None
    who: str
    why: str


@memo("facts")  # an import moves them and writes here in one transaction
def corrections() -> tuple[Correction, ...]:
    """All corrections, the newest first."""
    table = live.corrections
    return tuple(
        map(_correction, database.rows(select(table).order_by(table.c.at.desc(), table.c.correction_id.desc())))
    )


def _correction(row: Any) -> Correction:
    key, named, rest = json.loads(row.key), {}, {}
    for column in schema.metadata.tables[row.table_name].primary_key:
        other = str(column.info.get("ref", "")).partition(".")[0]
        other = "areas" if other == "water_sections" else other  # sections go by the names of areas
        found = facts.by_id(other).get(key[column.name]) if other else None
        if found:
            named[other] = found
        else:
            rest[str(column.name)] = str(key[column.name])
    at = datetime.fromtimestamp(row.at, ZONE)
    return Correction(at, row.table_name, named, rest, row.column, row.old, row.new, row.who, row.why)
