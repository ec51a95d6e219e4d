"""A store of one's own with live numbers in it: what an upstream would have answered, written as the collector writes it."""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import func, select

from loaders import aggregate, answer, collector
from store import database, live, state
from store import readings as readings_store
from store import sources as declared
from store.clock import ZONE
from tests import stores
from tests.upstream import upstream


@contextmanager
def filled(folder: Path) -> Iterator[None]:
    """A filled store of its own for the block."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XINING_DATABASE_URL", stores.filled(folder / "live.db"))
        yield


@contextmanager
def copied(file: Path, folder: Path) -> Iterator[None]:
    """A copy of a store for the block; nobody may have the store open. What the copy leaves as it was stays cached."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XINING_DATABASE_URL", f"sqlite:///{shutil.copyfile(file, folder / 'copied.db')}")
        yield


@contextmanager
def collected(folder: Path, moment: str) -> Iterator[None]:
    """A store of its own in which every source was collected at a moment (2026-11-23T18:30), which stands still."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XINING_DATABASE_URL", stores.answered(folder / "live.db", moment))
        patch.setenv("XINING_TODAY", moment)
        yield


def collect(moment: str) -> None:
    """Ask every source at a moment, as the collector does, and write what it answers into the store."""
    now = at(moment)
    with upstream(now) as made, pytest.MonkeyPatch.context() as patch:
        for name, value in (made.environment() | {"XINING_TODAY": moment}).items():
            patch.setenv(name, value)
        assert not [run.failure for run in collector.collect_once(lambda: now) if run.failure]


def write_readings(source: str, rows: Sequence[Mapping[str, object]], *, now: datetime) -> None:
    """Write readings (columns of ``answer.COLUMNS``; kind "live" where none is named) as an answer of a source."""
    frame = answer.readings([{"kind": "live", "note": None, "flags": None, **row} for row in rows])
    with database.engine().begin() as c:
        written = readings_store.write(c, frame, raw_id=None, now=now)
        aggregate.update_aggregates(c, written.touched)
        state.succeeded(
            c, declared.get(source), now=now, next_at=now, changed=True, data_at=frame["at"].max().to_pydatetime()
        )


def count(table: str) -> int:
    """How many rows a measurement table has."""
    return int(database.rows(select(func.count()).select_from(live.live.tables[table]))[0][0])


def hours(
    place: str, item: str, until: datetime, values: Sequence[float | None], **more: object
) -> list[dict[str, Any]]:
    """Hourly readings of an item, the last one at ``until``; None: an hour without a value."""
    stamps = pd.date_range(end=until, periods=len(values), freq="h")
    return [
        {"place_id": place, "item": item, "averaging": "1h", "at": at, "value": value, **more}
        for at, value in zip(stamps, values, strict=True)
        if value is not None
    ]


def composites() -> Iterator[dict[str, Any]]:
    """The mountains and the core by 16 days: 0.40 and 0.43 in two years, 0.2 less in the core, its last one under cloud."""
    for place, less in (("nanbeishan", 0.0), ("urban_core", 0.2)):
        for year, index in ((2025, 0.40), (2026, 0.43)):
            for n in range(18 if year == 2026 else 23):
                day = date(year, 1, 1) + timedelta(16 * n)
                row: dict[str, Any] = {"place_id": place, "averaging": "16d", "kind": "provisional"}
                row["at"] = datetime(day.year, day.month, day.day, tzinfo=ZONE)
                cloudy = place == "urban_core" and (year, n) == (2026, 17)
                yield {**row, "item": "ndvi_valid_pct", "value": 12 if cloudy else 96}
                if not cloudy:
                    yield {**row, "item": "ndvi", "value": index - less}


def at(text: str) -> datetime:
    """2026-11-23T18:00 in Xining."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)
