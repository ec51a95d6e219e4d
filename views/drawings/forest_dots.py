"""A hill of a hundred dots, wooded from its foot up: a share of forest that reads at a glance."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from reports.figures import Point
from views.drawings import svg
from views.text import format as fmt
from views.text.markup import html, join
from views.text.words import Words

ROWS = (4, 8, 12, 16, 18, 20, 22)  # from the top; a hundred in all
STEP, DOT = 8.6, 3.3
WIDE, TALL = 200, 104  # one hill with the space around it
DOTS_TALL = 68  # its dots without words under them


@dataclass(frozen=True)
class Hill:
    """A published share of forest: as a number and in words, and of when it is."""

    share_pct: float
    share: str
    period: str


def hill(point: Point, w: Words) -> Hill:
    """A hill of a published share."""
    share = point.value or 0
    return Hill(share, f"{fmt.plain(share)}%", fmt.period(point.period, w))


def pair(hills: Sequence[Hill], *, title: str) -> Markup:
    """SVG of hills side by side, each with its share and its period under it."""
    body = join(_hill(n * WIDE, one) for n, one in enumerate(hills))
    return svg.frame(WIDE * len(hills), TALL, body, title=title)


def _places() -> Iterator[tuple[float, float]]:
    """Where the dots are from a hill's middle, in the order they are wooded: from the foot up, outward in a row."""
    for row, count in reversed(list(enumerate(ROWS))):
        for place in sorted((i - (count - 1) / 2 for i in range(count)), key=abs):
            yield place * STEP, 8 + row * STEP


def bare(*, title: str) -> Markup:
    """SVG of one hill without colours or words: a page colours its dots, which come in the order they are wooded."""
    dots = join(html('<circle cx="{:.1f}" cy="{y:.1f}" r="{DOT}"/>', WIDE / 2 + x, y=y, DOT=DOT) for x, y in _places())
    return svg.frame(WIDE, DOTS_TALL, dots, title=title)


def _hill(left: float, one: Hill) -> Markup:
    middle = left + WIDE / 2
    drawn = join(
        html(
            '<circle cx="{:.1f}" cy="{y:.1f}" r="{DOT}" style="fill:var({})"/>',
            middle + x,
            "--leaf" if n < round(one.share_pct) else "--line",
            y=y,
            DOT=DOT,
        )
        for n, (x, y) in enumerate(_places())
    )
    return (
        drawn
        + svg.words(middle, 86, one.share, size=14, fill="var(--ink)", anchor="middle", weight=650)
        + svg.words(middle, 101, one.period, size=12, anchor="middle")
    )
