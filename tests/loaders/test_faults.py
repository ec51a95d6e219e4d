"""Whatever an upstream does, nothing that was stored is lost, and it comes back by itself.

Each case is one source, asked three times or more by the collector on a store of its own, of a real server on
loopback: all is well, then a fault, then all is well again.
"""

import logging
import re
import socket
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from sqlalchemy import select

from loaders import backfill, cnemc_air, collector, modis_ndvi
from loaders.collector import FetchRun
from loaders.transport import PIECE, UpstreamClient
from store import clock, database, live, raw, sources, state
from store import readings as readings_store
from store.sources import Source
from tests import stores
from tests.checks import not_none
from tests.pages.visits import html_of, visit
from tests.upstream import Upstream, resolve, upstream
from tests.upstreams import cnemc_water, faults
from tests.upstreams.world import ZONE, World
from views.text.words import Words, all_words
from views.visit import Visit
from views.wall import frame as wall

NOW = datetime(2026, 11, 23, 10, 40, tzinfo=ZONE)
# How long until a source has something new to publish.
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


@cache
def moment(at: int) -> datetime:
    """Seconds since 1970 as the moment in Xining; each is one of few."""
    return datetime.fromtimestamp(at, ZONE)


Stored = dict[Key, Value]
READINGS = select(
    *(live.series.c[name] for name in ("place_id", "item", "averaging", "stream")),
    *(live.readings.c[name] for name in ("at", "value", "flags", "note")),
).join_from(live.series, live.readings, live.series.c.series_id == live.readings.c.series_id)


def stored_readings() -> Stored:
    """Every reading of the store."""
    with database.reading() as c:
        rows = database.tuples(c, READINGS)
    return {
        Key(place, item, averaging, stream, moment(at)): Value(value, flags, note)
        for place, item, averaging, stream, at, value, flags, note in rows
    }


def aggregates() -> dict[str, set[tuple[Any, ...]]]:
    """Every day and month of the store."""
    return {
        table.name: {tuple(row) for row in database.rows(select(table))}
        for table in (live.day_values, live.month_values)
    }


class Harness:
    """A store of one's own, the collector at it, and the upstreams."""

    def __init__(self, server: Upstream, monkeypatch: pytest.MonkeyPatch) -> None:
        self.server = server
        self.limits: dict[str, Any] = LIMITS
        self._environment = monkeypatch

    def client(self, source: Source, **settings: Any) -> UpstreamClient:
        """A way out that never sleeps between its tries."""
        return UpstreamClient(source, sleep=lambda _: None, **self.limits, **settings)

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

    def ask(self, source: str, *, step: bool = True) -> FetchRun:
        """Ask once, as long after the last time as something new takes; where its pace forbids it, the next time."""
        for _ in range(3):
            if step:
                self.server.world.ahead += STEPS[source]
            if run := collector.collect_source(sources.get(source), now=lambda: self.now):
                return run
        raise AssertionError("its pace never allowed it")

    def health(self, source: str) -> state.Health:
        return next(one for one in state.health(self.now) if one.id == source)


@pytest.fixture(scope="module")
def stand_in() -> Iterator[Upstream]:
    faults.bomb()  # takes its time once
    with upstream(NOW) as server:
        yield server


@pytest.fixture
def harness(stand_in: Upstream, monkeypatch: pytest.MonkeyPatch) -> Iterator[Harness]:
    """No try waits; the satellite's service is asked for one small box."""
    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    made = Harness(stand_in, monkeypatch)
    for module in (collector, backfill):
        monkeypatch.setattr(module, "UpstreamClient", made.client)
    modis_ndvi.box.cache_clear()
    monkeypatch.setattr(modis_ndvi, "BOXES", {"valley": ("chengzhong",)})
    monkeypatch.setattr(modis_ndvi, "PARTS_A_RUN", 1)
    stand_in.world = World.standing_at(NOW)
    stand_in.behave()
    stand_in.asked.clear()
    made.point()
    yield made
    stand_in.behave()
    modis_ndvi.box.cache_clear()


