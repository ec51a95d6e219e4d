"""Amounts of periods of different length: a bar as wide as its period and as high as its mean year, so its area is the amount."""

from collections.abc import Sequence

from markupsafe import Markup
from msgspec import Struct

from views.cached import cached_rendering
from views.drawings import svg
from views.text.markup import html, join

WIDTH, SIZE, TOP, TALL, GAP = 420.0, 13.0, 24.0, 150.0, 2.0


class Span(Struct, frozen=True, weakref=True):
    """From the first to the last year, the mean of a year, the amount in words."""

    first: int
    last: int
    mean: float
    amount: str


@cached_rendering
def drawing(spans: Sequence[Span], *, title: str) -> Markup:
    """SVG of spans (one at least) in the order of time, with the years named below."""
    years = range(spans[0].first, spans[-1].last + 1)
    wide, most, foot = WIDTH / len(years), max(one.mean for one in spans), TOP + TALL
    parts = [_bar(one, years, wide, most) for one in spans]
    parts += [
        svg.words((n + 0.5) * wide, foot + SIZE + 5, str(year), size=SIZE, anchor="middle")
        for n, year in enumerate(years)
    ]
    base = html('<path d="M0 {foot:g}H{:g}" style="stroke:var(--none)"/>', WIDTH, foot=foot)
    return svg.frame(WIDTH, foot + SIZE + 12, join(parts) + base, title=title)


def _bar(one: Span, years: range, wide: float, most: float) -> Markup:
    left, across, tall = (one.first - years[0]) * wide, (one.last - one.first + 1) * wide, TALL * one.mean / most
    drawn = html(
        '<rect x="{:g}" y="{:g}" width="{:g}" height="{:g}" rx="3" style="fill:var(--leaf)" fill-opacity=".75"/>',
        round(left + GAP, 1),
        round(TOP + TALL - tall, 1),
        round(across - 2 * GAP, 1),
        round(tall, 1),
    )
    middle = round(left + across / 2, 1)
    return drawn + svg.words(
        middle, round(TOP + TALL - tall - 6, 1), one.amount, size=SIZE, fill="var(--ink)", anchor="middle", weight=650
    )
