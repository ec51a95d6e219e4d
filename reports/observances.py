"""Environment days: when each comes next, and what its last one known was about."""

from datetime import date

from msgspec import Struct

from reports import provenance
from reports.cached import cached_report
from reports.provenance import Provenance
from store import facts, records


class Coming(Struct, frozen=True, weakref=True):
    """A day of every year with its next date, counted from a day; ``last``: the newest event of it with a theme, if any."""

    row: records.Observance
    date: date
    days_left: int
    last: records.Event | None
    provenance: Provenance


@cached_report("facts")
def coming(today: date) -> tuple[Coming, ...]:
    """All of them, the next one first; one that is today is the next one, with no day left."""
    return tuple(sorted((_coming(row, today) for row in facts.every(records.Observance)), key=lambda one: one.date))


def _coming(row: records.Observance, today: date) -> Coming:
    this_year = date(today.year, row.in_month, row.on_day)
    following = this_year if this_year >= today else date(today.year + 1, row.in_month, row.on_day)
    held = [
        event
        for event in facts.every(records.Event)
        if (event.date.month, event.date.day) == (row.in_month, row.on_day) and event.date < today and event.theme
        and event.event_id.startswith(row.observance_id)
    ]  # fmt: skip
    last = max(held, key=lambda event: event.date, default=None)
    places = [(row.document_id, row.place), *([(last.document_id, last.place)] if last else [])]
    cited = provenance.of("published", str(row.since or ""), *places)
    return Coming(row, following, (following - today).days, last, cited)
