"""蓝天 Air: how is the sky, and will the year's target be met?"""

from reports import (
    advice,
    air,
    air_gaps,
    air_now,
    air_state,
    budget,
    composite,
    cumulative,
    dust,
    model,
    official_shares,
    published_days,
    trends,
)
from reports import district as districts
from reports import (
    outlook as outlooks,
)
from reports.found import NothingFoundError, or_why
from views.site import air as blocks
from views.site import air_now as live_blocks
from views.site import dust as dust_blocks
from views.site import every_day, page, past_years, place, tabs
from views.site import outlook as outlook_blocks
from views.site import published_days as published_blocks
from views.site import trends as trend_blocks
from views.site.refresh import auto_refresh
from views.site.sheet import columns
from views.visit import Visit


# ── live blocks ──────────────────────────────────────────────────────────────────────────────────────────────────────
def this_hour(v: Visit) -> None:
    """The city's hour, its course and the days ahead, beside the map of the stations."""
    report, forecast = air_now.now(), model.forecast(v.now)
    fresh = air_now.freshness_of(report, v.now)
    left, right = columns(7, 6)
    with left:
        live_blocks.city(v, report, fresh)
        if report is None:
            blocks.latest(v, day, air.last_days())
        live_blocks.course(v, report, forecast, model.freshness_of(forecast, v.now) if forecast else None)
    with right:
        live_blocks.stations(v, air.stations(), report, current=fresh.current)
        if report is not None:
            ranking = air_now.ranking(report)
            if ranking is not None:
                live_blocks.capitals_now(v, ranking)
            live_blocks.weather(v, model.weather(v.now))


def today(v: Visit) -> None:
    """What the rest of today may bring, the hour's pollutants, the same day of past years."""
    report, newest = air_now.now(), advice.now()
    if report is not None:
        live_blocks.pollutants(v, report)
    live_blocks.remaining_hours(v, air_now.remaining_today(v.now))
    past_years.show(v, newest, advice.past_years(newest.day))


# ── blocks with a choice of the reader's ─────────────────────────────────────────────────────────────────────────────
def for_me(v: Visit) -> None:
    """What the air means at the place the reader chooses."""
    report = air_now.now()
    if report is None or advice.at_place(report, None, v.now) is None:
        place.without_hour(v, advice.now().rule)
        return
    chosen = page.district()
    own = districts.district(chosen, v.today) if chosen else None
    here = advice.at_place(report, place.choose(v, report, own), v.now)
    if here is not None:
        place.for_me(v, here)


def days_left(v: Visit) -> None:
    """The budget of bad days and where the year may end, by the share the reader chooses to keep."""
    share = blocks.share_to_keep(v, budget.running_year(v.today) - 1)
    budgets = budget.both(v.today, share)
    blocks.days_left(v, *budgets)
    outlook_blocks.year_end(v, outlooks.both(v.today), budgets)


def calendar(v: Visit) -> None:
    """The year and the edition the reader chooses."""
    year, edition = blocks.choose_calendar(v, air.years())
    in_force = (year, edition) == (day.day.year, air.IN_FORCE)
    blocks.calendar_of_year(v, air.calendar(year, edition), air_gaps.of_year(year), in_force=in_force)


def trend(v: Visit) -> None:
    """One pollutant at a time, by the reader's choice; years before the change carried over where the reader wants them."""
    report, since = air.long_run(), trends.six("after")
    chosen = blocks.choose_trend(v)
    if chosen == blocks.ALL_SIX:
        trend_blocks.six(v, since, trends.six("before"))
        return
    bridge = air_state.bridge() if blocks.carry_over(v) else None
    blocks.annual(v, report, chosen, since, bridge)


# ── tabs ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
@auto_refresh
def now(v: Visit) -> None:
    """The hour, what it means, what comes: fetched anew every few minutes, so that no advice outlives its hour."""
    this_hour(v)
    for_me(v)
    today(v)


def year(v: Visit) -> None:
    """The year so far and what it can still afford."""
    left, right = columns(6, 5)
    with left, page.if_found(v):
        blocks.course_of_year(v, cumulative.cumulative(v.today))
    with right, page.if_found(v):
        days_left(v)
    calendar(v)
    blocks.bad_days(v, air.exceedances(this.year))
    with page.if_found(v):
        blocks.year_so_far(v, this, effect, air.ozone_alone(this.year), budget.same_period(v.today))
    blocks.brief(v)


def years(v: Visit) -> None:
    """The years since 2013."""
    every_day.show(v, air.every_day(), air_gaps.long_gaps())
    with page.if_found(v):
        trend(v)
        blocks.months(v, air.long_run())
    with page.if_found(v):
        blocks.capitals(v, air.capitals())


def rules(v: Visit) -> None:
    """What the judgements rest on."""
    with page.if_found(v):
        blocks.year_rated(v, air.rated(this.year - 1), composite.indices())
    with page.if_found(v):
        blocks.official_and_archive(v, air.shares(), official_shares.pairs(), air_gaps.long_gaps())
    published_blocks.differing(v, published_days.published_days())
    dust_blocks.ledger(v, dust.ledger(this.year))


v = page.visit()

page.bar(v)
with page.if_found(v):
    day = air.latest_day()
    this, effect = air.year(day.day.year), air.rule_effect(day.day.year)
    budgets = or_why(lambda: budget.both(v.today))
    main = budgets if isinstance(budgets, NothingFoundError) else budgets[0]
    blocks.lead(v, this, main, outlooks.both(v.today))
    tabs.show(v, "air", now=now, year=year, years=years, rules=rules)
page.foot(v, "air")
