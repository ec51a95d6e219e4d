"""A duty to report: how often, for whom, and whether a result was found."""

from collections.abc import Iterable

from markupsafe import Markup

from reports import duties
from reports.duties import Duty, Found
from views.text import format as fmt
from views.text.words import Words
from views.ui import cards

PILLS = {"found": "met", "not_found": "due_not_found", "not_searched": ""}


def when(one: Duty, w: Words) -> str:
    """How often or by when, and for whom, as far as the document states it."""
    row = one.row
    day = fmt.day(row.due, w) if row.due else w.of(row.due_text)
    parts = (w(f"duties.rhythm.{row.rhythm}"), day, w(f"duties.audience.{row.audience}"))
    return " · ".join(part for part in parts if part)


def pill(one: Duty, w: Words) -> Markup:
    """Whether a result was found."""
    return _state(one.found, w)


def states(every: Iterable[Duty], w: Words) -> Markup:
    """Of how many a result was found, not found, not searched yet."""
    return cards.counted((_state(found, w), n) for found, n in duties.by_found(every).items())


def _state(found: Found, w: Words) -> Markup:
    return cards.state(PILLS[found], w(f"duties.found.{found}"))
