"""Placing names on a map so that they do not overlap or leave the picture."""

import math
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import TypeVar

from msgspec import Struct

WIDE, NARROW, TALL = 13.5, 7.0, 17.0  # pixels: a hanzi, a Latin letter, a line at the maps' 13-pixel type
T = TypeVar("T")
RING = 0.15  # of the letters' size: how far the ring around a dot and bold letters go beyond their measures
BELOW = 18.0  # from a point down to the middle of its name
DOT = 10.0
ROUNDS = 60
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


class Spot(Struct, frozen=True, weakref=True):
    """Where a name is written: its middle, and whether it is so far from its point that a stroke leads there."""

    x: float
    y: float
    led: bool = False


WAYS = ((0, 1), (0, -1), (1, 0), (-1, 0), (1, 0.75), (-1, 0.75), (1, -0.75), (-1, -0.75))  # below, above, beside …
RINGS = (0.0, 1.0, 2.2, 3.6)  # lines of type further away


def around(
    points: Sequence[tuple[float, float, float, str]], frame: Box, size: float, taken: Sequence[Box] = ()
) -> list[Spot]:
    """Places for the names of (x, y, radius, name), the weightier first, so that they cover no point and no other name.

    ``frame``: where they may lie; ``size``: of the type; ``taken``: boxes that must stay free. As near as there is space,
    and where there is none, where they cover least. Where a name found no near place, each is tried before the others, and
    what leaves names nearest to their points is kept.
    """
    order = list(range(len(points)))
    best = _in_order(order, points, frame, size, taken)
    if any(cost >= 1 for _, cost in best.values()):
        orders = [[first, *(n for n in order if n != first)] for first in order]
        tried = [best, *(_in_order(one, points, frame, size, taken) for one in orders)]
        best = min(tried, key=lambda placed: sum(cost for _, cost in placed.values()))
    return [best[n][0] for n in order]


def _in_order(
    order: Sequence[int],
    points: Sequence[tuple[float, float, float, str]],
    frame: Box,
    size: float,
    taken: Sequence[Box],
) -> dict[int, tuple[Spot, float]]:
    """The place of each point's name with its cost, where names are placed one after another in an order."""
    dots = [_square((x, y), radius) for x, y, radius, _ in points]
    written: list[Box] = list(taken)
    placed = {}
    for n in order:
        name = points[n][3]
        others = [*written, *dots[:n], *dots[n + 1 :]]
        placed[n] = _cheapest(_spots(points[n], size), name, size, others, frame)
        written.append(_written(placed[n][0], name, size))
    return placed


def _cheapest(
    spots: Iterable[tuple[Spot, float]], name: str, size: float, others: Sequence[Box], frame: Box
) -> tuple[Spot, float]:
    """The place that costs least with what it covers: the nearest that is free, where one is."""
    found: list[tuple[Spot, float]] = []
    for at, cost in sorted(spots, key=lambda one: one[1]):
        covers = _crowded(_written(at, name, size), others, frame)
        found.append((at, covers + cost))
        if not covers:
            break
    return min(found, key=lambda one: one[1])


def _spots(point: tuple[float, float, float, str], size: float) -> list[tuple[Spot, float]]:
    """Where a name may stand, each with its cost of being less near."""
    x, y, radius, name = point
    half, tall = width_of(name) * size / TYPE / 2, size * 0.65
    found = []
    for ring, away in enumerate(RINGS):
        for n, (across, down) in enumerate(WAYS):
            reach = radius + 2 + away * size
            at = Spot(x + across * (reach + half + RING * size * bool(radius)), y + down * (reach + tall), ring > 1)
            found.append((at, ring + n / 100))
    return [(Spot(x, y), 0.5), *found] if not radius else found


def _written(at: Spot, name: str, size: float) -> Box:
    half, tall = width_of(name) * size / TYPE / 2 + 1, size * 0.62
    return at.x - half, at.y - tall, at.x + half, at.y + tall


def _crowded(box: Box, others: Sequence[Box], frame: Box) -> float:
    out = box[0] < frame[0] or box[1] < frame[1] or box[2] > frame[2] or box[3] > frame[3]
    return 100 * (sum(touch(box, other) for other in others) + out)


def apart(points: Sequence[tuple[float, float]], least: float) -> list[tuple[float, float]]:
    """Points that lie nearer than ``least`` moved from one another until they do not, by as little as that takes."""
    at = [list(point) for point in points]
    for _ in range(ROUNDS):
        near = [(a, b) for a, b in combinations(at, 2) if math.dist(a, b) < least - 0.1]
        for a, b in near:
            gap = math.dist(a, b)
            across, down = ((b[0] - a[0]) / gap, (b[1] - a[1]) / gap) if gap else (1.0, 0.0)
            step = (least - gap) / 2
            a[0], a[1], b[0], b[1] = a[0] - across * step, a[1] - down * step, b[0] + across * step, b[1] + down * step
        if not near:
            break
    return [(x, y) for x, y in at]


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
