"""Two dashboards for every test in a browser, one Chromium, and the records of what was seen.

The dashboards and Chromium are for these tests only, each process its own: Playwright's event loop runs as long as its
browser, and other tests need theirs. What the upstreams answer is collected once for all processes.
"""

import fcntl
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests import live_stores
from tests.browser.records import MOMENT, Records
from tests.served import browser, dashboard
from tests.wire import Wire, wire

# The scripts of a page under test run for a second: to compile them for a long life, and to collect garbage on more threads
# than theirs, costs a sixth of all processor time and gains nothing.
SHORT_LIVED = "--js-flags=--no-maglev --no-turbofan --single-threaded-gc"
PUBLIC_URL = "https://sky.example"  # so that phones can reach it: every scene of the wall carries its code


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All that asks for Chromium bears its marker."""
    for item in items:
        if "chrome" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def live_store(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The store in which every source has data; the first process that needs it collects it for all."""
    own = tmp_path_factory.getbasetemp()
    folder = (own if worker_id == "master" else own.parent) / "live"
    folder.mkdir(exist_ok=True)
    done = folder / "done"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            with live_stores.collected(folder, MOMENT):
                done.touch()
    return folder / "live.db"


@pytest.fixture(scope="package")
def live_address(live_store: Path) -> Iterator[str]:
    """Address of a dashboard on which everything is alive."""
    store = f"sqlite:///{live_store}"
    with dashboard(XINING_DATABASE_URL=store, XINING_TODAY=MOMENT, XINING_PUBLIC_URL=PUBLIC_URL) as url:
        yield url


@pytest.fixture
def at_the_moment(live_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The test itself reads the live store, at its moment."""
    monkeypatch.setenv("XINING_DATABASE_URL", f"sqlite:///{live_store}")
    monkeypatch.setenv("XINING_TODAY", MOMENT)


@pytest.fixture(scope="package")
def address() -> Iterator[str]:
    """Address of a dashboard with tracked facts only, as where no source can be asked; phones can reach it, so it shows its
    codes."""
    with dashboard(XINING_TODAY=MOMENT, XINING_PUBLIC_URL=PUBLIC_URL) as url:
        yield url


@pytest.fixture(scope="package")
def cable(live_address: str) -> Iterator[Wire]:
    """The cable to the live dashboard, whole."""
    with wire(live_address) as laid:
        yield laid


@pytest.fixture(scope="package")
def chrome() -> Iterator[Browser]:
    """Chromium without a window."""
    with browser(SHORT_LIVED) as opened:
        yield opened


@pytest.fixture(scope="package")
def records(chrome: Browser, cable: Wire, live_address: str, address: str) -> Records:
    """What was seen so far."""
    return Records(chrome, cable, live_address, address)
