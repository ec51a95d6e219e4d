from reports import waste
from views.site import page
from views.site import waste as blocks

v = page.visit()
page.bar(v)
report = waste.overview(v.today)
blocks.lead(v, report)
blocks.flows(v, report)
blocks.rates(v, report)
blocks.path(v, report)
blocks.cells(v, report.cells)
blocks.recycling(v, report)
blocks.yardsticks(v, report)
blocks.promises(v, report)
blocks.contradictions(v)
page.foot(v, "waste")
