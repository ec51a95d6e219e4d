from reports import water
from views.site import page
from views.site import water as blocks

v = page.visit()
page.bar(v)
report = water.overview(v.today)
blocks.lead(v, report)
blocks.river(v, report)
blocks.readings(v)
blocks.section_map(v, report)
blocks.matrix(v, report)
blocks.status(v)
blocks.results(v, report)
blocks.works(v, report)
blocks.promises(v, report)
blocks.unknown(v, report)
page.foot(v, "water")
