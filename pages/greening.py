from reports import greening
from views.site import greening as blocks
from views.site import greenness as greenness_blocks
from views.site import page

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