class Begun(NamedTuple):
    """A store of which all cases of a source take copies: the file, and what it holds."""

    file: Path
    readings: Stored
    aggregates: dict[str, set[tuple[Any, ...]]]


class Beginnings:
    """Stores in which one source was asked once with success, each made once; their copies lie at one address."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "case.db"
        self._folder = folder
        self._begun: dict[str, Begun] = {}

    def put(self, source: str, ask: Callable[[], None]) -> Begun:
        """Put a copy where the environment names it; the first time ``ask`` asks the source."""
        if begun := self._begun.get(source):
            stores.put(begun.file, self.file)
            return begun
        stores.put(Path(stores.filled(self._folder / "filled.db").removeprefix("sqlite:///")), self.file)
        ask()
        whole = stores.alone(f"sqlite:///{self.file}", self._folder / f"{source}.db")
        self._begun[source] = Begun(whole, stored_readings(), aggregates())
        return self._begun[source]


@pytest.fixture(scope="module")
def beginnings(tmp_path_factory: pytest.TempPathFactory) -> Beginnings:
    return Beginnings(tmp_path_factory.mktemp("begun"))


@pytest.fixture
def store(
    request: pytest.FixtureRequest, harness: Harness, beginnings: Beginnings, monkeypatch: pytest.MonkeyPatch
) -> Begun:
    """The store of a case whose parameter is named ``source``: asked once, with success."""
    source = request.getfixturevalue("source")
    monkeypatch.setenv("XINING_DATABASE_URL", f"sqlite:///{beginnings.file}")

    def ask() -> None:
        run = harness.ask(source, step=False)
        assert (run.failure, run.partial_failure) == ("", "")

    return beginnings.put(source, ask)


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


# How the pages call it (views/words/*/live.toml).
CALLED = {
    "dns": "dns",
    "tls": "tls",
    "refused": "refused",
    "empty": "empty",
    "null": "protocol",
    **dict.fromkeys(("reset", "reset_midway", "cut_short"), "reset"),
    **dict.fromkeys(("hanging", "slow_drip", "slow_head"), "timeout"),
    **dict.fromkeys(("huge", "huge_announced", "bomb"), "size"),
    **dict.fromkeys(("redirect_other_host", "redirect_loop"), "redirect"),
    **dict.fromkeys(("403", "404", "500", "502"), "http"),
    **dict.fromkeys(("429", "429_short"), "busy"),
    **dict.fromkeys(("html_200", "minus_one"), "type"),
    **dict.fromkeys(("truncated_json", "gzip_garbage"), "garbled"),
}


@pytest.mark.parametrize("mode", REASONS)
@pytest.mark.parametrize("source", STEPS)
def test_a_dead_upstream_takes_nothing_with_it(
    source: str,
    mode: str,
    harness: Harness,
    store: Begun,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    caplog.set_level(logging.INFO, "loaders")
    # two of the platform's questions: the others fare no different
    monkeypatch.setattr(cnemc_air, "CALLS", {name: cnemc_air.CALLS[name] for name in ("stations", "city")})
    before, days, well = store.readings, store.aggregates, harness.health(source)
    assert before
    assert well.data_at

    harness.fault(source, mode)
    first = harness.ask(source)
    assert re.match(REASONS[mode], first.failure), first.failure
    failing_since = harness.now
    assert harness.ask(source).failure

    assert stored_readings() == before
    assert aggregates() == days
    result = harness.health(source)
    assert (result.failing_since, result.failed_at) == (failing_since, harness.now)
    assert (result.succeeded_at, result.data_at, result.readings) == (well.succeeded_at, well.data_at, well.readings)
    assert result.age == harness.now - well.data_at
    assert re.match(REASONS[mode], result.failure)
    called = "protocol" if (source, mode) == ("cnemc_water", "minus_one") else CALLED[mode]
    assert result.cause == called
    assert [record.getMessage() for record in caplog.records] == [f"{source} fails: {first.failure}"]
    stored = [one for number in raw.ids(source)[-2:] if (one := raw.get(number))]
    bodies = [raw.body(one.raw_id) or b"" for one in stored]
    assert all(len(body) <= PIECE for body in bodies)
    # null alone is an answer: the platform has no city value yet
    assert all(one.problem or body == b"null" for one, body in zip(stored, bodies, strict=True))

    harness.calm()
    assert harness.ask(source).failure == ""
    back = harness.health(source)
    assert back.failing_since is None
    assert back.data_at
    assert back.data_at > well.data_at
    assert {record.getMessage() for record in caplog.records[1:]} == {
        f"{source} is back after {harness.now - failing_since}"
    }
    after = stored_readings()
    if source not in MODELLED:
        assert {key: after.get(key) for key in before} == before
    assert max(key.at for key in after) > max(key.at for key in before)
    assert not [value for value in after.values() if value.flags]


# ── an answer that is odd and yet whole ──────────────────────────────────────────────────────────────────────────────
@pytest.fixture(scope="module")
def known() -> dict[str, Stored]:
    """What :func:`expected` found, by source."""
    return {}


@pytest.fixture
def expected(
    harness: Harness,
    store: Begun,
    beginnings: Beginnings,
    known: dict[str, Stored],
    source: str,
) -> Stored:
    """What the store holds after a second fetch run when all is well; the case's own store stays as it was."""
    if source not in known:
        assert harness.ask(source).failure == ""
        known[source] = stored_readings()
        stores.put(store.file, beginnings.file)
        harness.server.world = World.standing_at(NOW)
    return known[source]


