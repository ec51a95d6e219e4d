"""The days of a month as bars: as tall as their AQI and in its official colour; a day without data is an empty outline."""

from collections.abc import Sequence

from markupsafe import Markup

from reports.brief import GOOD_UP_TO, DayOfMonth
from views.cached import cached_rendering
from views.drawings import svg
from views.text.markup import html, join
from views.text.words import Words
from views.tokens import AQI_LEVELS

WIDE, TALL, FOOT, LEFT, RIGHT = 720.0, 66.0, 16.0, 26.0, 4.0
MOST = 150.0  # an AQI that fills the height; more is cut off there and has its number
LETTERS = 11.0
EVERY = 5  # days between those named below
TOP = 14.0


@cached_rendering
def drawing(days: Sequence[DayOfMonth], days_in_month: int, w: Words, *, title: str) -> Markup:
    """The bars as SVG; days of the month that are still to come have no bar. Bad days have their number above."""
    step = (WIDE - LEFT - RIGHT) / days_in_month
    bars = join(_bar(one, LEFT + n * step, step) for n, one in enumerate(days))
    named = [n for n in range(1, days_in_month + 1) if n == 1 or n % EVERY == 0]
    below = join(
        svg.words(LEFT + (n - 0.5) * step, TOP + TALL + 12, str(n), size=LETTERS, anchor="middle") for n in named
    )
    limit = TOP + TALL - _tall(GOOD_UP_TO)
    line = svg.polyline([(LEFT, limit), (WIDE - RIGHT, limit)], color="var(--muted)", width=1)
    label = svg.words(LEFT - 3, limit + 4, str(GOOD_UP_TO), size=LETTERS, anchor="end")
    return svg.frame(WIDE, TOP + TALL + FOOT, bars + line + label + below, title=title)


def _tall(aqi: float) -> float:
    return TALL * min(aqi, MOST) / MOST


def _bar(one: DayOfMonth, x: float, step: float) -> Markup:
    """A day."""
    if one.aqi is None or one.level is None:
        return _box(x, step, TALL * 0.5, "fill:none;stroke:var(--none);stroke-dasharray:3 2")
    tall = max(_tall(one.aqi), 2)
    bar = _box(x, step, tall, f"fill:{AQI_LEVELS[one.level]};stroke:var(--muted);stroke-width:.5")
    if one.aqi <= GOOD_UP_TO:
        return bar
    number = svg.words(
        x + step / 2, TOP + TALL - tall - 3, str(one.aqi), size=LETTERS, anchor="middle", fill="var(--ink)"
    )
    return bar + number


def _box(x: float, step: float, tall: float, paint: str) -> Markup:
    return html(
        '<rect x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{tall:.1f}" style="{paint}"/>',
        x=x + step * 0.12,
        y=TOP + TALL - tall,
        wide=step * 0.76,
        tall=tall,
        paint=paint,
    )
