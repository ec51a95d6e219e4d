"""When a source is asked, what becomes of its answers, and who asks."""

import logging
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any
from urllib.request import urlopen

import pytest
from msgspec.structs import replace
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from loaders import backfill, collector, intake, registry
from loaders.answer import Answer, AnswerError, Batch, readings
from loaders.collector import Collector, FetchRun, collect_once, collect_source, judge, next_time
from loaders.intake import Failure, Outcome
from loaders.transport import UpstreamClient
from store import database, live, raw, sources, state
from store import readings as readings_store
from store.clock import ZONE
from store.states import AnswerState, FailureCause
from tests.live_stores import count
from tests.loaders.conftest import CLOCK_STANDS_AT
from tests.served import ROOT, running
from tests.upstream import Upstream
from tests.upstreams.world import World

SAFETY_S = 120  # what never comes is given up after so long; nothing here says how quick anything is


def at(hour: int, minute: int, second: int = 0, *, day: int = 9) -> datetime:
    """A moment of October 2026 in Xining."""
    return datetime(2026, 10, day, hour, minute, second, tzinfo=ZONE)


# ── when ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_source_is_requested_again_after_its_cadence() -> None:
    assert next_time(sources.get("open_meteo_air"), at(12, 7, 9)) == at(15, 7, 9)


@pytest.mark.parametrize(
    ("asked", "lot", "expected"),
    [
        (at(10, 25), 0.0, at(11, 25)),  # inside its minutes it keeps its minute
        (at(10, 34, 59), 0.0, at(11, 34, 59)),
        (at(10, 35), 0.0, at(12, 25)),  # 11:35 is past them: the next hour's
        (at(10, 0), 0.0, at(11, 25)),
        (at(10, 0), 0.5, at(11, 27, 30)),  # by lot in their first half
        (at(10, 0), 1.0, at(11, 30)),
        (at(22, 50), 0.0, at(0, 25, day=10)),  # 23:50 and on: over midnight
    ],
)
def test_cnemc_air_is_requested_in_its_minutes_of_the_hour(asked: datetime, lot: float, expected: datetime) -> None:
    assert next_time(sources.get("cnemc_air"), asked, draw=lambda: lot) == expected


def test_a_source_at_home_is_requested_every_ten_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XINING_CNEMC_AIR_URL", "http://127.0.0.1:9")
    assert next_time(sources.get("cnemc_air"), at(10, 0, 1)) == at(10, 0, 11)


# ── whether it succeeded ─────────────────────────────────────────────────────────────────────────────────────────────
def fault(reason: str) -> Failure:
    return Failure(FailureCause.HTTP, reason)


def outcome(
    call: str, *, readings: int = 0, problem: str = "", rows: tuple[str, ...] = (), left_out: int = 0
) -> Outcome:
    failures = (fault(problem),) if problem else ()
    return Outcome("cnemc_air", (call,), (1,), failures, left_out, (), rows, readings)


@pytest.mark.parametrize(
    ("outcomes", "broken", "failure", "partly"),
    [
        ([outcome("stations", readings=5), outcome("city", readings=1)], "", "", ""),
        ([outcome("warm-up"), outcome("city")], "", "", ""),  # nothing published this hour
        ([], "", "", ""),
        ([outcome("warm-up"), outcome("rows", problem="HTTP 500")], "", "HTTP 500", ""),
        ([outcome("a", problem="HTTP 500"), outcome("b", problem="refused")], "", "HTTP 500 (and 1 more)", ""),
        ([outcome("stations", readings=5), outcome("city", problem="HTTP 500")], "", "", "HTTP 500"),
        ([outcome("stations", readings=5)], "a bug", "", "a bug"),
        ([], "a bug", "a bug", ""),
        ([outcome("stations", rows=("row 1", "row 2")), outcome("city")], "", "row 1 (and 1 more)", ""),
        ([outcome("auto", rows=("every value is null",)), outcome("global", readings=5)], "", "", ""),
    ],
)
def test_what_counts_as_success(outcomes: list[Outcome], broken: str, failure: str, partly: str) -> None:
    judged = judge("cnemc_air", outcomes, fault(broken) if broken else None)
    assert (judged.outcomes, judged.failure, judged.partial_failure) == (tuple(outcomes), failure, partly)
    in_rows = failure.startswith("row 1")
    cause = FailureCause.PROTOCOL if in_rows else FailureCause.HTTP if failure or partly else None
    assert judged.cause is cause


