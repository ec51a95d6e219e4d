"""What marks the way of the city since 2015, as documents tell it."""

from datetime import date

from msgspec import Struct

from reports import figures, provenance
from reports.cached import cached_report
from reports.provenance import Provenance
from store import facts, records


class Milestone(Struct, frozen=True, weakref=True):
    """A row of ``milestones``; ``start``: the first day of its period."""

    row: records.Milestone
    start: date
    provenance: Provenance


@cached_report("facts")
def milestones(today: date) -> tuple[Milestone, ...]:
    """All up to a day, in the order of time."""
    rows = (row for row in facts.every(records.Milestone) if _start(row.period) <= today)
    return tuple(
        Milestone(row, _start(row.period), provenance.of("published", row.period, (row.document_id, row.place)))
        for row in sorted(rows, key=lambda row: (_start(row.period), figures.period_end(row.period)))
    )


def _start(period: str) -> date:
    year, *rest = (int(part) for part in period.split("-"))
    month, day = (*rest, 1, 1)[:2]
    return date(year, month, day)
