"""One site as a city runs it for all tests of this folder: three dashboards, a collector, PostgreSQL, nginx, upstreams."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from store.clock import ZONE
from tests import cluster
from tests.upstream import Upstream, upstream

HERE = Path(__file__).parent
NOW = datetime(2026, 11, 23, 10, 40, tzinfo=ZONE)
PATIENCE_S = 180  # so that a fault ends; nothing here says how quick anything is


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The site stores on PostgreSQL."""
    for item in items:
        if item.path.parent == HERE:
            item.add_marker(pytest.mark.postgres)


@pytest.fixture(scope="package")
def upstreams() -> Iterator[Upstream]:
    """The upstreams. The satellite has nothing: years of its pixels would come in meanwhile, at which no test here looks."""
    with upstream(NOW) as server:
        server.misbehave("modis_ndvi", "404")
        yield server


@pytest.fixture(scope="package")
def site(upstreams: Upstream) -> Iterator[cluster.Running]:
    """The site; skipped where the machine lacks what it takes."""
    if cluster.missing():
        pytest.skip(cluster.missing())
    with cluster.running(3, {"XINING_TODAY": "2026-11-23T10:40", **upstreams.environment()}) as made:
        yield made
