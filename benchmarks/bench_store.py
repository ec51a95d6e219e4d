"""Writing readings and reading pages' worth of them: ``python -m benchmarks.bench_store``.

Ten million hourly readings go into SQLite by ``store.readings.write``, with everything that belongs to it (what is current
already, series, counters, what changed). Beside it are a floor, ``sqlite3.executemany`` into the same table and
nothing else, and two peers: ``pandas.to_sql`` and an upsert row by row. All four take turns, a part each, because a
machine's speed changes within the minutes this takes. Then pages' reads are measured on that store and on one of ten
thousand readings. Only CPU is counted, so that a busy machine or disk does not matter.
"""

import os
import sqlite3
import tempfile
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from statistics import median

import numpy as np
import pandas as pd
from msgspec import Struct
from sqlalchemy import create_engine, text
from sqlalchemy.dialects.sqlite import insert

from benchmarks import table
from benchmarks.table import Figure
from store import database, live, migrate
from store import readings as readings_store
from store.city import CITY
from store.clock import ZONE

PLACES = (CITY, *(f"{1000 + n}A" for n in range(8)))
ITEMS = ("aqi", "pm25_ugm3", "pm10_ugm3", "so2_ugm3", "no2_ugm3", "co_mgm3", "o3_1h_ugm3")
SERIES = len(PLACES) * len(ITEMS)
SMALL, LARGE, AT_ONCE = 10_000, 10_000_000, 1_000_000
ROW_BY_ROW, TO_SQL, FLOOR = 5_000, 50_000, 200_000  # readings of a turn; ours are AT_ONCE
END = datetime(2026, 10, 9, tzinfo=ZONE)
AT_LEAST_TIMES_ROWS = 5  # an upsert row by row, in the same run
AT_MOST_RATIO = 1.5  # a read among ten million readings, to the same among ten thousand
WARMING, RUNS = 5, 60


def hours(first: int, last: int) -> pd.DataFrame:
    """Readings of every series, of the hours from ``first`` to ``last`` before END, as a loader gives them."""
    at = pd.date_range(END - timedelta(hours=first), END - timedelta(hours=last + 1), freq="h")
    n = len(at) * SERIES
    return pd.DataFrame(
        {
            "place_id": np.repeat(PLACES, len(at) * len(ITEMS)),
            "item": np.tile(np.repeat(ITEMS, len(at)), len(PLACES)),
            "averaging": "1h",
            "at": at.append([at] * (SERIES - 1)),
            "value": np.random.default_rng(first).integers(1, 300, n).astype("float64"),
            "kind": "archive",
            "note": None,
            "primary_pollutants": None,
            "original": None,
            "flags": None,
        }
    )


