"""Promises as a table: what was promised, from where, by when, and the last figure published; its sources below."""

from collections.abc import Sequence
from html import escape

from reports import basis
from reports.goals import Promise
from views import beside, cards, promise
from views import format as fmt
from views.words import Words

COLUMNS = ("what", "goal", "known")


def table(promises: Sequence[Promise], w: Words) -> str:
    """One row for each promise: its start under its target, its state in one word over the last figure."""
    rows = [
        [
            cards.cell(w.of(one.indicator, "name")) + _small(_where(one, w)),
            f"<strong>{cards.cell(promise.aim(one, w))}</strong>" + _small(promise.baseline(one, w)),
            f"<div>{cards.pill(one.judgement.status, w)}</div>{_known(one, w)}",
        ]
        for one in promises
    ]
    origins = [one.basis for one in promises] + [one.official.basis for one in promises if one.official]
    origins += [one.measured.point.basis for one in promises if one.measured]
    period = f"{min(p.plan['start_year'] for p in promises)}/{max(p.plan['end_year'] for p in promises)}"
    header = [w(f"promise_table.{name}") for name in COLUMNS]
    return cards.table(header, rows) + cards.origin(basis.merged(origins, "planned", period), w)


def _small(text: str) -> str:
    return f'<br><span class="muted small">{escape(text)}</span>' if text else ""


def _where(one: Promise, w: Words) -> str:
    """The area where it is not the whole city, and that a plan is only a draft."""
    words = [] if one.area["kind"] == "city" else [w.of(one.area, "name")]
    if one.plan["status"] == "draft":
        words.append(w("promise_table.draft"))
    return " · ".join(words)


def _known(one: Promise, w: Words) -> str:
    """The last figure with its period and what the source says of it, and what is measured here; nothing where none is."""
    measured = f'<div class="muted small">{escape(beside.said(one, w))}</div>' if one.measured else ""
    if one.official is None:
        return measured
    row = one.official.row
    value = promise.amount(one, one.official.value, one.official.op, w.of(row, "text"), w)
    parts = (fmt.period(one.official.period, w), w.of(row, "note"))
    return cards.cell(value) + _small(" · ".join(part for part in parts if part)) + measured
