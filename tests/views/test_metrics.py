"""Figures of operation: what Prometheus reads, who may read it, and what the shipped dashboard and alerts make of it."""

import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families
from starlette.applications import Starlette
from starlette.types import ASGIApp, Receive, Scope, Send

import dashboard
from store import cache, database, sources, state
from store.clock import ZONE
from store.states import FailureCause
from tests import live_stores
from tests.asgi import ask, exchange
from tests.live_stores import at, hours, write_readings
from views.http import metrics
from views.http.guard import SOCKET, Guard

DEPLOY = Path(__file__).parents[2] / "deploy"
HERE = ("127.0.0.1", 50000)
OUTSIDE = ("192.0.2.7", 50000)


@pytest.fixture(autouse=True)
def own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("XINING_TODAY", "2026-11-23T18:30")
    monkeypatch.delenv("XINING_METRICS_TOKEN", raising=False)
    with live_stores.filled(tmp_path):
        yield


def site(inside: ASGIApp) -> Guard:
    return Guard(inside, pages=dashboard.PAGES, routes=dashboard.routes, kind=dashboard.kind_of)


async def empty(_scope: Scope, _receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def status(path: str, client: tuple[str, int] = HERE, inside: ASGIApp = empty, /, **headers: str) -> int:
    """The status of an answer to a client; header names are written with underscores."""
    named = {"host": "127.0.0.1:8501"} | {name.replace("_", "-"): value for name, value in headers.items()}
    asked = [(name.encode(), value.encode()) for name, value in named.items()]
    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": asked, "client": client}
    return int(exchange(site(inside), scope, {"type": "http.request", "body": b""})[0]["status"])


def exposition() -> str:
    """What Prometheus is answered."""
    return ask(Starlette(routes=[metrics.route()]), metrics.PATH).content.decode()


def samples() -> dict[tuple[str, tuple[str, ...]], float]:
    """Every sample by its name and the values of its labels."""
    text = exposition()
    return {
        (one.name, tuple(one.labels.values())): one.value
        for family in text_string_to_metric_families(text)
        for one in family.samples
    }


# ── who ──────────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("client", [HERE, ("::1", 1)])
def test_a_program_on_this_machine_reads_it(client: tuple[str, int]) -> None:
    assert status("/metrics", client) == 200
    assert status("/metrics", client, host="[::1]:8501") == 200


@pytest.mark.parametrize("header", metrics.FORWARDED)
def test_who_comes_through_a_proxy_on_this_machine_does_not(header: str) -> None:
    assert status("/metrics", **{header: "127.0.0.1"}) == 403


def test_nobody_from_elsewhere_and_no_page_of_another_name_reads_it() -> None:
    assert status("/metrics", OUTSIDE) == 403
    assert status("/metrics", host="rebound.example") == 403
    assert status("/metrics", host="[") == 403


def test_with_a_token_those_who_bear_it_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XINING_METRICS_TOKEN", "sésame")
    assert status("/metrics") == 401
    assert status("/metrics", OUTSIDE, authorization="Bearer wrong") == 401
    assert status("/metrics", OUTSIDE, authorization="Bearer sésame", x_forwarded_for="1.2.3.4") == 200


# ── what ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_sources_ages_and_the_collector() -> None:
    now = at("2026-11-23T18:30")
    write_readings("cnemc_air", hours("xining", "aqi", at("2026-11-23T17:00"), [50.0]), now=now)
    state.elect(state.COLLECTING, "me", datetime.now(ZONE), timedelta(minutes=1))
    found = samples()
    assert found["xining_source_age_seconds", ("cnemc_air",)] == 90 * 60
    assert found["xining_newest_age_seconds", ("air",)] == 90 * 60
    assert ("xining_source_age_seconds", ("cnemc_water",)) not in found
    states = {labels: value for (name, labels), value in found.items() if name == "xining_source_state"}
    assert {labels for labels, value in states.items() if value} >= {("cnemc_air", "live"), ("cnemc_water", "never")}
    assert sum(value for labels, value in states.items() if labels[0] == "cnemc_air") == 1
    assert found["xining_source_failing_seconds", ("cnemc_air",)] == 0
    assert found["xining_collector_running", ()] == 1
    assert found["xining_store_ready", ()] == 1


def test_how_long_a_source_has_failed_and_that_nobody_collects() -> None:
    now = at("2026-11-23T18:30")
    since = now - timedelta(hours=2)
    with database.engine().begin() as c:
        state.failed(c, sources.get("cnemc_air"), now=since, next_at=now, reason="HTTP 500", cause=FailureCause.HTTP)
    found = samples()
    assert found["xining_source_failing_seconds", ("cnemc_air",)] == 2 * 3600
    assert found["xining_collector_running", ()] == 0


def test_a_store_that_cannot_be_read_is_reported_and_the_rest_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XINING_DATABASE_URL", f"sqlite:///{tmp_path / 'empty.db'}")
    found = samples()
    assert found["xining_store_ready", ()] == 0
    assert ("xining_sessions_open", ()) in found
    assert not any(name == "xining_source_state" for name, _ in found)


def test_caches_are_counted() -> None:
    counted = cache.Cache("of this test", 1000)
    for _ in range(3):
        counted.get("key", lambda: "x" * 300, weigh=len)
    found = samples()
    assert found["xining_cache_hits_total", ("of this test",)] == 2
    assert found["xining_cache_misses_total", ("of this test",)] == 1
    assert found["xining_cache_bytes", ("of this test",)] == 300
    assert found["xining_cache_budget_bytes", ("of this test",)] == 1000


@pytest.mark.parametrize(
    ("path", "route", "code"),
    [
        ("/air", "/air", "200"),
        ("/lite/air", "/lite/{path:path}", "200"),
        ("/static/js/a.js", "unknown", "404"),
        ("/nowhere-1", "unknown", "404"),
        ("/nowhere-2", "unknown", "404"),
    ],
)
def test_answers_are_counted_by_route_and_status(path: str, route: str, code: str) -> None:
    before = samples().get(("xining_answers_total", (route, code)), 0)
    status(path)
    assert samples()["xining_answers_total", (route, code)] == before + 1


def test_a_fault_counts_as_500() -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError("a fault")

    before = samples().get(("xining_answers_total", ("/goals", "500")), 0)
    with pytest.raises(RuntimeError):
        status("/goals", HERE, broken)
    assert samples()["xining_answers_total", ("/goals", "500")] == before + 1


def test_a_session_is_open_as_long_as_its_socket() -> None:
    seen = []

    async def inside(*_: object) -> None:
        seen.append(samples()["xining_sessions_open", ()])

    headers = [(b"host", b"127.0.0.1:8501"), (b"origin", b"http://127.0.0.1:8501")]
    before = samples()["xining_sessions_open", ()]
    exchange(site(inside), {"type": "websocket", "path": SOCKET, "headers": headers})
    assert seen == [before + 1]
    assert samples()["xining_sessions_open", ()] == before


def test_a_page_run_is_measured_also_where_it_ends_in_a_fault() -> None:
    def fails() -> None:
        with metrics.page_run("test"):
            raise ValueError(sum(range(100_000)))

    with pytest.raises(ValueError, match="4999950000"):
        fails()
    found = samples()
    assert found["xining_page_run_cpu_seconds_count", ("test",)] == 1
    assert 0 < found["xining_page_run_cpu_seconds_sum", ("test",)] < 60


# ── what is shipped ──────────────────────────────────────────────────────────────────────────────────────────────────
def expressions() -> list[str]:
    """Every PromQL expression of the shipped dashboard and alert rules."""
    panels = json.loads((DEPLOY / "grafana.json").read_text(encoding="utf-8"))["panels"]
    groups = yaml.safe_load((DEPLOY / "alerts.yml").read_text(encoding="utf-8"))["groups"]
    shown = [target["expr"] for panel in panels for target in panel["targets"]]
    return shown + [rule["expr"] for group in groups for rule in group["rules"]]


def test_every_metric_the_dashboard_and_the_alerts_name_exists() -> None:
    write_readings("cnemc_air", hours("xining", "aqi", at("2026-11-23T17:00"), [50.0]), now=at("2026-11-23T18:30"))
    status("/air")
    with metrics.page_run("air"):
        pass
    text = exposition()
    known = {one.name for family in text_string_to_metric_families(text) for one in family.samples}
    known |= {family.name for family in text_string_to_metric_families(text)} | {"up"}
    named = {name for one in expressions() for name in re.findall(r"\b(?:xining|process|python)_\w+", one)}
    assert len(named) > 10
    assert not named - known


def test_every_state_and_kind_the_rules_name_is_one() -> None:
    for one in expressions():
        for label, value in re.findall(r'(\w+)="([^"]*)"', one):
            assert value in {"of": ("air", "river"), "job": ("xining",)}[label], one


def test_panels_do_not_lie_on_each_other() -> None:
    panels = json.loads((DEPLOY / "grafana.json").read_text(encoding="utf-8"))["panels"]
    cells = [
        (x, y)
        for place in (panel["gridPos"] for panel in panels)
        for x in range(place["x"], place["x"] + place["w"])
        for y in range(place["y"], place["y"] + place["h"])
    ]
    assert len(cells) == len(set(cells))
    assert max(x for x, _ in cells) == 23
