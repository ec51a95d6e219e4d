"""How many rows a second ``python -m assessment`` judges from CSV to CSV: ``python -m benchmarks.bench_command_line``.

Beside python-aqi, which gets the same city-days as numbers, one at a time, and gives back bare indices; it has nothing
for water, which is set beside the same. CPU of the whole command but the start of Python. The last figure says how much
memory a table takes that is ten times as long: as much.
"""

import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from io import BytesIO, TextIOWrapper
from types import SimpleNamespace
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray

from assessment.__main__ import main as command
from benchmarks import table
from benchmarks.bench_aqi import PEER, by_peer, drawn, rate
from benchmarks.table import Figure
from store import standards

ROWS, PEER_DAYS, LONG = 200_000, 20_000, 2_000_000
# python-aqi in the same run. It judges some 50,000 days a second where the command is to judge 300,000 and 100,000.
AIR_AT_LEAST_TIMES, WATER_AT_LEAST_TIMES = 6, 2
MORE_MEMORY_AT_MOST = 1.25  # for a table ten times as long
BELOW_THE_LIMIT = 0.6  # a section's values drawn around this part of class Ⅲ


def air(count: int) -> bytes:
    """City-days with their dates."""
    columns = drawn(count)
    days = np.datetime64("2013-01-01") + np.arange(count) % 5000
    return _csv(["date", *columns], [np.datetime_as_string(days), *(_texts(one) for one in columns.values())])


def sections(count: int) -> bytes:
    """Sections with all 21 items, one cell in twenty empty, half of the rows worse than class Ⅲ."""
    rng = np.random.default_rng(3838)
    limits = standards.water_limits()
    thirds = limits[limits["in_21"] == 1].drop_duplicates("item").set_index("item")["class_3"].fillna(8.0)
    cells = [_texts((third * rng.gamma(8.0, BELOW_THE_LIMIT / 8, count)).clip(0, 14)) for third in thirds]
    for one in cells:
        one[rng.random(count) < 0.05] = ""
    words = (rng.choice(["a", "b", "c"], count), np.full(count, "2026-10-06"), rng.choice(["river", "lake"], count))
    return _csv(["section", "date", "water_body", *map(str, thirds.index)], [*words, *cells])


def _texts(values: NDArray[np.float64]) -> NDArray[np.str_]:
    return np.char.mod("%.4g", values)


def _csv(header: list[str], columns: list[NDArray[np.str_]]) -> bytes:
    rows = map(",".join, zip(*columns, strict=True))
    return "\n".join([",".join(header), *rows, ""]).encode()


def judged(content: bytes, name: str) -> None:
    """The command in this process."""
    source, answer = SimpleNamespace(buffer=BytesIO(content)), TextIOWrapper(BytesIO(), encoding="utf-8")
    with patch.object(sys, "stdin", source), patch.object(sys, "stdout", answer):
        assert command([name]) == 0


def memory_mib(lines: Iterator[bytes]) -> float:
    """The most memory a process of the command takes for a table."""
    program = (
        "import resource, sys; from assessment.__main__ import main; main(['aqi']);"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, file=sys.stderr)"
    )
    arguments = [sys.executable, "-c", program]
    with subprocess.Popen(arguments, stdin=-1, stdout=subprocess.DEVNULL, stderr=-1) as process:
        assert process.stdin
        assert process.stderr
        for one in lines:
            process.stdin.write(one)
        process.stdin.close()
        return float(process.stderr.read())


def figures() -> Iterator[Figure]:
    """Rows a second beside python-aqi, and memory for a table ten times as long."""
    peer = rate(partial(by_peer, {name: one[:PEER_DAYS] for name, one in drawn(ROWS).items()}), PEER_DAYS)
    for name, content, aim in (
        ("aqi", air(ROWS), AIR_AT_LEAST_TIMES),
        ("water", sections(ROWS), WATER_AT_LEAST_TIMES),
    ):
        rows = rate(partial(judged, content, name), ROWS)
        what = f"assessment {name}, CSV to CSV"
        yield Figure(what, rows, "rows per s of CPU", PEER, peer, aim, least=True)
    header, body = air(ROWS).split(b"\n", 1)
    long, longer = (memory_mib(iter([header + b"\n", *[body] * (times * LONG // ROWS)])) for times in (1, 10))
    what, beside = f"most memory of assessment aqi for {10 * LONG:,} rows", f"for {LONG:,} rows"
    yield Figure(what, longer, "MiB", beside, long, MORE_MEMORY_AT_MOST)


if __name__ == "__main__":
    table.show(figures())
