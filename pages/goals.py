"""目标 Goals: every promise, one by one."""

from reports import goals, province, register
from views.site import goals as blocks
from views.site import page
from views.site import province as province_blocks
from views.site import register as register_blocks

v = page.visit()
tallies = goals.tallies(v.today)

page.bar(v)
blocks.lead(v, tallies)
blocks.at_a_glance(v, tallies)
blocks.board(v, goals.scoreboard(v.today))
register_blocks.bans(v, register.listed("goals"))
province_blocks.published(v, province.published())
province_blocks.priorities(v, province.priorities())
page.foot(v, "goals")
