"""How far two points on the earth are from each other, and which of several is the nearest."""

import math
from collections.abc import Mapping

EARTH_KM = 6371.0088  # mean radius (IUGG)

Point = tuple[float, float]  # longitude and latitude in degrees, WGS-84


def distance_km(one: Point, other: Point) -> float:
    """The way along a great circle in km."""
    (lon, lat), (lon_2, lat_2) = (tuple(map(math.radians, point)) for point in (one, other))
    half = math.sin((lat_2 - lat) / 2) ** 2 + math.cos(lat) * math.cos(lat_2) * math.sin((lon_2 - lon) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def nearest(point: Point, places: Mapping[str, Point]) -> tuple[str, float] | None:
    """The name of the nearest place and its distance in km; the first of equals, None where there is none."""
    away = {name: distance_km(point, place) for name, place in places.items()}
    name = min(away, key=lambda one: away[one], default=None)
    return None if name is None else (name, away[name])
