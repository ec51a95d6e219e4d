"""Faults of the site as a city runs it: a dashboard killed under load, PostgreSQL stopped."""

import asyncio
import re
from collections.abc import Callable

import aiohttp
import pytest
import requests
from msgspec import Struct, field
from sqlalchemy import create_engine, text

from tests import cluster, sessions
from tests.asgi import run
from tests.city.conftest import PATIENCE_S
from tests.upstream import Upstream
from views.text.words import Words

VISITORS, RUNS_AFTER = 18, 3
# A browser tries again after about half a second, then 1, 2, 4 and 8: the fourth time is within 15 seconds.
RETRIES_WITHIN_15_S = 4
NOTE = Words("zh")("site.store_away", ago="").split("：")[0]


@pytest.fixture(scope="module")
def running(site: cluster.Running) -> cluster.Running:
    """The site with readings in its store."""
    until(lambda: hours(site) > 0)
    return site


def until(holds: Callable[[], bool]) -> None:
    """Wait for a condition."""

    async def waiting() -> None:
        async with asyncio.timeout(PATIENCE_S):
            while not await asyncio.to_thread(holds):
                await asyncio.sleep(0.1)

    run(waiting())


def dashboard(running: cluster.Running, number: int, path: str) -> requests.Response:
    """What one dashboard answers when it is asked directly."""
    return requests.get(f"http://127.0.0.1:{running.ports[number]}{path}", timeout=PATIENCE_S)


def open_sessions(running: cluster.Running, number: int) -> int:
    """How many sessions a dashboard has."""
    found = re.search(r"^xining_sessions_open ([\d.]+)", dashboard(running, number, "/metrics").text, re.MULTILINE)
    assert found
    return int(float(found[1]))


def hours(running: cluster.Running) -> int:
    """Readings of the air in the database."""
    query = "SELECT count(*) FROM readings JOIN series USING (series_id) WHERE averaging = '1h'"
    engine = create_engine(running.environment["XINING_DATABASE_URL"])
    with engine.connect() as c:
        found = int(c.execute(text(query)).scalar_one())
    engine.dispose()
    return found


# ── a dashboard is killed ────────────────────────────────────────────────────────────────────────────────────────────
class Visitor(Struct):
    """Somebody who reads one page after another, and what befell them."""

    route: str
    runs: int = 0
    lost: int = 0
    retries: list[int] = field(default_factory=list)  # until a session was back, for each one lost

    async def read(self, client: aiohttp.ClientSession, address: str, enough: Callable[[], bool]) -> None:
        """Run Air again and again; open a session anew where one is lost."""
        session = await sessions.opened(client, address, route=self.route)
        while not enough():
            try:
                await session.run("air")
                self.runs += 1
            except (ConnectionError, aiohttp.ClientError):
                self.lost += 1
                session = await self._again(client, address)
        await session.close()

    async def _again(self, client: aiohttp.ClientSession, address: str) -> sessions.Session:
        for tried in range(1, RETRIES_WITHIN_15_S + 1):
            try:
                session = await sessions.opened(client, address, route=self.route)
            except (ConnectionError, aiohttp.ClientError):
                continue
            self.retries.append(tried)
            return session
        raise AssertionError(f"no dashboard took a session after {RETRIES_WITHIN_15_S} retries")


def test_sessions_of_a_killed_dashboard_are_back_on_another_and_others_notice_nothing(
    running: cluster.Running,
) -> None:
    visitors = [Visitor(f"{number:032x}") for number in range(VISITORS)]
    after: dict[str, int] = {}

    def enough() -> bool:
        return bool(after) and all(one.runs >= after[one.route] + RUNS_AFTER for one in visitors)

    async def loaded() -> None:
        async with asyncio.timeout(PATIENCE_S), sessions.client() as client, asyncio.TaskGroup() as tasks:
            for one in visitors:
                tasks.create_task(one.read(client, running.address, enough))
            while min(one.runs for one in visitors) < 1:
                await asyncio.sleep(0.05)
            counted = await asyncio.gather(*(asyncio.to_thread(open_sessions, running, n) for n in range(3)))
            victim = counted.index(max(counted))
            running.kill(f"dashboard{victim}")
            after.update({one.route: one.runs for one in visitors})
            lost.append(counted[victim])

    lost: list[int] = []
    try:
        run(loaded())
        assert sum(one.lost for one in visitors) == lost[0] > 0
        assert all(one.lost <= 1 for one in visitors)
        assert max(tried for one in visitors for tried in one.retries) <= RETRIES_WITHIN_15_S
        assert requests.get(f"{running.address}/lite", timeout=PATIENCE_S).status_code == 200
    finally:
        running.restore()


# ── PostgreSQL stops ─────────────────────────────────────────────────────────────────────────────────────────────────
def air(address: str) -> bytes:
    """All that the page Air sends."""
    found: list[bytes] = []

    async def asked() -> None:
        async with sessions.client() as client:
            session = await sessions.opened(client, address)
            found.append(b"".join(await session.run("air")))
            await session.close()

    run(asked())
    return found[0]


def test_pages_outlive_postgresql_and_no_reading_is_lost(running: cluster.Running, upstreams: Upstream) -> None:
    for number in range(3):  # in the memory of each
        air(f"http://127.0.0.1:{running.ports[number]}")
        assert dashboard(running, number, "/lite/air").status_code == 200
    before = hours(running)
    assert NOTE.encode() not in air(running.address)

    running.database.stop()
    try:
        until(lambda: all(dashboard(running, n, "/healthz").json().get("store_away_s") is not None for n in range(3)))
        assert NOTE.encode() in air(running.address)
        for number in range(3):
            light = dashboard(running, number, "/lite/air")
            assert (light.status_code, NOTE in light.text) == (200, True)
        upstreams.world.advance(hours=1)  # meanwhile an hour passes at the upstreams
    finally:
        running.database.start()
    until(lambda: all(dashboard(running, n, "/healthz").json().get("store_away_s", 0) is None for n in range(3)))
    until(lambda: hours(running) > before)
    assert NOTE.encode() not in air(running.address)
    assert all(process.poll() is None for process in running.processes.values())
