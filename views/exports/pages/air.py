"""Drawings of the air page."""

from collections.abc import Iterator
from functools import partial

from reports import air, air_gaps, air_now, air_state, cumulative, model, official_shares, trends
from views.exports.chart import Chart, of
from views.site import air as blocks
from views.site import air_now as live_blocks
from views.site import every_day
from views.site import trends as trend_blocks
from views.visit import Visit


def charts() -> Iterator[Chart]:
    """Hour, stations, the year and its calendars, the years."""
    yield from of("air", "now", hours, "air-hours")
    yield from of("air", "now", stations, "air-stations")
    yield from of("air", "year", lambda v: blocks.course_of_year(v, cumulative.cumulative(v.today)), "year-so-far")
    for year in [one.year for one in air.years()][::-1]:
        for edition in air.EDITIONS:
            draw = partial(calendar, year=year, edition=edition)
            yield from of("air", "year", draw, blocks.calendar_id(year, edition))
    yield from of("air", "years", lambda v: every_day.show(v, air.every_day(), air_gaps.long_gaps()), "every-day")
    for column in blocks.TRENDS[:-1]:
        for carried in (False, True):
            draw = partial(annual, column=column, carried=carried)
            yield from of("air", "years", draw, blocks.annual_id(column, carried=carried))
    yield from of(
        "air", "years", lambda v: trend_blocks.six(v, trends.six("after"), trends.six("before")), "air-trends"
    )
    yield from of("air", "years", lambda v: blocks.months(v, air.long_run()), "air-months")
    for measure in air.MEASURES:
        yield from of("air", "years", partial(capitals, measure=measure), blocks.capitals_id(measure))
    yield from of("air", "rules", shares, "good-days-share")


def hours(v: Visit) -> None:
    """The last day hour by hour and the days ahead."""
    report, forecast = air_now.now(), model.forecast(v.now)
    live_blocks.course(v, report, forecast, model.freshness_of(forecast, v.now) if forecast else None)


def stations(v: Visit) -> None:
    """The stations on the map."""
    report = air_now.now()
    live_blocks.stations(v, air.stations(), report, current=air_now.freshness_of(report, v.now).current)


def calendar(v: Visit, *, year: int, edition: str) -> None:
    """A year day by day by an edition."""
    in_force = (year, edition) == (air.latest_day().day.year, air.IN_FORCE)
    blocks.calendar_of_year(v, air.calendar(year, edition), air_gaps.of_year(year), in_force=in_force)


def annual(v: Visit, *, column: str, carried: bool) -> None:
    """A pollutant's years; ``carried``: those before the change carried over."""
    bridge = air_state.bridge() if carried else None
    blocks.annual(v, air.long_run(), column, trends.six("after"), bridge)


def capitals(v: Visit, *, measure: str) -> None:
    """The capitals by a measure."""
    blocks.capitals_by(v, air.capitals(), measure)


def shares(v: Visit) -> None:
    """Official and archived shares of good days."""
    blocks.official_and_archive(v, air.shares(), official_shares.pairs(), air_gaps.long_gaps())
