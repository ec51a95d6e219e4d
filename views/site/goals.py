"""Blocks of the goals page."""

from collections.abc import Callable, Sequence

import streamlit as st
from markupsafe import Markup
from streamlit.delta_generator import DeltaGenerator

from reports.goals import HEADLINE_PLAN, Promise, Tally
from views.drawings import tally as drawn_tally
from views.site import page
from views.site.sheet import drawn_once
from views.text import answers
from views.text.words import Words
from views.ui import cards, inline, promise
from views.visit import Visit


@drawn_once()
def lead(v: Visit, tallies: tuple[Tally, ...]) -> None:
    """The page's answer."""
    page.head(v, "goals", *answers.of_goals(tallies, v.w))


@drawn_once()
def at_a_glance(v: Visit, tallies: tuple[Tally, ...]) -> None:
    """Each plan as a row of cells, one a target, in the colour of its state, and the counts in words."""
    page.section(v.w("goals.tally_title"), v.w("goals.tally_sub"))
    page.show(cards.grid((_tally(tally, v.w) for tally in tallies), "three"))
    page.note(v.w("goals.draft_note"))


def _tally(tally: Tally, w: Words) -> Markup:
    counts = w("air.list_comma").join(
        w("goals.tally_count", status=w(f"site.status.{s}"), n=n) for s, n in tally.by_status.items()
    )
    states = [status for status, n in tally.by_status.items() for _ in range(n)]
    drawn = drawn_tally.cells(states, title=w("goals.tally_alt", plan=w.of(tally.plan.name), counts=counts))
    body = drawn + cards.states(tally.by_status, w)
    return cards.card(w.of(tally.plan.short), body, foot=cards.source_note(tally.provenance, w))


def board(v: Visit, every: Sequence[Promise]) -> None:
    """All targets of a plan's table, by theme, nature and state; those of its text folded below."""
    w = v.w
    page.section(w("goals.board_title"), w("goals.board_sub"))
    plans = {one.plan.plan_id: one.plan for one in every}
    plan = (
        st.segmented_control(
            w("goals.filter_plan"),
            list(plans),
            default=HEADLINE_PLAN,
            format_func=lambda p: w.of(plans[p].short),
            key="plan",
        )
        or HEADLINE_PLAN
    )
    mine = [one for one in every if one.plan.plan_id == plan]
    _cards(
        v,
        _filtered([one for one in mine if one.target.tier == "table"], w),
        [one for one in mine if one.target.tier == "text"],
    )


@drawn_once()
def _cards(v: Visit, chosen: Sequence[Promise], text: Sequence[Promise]) -> None:
    """``chosen``: of the plan's table; ``text``: those its text names."""
    w = v.w
    page.show(cards.line(w("goals.shown", n=len(chosen)) if chosen else w("goals.none_shown"), "muted"))
    if chosen:
        page.show(cards.grid((promise.card(one, w, whole=True) for one in chosen), "three"))
    if text:
        folded = cards.folded(
            w("goals.text_fold", n=len(text)), cards.grid((promise.card(one, w, whole=True) for one in text), "three")
        )
        page.show(inline.heading(w("goals.text_title")) + folded)


def _filtered(rows: list[Promise], w: Words) -> list[Promise]:
    themes = list(dict.fromkeys(one.indicator.theme for one in rows))
    natures = list(dict.fromkeys(one.target.nature for one in rows))
    statuses = list(dict.fromkeys(one.judgement.status for one in rows))
    place = st.columns(3)
    theme = _choose(place[0], "theme", themes, lambda k: w(f"site.themes.{k}"), w)
    nature = _choose(place[1], "nature", natures, lambda k: w(f"goals.nature_{k}"), w)
    status = _choose(place[2], "status", statuses, lambda k: w(f"site.status.{k}"), w)
    return [
        one
        for one in rows
        if theme in (None, one.indicator.theme)
        and nature in (None, one.target.nature)
        and status in (None, one.judgement.status)
    ]


EVERYTHING = {"theme": "goals.all_themes", "nature": "goals.all_natures", "status": "goals.all_statuses"}


def _choose(
    place: DeltaGenerator, name: str, options: Sequence[str], words: Callable[[str], str], w: Words
) -> str | None:
    everything = w(EVERYTHING[name])
    chosen: str | None = place.selectbox(
        w(f"goals.filter_{name}"),
        [None, *options],
        format_func=lambda k: everything if k is None else words(k),
        key=f"filter_{name}",
    )
    return chosen
