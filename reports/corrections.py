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


@memo
def corrections() -> tuple[Correction, ...]:
    """All corrections, the newest first."""
    database.revision()  # an import moves the facts and writes here in one transaction
    table = live.corrections
    return tuple(
        map(_correction, database.rows(select(table).order_by(table.c.at.desc(), table.c.correction_id.desc())))
    )


def _correction(row: Any) -> Correction:
    named, rest = {}, {}
    for column, value in json.loads(row.key).items():
        other = _referred(row.table_name, column)
        found = facts.by_id(other).get(value) if other else None
        if other and found:
            named[other] = found
        else:
            rest[column] = str(value)
    at = datetime.fromtimestamp(row.at, ZONE)
    return Correction(at, row.table_name, named, rest, row.column, row.old, row.new, row.who, row.why)


def _referred(table: str, column: str) -> str:
    """The table a column's values are names of; sections go by the names of areas. Empty where it refers to none."""
    declared = schema.metadata.tables.get(table)
    reference = (
        str(declared.columns[column].info.get("ref", "")) if declared is not None and column in declared.columns else ""
    )
    other = reference.partition(".")[0]
    return "areas" if other == "water_sections" else other
