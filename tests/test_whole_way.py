"""The whole way of a number, on both databases: upstream bytes → loaders → store → reports → a page, and a workbook's row."""

import io
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest

from loaders import collector, export, facts, modis_ndvi
from reports import air_now, method, water
from store import database, raw, state
from store import readings as readings_store
from store.clock import ZONE
from tests.pages.visits import whole
from tests.upstream import Upstream, upstream

NOW = datetime(2026, 10, 9, 10, 40, tzinfo=ZONE)


@pytest.fixture(params=["sqlite", "postgresql"])
def server(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Upstream]:
    """Every source on this machine, and a database of one's own that was just filled."""
    on_sqlite = request.param == "sqlite"
    address = f"sqlite:///{tmp_path / 'whole.db'}" if on_sqlite else request.getfixturevalue("cluster").database()
    monkeypatch.setenv("XINING_DATABASE_URL", address)
    monkeypatch.setenv("XINING_TODAY", "2026-10-09T10:40")
    modis_ndvi.box.cache_clear()
    monkeypatch.setattr(modis_ndvi, "BOXES", {"valley": ("nanbeishan",)})  # one small box: its pixels take the time
    monkeypatch.setattr(modis_ndvi, "PARTS_A_RUN", 1)
    with upstream(NOW) as made:
        for name, value in made.environment().items():
            monkeypatch.setenv(name, value)
        facts.fill()
        yield made
    modis_ndvi.box.cache_clear()
    database.engine().dispose()


def test_what_an_upstream_publishes_stands_on_the_pages_and_leads_back_to_its_bytes(
    server: Upstream, tmp_path: Path
) -> None:
    assert [run.failure for run in collector.collect_once(lambda: NOW)] == [""] * 5
    report = air_now.now()
    assert report is not None
    for page, expected in (
        ("air", f">{report.city.aqi}<"),
        ("water", "10月9日"),
        ("greening", "南北山"),
        ("method", "5 个在线来源"),
    ):
        text = whole(page, "zh")
        assert "pagefail" not in text, page
        assert expected in text, page
    newest = readings_store.latest(places=["xining"], items=["aqi"], averaging="1h").iloc[0]
    stored = raw.get(int(newest["raw_id"]))
    assert stored is not None
    assert stored.source == "cnemc_air"
    assert str(int(newest["value"])).encode() in (stored.body or b"")


def test_the_same_bytes_again_change_nothing_and_the_next_hour_comes_in(server: Upstream) -> None:
    collector.collect_once(lambda: NOW)
    before, stored = air_now.now(), state.health(NOW)
    again = collector.collect_once(lambda: NOW + timedelta(seconds=11))
    assert not any(run.changed for run in again if run.source.startswith("cnemc"))
    assert [one.readings for one in state.health(NOW)][:2] == [one.readings for one in stored][:2]
    server.world.advance(hours=1)
    collector.collect_once(lambda: NOW + timedelta(hours=1))
    after = air_now.now()
    assert before is not None
    assert after is not None
    assert after.city.at == before.city.at + timedelta(hours=1)


def test_everything_can_be_taken_home(server: Upstream, tmp_path: Path) -> None:
    collector.collect_once(lambda: NOW)
    export.export(tmp_path / "home")
    taken = pd.read_csv(io.BytesIO((tmp_path / "home" / "readings.csv").read_bytes()))
    assert len(taken) == sum(one.readings for one in state.health(NOW))
    assert water.readings()
    assert method.suspicious() == ()
