"""Years of the past, day by day, from a source that has them."""

import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import NoReturn

from tqdm import tqdm

from loaders import registry
from loaders.answer import Answer
from loaders.collector import real_now
from loaders.intake import store_answers
from loaders.summary import Sum
from loaders.transport import TOO_MANY, UpstreamClient
from store import state
from store.sources import Source

# One transaction holds the answers until one of these is reached: many days, and yet little memory and little to lose.
BYTES_AT_ONCE = 32 * 2**20
ANSWERS_AT_ONCE = 64
SECONDS_AT_ONCE = 20.0
GAP_S = 1.0  # between two calls to an outside host
LEASE_LASTS = timedelta(minutes=5)


class BusyError(RuntimeError):
    """Somebody else is backfilling from this source."""


class PeriodError(ValueError):
    """The source cannot give that period; the message names which it can."""


def backfill(
    source: Source,
    since: date,
    until: date,
    *,
    now: Callable[[], datetime] = real_now,
    sleep: Callable[[float], None] = time.sleep,
) -> Sum:
    """Fetch the days from since to until, both included, and store them in large transactions.

    Each day is requested once and calls to an outside host are a second apart; the source's cadence is for asking the
    same thing again and does not bind here. Run again it changes nothing that is there. Raises PeriodError where the
    source cannot give the period, BusyError where another backfilling of the source runs.
    """
    done = Sum()
    holder = f"backfill {id(done)} {now().timestamp()}"
    name = f"backfill {source.id}"
    if not state.elect(name, holder, now(), LEASE_LASTS):
        raise BusyError(f"another backfilling of {source.id} is running")
    try:
        with UpstreamClient(source, now=now) as client, tqdm(desc=source.id, unit=" answers", disable=None) as bar:
            answers = _answers(client, since, until, now())
            for part in _parts(_paced(answers, 0 if source.at_home else GAP_S, sleep, bar)):
                done.add(store_answers(part, now=now()))
                bar.set_postfix(readings=done.readings, refresh=False)
                state.elect(name, holder, now(), LEASE_LASTS)
    finally:
        state.resign(name, holder)
    return done


def _answers(client: UpstreamClient, since: date, until: date, now: datetime) -> Iterator[Answer]:
    try:
        yield from registry.loader(client.source.id).fetch(client, now=now, since=since, until=until)
    except ValueError as error:
        raise PeriodError(str(error)) from error


def _paced(
    answers: Iterator[Answer], gap_s: float, sleep: Callable[[float], None], bar: "tqdm[NoReturn]"
) -> Iterator[Answer]:
    """Every answer after a gap; none after the upstream refused further requests: run again later it goes on."""
    for answer in answers:
        yield answer
        bar.update()
        if answer.status == TOO_MANY:
            return
        if gap_s:
            sleep(gap_s)


def _parts(answers: Iterator[Answer]) -> Iterator[list[Answer]]:
    """Answers in handfuls for one transaction each."""
    part: list[Answer] = []
    size, begun = 0, time.monotonic()
    for answer in answers:
        part.append(answer)
        size += len(answer.body)
        if size >= BYTES_AT_ONCE or len(part) >= ANSWERS_AT_ONCE or time.monotonic() - begun >= SECONDS_AT_ONCE:
            yield part
            part, size, begun = [], 0, time.monotonic()
    if part:
        yield part
