"""Parks, forests, wetlands and reserves on the map; a hollow point marks a place that is only roughly known."""

from reports.greening import Place
from views.cached import cached_rendering
from views.drawings import labels, maps
from views.drawings.labels import Box
from views.text import format as fmt
from views.text.words import Words
from views.tokens import tokens


def colors(dark: bool) -> dict[str, str]:
    """The colour of each kind of place."""
    c = tokens(dark)
    return {"park": c.leaf, "forest": c.earth, "wetland": c.river, "reserve": c.sky}


@cached_rendering
def scene(places: tuple[Place, ...], w: Words, dark: bool, *, bounds: Box, width: int, title: str) -> maps.Scene:
    """The places within bounds (west, south, east, north).

    A name is written where it covers nothing on a map ``width`` px wide; the others show at a touch.
    """
    c, by_kind = tokens(dark), colors(dark)
    located = [(place, place.lon, place.lat, w.of(place.name)) for place in places]
    dots = tuple(
        maps.Dot(
            place.lon,
            place.lat,
            by_kind[place.kind],
            name,
            tip=_tip(place, w),
            hollow=place.confidence == "low",
            radius=8,
        )
        for place, name in labels.within(located, bounds, width)
    )
    shapes, lines = maps.districts(w, fills={}, default=c.faint), maps.rivers(w, color=c.none)
    return maps.Scene(shapes, lines, dots, bounds, title)


def _tip(place: Place, w: Words) -> str:
    kind = w(f"greening.kind_{place.kind}")
    return w("greening.place_tip", name=w.of(place.name), kind=kind, accuracy=accuracy(place, w))


def accuracy(place: Place, w: Words) -> str:
    """How far a point may lie from the true place, in metres or kilometres."""
    if place.accuracy_m < 1000:
        return w("greening.accuracy_m", m=fmt.plain(place.accuracy_m))
    return w("greening.accuracy_km", km=fmt.plain(place.accuracy_m / 1000))
