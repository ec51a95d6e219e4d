"""Drawings of the greening page."""

from collections.abc import Iterator

from reports import greening, ndvi, schemes
from views.exports.chart import Chart, of
from views.site import greening as blocks
from views.site import greenness as greenness_blocks
from views.visit import Visit


def charts() -> Iterator[Chart]:
    """Green places, the forest, the mountains, greenness from space, green in the city."""
    yield from of("greening", "now", at_a_glance, "green-map", "forest-cover")
    yield from of("greening", "forest", hills, "mountains", "land-greened")
    yield from of("greening", "space", space, *map(greenness_blocks.chart_id, ndvi.CHARTED))
    yield from of("greening", "city", city, "park-green", "green-cover")


def at_a_glance(v: Visit) -> None:
    """Green places on the map, and the path of forest cover."""
    report, barrier, river = greening.overview(v.today), schemes.scheme(schemes.BARRIER), schemes.scheme(schemes.RIVER)
    blocks.at_a_glance(v, report.forest, greening.places(), greening.places_provenance(), barrier, river)


def hills(v: Visit) -> None:
    """The mountains then and now, and land greened."""
    blocks.hills(v, greening.overview(v.today))


def space(v: Visit) -> None:
    """Greenness by season."""
    greenness_blocks.space(v, ndvi.at(v.now), greening.overview(v.today).study)


def city(v: Visit) -> None:
    """Park green and green cover."""
    blocks.city(v, greening.overview(v.today))
