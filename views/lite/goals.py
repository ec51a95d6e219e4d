"""Every promise on a phone, plan by plan: what was promised, the last figure, its state in one word."""

import re
from dataclasses import replace

from markupsafe import Markup

from reports import goals, provenance
from reports.goals import Promise, Tally
from reports.provenance import Provenance
from views.lite import pieces
from views.lite.frame import Page, Picture, href
from views.text import answers, marked
from views.text import format as fmt
from views.text.markup import html, join
from views.text.words import Words
from views.ui import cards, promise
from views.ui import evidence as beside
from views.visit import Visit

TABLE = re.compile(r"^表\d+")  # a plan's table in a place such as 表2 第6项


def page(v: Visit) -> Page:
    """The goals page: the main plan open, the others folded."""
    w, tallies = v.w, goals.tallies(v.today)
    headline, lead = answers.of_goals(tallies, w)
    every = goals.scoreboard(v.today)
    body = pieces.head(headline, lead)
    for tally in sorted(tallies, key=lambda one: one.plan.plan_id != goals.HEADLINE_PLAN):
        body += _plan(tally, [p for p in every if p.plan.plan_id == tally.plan.plan_id], w)
    body += html('<p><a href="{}">{}</a></p>', href(w, "tasks"), w("lite.more_tasks"))
    main = next(one for one in tallies if one.plan.plan_id == goals.HEADLINE_PLAN)
    picture = Picture(str(main.total), w("lite.promises_unit"), lines=(marked.plain(headline),))
    return Page("goals", "goals", marked.plain(headline), lead, body, picture, "goals")


def _plan(tally: Tally, promises: list[Promise], w: Words) -> Markup:
    counts = join(html("<span>{} {n}</span>", cards.pill(status, w), n=n) for status, n in tally.by_status.items())
    table = [p for p in promises if p.target.tier == "table"]
    text = [p for p in promises if p.target.tier == "text"]
    body = html('<p class="legend">{counts}</p>{}', cards.source_note(tally.provenance, w), counts=counts)
    open_ = tally.plan.plan_id == goals.HEADLINE_PLAN
    body += _list(table, w) if open_ else cards.folded(w("goals.text_fold", n=len(table)), _list(table, w))
    if text:
        body += cards.folded(w("lite.in_text", n=len(text)), _list(text, w))
    return pieces.block(w.of(tally.plan.short), body)


def _list(promises: list[Promise], w: Words) -> Markup:
    told = [p.official.provenance for p in promises if p.official] + [_table(p.provenance) for p in promises]
    told += [p.measured.point.provenance for p in promises if p.measured]
    period = f"{min(p.plan.start_year for p in promises)}/{max(p.plan.end_year for p in promises)}"
    return pieces.rows(_row(p, w) for p in promises) + cards.source_note(
        provenance.merged(told, "published", period), w
    )


def _table(row: Provenance) -> Provenance:
    """Where a promise stands, as the table or the document alone: a list names each once."""
    return replace(row, sources=tuple(replace(one, place="".join(TABLE.findall(one.place)[:1])) for one in row.sources))


def _row(one: Promise, w: Words) -> Markup:
    """A promise in brief; the origins of its list stand below the list, its own in full on the indicator's page."""
    latest, known = one.official, ""
    if latest is not None:
        said = promise.amount(one, latest.value, latest.op, w.of(latest.row.text), w)
        source = cards.source_name(latest.provenance.sources[0], w)
        known = w("lite.known_since", value=said, period=fmt.period(latest.period, w), source=source)
    if one.measured is not None:
        said = beside.value(one, one.measured, w)
        known += w("lite.measured_since", value=said, period=fmt.period(one.measured.point.period, w))
    return pieces.row(
        w.of(one.indicator.short),
        cards.pill(one.judgement.status, w),
        html('<div class="small muted">{}{known}</div>', promise.aim(one, w), known=known),
        html('<div class="small">{}</div>', promise.reason(one, w)),
        html('<div class="small muted">{}</div>', promise.where(one, w)),
        promise.conflicts(one, w, read=False),
        to=href(w, f"indicator/{one.indicator.indicator_id}"),
    )
