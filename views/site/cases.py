"""Cases of residents' reports and of inspections, step by step."""

from collections.abc import Sequence

from markupsafe import Markup

from reports.cases import Case
from views.site import page
from views.site.sheet import drawn_once
from views.text import format as fmt
from views.text.words import Words
from views.ui import cards
from views.visit import Visit

PILLS = {"resolved": "met", "in_hand": "on_the_way"}


@drawn_once()
def show(v: Visit, cases: Sequence[Case]) -> None:
    """Every case as a card."""
    w = v.w
    page.section(w("cases.title"), w("cases.sub"))
    page.show(cards.grid((_card(one, w) for one in cases), "three"))


def _card(one: Case, w: Words) -> Markup:
    state = one.row.state
    pill = cards.state(PILLS[state], w(f"cases.{state}"))
    lines = [
        w("cases.step", day=fmt.day(step.day, w) if step.day else w("cases.between"), what=w.of(step.row.what))
        for step in one.steps
    ]
    body = cards.line(w.of(one.area.name), "muted small") + cards.notes(lines)
    if day := one.row.searched_on:
        body += cards.line(w("cases.searched", where=w.of(one.row.searched), day=fmt.day(day, w)), "muted small")
    body += cards.line(w.of(one.row.note), "muted small")
    return cards.card(w.of(one.row.title), body, pill=pill, foot=cards.source_note(one.provenance, w))
