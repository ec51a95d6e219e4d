"""Maps from our own vectors, without tiles and without asking any outside host.

A :class:`Scene` is what is to be seen; :func:`still` draws it as SVG, :mod:`views.charts.maps` for WebGL.
"""

import math
from collections.abc import Callable, Mapping, Sequence

from markupsafe import Markup
from msgspec import Struct

from store import geo
from views.cached import cached_rendering
from views.drawings import svg
from views.text.markup import html, join
from views.text.words import Words
from views.tokens import ink_on

Ring = Sequence[Sequence[float]]
Projection = Callable[[Sequence[float]], tuple[float, float]]  # longitude and latitude to x and y of the drawing


class Shape(Struct, frozen=True, weakref=True):
    """A district: outline rings (lon, lat) and a fill colour; its tip names it, for names on it would meet those of dots."""

    rings: tuple[Ring, ...]
    fill: str
    tip: str = ""
    opacity: float = 1.0


class Line(Struct, frozen=True, weakref=True):
    """A river reach."""

    points: Ring
    color: str
    width: float = 3
    label: str = ""


class Dot(Struct, frozen=True, weakref=True):
    """A station, section or place; hollow where it has no value, with the word in or beside it."""

    lon: float
    lat: float
    color: str
    label: str
    tip: str = ""
    inside: str = ""
    hollow: bool = False
    radius: float = 9
    label_above: bool = False


class Scene(Struct, frozen=True, weakref=True):
    """What a map shows, and the part of the world it shows (west, south, east, north)."""

    shapes: tuple[Shape, ...]
    lines: tuple[Line, ...]
    dots: tuple[Dot, ...]
    bounds: tuple[float, float, float, float]
    title: str


WIDTHS = {1: 4.5, 2: 3.0}  # of rivers, by their rank


def districts(
    w: Words, *, fills: Mapping[str, str], default: str, tips: Mapping[str, str] | None = None, opacity: float = 1.0
) -> tuple[Shape, ...]:
    """The seven districts and counties, filled by area id."""
    return tuple(
        Shape(
            one.rings,
            fills.get(one.area_id, default),
            (tips or {}).get(one.area_id, w.of(one.short) or w.of(one.name)),
            opacity,
        )
        for one in geo.districts()
    )


def rivers(w: Words, *, color: str, colors: Mapping[str, str] | None = None) -> tuple[Line, ...]:
    """Rivers as schematic lines, wider for the main one; ``colors`` by feature id."""
    return tuple(
        Line(one.points, (colors or {}).get(one.id, color), WIDTHS.get(one.level, 1.8), w.of(one.name))
        for one in geo.rivers()
    )


@cached_rendering
def still(scene: Scene, *, width: int = 720) -> Markup:
    """The scene as SVG, equirectangular, colours by CSS variables where they belong to the theme."""
    west, south, east, north = scene.bounds
    squeeze = math.cos(math.radians((south + north) / 2))
    scale = width / ((east - west) * squeeze)
    height = (north - south) * scale

    def at(point: Sequence[float]) -> tuple[float, float]:
        return (point[0] - west) * squeeze * scale, (north - point[1]) * scale

    parts = [_still_shape(shape, at) for shape in scene.shapes]
    parts += [svg.polyline([at(p) for p in line.points], color=line.color, width=line.width) for line in scene.lines]
    parts += [_still_dot(dot, at) for dot in scene.dots]
    return svg.frame(width, height, join(parts), title=scene.title)


def _still_shape(shape: Shape, at: Projection) -> Markup:
    path = "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in map(at, ring)) + "Z" for ring in shape.rings)
    return html(
        '<path d="{path}" fill="{}" fill-opacity="{:g}" style="stroke:var(--none)" stroke-width="1">'
        "<title>{}</title></path>",
        shape.fill,
        shape.opacity,
        shape.tip,
        path=path,
    )


def _still_dot(dot: Dot, at: Projection) -> Markup:
    x, y = at((dot.lon, dot.lat))
    paint = f"fill:var(--card);stroke:{dot.color}" if dot.hollow else f"fill:{dot.color};stroke:var(--card)"
    tip = dot.tip or dot.label
    body = html(
        '<circle cx="{x:.1f}" cy="{y:.1f}" r="{:g}" style="{paint}" stroke-width="2"><title>{tip}</title></circle>',
        dot.radius,
        x=x,
        y=y,
        paint=paint,
        tip=tip,
    )
    if dot.inside:
        body += svg.words(x, y + 4.5, dot.inside, size=12, fill=ink_on(dot.color), anchor="middle", weight=650)
    return body + svg.words(
        x,
        y - dot.radius - 6 if dot.label_above else y + dot.radius + 15,
        dot.label,
        size=13,
        fill="var(--ink)",
        anchor="middle",
        weight=600,
    )
