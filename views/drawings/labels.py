"""Placing names on a map so that they do not overlap or leave the picture."""

import math
from collections.abc import Iterable, Sequence
from itertools import combinations, product
from typing import TypeVar

WIDE, NARROW, TALL = 13.5, 7.0, 17.0  # pixels: a hanzi, a Latin letter, a line at the maps' 13-pixel type
T = TypeVar("T")
BELOW = 18.0  # from a point down to the middle of its name
DOT = 10.0
TYPE = 13.0  # pixels: the size of type the widths are of

Box = tuple[float, float, float, float]  # left, top, right, bottom in pixels; west, south, east, north in degrees


def free(points: Sequence[tuple[float, float, str]], bounds: Box, width: float) -> list[bool]:
    """For each (longitude, latitude, name), the weightier first: whether there is space for its name under its point.

    ``bounds``: west, south, east, north of a picture ``width`` pixels wide.
    """
    at = _pixels(points, bounds, width)
    dots = [_square(point, DOT) for point in at]
    written: list[Box] = []
    placed = []
    for i, point in enumerate(at):
        box = _name(point, points[i][2], BELOW)
        others = [*written, *dots[:i], *dots[i + 1 :]]
        within = box[0] >= 0 and box[2] <= width
        placed.append(within and not any(touch(box, other) for other in others))
        written += [box] if placed[-1] else []
    return placed


def within(located: Iterable[tuple[T, float, float, str]], bounds: Box, width: float) -> list[tuple[T, str]]:
    """Of things with longitude, latitude and name, those within bounds; a name is empty where :func:`free` finds no space."""
    west, south, east, north = bounds
    inside = [one for one in located if west < one[1] < east and south < one[2] < north]
    placed = free([one[1:] for one in inside], bounds, width)
    return [(thing, name if shown else "") for (thing, _, _, name), shown in zip(inside, placed, strict=True)]


def above(points: Sequence[tuple[float, float, str]], bounds: Box, width: float, dot: float) -> list[bool]:
    """For each of few (longitude, latitude, name), whether its name is placed above its point, else below.

    Of all ways the one in which the fewest names touch one another or a point; names below where it is all the same.
    ``dot``: the points' radius in pixels.
    """
    at = _pixels(points, bounds, width)
    dots = [_square(point, dot) for point in at]
    both = [
        [_name(point, one[2], side * (dot + BELOW - DOT)) for side in (1, -1)]
        for point, one in zip(at, points, strict=True)
    ]

    def touching(way: Sequence[bool]) -> int:
        names = [pair[up] for pair, up in zip(both, way, strict=True)]
        on_dots = sum(touch(name, other) for i, name in enumerate(names) for j, other in enumerate(dots) if i != j)
        return on_dots + sum(touch(*pair) for pair in combinations(names, 2))

    ways = [list(way) for way in product((False, True), repeat=len(points))]
    return min(ways, key=lambda way: (touching(way), sum(way)))


def _pixels(points: Sequence[tuple[float, float, str]], bounds: Box, width: float) -> list[tuple[float, float]]:
    west, south, east, north = bounds
    across = width / (east - west)
    down = across / math.cos(math.radians((south + north) / 2))
    return [((lon - west) * across, (north - lat) * down) for lon, lat, _ in points]


def _square(at: tuple[float, float], radius: float) -> Box:
    return at[0] - radius, at[1] - radius, at[0] + radius, at[1] + radius


def _name(at: tuple[float, float], text: str, down: float) -> Box:
    """The box of a name whose middle is so far below a point."""
    half = width_of(text) / 2
    return at[0] - half, at[1] + down - TALL / 2, at[0] + half, at[1] + down + TALL / 2


def width_of(text: str) -> float:
    """How many pixels a name takes at 13-pixel type."""
    return sum(WIDE if ord(letter) > 255 else NARROW for letter in text)


def spread(wanted: Sequence[float], gap: float, least: float, most: float) -> list[float]:
    """Heights for labels under one another: each as near to the wanted one as keeps them ``gap`` apart, within bounds.

    Their order is that of the wanted heights. Where the bounds have too little space they are as far apart as it allows.
    """
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    gap = min(gap, (most - least) / max(len(order) - 1, 1))
    placed = [0.0] * len(order)
    for n, i in enumerate(order):
        placed[i] = max(wanted[i], least if n == 0 else placed[order[n - 1]] + gap)
    limit = most
    for i in reversed(order):
        placed[i] = min(placed[i], limit)
        limit = placed[i] - gap
    return placed


def touch(one: Box, other: Box) -> bool:
    """Whether two boxes have space in common."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
