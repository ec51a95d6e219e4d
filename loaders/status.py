"""How each source, the collector and the store are: one account for people and programs."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, select, text

from store import database, live, state
from store.clock import ZONE


def report(now: datetime) -> dict[str, Any]:
    """The state of everything: times in ISO 8601 with offset, None where there is none.

    A source's ``state``: off, never asked, asked (no run has ended yet), failing (its last run), stale (its
    newest value is older than expected; it answers all the same), ok.
    """
    with database.reading() as c:
        return {
            "time": iso(now),
            "collector": collector(now),
            "store": {
                "database": database.engine().url.render_as_string(hide_password=True),
                "bytes": _bytes(c),
                "revisions": {row.topic: row.number for row in c.execute(select(live.revisions))},
                "answers": c.scalar(select(func.count()).select_from(live.raw_answers)),
                "readings": c.scalar(select(func.coalesce(func.sum(live.series.c.readings), 0))),
            },
            "sources": [_source(health) for health in state.health(now)],
        }


def collector(now: datetime) -> dict[str, Any] | None:
    """Who collects, and until when at least; None where nobody does."""
    found = state.collector(now)
    return found and {"holder": found[0], "until": iso(found[1])}


def _source(health: state.Health) -> dict[str, Any]:
    return {
        "source": health.id,
        "state": _state(health),
        "on": health.on,
        "url": health.url,
        "asked_at": iso(health.asked_at),
        "succeeded_at": iso(health.succeeded_at),
        "failed_at": iso(health.failed_at),
        "failure": health.failure or None,
        "cause": health.cause,
        "partial": health.partial,
        "failing_since": iso(health.failing_since),
        "next_at": iso(health.next_at),
        "data_at": iso(health.data_at),
        "age_minutes": health.age // timedelta(minutes=1) if health.age is not None else None,
        "stale": health.stale,
        "readings": health.readings,
        "flagged": health.flagged,
    }


def _state(health: state.Health) -> str:
    if health.failing_since:
        return "failing"
    if health.stale and health.succeeded_at:
        return "stale"
    if health.succeeded_at:
        return "ok"
    if health.asked_at:
        return "asked"
    return "never asked" if health.on else "off"


def _bytes(c: Connection) -> int | None:
    """What the database takes of its disk."""
    if c.dialect.name == "postgresql":
        query = "select pg_database_size(current_database())"
    else:
        query = "select page_count * page_size from pragma_page_count(), pragma_page_size()"
    size: int | None = c.scalar(text(query))
    return size


def iso(moment: datetime | None) -> str | None:
    """A moment as programs read it."""
    return moment.astimezone(ZONE).isoformat(timespec="seconds") if moment else None
