"""Load, as ratios measured in one run: ``python -m benchmarks.bench_city``.

Beside it is an untuned Streamlit app of similar content (``benchmarks/peer.py``). CPU is counted, of the server's own
processes, so that other programs on the machine matter little.
"""

import asyncio
import os
import socket
import tempfile
import time
from collections.abc import Callable, Coroutine, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import permutations
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from benchmarks import bench_store, scale, table
from benchmarks.bench_pages import in_turns, visiting
from benchmarks.table import Figure
from loaders import facts
from store import database
from tests import cluster, live_stores, sessions
from tests.served import ROOT, running
from tests.upstream import upstream
from views.site.refresh import REFRESH_INTERVAL
from views.visit import DISTRICTS, TEXT_SIZES, THEMES

MOMENT = "2026-11-23T18:30"
AT_ONCE, OPENING = 200, 25
STARTS = 3  # of ours and of the untuned app, in turns
RERUNS = 3  # of the whole crowd: one of them may fall into a moment in which the machine did something else
CROWDS = 5  # one after another: what a process keeps for the next one it has asked for by then
REFRESH_S = 60 * int(REFRESH_INTERVAL.removesuffix("m"))
ANSWERS, UNCACHED_ANSWERS, CLIENTS = 6000, 1500, 4
TICKS = os.sysconf("SC_CLK_TCK")


# ── one process ──────────────────────────────────────────────────────────────────────────────────────────────────────
def page_runs(store: str) -> Iterator[Figure]:
    """Runs a second of CPU of Overview and Air beside the untuned app's, on the same store."""
    runs: dict[str, dict[str, float]] = {}
    for script in ("dashboard.py", "benchmarks/peer.py"):
        with visiting(ROOT / script, store, XINING_TODAY=MOMENT) as visitor:
            costs = {page: in_turns((visitor, visitor.pages[page]))[0][0] for page in ("overview", "air")}
            runs[script] = {page: 1000 / cost_ms for page, cost_ms in costs.items()}
    for page, aim in (("overview", 10), ("air", 6)):
        ours, peer = (runs[script][page] for script in ("dashboard.py", "benchmarks/peer.py"))
        yield Figure(scale.RUNS_OF.format(page), ours, "per s of CPU", "untuned app", peer, aim, least=True)


def ten_million(folder: Path, small: str) -> Iterator[Figure]:
    """A run of each page on a store of ten million readings beside the same on a small one."""
    large, _ = bench_store.store(folder, bench_store.LARGE)
    facts.fill()
    dashboard = ROOT / "dashboard.py"
    with (
        visiting(dashboard, large, XINING_TODAY=MOMENT) as after,
        visiting(dashboard, small, XINING_TODAY=MOMENT) as before,
    ):
        for page in ("overview", "air"):
            (after_ms, _), (before_ms, _) = in_turns((after, after.pages[page]), (before, before.pages[page]))
            yield Figure(f"a run of {page}, ten million readings", after_ms, "ms", "small store", before_ms, 1.2)


def cold_start(store: str) -> Iterator[Figure]:
    """CPU of a process from its start to the end of its first page; the untuned app's shows how fast the machine is."""
    taken: dict[str, list[float]] = {"dashboard.py": [], "benchmarks/peer.py": []}
    for script in [*taken] * STARTS:
        with running(script, XINING_DATABASE_URL=store, XINING_TODAY=MOMENT) as (server, address):
            _run(_first(address))
            taken[script].append(_cpu_s([server.pid]))
    ours, peer = map(median, taken.values())
    yield Figure("cold start to first page", ours, "s of CPU", "limit", 4, 1)
    yield Figure("cold start to first page", ours, "s of CPU", "untuned app", peer)


async def _first(address: str) -> None:
    async with sessions.client() as client:
        await (await sessions.opened(client, address)).close()


# ── the cluster ──────────────────────────────────────────────────────────────────────────────────────────────────────
def on_a_cluster() -> Iterator[Figure]:
    """Two dashboards behind nginx on PostgreSQL: crowds of sessions and of light pages."""
    with (
        upstream(live_stores.at(MOMENT)) as upstreams,
        cluster.running(2, {"XINING_TODAY": MOMENT, **upstreams.environment()}) as made,
    ):
        yield from _crowds(made)


