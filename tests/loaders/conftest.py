"""A store of one's own for tests that write, and a server on this machine for all sources."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest

from loaders import backfill, collector, modis_ndvi
from loaders.transport import UpstreamClient
from store.clock import ZONE
from tests import stores
from tests.upstream import Upstream, upstream

CLOCK_STANDS_AT = datetime(2026, 10, 9, 10, 40, tzinfo=ZONE)


@pytest.fixture
def own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store with the tracked facts and empty live tables; the environment names it while the test runs."""
    file = tmp_path / "own.db"
    monkeypatch.setenv("XINING_DATABASE_URL", stores.filled(file))
    return file


@pytest.fixture
def server(own_store: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Upstream]:
    """Every source is asked here. No try waits for the next; of the satellite one small box is asked for."""
    for module in (collector, backfill):
        monkeypatch.setattr(module, "UpstreamClient", partial(UpstreamClient, sleep=lambda _: None))
    modis_ndvi.box.cache_clear()
    monkeypatch.setattr(modis_ndvi, "BOXES", {"valley": ("chengzhong",)})
    monkeypatch.setattr(modis_ndvi, "PARTS_A_RUN", 1)
    with upstream(CLOCK_STANDS_AT) as made:
        point(made, monkeypatch)
        yield made
    modis_ndvi.box.cache_clear()


def point(made: Upstream, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every source be asked where it is now."""
    for name, value in made.environment().items():
        monkeypatch.setenv(name, value)
