"""Contradictions as cards: both values side by side, each with its source, and how they are read here."""

from collections.abc import Iterable

from markupsafe import Markup

from reports.conflicts import Conflict
from views.cached import cached_rendering_of
from views.text.markup import html, join
from views.text.words import Words
from views.ui import cards


@cached_rendering_of("facts")
def card(conflict: Conflict, w: Words, remark: str = "") -> Markup:
    """One contradiction, and a remark of the page's own. Neither value is preferred by size or colour."""
    row = conflict.row
    sides = ((w.of(row.value_a), conflict.first), (w.of(row.value_b), conflict.second))
    body = join(
        html("<div><strong>{value}</strong>{}</div>", cards.source_note(provenance, w), value=value)
        for value, provenance in sides
    )
    body += cards.line(w.of(row.reading), "muted small") + cards.line(remark, "muted small")
    return cards.card(w.of(row.topic), body)


def grid(conflicts: Iterable[Conflict], w: Words) -> Markup:
    """Contradictions side by side, as many as fit."""
    return cards.grid((card(one, w) for one in conflicts), "three")
