"""Published figures on their way to a target: a dot a figure with its number, the way the plan needed as a dotted line.

A dot is full where the document itself was seen and hollow where it is second-hand; figures given as a rounded number have a
dashed ring and no part in the line. Between figures that are years apart with nothing found between them there is no line.
"""

import math
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from markupsafe import Markup
from msgspec import Struct

from reports import figures
from reports.figures import Point
from reports.goals import Promise
from views.cached import cached_rendering_of
from views.drawings import labels, svg
from views.text import format as fmt
from views.text.markup import html, join
from views.text.words import Words
from views.ui.promise import row

SIZE, TOP, FOOT, LEFT, RIGHT = 13.0, 34.0, 28.0, 18.0, 40.0
STEP = 6.0  # between the boxes along a line that numbers keep off
Spot = tuple[float, float]
Segment = tuple[Spot, Spot]
DOT = 5.5


class Layout(Struct, frozen=True, weakref=True):
    """Width and height in the drawing's own units; every how many years one is named."""

    width: float = 480
    height: float = 320
    years: int = 2


CARD = Layout()


def year_end(day: date) -> float:
    """A day on an axis whose tick N is the end of year N: 2025-12-31 → 2025, 2025-06-30 → about 2024.5."""
    return round(day.year - 1 + min(day.timetuple().tm_yday, 365) / 365, 3)


class _Plot(Struct, frozen=True, weakref=True):
    """Year ends to x, values to y."""

    layout: Layout
    first: float
    last: float
    low: float
    high: float

    def x(self, year_end: float) -> float:
        """At a moment, as a year's end: 2024.5 is the middle of 2025."""
        return round(LEFT + (self.layout.width - LEFT - RIGHT) * (year_end - self.first) / (self.last - self.first), 1)

    def y(self, value: float) -> float:
        """At a value."""
        foot = self.layout.height - FOOT
        return round(foot - (foot - TOP) * (value - self.low) / (self.high - self.low), 1)


@cached_rendering_of("facts")
def drawing(
    points: Sequence[Point],
    promise: Promise | None,
    w: Words,
    *,
    color: str,
    unit: str,
    title: str,
    joined: bool = True,
    layout: Layout = CARD,
) -> Markup:
    """SVG of figures of one indicator in the order of time (two or more), with the promise about it.

    ``joined``: whether a line may lead from figure to figure.
    """
    plot = _plot(points, promise, layout)
    aim = _Aim(promise) if promise and promise.target.target_value is not None and promise.target.due else None
    lines = _segments(plot, points) if joined else []
    body = _years(plot) + (_way(plot, aim, w) if aim else Markup()) + (_line(lines, color) if lines else Markup())
    body += join(_dot(plot, one, color) for one in points) + _numbers(plot, points, unit, aim, lines)
    return svg.frame(layout.width, layout.height, body, title=title)


def read_aloud(points: Sequence[Point], w: Words, unit: str) -> str:
    """The figures one by one, for a screen reader."""
    texts = (f"{fmt.period(p.period, w)} {fmt.OPS[p.op]}{fmt.plain(p.value or 0)}{unit}" for p in points)
    return w("published.and").join(texts)


class _Aim:
    """A promise with a number and a day."""

    def __init__(self, promise: Promise) -> None:
        """``promise.target`` has a value and a due day."""
        target = promise.target
        self.promise = promise
        self.value = float(target.target_value or 0)
        self.due = year_end(target.due) if target.due else 0.0
        self.start = (
            None if target.baseline_value is None else (float(target.baseline_year or 0), target.baseline_value)
        )


def _plot(points: Sequence[Point], promise: Promise | None, layout: Layout) -> _Plot:
    ends, values = [year_end(p.end) for p in points], [p.value or 0 for p in points]
    if promise and promise.target.target_value is not None and promise.target.due:
        ends.append(year_end(promise.target.due))
        values.append(promise.target.target_value)
    around = (max(values) - min(values)) * 0.12 or 1
    return _Plot(layout, min(ends), max(ends), min(values) - around, max(values) + around)


