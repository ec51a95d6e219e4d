"""Whatever an upstream does, nothing that was stored is lost, and it comes back by itself.

Each case is one source, asked three times or more by the collector on a store of its own, of a real server on
loopback: all is well, then a fault, then all is well again.
"""

import logging
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from sqlalchemy import select

from loaders import backfill, collector, modis_ndvi
from loaders.collector import Asking
from loaders.transport import PIECE, Link
from store import database, live, migrate, raw, sources, state
from store.sources import Source
from tests.upstream import Upstream, upstream
from tests.upstreams import faults
from tests.upstreams.world import ZONE, World

NOW = datetime(2026, 11, 23, 10, 40, tzinfo=ZONE)
# How long until a source has something new to tell.
STEPS = {
    "cnemc_air": timedelta(hours=1),
    "cnemc_water": timedelta(hours=4),
    "open_meteo_air": timedelta(hours=6),
    "open_meteo_weather": timedelta(days=1),
    "modis_ndvi": timedelta(days=16),
}
MODELLED = ("open_meteo_air", "open_meteo_weather")
LIMITS = {"body_bytes": 2_000_000}
IMPATIENT = {**LIMITS, "try_s": 0.12}  # where waiting is all there is


class Key(NamedTuple):
    """Which reading."""

    place_id: str
    item: str
    averaging: str
    stream: str
    at: datetime


class Value(NamedTuple):
    """What the store says of it."""

    value: float | None
    flags: str | None
    note: str | None


Held = dict[Key, Value]


def held() -> Held:
    """Every reading of the store."""
    series, rows = live.series.c, live.readings.c
    query = select(
        series.place_id, series.item, series.averaging, series.stream, rows.at, rows.value, rows.flags, rows.note
    ).join_from(live.series, live.readings, series.series_id == rows.series_id)
    return {
        Key(*row[:4], datetime.fromtimestamp(row.at, ZONE)): Value(row.value, row.flags, row.note)
        for row in database.rows(query)
    }


def aggregates() -> dict[str, set[tuple]]:
    """Every day and month of the store."""
    return {
        table.name: {tuple(row) for row in database.rows(select(table))}
        for table in (live.day_values, live.month_values)
    }


class House:
    """A store of one's own, the collector at it, and the upstreams."""

    def __init__(self, server: Upstream, monkeypatch: pytest.MonkeyPatch) -> None:
        self.server = server
        self.limits: dict[str, Any] = LIMITS
        self._environment = monkeypatch

    def link(self, source: Source, **settings: Any) -> Link:
        """A way out that never sleeps between its tries."""
        return Link(source, sleep=lambda _: None, **self.limits, **settings)

    @property
    def now(self) -> datetime:
        return self.server.world.now

    def point(self) -> None:
        """Let every source be asked where it is now."""
        for name, value in self.server.environment().items():
            self._environment.setenv(name, value)

    def fault(self, what: str, mode: str) -> None:
        self.server.misbehave(what, mode)
        self.limits = IMPATIENT if mode in ("hanging", "slow_drip", "slow_head") else LIMITS
        self.point()

    def calm(self) -> None:
        self.server.behave()
        self.limits = LIMITS
        self.point()

    def ask(self, source: str, *, step: bool = True) -> Asking:
        """Ask once, as long after the last time as something new takes; where its pace forbids it, the next time."""
        for _ in range(3):
            if step:
                self.server.world.ahead += STEPS[source]
            if asking := collector.collect_source(sources.get(source), now=lambda: self.now):
                return asking
        raise AssertionError("its pace never allowed it")

    def health(self, source: str) -> state.Health:
        return next(one for one in state.health(self.now) if one.id == source)


@pytest.fixture(scope="module")
def stand_in() -> Iterator[Upstream]:
    faults.bomb()  # takes its time once
    with upstream(NOW) as server:
        yield server


