"""Drawings made on the server as SVG text: they need no script, follow the theme by CSS, and print sharp."""

from collections.abc import Sequence
from html import escape


def frame(width: float, height: float, body: str, *, title: str) -> str:
    """An SVG that fills its column; ``title`` is what a screen reader says of it."""
    return (
        f'<svg viewBox="0 0 {width:g} {height:g}" width="100%" role="img" aria-label="{escape(title)}" '
        f'xmlns="http://www.w3.org/2000/svg"><title>{escape(title)}</title>{body}</svg>'
    )


def words(
    x: float,
    y: float,
    text: str,
    *,
    size: float = 13,
    fill: str = "var(--muted)",
    anchor: str = "start",
    weight: int = 400,
    after: str = "",
) -> str:
    """Text at a point; ``after``: SVG that goes on in the same line, such as a tspan."""
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{size:g}" font-weight="{weight}" text-anchor="{anchor}" '
        f'style="fill:{fill}">{escape(text)}{after}</text>'
    )


def polyline(points: Sequence[tuple[float, float]], *, color: str = "var(--accent)", width: float = 2) -> str:
    """A line through points."""
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    return f'<path d="{path}" fill="none" style="stroke:{color}" stroke-width="{width:g}" stroke-linejoin="round"/>'
