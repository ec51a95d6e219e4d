"""绿化 Greening: how far has the forest come, and how green is the city?"""

from reports import conflicts, greening, ndvi, schemes
from reports import district as districts
from views.site import district as own
from views.site import greening as blocks
from views.site import greenness as greenness_blocks
from views.site import page, tabs
from views.visit import Visit


def now(v: Visit) -> None:
    """Where the green is, and how the forest grew."""
    barrier, river = schemes.scheme(schemes.BARRIER), schemes.scheme(schemes.RIVER)
    blocks.at_a_glance(v, report.forest, greening.places(), greening.places_provenance(), barrier, river)


def forest(v: Visit) -> None:
    """The forest's path beside satellite greenness, its pace, the mountains, the land greened."""
    blocks.beside_satellites(v, report.forest, ndvi.at(v.now))
    blocks.forest(v, report.forest)
    blocks.hills(v, report)


def space(v: Visit) -> None:
    """Greenness from space by season."""
    greenness_blocks.space(v, ndvi.at(v.now), report.study)


def city(v: Visit) -> None:
    """Parks, green cover, wetlands, grassland."""
    blocks.city(v, report)
    blocks.wetlands(v, report)


def goals(v: Visit) -> None:
    """What else was promised, and where the documents contradict each other."""
    blocks.promises(v, report)
    blocks.contradictions(v, conflicts.of_theme(blocks.THEME))


v = page.visit()
report = greening.overview(v.today)

page.bar(v)
blocks.lead(v, report.forest)
if chosen := page.district():
    own.line(v, districts.district(chosen, v.today), "greening")
tabs.show(v, "greening", now=now, forest=forest, space=space, city=city, goals=goals)
page.foot(v, "greening")