@pytest.fixture
def house(stand_in: Upstream, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """No try waits; the satellite's service is asked for one small box."""
    made = House(stand_in, monkeypatch)
    for module in (collector, backfill):
        monkeypatch.setattr(module, "Link", made.link)
    monkeypatch.setattr(modis_ndvi, "BOXES", {"valley": ("chengzhong",)})
    monkeypatch.setattr(modis_ndvi, "PARTS_A_RUN", 1)
    stand_in.world = World.standing_at(NOW)
    stand_in.behave()
    stand_in.asked.clear()
    made.point()
    yield made
    stand_in.behave()


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Stores in which one source was asked once with success, each made once for all cases of that source."""
    return {"": tmp_path_factory.mktemp("begun")}


@pytest.fixture
def store(
    request: pytest.FixtureRequest,
    house: House,
    begun: dict[str, Path],
    filled_store: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Path:
    """The store of a case whose parameter is named ``source``: asked once, with success."""
    source, file = request.getfixturevalue("source"), tmp_path / "case.db"
    monkeypatch.setenv("XINING_DATABASE_URL", f"sqlite:///{file}")
    if source in begun:
        _copy(begun[source], file)
        return file
    _copy(filled_store, file)
    migrate.upgrade()
    asking = house.ask(source, step=False)
    assert (asking.failure, asking.partly) == ("", "")
    _copy(file, begun[""] / f"{source}.db")
    begun[source] = begun[""] / f"{source}.db"
    return file


def _copy(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)


# ── an upstream that gives nothing ───────────────────────────────────────────────────────────────────────────────────
REASONS = {
    "refused": r"connection refused \(3 tries\)",
    "dns": r"name not found: upstream\.invalid \(3 tries\)",
    "tls": "certificate not trusted: unable to get local issuer certificate",
    "reset": r"connection broken before an answer \(3 tries\)",
    "reset_midway": r"connection broken .+ \(3 tries\)",
    "cut_short": r"connection broken after .+ \(3 tries\)",
    "hanging": r"no answer within 0\.12 s",
    "slow_drip": r"no (whole )?answer within 0\.12 s",
    "slow_head": r"no answer within 0\.12 s",
    "huge": "more than 2 MB",
    "huge_announced": r"more than 2 MB \(100 MB announced\)",
    "bomb": "more than 2 MB",
    "redirect_other_host": r"redirects to another host \(http://elsewhere\.invalid/\)",
    "redirect_loop": "redirects more than 3 times",
    "403": "HTTP 403",
    "404": "HTTP 404",
    "429": "HTTP 429, asks to wait 3600 s",
    "429_short": r"HTTP 429, asks to wait 7 s \(3 tries\)",
    "500": r"HTTP 500 \(3 tries\)",
    "502": r"HTTP 502 \(3 tries\)",
    "html_200": "answers text/html instead of JSON",
    "minus_one": "answers (text/plain instead of JSON|-1)",
    "empty": "empty answer",
    "null": r"\w+, .+: .*(null|None|no list of dates)",
    "truncated_json": r"\w+, .+: (no JSON|text that is none of)",
    "gzip_garbage": "compressed bytes that cannot be decompressed",
}


@pytest.mark.parametrize("mode", REASONS)
@pytest.mark.parametrize("source", STEPS)
def test_a_dead_upstream_takes_nothing_with_it(
    source: str, mode: str, house: House, store: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "loaders")
    before, days, well = held(), aggregates(), house.health(source)
    assert before
    assert well.data_at

    house.fault(source, mode)
    first = house.ask(source)
    assert re.match(REASONS[mode], first.failure), first.failure
    failing_since = house.now
    assert house.ask(source).failure

    assert held() == before
    assert aggregates() == days
    told = house.health(source)
    assert (told.failing_since, told.failed_at) == (failing_since, house.now)
    assert (told.succeeded_at, told.data_at, told.readings) == (well.succeeded_at, well.data_at, well.readings)
    assert told.age == house.now - well.data_at
    assert re.match(REASONS[mode], told.failure)
    assert [record.getMessage() for record in caplog.records] == [f"{source} fails: {first.failure}"]
    kept = [one for number in raw.ids(source)[-2:] if (one := raw.get(number))]
    assert all(one.problem and len(raw.body(one.raw_id) or b"") <= PIECE for one in kept)

    house.calm()
    assert house.ask(source).failure == ""
    back = house.health(source)
    assert back.failing_since is None
    assert back.data_at
    assert back.data_at > well.data_at
    assert {record.getMessage() for record in caplog.records[1:]} == {
        f"{source} is back after {house.now - failing_since}"
    }
    after = held()
    if source not in MODELLED:
        assert {key: after.get(key) for key in before} == before
    assert max(key.at for key in after) > max(key.at for key in before)
    assert not [value for value in after.values() if value.flags]


# ── an answer that is odd and yet whole ──────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def expected(house: House, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str) -> Held:
    """What the store holds after a second asking when all is well; the case's own store stays as it was."""
    other, world = tmp_path / "well.db", house.server.world
    _copy(store, other)
    with monkeypatch.context() as aside:
        aside.setenv("XINING_DATABASE_URL", f"sqlite:///{other}")
        assert house.ask(source).failure == ""
        well = held()
    house.server.world = World.standing_at(NOW)
    assert world.now > house.now
    return well


@pytest.mark.parametrize(
    "mode", ["gzip", "gbk", "bom", "strings_for_numbers", "extra_columns", "duplicate_rows", "reordered_rows"]
)
@pytest.mark.parametrize("source", STEPS)
def test_an_odd_answer_is_read_like_any_other(
    source: str, mode: str, house: House, store: Path, expected: Held
) -> None:
    house.fault(source, mode)
    asking = house.ask(source)
    assert (asking.failure, asking.partly) == ("", "")
    assert held() == expected


# ── an answer of which a part cannot be used ─────────────────────────────────────────────────────────────────────────
# What the faults of a single value concern, by source: the item.
ONE = {
    "cnemc_air": "pm10_ugm3",
    "cnemc_water": "nh3n_mgl",
    "open_meteo_air": "pm10_ugm3",
    "open_meteo_weather": "temp_c",
}


def parted(source: str, before: Held, expected: Held) -> tuple[Held, set[Key]]:
    """What must be there whatever the item of :data:`ONE` says, and which of its readings would have been new."""
    concerned = {
        key for key in expected if key.item == ONE[source] or (key.item == "aqi" and source == "open_meteo_air")
    }
    rest = {key: value for key, value in expected.items() if key not in concerned}
    return rest | {key: before[key] for key in concerned & before.keys()}, concerned - before.keys()


@pytest.mark.parametrize("mode", ["missing_columns", "dash", "null_value", "nan"])
@pytest.mark.parametrize("source", ONE)
def test_a_missing_value_is_missing_and_nothing_else(
    source: str, mode: str, house: House, store: Path, expected: Held
) -> None:
    before = held()
    rest, new = parted(source, before, expected)
    assert new
    house.fault(source, mode)
    assert house.ask(source).failure == ""
    after = held()
    assert {key: after.get(key) for key in rest} == rest
    assert {after[key].value for key in new & after.keys()} <= {None}
    assert after.keys() <= expected.keys()

    house.calm()
    assert house.ask(source).failure == ""
    assert any(key.item == ONE[source] and key.at > max(one.at for one in before) for key in held())