# ── one fetch run, with a scripted loader ───────────────────────────────────────────────────────────
class Loader:
    """Stands in for every loader: ``calls`` are its answers by name, each a list of rows, an exception or a problem."""

    def __init__(self) -> None:
        self.calls: dict[str, list[dict[str, Any]] | Exception | str] = {}
        self.asked = 0
        self.wait_s: float | None = None
        self.problems: dict[str, tuple[str, ...]] = {}
        self.left_out: dict[str, int] = {}

    def fetch(
        self, client: UpstreamClient, *, now: datetime, since: date | None = None, until: date | None = None
    ) -> Iterator[Answer]:
        self.asked += 1
        for call, text in self.calls.items():
            answer = Answer(client.source.id, call, f"http://x/{call}", now, 200, "", repr(text).encode())
            if isinstance(text, AnswerState):
                answer = replace(answer, state=text, problem="no file")
            elif isinstance(text, str):
                answer = answer.failed(FailureCause.HTTP, text)
            yield replace(answer, wait_s=self.wait_s)

    def parse(self, answer: Answer) -> Batch:
        text = self.calls[answer.call]
        if isinstance(text, Exception):
            raise AnswerError(answer, str(text)) if isinstance(text, LookupError) else text
        assert isinstance(text, list)
        call = answer.call
        return Batch(readings(text), problems=self.problems.get(call, ()), left_out=self.left_out.get(call, 0))


def row(hour: int, value: float, *, place: str = "xining") -> dict[str, Any]:
    return {
        "place_id": place,
        "item": "no2_ugm3",
        "averaging": "1h",
        "at": at(hour, 0),
        "value": value,
        "kind": "live",
    }


@pytest.fixture
def loader(monkeypatch: pytest.MonkeyPatch, own_store: None) -> Loader:
    made = Loader()
    monkeypatch.setattr(registry, "loader", lambda source_id: made)
    return made


def ask(moment: datetime, source: str = "cnemc_air") -> FetchRun | None:
    return collect_source(sources.get(source), now=lambda: moment)


def health(moment: datetime, source: str = "cnemc_air") -> state.Health:
    return next(h for h in state.health(moment) if h.id == source)


def raws() -> list[tuple[str, str]]:
    """Call and problem of every kept answer."""
    return [(r.call, r.problem) for r in database.rows(select(live.raw_answers).order_by(live.raw_answers.c.raw_id))]


def test_an_asking_stores_readings_bytes_days_and_state_together(loader: Loader) -> None:
    loader.calls = {"city": [row(9, 30.0), row(10, 32.0)]}
    run = ask(at(10, 30))
    assert run
    assert (run.failure, run.partial_failure, run.changed) == ("", "", True)
    assert run.outcomes[0].new == 2
    result = health(at(10, 31))
    assert (result.succeeded_at, result.failed_at) == (at(10, 30), None)
    assert (result.data_at, result.age) == (at(10, 0), timedelta(minutes=31))
    assert (result.next_at, result.readings) == (at(11, 30), 2)
    assert raws() == [("city", "")]
    assert count("day_values") == 1


def test_the_same_bytes_twice_change_nothing(loader: Loader) -> None:
    loader.calls = {"city": [row(10, 32.0)]}
    ask(at(10, 30))
    before = {table: count(table) for table in ("readings", "replaced", "raw_bodies", "day_values", "series")}
    revision = database.revision("air_hours")
    again = ask(at(11, 30))
    assert again
    assert not again.changed
    assert again.outcomes[0].readings == 1
    assert {table: count(table) for table in before} == before
    assert database.revision("air_hours") == revision
    assert raws() == [("city", ""), ("city", "")]  # that it was asked is worth remembering


