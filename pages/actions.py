"""行动 Actions: who does what by when, and what do residents report?"""

from reports import actions, cases, duties, province
from views.site import actions as blocks
from views.site import cases as case_blocks
from views.site import complaints as complaint_blocks
from views.site import duties as duty_blocks
from views.site import measures as measure_blocks
from views.site import page
from views.site import province as province_blocks

v = page.visit()
report = actions.tasks(v.today)

page.bar(v)
blocks.lead(v, report)
blocks.timeline(v, report)
blocks.board(v, report, actions.draft(), actions.of_the_district(v.today))
blocks.load(v, report)
duty_blocks.by_plan(v, duties.duties())
province_blocks.priorities(v, province.priorities())
complaint_blocks.complaints(v, actions.complaints(), actions.batches(v.today))
case_blocks.show(v, cases.cases())
complaint_blocks.hotlines(v, actions.hotlines())
measure_blocks.done(v, actions.measures())
measure_blocks.watched(v, actions.network())
measure_blocks.green_industry(v, actions.industry(v.today))
page.foot(v, "actions")