def _years(plot: _Plot) -> Markup:
    foot = plot.layout.height - FOOT
    base = html(
        '<path d="M{:g} {foot:g}H{:g}" style="stroke:var(--line)"/>', LEFT, plot.layout.width - RIGHT, foot=foot
    )
    first = int(plot.first // 1)
    named = [year for year in range(first, int(plot.last) + 1, plot.layout.years) if year >= plot.first]
    return base + join(svg.words(plot.x(year), foot + 19, str(year), size=SIZE, anchor="middle") for year in named)


def _way(plot: _Plot, aim: _Aim, w: Words) -> Markup:
    """The target as a dashed line with its words above, and the way to it from the plan's start."""
    y, right = plot.y(aim.value), plot.x(aim.due)
    text = row(aim.promise, w).target.line
    left = plot.x(max(plot.first, aim.due - 5))
    drawn = html(
        '<path d="M{left:g} {y:g}H{right:g}" style="stroke:var(--ink)" stroke-dasharray="6 4"/>',
        left=left,
        y=y,
        right=right,
    )
    if aim.start:
        start = plot.x(aim.start[0]), plot.y(aim.start[1])
        drawn += html(
            '<path d="M{:g} {:g}L{right:g} {y:g}" style="stroke:var(--muted)" stroke-dasharray="1.5 4" stroke-width="1.6"/>',
            *start,
            y=y,
            right=right,
        )
    return drawn + svg.words(plot.layout.width - 2, y - 12, text, size=SIZE, fill="var(--ink)", anchor="end")


def _segments(plot: _Plot, points: Sequence[Point]) -> list[Segment]:
    """From figure to figure where they are near in time."""
    return [
        ((plot.x(year_end(p.end)), plot.y(p.value or 0)), (plot.x(year_end(q.end)), plot.y(q.value or 0)))
        for stretch in figures.joined(points)
        for p, q in pairwise(stretch)
    ]


def _line(lines: Sequence[Segment], color: str) -> Markup:
    return html('<g opacity=".45">{}</g>', join(svg.polyline(part, color=color) for part in lines))


def _dot(plot: _Plot, point: Point, color: str) -> Markup:
    """A circle; a diamond where the value is derived."""
    x, y = plot.x(year_end(point.end)), plot.y(point.value or 0)
    full = point.confidence == "primary" and point.op != "~"
    shape = (
        html('<path d="M{x:g} {:g}l{r:g} {r:g} {l:g} {r:g} {l:g} {l:g}z"', y - DOT - 1, x=x, r=DOT + 1, l=-DOT - 1)
        if point.provenance.kind == "derived"
        else html('<circle cx="{x:g}" cy="{y:g}" r="{DOT:g}"', x=x, y=y, DOT=DOT)
    )
    return html(
        '{shape} stroke-width="2" {dash}style="fill:{};stroke:{color}"/>',
        color if full else "var(--card)",
        shape=shape,
        dash=Markup('stroke-dasharray="2 2" ') if point.op == "~" else Markup(),
        color=color,
    )


def _along(start: Spot, end: Spot) -> list[labels.Box]:
    """Small boxes that a line passes, from where it leaves a dot to where it reaches the next."""
    n = max(1, round(math.dist(start, end) / STEP))
    steps = [(start[0] + (end[0] - start[0]) * k / n, start[1] + (end[1] - start[1]) * k / n) for k in range(1, n)]
    return [(x - 1, y - 1, x + 1, y + 1) for x, y in steps]


def _numbers(plot: _Plot, points: Sequence[Point], unit: str, aim: _Aim | None, lines: Sequence[Segment]) -> Markup:
    """A number at each dot near which it covers no other number, no dot, no line and no target."""
    texts = [fmt.OPS[p.op].strip() + fmt.plain(p.value or 0) + unit for p in points]
    at = [(plot.x(year_end(p.end)), plot.y(p.value or 0)) for p in points]
    order = sorted(range(len(points)), key=lambda n: (n not in (0, len(points) - 1), -n))
    marks = [(*at[n], DOT + 2, texts[n]) for n in order]
    over = [(0.0, plot.y(aim.value) - 26, plot.layout.width, plot.y(aim.value) + 3)] if aim else []
    over += [box for part in lines for box in _along(*part)]
    spots = labels.around(marks, (0, 0, plot.layout.width - 4, plot.layout.height - FOOT - 2), SIZE, over)
    return join(
        svg.words(spot.x, spot.y + SIZE * 0.36, text, size=SIZE, fill="var(--ink)", anchor="middle", weight=650)
        for spot, (_, _, _, text) in zip(spots, marks, strict=True)
        if not spot.led
    )
