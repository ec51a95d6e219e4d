"""What was put right after it had been shown: every changed value with its predecessor, who changed it and why."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import select

from reports.cached import cached_report
from store import database, facts, live, records, schema
from store.clock import ZONE
from store.records import Both, Record


class Correction(Struct, frozen=True, weakref=True):
    """One changed value of one row. ``old`` and ``new`` as tracked files write them, None where there was or is none.

    ``names``: what the row's key refers to; ``document``: the one it rests on; ``rest``: the other parts of its key;
    ``unit_id``: of its value, empty where it is no figure's; ``correction_id``: the same for good.
    """

    at: datetime
    table: str
    names: tuple[Both, ...]
    document: records.Document | None
    unit_id: str
    rest: Mapping[str, str]
    column: str
    old: str | None
    new: str | None
    who: str
    why: str
    correction_id: int


@cached_report("facts")  # an import moves them and writes here in one transaction
def corrections() -> tuple[Correction, ...]:
    """All corrections, the newest first."""
    table = live.corrections
    return tuple(
        map(_correction, database.rows(select(table).order_by(table.c.at.desc(), table.c.correction_id.desc())))
    )


def _correction(row: Any) -> Correction:
    key, rest = json.loads(row.key), {}
    found: list[Record] = []
    for column in schema.metadata.tables[row.table_name].primary_key:
        other = str(column.info.get("ref", "")).partition(".")[0]
        other = "areas" if other == "water_sections" else other  # sections go by the names of areas
        if other and (one := facts.by_id(records.BY_TABLE[other]).get(key[column.name])):
            found.append(one)
        else:
            rest[str(column.name)] = str(key[column.name])
    return Correction(
        at=datetime.fromtimestamp(row.at, ZONE),
        table=row.table_name,
        names=tuple(_name(one) for one in found if not isinstance(one, records.Document)),
        document=next((one for one in found if isinstance(one, records.Document)), None),
        unit_id=next((one.unit_id for one in found if isinstance(one, records.Indicator)), ""),
        rest=rest,
        column=row.column,
        old=row.old,
        new=row.new,
        who=row.who,
        why=row.why,
        correction_id=row.correction_id,
    )


def _name(one: Record) -> Both:
    """What a row is called, in short where it has a short name."""
    match one:
        case records.Indicator() | records.Plan():
            return one.short
        case records.Task() | records.Duty() | records.Standard():
            return one.title
        case records.Area() | records.AirStation() | records.Body() | records.Item():
            return one.name
    raise TypeError(f"rows of {one.table} have no name")
