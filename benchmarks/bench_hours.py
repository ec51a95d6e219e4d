"""From hours to days and years: ``python -m benchmarks.bench_hours``.

24 stations × 12 years of hours (2.5 million station-hours of six pollutants) become daily values, the ozone day's highest
8-hour mean and the evaluation of every station's years. Beside it, in the same run and on the same tables, the means and
percentiles alone by pandas' groupby, rolling and quantile: no limits, no count of a month's days. Then one station's 12
years in a SQLite store: hours read and made into days, and the days as the store updates them. Each part runs in a process
of its own, whose CPU time and peak of memory count; ours and pandas' take turns, and the median of each counts.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime
from statistics import median

import numpy as np
import pandas as pd

from assessment import air_year
from benchmarks import table
from benchmarks.table import Figure
from loaders import aggregate
from store import database, migrate, standards
from store import readings as readings_store
from store.clock import ZONE

STATIONS = [f"{number}A" for number in range(1480, 1504)]
FIRST, YEARS = 2014, 12
MISSING = 0.04
TURNS = 3
AT_MOST_TIMES, AT_MOST_MIB = 1, 1024  # of pandas alone, in the same run
# item of the hours → (column of the day's statistics, pollutant of its limits, mean of the values drawn)
ITEMS = {
    "pm25_ugm3": ("pm25_ugm3", "PM2.5", 40),
    "pm10_ugm3": ("pm10_ugm3", "PM10", 90),
    "so2_ugm3": ("so2_ugm3", "SO2", 15),
    "no2_ugm3": ("no2_ugm3", "NO2", 35),
    "co_mgm3": ("co_mgm3", "CO", 1),
    "o3_1h_ugm3": ("o3_8h_ugm3", "O3", 80),
}


Hours = dict[str, pd.DataFrame]


def drawn(stations: list[str]) -> Hours:
    """Hours by item, a column a station, some of them missing; always the same ones."""
    ends = pd.date_range(f"{FIRST}-01-01 01:00", f"{FIRST + YEARS}-01-01 00:00", freq="h")
    rng = np.random.default_rng(663)
    found = {}
    for item, (_, _, mean) in ITEMS.items():
        values = rng.gamma(4, mean / 4, (len(ends), len(stations))).round(1 if item == "co_mgm3" else 0)
        values[rng.random(values.shape) < MISSING] = np.nan
        found[item] = pd.DataFrame(values, ends, stations)
    return found


def ours(hours: Hours) -> list[air_year.Evaluation]:
    """Every station's years by the rules of the assessment: valid days, mean, percentile, attainment."""
    found = []
    for item, (column, pollutant, _) in ITEMS.items():
        days = air_year.mda8(hours[item]) if pollutant == "O3" else air_year.daily_means(hours[item])
        for year, part in days.groupby(days.index.year):
            annual, daily = limits(column, pollutant, int(year))
            dates = part.index.to_numpy()
            found += [
                air_year.evaluate(values, dates, column, mean_limit=annual, percentile_limit=daily)
                for values in part.to_numpy().T
            ]
    return found


def limits(column: str, pollutant: str, year: int) -> tuple[float | None, float]:
    """The year's mean and the day's value in force on its last day."""
    last = date(year, 12, 31)
    annual = None if column in air_year.NO_ANNUAL_LIMIT else standards.air_limit(last, pollutant, "annual")
    return annual, standards.air_limit(last, pollutant, "MDA8" if pollutant == "O3" else "24h")


def by_pandas(hours: Hours) -> list[pd.DataFrame]:
    """Means and percentiles of every station's years as one would write them first."""
    found = []
    for item, (column, pollutant, _) in ITEMS.items():
        values, least = hours[item], 20
        if pollutant == "O3":
            values, least = values.rolling(8, min_periods=6).mean(), 14
            values = values[(values.index.hour >= 8) | (values.index.hour == 0)]
        grouped = values.groupby((values.index - pd.Timedelta(hours=1)).normalize())
        days = (grouped.max() if pollutant == "O3" else grouped.mean()).where(grouped.count() >= least)
        years = days.groupby(days.index.year)
        found += [years.mean(), years.quantile(air_year.STATISTICS[column][0] / 100)]
    return found


