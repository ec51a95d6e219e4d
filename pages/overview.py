"""总览 Overview: how are air and river now, will the year's promise be met?"""

from reports import actions, air, air_now, budget, cumulative, latest, overview, water
from reports import district as districts
from reports.found import or_none
from views.site import district as own
from views.site import overview as blocks
from views.site import page
from views.site.refresh import auto_refresh
from views.site.sheet import columns
from views.visit import Visit


def first_screen(v: Visit) -> None:
    """The answer; under it the map, the year's course, and what is now: the newest air and river, what is due, whom to call."""
    newest, river = latest.of_air(v.now), latest.of_river(v.now)
    year = or_none(lambda: cumulative.cumulative(v.today))
    blocks.lead(v, newest, river, year)
    hour, sections = air_now.now(), water.overview(v.today).river
    left, middle, right = columns(5, 4, 3, gap="small")
    with right:  # drawn first: on a phone it stands above the others
        work, same = or_none(lambda: actions.tasks(v.today)), or_none(lambda: budget.same_period(v.today))
        blocks.now(v, newest, river, work, same, actions.hotlines()[0])
    with left:
        current = newest.outside and hour is not None
        blocks.city(v, air.stations(), hour, sections, or_none(actions.complaints), current=current)
    with middle, page.if_found(v):
        blocks.trend(v, cumulative.cumulative(v.today))


def my_district(v: Visit) -> None:
    """The visitor's own district."""
    chosen = page.district()
    report = districts.district(chosen, v.today) if chosen else None
    fresh = districts.freshness_of(report, v.now) if report else None
    own.show(v, districts.districts(), report, fresh)


@auto_refresh
def refreshed(v: Visit) -> None:
    """What is of now, in its order on the page: one part, drawn anew by one timer."""
    first_screen(v)
    blocks.tiles(v, overview.overview(v.today))
    my_district(v)


v = page.visit()

page.bar(v)
with page.if_found(v):
    report = overview.overview(v.today)
    refreshed(v)
    blocks.worth_knowing(v, report)
page.foot(v, "overview")
