"""The city on one picture: the valley, where air and river are measured, and in its corner the whole of the seven districts.

Official colours bear their number or numeral. Names keep clear of one another and of the dots; dots that would lie on each
other are moved a little apart. Every place is a link where its surface gives it an address.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise

from markupsafe import Markup
from msgspec import Struct

from store import geo
from store.city import HERE
from store.geo import District
from views import addresses
from views.cached import cached_rendering
from views.drawings import labels, svg
from views.drawings.labels import Box, Spot
from views.text.markup import html, join
from views.text.words import Words
from views.tokens import ink_on
from views.ui import layout as page_layout
from views.ui.places import Layer, Place, anchor

Point = tuple[float, float]
LARGE_KM2 = 1000  # districts of this size are named on the map of the whole, the others in the valley
TOUCHED = 24.0  # a touch counts so far around a point, where no other is nearer: 44 pixels on a phone
SMALL = 0.45  # of a dot's radius, where nothing is written in it
STROKE = {1: 0.3, 2: 0.2}  # of the letters' height, by the rank of a river
DEEPEST = 0.5  # the opacity of the district with most reports


class Layout(Struct, frozen=True, weakref=True):
    """Width of the drawing, size of its letters and radius of its dots, in its own units; the part of the world drawn large.

    ``inset``: the map of the whole, of the drawing's width; ``coarse``: points of outlines nearer than this are left out.
    """

    width: float
    letters: float = 13
    dot: float = 13
    bounds: Box = HERE.maps.valley
    inset: float = 0.335
    coarse: float = 2


CARD = Layout(520)
PHONE = Layout(358, 12.5, 12, HERE.maps.deeper, 0.43)
BESIDE = Layout(330, 12.5, 12, inset=0.36)  # a third of a desktop's page
LIGHT = Layout(358, 12.5, 12, HERE.maps.deeper, 0.43, 6)
WALL = Layout(900, 28, 28)
TALL = Layout(1016, 31, 31)  # a screen that stands upright
BOTH, BOTH_TALL = Layout(900, 25.5, 26), Layout(1016, 30.5, 30)  # air and river on one


class _View(Struct, frozen=True, weakref=True):
    """A part of the world (west, south, east, north) drawn at a width."""

    bounds: Box
    width: float

    @property
    def across(self) -> float:
        """Units a degree of longitude."""
        return self.width / (self.bounds[2] - self.bounds[0])

    @property
    def down(self) -> float:
        """Units a degree of latitude."""
        return self.across / math.cos(math.radians((self.bounds[1] + self.bounds[3]) / 2))

    @property
    def height(self) -> float:
        """As tall as its part of the world is at its width."""
        return round((self.bounds[3] - self.bounds[1]) * self.down, 1)

    @property
    def frame(self) -> Box:
        """Its box in its own units."""
        return 1, 1, self.width - 1, self.height - 1

    def at(self, point: Sequence[float]) -> Point:
        """Longitude and latitude in its own units."""
        west, _, _, north = self.bounds
        return round((point[0] - west) * self.across, 1), round((north - point[1]) * self.down, 1)

    def holds(self, lon: float, lat: float) -> bool:
        """Whether it shows a point."""
        west, south, east, north = self.bounds
        return west <= lon <= east and south <= lat <= north


class _Mark(Struct, frozen=True, weakref=True):
    """What is named on a map: where, how large its dot is (0: none), its name, the place it stands for, if any.

    ``touched``: how far around its point a touch counts as one on it.
    """

    at: Point
    radius: float
    name: str
    place: Place | None = None
    touched: float = 0


@cached_rendering
def drawing(layer: Layer, w: Words, *, layout: Layout = CARD, links: Mapping[str, str] | None = None) -> Markup:
    """The map of a layer. ``links``: where a touch leads, by place (:func:`to_panels`, :func:`to_pages`)."""
    valley, city = _View(layout.bounds, layout.width), _View(HERE.maps.whole, round(layout.width * layout.inset))
    corner = (0.0, valley.height - city.height, city.width, valley.height)
    near = [one for one in layer.places if not layer.of_districts and valley.holds(one.lon, one.lat)]
    far = [one for one in layer.places if not layer.of_districts and one not in near]
    body = _map(valley, layer, near, w, layout, links or {}, inner=True, taken=(corner,))
    inset = _map(city, layer, far, w, layout, links or {}, inner=False)
    named = w("map.comma").join(w("map.place", name=one.name, state=one.state) for one in layer.places)
    return svg.frame(
        valley.width,
        valley.height,
        body + svg.placed(inset, corner[0], corner[1], city.width, city.height),
        title=w("map.alt", message=layer.message, places=named),
        role="group" if links else "img",
    )


def for_widths(layer: Layer, w: Words, *, phone: bool, touch: bool = True) -> Markup:
    """The map for a phone, or in both sizes where a window may be as narrow. ``touch``: places lead to panels below it."""
    links = to_panels(layer) if touch else {}
    narrow = drawing(layer, w, layout=PHONE, links=links)
    return narrow if phone else page_layout.by_width(drawing(layer, w, links=links), narrow)


def wide(layer: Layer, w: Words) -> Markup:
    """The map as a page shows it in a wide window, by itself."""
    return drawing(layer, w, links=to_panels(layer))


def to_panels(layer: Layer) -> dict[str, str]:
    """A touch fills the panel beside the map."""
    return {one.id: f"#{anchor(layer, one)}" for one in layer.places}


def to_pages(layer: Layer, address: Callable[[str], str]) -> dict[str, str]:
    """A touch leads to the place's light page, of a district to the page of what is done.

    ``address``: of a path, as links of the visit's pages have it (``Visit.address``).
    """
    return {one.id: address(addresses.light(one.to) if one.to else "/actions") for one in layer.places}


def _map(
    view: _View,
    layer: Layer,
    places: Sequence[Place],
    w: Words,
    layout: Layout,
    links: Mapping[str, str],
    *,
    inner: bool,
    taken: Sequence[Box] = (),
) -> Markup:
    """One of the two maps: districts, rivers, places, names. ``inner``: the valley; ``taken``: boxes without names."""
    marks = [*_dots(view, places, layout), *_districts(view, layer, w, inner=inner)]
    points = [(*one.at, one.radius, one.name) for one in marks]
    spots = labels.around(points, view.frame, layout.letters, taken)
    edge = Markup() if inner else _enlarged(view, layout.bounds)
    placed: list[Markup] = []
    named: list[Markup] = []
    for one, spot in zip(marks, spots, strict=True):
        (named if one.place is None else placed).append(_mark(one, spot, layout, links))
    words = svg.alike(placed, size=layout.letters, fill="var(--ink)", anchor="middle", weight=600)
    words += svg.alike(named, size=layout.letters, fill="var(--muted)", anchor="middle")
    ground = _ground(view, layer, layout.coarse, card=not inner) + _rivers(view, layout)
    return ground + edge + svg.on_lines(words, "var(--faint)")


# ── what is under the places ─────────────────────────────────────────────────────────────────────────────────────────
def _ground(view: _View, layer: Layer, coarse: float, *, card: bool) -> Markup:
    """The districts; where they are what is shown, the darker the more."""
    counts = {one.id: int(one.inside) for one in layer.places} if layer.of_districts else {}
    most = max(counts.values(), default=1)
    back = html('<path d="M0 0H{:g}V{:g}H0Z" style="fill:var(--card);stroke:var(--none)"/>', view.width, view.height)
    outlines = _outlines(view, coarse)
    if counts:
        shapes = join(
            html('<path d="{}" fill-opacity="{:g}"/>', outline, round(DEEPEST * counts[name] / most, 2))
            for name, outline in outlines.items()
        )
    else:
        shapes = html('<path d="{}"/>', "".join(outlines.values()))
    drawn = html(
        '<g style="fill:var(--{color});stroke:var(--none)" stroke-width=".8">{}</g>',
        shapes,
        color="none" if counts else "faint",
    )
    return back + drawn if card else drawn


@cached_rendering
def _outlines(view: _View, coarse: float) -> Mapping[str, str]:
    """The districts' outlines by their id: the same under every layer of a map."""
    return {one.area_id: _outline(view, one, coarse) for one in geo.districts()}


