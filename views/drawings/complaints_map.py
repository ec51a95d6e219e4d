"""Residents' reports on the map: districts in shades of one grey by their count."""

from collections.abc import Mapping
from typing import Any

from reports.actions import Batch
from store import geo
from store.records import both
from views.cached import cached_rendering
from views.drawings import maps
from views.text.words import Words
from views.tokens import mix, tokens

INNER_CITY = (101.6, 36.49, 101.94, 36.75)
LARGE_KM2 = 1000  # on the map of the whole city only such districts are named: elsewhere names would cover each other
DEEPEST = 0.6  # how far the darkest shade goes from the ground to grey


@cached_rendering
def scene(batch: Batch, w: Words, dark: bool, *, inner: bool = False) -> maps.Scene:
    """Each district labelled with its count, and named where names do not collide. ``inner``: the city's inner districts."""
    c = tokens(dark)
    most = batch.by_district[0].n
    counts = {one.row.area_id: one.n for one in batch.by_district if one.row.area_id}
    fills = {area: mix(c.faint, c.none, DEEPEST * n / most) for area, n in counts.items()}
    tips = {
        one.row.area_id: f"{w.of(one.row.name)} {w('actions.reports', n=one.n)}"
        for one in batch.by_district
        if one.row.area_id
    }
    places = [feature["properties"] for feature in geo.features("districts")]
    dots = tuple(
        _label(place, counts[place["area_id"]], named=inner or place["area_km2"] > LARGE_KM2, color=c.ink, w=w)
        for place in places
        if place["area_id"] in counts and not (inner and place["area_km2"] > LARGE_KM2)
    )
    title = w("actions.comma").join(f"{w.of(one.row.name)} {one.n}" for one in batch.by_district)
    shapes = maps.districts(w, fills=fills, default=c.faint, tips=tips)
    return maps.Scene(shapes, (), dots, INNER_CITY if inner else maps.WHOLE_CITY, title)


def _label(district: Mapping[str, Any], count: int, *, named: bool, color: str, w: Words) -> maps.Dot:
    """The count at a district's label point (its properties as the tracked shapes have them)."""
    lon, lat = district["label_point"]
    label = f"{w.of(both(district, 'short'))} {count}" if named else str(count)
    return maps.Dot(lon, lat, color, label, radius=2)
