"""无废 Waste: where does the waste go, and what is put to use again?"""

from reports import district as districts
from reports import schemes, waste
from views.site import district as own
from views.site import page, tabs
from views.site import waste as blocks
from views.visit import Visit


def flows(v: Visit) -> None:
    """Where factory waste went and how the share put to use developed; then household waste and every other kind."""
    blocks.at_a_glance(v, report)
    blocks.flows(v, report)
    blocks.streams(v, waste.streams(v.today))


def rates(v: Visit) -> None:
    """Rates beside their targets, and those that are no series."""
    blocks.rates(v, report)
    blocks.recycling(v, report)


def model(v: Visit) -> None:
    """The city's own model, zero-waste cells, and what the city is judged by."""
    blocks.model(v, schemes.scheme(schemes.PILOT), schemes.scheme(schemes.LATER))
    blocks.cells(v, report.cells)
    blocks.yardsticks(v, report)


def home(v: Visit) -> None:
    """What a household can do."""
    blocks.at_home(v, waste.at_home(v.today))


def goals(v: Visit) -> None:
    """What was promised, and where the documents contradict each other."""
    blocks.promises(v, report)
    blocks.contradictions(v, report)


v = page.visit()
report = waste.overview(v.today)

page.bar(v)
blocks.lead(v, report)
if chosen := page.district():
    own.plan(v, districts.district(chosen, v.today), "waste")
tabs.show(v, "waste", flows=flows, rates=rates, model=model, home=home, goals=goals)
page.foot(v, "waste")
