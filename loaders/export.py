"""Everything the store knows as CSV files, one a table, for programs and people elsewhere."""

import csv
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select
from tqdm import tqdm

from store import database, live, schema
from store.clock import ZONE

ROWS_AT_ONCE = 20_000
EPOCH = date(1970, 1, 1)
FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r")
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
BODIES = live.raw_bodies  # bytes as they came: reparse and the database itself are for them
BY_SERIES = (live.readings, live.replaced, live.day_values, live.month_values)


def export(folder: Path) -> dict[str, int]:
    """Write every table of facts and of measurements into a new folder; rows by file.

    Measurement tables name their series in words instead of by number, times as ISO 8601 with offset, days and months as
    such; a text that a spreadsheet would run as a formula has an apostrophe before it. The folder appears when all of
    it is written. Raises FileExistsError where something of its name is there.
    """
    if folder.exists():
        raise FileExistsError(f"{folder} exists already; name a new folder")
    work = folder.with_name(f".{folder.name}.{os.getpid()}")
    work.mkdir(parents=True)
    try:
        # one view of the store for all files: what comes in meanwhile is in none of them
        with database.reading() as c:
            rows = {file: _write(c, work / file, query) for file, query in _queries()}
        work.rename(folder)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return rows


def _queries() -> Iterator[tuple[str, database.Query]]:
    for table in schema.FACT_TABLES:
        yield f"{table.name}.csv", select(table).order_by(*table.primary_key)
    for table in live.live.sorted_tables:
        if table in BY_SERIES:
            of = live.series.c
            own = [column for column in table.columns if column.name != "series_id"]
            query = select(of.place_id, of.item, of.averaging, of.stream, *own).join_from(
                table, live.series, table.c.series_id == of.series_id
            )
            yield f"{table.name}.csv", query.order_by(*table.primary_key)
        elif table is not BODIES:
            yield f"{table.name}.csv", select(table).order_by(*table.primary_key)


def _write(c: Connection, file: Path, query: database.Query) -> int:
    names = [column.name for column in query.selected_columns]
    written = 0
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(names)
        result = c.execution_options(yield_per=ROWS_AT_ONCE).execute(query)
        with tqdm(desc=file.stem, unit=" rows", disable=None, leave=False) as bar:
            for part in result.partitions():
                writer.writerows(_readable(names, part, measured=file.stem in live.live.tables))
                written += len(part)
                bar.update(len(part))
    return written


def _readable(names: Sequence[str], rows: Sequence[database.Record], *, measured: bool) -> Iterable[Sequence[Any]]:
    """Rows with the numbers of times, days and months written out, and no text that a spreadsheet would run."""
    forms = [(_form(name) if measured else None) or _harmless for name in names]
    return [[None if cell is None else form(cell) for form, cell in zip(forms, row, strict=True)] for row in rows]


def _harmless(cell: Any) -> Any:
    """A cell as it is; before a text that begins a formula an apostrophe: notes are what upstreams and people wrote."""
    if isinstance(cell, str) and len(cell) > 1 and cell[0] in FORMULA_BEGINS and not NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


def _form(name: str) -> Callable[[Any], Any] | None:
    if name in ("at", "until") or name.endswith(("_at", "_since")):
        return lambda seconds: datetime.fromtimestamp(seconds, ZONE).isoformat()
    if name == "day":
        return lambda day: (EPOCH + timedelta(days=day)).isoformat()
    if name == "month":
        return lambda month: f"{month // 12}-{month % 12 + 1:02d}"
    return None
