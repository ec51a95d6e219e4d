"""The action plan on the actions page: what is due when, every piece of work, whom the plan names."""

from collections.abc import Iterable, Sequence

import pandas as pd
import streamlit as st
from markupsafe import Markup

from reports import actions
from reports.actions import Load, Part, Status, Tasks
from reports.conflicts import Conflict
from reports.figures import Point
from store import records
from views.cached import cached_rendering_of
from views.charts import actions as charts
from views.site import page
from views.site.sheet import drawn_once
from views.text import actions as action_words
from views.text import answers
from views.text import format as fmt
from views.text.markup import html
from views.text.words import Words
from views.ui import bars, cards, figure_cards, figure_table, inline
from views.ui import conflicts as conflict_cards
from views.ui.bars import Bar
from views.visit import Visit

THEME = "actions"
MOST_LOADED = 8
AT_SIGHT = 8  # pieces of work shown without folding them by chapter
PILLS = {"past": "due_not_found", "ahead": "on_the_way", "ongoing": ""}
STATUS_PILLS = {"not_started": "", "running": "on_the_way", "done": "met", "delayed": "behind"}


@drawn_once()
def lead(v: Visit, report: Tasks | None) -> None:
    """The state of the plan of action; that none was found."""
    w = v.w
    if report is None:
        page.head(v, THEME, html("{}", w("site.not_found")), w("found.tasks"))
        return
    page.head(v, THEME, *answers.of_plan_of_action(report, w))


def _comma(w: Words, items: Iterable[str]) -> str:
    return w("actions.comma").join(items)


def _day(part: Part, w: Words) -> str:
    return fmt.day(part.due, w) if part.due else w("actions.day_none")


@drawn_once()
def timeline(v: Visit, report: Tasks) -> None:
    """When the work is due."""
    w = v.w
    page.section(w("actions.timeline_title"), w("actions.timeline_sub"))
    ahead = report.following
    title = (
        w("actions.timeline_message", past=len(report.past), next=len(ahead.parts), day=_day(ahead.parts[0], w))
        if ahead
        else w("actions.timeline_over", past=len(report.past))
    )
    counts = _comma(w, (f"{_day(one.parts[0], w)} {w('actions.pieces', n=len(one.parts))}" for one in report.deadlines))
    made = charts.deadlines(report, v.today, w, v.dark)
    alt = w("actions.timeline_alt", counts=counts)
    page.chart(
        v,
        made,
        download="deadlines",
        title=title,
        alt=alt,
        provenance=report.provenance,
        data=_deadlines_table(report, w),
    )


def _deadlines_table(report: Tasks, w: Words) -> pd.DataFrame:
    parts = [part for one in report.deadlines for part in one.parts]
    return pd.DataFrame(
        {
            w("actions.column_day"): [_day(part, w) for part in parts],
            w("actions.column_no"): [part.number for part in parts],
            w("actions.column_task"): [w.of(part.row.title) for part in parts],
            w("actions.column_state"): [action_words.state(part, w) for part in parts],
        }
    )


def board(v: Visit, report: Tasks, draft: Conflict | None, known: tuple[Point, ...]) -> None:
    """Every piece of work with the bodies responsible, by chapter of the plan, filtered as the visitor likes.

    ``draft``: what is known of the plan's text; ``known``: what was published of the district it is for.
    """
    w = v.w
    page.section(w("actions.board_title"), w("actions.board_sub"))
    _board(v, _filtered(report, w), draft, known)


@drawn_once()
def _board(v: Visit, shown: Sequence[Part], draft: Conflict | None, known: tuple[Point, ...]) -> None:
    w = v.w
    page.show(cards.line(w("actions.shown", n=len(shown)) if shown else w("actions.none_shown"), "muted"))
    whole = len(shown) > AT_SIGHT
    for group in dict.fromkeys(w.of(part.row.group) for part in shown):
        mine = [part for part in shown if w.of(part.row.group) == group]
        tasks = cards.grid((_task(part, w) for part in mine), "two")
        page.show(cards.folded(w("actions.group", name=group, n=len(mine)), tasks) if whole else tasks)
    if draft:
        page.show(cards.folded(w("actions.draft_known"), conflict_cards.grid([draft], w)))
    table = figure_table.table(known, w, home=actions.DISTRICT[0])
    page.show(cards.folded(w("actions.district_known", n=len(known)), cards.line(w("actions.district_note")) + table))


