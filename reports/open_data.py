"""What the store holds, as described tables to take home: columns, units, keys, sources, rows.

The tables of facts as :mod:`store.schema` declares them, and what was measured, by year: daily and monthly values of
every place and item, readings of the river's sections.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

import pandas as pd
from msgspec import Struct
from sqlalchemy import Column, Date, Float, Integer, Table, select

from reports.cached import cached_report
from store import database, facts, live, schema, sources, tracked
from store import readings as readings_store
from store.clock import ZONE
from store.records import Document, Item, Standard, WaterSection

# The unit behind the last part of a column's name.
UNITS = {
    "ugm3": "µg/m³",
    "mgm3": "mg/m³",
    "mgl": "mg/L",
    "uscm": "µS/cm",
    "ntu": "NTU",
    "pct": "%",
    "c": "°C",
    "ms": "m/s",
    "h": "h",
    "mm": "mm",
    "hpa": "hPa",
    "km": "km",
    "lon": "°",
    "lat": "°",
}
# Standards that decide what the numbers of tables are: beginnings of their ids, by the beginning of the tables' names.
STANDARDS = {
    "air_": ("GB 3095", "HJ 633"),
    "capitals_": ("GB 3095", "HJ 633"),
    "section_": ("GB 3838",),
    "water_": ("GB 3838",),
    "surface_water_": ("GB 3838",),
}
DAYS, MONTHS, SECTIONS = "measured_days", "measured_months", "section_readings"
LIVE_TOPICS = ("air_hours", "air_days", "water", "weather", "ndvi")
# Whose readings each measured table holds, by source (data/sources.toml).
MEASURED_BY = {
    DAYS: ("cnemc_air", "air_archive", "cnemc_water", "modis_ndvi"),
    MONTHS: ("cnemc_air", "air_archive", "cnemc_water", "modis_ndvi"),
    SECTIONS: ("cnemc_water",),
}
TYPES = {Date: "date", Float: "number", Integer: "integer"}


class Field(Struct, frozen=True, weakref=True):
    """A column. ``type``: string, number, integer or date; ``constraints`` with the names of Table Schema."""

    name: str
    type: str
    unit: str
    constraints: Mapping[str, Any]


class Reference(Struct, frozen=True, weakref=True):
    """A column whose values stand in a column of another table."""

    field: str
    table: str
    other: str


class Resource(Struct, frozen=True, weakref=True):
    """A table to take home. ``kind``: the table's name without the year of a yearly one; ``standards``: their ids."""

    name: str
    kind: str
    year: int | None
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    references: tuple[Reference, ...]
    standards: tuple[str, ...]

    @property
    def has_places(self) -> bool:
        """Whether its rows lie at a longitude and latitude."""
        return {"lon", "lat"} <= {field.name for field in self.fields}


# ── tables of facts ──────────────────────────────────────────────────────────────────────────────────────────────────
def _of_facts(table: Table) -> Resource:
    given = facts.table(table.name)["standard_id"].unique().tolist() if "standard_id" in table.columns else []
    return Resource(
        name=table.name,
        kind=table.name,
        year=None,
        fields=tuple(_field(column) for column in table.columns),
        key=tuple(column.name for column in table.primary_key),
        references=tuple(
            Reference(column.name, *column.info["ref"].split(".")) for column in table.columns if "ref" in column.info
        ),
        standards=tuple(given) if given and table.name != "standards" else _standards(table.name),
    )


def _standards(name: str) -> tuple[str, ...]:
    """The ids of every edition that applies to a table."""
    starts = next((starts for start, starts in STANDARDS.items() if name.startswith(start)), ())
    return tuple(one for one in facts.by_id(Standard) if starts and one.startswith(starts))


def _field(column: Column[Any]) -> Field:
    info = column.info
    pairs = {"enum": "choices", "minimum": "lo", "maximum": "hi", "pattern": "pattern"}
    constraints = {name: info[key] for name, key in pairs.items() if info.get(key) is not None}
    if not column.nullable:
        constraints["required"] = True
    kind = next((name for known, name in TYPES.items() if isinstance(column.type, known)), "string")
    return Field(column.name, kind, unit_of(column.name), constraints)


def unit_of(name: str) -> str:
    """The unit a column's name ends with; empty where it names none."""
    return UNITS.get(name.rpartition("_")[2], "")


# ── what was measured ────────────────────────────────────────────────────────────────────────────────────────────────
def _plain(name: str, kind: str = "string", *, required: bool = False) -> Field:
    return Field(name, kind, unit_of(name), {"required": True} if required else {})


AGGREGATED = ("place_id", "item", "averaging")
IN_UNIT = ("mean", "low", "high", "mda8")  # in the unit of the row's unit_id


def _aggregated(kind: str, year: int, period: Field, *values: Field) -> Resource:
    of = tuple(_plain(name, required=True) for name in (*AGGREGATED, "unit_id"))
    key = (*AGGREGATED, period.name)
    references = (Reference("item", "items", "item"), Reference("unit_id", "units", "unit_id"))
    return Resource(f"{kind}_{year}", kind, year, (*of, period, *values), key, references, _standards("air_"))


def _days_of(year: int) -> Resource:
    values = (_plain(name, "number") for name in IN_UNIT)
    return _aggregated(DAYS, year, _plain("date", "date", required=True), _plain("n", "integer"), *values)


