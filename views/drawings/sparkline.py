"""A few years of one number as a line the height of a line of type, drawn on a scale that its neighbours share."""

from collections.abc import Sequence

from markupsafe import Markup
from msgspec import Struct

from views.drawings import svg
from views.text.markup import html, join

WIDTH, HEIGHT, EDGE, DOT = 52.0, 26.0, 4.0, 2.6


class Scale(Struct, frozen=True, weakref=True):
    """First and last year, lowest and highest value."""

    first: int
    last: int
    low: float
    high: float

    def at(self, year: int, value: float) -> tuple[float, float]:
        """A value of a year on the drawing; a single year stands at the right."""
        span = self.last - self.first
        across = (year - self.first) / span if span else 1.0
        up = (value - self.low) / (self.high - self.low) if self.high > self.low else 0.5
        return round(EDGE + (WIDTH - 2 * EDGE) * across, 1), round(HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * up, 1)


def drawing(points: Sequence[tuple[int, float, bool]], scale: Scale, *, color: str) -> Markup:
    """SVG of (year, value, whether it is complete), the earliest first: a line through the complete ones, a dot on the last.

    No line crosses a year that is missing or not complete; such a year is a hollow dot. The number stands beside it as
    text, so the drawing has no name of its own.
    """
    whole = {year: value for year, value, complete in points if complete}
    runs: list[list[tuple[float, float]]] = []
    for year in sorted(whole):
        if year - 1 not in whole:
            runs.append([])
        runs[-1].append(scale.at(year, whole[year]))
    lines = join(svg.polyline(run, color=color, width=1.8) for run in runs if len(run) > 1)
    alone = [
        (*scale.at(year, value), complete) for year, value, complete in points if not complete or year == points[-1][0]
    ]
    lonely = [(*run[0], True) for run in runs if len(run) == 1]
    dots = join(_dot(x, y, color if complete else "var(--card)", color) for x, y, complete in [*lonely, *alone])
    return html(
        '<svg viewBox="0 0 {WIDTH:g} {HEIGHT:g}" width="{WIDTH:g}" height="{HEIGHT:g}" aria-hidden="true">{body}</svg>',
        WIDTH=WIDTH,
        HEIGHT=HEIGHT,
        body=lines + dots,
    )


def _dot(x: float, y: float, fill: str, color: str) -> Markup:
    return html(
        '<circle cx="{x:g}" cy="{y:g}" r="{DOT:g}" style="fill:{fill};stroke:{color}"/>',
        x=x,
        y=y,
        DOT=DOT,
        fill=fill,
        color=color,
    )
