"""The state of each source: when it was requested, when it may be requested again, with which outcome."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Literal

from msgspec import Struct
from sqlalchemy import Connection, RowMapping, delete, insert, or_, select, update

from store import database, live, sources
from store.clock import ZONE
from store.sources import Source
from store.states import FailureCause

STATE, LEASES = live.source_state, live.leases
Fields = RowMapping | Mapping[str, Any]  # of a row; SQLAlchemy types their names as more than text
TOPIC = "sources"
CLOCKS_DIFFER = timedelta(hours=1)  # of machines on one database, at most
LOOPBACK_INTERVAL = timedelta(seconds=10)  # a server on this machine: nobody outside to spare
COLLECTING = "collector"  # the lease of who collects


def claim(source: Source, now: datetime) -> bool:
    """Whether the source may be requested now. If so it counts as requested: of all who claim at once, one may.

    Nobody else may request it before its cadence is over.
    """
    at = _seconds(now)
    with database.engine().begin() as c:  # writers wait for each other: what is read here stays true
        if (_due(source, _known(c, source)._mapping, now) or at) > at:
            return False
        claimed = {"asked_at": at, "next_at": _seconds(now + _pace(source))}
        c.execute(update(STATE).where(STATE.c.source == source.id).values(claimed))
        return True


def _pace(source: Source) -> timedelta:
    return LOOPBACK_INTERVAL if source.at_home else source.every


def _due(source: Source, row: Fields, now: datetime) -> int | None:
    """When the source may be requested next, in seconds; None: at once.

    A clock that was wrong by more than the cadence and was put back does not block a source. One whose address is
    now on this machine does not sit out what another address was spared.
    """
    asked_at: int | None = row.get("asked_at")
    next_at: int | None = row.get("next_at")
    if asked_at is None or next_at is None:
        return next_at
    if asked_at > _seconds(now + _pace(source)):
        return None
    return min(next_at, asked_at + int(LOOPBACK_INTERVAL.total_seconds())) if source.at_home else next_at


def succeeded(
    c: Connection,
    source: Source,
    *,
    now: datetime,
    next_at: datetime,
    changed: bool,
    data_at: datetime | None,
) -> bool:
    """Remember that a fetch run succeeded; True where the one before had failed.

    ``changed``: it brought something new; ``data_at``: the newest moment it published.
    """
    before = _known(c, source)
    values: dict[str, Any] = {"succeeded_at": _seconds(now), "next_at": _seconds(next_at), "failing_since": None}
    if changed:
        values["changed_at"] = _seconds(now)
    if data_at:
        values["data_at"] = max(_seconds(data_at), before.data_at or 0)
    _remember(c, source, values)
    return before.failing_since is not None


def counted(c: Connection, source: Source, *, readings: int, flagged: int) -> None:
    """Count readings a source brought, however they came: ``readings`` new ones, ``flagged`` suspicious ones."""
    if readings or flagged:
        _known(c, source)
        _remember(c, source, {"readings": STATE.c.readings + readings, "flagged": STATE.c.flagged + flagged})


def failed(
    c: Connection, source: Source, *, now: datetime, next_at: datetime, reason: str, cause: FailureCause
) -> bool:
    """Remember that a fetch run failed and why; True where the one before had not."""
    before = _known(c, source)
    values = _failure(now, reason, cause, partial=False) | {"next_at": _seconds(next_at)}
    values["failing_since"] = before.failing_since or _seconds(now)
    _remember(c, source, values)
    return before.failing_since is None


def partly_failed(c: Connection, source: Source, *, now: datetime, reason: str, cause: FailureCause) -> None:
    """Remember what went wrong beside readings that came in: the source has not failed."""
    _known(c, source)
    _remember(c, source, _failure(now, reason, cause, partial=True))


def _failure(now: datetime, reason: str, cause: FailureCause, *, partial: bool) -> dict[str, Any]:
    return {"failed_at": _seconds(now), "failure": reason, "cause": cause, "partial": int(partial)}


def _known(c: Connection, source: Source) -> database.Record:
    """The row of a source, made where there is none."""
    query = select(STATE).where(STATE.c.source == source.id)
    if (row := c.execute(query).one_or_none()) is None:
        c.execute(insert(STATE).values(source=source.id))
        row = c.execute(query).one()
    return row


def _remember(c: Connection, source: Source, values: Mapping[str, Any]) -> None:
    c.execute(update(STATE).where(STATE.c.source == source.id).values(values))
    database.bump_revisions(c, TOPIC)


# ── who collects ─────────────────────────────────────────────────────────────────────────────────────────────────────
def elect(name: str, holder: str, now: datetime, lasting: timedelta) -> bool:
    """Take or renew a lease: True where ``holder`` has it until ``now + lasting``, False where another has it still.

    A lease that reaches further ahead than any clock in order explains was given by one that was wrong: it is over.
    """
    values = {"holder": holder, "until": _seconds(now + lasting)}
    over = or_(LEASES.c.until <= _seconds(now), LEASES.c.until > _seconds(now + lasting + CLOCKS_DIFFER))
    mine = or_(LEASES.c.holder == holder, over)
    with database.engine().begin() as c:
        if c.execute(update(LEASES).where(LEASES.c.name == name, mine).values(values)).rowcount:
            return True
        if c.execute(select(LEASES.c.name).where(LEASES.c.name == name)).first():
            return False
        c.execute(insert(LEASES).values(name=name, **values))
        return True


def resign(name: str, holder: str) -> None:
    """Give a lease back before it runs out; nothing where another has it."""
    with database.engine().begin() as c:
        c.execute(delete(LEASES).where(LEASES.c.name == name, LEASES.c.holder == holder))


def collector(now: datetime) -> tuple[str, datetime] | None:
    """Who collects for this store, and until when at least; None where nobody does."""
    query = select(LEASES.c.holder, LEASES.c.until).where(LEASES.c.name == COLLECTING, LEASES.c.until > _seconds(now))
    found = next(iter(database.rows(query)), None)
    return found and (found.holder, datetime.fromtimestamp(found.until, ZONE))


# ── how they are ─────────────────────────────────────────────────────────────────────────────────────────────────────
Standing = Literal["never", "live", "stale"]
STALE: dict[str, bool] = {"live": False, "stale": True}  # what never came cannot be out of date


def standing(data_at: datetime | None, now: datetime, expected_age: timedelta) -> Standing:
    """The state of a live value: never received, no older than its source's cadence explains, or older."""
    if data_at is None:
        return "never"
    return "live" if now - data_at <= expected_age else "stale"