def test_a_sensor_that_hangs_is_seen_late_and_its_first_hours_are_doubted_then(loader: Loader) -> None:
    """Told hour by hour, equal readings pass until the twelfth; then none of them is judged, each with its own answer."""

    def stands() -> list[tuple[Any, ...]]:
        rows = live.readings.c
        return [tuple(one) for one in database.rows(select(rows.flags, rows.raw_id).order_by(rows.at))]

    for hour in range(1, 13):
        loader.calls = {"city": [row(hour, 41.0) | {"item": "pm10_ugm3"}]}
        assert stands() == [(None, n) for n in range(1, hour)]
        ask(at(hour, 30))
    assert stands() == [("stuck", n) for n in range(1, 13)]
    assert (health(at(12, 31)).flagged, count("replaced"), count("day_values")) == (12, 11, 0)
    again = ask(at(13, 30))
    assert again
    assert not again.changed
    assert stands() == [("stuck", n) for n in range(1, 13)]


def test_nobody_asks_before_the_cadence_is_over(loader: Loader) -> None:
    loader.calls = {"city": [row(10, 32.0)]}
    assert ask(at(10, 30))
    assert ask(at(10, 31)) is None
    assert ask(at(11, 29, 59)) is None
    assert loader.asked == 1
    assert ask(at(11, 30))


def test_an_upstream_that_asks_for_more_patience_than_the_cadence_gets_it(loader: Loader) -> None:
    loader.calls, loader.wait_s = {"stations": "HTTP 429, asks to wait 10800 s"}, 10_800
    assert ask(at(10, 30))
    assert health(at(10, 31)).next_at == at(13, 30)
    assert ask(at(13, 29)) is None
    loader.wait_s = 5
    assert ask(at(13, 30))
    assert health(at(13, 31)).next_at == at(14, 30)


def test_a_wrong_answer_stays_with_its_problem_and_changes_nothing_else(loader: Loader) -> None:
    loader.calls = {"city": [row(10, 32.0)]}
    ask(at(10, 30))
    loader.calls = {"city": LookupError("an object was expected")}
    run = ask(at(11, 30))
    assert run
    assert run.failure == "cnemc_air, city: an object was expected"
    assert raws()[1] == ("city", "cnemc_air, city: an object was expected")
    result = health(at(11, 31))
    assert (result.succeeded_at, result.failed_at, result.failing_since) == (at(10, 30), at(11, 30), at(11, 30))
    assert result.data_at == at(10, 0)
    assert count("readings") == 1


def test_what_a_sentence_quotes_is_one_line_any_database_takes(loader: Loader) -> None:
    loader.calls = {"city": LookupError("odd \ud800\x00 and\nmore")}
    run = ask(at(10, 30))
    assert run
    assert run.failure == "cnemc_air, city: odd and more"
    assert raws() == [("city", run.failure)]


def test_a_partial_failure_leaves_the_source_well_and_is_reported(loader: Loader) -> None:
    loader.calls = {"stations": "HTTP 500", "city": [row(10, 32.0)]}
    run = ask(at(10, 30))
    assert run
    assert (run.failure, run.partial_failure) == ("", "HTTP 500")
    result = health(at(10, 31))
    assert (result.succeeded_at, result.failed_at, result.failing_since) == (at(10, 30), at(10, 30), None)
    assert (result.failure, result.cause, result.partial) == ("HTTP 500", FailureCause.HTTP, True)
    assert count("readings") == 1


