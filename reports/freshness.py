"""How old is a source's newest value, when is the next one due, and is it later than it should be?"""

from datetime import datetime, timedelta
from typing import Any, Literal

from msgspec import Struct

from reports.air_days import LIVE
from reports.cached import cached_report
from reports.provenance import Kind, Source
from store import facts, records, sources, state
from store.states import FailureCause

AIR = LIVE
State = Literal["never", "file", "live", "stale"]
FROM_FILE: tuple[Kind, ...] = ("archive", "published")


class Freshness(Struct, frozen=True, weakref=True):
    """How old a value is, and the source that brings such values; times in Xining, None where there is none.

    ``data_at``: the moment of the value. ``from_file``: it was read from a file, not fetched from the source.
    ``latest_at``: the moment of the source's own newest value. ``answered_at``: when it last answered, be it with
    nothing. ``cause``: of its last failure; None: none.
    """

    source_id: str
    source: Source
    data_at: datetime | None
    latest_at: datetime | None
    asked_at: datetime | None
    answered_at: datetime | None
    next_at: datetime | None
    failing_since: datetime | None
    cause: FailureCause | None
    expected_age: timedelta
    now: datetime
    from_file: bool = False

    @property
    def age(self) -> timedelta | None:
        """How old the value is."""
        return None if self.data_at is None else max(self.now - self.data_at, timedelta(0))

    @property
    def state(self) -> State:
        """Never: there is no value. File: it was read from a file. Live, or stale: older than the cadence explains."""
        if self.from_file and self.data_at is not None:
            return "file"
        return state.standing(self.data_at, self.now, self.expected_age)

    @property
    def current(self) -> bool:
        """Whether the value came live and is no older than the cadence explains."""
        return self.state == "live"

    @property
    def stale(self) -> bool | None:
        """Whether a live value is out of date; None where there is none, or it was never live."""
        return state.STALE.get(self.state)

    @property
    def failing(self) -> bool:
        """Whether the source did not answer to the last request."""
        return self.failing_since is not None

    @property
    def up_to_date(self) -> bool:
        """Whether the source answers and its value is current."""
        return self.current and not self.failing


@cached_report(state.TOPIC)
def _recorded() -> dict[str, Any]:
    """What is recorded of the sources; when one was last requested may be that of the time before while it is."""
    return state.recorded()


def health(now: datetime) -> tuple[state.Health, ...]:
    """How every declared source is, read once until one of them moves."""
    return state.health(now, _recorded())


def of(source_id: str, now: datetime, *, data_at: datetime | None = None, kind: Kind = "live") -> Freshness:
    """The freshness of a source; ``data_at``, ``kind``: of the value shown, where that is not the source's newest."""
    one = state.health_of(sources.get(source_id), _recorded().get(source_id) or {}, now)
    return of_health(one, now, data_at=data_at, kind=kind)


def of_health(one: state.Health, now: datetime, *, data_at: datetime | None = None, kind: Kind = "live") -> Freshness:
    """The same of a source whose health is known."""
    declared = sources.get(one.id)
    return Freshness(
        source_id=one.id,
        source=Source(facts.by_id(records.Document)[declared.document_id]),
        data_at=data_at or one.data_at,
        latest_at=one.data_at,
        asked_at=one.asked_at,
        answered_at=one.succeeded_at,
        next_at=one.next_at,
        failing_since=one.failing_since,
        cause=one.cause,
        expected_age=declared.expected_age,
        now=now,
        from_file=data_at is not None and kind in FROM_FILE,
    )


def collected(now: datetime) -> tuple[Freshness, ...]:
    """The freshness of every source that is collected, read at once."""
    return tuple(of_health(one, now) for one in health(now) if sources.get(one.id).on)


def outside_now(at: datetime | None, kind: Kind, now: datetime) -> bool:
    """Whether an hour of the air is still the air outside: the one rule that gives advice or withholds it.

    ``at``: None where the value is of a whole day; ``kind``: of its basis. A value read from a file is never of now.
    """
    return at is not None and of(AIR, now, data_at=at, kind=kind).current
