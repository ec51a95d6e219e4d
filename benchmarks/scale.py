"""What a city's crowd takes, from the figures of one run of ``benchmarks.bench_city``: docs/scale.md.

What is assumed of visitors is named in the text; what a machine does was measured.
"""

from collections.abc import Iterable
from math import ceil

from msgspec import Struct

from benchmarks.table import Figure

VISITORS_A_DAY, PAGES_EACH, BUSIEST_HOUR = 1_000_000, 4, 0.12
LIGHT = 0.8  # share of visitors who read light pages: phones begin there
CROWD = 50_000  # at once, on a day of smog
LIGHT_PAGE_EVERY_S, PAGE_EVERY_S = 120, 60  # how often somebody in the crowd opens another one
LIGHT_ADDRESSES = 1_000  # of light pages somebody reads each minute: page, language, theme, text size, contrast
CACHED_FOR_S = 60
CORE = 0.6  # of a core that is planned with; the rest is for what comes unevenly
OPEN = 500  # sessions whose refreshing is measured
# The figures of the run that the arithmetic takes, by their names in the table.
RUNS_OF = "page runs of {}, one process"
CACHED, UNCACHED = "/lite through nginx, cached", "/lite through nginx, uncached"
REFRESHING = f"{OPEN} open sessions, refreshing"
MEMORY = "memory per open session"


class Measured(Struct, frozen=True):
    """Figures of one core: page runs and light answers a second, CPU of open sessions, memory of one in MB."""

    runs: float
    cached: float
    uncached: float
    refreshing_pct_of_500: float
    session_mb: float


def measured(figures: Iterable[Figure]) -> Measured | None:
    """What the arithmetic takes, from a run's figures; None where the cluster was not measured."""
    found = {one.name: one.ours for one in figures}
    names = (RUNS_OF.format("air"), CACHED, UNCACHED, REFRESHING, MEMORY)
    return Measured(*(found[name] for name in names)) if set(names) <= set(found) else None


class Need(Struct, frozen=True):
    """What a crowd takes: light answers a second, those past nginx's cache, page runs, open sessions, cores, memory.

    ``nginx_cores`` are for answers from its cache alone, ``dashboard_cores`` for page runs, refreshing, what passes it.
    """

    light: float
    uncached: float
    runs: float
    sessions: float
    nginx_cores: float
    dashboard_cores: float
    memory_gb: float


def a_day(m: Measured) -> Need:
    """The busiest hour of a day with a million visitors, each with a session of about two minutes."""
    pages = VISITORS_A_DAY * PAGES_EACH * BUSIEST_HOUR / 3600
    sessions = VISITORS_A_DAY * BUSIEST_HOUR / 3600 * 120 * (1 - LIGHT)
    return _need(m, pages * LIGHT, pages * (1 - LIGHT), sessions)


def at_once(m: Measured) -> Need:
    """Fifty thousand at once."""
    sessions = CROWD * (1 - LIGHT)
    return _need(m, CROWD * LIGHT / LIGHT_PAGE_EVERY_S, sessions / PAGE_EVERY_S, sessions)


def _need(m: Measured, light: float, runs: float, sessions: float) -> Need:
    refreshing = sessions / OPEN * m.refreshing_pct_of_500 / 100
    uncached = min(light, LIGHT_ADDRESSES / CACHED_FOR_S)  # each address once a minute, however many read it
    dashboards = (runs / m.runs + refreshing + uncached / m.uncached) / CORE
    nginx = (light - uncached) / m.cached / CORE
    return Need(light, uncached, runs, sessions, nginx, dashboards, sessions * m.session_mb / 1000)


def text(m: Measured) -> str:
    """docs/scale.md."""
    rows = "\n".join(_row(name, need) for name, need in (("a million a day", a_day(m)), ("50,000 at once", at_once(m))))
    crowd = at_once(m)
    return f"""# 规模 · Scale

Written by `make bench` from the figures of its run ([benchmarks](benchmarks.md)); the arithmetic is `benchmarks/scale.py`.

Measured, one core: {m.runs:,.0f} runs of Air a second; {m.cached:,.0f} light answers a second from nginx's cache and
{m.uncached:,.0f} without it; {OPEN} open sessions take {m.refreshing_pct_of_500:.0f} % of it to refresh, each
{m.session_mb:.2f} MB.
Assumed of visitors: {PAGES_EACH} pages each, {BUSIEST_HOUR:.0%} of a day's in its busiest hour, {LIGHT:.0%} read light pages; in
a crowd a light page every {LIGHT_PAGE_EVERY_S} s, another a page every {PAGE_EVERY_S} s; {LIGHT_ADDRESSES:,} addresses of light
pages (page, language, theme, text size, contrast) are read in any minute, and each passes nginx's cache once in it. Cores are
planned with at {CORE:.0%}.

| | light answers/s | past the cache/s | page runs/s | open sessions | their memory | nginx, cores: cache | dashboards, cores |
|---|---|---|---|---|---|---|---|
{rows}

**Not in nginx's figure**: it is of light answers from its cache, on connections that stay open, without TLS. Handshakes of
TLS, the hashed files a page brings the first time, and the relaying of {crowd.sessions:,.0f} open sockets come on top and
were not measured; plan whole cores for nginx, not the hundredths above. **Nor in the dashboards'**: an answer past nginx's
cache was measured with a page the dashboard had; that it makes each address anew once a minute comes on top.

## What breaks first, and what to add

1. **CPU of dashboards.** A process uses one core: {ceil(crowd.dashboard_cores)} of them (`dashboard@` units, or pods:
   `maxReplicas` in `deploy/kubernetes`) for 50,000 at once. Before that, more people on light pages: they take little but nginx.
2. **Memory of sessions**, {crowd.memory_gb:.1f} GB for that crowd beside what each process has anyway; what ends gives
   it back.
3. **Sockets**: {crowd.sessions:,.0f} pass nginx twice. `worker_connections` and open files above that; a second nginx behind a
   balancer that keeps a visitor's address.
4. **Lines to the city**, long before nginx's CPU: a CDN in front; light pages, API and files
   say how long they may be cached.
5. **PostgreSQL** is asked once a second by each dashboard whether anything moved, and for a report only after it did; its
   load grows with processes and not with visitors. Its failure is a note on pages for a day ([runbook](runbook.md)).
"""


def _row(name: str, need: Need) -> str:
    return (
        f"| {name} | {need.light:,.0f} | {need.uncached:,.0f} | {need.runs:,.0f} | {need.sessions:,.0f} "
        f"| {need.memory_gb:.1f} GB | {need.nginx_cores:.2g} | {need.dashboard_cores:.1f} |"
    )
