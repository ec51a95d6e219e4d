"""目标 Goals: every promise, one by one."""

from reports import account, goals, province, register
from reports import district as districts
from reports.found import or_none
from views.site import district as own
from views.site import goals as blocks
from views.site import page, tabs
from views.site import province as province_blocks
from views.site import register as register_blocks
from views.visit import Visit


def board(v: Visit) -> None:
    """The promises of a plan's table, row by row."""
    blocks.board(v, goals.scoreboard(v.today), tallies)
    if year := or_none(lambda: account.newest(v.today)):
        blocks.account(v, year)


def text(v: Visit) -> None:
    """Those written in a plan's text."""
    blocks.of_texts(v, goals.scoreboard(v.today), tallies)


def plans(v: Visit) -> None:
    """The plans beside each other, what they forbid, and the province behind the city."""
    blocks.at_a_glance(v, tallies)
    register_blocks.bans(v, register.listed("goals"))
    province_blocks.published(v, province.published())
    province_blocks.priorities(v, province.priorities())


v = page.visit()
tallies = goals.tallies(v.today)

page.bar(v)
blocks.lead(v, tallies)
if chosen := page.district():
    own.plan(v, districts.district(chosen, v.today), "goals")
tabs.show(v, "goals", board=board, text=text, plans=plans)
page.foot(v, "goals")
