"""Which names on a map can be written without covering one another or leaving the picture."""

import math
from collections.abc import Sequence

WIDE, NARROW, TALL = 13.5, 7.0, 17.0  # pixels: a hanzi, a Latin letter, a line at the maps' 13-pixel type
BELOW = 18.0  # from a point down to the middle of its name
DOT = 10.0

Box = tuple[float, float, float, float]  # left, top, right, bottom in pixels


def free(named: Sequence[tuple[float, float, str]], bounds: Box, width: float) -> list[bool]:
    """For each (longitude, latitude, name), the weightier first: whether its name finds room under its point.

    ``bounds``: west, south, east, north of a picture ``width`` pixels wide.
    """
    west, south, east, north = bounds
    across = width / (east - west)
    down = across / math.cos(math.radians((south + north) / 2))
    at = [((lon - west) * across, (north - lat) * down) for lon, lat, _ in named]
    dots = [(x - DOT, y - DOT, x + DOT, y + DOT) for x, y in at]
    written: list[Box] = []
    kept = []
    for i, (x, y) in enumerate(at):
        half = width_of(named[i][2]) / 2
        box = (x - half, y + BELOW - TALL / 2, x + half, y + BELOW + TALL / 2)
        others = [*written, *dots[:i], *dots[i + 1 :]]
        within = box[0] >= 0 and box[2] <= width
        kept.append(within and not any(_touch(box, other) for other in others))
        written += [box] if kept[-1] else []
    return kept


def width_of(text: str) -> float:
    """How many pixels a name takes at 13-pixel type."""
    return sum(WIDE if ord(letter) > 255 else NARROW for letter in text)


def _touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
