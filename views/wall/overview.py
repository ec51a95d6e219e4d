"""The city at a glance: air and river on one map, and the eight promises as tiles, official and measured apart."""

from reports import air, air_now, latest, overview, provenance, water
from views.drawings import city_map
from views.templates import render
from views.text import format as fmt
from views.text.answers import overview_values
from views.ui import glance, places
from views.ui.layout import by_width
from views.visit import Visit
from views.wall.pieces import Scene, foot


def scene(v: Visit) -> Scene:
    """The map with stations and sections, and the tiles of the eight headline promises beside it."""
    w, report, hour = v.w, overview.overview(v.today), air_now.now()
    current = hour is not None and latest.of_air(v.now).outside
    layer = places.air_and_river(air.stations(), hour, water.river(v.today), w, current=current)
    drawn = by_width(
        city_map.drawing(layer, w, layout=city_map.BOTH), city_map.drawing(layer, w, layout=city_map.BOTH_TALL)
    )
    picture = render("wall/overview", map=drawn, tiles=glance.tiles_of_screen(report.headline, w))
    known = [one.latest.provenance for one in report.headline if one.latest] or [report.provenance]
    sources = provenance.merged((layer.provenance, *known), "published", "")
    under = foot(fmt.sentences(w, layer.message, w("wall.overview.measured")), sources, w)
    values = overview_values(report, w)
    return Scene(w.html("overview.headline", **values), w("wall.overview.sub", **values), picture, (under,))
