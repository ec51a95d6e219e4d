"""The collector: requests each source when it is due and stores what comes in."""

import logging
import os
import random
import socket
import threading
import time
import uuid
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from assessment.messages import one_line
from loaders import registry
from loaders.intake import Failure, Outcome, log_fault, store_answer
from loaders.transport import UpstreamClient
from store import database, faults, live, logs, migrate, raw, sources, state
from store.clock import ZONE
from store.sources import Source
from store.states import FailureCause

log = logging.getLogger("loaders")
R = TypeVar("R")

LEASE_LASTS = timedelta(seconds=60)
TICK_INTERVAL_S = 15.0  # renews the lease and checks what is due at least this often
MIN_TICK_INTERVAL_S = 1.0  # and never more often
STOP_TIMEOUT_S = 1.0
STORE_RETRY_S = 1.0  # how often an answer is offered again to a database server that is away


def real_now() -> datetime:
    """The time in Xining as it really is: upstreams know no other, whatever day XINING_TODAY shows on the pages."""
    return datetime.now(ZONE)


def configure_logging(level: int = logging.INFO) -> None:
    """Let the loaders' log lines be seen on stderr, with their time."""
    logs.configure()
    log.setLevel(level)


def _log(what: str, error: Exception) -> None:
    """Log a trouble of the store by its sentence, any other with its traceback."""
    if isinstance(error, database.StoreError) or faults.fault(error):
        log.error(
            "%s: %s", what, error if isinstance(error, database.StoreError) else faults.sentence("the store", error)
        )
    else:
        log.error("%s", what, exc_info=error)


# ── when ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
def next_time(source: Source, started: datetime, *, draw: Callable[[], float] = random.random) -> datetime:
    """When a source that was requested may be requested again: its cadence later, inside its minutes of the hour.

    A source outside its minutes waits for their next beginning and takes a moment of their first half by lot, so that
    not everyone comes at once; inside them it follows the cadence, and the other half allows for drift.
    """
    started = started.replace(microsecond=0)
    if source.at_home:
        return started + state.LOOPBACK_INTERVAL
    earliest = started + source.every
    if source.minute_of_hour is None:
        return earliest
    first, last = source.minute_of_hour
    if first <= earliest.minute < last:
        return earliest
    begin = earliest.replace(minute=first, second=0)
    begin += timedelta(hours=earliest.minute >= last)
    return begin + timedelta(seconds=int(draw() * (last - first) * 30))


def due(now: datetime) -> tuple[list[Source], datetime | None]:
    """The sources the collector may request now, and when the next of the others comes."""
    ready, later = [], []
    for source, health in zip(sources.declared().values(), state.health(now), strict=True):
        if not source.on:
            continue
        if health.next_at is None or health.next_at <= now:
            ready.append(source)
        else:
            later.append(health.next_at)
    return ready, min(later, default=None)


# ── one fetch run ────────────────────────────────────────────────────────────────────────────────────────────────────
class FetchRun(Struct, frozen=True):
    """What one fetch run of a source brought."""

    source: str
    outcomes: tuple[Outcome, ...]
    failure: str  # empty: it succeeded
    partial_failure: str = ""  # what went wrong beside what came in
    cause: FailureCause | None = None  # of either

    @property
    def changed(self) -> bool:
        """Whether the store holds anything new by it."""
        return any(outcome.new or outcome.changed for outcome in self.outcomes)


def judge(source: str, outcomes: Sequence[Outcome], broken: Failure | None = None) -> FetchRun:
    """Whether a fetch run succeeded: nothing went wrong, or readings came in beside what did.

    An upstream that publishes nothing this hour has not failed; one of which no row can be read has. Rows left out of an
    answer that was read otherwise are a failure in part. ``broken``: why the run ended before its end.
    """
    bad = [failure for outcome in outcomes for failure in outcome.failures] + ([broken] if broken else [])
    bad += [_rows_left_out(outcome) for outcome in outcomes if outcome.left_out and not outcome.failures]
    came = any(outcome.readings for outcome in outcomes)
    if not (bad or came):
        rows = [problem for outcome in outcomes for problem in outcome.row_problems]
        bad = [Failure(FailureCause.PROTOCOL, problem) for problem in rows]
    if not bad:
        return FetchRun(source, tuple(outcomes), "")
    reason = one_line(bad[0].reason + (f" (and {len(bad) - 1} more)" if len(bad) > 1 else ""))
    failure, partial = ("", reason) if came else (reason, "")
    return FetchRun(source, tuple(outcomes), failure, partial, bad[0].cause)


def _rows_left_out(outcome: Outcome) -> Failure:
    """What was left out of an answer whose other rows were stored."""
    first = next(iter(outcome.left_out_rows), outcome.calls[0])
    more = f" (and {outcome.left_out - 1} more)" if outcome.left_out > 1 else ""
    return Failure(FailureCause.PROTOCOL, f"left out: {first}{more}")


def at_once() -> bool:
    """Who does not wait for a database server that is away."""
    return False


def collect_source(
    source: Source, *, now: Callable[[], datetime] = real_now, again: Callable[[], bool] = at_once
) -> FetchRun | None:
    """Request a source once, if its pace allows, and store each answer as it comes. None: it may not be requested yet.

    While the database's server is away an answer waits in memory: its upstream may not show it again. ``again`` waits a
    while and says whether to try once more.
    """
    started = now()
    if not state.claim(source, started):
        return None
    outcomes, broken, wait_s = [], None, 0.0
    try:
        with UpstreamClient(source, now=now) as client:
            for answer in registry.loader(source.id).fetch(client, now=started):
                wait_s = max(wait_s, answer.wait_s or 0)
                outcomes.append(_stored(partial(store_answer, answer, now=now()), again))
    except Exception as error:  # of a loader's fetch() or of the store: the other sources go on
        broken = log_fault(f"{source.id}, fetch", error)
    run = judge(source.id, outcomes, broken)
    next_at = max(next_time(source, started), started + timedelta(seconds=wait_s))
    _stored(partial(_conclude, source, run, next_at, now()), again)
    return run