def _outline(view: _View, district: District, coarse: float) -> str:
    """Its rings as a path of whole units; points that no eye tells apart are left out."""
    return "".join(_line(view, ring, coarse) + "z" for ring in district.rings)


def _line(view: _View, points: Sequence[Sequence[float]], coarse: float) -> str:
    """Points as a path, each by how far it lies from the one before."""
    beyond = view.width / 2  # what lies further out is seen nowhere
    path: list[tuple[int, int]] = []
    for point in points:
        x, y = view.at(point)
        at = round(min(max(x, -beyond), view.width + beyond)), round(min(max(y, -beyond), view.height + beyond))
        if not path or math.dist(at, path[-1]) >= coarse:
            if len(path) > 1 and _outside(path[-2], path[-1], at, view):
                path.pop()  # of a run along the far edge the ends are enough
            path.append(at)
    steps = (n for (u, v), (x, y) in pairwise(path) for n in (x - u, y - v))
    return f"M{path[0][0]} {path[0][1]}l" + "".join(
        str(n) if n < 0 else f" {n}" for n in steps
    )  # a minus parts as well


def _outside(one: tuple[int, int], two: tuple[int, int], three: tuple[int, int], view: _View) -> bool:
    """Whether three points lie beyond the same edge, where nothing between them is seen."""
    xs, ys = zip(one, two, three, strict=True)
    return max(xs) < 0 or min(xs) > view.width or max(ys) < 0 or min(ys) > view.height


