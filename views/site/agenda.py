"""What comes and what was, on the actions page: reports on the map beside the next days, milestones on one line."""

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
from views.ui import cards, places
from views.ui import layout as page_layout
from views.ui import steps as step_pieces
from views.visit import Visit

THEME = "actions"
AT_SIGHT = 4  # pieces of work named without folding them


@drawn_once()
def milestones(v: Visit, shown: Sequence[Milestone]) -> None:
    """The way of the city on one line; on a phone from top to bottom."""
    w = v.w
    if not shown:
        return
    names = w("agenda.comma").join(_named(one, w) for one in shown)
    wide = drawn.drawing(shown, v.today, w, title=w("agenda.milestones_alt", names=names))
    steps = [step_pieces.Step(fmt.period(one.row.period, w), w.of(one.row.short), drawn.color(one)) for one in shown]
    page.drawing(
        v,
        wide,
        shown=page_layout.by_width(wide, step_pieces.line(steps)),
        download="milestones",
        title=w("agenda.milestones_title", first=shown[0].start.year, last=shown[-1].start.year, n=len(shown)),
        provenance=provenance.merged(
            (one.provenance for one in reversed(shown)), "published", f"{shown[0].start.year}/{shown[-1].start.year}"
        ),
        data=_table(tuple(shown), w),
    )
    colors = [(w(f"site.themes.{theme}"), color) for theme, color in drawn.COLORS.items()]
    key = cards.wrapped("if-wide", cards.line(w("agenda.milestones_sub"), "muted small"))
    page.show(cards.legend([*colors, (w("agenda.other"), drawn.OTHER)]) + key)


def _named(one: Milestone, w: Words) -> str:
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
def next_up(v: Visit, report: Tasks | None, batch: Batch | None, days: Sequence[Coming]) -> None:
    """Where residents reported pollution, on the map; beside it what comes next: work that ends, environment days."""
    left, right = columns(1, 2)
    with left:
        if batch:
            _reported(v, batch)
        else:
            page.nothing(v, "complaints")
    with right:
        shown = [_work(report, report.following, v.w)] if report and report.following else []
        page.show(cards.grid([*shown, *([_days(days, v.w)] if days else [])]), theme=THEME)


def _reported(v: Visit, batch: Batch) -> None:
    layer = places.reports_of_residents(batch, v.w)
    page.drawing(
        v,
        city_map.drawing(layer, v.w, layout=city_map.BESIDE),
        download="residents-reports",
        is_map=True,
        title=layer.message,
        provenance=batch.provenance,
        data=page.places_frame(layer, v.w),
    )


def _work(report: Tasks, ahead: Deadline, w: Words) -> Markup:
    """The pieces of work that end next: the days left, the first titles, the others folded."""
    titles = [f"{part.number} {w.of(part.row.title)}" for part in ahead.parts]
    body = cards.value(str(ahead.parts[0].days_left), w("agenda.days_left"))
    body += cards.line(w("agenda.work_due", n=len(titles), day=fmt.day(ahead.due, w) if ahead.due else ""))
    body += cards.notes(titles[:AT_SIGHT])
    if rest := titles[AT_SIGHT:]:
        body += cards.folded(w("agenda.work_list", n=len(rest)), cards.notes(rest))
    return cards.card(w("agenda.work"), body, foot=cards.source_note(report.provenance, w))


def _days(days: Sequence[Coming], w: Words) -> Markup:
    """The next environment day with the days left, those after it in lines."""
    first, *others = days
    body = cards.value(str(first.days_left), w("agenda.days_left")) if first.days_left else Markup()
    body += cards.line(w("agenda.day", name=w.of(first.row.name), day=_day(first, w)))
    if first.last and first.last.theme:
        body += cards.line(
            w("agenda.last_theme", year=first.last.date.year, theme=w.of(first.last.theme)), "muted small"
        )
    after = [w("agenda.day", name=w.of(one.row.name), day=_day(one, w)) for one in others]
    body += cards.notes(after)
    known = provenance.merged((one.provenance for one in days), "published", "")
    return cards.card(w("agenda.days"), body, foot=cards.source_note(known, w))


def _day(one: Coming, w: Words) -> str:
    day = fmt.day(one.date, w)
    return day if one.days_left else w("agenda.day_today", day=day)
