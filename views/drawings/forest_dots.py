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
SLOPES = ((500, 580, 420), (1420, 545, 440))  # of the exhibit's scene: middle, top, half the width at the foot
COUNTS = ((13, 11, 9, 7, 5, 3, 1), (14, 12, 10, 7, 5, 2, 1))  # trees a row from the foot up; a hundred in all
FOOT = 890


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
