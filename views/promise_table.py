"""Promises as a table: what was promised, from where, by when, and the last figure published; its sources below."""

from collections.abc import Sequence
from html import escape

from reports import basis
from reports.goals import Promise
from views import cards, promise
from views import format as fmt
from views.words import Words

COLUMNS = ("what", "start", "goal", "known", "status")


def table(promises: Sequence[Promise], w: Words) -> str:
    """One row for each promise, with its state in one word and the sentence that says why."""
    rows = [
        [
            _wide(cards.cell(w.of(one.indicator, "name")) + _where(one, w), 9),
            _wide(cards.cell(promise.baseline(one, w)), 5),
            _wide(f"<strong>{cards.cell(promise.aim(one, w))}</strong>", 7),
            _wide(_known(one, w), 9),
            cards.pill(one.judgement.status, w),
        ]
        for one in promises
    ]
    origins = [one.basis for one in promises] + [one.latest.basis for one in promises if one.latest]
    period = f"{min(p.plan['start_year'] for p in promises)}/{max(p.plan['end_year'] for p in promises)}"
    header = [w(f"promise_table.{name}") for name in COLUMNS]
    return cards.table(header, rows) + cards.origin(basis.merged(origins, "planned", period), w)


def _wide(text: str, rem: int) -> str:
    """A cell's text that keeps a readable width where the table has to scroll."""
    return f'<div style="min-width:{rem}rem">{text}</div>'


def _where(one: Promise, w: Words) -> str:
    """The area where it is not the whole city, and that a plan is only a draft."""
    words = [] if one.area["kind"] == "city" else [w.of(one.area, "name")]
    if one.plan["status"] == "draft":
        words.append(w("promise_table.draft"))
    return f'<br><span class="muted small">{escape(" · ".join(words))}</span>' if words else ""


def _known(one: Promise, w: Words) -> str:
    """The last figure with its period and what the source says of it; «not published» where there is none."""
    if one.latest is None:
        return f'<span class="muted">{escape(w("site.not_published"))}</span>'
    row = one.latest.row
    value = promise.amount(one, one.latest.value, one.latest.op, w.of(row, "text"), w)
    note = w.of(row, "note")
    period = fmt.period(one.latest.period, w)
    small = " · ".join(part for part in (period, note) if part)
    return f'{escape(value)}<br><span class="muted small">{escape(small)}</span>'
