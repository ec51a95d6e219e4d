"""Every promise on a phone, plan by plan: what was promised, the last figure, its state in one word."""

from markupsafe import Markup
from msgspec import Struct

from reports import goals
from reports.goals import Promise, Tally
from views.lite import frame
from views.lite.frame import Page, Picture, href
from views.text import answers, marked
from views.ui import cards, promise
from views.ui.rows import row, rows
from views.visit import Visit


class PlanRows(Struct, frozen=True, weakref=True):
    """A plan's promises: how many in each state, those of its table and those of its text with their source notes."""

    name: str
    open: bool
    states: tuple[tuple[Markup, int], ...]
    source: Markup
    table_n: int
    in_table: Markup
    text_n: int
    in_text: Markup


def page(v: Visit) -> Page:
    """The goals page: the main plan open, the others folded."""
    w, tallies = v.w, goals.tallies(v.today)
    headline, lead = answers.of_goals(tallies, w)
    every = goals.scoreboard(v.today)
    tallies_in_order = sorted(tallies, key=lambda one: one.role != "main")
    plans = [_plan(one, [p for p in every if p.plan.plan_id == one.plan.plan_id], v) for one in tallies_in_order]
    body = frame.body("goals", v, headline=headline, lead=lead, plans=plans)
    picture = Picture(str(tallies_in_order[0].total), w("lite.promises_unit"), lines=(marked.plain(headline),))
    return Page("goals", "goals", marked.plain(headline), lead, body, picture, "goals")


def _plan(tally: Tally, promises: list[Promise], v: Visit) -> PlanRows:
    w = v.w
    table = [p for p in promises if p.target.tier == "table"]
    text = [p for p in promises if p.target.tier == "text"]
    return PlanRows(
        name=w.of(tally.plan.short),
        open=tally.role == "main",
        states=tuple((cards.pill(status, w), n) for status, n in tally.by_status.items()),
        source=cards.source_note(tally.provenance, w),
        table_n=len(table),
        in_table=_list(table, v),
        text_n=len(text),
        in_text=_list(text, v) if text else Markup(),
    )


def _list(promises: list[Promise], v: Visit) -> Markup:
    source = cards.source_note(goals.provenance_of(promises, by_table=True), v.w)
    return rows(_row(p, v) for p in promises) + source


def _row(one: Promise, v: Visit) -> Markup:
    """A promise in brief; its sources are named below its list, and in full on the indicator's page."""
    w = v.w
    shown, known = promise.row(one, w), ""
    if latest := shown.official:
        known = w("lite.known_since", value=latest.text, period=latest.period, source=latest.source_name)
    if measured := shown.measured:
        known += w("lite.measured_since", value=measured.text, period=measured.period)
    return row(
        shown.name,
        cards.state(shown.state, shown.word),
        cards.line(shown.target.line + known, "small muted"),
        cards.line(shown.reason, "small"),
        cards.line(shown.plan_row, "small muted"),
        promise.conflicts(shown, w, read=False),
        to=href(v, f"indicator/{shown.indicator_id}"),
    )