@pytest.mark.parametrize(
    "mode", ["gzip", "gbk", "bom", "strings_for_numbers", "extra_columns", "duplicate_rows", "reordered_rows"]
)
@pytest.mark.parametrize("source", STEPS)
def test_an_odd_answer_is_read_like_any_other(
    source: str, mode: str, harness: Harness, store: Begun, expected: Stored
) -> None:
    harness.fault(source, mode)
    run = harness.ask(source)
    assert (run.failure, run.partial_failure) == ("", "")
    assert stored_readings() == expected


# ── an answer of which a part cannot be used ─────────────────────────────────────────────────────────────────────────
# What the faults of a single value concern, by source: the item.
ONE = {
    "cnemc_air": "so2_ugm3",
    "cnemc_water": "nh3n_mgl",
    "open_meteo_air": "pm10_ugm3",
    "open_meteo_weather": "temp_c",
}


def parted(source: str, before: Stored, expected: Stored) -> tuple[Stored, set[Key]]:
    """What must be there whatever the item of :data:`ONE` says, and which of its readings would have been new."""
    concerned = {
        key for key in expected if key.item == ONE[source] or (key.item == "aqi" and source == "open_meteo_air")
    }
    rest = {key: value for key, value in expected.items() if key not in concerned}
    return rest | {key: before[key] for key in concerned & before.keys()}, concerned - before.keys()


@pytest.mark.parametrize("mode", ["missing_columns", "dash", "null_value", "nan"])
@pytest.mark.parametrize("source", ONE)
def test_a_missing_value_is_missing_and_nothing_else(
    source: str, mode: str, harness: Harness, store: Begun, expected: Stored
) -> None:
    before = store.readings
    rest, new = parted(source, before, expected)
    assert new
    harness.fault(source, mode)
    assert harness.ask(source).failure == ""
    after = stored_readings()
    assert {key: after.get(key) for key in rest} == rest
    assert {after[key].value for key in new & after.keys()} <= {None}
    assert after.keys() <= expected.keys()

    harness.calm()
    assert harness.ask(source).failure == ""
    assert any(key.item == ONE[source] and key.at > max(one.at for one in before) for key in stored_readings())


