"""蓝天 Air: how is the sky, and will the year's target be met?"""

from reports import (
    advice,
    air,
    air_gaps,
    air_now,
    air_state,
    budget,
    composite,
    dust,
    model,
    official_shares,
    outlook,
    published_days,
    trends,
)
from views.site import air as blocks
from views.site import air_now as live_blocks
from views.site import dust as dust_blocks
from views.site import outlook as outlook_blocks
from views.site import page, past_years, place, tabs
from views.site import published_days as published_blocks
from views.site.refresh import auto_refresh
from views.visit import Visit


# ── live blocks: fetched anew every few minutes ──────────────────────────────────────────────────────────────────────
@auto_refresh
def this_hour(v: Visit) -> None:
    """The city's hour."""
    report = air_now.now()
    live_blocks.now(v, report, air_now.freshness_of(report, v.now), model.weather(v.now))


@auto_refresh
def from_today_on(v: Visit) -> None:
    """Today beside the same day of past years, what the rest of it may bring, and what the models see."""
    newest = advice.now()
    past_years.show(v, newest, advice.past_years(newest.day))
    live_blocks.hours_left(v, air_now.ladders_today(v.now))
    report = model.forecast(v.now)
    if report is not None:
        live_blocks.ahead(v, report, model.freshness_of(report, v.now))


@auto_refresh
def capitals_now(v: Visit) -> None:
    """The capitals in the city's hour."""
    report = air_now.now()
    ranking = air_now.ranking(report) if report is not None else None
    if ranking is not None:
        live_blocks.capitals_now(v, ranking)


# ── blocks with a choice of the reader's ─────────────────────────────────────────────────────────────────────────────
def for_me(v: Visit) -> None:
    """What the air means at the place the reader chooses."""
    report = air_now.now()
    if report is None or advice.at_place(report, None, v.now) is None:
        place.without_hour(v, advice.now().rule)
        return
    here = advice.at_place(report, place.choose(v, report), v.now)
    if here is not None:
        place.for_me(v, here)


def stations(v: Visit) -> None:
    """The stations of the hour; those ever seen where none of them has an hour."""
    report = air_now.now()
    if report is not None and report.located:
        live_blocks.stations(v, report)
    else:
        live_blocks.known_stations(v, air.stations())


def days_left(v: Visit) -> None:
    """The budget of bad days and where the year may end, by the share the reader chooses to keep."""
    share = blocks.share_to_keep(v, budget.running_year(v.today) - 1)
    budgets = budget.both(v.today, share)
    blocks.days_left(v, *budgets)
    outlook_blocks.year_end(v, outlook.both(v.today), budgets)


def calendar(v: Visit) -> None:
    """The year and the edition the reader chooses."""
    year, edition = blocks.choose_calendar(v, air.years())
    in_force = (year, edition) == (day.day.year, air.IN_FORCE)
    blocks.calendar_of_year(v, air.calendar(year, edition), air_gaps.of_year(year), in_force=in_force)


def long_run(v: Visit) -> None:
    """Trends, then years and months; years before the change carried over where the reader wants them."""
    since = trends.six("after")
    blocks.long_run(v, since, trends.six("before"), air_gaps.long_gaps())
    bridge = air_state.bridge() if blocks.carry_over(v) else None
    report = air.long_run()
    blocks.annual(v, report, since, bridge)
    blocks.months(v, report)


# ── tabs ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
def now(v: Visit) -> None:
    """The hour, what it means, what comes."""
    this_hour(v)
    for_me(v)
    from_today_on(v)
    stations(v)
    capitals_now(v)


def year(v: Visit) -> None:
    """The year so far and what it can still afford."""
    blocks.year_so_far(v, this, effect, air.ozone_alone(this.year), budget.same_period(v.today))
    days_left(v)
    calendar(v)
    blocks.bad_days(v, air.exceedances(this.year))


def years(v: Visit) -> None:
    """The years since 2013."""
    long_run(v)
    blocks.capitals(v, air.capitals())


def rules(v: Visit) -> None:
    """What the judgements rest on."""
    blocks.year_rated(v, air.rated(this.year - 1), composite.indices())
    blocks.latest(v, day, air.days())
    blocks.official_and_archive(v, air.shares(), official_shares.pairs(), air_gaps.long_gaps())
    published_blocks.differing(v, published_days.published_days())
    dust_blocks.ledger(v, dust.ledger(this.year))


v = page.visit()
day = air.latest_day()
this, effect = air.year(day.day.year), air.rule_effect(day.day.year)

page.bar(v)
blocks.lead(v, this, effect)
tabs.show(v, "air", now=now, year=year, years=years, rules=rules)
page.foot(v, "air")
