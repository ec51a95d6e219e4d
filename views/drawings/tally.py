"""The promises of a plan as cells, one a target, in the colour of its state."""

from collections.abc import Sequence

from markupsafe import Markup

from views.drawings import svg
from views.text.markup import html, join

COLORS = {
    "met": "var(--leaf)",
    "kept": "var(--leaf)",
    "on_the_way": "var(--sky)",
    "behind": "var(--earth)",
    "not_met": "var(--earth)",
}
NO_RESULT = "fill:none;stroke:var(--none);stroke-dasharray:3 2"
CELL, GAP, ACROSS = 22, 5, 12  # px of a cell and between two; cells in a row


def cells(states: Sequence[str], *, title: str) -> Markup:
    """Cells in rows in the order of the states; a state without a colour, of which no result is known, as an outline."""
    rows = -(-len(states) // ACROSS)
    drawn = join(_cell(n, state) for n, state in enumerate(states))
    return svg.frame(ACROSS * (CELL + GAP), max(rows - 1, 0) * (CELL + GAP) + 1 + CELL + 2, drawn, title=title)


def _cell(n: int, state: str) -> Markup:
    return html(
        '<rect x="{x}" y="{y}" width="{size}" height="{size}" rx="5" style="{paint}"/>',
        x=(n % ACROSS) * (CELL + GAP) + 1,
        y=(n // ACROSS) * (CELL + GAP) + 1,
        size=CELL,
        paint=f"fill:{COLORS[state]}" if state in COLORS else NO_RESULT,
    )
