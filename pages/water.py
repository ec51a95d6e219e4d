"""碧水 Water: is the river clean, section by section?"""

from reports import conflicts, water, water_status
from reports import district as districts
from views.site import district as own
from views.site import page, tabs
from views.site import water as blocks
from views.site.refresh import auto_refresh
from views.visit import Visit


@auto_refresh
def readings(v: Visit) -> None:
    """The automatic readings, fetched anew every few minutes."""
    report = water.overview(v.today)
    blocks.readings(v, report, water.freshness_of(report, v.now))


def now(v: Visit) -> None:
    """Where the sections lie and how the river left the city over the years; the river as a line; the last readings."""
    blocks.at_a_glance(v, report, water.years(v.today))
    blocks.river(v, report, water.together(v.today))
    readings(v)


def sections(v: Visit) -> None:
    """Every class known, section by section."""
    blocks.matrix(v, report, water.years(v.today), water.disputed())
    blocks.status(v, water_status.status(v.today))
    blocks.section_map(v, report)


def goals(v: Visit) -> None:
    """What was promised and what was found of it."""
    blocks.results(v, report)
    blocks.promises(v, report)


def works(v: Visit) -> None:
    """Drinking water, drains and sewage; what is not known."""
    blocks.works(v, report)
    blocks.unknown(v, report, conflicts.of_theme(blocks.THEME))


v = page.visit()
report = water.overview(v.today)

page.bar(v)
blocks.lead(v, report)
if chosen := page.district():
    own.line(v, districts.district(chosen, v.today), "water")
tabs.show(v, "water", now=now, sections=sections, goals=goals, works=works)
page.foot(v, "water")
