from reports import greening
from views import greening_blocks as blocks
from views import greenness_blocks, page

v = page.visit()
page.bar(v)
report = greening.overview(v.today)
blocks.lead(v, report.forest)
blocks.forest(v, report.forest)
blocks.hills(v, report)
blocks.city(v, report)
blocks.wetlands(v, report)
greenness_blocks.space(v, report.study)
blocks.places(v)
blocks.promises(v, report)
blocks.contradictions(v)
page.foot(v, "greening")
