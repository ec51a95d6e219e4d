"""Records say the same as the declarations of their tables: the same fields, types, choices and empty cells."""

from datetime import date, datetime
from types import NoneType, UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pandas as pd
import pytest
from msgspec import Struct
from sqlalchemy import Column, Date, Float, Integer, Table

from store import facts, records, schema, tracked
from store.records import Both, Record


def declared(table: Table) -> dict[str, tuple[set[Any], bool]]:
    """What a record of a table must be: by field the type, or the values it may take, and whether it may be None."""
    found: dict[str, tuple[set[Any], bool]] = {}
    for column in table.columns:
        name, _, language = column.name.rpartition("_")
        other = {"zh": "en", "en": "zh"}.get(language)
        if other and f"{name}_{other}" in table.columns:
            found[name] = ({Both}, bool(column.nullable))
        else:
            found[column.name] = (set(column.info.get("choices", ())) or {plain(column)}, bool(column.nullable))
    return found


def plain(column: Column[Any]) -> type:
    """The type of a column's values."""
    return next(
        (known for kind, known in ((Date, date), (Integer, int), (Float, float)) if isinstance(column.type, kind)), str
    )


def fields_of(kind: type[Record]) -> dict[str, tuple[set[Any], bool]]:
    """What a record is, in the form of :func:`declared`."""
    hints = get_type_hints(kind)
    return {name: _read(hints[name]) for name in kind.__struct_fields__}


def _read(hint: Any) -> tuple[set[Any], bool]:
    parts = get_args(hint) if get_origin(hint) is UnionType or NoneType in get_args(hint) else (hint,)
    known = [part for part in parts if part is not NoneType]
    values = {value for part in known for value in (get_args(part) if get_origin(part) is Literal else (part,))}
    return values, NoneType in parts


def test_every_table_of_facts_has_its_record() -> None:
    assert list(records.BY_TABLE) == [table.name for table in schema.metadata.tables.values() if "file" in table.info]


@pytest.mark.parametrize("kind", records.BY_TABLE.values(), ids=lambda kind: kind.table)
def test_a_record_says_what_its_table_declares(kind: type[Record]) -> None:
    assert fields_of(kind) == declared(schema.metadata.tables[kind.table])


def test_a_record_holds_a_tracked_row() -> None:
    row = next(one for one in facts.records(records.Plan, tracked.read("plans")) if one.plan_id == "xn14")
    assert (row.start_year, row.end_year, row.status) == (2021, 2025, "final")
    assert (type(row.start_year), type(row.name)) == (int, Both)
    with pytest.raises(AttributeError):
        row.start_year = 2020  # type: ignore[misc]  # it is frozen


def test_what_is_missing_is_none_and_days_are_dates() -> None:
    rows = facts.records(records.Standard, tracked.read("standards"))
    running = next(row for row in rows if row.standard_id == "HJ 633-2026")
    assert (running.effective_from, running.effective_to) == (date(2026, 3, 1), None)
    assert {row.note for row in facts.records(records.Unit, tracked.read("units")) if hasattr(row, "note")} == set()


def test_records_by_their_values_are_those_of_the_table() -> None:
    table = facts.table("figures")
    mine = table[(table["indicator_id"] == "forest_cover_pct") & (table["area_id"] == "xining")]
    found = facts.where(records.Figure, indicator_id="forest_cover_pct", area_id="xining")
    assert [row.value for row in found] == mine["value"].tolist()
    assert facts.where(records.Figure, area_id="xining", indicator_id="forest_cover_pct") == found
    assert facts.where(records.Figure, indicator_id="no such") == ()
    undated = facts.where(records.Contradiction, period=None)
    assert len(undated) == int(facts.table("contradictions")["period"].isna().sum())


class Hour(Struct, frozen=True):
    """A computed row."""

    at: datetime
    aqi: int | None
    text: str | None


def test_rows_of_a_computed_frame_are_structs_without_types_of_pandas() -> None:
    ends = pd.to_datetime(["2026-03-01 01:00", "2026-03-01 02:00"]).tz_localize("Asia/Shanghai")
    frame = pd.DataFrame({"text": ["a", None], "left": [1, 2], "aqi": [80.0, None], "at": ends})
    first, second = facts.structs(Hour, frame, whole=("aqi",))
    assert (first.aqi, type(first.aqi), first.text) == (80, int, "a")
    assert (second.aqi, second.text) == (None, None)
    assert (type(first.at), first.at.isoformat()) == (datetime, "2026-03-01T01:00:00+08:00")
    assert facts.structs(Hour, frame.iloc[:0]) == []
    with pytest.raises(KeyError, match="text"):
        facts.structs(Hour, frame.drop(columns="text"))
