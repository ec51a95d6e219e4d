"""Whether a store is sound: its pages, its form, its rows and what they refer to."""

import hashlib
from collections.abc import Iterator

import brotli
from msgspec import Struct, field
from sqlalchemy import Column, Connection, Table, func, inspect, select, text

from assessment.messages import one_line
from store import database, faults, live, migrate, schema, tracked

SHOWN = 5  # problems of a kind that are named
# Columns that name a row of another table; empty where there is none.
REFERENCES = (
    (live.readings.c.series_id, live.series.c.series_id),
    (live.replaced.c.series_id, live.series.c.series_id),
    (live.day_values.c.series_id, live.series.c.series_id),
    (live.month_values.c.series_id, live.series.c.series_id),
    (live.readings.c.raw_id, live.raw_answers.c.raw_id),
    (live.replaced.c.raw_id, live.raw_answers.c.raw_id),
    (live.replaced.c.by_raw_id, live.raw_answers.c.raw_id),
    (live.imported_rows.c.raw_id, live.raw_answers.c.raw_id),
    (live.corrections.c.raw_id, live.raw_answers.c.raw_id),
)


class Report(Struct):
    """What was found: rows by table, marks by topic, and sentences on what is wrong, none where the store is sound."""

    database: str
    migration: str | None
    newest_migration: str
    tables: dict[str, int] = field(default_factory=dict)
    revisions: dict[str, int] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


def check() -> Report:
    """Examine the store of XINING_DATABASE_URL. Raises StoreError where it cannot be read at all."""
    with database.reading() as c:
        report = Report(database.engine().url.render_as_string(hide_password=True), migrate.version(c), migrate.head())
        report.problems += _integrity(c)
        there = set(inspect(c).get_table_names())
        if not there:
            report.problems.append(f"it is empty; {faults.REMEDIES[faults.Fault.NO_TABLE]}")
            return report
        if report.migration != report.newest_migration:
            report.problems.append(
                f"its form is of migration {report.migration or 'none'}, this programme's is {report.newest_migration};"
                " python -m loaders fill brings it there"
            )
        declared = {**live.live.tables, **schema.metadata.tables}
        report.problems += [f"the table {name} is missing" for name in sorted(declared.keys() - there)]
        for name, table in sorted(declared.items()):
            if name in there:
                report.tables[name] = c.scalar(select(func.count()).select_from(table)) or 0
        if declared.keys() <= there:
            report.revisions = {row.topic: row.number for row in c.execute(select(live.revisions))}
            for problems in (_references(c), _counts(c), _bodies(c)):
                report.problems += problems
            _facts(c, report)
    return report


def _integrity(c: Connection) -> list[str]:
    """What the database itself finds: SQLite by its own check, PostgreSQL by reading every value of every row."""
    if c.dialect.name == "sqlite":
        found = [str(row[0]) for row in c.execute(text(f"PRAGMA integrity_check({SHOWN})"))]
        return [] if found == ["ok"] else [f"the file is damaged: {one_line(one)}" for one in found]
    for name in inspect(c).get_table_names():
        c.execute(text(f'SELECT count(t::text) FROM "{name}" t'))  # raises where a page cannot be read
    return []


def _references(c: Connection) -> Iterator[str]:
    for column, other in REFERENCES:
        known = select(other).where(other == column)
        query = select(func.count()).select_from(column.table).where(column.is_not(None), ~known.exists())
        if lost := c.scalar(query):
            yield f"{lost} rows of {_name(column)} name nothing of {_name(other)}"


def _name(column: "Column[int]") -> str:
    table = column.table
    assert isinstance(table, Table)
    return f"{table.name}.{column.name}"


def _counts(c: Connection) -> Iterator[str]:
    """Counters of the series against their readings."""
    rows, series = live.readings.c, live.series.c
    counted = select(rows.series_id, func.count(rows.value).label("n")).group_by(rows.series_id).subquery()
    differ = func.coalesce(counted.c.n, 0) != series.readings
    query = select(func.count()).select_from(live.series.outerjoin(counted, counted.c.series_id == series.series_id))
    if wrong := c.scalar(query.where(differ)):
        yield f"{wrong} series count other readings than there are"


def _bodies(c: Connection) -> Iterator[str]:
    """Raw answers against their hashes, one by one: all of them together would not fit into memory."""
    bodies, wrong = live.raw_bodies.c, 0
    rows = c.execution_options(stream_results=True, yield_per=20).execute(select(bodies.sha256, bodies.body))
    for row in rows:
        try:
            wrong += hashlib.sha256(brotli.decompress(row.body)).hexdigest() != row.sha256
        except brotli.error:
            wrong += 1
    if wrong:
        yield f"{wrong} raw answers are not what came: their bytes do not fit their hash"


def _facts(c: Connection, report: Report) -> None:
    """Tables of facts: as many rows as were filled in, and every reference found."""
    files = schema.store_files.c
    for row in c.execute(select(files.name, files.rows)):
        if report.tables.get(row.name) != row.rows:
            report.problems.append(f"{row.name} holds {report.tables.get(row.name)} rows, {row.rows} were filled in")
    frames = {table.name: database.read(select(table)) for table in schema.FACT_TABLES}
    for table in schema.FACT_TABLES:
        found = tracked.reference_problems(table, frames[table.name], frames)
        report.problems += [f"{table.name}: {one}" for one in found[:SHOWN]]
