"""The province behind the city: its published figures and what it set itself."""

from collections.abc import Iterable

from reports import province
from reports.figures import Point
from reports.province import Priorities
from store.records import Priority
from views.site import page
from views.site.sheet import drawn_once
from views.text.words import Words
from views.ui import cards, figure_table
from views.visit import Visit


@drawn_once()
def published(v: Visit, points: Iterable[Point]) -> None:
    """The province's figures of a year, with those of its boundary sections and lakes."""
    w = v.w
    page.section(w("goals.province_title"), w("goals.province_sub"))
    page.show(figure_table.table(points, w, home=province.AREA))


@drawn_once()
def priorities(v: Visit, known: Priorities) -> None:
    """What the province set itself for a year, folded."""
    w = v.w
    lines = [_line(row, w) for row in known.rows]
    title = w("goals.priorities", year=known.year, n=len(lines))
    body = cards.line(w("goals.priorities_sub"), "muted") + cards.notes(lines) + cards.source_note(known.provenance, w)
    page.show(cards.folded(title, body))


def _line(row: Priority, w: Words) -> str:
    priority = w("goals.priority", no=row.no, title=w.of(row.title), action=w.of(row.action))
    note = w.of(row.note)
    return f"{priority} {note}" if note else priority
