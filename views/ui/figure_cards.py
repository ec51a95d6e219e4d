"""Published figures as cards: the latest large, the one before it in a line, the source's remark, its provenance."""

from collections.abc import Sequence

from markupsafe import Markup

from reports import provenance
from reports.figures import Point
from views.text import amounts
from views.text import format as fmt
from views.text.markup import join
from views.text.words import Words
from views.ui import cards


def value(point: Point, w: Words) -> str:
    """A figure with its sign and unit, or the text it was published as."""
    if point.value is None:
        return w.of(point.row.text)
    if point.row.unit_id == amounts.CLASS:
        return fmt.water_class(point.value, w, point.op)
    return fmt.OPS[point.op] + amounts.amount(point.value, point.row.unit_id, w)


def large(point: Point, w: Words) -> Markup:
    """A figure as the large number of a card, with its unit and period."""
    when = fmt.period(point.period, w)
    if point.value is None:
        return cards.value(w.of(point.row.text), "", when)
    number, unit = amounts.parts(point.value, point.row.unit_id, w)
    return cards.value(fmt.OPS[point.op] + number, unit, when)


def _earlier(first: Point, last: Point, w: Words) -> str:
    """The figure of another period; of the same period one that differs, nothing where another document says the same."""
    if first.period != last.period:
        return w("published.before", period=fmt.period(first.period, w), value=value(first, w))
    return "" if value(first, w) == value(last, w) else w("published.beside", value=value(first, w))


def card(
    label: str, points: Sequence[Point], w: Words, *, remarks: Sequence[str] = (), also: Sequence[Point] = ()
) -> Markup:
    """The last of ``points`` as a card; an earlier first one, its note and remarks in lines below.

    ``also``: figures the remarks name, so that the card gives their sources too.
    """
    first, last = points[0], points[-1]
    body = large(last, w)
    if first is not last:
        body += cards.line(_earlier(first, last, w))
    body += join(cards.line(remark) for remark in remarks)
    body += cards.line(w.of(last.row.note), "muted small")
    behind = [last, *(() if first is last else (first,)), *also]
    known = (
        last.provenance
        if len(behind) == 1
        else provenance.merged((p.provenance for p in behind), last.provenance.kind, last.period)
    )
    return cards.card(label, body, foot=cards.source_note(known, w))
