"""Answers on their way into the store: parsed, checked, written with their bytes, all of it in one transaction."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from loaders import aggregate, plausible, registry
from loaders.answer import Answer, AnswerError, Batch
from loaders.cells import plain
from store import database, raw, readings, sources, state
from store.states import AnswerState, FailureCause

log = logging.getLogger("loaders")
_faults_logged: set[tuple[str, type]] = set()  # a loader's bug gets its traceback once, not once an hour


@dataclass(frozen=True)
class Failure:
    """Why nothing of an answer was stored: the cause for programs, the reason for people, in English."""

    cause: FailureCause
    reason: str


@dataclass(frozen=True)
class Outcome:
    """What became of answers of one source that were stored together."""

    source: str
    calls: tuple[str, ...]
    raw_ids: tuple[int, ...]
    failures: tuple[Failure, ...] = ()  # nothing published is none
    row_problems: tuple[str, ...] = ()  # rows that could not be read, the others were stored
    readings: int = 0
    new: int = 0
    changed: int = 0
    flagged: int = 0  # of the new and changed ones
    data_at: datetime | None = None  # newest known moment, not after the run, that no check suspects


@dataclass(frozen=True)
class _Parsed:
    answer: Answer
    batch: Batch
    state: AnswerState
    failure: Failure | None = None  # why there is no batch

    @property
    def row_problems(self) -> tuple[str, ...]:
        """What the loader could not read of it, likewise."""
        return tuple(plain(problem) for problem in self.batch.problems)

    @property
    def problem(self) -> str:
        """What is stored beside the bytes: why there is no batch, or which rows could not be read."""
        if self.failure:
            return self.failure.reason
        return plain(self.answer.problem) or "; ".join(self.row_problems)


def store_answer(answer: Answer, *, now: datetime) -> Outcome:
    """Store an answer's bytes and, where it follows its protocol, its readings. Nothing an upstream sends raises."""
    return store_answers([answer], now=now)


def store_answers(answers: Sequence[Answer], *, now: datetime) -> Outcome:
    """Store answers of one source together, as if they were one: for backfilling, many times faster than one by one.

    They are checked as of the newest run, so they must belong together: answers of one fetch run or one backfilling.
    """
    parsed = [_parsed(answer) for answer in answers]
    with database.engine().begin() as c:
        return _store(c, parsed, [_store_raw(c, one) for one in parsed], now)


def store_again(raw_id: int, answer: Answer, *, now: datetime) -> Outcome:
    """Parse an answer once more whose bytes are already stored, and store what is read now."""
    parsed = _parsed(answer)
    with database.engine().begin() as c:
        raw.set_state(c, raw_id, parsed.state, parsed.problem)
        return _store(c, [parsed], [raw_id], now)


# ── reading ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def _parsed(answer: Answer) -> _Parsed:
    """An answer's readings, or none and why: a failure of the transport, a breach of the protocol, a bug in the loader."""
    nothing = Batch(pd.DataFrame())
    if not answer.ok:
        # sentences quote upstreams: in one line that any database takes
        failure = Failure(answer.cause, plain(answer.problem)) if answer.cause else None
        return _Parsed(answer, nothing, answer.state, failure)
    try:
        return _Parsed(answer, registry.loader(answer.source).parse(answer), AnswerState.OK)
    except AnswerError as error:
        return _Parsed(answer, nothing, AnswerState.BAD_PROTOCOL, Failure(error.cause, plain(error)))
    except Exception as error:  # whatever an upstream sends, the collector goes on
        return _Parsed(answer, nothing, AnswerState.LOADER_FAULT, log_fault(f"{answer.source}, {answer.call}", error))


def log_fault(where: str, error: Exception) -> Failure:
    """Log an error of our own with its traceback, the first time; the error as a failure."""
    if (where, type(error)) not in _faults_logged:
        _faults_logged.add((where, type(error)))
        log.error("%s: an error of the loader, not of the upstream", where, exc_info=error)
    return Failure(FailureCause.LOADER, plain(f"{where}: an error of the loader ({type(error).__name__}: {error})"))


# ── storing ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def _store_raw(c: Connection, parsed: _Parsed) -> int:
    answer = parsed.answer
    return raw.save(
        c,
        source=answer.source,
        call=answer.call,
        address=answer.address,
        asked_at=answer.asked_at,
        status=answer.status,
        content_type=plain(answer.content_type),
        body=answer.body,
        state=parsed.state,
        problem=parsed.problem,
    )


def _store(c: Connection, parsed: Sequence[_Parsed], raw_ids: Sequence[int], now: datetime) -> Outcome:
    """Store the readings of stored answers; where that fails by an error of ours, their bytes stay stored."""
    stored: dict[str, Any] = {
        "source": parsed[0].answer.source,
        "calls": tuple(one.answer.call for one in parsed),
        "raw_ids": tuple(raw_ids),
        "failures": tuple(one.failure for one in parsed if one.failure),
        "row_problems": tuple(problem for one in parsed for problem in one.row_problems),
    }
    full = [(one, raw_id) for one, raw_id in zip(parsed, raw_ids, strict=True) if len(one.batch.readings)]
    if full:
        try:
            with c.begin_nested():
                stored |= _write(c, [one for one, _ in full], [raw_id for _, raw_id in full], now)
        except SQLAlchemyError:  # the database's trouble, no answer's
            raise
        except Exception as error:
            failure = log_fault(f"{full[0][0].answer.source}, {full[0][0].answer.call}", error)
            for _, raw_id in full:
                raw.set_state(c, raw_id, AnswerState.LOADER_FAULT, failure.reason)
            stored["failures"] += (failure,)
    return Outcome(**stored)


def _write(c: Connection, parsed: Sequence[_Parsed], raw_ids: Sequence[int], now: datetime) -> dict[str, Any]:
    """Write readings, aggregates and places; what of :class:`Outcome` that fills."""
    frames = [one.batch.readings for one in parsed]
    given = pd.concat(frames, ignore_index=True) if len(frames) > 1 else frames[0]
    source, asked_at = parsed[0].answer.source, max(one.answer.asked_at for one in parsed)
    found = plausible.check(given, now=asked_at, source=source, recent=plausible.around(c, given))
    checked = frame = found.readings
    came_from = np.repeat(np.array(raw_ids, dtype=object), [len(one) for one in frames])
    if (since := found.since) is not None:  # stored ones, each written with its own answer
        frame = pd.concat([checked, since[checked.columns]], ignore_index=True)
        came_from = np.append(came_from, since["raw_id"])
    written = readings.write(c, frame, raw_id=came_from, now=now)
    aggregate.update_aggregates(c, written.touched)
    state.counted(c, sources.get(source), readings=written.new, flagged=written.flagged)
    for one in parsed:
        if one.batch.places:
            readings.upsert_places(c, source, one.batch.places, now)
    sound = checked["at"][checked["value"].notna() & checked["flags"].isna() & (checked["at"] <= asked_at)]
    return {
        "readings": len(checked),
        "new": written.new,
        "changed": written.changed,
        "flagged": written.flagged,
        "data_at": sound.max().to_pydatetime() if len(sound) else None,
    }