def parts(total: int) -> Iterator[pd.DataFrame]:
    """That many readings, oldest first, in parts for one transaction each."""
    edges = [*range(total // SERIES, 0, -(AT_ONCE // SERIES)), 0]
    yield from (hours(first, last) for first, last in pairwise(edges))


class Pace(Struct):
    """Readings written so far and the CPU they took."""

    readings: int = 0
    cpu_s: float = 0.0

    @property
    def per_s(self) -> float:
        """Readings per second of CPU."""
        return self.readings / self.cpu_s

    @contextmanager
    def of(self, readings: int) -> Iterator[None]:
        """Count what is done inside as the writing of so many."""
        begin = time.process_time()
        yield
        self.cpu_s += time.process_time() - begin
        self.readings += readings


def store(folder: Path, total: int, *, beside: Sequence["Writer"] = ()) -> tuple[str, float]:
    """A store of that many readings and the days of a year: its address, and readings per second of CPU written.

    ``beside``: who writes a part of theirs after each of these.
    """
    address = _made(folder, f"{total}.db")
    pace = Pace()
    for part in parts(total):
        os.environ["XINING_DATABASE_URL"] = address
        with pace.of(len(part)), database.engine().begin() as c:
            assert readings_store.write(c, part, raw_id=1, now=END).new == len(part)
        for writer in beside:
            writer.turn(part)
    os.environ["XINING_DATABASE_URL"] = address
    with database.engine().begin() as c:
        year = "WITH RECURSIVE d(day) AS (SELECT 20000 UNION ALL SELECT day + 1 FROM d WHERE day < 20364)"
        values = "SELECT series_id, day, 24, 50.5, 1, 99, NULL FROM series, d"
        c.execute(text(f"{year} INSERT INTO day_values {values}"))
    return address, pace.per_s


def _made(folder: Path, name: str) -> str:
    """The address of an empty store, which is the process's own from now on."""
    address = os.environ["XINING_DATABASE_URL"] = f"sqlite:///{folder / name}"
    migrate.upgrade()
    return address


# ── beside it ────────────────────────────────────────────────────────────────────────────────────────────────────────
class Writer(ABC):
    """Writes the first readings of each part another way, into a store of its own."""

    def __init__(self, folder: Path, name: str, at_once: int) -> None:
        self.address, self.path = _made(folder, f"{name}.db"), folder / f"{name}.db"
        self.at_once = at_once
        self.pace = Pace()

    @abstractmethod
    def turn(self, part: pd.DataFrame) -> None:
        """Write; raises what the database does."""

    @staticmethod
    def rows(part: pd.DataFrame) -> list[tuple[int, int, float]]:
        """Series, moment in seconds since 1970, value."""
        number = part.groupby(["place_id", "item"], sort=False).ngroup().tolist()
        at = part["at"].dt.as_unit("s").astype("int64").tolist()
        return list(zip(number, at, part["value"].tolist(), strict=True))


class Floor(Writer):
    """The driver alone, into the same table."""

    def turn(self, part: pd.DataFrame) -> None:
        rows = [(*row, 1, 1) for row in self.rows(part.head(self.at_once))]
        with closing(sqlite3.connect(self.path)) as connection, self.pace.of(len(rows)), connection:
            connection.executemany(
                "INSERT INTO readings (series_id, at, value, rank, raw_id) VALUES (?, ?, ?, ?, ?)", rows
            )


class ToSql(Writer):
    """pandas, into a table of its own making."""

    def turn(self, part: pd.DataFrame) -> None:
        part = part.head(self.at_once)
        engine = create_engine(self.address)
        with self.pace.of(len(part)):
            part.to_sql("by_pandas", engine, index=False, if_exists="append")
        engine.dispose()


class RowByRow(Writer):
    """An upsert for each reading."""

    def turn(self, part: pd.DataFrame) -> None:
        rows = self.rows(part.head(self.at_once))
        made = insert(live.readings)
        made = made.on_conflict_do_update(set_={"value": made.excluded.value, "rank": made.excluded.rank})
        os.environ["XINING_DATABASE_URL"] = self.address
        with self.pace.of(len(rows)), database.engine().begin() as c:
            for series_id, moment, value in rows:
                c.execute(made, {"series_id": series_id, "at": moment, "value": value, "rank": 1, "raw_id": 1})


# ── pages ────────────────────────────────────────────────────────────────────────────────────────────────────────────
PAGES: dict[str, Callable[[], pd.DataFrame]] = {
    "48 hours of all": lambda: readings_store.read(items=ITEMS, averaging="1h", since=END - timedelta(hours=48)),
    "latest of all": lambda: readings_store.latest(items=ITEMS, averaging="1h"),
    "a year of days": lambda: readings_store.days(places=[CITY], items=ITEMS),
}


def cost_ms(page: Callable[[], pd.DataFrame]) -> float:
    """CPU of a warm read in ms, the median."""
    costs = []
    for _ in range(WARMING + RUNS):
        begin = time.process_time()
        found = page()
        costs.append(1000 * (time.process_time() - begin))
        assert len(found) >= SERIES
    return median(costs[WARMING:])


def pages(address: str) -> dict[str, float]:
    """The cost of each page's read on a store."""
    os.environ["XINING_DATABASE_URL"] = address
    return {name: cost_ms(page) for name, page in PAGES.items()}


def figures() -> Iterator[Figure]:
    """Writing beside the driver and its peers, and each page's read beside the same on a small store."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        peers = {
            "an upsert row by row": RowByRow(folder, "rows", ROW_BY_ROW),
            "pandas.to_sql": ToSql(folder, "pandas", TO_SQL),
            "sqlite3.executemany alone": Floor(folder, "floor", FLOOR),
        }
        small, _ = store(folder, SMALL)
        large, speed = store(folder, LARGE, beside=[*peers.values()])
        for beside, writer in peers.items():
            aim = AT_LEAST_TIMES_ROWS if isinstance(writer, RowByRow) else None
            what = f"{LARGE:,} readings written to SQLite"
            yield Figure(what, speed, "per s of CPU", beside, writer.pace.per_s, aim, least=True)
        before, after = pages(small), pages(large)
        for page in PAGES:
            what, beside = f"{page}, read among {LARGE:,} readings", f"among {SMALL:,}"
            yield Figure(what, after[page], "ms of CPU", beside, before[page], AT_MOST_RATIO)


if __name__ == "__main__":
    table.show(figures())
