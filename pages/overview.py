"""总览 Overview: is the promise being kept?"""

from reports import overview
from views.site import overview as blocks
from views.site import page

v = page.visit()
report = overview.overview(v.today)

page.bar(v)
blocks.lead(v, report)
blocks.now(v)
blocks.promises(v, report)
blocks.every_day(v, report)
blocks.worth_knowing(v, report)
page.foot(v, "overview")
