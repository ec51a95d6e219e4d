"""How many city-days a second the AQI engine judges, beside python-aqi, in one run: ``python -m benchmarks.bench_aqi``.

A city-day is six items (SO2, NO2, PM10, PM2.5, CO, O3-8h) and their AQI. python-aqi knows the 2012 tables and takes one
day at a time, so that it gets fewer of the same days. It also rounds to the nearest whole number where HJ 633 rounds up,
and begins each step of a table one unit higher: the last figure counts the days on which that shows.
"""

import time
from collections.abc import Callable, Iterator
from functools import partial

import aqi as peer
import numpy as np
import pandas as pd
from aqi.constants import (
    ALGO_MEP,
    POLLUTANT_CO_24H,
    POLLUTANT_NO2_24H,
    POLLUTANT_O3_8H,
    POLLUTANT_PM10,
    POLLUTANT_PM25,
    POLLUTANT_SO2_24H,
)
from numpy.typing import NDArray

from assessment import aqi
from assessment.editions import OLD
from benchmarks import table
from benchmarks.table import Figure
from store import standards

DAYS = 2_000_000
PEER_DAYS = 50_000
ROUNDS = 3
PEER = "python-aqi, one day at a time"
AT_LEAST_TIMES = 30  # python-aqi, in the same run
# item → (what python-aqi calls it, the highest concentration drawn, decimals)
ITEMS = {
    "so2_ugm3": (POLLUTANT_SO2_24H, 800, 0),
    "no2_ugm3": (POLLUTANT_NO2_24H, 300, 0),
    "pm10_ugm3": (POLLUTANT_PM10, 600, 0),
    "pm25_ugm3": (POLLUTANT_PM25, 500, 0),
    "co_mgm3": (POLLUTANT_CO_24H, 20, 1),
    "o3_8h_ugm3": (POLLUTANT_O3_8H, 265, 0),
}


def drawn(count: int) -> dict[str, NDArray[np.float64]]:
    """City-days drawn evenly over the tables, always the same ones."""
    rng = np.random.default_rng(633)
    return {name: (rng.random(count) * high).round(decimals) for name, (_, high, decimals) in ITEMS.items()}


def rate(work: Callable[[], object], count: int) -> float:
    """City-days a second of CPU in the best of a few rounds, so that a busy machine does not matter."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return count / best


def by_peer(columns: dict[str, NDArray[np.float64]]) -> list[int]:
    """AQI of each day by python-aqi, which wants decimal text."""
    days = zip(*([str(value) for value in columns[name].tolist()] for name in ITEMS), strict=True)
    names = [name for name, _, _ in ITEMS.values()]
    return [int(peer.to_aqi(list(zip(names, day, strict=True)), algo=ALGO_MEP)) for day in days]


def figures() -> Iterator[Figure]:
    """Both editions beside python-aqi, the AQI alone and the whole report of a day; the days they differ on."""
    editions = standards.aqi_editions()
    columns = drawn(DAYS)
    few = {name: values[:PEER_DAYS] for name, values in columns.items()}
    frame = pd.DataFrame(columns)
    unit, beside, other = "city-days per s of CPU", PEER, rate(lambda: by_peer(few), PEER_DAYS)
    for name, edition in editions.items():
        arrays = rate(partial(aqi.aqi_of, columns, edition), DAYS)
        yield Figure(f"AQI alone by {name}", arrays, unit, beside, other, AT_LEAST_TIMES, least=True)
        rows = rate(partial(aqi.judge, frame, editions, edition=name), DAYS)
        yield Figure(f"whole report of a day by {name}", rows, unit, beside, other, AT_LEAST_TIMES, least=True)
    differing = int((np.array(by_peer(few)) != aqi.aqi_of(few, editions[OLD])).sum())
    yield Figure("days with another AQI than python-aqi's", differing, "days", "of", PEER_DAYS)


if __name__ == "__main__":
    table.show(figures())
