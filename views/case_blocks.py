"""Cases of residents' reports and of inspections, step by step."""

from html import escape

from reports import cases
from reports.cases import Case
from views import cards, page
from views import format as fmt
from views.page import Visit
from views.words import Words

PILLS = {"resolved": "met", "in_hand": "on_the_way"}


def told(v: Visit) -> None:
    """Every case as a card."""
    w = v.w
    page.section(w("cases.title"), w("cases.sub"))
    page.show(cards.grid((_card(one, w) for one in cases.cases()), "three"))


def _card(one: Case, w: Words) -> str:
    state = one.row["state"]
    pill = f'<span class="pill {PILLS[state]}">{escape(w(f"cases.{state}"))}</span>'
    lines = [
        w("cases.step", day=fmt.day(step.day, w) if step.day else w("cases.between"), what=w.of(step.row, "what"))
        for step in one.steps
    ]
    body = cards.line(w.of(one.area, "name"), "muted small") + cards.notes(lines)
    if day := one.row["searched_on"]:
        body += cards.line(w("cases.searched", where=w.of(one.row, "searched"), day=fmt.day(day, w)), "muted small")
    body += cards.line(w.of(one.row, "note"), "muted small")
    return cards.card(w.of(one.row, "title"), body, pill=pill, foot=cards.origin(one.basis, w))