def _crowds(made: cluster.Running) -> Iterator[Figure]:
    _wait(lambda: '"live"' in made.get(0, "/healthz"))
    dashboards = [made.processes[f"dashboard{number}"].pid for number in range(2)]
    yield from _light_pages(made, dashboards)
    yield from _open(made, dashboards)  # before the other crowd, whose memory would be found free again
    yield from _at_once(made)


def _at_once(made: cluster.Running) -> Iterator[Figure]:
    """Sessions that all run Air at the same moment: the first time, and again, as browsers that keep what they know."""

    async def crowd() -> tuple[list[float], list[float]]:
        async with sessions.client() as client:
            crowded = await _opened(client, made.address, AT_ONCE)
            for one in crowded[:10]:  # what every session shares is there; what a browser has of a page is not
                await one.run("air")
                one.remember()
                one.cache = sessions.BrowserCache()

            async def timed(one: sessions.Session) -> float:
                begin = time.monotonic()
                await one.run("air")
                return time.monotonic() - begin

            async def all_at_once() -> list[float]:
                for one in crowded:
                    one.remember()
                taken = await asyncio.gather(*(timed(one) for one in crowded), return_exceptions=True)
                return [one for one in taken if isinstance(one, float)]

            first = await all_at_once()
            again = [one for _ in range(RERUNS) for one in await all_at_once()]
            await asyncio.gather(*(one.close() for one in crowded))
            return first, again

    first, again = asyncio.run(crowd())
    yield Figure(f"{AT_ONCE} sessions rerun Air at once, median", median(again), "s", "limit", 1.5, 1)
    yield Figure("… of which failed", RERUNS * AT_ONCE - len(again), "", "of", RERUNS * AT_ONCE, 0)
    yield Figure(f"{AT_ONCE} sessions open Air at once, median", median(first), "s", "rerun it", median(again))
    yield Figure("… of which failed", AT_ONCE - len(first), "", "of", AT_ONCE, 0)


def _open(made: cluster.Running, dashboards: Sequence[int]) -> Iterator[Figure]:
    """Sessions that stay open: CPU of their refreshing parts, memory, and whether the next ones find it free again."""
    memory: list[float] = []
    refreshing: list[float] = []

    async def staying() -> None:
        async with sessions.client() as client:
            for one in await _opened(client, made.address, OPENING):  # what every session shares is there
                await one.run("air")
                await one.close()
            await _settled(made)
            for _ in range(CROWDS):
                memory.append(_memory_mb(dashboards))
                stay = await _opened(client, made.address, scale.OPEN)
                memory.append(_memory_mb(dashboards))
                begin = _cpu_s(dashboards)
                for one in stay:
                    for part in one.refreshing:
                        await one.refresh(part)
                refreshing.append(_cpu_s(dashboards) - begin)
                await asyncio.gather(*(one.close() for one in stay))
                await _settled(made)

    _run(staying())
    beside = f"limit, refreshed every {REFRESH_S // 60} min"
    yield Figure(scale.REFRESHING, 100 * refreshing[0] / REFRESH_S, "% of a core", beside, 50, 1)
    before, full = memory[0], memory[1::2]
    yield Figure(scale.MEMORY, (full[0] - before) / scale.OPEN, "MB", "limit", 1, 1)
    more = f"… what {scale.OPEN} add that come when those have gone, crowd {CROWDS}"
    yield Figure(more, max(0.0, full[-1] - full[-2]), "MB", "crowd 1", full[0] - before, 0.2)


async def _opened(client: aiohttp.ClientSession, address: str, count: int) -> list[sessions.Session]:
    """So many sessions, some at a time, as browsers come; spread over the dashboards."""
    found: list[sessions.Session] = []
    for first in range(0, count, OPENING):
        numbers = range(first, min(first + OPENING, count))
        found += await asyncio.gather(*(sessions.opened(client, address, route=f"{n * 7919:032x}") for n in numbers))
    return found


