"""Blocks of the goals page."""

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st
from markupsafe import Markup
from streamlit.delta_generator import DeltaGenerator

from reports import goals
from reports.goals import Promise, Tally
from views.drawings import tally as drawn_tally
from views.site import page
from views.site.sheet import Download, drawn_once, label
from views.text import answers
from views.text.markup import join
from views.text.words import Words
from views.ui import cards, files, promise_list
from views.visit import Visit


@drawn_once()
def lead(v: Visit, tallies: tuple[Tally, ...]) -> None:
    """The page's answer."""
    page.head(v, "goals", *answers.of_goals(tallies, v.w))


@drawn_once()
def at_a_glance(v: Visit, tallies: tuple[Tally, ...]) -> None:
    """Each plan as a row of cells, one a target, in the colour of its state, and the counts in words."""
    page.section(v.w("goals.tally_title"), v.w("goals.tally_sub"))
    page.show(cards.grid((_tally(v, tally) for tally in tallies), "three"))
    page.note(v.w("goals.draft_note"))


def _tally(v: Visit, tally: Tally) -> Markup:
    w, body = v.w, _cells(tally, v.w)
    foot = cards.source_note(tally.provenance, w) + download_links(v, tally)
    return cards.card(w.of(tally.plan.short), body, foot=foot)


def tally_id(plan_id: str) -> str:
    """The states of a plan's targets as they are downloaded."""
    return f"plan-{plan_id}"


def download_links(v: Visit, tally: Tally) -> Markup:
    """The states of a plan's targets, to be downloaded with their counts."""
    w = v.w
    rows = [(w(f"site.status.{status}"), n) for status, n in tally.by_status.items()]
    data = pd.DataFrame(rows, columns=[w("goals.column_state"), w("goals.column_n")])
    drawn, counts = _drawn(tally, w), _counts(tally, w)
    download = Download(tally_id(tally.plan.plan_id), w.of(tally.plan.name), counts, drawn, tally.provenance, data)
    return page.download_links(v, download)


def _cells(tally: Tally, w: Words) -> Markup:
    """The states of a plan's targets as cells, and in words."""
    return cards.wrapped("tally", _drawn(tally, w) + cards.states(tally.by_status, w))


def _drawn(tally: Tally, w: Words) -> Markup:
    states = [status for status, n in tally.by_status.items() for _ in range(n)]
    return drawn_tally.cells(states, title=w("goals.tally_alt", plan=w.of(tally.plan.name), counts=_counts(tally, w)))


def _counts(tally: Tally, w: Words) -> str:
    return w("air.list_comma").join(
        w("goals.tally_count", status=w(f"site.status.{status}"), n=n) for status, n in tally.by_status.items()
    )


def board(v: Visit, every: Sequence[Promise], tallies: Sequence[Tally]) -> None:
    """The targets of a plan's table as rows, by theme and state, in the order the reader chooses."""
    w = v.w
    page.section(w("goals.board_title"), w("goals.board_sub"))
    plan = _choose_plan(every, tallies, w)
    _counted(v, [tally for tally in tallies if tally.plan.plan_id == plan])
    shown, order = _filtered([one for one in every if one.plan.plan_id == plan and one.target.tier == "table"], w)
    page.show(cards.line(w("goals.shown", n=len(shown)) if shown else w("goals.none_shown"), "muted small"))
    if shown:
        _rows(v, goals.ordered(shown, order))


@drawn_once()
def _counted(v: Visit, tallies: Sequence[Tally]) -> None:
    page.show(join(_cells(tally, v.w) + download_links(v, tally) for tally in tallies))


def account(v: Visit, year: str) -> None:
    """The way to a year's account as files."""
    page.show(files.account(year, v))


@drawn_once()
def _rows(v: Visit, promises: Sequence[Promise]) -> None:
    page.show(promise_list.rows(promises, v.today, v.w) + promise_list.on_paper(promises, v.w))


def of_texts(v: Visit, every: Sequence[Promise], tallies: Sequence[Tally]) -> None:
    """What the text of a plan promises outside its table."""
    w = v.w
    page.section(w("goals.text_title"), w("goals.text_sub"))
    plan = _choose_plan(every, tallies, w)
    shown = [one for one in every if one.plan.plan_id == plan and one.target.tier == "text"]
    if shown:
        page.show(cards.line(w("goals.shown", n=len(shown)), "muted small") + cards.states(goals.by_status(shown), w))
        _by_theme(v, shown)
    else:
        page.show(cards.line(w("goals.none_in_text"), "muted"))


@drawn_once()
def _by_theme(v: Visit, promises: Sequence[Promise]) -> None:
    """Folded, a theme each."""
    w = v.w
    themes = dict.fromkeys(one.indicator.theme for one in promises)
    for theme in themes:
        mine = [one for one in promises if one.indicator.theme == theme]
        title = w("goals.theme_fold", theme=w(f"site.themes.{theme}"), n=len(mine))
        page.show(cards.folded(title, promise_list.rows(mine, v.today, w)))


def _choose_plan(every: Sequence[Promise], tallies: Sequence[Tally], w: Words) -> str:
    main = next(tally.plan.plan_id for tally in tallies if tally.role == "main")
    plans = {one.plan.plan_id: one.plan for one in every}
    chosen: str | None = st.segmented_control(
        w("goals.filter_plan"),
        list(plans),
        default=main,
        format_func=lambda plan: label(w.of(plans[plan].short)),
        key="plan",
    )
    return chosen or main


def _filtered(rows: Sequence[Promise], w: Words) -> tuple[list[Promise], str]:
    """The promises of the chosen theme and state, and the order chosen for them."""
    themes = list(dict.fromkeys(one.indicator.theme for one in rows))
    statuses = list(dict.fromkeys(one.judgement.status for one in rows))
    place = st.popover(w("goals.filter"))
    theme = _choose(place, "theme", themes, lambda k: w(f"site.themes.{k}"), w)
    status = _choose(place, "status", statuses, lambda k: w(f"site.status.{k}"), w)
    order = place.selectbox(
        w("goals.order"), list(goals.ORDERS), format_func=lambda k: w(f"goals.order_{k}"), key="order"
    )
    return [
        one for one in rows if theme in (None, one.indicator.theme) and status in (None, one.judgement.status)
    ], order


EVERYTHING = {"theme": "goals.all_themes", "status": "goals.all_statuses"}


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
