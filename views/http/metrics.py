"""What Prometheus reads at ``/metrics``: sources, ages, caches, sessions, answers and page runs of this process.

Open to programs on this machine that ask it directly; where XINING_METRICS_TOKEN is set, to those alone that bear it.
"""

import hmac
import ipaddress
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from typing import get_args
from urllib.parse import urlsplit

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    PlatformCollector,
    ProcessCollector,
    Summary,
    disable_created_metrics,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Scope

from reports import freshness, latest
from store import cache, clock, database, state

PATH = "/metrics"
FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip", "via")  # a proxy on this machine speaks for somebody else
SECOND = timedelta(seconds=1)

disable_created_metrics()  # type: ignore[no-untyped-call]  # when each label was first seen: twice the lines and no use
registry = CollectorRegistry()
sessions = Gauge("xining_sessions_open", "Open sessions: sockets of pages in browsers", registry=registry)
answers = Counter("xining_answers", "Answers by route and status", ["route", "status"], registry=registry)
page_cpu = Summary(
    "xining_page_run_cpu_seconds",
    "CPU of whole runs of a page; parts that refresh by themselves are in process_cpu_seconds_total alone",
    ["page"],
    registry=registry,
)
ProcessCollector(registry=registry)
PlatformCollector(registry=registry)


@contextmanager
def page_run(page: str) -> Iterator[None]:
    """Measure the CPU of this thread in the block as a run of a page."""
    began = time.thread_time()
    try:
        yield
    finally:
        page_cpu.labels(page).observe(time.thread_time() - began)


class OfTheStore(Collector):
    """What is read at the moment Prometheus asks; ``xining_store_ready`` is 0 where the store cannot be read."""

    def collect(self) -> Iterator[Metric]:
        """Sources, ages and caches as they are now."""
        yield from _caches()
        found: list[Metric] = []
        with suppress(database.StoreError):
            found += [*_sources(), *_newest()]  # from memory, while the database's server is away
        ready = False
        with suppress(database.StoreError):
            found.append(_collector())
            ready = True
        yield GaugeMetricFamily("xining_store_ready", "Whether the store can be read", float(ready))
        yield from found


registry.register(OfTheStore())


def _caches() -> Iterator[Metric]:
    hits = CounterMetricFamily("xining_cache_hits", "Results found in a cache", labels=["cache"])
    misses = CounterMetricFamily("xining_cache_misses", "Results computed for a cache", labels=["cache"])
    entries = GaugeMetricFamily("xining_cache_entries", "Results in a cache", labels=["cache"])
    size = GaugeMetricFamily("xining_cache_bytes", "Estimated size of a cache's results", labels=["cache"])
    budget = GaugeMetricFamily("xining_cache_budget_bytes", "The most a cache may hold", labels=["cache"])
    for name, one in cache.counters().items():
        hits.add_metric([name], one.hits)
        misses.add_metric([name], one.misses)
        entries.add_metric([name], one.entries)
        size.add_metric([name], one.weight_bytes)
        budget.add_metric([name], one.budget_bytes)
    yield from (hits, misses, entries, size, budget)


def _sources() -> Iterator[Metric]:
    """The sources that are collected. Without a sample: an age where nothing was received."""
    now = clock.now()
    states = GaugeMetricFamily(
        "xining_source_state", "1 for the state of a source's newest value", labels=["source", "state"]
    )
    age = GaugeMetricFamily("xining_source_age_seconds", "Age of a source's newest value", labels=["source"])
    expected = GaugeMetricFamily(
        "xining_source_expected_age_seconds", "The age up to which it is current", labels=["source"]
    )
    failing = GaugeMetricFamily(
        "xining_source_failing_seconds", "How long a source has not answered; 0: it does", labels=["source"]
    )
    for one in freshness.collected(now):
        for named in get_args(freshness.State):
            states.add_metric([one.source_id, named], float(one.state == named))
        expected.add_metric([one.source_id], one.expected_age / SECOND)
        failing.add_metric([one.source_id], max((now - (one.failing_since or now)) / SECOND, 0.0))
        if one.age is not None:
            age.add_metric([one.source_id], one.age / SECOND)
    yield from (states, age, expected, failing)


def _newest() -> Iterator[Metric]:
    now = clock.now()
    made = GaugeMetricFamily(
        "xining_newest_age_seconds", "Age of the value that pages show as the newest", labels=["of"]
    )
    for name, fresh in (("air", latest.age_of_air(now).freshness), ("river", latest.of_river(now).freshness)):
        if fresh and fresh.age is not None:
            made.add_metric([name], fresh.age / SECOND)
    yield made


def _collector() -> Metric:
    held = float(state.collector(datetime.now(clock.ZONE)) is not None)
    return GaugeMetricFamily("xining_collector_running", "Whether any process collects for this store", held)


# ── who may read it ──────────────────────────────────────────────────────────────────────────────────────────────────
def refusal(scope: Scope) -> tuple[int, str] | None:
    """Status and sentence for who may not read it; None for who may."""
    headers = {name.decode("latin-1"): value for name, value in scope["headers"]}
    if token := os.environ.get("XINING_METRICS_TOKEN"):
        given = headers.get("authorization", b"")
        fits = hmac.compare_digest(given, f"Bearer {token}".encode())
        return None if fits else (401, "Figures of operation need the bearer token of XINING_METRICS_TOKEN.")
    direct = not any(name in headers for name in FORWARDED)
    if direct and _at_home((scope.get("client") or ("",))[0]) and _at_home(_host(headers.get("host", b""))):
        return None
    return 403, "Figures of operation are for this machine alone; XINING_METRICS_TOKEN opens them to others."


def _host(header: bytes) -> str:
    """The host a client was led to: a foreign name that resolves to this machine is none of this machine."""
    try:
        return urlsplit(f"//{header.decode('latin-1')}").hostname or ""
    except ValueError:  # a bracket that does not close
        return ""


def _at_home(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def route() -> Route:
    """The route Prometheus asks; the guard lets only those through who may."""
    return Route(PATH, _answer)


def _answer(_request: Request) -> Response:
    headers = {"cache-control": "no-store", "content-type": CONTENT_TYPE_PLAIN_0_0_4}
    return Response(generate_latest(registry), headers=headers)
