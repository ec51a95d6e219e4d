"""What was and what comes, on the actions page: milestones on one line, the next environment days."""

from collections.abc import Sequence

import pandas as pd
from markupsafe import Markup

from reports import provenance
from reports.actions import Batch, Deadline, Tasks
from reports.milestones import Milestone
from reports.observances import Coming
from views.cached import cached_rendering_of
from views.drawings import city_map
from views.drawings import milestones as drawn
from views.site import page
from views.site.sheet import columns, drawn_once
from views.text import format as fmt
from views.text.words import Words
from views.ui import cards, layout, places
from views.ui import steps as step_pieces
from views.visit import Visit

THEME = "actions"


@drawn_once()
def milestones(v: Visit, shown: Sequence[Milestone]) -> None:
    """The way of the city on one line; on a phone from top to bottom."""
    w = v.w
    if not shown:
        return
    told = w("agenda.comma").join(_told(one, w) for one in shown)
    wide = drawn.drawing(shown, v.today, w, title=w("agenda.milestones_alt", told=told))
    steps = [step_pieces.Step(fmt.period(one.row.period, w), w.of(one.row.short), drawn.color(one)) for one in shown]
    page.drawing(
        v,
        layout.by_width(wide, step_pieces.line(steps)),
        take="milestones",
        title=w("agenda.milestones_title", first=shown[0].start.year, last=shown[-1].start.year, n=len(shown)),
        sub=w("agenda.milestones_sub"),
        provenance=provenance.merged(
            (one.provenance for one in reversed(shown)), "published", f"{shown[0].start.year}/{shown[-1].start.year}"
        ),
        data=_table(tuple(shown), w),
    )


def _told(one: Milestone, w: Words) -> str:
    return w("agenda.milestone", when=fmt.period(one.row.period, w), what=w.of(one.row.short))


@cached_rendering_of("facts")
def _table(shown: tuple[Milestone, ...], w: Words) -> pd.DataFrame:
    return pd.DataFrame(
        {
            w("site.period_label"): [fmt.period(one.row.period, w) for one in shown],
            w("agenda.column_what"): [w.of(one.row.what) for one in shown],
            w("site.confidence"): [w(f"site.confidence_words.{one.row.confidence}") for one in shown],
            w("site.source"): [w.of(one.provenance.sources[0].document.title) for one in shown],
        }
    )


@drawn_once()
def next_up(v: Visit, report: Tasks, batch: Batch, days: Sequence[Coming]) -> None:
    """Where residents reported pollution, on the map; beside it what comes next: work that ends, environment days."""
    left, right = columns(1, 1)
    layer = places.reports_of_residents(batch, v.w)
    with left:
        drawn = city_map.for_widths(layer, v.w, phone=v.phone, touch=False)
        page.drawing(
            v,
            drawn,
            take="residents-reports",
            is_map=True,
            title=layer.message,
            provenance=batch.provenance,
            data=page.places_frame(layer, v.w),
        )
    with right:
        shown = [_work(report, report.following, v.w)] if report.following else []
        page.show(cards.grid([*shown, *([_days(days, v.w)] if days else [])]), theme=THEME)


def _work(report: Tasks, ahead: Deadline, w: Words) -> Markup:
    """The pieces of work that end next, by title."""
    titles = [f"{part.number} {w.of(part.row.title)}" for part in ahead.parts]
    days = ahead.parts[0].days_left
    body = cards.line(w("agenda.work_due", n=len(titles), day=fmt.day(ahead.due, w) if ahead.due else "", days=days))
    body += cards.folded(w("agenda.work_list"), cards.notes(titles))
    return cards.card(w("agenda.work"), body, foot=cards.source_note(report.provenance, w))


def _days(days: Sequence[Coming], w: Words) -> Markup:
    """The next environment day large, those after it in lines."""
    first, *others = days
    body = cards.value(w.of(first.row.name)) + cards.line(_when(first, w))
    if first.last and first.last.theme:
        body += cards.line(
            w("agenda.last_theme", year=first.last.date.year, theme=w.of(first.last.theme)), "muted small"
        )
    body += cards.notes([w("agenda.day_line", name=w.of(one.row.name), when=_when(one, w)) for one in others])
    known = provenance.merged((one.provenance for one in days), "published", "")
    return cards.card(w("agenda.days"), body, foot=cards.source_note(known, w))


def _when(one: Coming, w: Words) -> str:
    if not one.days_left:
        return w("agenda.day_today", day=fmt.day(one.date, w))
    return w("agenda.day_left", day=fmt.day(one.date, w), days=one.days_left)