def _filtered(report: Tasks, w: Words) -> list[Part]:
    parts = report.parts
    themes = list(dict.fromkeys(part.row.theme for part in parts))
    theme = st.pills(
        w("actions.by_theme"), themes, format_func=lambda one: w(f"site.themes.{one}"), key="actions_theme"
    )
    left, right = st.columns(2)
    with left:
        body = _body(report.loads, w)
    with right:
        states = [one for one in actions.STATES if any(part.state == one for part in parts)]
        due = st.segmented_control(
            w("actions.by_state"), states, format_func=lambda one: w(f"actions.state_{one}"), key="actions_state"
        )
    return [
        part
        for part in parts
        if theme in (None, part.row.theme) and due in (None, part.state) and (body is None or body in part.bodies)
    ]


def _body(loads: Sequence[Load], w: Words) -> str | None:
    names = {load.body.body_id: w.of(load.body.name) for load in loads}
    return page.choice(w("actions.by_body"), names, "actions_body", w("actions.all_bodies"))


@cached_rendering_of("facts")
def _task(part: Part, w: Words) -> Markup:
    """One piece of work: its title, its state and the responsible bodies at sight, the rest one click away."""
    kind = "behind" if part.late else STATUS_PILLS[part.status.word] if part.status else PILLS[part.state]
    title = inline.strong(f"{part.number} {w.of(part.row.title)}")
    pill = cards.state(kind, action_words.state(part, w))
    responsible = inline.below(w("actions.responsible", names=_names(part.responsible, w)))
    return cards.opening(title + " \N{NO-BREAK SPACE}" + pill + responsible, _more(part, w))


def _more(part: Part, w: Words) -> Markup:
    body = cards.line(w.of(part.row.action))
    if part.support:
        body += cards.line(w("actions.supporting", names=_names(part.support, w)), "muted small")
    theme = w(f"site.themes.{part.row.theme}")
    body += cards.line(f"{theme} · {_day(part, w)}", "muted small")
    if part.status:
        body += cards.line(w("actions.status_of", state=action_words.state(part, w), text=_progress(part.status, w)))
        body += cards.source_note(part.status.provenance, w)
    if part.result:
        body += cards.line(
            w("actions.result", value=figure_cards.value(part.result, w), period=fmt.period(part.result.period, w))
        )
        body += cards.source_note(part.result.provenance, w)
    return body + cards.source_note(part.provenance, w)


def _progress(status: Status, w: Words) -> str:
    """What was reported, in the visitor's language where it has words for it."""
    text = status.row.text
    report = (w.of(text) or text.zh) if text else ""
    return w("actions.status_text", text=report) if report else ""


def _names(bodies: Iterable[records.Body], w: Words) -> str:
    return _comma(w, (w.of(body.name) for body in bodies))


@drawn_once()
def load(v: Visit, report: Tasks) -> None:
    """Whom the plan names most often, as responsible or as supporting body."""
    w, first = v.w, report.loads[0]
    page.section(
        w("actions.load_title", name=w.of(first.body.name), n=first.responsible, support=first.support),
        w("actions.load_sub"),
    )
    shown = [
        Bar(
            w.of(one.body.name),
            ((one.responsible, "var(--accent)"), (one.support, "var(--none)")),
            _carried(one, w),
        )
        for one in report.loads
    ]
    rest = cards.folded(w("actions.load_rest", n=len(shown) - MOST_LOADED), bars.rows(shown[MOST_LOADED:]))
    page.show(cards.card("", bars.rows(shown[:MOST_LOADED]) + rest, foot=cards.source_note(report.provenance, w)))


def _carried(one: Load, w: Words) -> str:
    kind = "both" if one.responsible and one.support else "responsible" if one.responsible else "support"
    return w(f"actions.load_{kind}", n=one.responsible, support=one.support)