@cached_rendering
def _rivers(view: _View, layout: Layout) -> Markup:
    """Rivers as schematic lines, the main one the widest."""
    scale = layout.letters * view.width / layout.width
    lines: dict[float, str] = {}  # by their width
    for one in geo.rivers():
        width = round(max(1, scale * STROKE.get(one.level, 0.12)), 1)
        lines[width] = lines.get(width, "") + _line(view, one.points, layout.coarse / 2)
    drawn = join(html('<path d="{}" stroke-width="{:g}"/>', path, width) for width, path in lines.items())
    return html('<g fill="none" style="stroke:var(--river)" stroke-linejoin="round">{}</g>', drawn)


def _enlarged(view: _View, bounds: Box) -> Markup:
    """The part of the city that is drawn large."""
    (left, foot), (right, top) = view.at(bounds[:2]), view.at(bounds[2:])
    return html(
        '<path d="M{:g} {:g}H{:g}V{:g}H{:g}Z" fill="none" style="stroke:var(--ink)"/>', left, top, right, foot, left
    )


# ── places and names ─────────────────────────────────────────────────────────────────────────────────────────────────
def _dots(view: _View, places: Sequence[Place], layout: Layout) -> list[_Mark]:
    """Places at their points, moved apart where they would lie on each other."""
    at = labels.apart([view.at((one.lon, one.lat)) for one in places], 2.2 * layout.dot)
    found = []
    for point, one in zip(at, places, strict=True):
        radius = layout.dot if one.inside else layout.dot * SMALL
        nearest = min((math.dist(point, other) for other in at if other is not point), default=2 * TOUCHED)
        found.append(_Mark(point, radius, one.name, one, min(TOUCHED, nearest / 2)))
    return found


def _districts(view: _View, layer: Layer, w: Words, *, inner: bool) -> Iterator[_Mark]:
    """The districts a map names: the small ones the valley, the large ones the whole."""
    shown = {one.id: one for one in layer.places} if layer.of_districts else {}
    for one in geo.districts():
        if (one.area_km2 < LARGE_KM2) == inner:
            name, place = w.of(one.short), shown.get(one.area_id)
            yield _Mark(view.at(one.label_point), 0, f"{name} {place.inside}" if place else name, place)


def _mark(one: _Mark, spot: Spot, layout: Layout, links: Mapping[str, str]) -> Markup:
    """A place with its name, as a link where it has an address; a district by its name alone."""
    drawn = svg.alike_word(spot.x, spot.y + layout.letters * 0.36, one.name)
    if one.place is None:
        return drawn
    if one.radius:  # the name before the dot's number, as a link's label names them
        drawn = _leader(one, spot) + drawn + " " + _dot(one, one.place, layout)
    if one.place.id not in links:
        return drawn
    if one.radius:
        hit = html('<circle cx="{:g}" cy="{:g}" r="{:.1f}" fill="transparent" stroke="none"/>', *one.at, one.touched)
        drawn = hit + drawn
    return html(
        '<a href="{}" target="_self" aria-label="{} {}">{drawn}</a>',
        links[one.place.id],
        one.place.name,
        one.place.state,
        drawn=drawn,
    )


def _leader(one: _Mark, spot: Spot) -> Markup:
    if not spot.led:
        return Markup()
    return html(
        '<path d="M{:g} {:g}L{:g} {:g}" stroke-width="1" style="stroke:var(--muted)"/>',
        *one.at,
        round(spot.x, 1),
        round(spot.y, 1),
    )


def _dot(one: _Mark, place: Place, layout: Layout) -> Markup:
    """A dot in the official colour with its number; a ring where the value is old, a small one where there is none."""
    color = place.color or "var(--none)"
    paint = f"fill:{color};stroke:var(--card)" if place.full else f"fill:var(--card);stroke:{color}"
    ink = ink_on(place.color) if place.full and place.color else "var(--ink)"
    x, y = one.at
    drawn = html(
        '<circle cx="{:g}" cy="{:g}" r="{:g}" style="{paint}" stroke-width="{:g}"/>',
        round(x, 1),
        round(y, 1),
        one.radius,
        layout.dot / 6 if place.full else layout.dot / 5,
        paint=paint,
    )
    if not place.inside:
        return drawn
    size = round(layout.dot * (1.05 if len(place.inside) < 3 else 0.9), 1)
    return drawn + html(
        '<text x="{:g}" y="{:g}" font-size="{:g}" font-weight="700" stroke="none" style="fill:{ink}">{}</text>',
        round(x, 1),
        round(y + size * 0.36, 1),
        size,
        place.inside,
        ink=ink,
    )
