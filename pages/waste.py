"""无废 Waste: where does the waste go, and what is put to use again?"""

from reports import waste
from views.site import page
from views.site import waste as blocks

v = page.visit()
report = waste.overview(v.today)

page.bar(v)
blocks.lead(v, report)
blocks.flows(v, report)
blocks.rates(v, report)
blocks.path(v, report)
blocks.cells(v, report.cells)
blocks.recycling(v, report)
blocks.yardsticks(v, report)
blocks.promises(v, report)
blocks.contradictions(v, report)
page.foot(v, "waste")
