"""Residents' reports on the actions page, and whom to call."""

from collections.abc import Sequence

from markupsafe import Markup

from reports.actions import Batch, Count
from reports.figures import Measured
from reports.provenance import Provenance
from views.site import page
from views.site.sheet import drawn_once
from views.text import format as fmt
from views.text.words import Words
from views.tokens import tokens
from views.ui import bars, cards, hotline
from views.ui.bars import Bar
from views.visit import Visit


@drawn_once()
def complaints(v: Visit, batch: Batch, every: Measured) -> None:
    """One day's batch of residents' reports: where, about what, by which way; and how many were in the other batches."""
    w, c = v.w, tokens(v.dark)
    day = fmt.day(batch.day, w)
    page.section(
        w("actions.complaints_title"), w("actions.complaints_sub", day=day, number=batch.number, total=batch.total)
    )
    page.note(w("actions.complaints_note"), warn=True)
    first, second = batch.leading_kinds
    names = {"first": w.of(first.row.name), "second": w.of(second.row.name).lower()}
    message = w("actions.kinds_message", **names, n=first.n + second.n, total=batch.total)
    source_note = cards.source_note(batch.provenance, w)
    shown = [
        cards.card(message, _bars(batch.by_kind, w, c.none), foot=source_note),
        cards.card(w("actions.districts"), _bars(batch.by_district, w, c.none), foot=source_note),
    ]
    more = [
        cards.card(w("actions.channels"), _bars(batch.by_channel, w, c.none), foot=source_note),
        _batches(every, w, c.none),
    ]
    page.show(cards.grid(shown, "two") + cards.folded(w("actions.complaints_more"), cards.grid(more, "two")))


def _batches(every: Measured, w: Words, color: str) -> Markup:
    """What was found of the batches, each with its day; those not found are not guessed."""
    shown = [
        Bar(
            fmt.period(point.period, w),
            ((point.value or 0, color),),
            w("actions.reports", n=fmt.plain(point.value or 0)),
        )
        for point in every.points
    ]
    note = cards.line(w("actions.batches_note"), "muted small")
    return cards.card(
        w("actions.batches", n=len(shown)), bars.rows(shown) + note, foot=cards.source_note(every.provenance, w)
    )


def _bars(counts: Sequence[Count], w: Words, color: str) -> Markup:
    return bars.rows([Bar(w.of(one.row.name), ((one.n, color),), w("actions.reports", n=one.n)) for one in counts])


@drawn_once()
def hotlines(v: Visit, numbers: tuple[tuple[str, Provenance], ...]) -> None:
    """Whom to call for what."""
    w = v.w
    document = cards.source_parts(numbers[0][1].sources[0], w)[0]
    page.section(w("actions.hotlines_title"), w("actions.hotlines_sub", document=document))
    page.show(cards.grid((_hotline(number, provenance, w) for number, provenance in numbers), "two"))


def _hotline(number: str, provenance: Provenance, w: Words) -> Markup:
    body = hotline.call(number) + cards.line(w(f"actions.hotline_{number}"))
    return cards.card(w(f"actions.hotline_name_{number}"), body, foot=cards.source_note(provenance, w))