def test_a_call_of_which_no_row_can_be_read_is_a_failure_in_part(
    loader: Loader, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "loaders")
    loader.calls = {"stations": [], "city": [row(10, 32.0)]}
    loader.problems = {"stations": ("row 1, TimePoint: '2026/11/29' is no time", "row 2", "field CO: in no row")}
    loader.left_out = {"stations": 2}
    run = ask(at(10, 30))
    assert run
    sentence = "cnemc_air, stations: nothing can be read: row 1, TimePoint: '2026/11/29' is no time (and 1 more)"
    assert (run.failure, run.partial_failure) == ("", sentence)
    result = health(at(10, 31))
    assert (result.failure, result.cause, result.partial) == (sentence, FailureCause.PROTOCOL, True)
    assert result.failing_since is None
    assert [record.getMessage() for record in caplog.records] == [f"cnemc_air fails in part: {sentence}"]
    assert raws()[0] == ("stations", sentence)
    assert (run.outcomes[0].left_out, len(run.outcomes[0].left_out_rows)) == (2, 2)


def test_rows_left_out_of_an_answer_that_is_read_otherwise_are_a_failure_in_part(loader: Loader) -> None:
    loader.calls = {"city": [row(10, 32.0)]}
    loader.problems, loader.left_out = {"city": ("row 7: no time", "field CO: in no row")}, {"city": 1}
    run = ask(at(10, 30))
    assert run
    assert (run.failure, run.partial_failure) == ("", "left out: city, row 7: no time")
    assert raws() == [("city", "row 7: no time; field CO: in no row")]
    assert health(at(10, 31)).data_at == at(10, 0)


def test_nothing_published_is_no_failure(loader: Loader) -> None:
    loader.calls = {"cities 2019-11-30": AnswerState.NOTHING_PUBLISHED}
    run = ask(at(10, 30))
    assert run
    assert run.failure == ""
    assert raws() == [("cities 2019-11-30", "no file")]


def test_a_failure_and_its_end_are_each_one_line(loader: Loader, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "loaders")
    for hour, text in (
        (8, "HTTP 502"),
        (9, "HTTP 502"),
        (10, "HTTP 403"),
        (11, [row(11, 30.0)]),
        (12, [row(12, 31.0)]),
    ):
        loader.calls = {"city": text}
        ask(at(hour, 30))
    assert [record.getMessage() for record in caplog.records] == [
        "cnemc_air fails: HTTP 502",
        "cnemc_air is back after 3:00:00",
    ]


def test_a_bug_of_a_loader_is_logged_once_with_its_traceback_and_harms_no_other_answer(
    loader: Loader, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "_faults_logged", set())
    loader.calls = {"stations": ZeroDivisionError("division by zero"), "city": [row(10, 32.0)]}
    for hour in (10, 11):
        run = ask(at(hour, 30))
        assert run
        assert run.outcomes[1].readings == 1
        assert "ZeroDivisionError" in run.partial_failure
    assert "ZeroDivisionError" in raws()[0][1]
    bugs = [record for record in caplog.records if "not of the upstream" in record.getMessage()]
    assert len(bugs) == 1
    assert "ZeroDivisionError" in bugs[0].getMessage()
    assert "intake.py" in bugs[0].getMessage(), "where it arose"


def test_a_future_or_suspected_reading_is_not_the_newest(loader: Loader) -> None:
    loader.calls = {"city": [row(10, 32.0), row(15, 33.0), {**row(9, float("nan")), "note": "—"}]}
    ask(at(10, 30))
    assert health(at(10, 31)).data_at == at(10, 0)
    assert health(at(10, 31)).flagged == 1


# ── the collector ────────────────────────────────────────────────────────────────────────────────────────────────────
def test_only_sources_that_are_on_and_due_are_requested(loader: Loader) -> None:
    loader.calls = {"city": [row(10, 32.0)]}
    on = [source.id for source in sources.declared().values() if source.on]
    assert [run.source for run in collect_once(lambda: at(10, 30))] == on
    assert collect_once(lambda: at(10, 30)) == []
    assert [run.source for run in collect_once(lambda: at(11, 30))] == [
        name for name in on if sources.get(name).every_minutes <= 60
    ]


def test_the_collector_asks_again_after_a_clock_was_put_back(loader: Loader) -> None:
    loader.calls = {"city": [row(10, 32.0)]}
    requests = collect_once(lambda: at(10, 30) + timedelta(days=365))
    assert len(collect_once(lambda: at(10, 30))) == len(requests) > 0


