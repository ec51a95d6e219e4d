"""What is remembered of sources: the pace that nobody breaks, who collects, how each is."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from store import database, live, sources, state
from store.clock import ZONE
from store.sources import Source
from store.states import FailureCause

NOW = datetime(2026, 10, 9, 12, 26, tzinfo=ZONE)
HOUR, MINUTE, SECOND = timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1)


@pytest.fixture
def air(store: str, monkeypatch: pytest.MonkeyPatch) -> Source:
    monkeypatch.delenv("XINING_CNEMC_AIR_URL", raising=False)
    return sources.get("cnemc_air")


def health(now: datetime = NOW) -> state.Health:
    return next(one for one in state.health(now) if one.id == "cnemc_air")


def succeed(air: Source, now: datetime = NOW, **other: Any) -> bool:
    with database.engine().begin() as c:
        usual = {"next_at": now + HOUR, "changed": True, "data_at": None}
        return state.succeeded(c, air, now=now, **{**usual, **other})


def fail(air: Source, now: datetime = NOW, reason: str = "HTTP 502") -> bool:
    with database.engine().begin() as c:
        return state.failed(c, air, now=now, next_at=now + HOUR, reason=reason, cause=FailureCause.DNS)


# ── pace ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_source_is_requested_no_more_often_than_its_cadence(air: Source) -> None:
    assert state.claim(air, NOW)
    assert (health().asked_at, health().next_at) == (NOW, NOW + HOUR)
    assert not state.claim(air, NOW)
    assert not state.claim(air, NOW + 59 * MINUTE + 59 * SECOND)
    assert state.claim(air, NOW + HOUR)
    assert not state.claim(air, NOW + HOUR)
    assert state.claim(sources.get("cnemc_water"), NOW)  # another source has its own pace


def test_the_next_time_can_be_later_than_the_cadence(air: Source) -> None:
    state.claim(air, NOW)
    succeed(air, next_at=NOW + 3 * HOUR)
    assert not state.claim(air, NOW + 3 * HOUR - SECOND)
    assert state.claim(air, NOW + 3 * HOUR)


def test_a_source_at_home_is_requested_every_ten_seconds(air: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XINING_CNEMC_AIR_URL", "http://127.0.0.1:9000")
    assert state.claim(air, NOW)
    assert not state.claim(air, NOW + 9 * SECOND)
    assert state.claim(air, NOW + 10 * SECOND)


def test_a_source_brought_home_waits_for_no_other_address(air: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    assert state.claim(air, NOW)
    fail(air)
    monkeypatch.setenv("XINING_CNEMC_AIR_URL", "http://127.0.0.1:9000")
    assert health().next_at == NOW + 10 * SECOND
    assert not state.claim(air, NOW + 9 * SECOND)
    assert state.claim(air, NOW + 10 * SECOND)


def test_a_clock_put_back_does_not_silence_a_source(air: Source) -> None:
    wrong = NOW + timedelta(days=365)
    assert state.claim(air, wrong)
    assert health().next_at is None  # at once
    assert state.claim(air, NOW)
    assert not state.claim(air, NOW)


def test_clocks_of_two_machines_may_differ_a_little(air: Source) -> None:
    assert state.claim(air, NOW)
    assert not state.claim(air, NOW - MINUTE)


@pytest.mark.parametrize("known", [False, True])
def test_of_many_threads_one_may_ask(air: Source, known: bool) -> None:
    if known:
        state.claim(air, NOW - 2 * HOUR)
    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(lambda _: state.claim(air, NOW), range(16))) == 1


CLAIM = """
from datetime import datetime
from store import sources, state
print(state.claim(sources.get("cnemc_air"), datetime.fromisoformat("2026-10-09T12:26:00+08:00")))
"""


@pytest.mark.slow
def test_of_many_processes_one_may_ask(air: Source) -> None:
    running = [subprocess.Popen([sys.executable, "-c", CLAIM], stdout=subprocess.PIPE, text=True) for _ in range(3)]
    assert sorted(process.communicate(timeout=60)[0].strip() for process in running) == ["False", "False", "True"]


# ── how it went ──────────────────────────────────────────────────────────────────────────────────────────────────────
def test_nothing_is_known_of_a_source_never_requested(air: Source) -> None:
    one = health()
    assert (one.on, one.url) == (True, "https://air.cnemc.cn:18007")
    assert {one.asked_at, one.succeeded_at, one.failed_at, one.failing_since, one.next_at, one.data_at, one.age} == {
        None
    }
    assert (one.failure, one.stale, one.readings, one.flagged) == ("", None, 0, 0)
    assert [one.id for one in state.health(NOW)] == list(sources.declared())


def test_a_failure_and_a_recovery_are_news_once(air: Source) -> None:
    assert not succeed(air)
    assert fail(air, NOW + HOUR, "HTTP 502")
    assert not fail(air, NOW + 2 * HOUR, "name not found")
    one = health()
    assert (one.failing_since, one.failed_at) == (NOW + HOUR, NOW + 2 * HOUR)
    assert (one.failure, one.succeeded_at, one.next_at) == ("name not found", NOW, NOW + 3 * HOUR)
    assert succeed(air, NOW + 3 * HOUR)
    assert not succeed(air, NOW + 4 * HOUR)
    one = health()
    assert (one.failing_since, one.failed_at, one.failure) == (None, NOW + 2 * HOUR, "name not found")
    assert one.succeeded_at == NOW + 4 * HOUR


def test_a_first_failure_is_news(air: Source) -> None:
    assert fail(air)


def test_the_newest_moment_given_never_goes_back(air: Source) -> None:
    succeed(air, data_at=NOW - HOUR)
    succeed(air, NOW + HOUR, data_at=NOW - 5 * HOUR)
    assert health().data_at == NOW - HOUR
    succeed(air, NOW + 2 * HOUR, data_at=None)
    assert health().data_at == NOW - HOUR
    succeed(air, NOW + 3 * HOUR, data_at=NOW)
    assert health().data_at == NOW


@pytest.mark.parametrize(("minutes", "stale"), [(0, False), (150, False), (151, True)])
def test_a_value_older_than_expected_is_stale(air: Source, minutes: int, stale: bool) -> None:
    succeed(air, data_at=NOW)
    one = health(NOW + minutes * MINUTE)
    assert (one.age, one.stale) == (minutes * MINUTE, stale)


def test_of_a_source_that_never_had_a_value_nobody_knows_that_it_is_out_of_date(air: Source) -> None:
    assert (health().standing, health().stale) == ("never", None)
    succeed(air, data_at=None)  # answered, with nothing
    assert (health().standing, health().stale) == ("never", None)


def test_a_value_of_the_future_is_new(air: Source) -> None:
    succeed(air, data_at=NOW + 5 * MINUTE)
    assert (health().age, health().stale) == (timedelta(0), False)


def test_readings_are_counted_up(air: Source) -> None:
    for readings, flagged in ((90, 2), (0, 0), (10, 1)):
        with database.engine().begin() as c:
            state.counted(c, air, readings=readings, flagged=flagged)
    assert (health().readings, health().flagged) == (100, 3)


def test_an_asking_that_brought_nothing_new_changed_nothing(air: Source) -> None:
    succeed(air, changed=True)
    succeed(air, NOW + HOUR, changed=False)
    assert database.rows(select(live.source_state.c.changed_at))[0].changed_at == int(NOW.timestamp())


def test_pages_notice(air: Source) -> None:
    before = database.revision("sources")
    with database.reading_only(("sources",)):
        state.health(NOW)
    with database.reading_only(("facts",)), pytest.raises(database.UnnamedTopicError, match="sources is read"):
        state.health(NOW)
    fail(air)
    failed = database.revision("sources")
    succeed(air)
    assert len({before, failed, database.revision("sources")}) == 3


# ── who collects ─────────────────────────────────────────────────────────────────────────────────────────────────────
def test_one_holds_the_lease_until_it_runs_out(store: str) -> None:
    assert state.elect("collector", "a", NOW, MINUTE)
    assert not state.elect("collector", "b", NOW + 59 * SECOND, MINUTE)
    assert state.elect("collector", "a", NOW + 59 * SECOND, MINUTE)  # renewed: until 12:27:59
    assert not state.elect("collector", "b", NOW + 118 * SECOND, MINUTE)
    assert state.elect("backfill", "b", NOW, MINUTE)
    assert state.elect("collector", "b", NOW + 119 * SECOND, MINUTE)
    assert not state.elect("collector", "a", NOW + 119 * SECOND, MINUTE)


def test_a_lease_given_by_a_wrong_clock_is_over(store: str) -> None:
    assert state.elect("collector", "a", NOW + timedelta(days=365), MINUTE)
    assert state.elect("collector", "b", NOW, MINUTE)


def test_a_lease_given_by_a_clock_that_is_fast_counts(store: str) -> None:
    assert state.elect("collector", "a", NOW + HOUR, MINUTE)
    assert not state.elect("collector", "b", NOW, MINUTE)


def test_who_resigns_frees_it(store: str) -> None:
    assert state.elect("collector", "a", NOW, MINUTE)
    state.resign("collector", "b")  # not its own: nothing
    assert not state.elect("collector", "b", NOW, MINUTE)
    state.resign("collector", "a")
    assert state.elect("collector", "b", NOW, MINUTE)


def test_of_many_at_once_one_is_elected(store: str) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(lambda n: state.elect("collector", str(n), NOW, MINUTE), range(16))) == 1