class Health(Struct, frozen=True):
    """How a declared source is; times in Xining, None where there is none yet."""

    id: str
    on: bool
    url: str
    asked_at: datetime | None
    succeeded_at: datetime | None
    failed_at: datetime | None
    failure: str  # why it last failed, be it over or not; empty: it never did
    cause: FailureCause | None  # of that
    partial: bool  # it failed beside readings that came in
    failing_since: datetime | None  # None: the last run succeeded
    next_at: datetime | None
    data_at: datetime | None  # newest moment it published
    age: timedelta | None  # of that, now
    standing: Standing
    readings: int
    flagged: int

    @property
    def stale(self) -> bool | None:
        """Whether the newest moment is older than the source's cadence explains; None where it never published one."""
        return STALE.get(self.standing)


def recorded() -> dict[str, RowMapping]:
    """What is recorded of each source that was ever requested, by its name."""
    database.uses(TOPIC)
    return {row.source: row._mapping for row in database.rows(select(STATE))}


def health(now: datetime, known: Mapping[str, RowMapping] | None = None) -> tuple[Health, ...]:
    """Every declared source, in the order of their declaration. ``known``: what is recorded, where it was read already."""
    rows = recorded() if known is None else known
    return tuple(health_of(source, rows.get(source.id) or {}, now) for source in sources.declared().values())


def health_of(source: Source, row: Fields, now: datetime) -> Health:
    """One source, by what is recorded of it; an empty ``row`` where nothing is."""
    data_at = _moment(row.get("data_at"))
    age = None if data_at is None else max(now - data_at, timedelta(0))
    return Health(
        id=source.id,
        on=source.on,
        url=source.url,
        asked_at=_moment(row.get("asked_at")),
        succeeded_at=_moment(row.get("succeeded_at")),
        failed_at=_moment(row.get("failed_at")),
        failure=row.get("failure") or "",
        cause=FailureCause(row["cause"]) if row.get("cause") else None,
        partial=bool(row.get("partial")),
        failing_since=_moment(row.get("failing_since")),
        next_at=_moment(_due(source, row, now)),
        data_at=data_at,
        age=age,
        standing=standing(data_at, now, source.expected_age),
        readings=row.get("readings", 0),
        flagged=row.get("flagged", 0),
    )


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def _moment(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, ZONE)
