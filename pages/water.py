"""碧水 Water: is the river clean, section by section?"""

from reports import conflicts, water, water_status
from views.site import page
from views.site import water as blocks
from views.site.refresh import auto_refresh
from views.visit import Visit


@auto_refresh
def readings(v: Visit) -> None:
    """The automatic readings, fetched anew every few minutes."""
    report = water.overview(v.today)
    blocks.readings(v, report, water.freshness_of(report, v.now))


v = page.visit()
report = water.overview(v.today)

page.bar(v)
blocks.lead(v, report)
blocks.river(v, report, water.together(v.today))
readings(v)
blocks.section_map(v, report)
blocks.matrix(v, report, water.years(v.today), water.disputed())
blocks.status(v, water_status.status(v.today))
blocks.results(v, report)
blocks.works(v, report)
blocks.promises(v, report)
blocks.unknown(v, report, conflicts.of_theme(blocks.THEME))
page.foot(v, "water")
