"""Contradictions as cards: both values side by side, each with its source, and how they are read here."""

from collections.abc import Iterable
from html import escape

from reports.conflicts import Conflict
from views import cards
from views.words import Words


def card(conflict: Conflict, w: Words, remark: str = "") -> str:
    """One contradiction, and a remark of the page's own. Neither value is preferred by size or colour."""
    row = conflict.row
    sides = ((w.of(row, "value_a"), conflict.first), (w.of(row, "value_b"), conflict.second))
    body = "".join(f"<div><strong>{escape(value)}</strong>{cards.origin(basis, w)}</div>" for value, basis in sides)
    body += cards.line(w.of(row, "reading"), "muted small") + cards.line(remark, "muted small")
    return cards.card(w.of(row, "topic"), body)


def grid(conflicts: Iterable[Conflict], w: Words) -> str:
    """Contradictions side by side, as many as fit."""
    return cards.grid((card(one, w) for one in conflicts), "three")
