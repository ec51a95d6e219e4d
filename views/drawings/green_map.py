"""Parks, forests, wetlands and reserves within the plan's one core, two screens and three corridors: the whole city on one map.

Everything is schematic: screens and corridors are drawn where the plan names them, points hollow where only roughly known.
"""

import math
from collections.abc import Sequence

from markupsafe import Markup
from msgspec import Struct

from reports.greening import Place
from reports.schemes import Scheme
from store import geo
from store.city import HERE
from store.geo import District, GreenArea, Point, Ridge
from store.records import Both
from views.cached import cached_rendering
from views.drawings import labels, svg
from views.text.markup import html, join
from views.text.words import Words

SIZE, DOT = 13.0, 6.0
BOUNDS = HERE.green.bounds
COLORS = {"park": "var(--leaf)", "forest": "var(--earth)", "wetland": "var(--river)", "reserve": "var(--sky)"}
CORRIDORS = HERE.river.green
INNER_SCREEN = HERE.green.hills


class Layout(Struct, frozen=True, weakref=True):
    """How wide the map is drawn, and the room beside it that names may use, in the drawing's own units."""

    map_width: float
    margin: float = 0.0

    @property
    def width(self) -> float:
        """Of the whole drawing."""
        return self.map_width + 2 * self.margin

    @property
    def height(self) -> float:
        """As the map's bounds ask for."""
        west, south, east, north = BOUNDS
        return round(self.map_width / (east - west) * (north - south) / math.cos(math.radians((south + north) / 2)), 1)

    def at(self, point: Sequence[float]) -> Point:
        """Where a point of the earth lies."""
        west, south, east, north = BOUNDS
        x = self.margin + (point[0] - west) * self.map_width / (east - west)
        return round(x, 1), round((north - point[1]) * self.height / (north - south), 1)

    def path(self, points: Sequence[Sequence[float]]) -> str:
        """A line through points of the earth."""
        return "M" + "L".join(f"{x:g} {y:g}" for x, y in map(self.at, points))

    def rings(self, shape: District | GreenArea) -> str:
        """The outline of a shape."""
        return "".join(self.path(ring) + "Z" for ring in shape.rings)


UPRIGHT, LYING = Layout(560), Layout(386, 127)


@cached_rendering
def drawing(places: Sequence[Place], barrier: Scheme, w: Words, *, title: str, layout: Layout = UPRIGHT) -> Markup:
    """SVG of places (the surest first) over the parts of the scheme."""
    core = next(part for name, parts in barrier.groups if name == "core" for part in parts)
    ridges = geo.ridges()
    at = labels.apart([layout.at((one.lon, one.lat)) for one in places], 2.1 * DOT)
    dots = [(*point, DOT, w.of(one.name)) for point, one in zip(at, places, strict=True)]
    dots += [(*layout.at(_middle(one)), 0.0, w.of(one.name)) for one in ridges]
    dots += [(*layout.at(point), 0.0, w.of(name)) for name, point in _named_rivers()]
    spots = labels.around(dots, (2, 2, layout.width - 2, layout.height - 2), SIZE)
    body = _ground(layout) + _screen(layout) + _rivers(layout) + join(_ridge(one, layout) for one in ridges)
    for (x, y, radius, name), spot in zip(dots, spots, strict=True):
        if spot.led and radius:
            body += html(
                '<path d="M{:g} {:g}L{:g} {:g}" style="stroke:var(--muted)"/>', x, y, round(spot.x, 1), round(spot.y, 1)
            )
        body += _name(spot, name)
    body += join(_dot(one, point, core=one.name.zh == core.name.zh) for one, point in zip(places, at, strict=True))
    return svg.frame(layout.width, layout.height, body, title=title)


def _ground(layout: Layout) -> Markup:
    return join(
        html('<path d="{}" style="fill:var(--faint);stroke:var(--none)" stroke-width=".8"/>', layout.rings(one))
        for one in geo.districts()
    )


def _screen(layout: Layout) -> Markup:
    """The inner screen: the mountains on both sides of the town."""
    return join(
        html('<path d="{}" style="fill:var(--leaf)" fill-opacity=".22"/>', layout.rings(one))
        for one in geo.green_areas()
        if one.area_id == INNER_SCREEN
    )


def _rivers(layout: Layout) -> Markup:
    """All rivers thin; under the three corridors a broad band."""
    bands, lines = [], []
    for one in geo.rivers():
        path = layout.path(one.points)
        if one.area_id in CORRIDORS:
            bands.append(
                html(
                    '<path d="{}" fill="none" stroke-width="11" stroke-linejoin="round" stroke-opacity=".3" '
                    'style="stroke:var(--leaf)"/>',
                    path,
                )
            )
        lines.append(html('<path d="{}" fill="none" stroke-width="1.6" style="stroke:var(--river)"/>', path))
    return join(bands) + join(lines)


def _named_rivers() -> list[tuple[Both, Point]]:
    """The river and the streams under the corridors, each with a point in the upper half of its longest reach."""
    found = []
    for name in CORRIDORS:
        reaches = [one for one in geo.rivers() if one.area_id == name]
        longest = max(reaches, key=lambda one: len(one.points))
        found.append((longest.name, longest.points[len(longest.points) // 3]))
    return found


def _ridge(ridge: Ridge, layout: Layout) -> Markup:
    return html(
        '<path d="{}" fill="none" stroke-width="5" stroke-dasharray="10 6" stroke-opacity=".7" style="stroke:var(--leaf)"/>',
        layout.path(ridge.points),
    )


def _middle(ridge: Ridge) -> Point:
    return ridge.points[len(ridge.points) // 2]


def _dot(one: Place, at: Point, *, core: bool) -> Markup:
    color = COLORS[one.kind]
    paint = f"fill:var(--card);stroke:{color}" if one.confidence == "low" else f"fill:{color};stroke:var(--card)"
    ring = (
        html('<circle cx="{:g}" cy="{:g}" r="13" fill="none" style="stroke:var(--leaf)" stroke-width="3"/>', *at)
        if core
        else Markup()
    )
    dot = html('<circle cx="{:g}" cy="{:g}" r="{DOT:g}" stroke-width="2" style="{paint}"/>', *at, DOT=DOT, paint=paint)
    return ring + dot


def _name(spot: labels.Spot, name: str) -> Markup:
    written = svg.words(
        round(spot.x, 1),
        round(spot.y + SIZE * 0.36, 1),
        name,
        size=SIZE,
        fill="var(--ink)",
        anchor="middle",
        weight=600,
    )
    return html('<g style="paint-order:stroke;stroke:var(--ground);stroke-width:3px">{written}</g>', written=written)