async def _settled(made: cluster.Running) -> None:
    """Wait until the dashboards have let go of every session."""
    while True:
        open_sessions = [await asyncio.to_thread(made.metric, number, "xining_sessions_open") for number in range(2)]
        if not any(open_sessions):
            return
        await asyncio.sleep(0.2)


def _light_pages(made: cluster.Running, dashboards: Sequence[int]) -> Iterator[Figure]:
    """Answers a second of CPU that the light page costs: of nginx where it is cached, of all where it is not."""
    workers = [one for one in _children(made.processes["nginx"].pid) if b"worker" in _command(one)]
    cached = _answers(made.address, ["/lite/air?lang=en"] * ANSWERS)
    unit = "answers per s of CPU"
    yield Figure(scale.CACHED, _per_cpu_s(workers, cached), unit, "limit", 3000, 1, least=True)
    uncached = _answers(made.address, _one_page()[::2][:UNCACHED_ANSWERS])
    _answers(made.address, _one_page()[1::2][:UNCACHED_ANSWERS])()
    every = [*workers, *dashboards]
    yield Figure(scale.UNCACHED, _per_cpu_s(every, uncached), unit, "limit", 600, 1, least=True)


def _one_page() -> list[str]:
    """Addresses of few documents, each another one to nginx: their arguments in every order."""
    chosen = (("lang=en", "contrast=more", "view=full", f"district={DISTRICTS[0]}", f"text={text}", f"theme={theme}")
              for text in TEXT_SIZES for theme in THEMES)  # fmt: skip
    return [f"/lite/air?{'&'.join(order)}" for one in chosen for order in permutations(one)]


def _answers(address: str, paths: Sequence[str]) -> Callable[[], int]:
    """Requests on a few connections; how many were answered with 200."""
    parts = urlsplit(address)

    def some(mine: Sequence[str]) -> int:
        done = 0
        with (
            socket.create_connection((parts.hostname, parts.port), 60) as connection,
            connection.makefile("rb") as read,
        ):
            for path in mine:
                asked = f"GET {path} HTTP/1.1\r\nHost: {parts.netloc}\r\nAccept-Encoding: gzip\r\n\r\n"
                connection.sendall(asked.encode())
                done += b" 200 " in read.readline()
                length = 0
                while (line := read.readline()) not in (b"\r\n", b""):
                    if line.lower().startswith(b"content-length:"):
                        length = int(line.partition(b":")[2])
                read.read(length)
        return done

    def all_of_them() -> int:
        with ThreadPoolExecutor(CLIENTS) as pool:
            return sum(pool.map(some, [paths[n::CLIENTS] for n in range(CLIENTS)]))

    return all_of_them


def _per_cpu_s(processes: Sequence[int], work: Callable[[], int]) -> float:
    begin = _cpu_s(processes)
    done = work()
    return done / max(_cpu_s(processes) - begin, 1 / TICKS)


# ── processes ────────────────────────────────────────────────────────────────────────────────────────────────────────
def _cpu_s(processes: Sequence[int]) -> float:
    """CPU they took so far, in seconds, the system's share included."""
    total = 0
    for process in processes:
        fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICKS


def _memory_mb(processes: Sequence[int]) -> float:
    """What they have in memory of their own (RSS)."""
    total = 0
    for process in processes:
        lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
        total += next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))
    return total / 1000


def _children(process: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text(encoding="utf-8").split()]


def _command(process: int) -> bytes:
    """How it calls itself; nginx also starts one that reads its cache and ends."""
    return Path(f"/proc/{process}/cmdline").read_bytes()


def _wait(holds: Callable[[], bool]) -> None:
    while not holds():
        time.sleep(0.2)


def _run(work: Coroutine[Any, Any, None]) -> None:
    asyncio.run(work)


def figures() -> Iterator[Figure]:
    """One process, then the cluster. Raises RuntimeError where the machine lacks what a cluster takes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with live_stores.collected(folder, MOMENT):
            store = os.environ["XINING_DATABASE_URL"]
            database.engine().dispose()
        yield from page_runs(store)
        yield from cold_start(store)
        yield from ten_million(folder, store)
    if lacks := cluster.missing():
        raise RuntimeError(lacks)
    yield from on_a_cluster()


if __name__ == "__main__":
    table.show(figures())
