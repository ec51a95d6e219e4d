"""目标 Goals: every promise, one by one."""

from reports import goals
from views.site import goals as blocks
from views.site import page
from views.site import province as province_blocks
from views.site import register as register_blocks

v = page.visit()
tallies = goals.tallies(v.today)

page.bar(v)
blocks.lead(v, tallies)
blocks.at_a_glance(v, tallies)
blocks.board(v, v.today)
register_blocks.bans(v)
province_blocks.published(v)
province_blocks.priorities(v)
page.foot(v, "goals")
