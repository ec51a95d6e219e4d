"""Parks, forests, wetlands and reserves on the map; a hollow point marks a place that is only roughly known."""

from reports.greening import Place
from views.cached import cached_rendering
from views.drawings import labels, maps
from views.text import format as fmt
from views.text.words import Words
from views.tokens import tokens


def colors(dark: bool) -> dict[str, str]:
    """The colour of each kind of place."""
    c = tokens(dark)
    return {"park": c.leaf, "forest": c.earth, "wetland": c.river, "reserve": c.sky}


@cached_rendering
def scene(
    places: tuple[Place, ...],
    w: Words,
    dark: bool,
    *,
    bounds: tuple[float, float, float, float],
    width: int,
    title: str,
) -> maps.Scene:
    """The places within bounds (west, south, east, north).

    A name is written where it covers nothing on a map ``width`` px wide; the others show at a touch.
    """
    c, by_kind = tokens(dark), colors(dark)
    west, south, east, north = bounds
    inside = [p for p in places if west < p.lon < east and south < p.lat < north]
    names = [w.of(p.name) for p in inside]
    free = labels.free([(p.lon, p.lat, n) for p, n in zip(inside, names, strict=True)], bounds, width)
    dots = tuple(
        maps.Dot(
            place.lon,
            place.lat,
            by_kind[place.kind],
            name if named else "",
            tip=_tip(place, w),
            hollow=place.confidence == "low",
            radius=8,
        )
        for place, name, named in zip(inside, names, free, strict=True)
    )
    shapes = maps.districts(w, fills={}, default=c.faint)
    lines = maps.rivers(w, color=c.none)
    return maps.Scene(shapes=shapes, lines=lines, dots=dots, bounds=bounds, title=title)


def _tip(place: Place, w: Words) -> str:
    kind = w(f"greening.kind_{place.kind}")
    return w("greening.place_tip", name=w.of(place.name), kind=kind, accuracy=accuracy(place, w))


def accuracy(place: Place, w: Words) -> str:
    """How far a point may lie from the true place, in metres or kilometres."""
    if place.accuracy_m < 1000:
        return w("greening.accuracy_m", m=fmt.plain(place.accuracy_m))
    return w("greening.accuracy_km", km=fmt.plain(place.accuracy_m / 1000))
