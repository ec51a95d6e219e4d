"""Promises as a table: what was promised, from where, by when, and the last figure published; its sources below."""

from collections.abc import Sequence

from markupsafe import Markup

from reports import provenance
from reports.goals import Promise
from views.cached import cached_rendering_of
from views.text import format as fmt
from views.text.markup import html
from views.text.words import Words
from views.ui import cards, inline, promise
from views.ui import evidence as beside

COLUMNS = ("what", "goal", "known")


@cached_rendering_of("facts", "air_hours", "air_days", "ndvi")
def table(promises: Sequence[Promise], w: Words) -> Markup:
    """One row for each promise: its start under its target, its state in one word over the last figure."""
    rows = [
        [
            inline.with_remark(cards.cell(w.of(one.indicator.name)), _where(one, w)),
            inline.with_remark(inline.strong(cards.cell(promise.aim(one, w))), promise.baseline(one, w)),
            html("<div>{}</div>{}", cards.pill(one.judgement.status, w), _known(one, w)),
        ]
        for one in promises
    ]
    source_notes = [one.provenance for one in promises] + [one.official.provenance for one in promises if one.official]
    source_notes += [one.measured.point.provenance for one in promises if one.measured]
    period = f"{min(p.plan.start_year for p in promises)}/{max(p.plan.end_year for p in promises)}"
    header = [w(f"promise_table.{name}") for name in COLUMNS]
    return cards.table(header, rows) + cards.source_note(provenance.merged(source_notes, "planned", period), w)


def _where(one: Promise, w: Words) -> str:
    """The area where it is not the whole city, and that a plan is only a draft."""
    words = [] if one.area.kind == "city" else [w.of(one.area.name)]
    if one.plan.status == "draft":
        words.append(w("promise_table.draft"))
    return " · ".join(words)


def _known(one: Promise, w: Words) -> Markup:
    """The last figure with its period and what the source says of it, and what is measured here; nothing where none is."""
    measured = inline.below(beside.said(one, w))
    if one.official is None:
        return measured
    row = one.official.row
    value = promise.amount(one, one.official.value, one.official.op, w.of(row.text), w)
    parts = (fmt.period(one.official.period, w), w.of(row.note))
    return inline.with_remark(cards.cell(value), " · ".join(part for part in parts if part)) + measured
