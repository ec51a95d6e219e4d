"""Where published documents contradict each other: both values, each with its basis, and how we read it."""

from msgspec import Struct

from reports import provenance
from reports.cached import cached_report
from reports.provenance import Provenance
from store import facts, records


class Conflict(Struct, frozen=True, weakref=True):
    """One row of ``contradictions``; the words of both values are in ``row``."""

    row: records.Contradiction
    first: Provenance
    second: Provenance


@cached_report("facts")
def of_theme(theme: str) -> tuple[Conflict, ...]:
    """The contradictions of one theme, in the order of the tracked file's keys."""
    return tuple(_conflict(row) for row in facts.by_id(records.Contradiction).values() if row.theme == theme)


def one(contradiction_id: str) -> Conflict | None:
    """A contradiction by its id; None where there is none of it."""
    row = facts.by_id(records.Contradiction).get(contradiction_id)
    return _conflict(row) if row else None


def _conflict(row: records.Contradiction) -> Conflict:
    period = row.period or ""
    return Conflict(
        row=row,
        first=provenance.of("published", period, (row.document_a, row.place_a)),
        second=provenance.of("published", period, (row.document_b, row.place_b)),
    )
