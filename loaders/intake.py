"""Answers on their way into the store: parsed, checked, written with their bytes, all of it in one transaction."""

import logging
import traceback
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd
from msgspec import Struct
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from assessment.messages import one_line
from loaders import aggregate, plausible, registry
from loaders.answer import Answer, AnswerError, Batch
from loaders.cells import MOST_PROBLEMS, NOTE_LENGTH, plain
from store import database, faults, raw, sources, state
from store import readings as readings_store
from store.states import AnswerState, FailureCause

log = logging.getLogger("loaders")
_faults_logged: set[tuple[str, type]] = set()  # a loader's bug gets its traceback once, not once an hour


class Failure(Struct, frozen=True):
    """Why nothing of an answer was stored: the cause for programs, the reason for people, in English."""

    cause: FailureCause
    reason: str
    call: str = ""  # of a failure of the transport, whose reason does not name it


class Outcome(Struct, frozen=True):
    """What became of answers of one source that were stored together."""

    source: str
    calls: tuple[str, ...]
    raw_ids: tuple[int, ...]
    failures: tuple[Failure, ...] = ()  # nothing published is none
    left_out: int = 0  # rows that could not be read
    left_out_rows: tuple[str, ...] = ()  # the first of them, each a sentence with call and row
    remarks: tuple[str, ...] = ()  # what else is odd, each with its call
    readings: int = 0
    new: int = 0
    changed: int = 0
    flagged: int = 0  # of the new and changed ones
    data_at: datetime | None = None  # newest known moment, not after the run, that no check suspects

    @property
    def row_problems(self) -> tuple[str, ...]:
        """What could not be read or is odd."""
        return self.left_out_rows + self.remarks


class _Parsed(Struct, frozen=True):
    answer: Answer
    batch: Batch
    state: AnswerState
    failure: Failure | None = None  # why there is no batch

    @property
    def left_out_rows(self) -> tuple[str, ...]:
        """The first rows that could not be read, each with the call."""
        return self._with_call(self.batch.problems[: min(self.batch.left_out, MOST_PROBLEMS)])

    @property
    def remarks(self) -> tuple[str, ...]:
        """What else is odd, likewise; none where rows left out fill the list."""
        return self._with_call(
            self.batch.problems[self.batch.left_out :] if self.batch.left_out < MOST_PROBLEMS else ()
        )

    def _with_call(self, sentences: Sequence[str]) -> tuple[str, ...]:
        return tuple(one_line(f"{self.answer.call}, {sentence}") for sentence in sentences)

    @property
    def problem(self) -> str:
        """What is stored beside the bytes: why there is no batch, or which rows could not be read."""
        if self.failure:
            return self.failure.reason
        return one_line(self.answer.problem) or "; ".join(map(one_line, self.batch.problems))


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
        failure = Failure(answer.cause, one_line(answer.problem), answer.call) if answer.cause else None
        return _Parsed(answer, nothing, answer.state, failure)
    try:
        batch = registry.loader(answer.source).parse(answer)
        if batch.left_out and batch.readings.empty:
            return _Parsed(answer, batch, AnswerState.BAD_PROTOCOL, _unreadable(answer, batch))
        return _Parsed(answer, batch, AnswerState.OK)
    except AnswerError as error:
        return _Parsed(answer, nothing, AnswerState.BAD_PROTOCOL, Failure(error.cause, str(error)))
    except Exception as error:  # whatever an upstream sends, the collector goes on
        return _Parsed(answer, nothing, AnswerState.LOADER_FAULT, log_fault(f"{answer.source}, {answer.call}", error))


def _unreadable(answer: Answer, batch: Batch) -> Failure:
    """The failure of an answer that came whole and of which no row can be read: how many, and why the first."""
    more = f" (and {batch.left_out - 1} more)" if batch.left_out > 1 else ""
    return Failure(
        FailureCause.PROTOCOL,
        one_line(f"{answer.source}, {answer.call}: nothing can be read: {batch.problems[0]}{more}"),
    )


def log_fault(where: str, error: Exception) -> Failure:
    """Log an error of our own with where it arose, the first time; the error as a failure.

    What it says may quote the upstream: one line of it, where a traceback would give all of it as it came. What the store
    or its disk refuses needs none: its sentence says what to do.
    """
    if faults.fault(error):
        failure = Failure(FailureCause.LOADER, one_line(faults.sentence(f"{where}: the store", error)))
        log.error("%s", failure.reason)
        return failure
    failure = Failure(
        FailureCause.LOADER, one_line(f"{where}: an error of the loader ({type(error).__name__}: {error})")
    )
    if (where, type(error)) not in _faults_logged:
        _faults_logged.add((where, type(error)))
        log.error(
            "%s, not of the upstream\n%s", failure.reason, "".join(traceback.format_tb(error.__traceback__)).rstrip()
        )
    return failure


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
        content_type=plain(answer.content_type)[:NOTE_LENGTH],
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
        "left_out": sum(one.batch.left_out for one in parsed),
        "left_out_rows": tuple(sentence for one in parsed for sentence in one.left_out_rows),
        "remarks": tuple(sentence for one in parsed for sentence in one.remarks),
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
    written = readings_store.write(c, frame, raw_id=came_from, now=now)
    aggregate.update_aggregates(c, written.touched)
    state.counted(c, sources.get(source), readings=written.new, flagged=written.flagged)
    for one in parsed:
        if one.batch.places:
            readings_store.upsert_places(c, source, one.batch.places, now)
    sound = checked["at"][checked["value"].notna() & checked["flags"].isna() & (checked["at"] <= asked_at)]
    return {
        "readings": len(checked),
        "new": written.new,
        "changed": written.changed,
        "flagged": written.flagged,
        "data_at": sound.max().to_pydatetime() if len(sound) else None,
    }