@pytest.mark.parametrize(
    ("mode", "value", "flag", "note"),
    [
        ("below_detection", 1.5, None, "<3"),
        ("nonsense", None, "unreadable", "abc"),
        ("negative", -7.0, "negative", None),
    ],
)
@pytest.mark.parametrize("source", ["cnemc_air", "cnemc_water"])
def test_a_doubtful_value_is_stored_as_what_it_is(
    source: str, mode: str, value: float, flag: str, note: str, harness: Harness, store: Begun, expected: Stored
) -> None:
    before = store.readings
    rest, new = parted(source, {}, expected)
    new -= before.keys()
    assert new
    harness.fault(source, mode)
    assert harness.ask(source).failure == ""
    after = stored_readings()
    assert {key: after.get(key) for key in rest} == rest
    assert {(after[key].value, after[key].note) for key in new} == {(value, note)}
    assert all(flag in (after[key].flags or "").split(",") if flag else not after[key].flags for key in new)
    gave_way = {key for key in before if after[key] != before[key]}
    if flag:  # a doubtful value takes no sound one's place
        assert not gave_way
    else:  # an hour published anew does, but not without a trace
        assert gave_way <= taken_place_of()


def taken_place_of() -> set[Key]:
    """Readings of which the store keeps an earlier value."""
    series, rows = live.series.c, live.replaced.c
    query = select(series.place_id, series.item, series.averaging, series.stream, rows.at).join_from(
        live.series, live.replaced, series.series_id == rows.series_id
    )
    return {
        Key(place, item, averaging, stream, moment(at)) for place, item, averaging, stream, at in database.rows(query)
    }


@pytest.mark.parametrize("mode", ["bad_row", "short_row"])
@pytest.mark.parametrize("source", STEPS)
def test_an_unreadable_row_does_not_take_good_ones_with_it(
    source: str, mode: str, harness: Harness, store: Begun, expected: Stored
) -> None:
    before = store.readings
    harness.fault(source, mode)
    run = harness.ask(source)
    after = stored_readings()
    if run.failure:
        assert source == "modis_ndvi"  # that row was all that is new: of such an answer nothing can be read
        assert re.search("row 0| values, expected ", run.failure)
        assert after == before
        return
    expressions = r"row 0|row 1|time 0| values, expected |: \d+ values for \d+ times"
    assert any(re.search(expressions, one) for one in problems(run))
    assert before.keys() <= after.keys()
    assert after.items() - before.items() <= expected.items()
    assert len(after) > len(before)


def problems(run: FetchRun) -> list[str]:
    """What was wrong with rows of the answers."""
    return [problem for outcome in run.outcomes for problem in outcome.row_problems]


# ── one question of several fails ────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("path", [call.path for call in cnemc_air.CALLS.values()])
@pytest.mark.parametrize("source", ["cnemc_air"])
def test_one_failing_question_leaves_the_others_alone(
    source: str, path: str, harness: Harness, store: Begun, expected: Stored, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "loaders")  # whatever another test has left
    before = store.readings
    harness.fault(path, "502")
    run = harness.ask(source)
    assert (run.failure, run.partial_failure) == ("", "HTTP 502 (3 tries)")
    after = stored_readings()
    assert before.items() <= after.items() <= expected.items()
    assert len(after) > len(before)
    assert harness.health(source).failing_since is None
    assert [record.getMessage() for record in caplog.records] == ["cnemc_air fails in part: HTTP 502 (3 tries)"]


@pytest.mark.parametrize("path", [cnemc_water.MAIN, cnemc_water.AJAX])
@pytest.mark.parametrize("mode", ["500", "minus_one", "empty"])
@pytest.mark.parametrize("source", ["cnemc_water"])
def test_a_warm_up_that_fails_is_the_end_of_the_asking(
    source: str, mode: str, path: str, harness: Harness, store: Begun
) -> None:
    before = store.readings
    harness.server.asked.clear()
    harness.fault(path, mode)
    assert harness.ask(source).failure
    assert stored_readings() == before
    assert len({(one.path, one.query.form.get("action")) for one in harness.server.asked}) <= 2


@pytest.mark.parametrize("source", ["cnemc_water"])
def test_a_dead_source_leaves_the_others_alone(source: str, harness: Harness, store: Begun) -> None:
    harness.server.world.ahead += timedelta(days=1)
    harness.fault("open_meteo_air", "hanging")
    harness.limits = LIMITS | {"try_s": 0.5}
    runs = {one.source: one.failure for one in collector.collect_once(now=lambda: harness.now)}
    assert runs.pop("open_meteo_air").startswith("no answer within 0.5 s")
    assert runs == dict.fromkeys((one for one in STEPS if one != "open_meteo_air"), "")


