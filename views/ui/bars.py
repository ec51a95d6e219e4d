"""Bars with labels next to them as plain HTML: they wrap on a phone, need no script, and are read as a list."""

from collections.abc import Sequence

from markupsafe import Markup
from msgspec import Struct

from views.text.markup import html, join


class Bar(Struct, frozen=True, weakref=True):
    """One bar: its name, its parts as (amount, CSS colour), and the label at its end."""

    name: str
    parts: Sequence[tuple[float, str]]
    label: str


def rows(bars: Sequence[Bar]) -> Markup:
    """Bars on one scale from zero; a bar without amount shows its label alone."""
    most = max((sum(amount for amount, _ in bar.parts) for bar in bars), default=0) or 1
    # Bars start after the longest name; a name longer than two fifths of the line wraps.
    return html(
        '<div role="list" style="display:grid;grid-template-columns:fit-content(40%) minmax(0,1fr);gap:.4rem .9rem;'
        'align-items:center">{}</div>',
        join(_row(bar, most) for bar in bars),
    )


def rest(share_pct: float, color: str, title: str) -> Markup:
    """A share of a whole as one bar; what it leaves open is an outline."""
    return html(
        '<div role="img" aria-label="{title}" style="display:flex;height:.8rem;border:1px dashed var(--none)">'
        '<i style="display:block;width:{:.2f}%;background:{color}"></i></div>',
        share_pct,
        title=title,
        color=color,
    )


def _row(bar: Bar, most: float) -> Markup:
    # The longest bar takes 72 % of its line and none is squeezed by its label, which goes below it where there is no room
    # beside it: one scale for all.
    drawn = join(
        html(
            '<i style="display:block;flex:none;height:.8rem;width:{:.1f}%;background:{color}"></i>',
            72 * amount / most,
            color=color,
        )
        for amount, color in bar.parts
        if amount
    )
    return html(
        '<div role="listitem" style="display:contents"><span class="small">{}</span>'
        '<span style="display:flex;flex-wrap:wrap;align-items:center;min-width:0">'
        '{drawn}<span class="small" style="margin-left:.5rem;min-width:0">{}</span>'
        "</span></div>",
        bar.name,
        bar.label,
        drawn=drawn,
    )
