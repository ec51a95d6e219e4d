"""Maps from our own vectors, without tiles and without asking any outside host: for WebGL (deck) and as a still SVG.

A :class:`Scene` is what is to be seen; :func:`deck` and :func:`still` draw the same scene.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pydeck
from markupsafe import Markup

from store import geo
from store.records import both
from views.cached import Deck, kept
from views.drawings import svg
from views.text.markup import html, join
from views.text.words import Words
from views.tokens import Tokens, rgb, tokens
from views.ui.cards import ink_on

Ring = Sequence[Sequence[float]]


@dataclass(frozen=True)
class Shape:
    """A district: outline rings (lon, lat), a fill colour and a label at a point."""

    rings: tuple[Ring, ...]
    fill: str
    label: str
    label_at: tuple[float, float]
    tip: str = ""
    opacity: float = 1.0


@dataclass(frozen=True)
class Line:
    """A river reach."""

    points: Ring
    color: str
    width: float = 3
    label: str = ""


@dataclass(frozen=True)
class Dot:
    """A station, section or place; hollow where it has no value, with the word that stands in or beside it."""

    lon: float
    lat: float
    color: str
    label: str
    tip: str = ""
    inside: str = ""
    hollow: bool = False
    radius: float = 9
    label_above: bool = False


@dataclass(frozen=True)
class Scene:
    """What a map shows, and the part of the world it shows (west, south, east, north)."""

    shapes: tuple[Shape, ...] = ()
    lines: tuple[Line, ...] = ()
    dots: tuple[Dot, ...] = ()
    bounds: tuple[float, float, float, float] = (100.9, 36.2, 102.05, 37.47)
    title: str = ""
    labels: bool = field(default=True)


WHOLE_CITY = (100.85, 36.22, 102.0, 37.47)
VALLEY = (101.38, 36.46, 101.98, 36.79)


def districts(
    w: Words, *, fills: Mapping[str, str], default: str, tips: Mapping[str, str] | None = None, opacity: float = 1.0
) -> tuple[Shape, ...]:
    """The seven districts and counties, filled by area id."""
    shapes = []
    for feature in geo.features("districts"):
        facts = feature["properties"]
        polygons = feature["geometry"]["coordinates"]
        rings = (
            polygons if feature["geometry"]["type"] == "Polygon" else [ring for polygon in polygons for ring in polygon]
        )
        name = w.of(both(facts, "short")) or w.of(both(facts, "name"))
        area = facts["area_id"]
        tip = (tips or {}).get(area, name)
        shapes.append(Shape(tuple(rings), fills.get(area, default), name, tuple(facts["label_point"]), tip, opacity))
    return tuple(shapes)


def rivers(w: Words, *, color: str, colors: Mapping[str, str] | None = None) -> tuple[Line, ...]:
    """Rivers as schematic lines, wider for the main one; ``colors`` by feature id."""
    lines = []
    for feature in geo.features("rivers"):
        facts = feature["properties"]
        width = {1: 4.5, 2: 3.0}.get(facts["level"], 1.8)
        lines.append(
            Line(
                feature["geometry"]["coordinates"],
                (colors or {}).get(feature["id"], color),
                width,
                w.of(both(facts, "name")),
            )
        )
    return tuple(lines)


@kept
def deck(scene: Scene, dark: bool) -> pydeck.Deck:
    """The scene for WebGL: pan, zoom and a tip at every shape and point."""
    c = tokens(dark)
    layers = [_areas(scene, c), _lines(scene), _dots(scene, c), *_text_layers(scene, c.ink, c.muted, c.ground)]
    west, south, east, north = scene.bounds
    view = pydeck.ViewState(
        longitude=(west + east) / 2, latitude=(south + north) / 2, zoom=_zoom(scene.bounds), min_zoom=7, max_zoom=14
    )
    tip = {
        "html": "{tip}",
        "style": {"backgroundColor": c.card, "color": c.ink, "fontSize": "14px", "borderRadius": "8px"},
    }
    return Deck(layers=layers, initial_view_state=view, map_provider=None, tooltip=tip)


def _areas(scene: Scene, c: Tokens) -> pydeck.Layer:
    shapes = [
        {"rings": shape.rings, "fill": [*rgb(shape.fill), round(255 * shape.opacity)], "tip": shape.tip}
        for shape in scene.shapes
    ]
    return pydeck.Layer(
        "PolygonLayer",
        shapes,
        get_polygon="rings",
        get_fill_color="fill",
        get_line_color=rgb(c.none),
        line_width_min_pixels=1,
        pickable=True,
    )


def _lines(scene: Scene) -> pydeck.Layer:
    lines = [
        {"path": line.points, "color": rgb(line.color), "width": line.width, "tip": line.label} for line in scene.lines
    ]
    return pydeck.Layer(
        "PathLayer",
        lines,
        get_path="path",
        get_color="color",
        get_width="width",
        width_units=pydeck.types.String("pixels"),
        cap_rounded=True,
        joint_rounded=True,
        pickable=True,
    )


def _dots(scene: Scene, c: Tokens) -> pydeck.Layer:
    dots = [
        {
            "at": [dot.lon, dot.lat],
            "fill": rgb(c.card) if dot.hollow else rgb(dot.color),
            "edge": rgb(dot.color) if dot.hollow else rgb(c.card),
            "radius": dot.radius,
            "tip": dot.tip or dot.label,
        }
        for dot in scene.dots
    ]
    return pydeck.Layer(
        "ScatterplotLayer",
        dots,
        get_position="at",
        get_fill_color="fill",
        get_line_color="edge",
        get_radius="radius",
        radius_units=pydeck.types.String("pixels"),
        stroked=True,
        line_width_min_pixels=2,
        pickable=True,
    )


@kept
def for_phone(made: pydeck.Deck) -> pydeck.Deck:
    """The same map on a screen half as wide as the one its zoom is chosen for, with room for the outermost names."""
    view = made.initial_view_state
    farther = pydeck.ViewState(
        longitude=view.longitude,
        latitude=view.latitude,
        zoom=view.zoom - 1.15,
        min_zoom=view.min_zoom,
        max_zoom=view.max_zoom,
    )
    return Deck(layers=made.layers, initial_view_state=farther, map_provider=None, tooltip=made._tooltip)


def _text_layers(scene: Scene, ink: str, muted: str, ground: str) -> list[pydeck.Layer]:
    names = [{"at": shape.label_at, "text": shape.label} for shape in scene.shapes] if scene.labels else []
    dots = [
        {"at": [d.lon, d.lat], "text": d.label, "off": [0, (-1 if d.label_above else 1) * (d.radius + 10)]}
        for d in scene.dots
        if d.label
    ]
    inside = [{"at": [d.lon, d.lat], "text": d.inside, "ink": rgb(ink_on(d.color))} for d in scene.dots if d.inside]

    def layer(data: list[dict[str, Any]], size: int, color: list[int] | str, **more: Any) -> pydeck.Layer:
        return pydeck.Layer(
            "TextLayer",
            data,
            get_position="at",
            get_text="text",
            get_size=size,
            get_color=color,
            pickable=False,
            character_set=pydeck.types.String("auto"),
            font_family=pydeck.types.String(FONT),
            **more,
        )

    halo = {
        "font_settings": {"sdf": True, "fontSize": 64, "buffer": 10, "radius": 16, "cutoff": 0.2},
        "outline_width": 3,
        "outline_color": [*rgb(ground), 255],
    }
    return [
        layer(names, 13, rgb(muted), **halo),
        layer(dots, 13, rgb(ink), get_pixel_offset="off", **halo),
        layer(inside, 12, "ink"),
    ]


FONT = "PingFang SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif"


def _zoom(bounds: tuple[float, float, float, float]) -> float:
    """A zoom that shows the bounds in a map about 700 × 460 pixels."""
    west, south, east, north = bounds
    wide = math.log2(700 / 512 * 360 / (east - west))
    tall = math.log2(460 / 512 * 360 * math.cos(math.radians((south + north) / 2)) / (north - south))
    return round(min(wide, tall), 2)


@kept
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
    if scene.labels:
        parts += [
            svg.words(*at(s.label_at), s.label, size=14, anchor="middle")
            for s in scene.shapes
            if _inside(s.label_at, scene.bounds)
        ]
    parts += [_still_dot(dot, at) for dot in scene.dots]
    return svg.frame(width, height, join(parts), title=scene.title)


def _inside(point: Sequence[float], bounds: tuple[float, float, float, float]) -> bool:
    west, south, east, north = bounds
    return west < point[0] < east and south < point[1] < north


def _still_shape(shape: Shape, at: Any) -> Markup:
    path = "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in map(at, ring)) + "Z" for ring in shape.rings)
    return html(
        '<path d="{path}" fill="{}" fill-opacity="{:g}" style="stroke:var(--none)" stroke-width="1">'
        "<title>{}</title></path>",
        shape.fill,
        shape.opacity,
        shape.tip,
        path=path,
    )


def _still_dot(dot: Dot, at: Any) -> Markup:
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
