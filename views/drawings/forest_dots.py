"""A hill of a hundred dots, wooded from its foot up: a share of forest that reads at a glance."""

from collections.abc import Iterator, Sequence

from markupsafe import Markup
from msgspec import Struct

from reports.figures import Point
from views.drawings import svg
from views.text import format as fmt
from views.text.markup import html, join
from views.text.words import Words

SLOPES = ((500, 580, 420), (1420, 545, 440))  # of the exhibit's scene: middle, top, half the width at the foot
COUNTS = ((13, 11, 9, 7, 5, 3, 1), (14, 12, 10, 7, 5, 2, 1))  # trees a row from the foot up; a hundred in all
FOOT = 890


class Layout(Struct, frozen=True, weakref=True):
    """Dots a row from the top, a hundred in all; the steps between them and their radius; one hill's width and height.

    ``share`` and ``period``: the heights of the two lines of words under it, and their sizes.
    """

    rows: tuple[int, ...]
    across: float
    down: float
    dot: float
    wide: float
    tall: float
    share: tuple[float, float]
    period: tuple[float, float]

    @property
    def top(self) -> float:
        """The height of the first row."""
        return self.dot * 2.4


CARD = Layout((4, 8, 12, 16, 18, 20, 22), 8.6, 8.6, 3.3, 200, 104, (86, 14), (101, 12))
WALL = Layout((1, 3, 5, 7, 9, 11, 13, 15, 17, 19), 23, 36, 9.4, 450, 480, (414, 54), (464, 38))


class Hill(Struct, frozen=True, weakref=True):
    """A published share of forest: as a number and in words, and of when it is."""

    share_pct: float
    share: str
    period: str


def hill(point: Point, w: Words) -> Hill:
    """A hill of a published share."""
    share = point.value or 0
    return Hill(share, f"{fmt.plain(share)}%", fmt.period(point.period, w))


def pair(hills: Sequence[Hill], *, title: str, layout: Layout = CARD) -> Markup:
    """SVG of hills side by side, each with its share and its period under it."""
    body = join(_hill(n * layout.wide, one, layout) for n, one in enumerate(hills))
    return svg.frame(layout.wide * len(hills), layout.tall, body, title=title)


def _places(layout: Layout) -> Iterator[tuple[float, float]]:
    """Where the dots are from a hill's middle, in the order they are wooded: from the foot up, outward in a row."""
    for row, count in reversed(list(enumerate(layout.rows))):
        for place in sorted((i - (count - 1) / 2 for i in range(count)), key=abs):
            yield place * layout.across, layout.top + row * layout.down


def trees() -> tuple[tuple[float, float], ...]:
    """Where a hundred trees stand on two slopes of a scene of 1920 × 1080, in the order they grow: from the foot up."""
    slopes = ((SLOPES[0], COUNTS[0]), (SLOPES[1], COUNTS[1]))
    places = [place for slope, counts in slopes for place in _on(slope, counts)]
    return tuple(sorted(places, key=lambda place: (-place[1], place[0])))


def _on(slope: tuple[float, float, float], counts: tuple[int, ...]) -> Iterator[tuple[float, float]]:
    """Rows of trees up a slope (its middle, its top, its foot's half width), each row set off a little by its number."""
    middle, top, half = slope
    for row, count in enumerate(counts):
        y = FOOT - row * (FOOT - top) / len(counts)
        width = half * (1 - row / (len(counts) + 0.6)) * 2
        for n in range(count):
            yield middle + width * ((n + 0.5) / count - 0.5) + 9 * (-1) ** row, y + 9 * (-1) ** (n + row)


def _hill(left: float, one: Hill, layout: Layout) -> Markup:
    middle = left + layout.wide / 2
    drawn = join(
        html(
            '<circle cx="{:.1f}" cy="{y:.1f}" r="{dot:g}" style="fill:var({})"/>',
            middle + x,
            "--leaf" if n < round(one.share_pct) else "--line",
            y=y,
            dot=layout.dot,
        )
        for n, (x, y) in enumerate(_places(layout))
    )
    return (
        drawn
        + svg.words(
            middle, layout.share[0], one.share, size=layout.share[1], fill="var(--ink)", anchor="middle", weight=650
        )
        + svg.words(middle, layout.period[0], one.period, size=layout.period[1], anchor="middle")
    )
