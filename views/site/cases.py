"""Cases of residents' reports and of inspections, step by step."""

from collections.abc import Sequence

from markupsafe import Markup

from reports.cases import Case
from views.site import page
from views.site.sheet import drawn_once
from views.text import format as fmt
from views.text.words import Words
from views.ui import cards
from views.ui import steps as step_pieces
from views.visit import Visit

COLORS = {False: "var(--accent)", True: "var(--none)"}  # by whether its day is unknown
PILLS = {"resolved": "met", "in_hand": "on_the_way"}


@drawn_once()
def show(v: Visit, cases: Sequence[Case]) -> None:
    """Every case as a card."""
    w = v.w
    page.section(w("cases.title"), w("cases.sub"))
    page.show(cards.grid((_card(one, w) for one in cases), "three"))


def _lasted(one: Case, w: Words) -> str:
    """Where it is, and for one put right from which day to which it took."""
    place = w.of(one.area.name)
    if one.lasted_days is None:
        return place
    first, last = fmt.day(one.days[0], w), fmt.day(one.days[-1], w)
    return w("cases.lasted", place=place, first=first, last=last, days=one.lasted_days)


def _card(one: Case, w: Words) -> Markup:
    state = one.row.state
    pill = cards.state(PILLS[state], w(f"cases.{state}"))
    steps = [
        step_pieces.Step(
            fmt.day(step.day, w) if step.day else w("cases.between"), w.of(step.row.what), COLORS[step.day is None]
        )
        for step in one.steps
    ]
    body = cards.line(_lasted(one, w), "muted small") + step_pieces.line(steps)
    if day := one.row.searched_on:
        body += cards.line(w("cases.searched", where=w.of(one.row.searched), day=fmt.day(day, w)), "muted small")
    body += cards.line(w.of(one.row.note), "muted small")
    return cards.card(w.of(one.row.title), body, pill=pill, foot=cards.source_note(one.provenance, w))
