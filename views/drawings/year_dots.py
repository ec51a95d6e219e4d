"""Figures of whole years as dots: no line, since what lies between was not found and definitions may have changed."""

from collections.abc import Sequence

from markupsafe import Markup

from reports.figures import Point
from views.drawings import svg
from views.text.markup import html, join
from views.text.words import Words
from views.ui import figure_cards

WIDE, TALL, EDGE, TOP, FOOT = 360.0, 150.0, 16.0, 26.0, 24.0
FEWEST = 3  # fewer figures are read faster than drawn


def drawing(points: Sequence[Point], w: Words, *, title: str) -> Markup:
    """A dot a whole year, the first and the last with their values; empty where fewer than three are known."""
    known = [p for p in points if p.of_a_year]
    years = [p.end_year for p in known]
    if len(known) < FEWEST or years[0] == years[-1]:
        return Markup()
    low, high = (end(p.value or 0 for p in known) for end in (min, max))

    def at(point: Point) -> tuple[float, float]:
        across = (point.end_year - years[0]) / (years[-1] - years[0])
        up = ((point.value or 0) - low) / (high - low) if high > low else 0.5
        return EDGE + across * (WIDE - 2 * EDGE), TOP + (1 - up) * (TALL - TOP - 8)

    dots = join(_dot(*at(p)) for p in known)
    labels = join(_label(p, *at(p), w) for p in (known[0], known[-1]))
    foot = svg.words(EDGE - 5, TALL + 18, str(years[0])) + svg.words(
        WIDE - EDGE + 5, TALL + 18, str(years[-1]), anchor="end"
    )
    base = html('<path d="M{:g} {TALL:g}H{:g}" style="stroke:var(--line)"/>', EDGE - 5, WIDE - EDGE + 5, TALL=TALL)
    return svg.frame(WIDE, TALL + FOOT, base + dots + labels + foot, title=title)


def _dot(x: float, y: float) -> Markup:
    return html('<circle cx="{x:.1f}" cy="{y:.1f}" r="5" style="fill:var(--accent)"/>', x=x, y=y)


def _label(point: Point, x: float, y: float, w: Words) -> Markup:
    anchor = "start" if x < WIDE / 2 else "end"
    x += -5 if anchor == "start" else 5
    return svg.words(x, y - 10, figure_cards.value(point, w), anchor=anchor, fill="var(--ink)", weight=650)