def test_a_source_that_hangs_holds_up_no_other(loader: Loader, monkeypatch: pytest.MonkeyPatch) -> None:
    requests, release, ended = {}, threading.Event(), []
    for name in sources.declared():
        requests[name] = threading.Event()

    def fetch(client: UpstreamClient, *, now: datetime, **_: object) -> Iterator[Answer]:
        requests[client.source.id].set()
        release.wait(SAFETY_S)
        ended.append(client.source.id)
        yield from ()

    monkeypatch.setattr(loader, "fetch", fetch)
    collecting = Collector(now=lambda: at(10, 30))
    collecting.start()
    try:
        for source in sources.declared().values():
            assert not source.on or requests[source.id].wait(SAFETY_S / 2), source.id
    finally:
        collecting.stop()
        assert ended == []  # it waited for none of them
        release.set()


def test_of_two_collectors_one_asks_until_its_lease_runs_out(loader: Loader) -> None:
    clock = [at(10, 30)]
    first, second = (Collector(now=lambda: clock[0]) for _ in range(2))

    def look(who: Collector) -> int:
        """How many runs a look of a collector began."""
        before = loader.asked
        who.tick()
        who.finish(20)
        return loader.asked - before

    on = sum(source.on for source in sources.declared().values())
    assert look(first) == on
    clock[0] = at(11, 30)
    assert look(first)  # renews its lease
    clock[0] = at(11, 30, 59)
    assert look(second) == 0
    clock[0] = at(14, 0)  # the first was not heard of for long
    assert look(second)
    clock[0] = at(14, 0, 30)
    assert look(first) == 0


def test_a_clean_end_gives_the_lease_back(loader: Loader) -> None:
    first, second = (Collector(now=lambda: at(10, 30)) for _ in range(2))
    first.start()
    first.stop()
    assert state.elect("collector", second.holder, at(10, 30), timedelta(seconds=60))


