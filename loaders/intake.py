"""An answer on its way into the store: parsed, checked, written with its bytes, all of it in one transaction."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import pandas as pd
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from loaders import aggregate, plausible, registry
from loaders.answer import Answer, AnswerError, Batch
from store import database, raw, readings

log = logging.getLogger("loaders")
NOTHING = "nothing published"  # how the problem of an answer begins that is missing by right: no failure
_bugs_told: set[tuple[str, type]] = set()  # a loader's bug gets its traceback once, not once an hour


@dataclass(frozen=True)
class Outcome:
    """What became of one answer."""

    source: str
    call: str
    raw_id: int
    problem: str = ""  # why nothing of it was stored; empty: it was, or there was rightly nothing
    row_problems: tuple[str, ...] = ()  # rows that could not be read, the others were stored
    readings: int = 0
    new: int = 0
    changed: int = 0
    flagged: int = 0
    data_at: datetime | None = None  # newest known moment, not after the asking, that no check suspects


def store_answer(answer: Answer, *, now: datetime) -> Outcome:
    """Keep an answer's bytes and, where it is what its protocol says, its readings. Nothing an upstream says raises."""
    return store_answers([answer], now=now)[0]


def store_answers(answers: Sequence[Answer], *, now: datetime) -> list[Outcome]:
    """Store answers of one source in one transaction: for backfilling, where a transaction each would be slow."""
    return _store(answers, lambda c, answer, problem: _keep(c, answer, problem), now=now)


def store_again(kept: Sequence[tuple[int, Answer]], *, now: datetime) -> list[Outcome]:
    """Parse answers once more whose bytes the store already keeps, by their raw_id, and store what is read now."""
    raw_ids = {id(answer): raw_id for raw_id, answer in kept}

    def known(c: Connection, answer: Answer, problem: str) -> int:
        raw.set_problem(c, raw_ids[id(answer)], problem)
        return raw_ids[id(answer)]

    return _store([answer for _, answer in kept], known, now=now)


def _store(
    answers: Sequence[Answer], raw_id_of: Callable[[Connection, Answer, str], int], *, now: datetime
) -> list[Outcome]:
    parsed = [(answer, *parse(answer)) for answer in answers]
    with database.engine().begin() as c:
        outcomes, touched = [], []
        for answer, batch, problem in parsed:
            raw_id = raw_id_of(c, answer, problem or _of_rows(answer, batch))
            if batch.readings.empty:
                fault = "" if problem.startswith(NOTHING) else problem
                outcomes.append(Outcome(answer.source, answer.call, raw_id, fault, batch.problems))
            else:
                outcome, changed = _write_or_tell(c, answer, batch, raw_id, now)
                outcomes.append(outcome)
                touched.append(changed)
        if any(changed is not None for changed in touched):
            aggregate.keep_up(c, pd.concat(touched, ignore_index=True))
    return outcomes


def _of_rows(answer: Answer, batch: Batch) -> str:
    return f"{answer.source}, {answer.call}: {'; '.join(batch.problems)}" if batch.problems else ""


def came_whole(kept: raw.Kept) -> bool:
    """Whether a kept answer was given to its loader: what went wrong, if anything did, names the source and the call."""
    return kept.body is not None and (not kept.problem or kept.problem.startswith(f"{kept.source}, {kept.call}"))


def _keep(c: Connection, answer: Answer, problem: str) -> int:
    return raw.keep(
        c,
        source=answer.source,
        call=answer.call,
        address=answer.address,
        asked_at=answer.asked_at,
        status=answer.status,
        content_type=answer.content_type,
        body=answer.body,
        problem=problem,
    )


def _write_or_tell(
    c: Connection, answer: Answer, batch: Batch, raw_id: int, now: datetime
) -> tuple[Outcome, pd.DataFrame | None]:
    """Write a batch; where that fails by an error of ours, its bytes are kept all the same."""
    try:
        with c.begin_nested():
            return _write(c, answer, batch, raw_id, now)
    except SQLAlchemyError:  # the database's trouble, no answer's
        raise
    except Exception as error:
        problem = tell_bug(f"{answer.source}, {answer.call}", error)
        raw.set_problem(c, raw_id, problem)
        return Outcome(answer.source, answer.call, raw_id, problem), None


def _write(c: Connection, answer: Answer, batch: Batch, raw_id: int, now: datetime) -> tuple[Outcome, pd.DataFrame]:
    """Write a batch that holds readings; also what changed, for the aggregates."""
    recent = plausible.around(c, batch.readings)
    checked = plausible.check(batch.readings, now=answer.asked_at, source=answer.source, recent=recent)
    written = readings.write(c, checked, raw_id=raw_id, now=now)
    if batch.places:
        readings.see(c, answer.source, batch.places, now)
    told = checked["at"][checked["value"].notna() & checked["flags"].isna() & (checked["at"] <= answer.asked_at)]
    return Outcome(
        answer.source,
        answer.call,
        raw_id,
        row_problems=batch.problems,
        readings=len(checked),
        new=written.new,
        changed=written.changed,
        flagged=written.flagged,
        data_at=told.max().to_pydatetime() if len(told) else None,
    ), written.touched


def parse(answer: Answer) -> tuple[Batch, str]:
    """An answer's readings, or none and why: what the transport says, what the protocol forbids, a bug in the loader."""
    nothing = Batch(pd.DataFrame())
    if not answer.ok:
        return nothing, answer.problem
    try:
        return registry.loader(answer.source).parse(answer), ""
    except AnswerError as error:
        return nothing, str(error)
    except Exception as error:  # whatever an upstream sends, the collector goes on
        return nothing, tell_bug(f"{answer.source}, {answer.call}", error)


def tell_bug(where: str, error: Exception) -> str:
    """Log an error of the house's own with its traceback, the first time; the error in a sentence."""
    if (where, type(error)) not in _bugs_told:
        _bugs_told.add((where, type(error)))
        log.error("%s: an error of the loader, not of the upstream", where, exc_info=error)
    return f"{where}: an error of the loader ({type(error).__name__}: {error})"