def _stored(work: Callable[[], R], again: Callable[[], bool]) -> R:
    """What ``work`` returns, done once more while the database's server is away and ``again`` says so."""
    while True:
        try:
            return work()
        except SQLAlchemyError as error:
            if faults.fault(error) is not faults.Fault.UNREACHABLE or not again():
                raise


def _conclude(source: Source, run: FetchRun, next_at: datetime, now: datetime) -> None:
    """Remember how a fetch run ended, and when the source may be requested again."""
    row = live.source_state
    with database.engine().begin() as c:
        before = c.execute(select(row).where(row.c.source == source.id)).one()
        if run.failure and run.cause:
            state.failed(c, source, now=now, next_at=next_at, reason=run.failure, cause=run.cause)
        else:
            state.succeeded(
                c,
                source,
                now=now,
                next_at=next_at,
                changed=run.changed,
                data_at=max((outcome.data_at for outcome in run.outcomes if outcome.data_at), default=None),
            )
        if run.partial_failure and run.cause:
            state.partly_failed(c, source, now=now, reason=run.partial_failure, cause=run.cause)
    _log_change(source, before, run, now)


def _log_change(source: Source, before: database.Record, run: FetchRun, now: datetime) -> None:
    """One log line where a fetch run ended otherwise than the one before."""
    failed = before.failing_since is not None
    partly = not failed and bool(before.partial) and before.failed_at == before.succeeded_at
    if run.failure and not failed:
        log.warning("%s fails: %s", source.id, run.failure)
    if failed and not run.failure:
        log.info("%s is back after %s", source.id, timedelta(seconds=int(now.timestamp()) - before.failing_since))
    if run.partial_failure and not partly:
        log.warning("%s fails in part: %s", source.id, run.partial_failure)
    if partly and not run.partial_failure and not run.failure:
        log.info("%s is whole again", source.id)


def collect_once(now: Callable[[], datetime] = real_now) -> list[FetchRun]:
    """Request every source that is due, one after another; what each brought."""
    runs = [collect_source(source, now=now) for source in due(now())[0]]
    return [run for run in runs if run]


# ── all the time ─────────────────────────────────────────────────────────────────────────────────────────────────────
class Collector:
    """Collects in the background of its process; of all collectors on one database, one does.

    Each due source is requested in a daemon thread of its own: one that hangs holds up no other, and none holds up the end
    of the process; what an end cuts off was not committed and is requested again.
    """

    def __init__(self, *, now: Callable[[], datetime] = real_now) -> None:
        self.holder = f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"
        self._now = now
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="collector", daemon=True)
        self._running: dict[str, threading.Thread] = {}
        self._prepared = False
        self._trimmed: datetime | None = None

    def start(self) -> None:
        """Begin collecting; returns at once."""
        self._thread.start()

    def stop(self) -> None:
        """End within a second or so and let another collector take over."""
        self._ended.set()
        self._thread.join(STOP_TIMEOUT_S / 2)
        self.finish(STOP_TIMEOUT_S / 2)
        with suppress(SQLAlchemyError):  # where the store is away the lease runs out by itself
            state.resign(state.COLLECTING, self.holder)

    def finish(self, seconds: float) -> None:
        """Wait so long, at most, for running requests."""
        until = time.monotonic() + seconds
        for thread in tuple(self._running.values()):  # a tick may add to them meanwhile
            thread.join(max(until - time.monotonic(), 0))

    def _run(self) -> None:
        troubled = False
        while not self._ended.is_set():
            wait = TICK_INTERVAL_S
            try:
                wait = self.tick()
                if troubled:
                    log.info("the collector works again")
                troubled = False
            except Exception as error:  # the store may be away for a while: log it once, try again
                if not troubled:
                    _log("the collector cannot work", error)
                troubled = True
            self._ended.wait(wait)

    def tick(self) -> float:
        """Begin to request what is due, if this collector has the lease; seconds until the next tick."""
        if not self._prepared:
            migrate.upgrade()
            self._prepared = True
        now = self._now()
        if not state.elect(state.COLLECTING, self.holder, now, LEASE_LASTS):
            return TICK_INTERVAL_S
        ready, next_at = due(now)
        for source in ready:
            if not (running := self._running.get(source.id)) or not running.is_alive():
                thread = threading.Thread(target=self._collect, args=(source,), name=f"ask {source.id}", daemon=True)
                self._running[source.id] = thread
                thread.start()
        self._trim(now)
        if ready or not next_at:  # those requested just now are due again before the others, perhaps
            return MIN_TICK_INTERVAL_S
        return min(max((next_at - now).total_seconds(), MIN_TICK_INTERVAL_S), TICK_INTERVAL_S)

    def _collect(self, source: Source) -> None:
        try:
            collect_source(source, now=self._now, again=lambda: not self._ended.wait(STORE_RETRY_S))
        except Exception as error:
            _log(f"{source.id} could not be asked", error)

    def _trim(self, now: datetime) -> None:
        """Once a day, drop the oldest bodies beyond the budget."""
        if self._trimmed and now - self._trimmed < timedelta(days=1):
            return
        with database.engine().begin() as c:
            raw.trim(c, raw.budget_bytes())
        self._trimmed = now
