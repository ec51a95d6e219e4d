"""What changed, the newest first: months that ended, figures published, corrections, standards, days and sections to heed.

Each has its moment from the data, never from the clock: the day a document was issued, a month was over, a
standard came into force. Two readers at different times get the same entries.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from msgspec import Struct

from assessment.moments import ZONE
from reports import air, alerts, brief, budget, corrections, figures
from reports.air_now import Hour
from reports.alerts import Low
from reports.brief import DayOfMonth
from reports.budget import Counted
from reports.cached import cached_report
from reports.corrections import Correction
from reports.figures import Point
from reports.provenance import Source
from store import facts, records

MOST = 100
A_DAY, A_MONTH = re.compile(r"\d{4}-\d{2}-\d{2}"), re.compile(r"\d{4}-\d{2}")
ONE_DAY = timedelta(days=1)


class MonthOver(Struct, frozen=True, weakref=True):
    """A month that is over, with its known days by the editions in force, without ozone."""

    month: str
    counted: Counted


class Published(Struct, frozen=True, weakref=True):
    """A document with the figures it states."""

    source: Source
    points: tuple[Point, ...]


class Edition(Struct, frozen=True, weakref=True):
    """A standard that was issued, or came into force."""

    standard: records.Standard
    in_force: bool


Subject = MonthOver | Published | Correction | Edition | DayOfMonth | Hour | Low


class Change(Struct, frozen=True, weakref=True):
    """One thing that changed. ``key``: the same for as long as it is the same thing; ``at``: its moment in Xining."""

    key: str
    at: datetime
    subject: Subject


def changes(now: datetime) -> tuple[Change, ...]:
    """The newest hundred up to a moment (timezone-aware), each key once; what is of this hour included."""
    found: dict[str, Change] = {one.key: one for one in _of_this_hour(now)}
    found |= {one.key: one for one in _known(now.date())}  # a day known whole replaces its hour
    past = [one for one in found.values() if one.at <= now]
    return tuple(sorted(past, key=lambda one: (one.at, one.key), reverse=True)[:MOST])


@cached_report("facts", "air_hours", "air_days")
def _known(today: date) -> tuple[Change, ...]:
    return (*_months(today), *_published(today), *_corrections(), *_editions(), *_bad_days())


def _midnight(day: date) -> datetime:
    """The moment a day begins."""
    return datetime.combine(day, time(), ZONE)


def _months(today: date) -> Iterable[Change]:
    for month in brief.months(today)[:MOST]:
        first, last = date.fromisoformat(f"{month}-01"), figures.period_end(month)
        counted = budget.counted(last.year, air.IN_FORCE, last, first)
        yield Change(f"month:{month}", _midnight(last + ONE_DAY), MonthOver(month, counted))


def _published(today: date) -> Iterable[Change]:
    """A document an entry; those of which not even the month of issue is known have no moment."""
    by_document: dict[str, list[Point]] = {}
    for one in figures.every():
        if one.row.kind == "stated":
            by_document.setdefault(one.row.document_id, []).append(one)
    for document_id, points in by_document.items():
        source = points[0].provenance.sources[0]
        issued = _issued(source.document.issued)
        if issued and issued <= today:
            yield Change(
                f"document:{document_id}", _midnight(issued), Published(Source(source.document), tuple(points))
            )


def _issued(text: str | None) -> date | None:
    """The day a document was issued, the first of its month where only that is written; None where neither is."""
    if text and A_DAY.fullmatch(text):
        return date.fromisoformat(text)
    return date.fromisoformat(f"{text}-01") if text and A_MONTH.fullmatch(text) else None


def _corrections() -> Iterable[Change]:
    for one in corrections.corrections()[:MOST]:
        yield Change(f"correction:{one.correction_id}", one.at, one)


def _editions() -> Iterable[Change]:
    for one in facts.by_id(records.Standard).values():
        moments = {"issued": _issued(one.issued), "in_force": one.effective_from}
        for name, day in moments.items():
            if day:
                yield Change(f"standard:{one.standard_id}:{name}", _midnight(day), Edition(one, name == "in_force"))


def _bad_days() -> Iterable[Change]:
    for one in brief.bad_days()[-MOST:]:
        yield Change(f"air:{one.day}", _midnight(one.day + ONE_DAY), one)


def _of_this_hour(now: datetime) -> Iterable[Change]:
    """The city's hour above AQI 100 and sections in a worse class than aimed at, while they are of now: one a day each."""
    found = alerts.of(now)
    if found.city:
        yield Change(f"air:{found.city.day}", found.city.at, found.city)
    for one in found.sections:
        yield Change(f"water:{one.section.id}:{one.reading.at.date()}", one.reading.at, one)
