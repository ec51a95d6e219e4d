"""The newest air and river with their age, for the first page of every surface."""

from datetime import date, datetime, time

from msgspec import Struct

from reports import advice, air, air_now, freshness, water
from reports.advice import Advice
from reports.air import Day
from reports.freshness import Freshness
from reports.water import Section


class LatestAir(Struct, frozen=True, weakref=True):
    """The newest air of the city and how old it is.

    ``outside``: it is the air outside, so that it can advise whether to go out. ``day``: where it is of a whole day; else None.
    """

    advice: Advice
    freshness: Freshness
    outside: bool
    day: Day | None


class AgeOfAir(Struct, frozen=True, weakref=True):
    """Of when the newest air is and how old that is. ``at``: its hour, None where it is of a whole ``day``."""

    at: datetime | None
    day: date
    freshness: Freshness


class LatestRiver(Struct, frozen=True, weakref=True):
    """The section where the river leaves the city. ``freshness``: of the hour its last class is of, None where it is of no hour.

    ``current``: its station's newest reading came live and is not out of date.
    """

    outflow: Section
    freshness: Freshness | None
    current: bool


def age_of_air(now: datetime) -> AgeOfAir:
    """How old the city's latest hour is at a moment, or its last whole day where that is newer."""
    report, last = advice.newest_hour(), air.latest_day()
    if report is not None:
        return AgeOfAir(report.city.at, report.city.day, air_now.hour_freshness(report.city, now))
    over = advice.day_end(last.day)
    return AgeOfAir(None, last.day, freshness.of(freshness.AIR, now, data_at=over, kind=last.provenance.kind))


def of_air(now: datetime) -> LatestAir:
    """The newest air at a moment."""
    newest = advice.now()
    day = air.latest_day() if newest.at is None else None
    return LatestAir(newest, advice.freshness_of(newest, now), advice.is_outside(newest, now), day)


def of_river(now: datetime) -> LatestRiver:
    """The newest class of the outflow at a moment."""
    outflow = water.overview(now.date()).outflow
    known, fresh = outflow.latest, None
    if known is not None and known.hour is not None:
        at = datetime.combine(known.end, time(known.hour), now.tzinfo)
        fresh = freshness.of(water.SOURCE, now, data_at=at, kind=known.provenance.kind)
    return LatestRiver(outflow, fresh, current=water.current_of(outflow.id, now) is not None)
