"""绿化 Greening: how far has the forest come, and how green is the city?"""

from reports import conflicts, greening, ndvi
from views.site import greening as blocks
from views.site import greenness as greenness_blocks
from views.site import page

v = page.visit()
report = greening.overview(v.today)

page.bar(v)
blocks.lead(v, report.forest)
blocks.forest(v, report.forest)
blocks.hills(v, report)
blocks.city(v, report)
blocks.wetlands(v, report)
greenness_blocks.space(v, ndvi.at(v.now), report.study)
blocks.places(v, greening.places(), greening.places_provenance())
blocks.promises(v, report)
blocks.contradictions(v, conflicts.of_theme(blocks.THEME))
page.foot(v, "greening")
