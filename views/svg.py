"""Drawings made on the server as SVG text: they need no script, follow the theme by CSS, and print sharp."""

from collections.abc import Sequence
from html import escape


def frame(width: float, height: float, body: str, *, title: str) -> str:
    """An SVG that fills its column; ``title`` is what a screen reader says of it."""
    return (
        f'<svg viewBox="0 0 {width:g} {height:g}" width="100%" role="img" aria-label="{escape(title)}" '
        f'xmlns="http://www.w3.org/2000/svg"><title>{escape(title)}</title>{body}</svg>'
    )


def words(x: float, y: float, text: str, *, size: float = 13, fill: str = "var(--muted)", anchor: str = "start", weight: int = 400) -> str:
    """Text at a point."""
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{size:g}" font-weight="{weight}" text-anchor="{anchor}" '
        f'style="fill:{fill}">{escape(text)}</text>'
    )


def bullet(
    low: float,
    high: float,
    *,
    baseline: float | None,
    latest: float | None,
    target: float | None,
    title: str,
    color: str = "var(--accent)",
) -> str:
    """A promise as a line: open dot where it started, full dot where it stands, upright stroke at the target.

    What is not known is not drawn; values outside low … high stand at the end of the line.
    """
    width, height, pad = 300, 26, 9

    def x(value: float) -> float:
        share = (value - low) / (high - low) if high > low else 0.5
        return pad + max(0.0, min(1.0, share)) * (width - 2 * pad)

    parts = [f'<path d="M{pad} 13H{width - pad}" style="stroke:var(--line)" stroke-width="4" stroke-linecap="round"/>']
    if baseline is not None and latest is not None:
        parts.append(f'<path d="M{x(baseline):.1f} 13H{x(latest):.1f}" style="stroke:{color}" stroke-width="4" stroke-linecap="round"/>')
    if target is not None:
        parts.append(f'<path d="M{x(target):.1f} 3V23" style="stroke:var(--ink)" stroke-width="2.5"/>')
    if baseline is not None:
        parts.append(f'<circle cx="{x(baseline):.1f}" cy="13" r="5.5" style="fill:var(--card);stroke:var(--muted)" stroke-width="2"/>')
    if latest is not None:
        parts.append(f'<circle cx="{x(latest):.1f}" cy="13" r="6.5" style="fill:{color};stroke:var(--card)" stroke-width="1.5"/>')
    return frame(width, height, "".join(parts), title=title)


def polyline(points: Sequence[tuple[float, float]], *, color: str = "var(--accent)", width: float = 2) -> str:
    """A line through points."""
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    return f'<path d="{path}" fill="none" style="stroke:{color}" stroke-width="{width:g}" stroke-linejoin="round"/>'