# ── clocks and memories that are wrong ───────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("mode", faults.WORLDS)
@pytest.mark.parametrize("source", STEPS)
def test_a_wrong_clock_or_memory_is_healed_by_a_right_one(
    source: str, mode: str, harness: Harness, store: Begun
) -> None:
    before, was = store.readings, harness.health(source).data_at
    assert was
    harness.fault(source, mode)
    assert harness.ask(source).failure == ""
    result, after = harness.health(source), stored_readings()
    assert before.keys() <= after.keys()
    assert result.data_at
    assert was <= result.data_at <= harness.now
    late = harness.now + timedelta(minutes=10)
    assert not [key for key, value in after.items() if key.stream == "observed" and key.at > late and not value.flags]

    harness.calm()
    for _ in range(2):
        assert harness.ask(source).failure == ""
    healed = stored_readings()
    given_way = {key for key in before if healed[key] != before[key]}
    # hours that yesterday's values were given for, and that nobody publishes again
    assert given_way <= (taken_place_of() if mode == "yesterday_repeated" else set()) or source in MODELLED
    assert not [key for key, value in healed.items() if "future" in (value.flags or "")]
    assert (harness.health(source).data_at or was) > result.data_at


@pytest.mark.parametrize("source", ["cnemc_air", "cnemc_water"])
def test_old_hours_reported_as_new_are_flagged_and_not_shown(source: str, harness: Harness, store: Begun) -> None:
    before = store.readings
    item = ONE[source]
    shown = readings_store.latest(items=[item], averaging="1h" if source == "cnemc_air" else "instant")
    harness.fault(source, "stale")
    assert harness.ask(source).failure == ""
    result = {key: value for key, value in stored_readings().items() if key not in before}
    latest = {key.at for key in result if key.place_id not in ("xining", "lanzhou", "yinchuan", "urumqi", "xian")}
    assert {result[key].flags for key in result if key.at in latest and key.averaging in ("1h", "instant")} >= {"stale"}
    again = readings_store.latest(items=[item], averaging="1h" if source == "cnemc_air" else "instant")
    assert again[["place_id", "at", "value"]].equals(shown[["place_id", "at", "value"]])
    harness.server.world.ahead += sources.get(source).expected_age
    assert harness.health(source).stale


@pytest.mark.parametrize("source", ["cnemc_air"])
def test_yesterday_repeated_is_flagged_and_the_last_good_hour_stays(
    source: str, harness: Harness, store: Begun
) -> None:
    city: dict[str, Any] = {"places": ["xining"], "items": ["no2_ugm3"], "averaging": "1h"}
    good = readings_store.latest(**city)
    harness.server.world.ahead += timedelta(hours=23)
    harness.fault(source, "yesterday_repeated")
    assert harness.ask(source).failure == ""
    hours = readings_store.read(
        places=["xining"], items=["no2_ugm3"], averaging="1h", since=harness.now - timedelta(hours=24), flagged=True
    )
    assert hours["flags"].tolist() == ["repeated_day"] * 24
    last = readings_store.latest(**city)
    assert last[["at", "value"]].equals(good[["at", "value"]])
    harness.calm()
    assert harness.ask(source).failure == ""
    hours = readings_store.read(
        places=["xining"], items=["no2_ugm3"], averaging="1h", since=harness.now - timedelta(hours=24), flagged=True
    )
    assert hours["flags"].isna().all()


