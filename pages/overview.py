"""总览 Overview: how are air and river now, will the year's promise be met?"""

from reports import actions, air, air_gaps, air_now, budget, cumulative, latest, overview, water
from reports import district as districts
from views.site import district as own
from views.site import every_day, page
from views.site import overview as blocks
from views.site.refresh import auto_refresh
from views.site.sheet import columns
from views.visit import Visit


@auto_refresh
def answer(v: Visit) -> None:
    """The newest air and river and the year in a sentence."""
    blocks.lead(v, latest.of_air(v.now), latest.of_river(v.now), cumulative.cumulative(v.today))


@auto_refresh
def city(v: Visit) -> None:
    """The map, its stations by their newest hour."""
    blocks.city(
        v, air.stations(), air_now.now(), latest.of_air(v.now), water.overview(v.today).river, actions.complaints()
    )


@auto_refresh
def air_and_river(v: Visit) -> None:
    """The newest air and river, what is due next, whom to call."""
    newest, river = latest.of_air(v.now), latest.of_river(v.now)
    blocks.now(v, newest, river, actions.tasks(v.today), budget.same_period(v.today), actions.hotlines()[0])


@auto_refresh
def my_district(v: Visit) -> None:
    """The visitor's own district."""
    chosen = page.district()
    report = districts.district(chosen, v.today) if chosen else None
    fresh = districts.freshness_of(report, v.now) if report else None
    own.show(v, districts.districts(), report, fresh)


v = page.visit()
report = overview.overview(v.today)

page.bar(v)
answer(v)
left, middle, right = columns(5, 4, 3, gap="small")
with left:
    city(v)
with middle:
    blocks.trend(v, cumulative.cumulative(v.today))
with right:
    air_and_river(v)
blocks.tiles(v, report)
my_district(v)
every_day.folded(v, air.every_day(), air_gaps.long_gaps())
blocks.worth_knowing(v, report)
page.foot(v, "overview")