def _months_of(year: int) -> Resource:
    counted = (_plain("n", "integer"), _plain("days", "integer"), _plain("mean", "number"))
    return _aggregated(MONTHS, year, _plain("month", required=True), *counted)


def _sections_of(year: int) -> Resource:
    of = (_plain("section_id", required=True), _plain("measured_at", required=True), _plain("kind", required=True))
    items = tuple(_plain(name, "number") for name in _items("water"))
    references = (Reference("section_id", "water_sections", "section_id"),)
    key = ("section_id", "measured_at", "kind")
    return Resource(
        f"{SECTIONS}_{year}", SECTIONS, year, (*of, *items), key, references, _standards("water_")
    )  # fmt: skip


MEASURED = {DAYS: _days_of, MONTHS: _months_of, SECTIONS: _sections_of}


def _items(*media: str) -> list[str]:
    """Names of items, in the order of their table; of all media where none is given."""
    return [one.item for one in facts.every(Item) if not media or one.medium in media]


@cached_report("facts")
def fact_tables() -> Mapping[str, Resource]:
    """Every table of facts by its name, in the order of the names."""
    return {one.name: _of_facts(one) for one in sorted(schema.FACT_TABLES, key=lambda one: one.name)}


@cached_report("facts", *LIVE_TOPICS)
def measured_tables() -> Mapping[str, Resource]:
    """What was measured, by kind and year."""
    made = [of_year(year) for kind, of_year in MEASURED.items() for year in _years(kind)]
    return {one.name: one for one in made}


def resources() -> Mapping[str, Resource]:
    """Every table to take home by its name."""
    return {**fact_tables(), **measured_tables()}


def resource(name: str) -> Resource | None:
    """A table by its name; None where there is none."""
    return fact_tables().get(name) or measured_tables().get(name)


def topics_of(one: Resource) -> tuple[str, ...]:
    """The topics of the store a table's rows depend on."""
    return ("facts",) if one.year is None else ("facts", *LIVE_TOPICS)


def _years(kind: str) -> list[int]:
    """Years with measured values, the first one first."""
    months = readings_store.months(items=_items("water") if kind == SECTIONS else _items())
    if kind == SECTIONS:
        months = months[months["place_id"].isin(_sections())]
    return sorted({int(month[:4]) for month in months["month"]})


def _sections() -> list[str]:
    return list(facts.by_id(WaterSection))


def rows(one: Resource) -> list[tuple[Any, ...]]:
    """A table's rows in the order of its key, one value a field: text, number or date; None where there is none."""
    if one.year is None:
        return facts.values(facts.table(one.name))
    frame = {DAYS: _days, MONTHS: _months, SECTIONS: _readings}[one.kind](one.year)
    return facts.values(frame[[field.name for field in one.fields]])


def as_tracked(one: Resource) -> str | None:
    """A table's tracked file where it holds all its rows; None where a workbook brought some, and for what was measured."""
    if one.year is not None or one.name in _imported():
        return None
    return tracked.path(schema.metadata.tables[one.name]).read_text(encoding="utf-8-sig")


@cached_report("facts")
def _imported() -> frozenset[str]:
    """Tables with rows that no tracked file holds."""
    return frozenset(row.table_name for row in database.rows(select(live.imported_rows.c.table_name).distinct()))


def _days(year: int) -> pd.DataFrame:
    frame = readings_store.days(items=_items(), since=date(year, 1, 1), until=date(year, 12, 31))
    return _with_units(frame).sort_values([*AGGREGATED, "date"], ignore_index=True)


def _months(year: int) -> pd.DataFrame:
    frame = readings_store.months(items=_items())
    frame = frame[frame["month"].str.startswith(f"{year}-")]
    return _with_units(frame).sort_values([*AGGREGATED, "month"], ignore_index=True)


def _with_units(frame: pd.DataFrame) -> pd.DataFrame:
    units = {one.item: one.unit_id for one in facts.every(Item)}
    return frame.assign(unit_id=frame["item"].map(units))


def _readings(year: int) -> pd.DataFrame:
    """Sections and moments; a column for each item. What a check suspects is left out."""
    since = datetime(year, 1, 1, tzinfo=ZONE)
    until = datetime.combine(date(year, 12, 31), time(23, 59, 59), ZONE)
    items = _items("water")
    frame = readings_store.read(places=_sections(), items=items, averaging="instant", since=since, until=until)
    frame = frame[frame["value"].notna()]
    index = ["place_id", "at", "kind"]
    wide = frame.pivot(index=index, columns="item", values="value").reindex(columns=items).reset_index()
    moments = [moment.isoformat(timespec="minutes") for moment in wide["at"]]
    return wide.rename(columns={"place_id": "section_id"}).assign(measured_at=moments)


# ── whose they are ───────────────────────────────────────────────────────────────────────────────────────────────────
def documents(one: Resource) -> tuple[Document, ...]:
    """The documents and sources a table's rows come from, each once, in the order of their ids."""
    known = facts.by_id(Document)
    if one.year is not None:
        named: Iterable[str] = (sources.get(name).document_id for name in MEASURED_BY[one.kind])
    else:
        frame = facts.table(one.name)
        columns = [ref.field for ref in one.references if ref.table == "documents"]
        named = {text for column in columns for text in frame[column].dropna()}
    return tuple(known[name] for name in sorted(set(named)))


@cached_report("facts")
def counted() -> Mapping[str, int]:
    """How many rows each table of facts has, by name."""
    return {name: len(facts.table(name)) for name in fact_tables()}
