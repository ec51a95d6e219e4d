"""How old is what a source last told, when does it speak again, and is it silent for longer than it should be?"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from reports.basis import Source
from store import facts, sources, state

# What a failure was, by the sentence the way out wrote down: pages say it in the visitor's language.
REASONS = {
    "refused": r"connection refused",
    "timeout": r"no .*answer within|no connection within",
    "dns": r"name not found",
    "tls": r"certificate not trusted|TLS failed",
    "reset": r"connection broken|no connection",
    "redirect": r"redirects",
    "busy": r"HTTP (429|503)|asks to wait",
    "http": r"HTTP \d",
    "type": r"answers .+ instead of",
    "size": r"more than \d",
    "empty": r"empty answer",
    "garbled": r"cannot be decompressed|JSON|UTF-8",
}


def reason(failure: str) -> str:
    """The kind of a failure: a key of :data:`REASONS`, "protocol" where an answer came that is not in the agreed form."""
    return next((code for code, pattern in REASONS.items() if re.search(pattern, failure)), "protocol")


@dataclass(frozen=True)
class Freshness:
    """A source's newest value on the clock; times in Xining, None where there is none yet."""

    source_id: str
    source: Source
    data_at: datetime | None
    asked_at: datetime | None
    next_at: datetime | None
    failing_since: datetime | None
    reason: str  # of the last failure, see :func:`reason`; empty: none
    expected_age: timedelta
    now: datetime

    @property
    def age(self) -> timedelta | None:
        """How old the newest value is."""
        return None if self.data_at is None else max(self.now - self.data_at, timedelta(0))

    @property
    def stale(self) -> bool:
        """Whether it is older than its source's cadence explains."""
        return self.age is not None and self.age > self.expected_age


def of(source_id: str, now: datetime, *, data_at: datetime | None = None) -> Freshness:
    """The freshness of a source; ``data_at``: of the value shown, where that is not the source's newest."""
    health = next(one for one in state.health(now) if one.id == source_id)
    declared = sources.get(source_id)
    return Freshness(
        source_id=source_id,
        source=Source(facts.by_id("documents")[declared.document_id]),
        data_at=data_at or health.data_at,
        asked_at=health.asked_at,
        next_at=health.next_at,
        failing_since=health.failing_since,
        reason=reason(health.failure) if health.failure else "",
        expected_age=declared.expected_age,
        now=now,
    )