def test_the_collector_outlives_a_store_that_is_away(
    loader: Loader, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    looked = threading.Semaphore(0)

    def elect(*_: object) -> bool:
        looked.release()
        raise OperationalError("select", {}, Exception("database is locked"))

    monkeypatch.setattr(collector, "TICK_INTERVAL_S", 0.01)
    monkeypatch.setattr(state, "elect", elect)
    collecting = Collector(now=lambda: at(10, 30))
    collecting.start()
    for _ in range(3):
        assert looked.acquire(timeout=SAFETY_S)
    collecting.stop()
    assert [record.getMessage() for record in caplog.records] == ["the collector cannot work"]


def test_the_log_says_when_the_collector_works_again(loader: Loader, caplog: pytest.LogCaptureFixture) -> None:
    one = Collector(now=lambda: at(10, 30))
    ticks = 0

    def tick() -> float:
        nonlocal ticks
        ticks += 1
        if ticks == 1:
            raise OperationalError("select", {}, Exception("database is locked"))
        one._ended.set()
        return 0

    with pytest.MonkeyPatch.context() as patched, caplog.at_level(logging.INFO, "loaders"):
        patched.setattr(collector, "TICK_INTERVAL_S", 0)
        patched.setattr(one, "tick", tick)
        one._run()
    assert [record.getMessage() for record in caplog.records] == [
        "the collector cannot work",
        "the collector works again",
    ]


def test_bodies_beyond_the_budget_are_dropped_once_a_day(loader: Loader, monkeypatch: pytest.MonkeyPatch) -> None:
    trimmed, clock = [], [at(10, 30)]
    monkeypatch.setenv("XINING_RAW_BUDGET_MB", "3")
    monkeypatch.setattr(raw, "trim", lambda c, budget: trimmed.append(budget))
    collecting = Collector(now=lambda: clock[0])
    for moment in (at(10, 30), at(10, 31), at(10, 29, day=10), at(10, 30, day=10)):
        clock[0] = moment
        collecting.tick()
        collecting.finish(20)
    assert trimmed == [3 * 2**20] * 2


# ── all sources, at a server that speaks their protocols ─────────────────────────────────────────────────────────────
def everything() -> dict[str, int]:
    """How many rows the tables hold that a repeated answer must not change."""
    return {
        name: count(name) for name in ("readings", "replaced", "series", "raw_bodies", "day_values", "month_values")
    }


def newest(item: str) -> datetime:
    at = readings_store.latest(places=["xining"], items=[item], averaging="1h")["at"].max()
    assert isinstance(at, datetime)
    return at


def test_every_source_comes_in_and_the_next_hour_follows(server: Upstream) -> None:
    on = [source.id for source in sources.declared().values() if source.on]
    first = collect_once(lambda: server.world.now)
    assert [run.source for run in first] == on
    assert [(run.failure, run.partial_failure) for run in first] == [("", "")] * len(on)
    assert all(run.changed for run in first)
    assert newest("pm25_ugm3") == at(10, 0)
    before = everything()

    server.world.advance(seconds=10)  # nothing new, and on this machine allowed
    for name in ("cnemc_air", "cnemc_water"):  # models and the satellite have always something to add
        again = collect_source(sources.get(name), now=lambda: server.world.now)
        assert again
        assert (again.failure, again.partial_failure, again.changed) == ("", "", False)
    assert everything() == before

    server.world.advance(hours=1)
    collect_once(lambda: server.world.now)
    assert newest("pm25_ugm3") == at(11, 0)
    assert all(health(server.world.now, name).failing_since is None for name in on)


def test_every_reading_leads_to_the_bytes_it_came_from(server: Upstream) -> None:
    collect_source(sources.get("cnemc_air"), now=lambda: server.world.now)
    found = readings_store.read(places=["xining"], items=["pm25_ugm3"], averaging="1h")
    assert len(found) == 24
    for raw_id in found["raw_id"].unique():
        stored = raw.get(int(raw_id))
        assert stored
        assert stored.source == "cnemc_air"
        assert stored.body
        assert "PM2_5" in stored.body.decode()


# ── as processes ─────────────────────────────────────────────────────────────────────────────────────────────────────
def wait_until(so: Callable[[], bool], within_s: float = SAFETY_S) -> None:
    """Look again and again, for what another process does."""
    deadline, pause = time.monotonic() + within_s, threading.Event()
    while not so():
        assert time.monotonic() < deadline, "it took too long"
        pause.wait(0.1)


def failures() -> int:
    """How many sources have failed so far."""
    return sum(one.failed_at is not None for one in state.health(datetime.now(ZONE)))


def leases() -> int:
    return count("leases")


def test_the_dashboard_collects_by_itself_and_leaves_the_lease_when_it_ends(server: Upstream) -> None:
    on = {source.id for source in sources.declared().values() if source.on}
    server.world = World(lambda: datetime.now(ZONE))  # another process has the real time
    with running("dashboard.py", XINING_COLLECT="on") as (_, address):
        wait_until(lambda: {one.id for one in state.health(datetime.now(ZONE)) if one.succeeded_at} == on)
        assert leases() == 1
        with urlopen(f"{address}/_stcore/health") as answer:
            assert answer.status == 200
    assert leases() == 0


def test_a_collector_that_is_reported_to_end_ends_while_upstreams_hang(server: Upstream) -> None:
    server.misbehave("*", "hanging")
    process = subprocess.Popen([sys.executable, "-m", "loaders", "collect"], cwd=ROOT)
    try:
        wait_until(lambda: len(server.by_source) == 5)
        failed = failures()
        process.terminate()
        assert process.wait(SAFETY_S) == 0
        assert failures() == failed  # it waited for none of them: they would have failed by their bounds
    finally:
        process.kill()
    assert leases() == 0


def test_a_backfilling_ends_where_the_upstream_asks_to_be_left_alone(server: Upstream) -> None:
    server.misbehave("air_archive", "429")
    done = backfill.backfill(
        sources.get("air_archive"), date(2026, 9, 1), date(2026, 9, 20), now=lambda: CLOCK_STANDS_AT
    )
    assert done.answers == 1
    assert "429" in done.failures[0]
