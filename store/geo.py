"""The tracked shapes: districts, rivers and places in WGS-84, each with its accuracy and licence."""

import json
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any, TypeVar

from msgspec import Struct

from store.records import Both, both
from store.tracked import DATA

Point = tuple[float, float]  # longitude, latitude in degrees
Line = tuple[Point, ...]
T = TypeVar("T")


class District(Struct, frozen=True):
    """A district or county: its outline, its names (``short``: as maps write it), where maps write it."""

    area_id: str
    name: Both
    short: Both
    label_point: Point
    area_km2: float
    rings: tuple[Line, ...]


class River(Struct, frozen=True):
    """A reach, its points from upstream down. ``level``: 1 the main stem, 2 what flows into it."""

    id: str
    name: Both
    level: int
    area_id: str | None
    points: Line


class Ridge(Struct, frozen=True):
    """The crest of a range of mountains."""

    name: Both
    points: Line


class GreenArea(Struct, frozen=True):
    """A schematic outline of a green area; ``note``: what it is and what not."""

    area_id: str
    name: Both
    note: Both | None
    rings: tuple[Line, ...]


class Place(Struct, frozen=True, weakref=True):
    """A park, forest, wetland or reserve. ``point``: None where it is not known; ``part_of``: the area it is a part of."""

    name: Both
    kind: str
    area_id: str | None
    confidence: str
    accuracy_m: float
    part_of: str | None
    point: Point | None


@lru_cache(maxsize=8)
def collection(name: str) -> dict[str, Any]:
    """A GeoJSON file of ``data/geo``, as parsed. Treat it as read-only."""
    parsed: dict[str, Any] = json.loads((DATA / "geo" / f"{name}.geojson").read_text(encoding="utf-8"))
    return parsed


def features(name: str) -> list[dict[str, Any]]:
    """Its features, for libraries that read GeoJSON."""
    found: list[dict[str, Any]] = collection(name)["features"]
    return found


@cache
def districts() -> tuple[District, ...]:
    """Every district, in the order of the file."""
    return _read("districts", _district)


@cache
def rivers() -> tuple[River, ...]:
    """Every reach, a river's from upstream down."""
    return _read("rivers", _river)


@cache
def ridges() -> tuple[Ridge, ...]:
    """Every ridge."""
    return _read("ridges", lambda known, shape: Ridge(_name(known), _line(shape["coordinates"])))


@cache
def green_areas() -> tuple[GreenArea, ...]:
    """Every green area that has an outline."""
    return _read(
        "green_areas",
        lambda known, shape: GreenArea(known["area_id"], _name(known), both(known, "note"), _rings(shape)),
    )


@cache
def places() -> tuple[Place, ...]:
    """Every place, in the order of the file."""
    return _read("places", _place)


def _read(name: str, made: Callable[[dict[str, Any], dict[str, Any]], T]) -> tuple[T, ...]:
    return tuple(made({"id": one.get("id"), **one["properties"]}, one["geometry"]) for one in features(name))


def _district(known: dict[str, Any], shape: dict[str, Any]) -> District:
    name = _name(known)
    short, label = both(known, "short") or name, _point(known["label_point"])
    return District(known["area_id"], name, short, label, known["area_km2"], _rings(shape))


def _river(known: dict[str, Any], shape: dict[str, Any]) -> River:
    return River(known["id"], _name(known), known["level"], known.get("area_id"), _line(shape["coordinates"]))


def _place(known: dict[str, Any], shape: dict[str, Any] | None) -> Place:
    return Place(
        _name(known),
        known["kind"],
        known.get("area_id"),
        known["confidence"],
        known["accuracy_m"],
        known.get("part_of"),
        _point(shape["coordinates"]) if shape else None,
    )


def _name(known: dict[str, Any]) -> Both:
    return Both(known["name_zh"], known["name_en"])


def _point(position: list[float]) -> Point:
    return float(position[0]), float(position[1])


def _line(positions: list[list[float]]) -> Line:
    return tuple(map(_point, positions))


def _rings(shape: dict[str, Any]) -> tuple[Line, ...]:
    """The rings of a polygon, or of all polygons of several (RFC 7946, 3.1.6)."""
    polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
    return tuple(_line(ring) for polygon in polygons for ring in polygon)
