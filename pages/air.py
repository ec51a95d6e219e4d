"""蓝天 Air: how is the sky, and will the year's target be met?"""

from reports import air, dust
from views.site import air as blocks
from views.site import air_now as live
from views.site import dust as dust_blocks
from views.site import page, past_years, place

v = page.visit()
day = air.latest_day()
this, effect = air.year(day.day.year), air.rule_effect(day.day.year)

page.bar(v)
blocks.lead(v, this, effect)
live.now(v)
place.for_me(v)
past_years.show(v)
live.hours_left(v)
live.ahead(v)
live.stations(v)
live.capitals_now(v)
blocks.latest(v, day)
blocks.year_so_far(v, this, effect)
blocks.days_left(v)
blocks.calendar_of_year(v)
blocks.bad_days(v, this.year)
dust_blocks.ledger(v, dust.ledger(this.year))
blocks.year_rated(v, this.year - 1)
blocks.long_run(v, air.long_run())
blocks.months(v, air.long_run())
blocks.official_and_archive(v)
blocks.capitals(v)
page.foot(v, "air")
