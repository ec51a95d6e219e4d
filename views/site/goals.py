"""Blocks of the goals page."""

from collections.abc import Sequence
from datetime import date

import streamlit as st
from markupsafe import Markup

from reports import goals
from reports.goals import Promise, Tally
from views.drawings import svg
from views.site import page
from views.text import answers
from views.text.markup import html, join
from views.text.words import Words
from views.ui import cards, promise
from views.visit import Visit

STATUS_COLORS = {
    "met": "var(--leaf)",
    "kept": "var(--leaf)",
    "on_the_way": "var(--sky)",
    "behind": "var(--earth)",
    "not_met": "var(--earth)",
}
CELL, GAP = 22, 5


def lead(v: Visit, tallies: tuple[Tally, ...]) -> None:
    """The page's answer."""
    page.head(v, "goals", *answers.of_goals(tallies, v.w))


def at_a_glance(v: Visit, tallies: tuple[Tally, ...]) -> None:
    """Each plan as a row of cells, one a target, in the colour of its state, and the counts in words."""
    page.section(v.w("goals.tally_title"), v.w("goals.tally_sub"))
    page.show(cards.grid((_tally(tally, v.w) for tally in tallies), "three"))
    page.note(v.w("goals.draft_note"))


def _tally(tally: Tally, w: Words) -> Markup:
    counts = w("air.list_comma").join(
        w("goals.tally_count", status=w(f"site.status.{s}"), n=n) for s, n in tally.by_status.items()
    )
    cells, x, y, across = [], 0, 0, 12
    states = [status for status, n in tally.by_status.items() for _ in range(n)]
    for i, status in enumerate(states):
        x, y = (i % across) * (CELL + GAP) + 1, (i // across) * (CELL + GAP) + 1
        paint = (
            "fill:none;stroke:var(--none);stroke-dasharray:3 2"
            if status in answers.UNKNOWN
            else f"fill:{STATUS_COLORS[status]}"
        )
        cells.append(
            html(
                '<rect x="{x}" y="{y}" width="{CELL}" height="{CELL}" rx="5" style="{paint}"/>',
                x=x,
                y=y,
                CELL=CELL,
                paint=paint,
            )
        )
    drawn = svg.frame(
        across * (CELL + GAP),
        y + CELL + 2,
        join(cells),
        title=w("goals.tally_alt", plan=w.of(tally.plan.name), counts=counts),
    )
    pills = join(
        html('<span class="row" style="gap:.3rem">{}<span>{n}</span></span>', cards.pill(s, w), n=n)
        for s, n in tally.by_status.items()
    )
    return cards.card(
        w.of(tally.plan.short),
        html('{drawn}<div class="row">{pills}</div>', drawn=drawn, pills=pills),
        foot=cards.source_note(tally.provenance, w),
    )


def board(v: Visit, today: date) -> None:
    """All targets of a plan's table, by theme, nature and state; those of its text folded below."""
    w = v.w
    page.section(w("goals.board_title"), w("goals.board_sub"))
    every = goals.scoreboard(today)
    plans = {one.plan.plan_id: one.plan for one in every}
    plan = (
        st.segmented_control(
            w("goals.filter_plan"),
            list(plans),
            default=answers.MAIN_PLAN,
            format_func=lambda p: w.of(plans[p].short),
            key="plan",
        )
        or answers.MAIN_PLAN
    )
    mine = [one for one in every if one.plan.plan_id == plan]
    chosen = _filtered([one for one in mine if one.target.tier == "table"], w)
    page.show(cards.line(w("goals.shown", n=len(chosen)) if chosen else w("goals.none_shown"), "muted"))
    if chosen:
        page.show(cards.grid((promise.card(one, w, whole=True) for one in chosen), "three"))
    text = [one for one in mine if one.target.tier == "text"]
    if text:
        folded = cards.folded(
            w("goals.text_fold", n=len(text)), cards.grid((promise.card(one, w, whole=True) for one in text), "three")
        )
        page.show(html("<h2>{}</h2>{folded}", w("goals.text_title"), folded=folded))


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


def _choose(place, name: str, options: Sequence[str], words, w: Words) -> str | None:  # type: ignore[no-untyped-def]
    everything = w(EVERYTHING[name])
    return place.selectbox(
        w(f"goals.filter_{name}"),
        [None, *options],
        format_func=lambda k: everything if k is None else words(k),
        key=f"filter_{name}",
    )
