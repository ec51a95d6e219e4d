"""Bars with their words beside them as plain HTML: they wrap on a phone, need no script, and read as a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Bar:
    """One bar: its name, its parts as (amount, CSS colour), and the words at its end."""

    name: str
    parts: Sequence[tuple[float, str]]
    said: str


def rows(bars: Sequence[Bar]) -> str:
    """Bars on one scale from zero; a bar without amount shows its words alone."""
    most = max((sum(amount for amount, _ in bar.parts) for bar in bars), default=0) or 1
    return f'<div role="list">{"".join(_row(bar, most) for bar in bars)}</div>'


def _row(bar: Bar, most: float) -> str:
    # The longest bar takes 72 % of its line and none is squeezed by its words, which wrap beside it: one scale for all.
    drawn = "".join(
        f'<i style="display:block;flex:none;height:.8rem;width:{72 * amount / most:.1f}%;background:{color}"></i>'
        for amount, color in bar.parts
        if amount
    )
    return (
        '<div role="listitem" style="display:flex;flex-wrap:wrap;gap:0 .9rem;align-items:center;padding:.2rem 0">'
        f'<span class="small" style="flex:1 1 11rem;min-width:0">{escape(bar.name)}</span>'
        '<span style="flex:2.2 1 14rem;display:flex;align-items:center;min-width:0">'
        f'{drawn}<span class="small" style="margin-left:.5rem;min-width:0">{escape(bar.said)}</span>'
        "</span></div>"
    )