def timed(work: Callable[[], object]) -> float:
    """Seconds of CPU."""
    start = time.process_time()
    work()
    return time.process_time() - start


def computing(work: Callable[[Hours], object]) -> dict[str, float]:
    """What all stations cost once one has been done: standards and libraries are read once in a process's life."""
    hours = drawn(STATIONS)
    work({item: values.iloc[:, :1] for item, values in hours.items()})
    return {"s": timed(lambda: work(hours))}


def as_loaded(hours: Hours) -> pd.DataFrame:
    """Hours as a loader gives them (``loaders.answer.COLUMNS``)."""
    parts = [
        values.rename_axis("at").melt(var_name="place_id", ignore_index=False).reset_index().assign(item=item)
        for item, values in hours.items()
    ]
    frame = pd.concat(parts, ignore_index=True).dropna(subset="value")
    frame["at"] = frame["at"].dt.tz_localize(ZONE)
    return frame.assign(averaging="1h", kind="archive", note=None, flags=None, primary_pollutants=None, original=None)


def from_store() -> dict[str, float]:
    """What one station costs on its way into a store's days and out of it, from its hours and from its days."""
    place = STATIONS[0]
    frame = as_loaded(drawn([place]))
    migrate.upgrade()
    with database.engine().begin() as c:
        written = readings_store.write(c, frame, raw_id=None, now=datetime(2026, 1, 1, tzinfo=ZONE))
        into = timed(lambda: aggregate.update_aggregates(c, written.touched))

    def hours_to_days() -> None:
        found = readings_store.read(places=[place], items=ITEMS, averaging="1h")
        hours = found.pivot(index="at", columns="item", values="value")
        air_year.daily_means(hours), air_year.mda8(hours[["o3_1h_ugm3"]])

    return {
        "readings": len(frame),
        "into_s": into,
        "hours_s": timed(hours_to_days),
        "days_s": timed(lambda: readings_store.days(places=[place], items=ITEMS)),
    }


PARTS: dict[str, Callable[[], dict[str, float]]] = {
    "ours": lambda: computing(ours),
    "pandas": lambda: computing(by_pandas),
    "store": from_store,
}


def alone(part: str) -> dict[str, float]:
    """What a part measures in a process of its own, on a store of its own; and its peak of memory in MiB."""
    with tempfile.TemporaryDirectory() as folder:
        own = {**os.environ, "XINING_DATABASE_URL": f"sqlite:///{folder}/bench.db"}
        child = subprocess.run(
            [sys.executable, "-m", "benchmarks.bench_hours", part], env=own, check=True, stdout=subprocess.PIPE
        )
    found: dict[str, float] = json.loads(child.stdout)
    return found


def figures() -> Iterator[Figure]:
    """All stations beside pandas, and one station's way into a store's days and out of it."""
    turns = [(alone("ours"), alone("pandas")) for _ in range(TURNS)]
    mine, peer = (median(part["s"] for part in parts) for parts in zip(*turns, strict=True))
    most = max(one["mib"] for one, _ in turns)
    store = alone("store")
    millions = len(STATIONS) * YEARS * 365.25 * 24 / 1e6
    what = f"days, MDA8 and annual statistics of {millions:.1f} million station-hours of six pollutants"
    yield Figure(what, mine, "s of CPU", "groupby, rolling, quantile of pandas", peer, AT_MOST_TIMES)
    yield Figure("… most memory", most, "MiB", "limit", AT_MOST_MIB, 1)
    beside, made = "its hours read and made into days", store["hours_s"]
    what = f"days and months of a station kept up for {store['readings']:,.0f} readings in SQLite"
    yield Figure(what, store["into_s"], "s of CPU", beside, made)
    yield Figure("… its days read as they are kept", store["days_s"], "s of CPU", beside, made)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        measured = PARTS[sys.argv[1]]()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024  # Linux counts in KiB
        print(json.dumps({**measured, "mib": peak}))
    else:
        table.show(figures())
