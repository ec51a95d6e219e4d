"""Maps for WebGL: pan, zoom and a tip at every shape and point. No tiles, no outside host."""

import math
from typing import Any

import pydeck

from views.cached import cached_rendering
from views.charts.prepared import Deck
from views.drawings.maps import Scene
from views.tokens import SANS, Tokens, ink_on, rgb, tokens

UNSEEN_DEGREES = 1e-7  # about a centimetre


@cached_rendering
def deck(scene: Scene, dark: bool) -> pydeck.Deck:
    """The scene for WebGL: pan, zoom and a tip at every shape and point."""
    c = tokens(dark)
    layers = [_areas(scene, c), _lines(scene), _dots(scene, c), *_text_layers(scene, c.ink, c.ground)]
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


@cached_rendering
def for_phone(made: pydeck.Deck) -> pydeck.Deck:
    """The same map on a screen half as wide as the one its zoom is chosen for, with space for the outermost names."""
    return _seen_from(made, zoom=made.initial_view_state.zoom - 1.15)


@cached_rendering
def put_back(made: pydeck.Deck, odd: bool) -> pydeck.Deck:
    """The same map where it began, every other time from a point nobody sees to be another.

    The browser moves a map back only where what it is sent differs from what it was sent before.
    """
    view, aside = made.initial_view_state, UNSEEN_DEGREES if odd else 0
    return _seen_from(made, longitude=view.longitude + aside, latitude=view.latitude + aside, zoom=view.zoom + aside)


def _seen_from(made: pydeck.Deck, **changed: float) -> pydeck.Deck:
    view = made.initial_view_state
    names = ("longitude", "latitude", "zoom", "min_zoom", "max_zoom")
    seen = pydeck.ViewState(**{name: changed.get(name, getattr(view, name)) for name in names})
    return Deck(layers=made.layers, initial_view_state=seen, map_provider=None, tooltip=made._tooltip)


def _text_layers(scene: Scene, ink: str, ground: str) -> list[pydeck.Layer]:
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
            font_family=pydeck.types.String(SANS),
            **more,
        )

    halo = {
        "font_settings": {"sdf": True, "fontSize": 64, "buffer": 10, "radius": 16, "cutoff": 0.2},
        "outline_width": 3,
        "outline_color": [*rgb(ground), 255],
    }
    return [
        layer(dots, 13, rgb(ink), get_pixel_offset="off", **halo),
        layer(inside, 12, "ink"),
    ]


def _zoom(bounds: tuple[float, float, float, float]) -> float:
    """A zoom that shows the bounds in a map about 700 × 460 pixels."""
    west, south, east, north = bounds
    wide = math.log2(700 / 512 * 360 / (east - west))
    tall = math.log2(460 / 512 * 360 * math.cos(math.radians((south + north) / 2)) / (north - south))
    return round(min(wide, tall), 2)
