"""总览 Overview: is the promise being kept?"""

from reports import air, air_gaps, latest, overview
from views.site import overview as blocks
from views.site import page
from views.site.refresh import auto_refresh
from views.visit import Visit


@auto_refresh
def air_and_river(v: Visit) -> None:
    """The newest air and river, fetched anew every few minutes."""
    blocks.now(v, latest.of_air(v.now), latest.of_river(v.now))


v = page.visit()
report = overview.overview(v.today)

page.bar(v)
blocks.lead(v, report)
air_and_river(v)
blocks.promises(v, report)
blocks.every_day(v, air.every_day(), air_gaps.long_gaps())
blocks.worth_knowing(v, report)
page.foot(v, "overview")