# ── the turn of the year ─────────────────────────────────────────────────────────────────────────────────────────────
def test_the_turn_of_the_year_is_no_turn_for_water(harness: Harness, own_store: Path) -> None:
    """Its times bear no year: at 00:40 on 1 January the newest reading is of 20:00 on 31 December, the year before."""
    new_year = datetime(2027, 1, 1, tzinfo=ZONE)
    expected = {
        new_year - timedelta(minutes=20): {new_year - timedelta(hours=4)},
        new_year + timedelta(minutes=40): {new_year - timedelta(hours=4)},
        new_year + timedelta(hours=2, minutes=40): {new_year - timedelta(hours=4), new_year},
    }
    for moment, result in expected.items():
        harness.server.world = World.standing_at(moment)
        assert harness.ask("cnemc_water", step=False).failure == ""
        assert {key.at for key in stored_readings()} == result
    assert not [value for value in stored_readings().values() if value.flags]


def test_the_turn_of_the_year_is_no_turn_for_the_air(harness: Harness, own_store: Path) -> None:
    harness.server.world = World.standing_at(datetime(2026, 12, 31, 22, 40, tzinfo=ZONE))
    for source in ("cnemc_air", *MODELLED):
        for _ in range(2):
            assert harness.ask(source).failure == ""
        harness.server.world = World.standing_at(datetime(2026, 12, 31, 22, 40, tzinfo=ZONE))
    everything = stored_readings()
    hours = {key.at for key in everything if key[:3] == ("xining", "no2_ugm3", "1h") and key.stream == "observed"}
    assert hours == {datetime(2027, 1, 1, tzinfo=ZONE) - timedelta(hours=n) for n in range(25)}
    days = {key.at.date() for key in everything if key[:3] == ("xining", "no2_ugm3", "day")}
    assert {date(2026, 12, 30), date(2026, 12, 31)} <= days
    assert max(days) == date(2026, 12, 31)
    forecast = {key.at for key in everything if key.item == "temp_c"}
    assert len(forecast) == (max(forecast) - min(forecast)) / timedelta(hours=1) + 1
    assert not [value for value in everything.values() if value.flags]


# ── the archive, asked for days ──────────────────────────────────────────────────────────────────────────────────────
DAY = date(2025, 12, 31)


def fill(harness: Harness, day: date) -> list[str]:
    """Ask for a day; what failed."""
    return backfill.backfill(
        sources.get("air_archive"), day, day, now=lambda: harness.now, sleep=lambda _: None
    ).failures


@pytest.fixture
def archive(harness: Harness, beginnings: Beginnings, monkeypatch: pytest.MonkeyPatch) -> Stored:
    """A store with the last day of a year, and what it holds."""
    monkeypatch.setenv("XINING_DATABASE_URL", f"sqlite:///{beginnings.file}")

    def ask() -> None:
        assert not fill(harness, DAY)

    return beginnings.put("air_archive", ask).readings


NOT_THE_ARCHIVE = {"404", "truncated_json"}
FROM_THE_ARCHIVE = REASONS | {
    "html_200": "answers text/html instead of CSV",
    "minus_one": r"air_archive, .+: no archive file: column date, hour, type missing",
    "null": "answers application/json instead of CSV",
}


@pytest.mark.parametrize("mode", [mode for mode in REASONS if mode not in NOT_THE_ARCHIVE])
def test_a_dead_archive_takes_nothing_with_it(mode: str, harness: Harness, archive: Stored) -> None:
    harness.fault("air_archive", mode)
    failures = fill(harness, DAY + timedelta(days=1))
    assert len(failures) == (1 if mode.startswith("429") else 2)  # after a 429 nothing more is asked
    named = rf"(not asked, after )?((cities|sites) [-\d]+: )?{FROM_THE_ARCHIVE[mode]}"
    assert all(re.match(named, reason) for reason in failures), failures
    assert stored_readings() == archive
    harness.calm()
    assert not fill(harness, DAY + timedelta(days=1))
    after = stored_readings()
    assert archive.items() <= after.items()
    hours = {key.at for key in after if key[:3] == ("xining", "no2_ugm3", "1h")}
    assert hours == {datetime(2025, 12, 31, tzinfo=ZONE) + timedelta(hours=n) for n in range(48)}


def test_a_day_the_archive_lacks_is_no_failure(harness: Harness, archive: Stored) -> None:
    harness.fault("air_archive", "404")
    assert not fill(harness, DAY + timedelta(days=1))
    assert stored_readings() == archive


