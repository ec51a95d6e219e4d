"""What plans say will be reported, as cards."""

from collections.abc import Iterable
from itertools import groupby

from markupsafe import Markup

from reports.duties import Duty
from views.cached import cached_rendering_of
from views.site import page
from views.site.sheet import drawn_once
from views.text import format as fmt
from views.text.words import Words
from views.ui import cards
from views.ui import duties as duty_pieces
from views.visit import Visit


@drawn_once()
def by_plan(v: Visit, every: tuple[Duty, ...]) -> None:
    """Every duty, plan by plan; those nobody searched for yet are folded."""
    w = v.w
    page.section(w("duties.title"), w("duties.sub"))
    page.show(duty_pieces.states(every, w))
    for name, group in groupby(every, key=lambda one: w.of(one.plan.name)):
        mine = list(group)
        searched = [one for one in mine if one.found != "not_searched"]
        rest = [one for one in mine if one.found == "not_searched"]
        more = cards.folded(w("duties.rest", n=len(rest)), grid(rest, w)) if rest else Markup()
        page.show(cards.folded(w("duties.of_plan", name=name, n=len(mine)), grid(searched, w) + more))


def grid(mine: Iterable[Duty], w: Words) -> Markup:
    """One card a duty."""
    return cards.grid((_card(one, w) for one in mine), "three")


@cached_rendering_of("facts")
def _card(one: Duty, w: Words) -> Markup:
    row = one.row
    body = cards.line(w.of(row.what)) + cards.line(duty_pieces.when(one, w), "muted small")
    body += cards.line(w("duties.by", name=w.of(row.body)), "muted small")
    body += cards.line(_searched(one, w), "muted small") + cards.line(w.of(row.note), "muted small")
    foot = cards.source_note(one.provenance, w) + (cards.source_note(one.result, w) if one.result else Markup())
    return cards.card(w.of(row.title), body, pill=duty_pieces.pill(one, w), foot=foot)


def _searched(one: Duty, w: Words) -> str:
    if one.searched_on is None:
        return ""
    return w("duties.searched", where=w.of(one.row.searched), day=fmt.day(one.searched_on, w))
