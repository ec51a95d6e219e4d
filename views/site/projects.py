"""The works the city plan names in its boxes, on the actions page, filtered by kind and place."""

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from reports.projects import Project, Projects
from reports.provenance import Provenance
from views.site import page
from views.site.sheet import drawn_once
from views.text.words import Words
from views.ui import cards, inline
from views.visit import Visit

THEME = "actions"
ANYWHERE = "anywhere"  # the choice of works the plan puts in no one place


def board(v: Visit, report: Projects) -> None:
    """Every work of the seven boxes, filtered as the visitor likes."""
    w = v.w
    page.section(
        w("projects.title", n=len(report.every), boxes=len(report.boxes)), w("projects.sub", judged=len(report.judged))
    )
    kind = st.pills(
        w("projects.by_kind"), report.kinds, format_func=lambda one: w(f"projects.kind.{one}"), key="projects_kind"
    )
    names = {one.area_id: w.of(one.name) for one in report.areas} | {ANYWHERE: w("projects.anywhere")}
    area = page.choice(w("projects.by_place"), names, "projects_place", w("projects.all_places"))
    shown = tuple(one for one in report.every if kind in (None, one.row.kind) and area in (None, _place(one)))
    _list(v, shown, report.provenance)


def _place(one: Project) -> str:
    return one.area.area_id if one.area else ANYWHERE


@drawn_once("air_hours", "air_days", "ndvi")
def _list(v: Visit, shown: Sequence[Project], known: Provenance) -> None:
    """One card a box, its works in the plan's order; the first few at sight."""
    w = v.w
    page.show(cards.line(w("projects.shown", n=len(shown)), "muted"))
    boxes = dict.fromkeys(one.row.box for one in shown)
    made = [_box(box, [one for one in shown if one.row.box == box], w) for box in boxes]
    page.show(cards.grid(made, "two") + cards.source_note(known, w), theme=THEME)


def _box(box: int, works: Sequence[Project], w: Words) -> Markup:
    rows = [[w.of(one.row.name), _where(one, w), _state(one, w)] for one in works]
    table = cards.table([w(f"projects.column_{name}") for name in ("work", "place", "state")], rows)
    summary = inline.strong(w(f"projects.box_{box}"))
    return cards.opening(summary + cards.line(w("projects.in_box", n=len(works)), "muted small"), table)


def _where(one: Project, w: Words) -> str:
    return w.of(one.area.name) if one.area else w("projects.not_placed")


def _state(one: Project, w: Words) -> Markup | str:
    """Where a target of the plan can be followed, its state; for the others nothing was looked for one by one."""
    if one.promise is None:
        return w("projects.no_target")
    return cards.pill(one.promise.judgement.status, w)