@pytest.mark.parametrize("mode", ["gzip", "gbk", "bom", "extra_columns", "duplicate_rows", "reordered_rows", "bad_row"])
def test_an_odd_file_is_read_like_any_other(mode: str, harness: Harness, archive: Stored) -> None:
    harness.fault("air_archive", mode)
    assert not fill(harness, DAY)
    assert stored_readings() == archive


@pytest.mark.parametrize(
    ("mode", "value", "flag", "note"),
    [
        ("below_detection", 1.5, None, "<3"),
        ("nonsense", None, "unreadable", "abc"),
        ("missing_columns", None, None, None),
        ("dash", None, None, None),
        ("nan", None, None, None),
        ("null_value", None, None, None),
    ],
)
def test_a_value_of_the_archive_is_stored_as_what_it_is(
    mode: str, value: float, flag: str, note: str, harness: Harness, archive: Stored
) -> None:
    day = DAY + timedelta(days=1)
    harness.fault("air_archive", mode)
    assert not fill(harness, day)
    new = {key: one for key, one in stored_readings().items() if key not in archive}
    concerned = {one for key, one in new.items() if key[1:3] == ("so2_ugm3", "1h")}
    assert concerned == ({Value(value, flag, note)} if note else set())
    others = [one for key, one in new.items() if key[1:3] == ("no2_ugm3", "1h") and one.value is not None]
    assert len(others) == 24 * 9  # five cities, four stations
    assert {key: one for key, one in stored_readings().items() if key in archive} == archive


def test_a_file_that_breaks_off_is_read_as_far_as_it_goes(harness: Harness, archive: Stored) -> None:
    harness.fault("air_archive", "truncated_json")
    assert not fill(harness, DAY + timedelta(days=1))
    hours = {
        key.at.hour for key in stored_readings() if key.at.date() > DAY and key[:3] == ("xining", "no2_ugm3", "1h")
    }
    assert hours == set(range(len(hours)))
    assert 8 <= len(hours) <= 13
    harness.calm()
    fill(harness, DAY + timedelta(days=1))
    assert len({key.at for key in stored_readings() if key[:3] == ("xining", "no2_ugm3", "1h")}) == 48


# ── the pages, with every source dead for a day ──────────────────────────────────────────────────────────────────────
PAGES = ("overview", "air", "water", "greening", "method")


@pytest.fixture(scope="module")
def dead_for_a_day(stand_in: Upstream, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A store whose sources all spoke once and have been silent for a day, each in its own way."""
    file = tmp_path_factory.mktemp("dead") / "dead.db"
    modes = dict(zip(STEPS, ("hanging", "minus_one", "truncated_json", "502", "empty"), strict=True))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XINING_DATABASE_URL", stores.filled(file))
        harness = Harness(stand_in, patch)
        patch.setattr(collector, "UpstreamClient", harness.client)
        patch.setattr(modis_ndvi, "PARTS_A_RUN", 1)
        stand_in.world = World.standing_at(NOW)
        harness.calm()
        assert not any(harness.ask(source, step=False).failure for source in STEPS)
        stand_in.world.advance(days=1)
        for source, mode in modes.items():
            harness.fault(source, mode)
            assert not_none(collector.collect_source(sources.get(source), now=lambda: harness.now)).failure
        patch.setenv("XINING_TODAY", f"{harness.now:%Y-%m-%dT%H:%M}")
        yield
        stand_in.behave()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_pages_stand_and_say_how_old_they_are(page: str, lang: str, dead_for_a_day: None) -> None:
    run = visit(page, lang)
    assert not run.exception
    text = html_of(run)
    stale = all_words(lang)["live"]["stale"]
    assert (stale in text) == (page not in ("greening",)), text[:2000]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_wall_stays_and_says_how_old_it_is(lang: str, dead_for_a_day: None) -> None:
    stale = all_words(lang)["live"]["stale"]
    for name in wall.SCENES:
        result = wall.scene(name, Visit(Words(lang), "dark", clock.now(), False))
        assert result.count(f'<strong class="stale">{stale}</strong>') >= 2  # air and water
