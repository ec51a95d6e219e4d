"""Answers as they came: every request with its address, time and hash, its bytes compressed and stored within a budget."""

import hashlib
import os
from collections.abc import Sequence
from datetime import date, datetime, time

import brotli
from msgspec import Struct
from sqlalchemy import Connection, delete, func, insert, select, update

from store import database, live
from store.clock import DAY_S, ZONE
from store.states import AnswerState

ANSWERS, BODIES = live.raw_answers, live.raw_bodies
QUALITY = 5  # of brotli: JSON to about a tenth at some 100 MB/s; 11 takes twenty times as long for a fifth less
BUDGET_MB = 1024
BROUGHT_IN = "workbook"  # the source of what people bring in


class StoredAnswer(Struct, frozen=True):
    """An answer as it was stored. ``body``: None where the budget has dropped its bytes."""

    raw_id: int
    source: str
    call: str
    address: str
    asked_at: datetime
    status: int | None
    content_type: str
    sha256: str
    state: AnswerState
    problem: str
    body: bytes | None


def budget_bytes() -> int:
    """How many (compressed) bytes are stored: XINING_RAW_BUDGET_MB. Raises ValueError where that is no number."""
    configured = os.environ.get("XINING_RAW_BUDGET_MB") or BUDGET_MB
    try:
        return int(float(configured) * 2**20)
    except ValueError:
        raise ValueError(f"XINING_RAW_BUDGET_MB must be a number of megabytes, not {configured!r}") from None


def save(
    c: Connection,
    *,
    source: str,
    call: str,
    address: str,
    asked_at: datetime,
    status: int | None,
    content_type: str,
    body: bytes,
    state: AnswerState = AnswerState.OK,
    problem: str = "",
) -> int:
    """Store an answer; its number. The same bytes are stored once, whoever sent them."""
    sha256, at = hashlib.sha256(body).hexdigest(), int(asked_at.timestamp())
    if c.execute(update(BODIES).where(BODIES.c.sha256 == sha256).values(asked_at=at)).rowcount == 0:
        packed = brotli.compress(body, quality=QUALITY)
        values = {"sha256": sha256, "size": len(body), "kept": len(packed), "asked_at": at, "body": packed}
        c.execute(insert(BODIES).values(values))
    made = insert(ANSWERS).values(
        source=source,
        call=call,
        address=address,
        asked_at=at,
        status=status,
        content_type=content_type,
        sha256=sha256,
        state=state,
        problem=problem,
    )
    return int(c.execute(made.returning(ANSWERS.c.raw_id)).scalar_one())


def get(raw_id: int) -> StoredAnswer | None:
    """An answer by its number, None where there is none."""
    query = select(*ANSWERS.c, BODIES.c.body).outerjoin(BODIES, BODIES.c.sha256 == ANSWERS.c.sha256)
    found = database.rows(query.where(ANSWERS.c.raw_id == raw_id))
    if not found:
        return None
    values = dict(found[0]._mapping)
    values["asked_at"] = datetime.fromtimestamp(values["asked_at"], ZONE)
    values["body"] = None if values["body"] is None else brotli.decompress(values["body"])
    values["state"] = AnswerState(values["state"])
    return StoredAnswer(**values)


def body(raw_id: int) -> bytes | None:
    """The bytes of an answer, None where there is no such answer or the budget has dropped them."""
    stored = get(raw_id)
    return stored.body if stored else None


def ids(source: str, since: date | None = None, until: date | None = None) -> list[int]:
    """Numbers of a source's answers requested from the day ``since`` to the day ``until``, both included, oldest first."""
    query = select(ANSWERS.c.raw_id).where(ANSWERS.c.source == source)
    if since:
        query = query.where(ANSWERS.c.asked_at >= _midnight(since))
    if until:
        query = query.where(ANSWERS.c.asked_at < _midnight(until) + DAY_S)
    return [row.raw_id for row in database.rows(query.order_by(ANSWERS.c.asked_at, ANSWERS.c.raw_id))]


def last_asked(source: str, calls: Sequence[str]) -> dict[str, datetime]:
    """When each call of a source was last answered without a failure; calls that never were are left out."""
    query = (
        select(ANSWERS.c.call, func.max(ANSWERS.c.asked_at))
        .where(ANSWERS.c.source == source, ANSWERS.c.call.in_(calls), ANSWERS.c.state == AnswerState.OK)
        .group_by(ANSWERS.c.call)
    )
    return {call: datetime.fromtimestamp(at, ZONE) for call, at in database.rows(query)}


def _midnight(day: date) -> int:
    return int(datetime.combine(day, time(), ZONE).timestamp())


def set_state(c: Connection, raw_id: int, state: AnswerState, problem: str) -> None:
    """Record an answer's state and problem (empty: none) after it was parsed again."""
    c.execute(update(ANSWERS).where(ANSWERS.c.raw_id == raw_id).values(state=state, problem=problem))


def trim(c: Connection, budget: int) -> int:
    """Drop the bodies requested longest ago beyond ``budget`` bytes; how many. Their rows, times and hashes stay.

    What people brought in is the evidence of corrections: it is never dropped and does not count.
    """
    brought = select(ANSWERS.c.sha256).where(ANSWERS.c.source == BROUGHT_IN)
    newer = func.sum(BODIES.c.kept).over(order_by=[BODIES.c.asked_at.desc(), BODIES.c.sha256])
    filled = select(BODIES.c.sha256, newer.label("bytes")).where(BODIES.c.sha256.not_in(brought)).subquery()
    beyond = select(filled.c.sha256).where(filled.c.bytes > budget)
    return c.execute(delete(BODIES).where(BODIES.c.sha256.in_(beyond))).rowcount
