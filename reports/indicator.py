"""One indicator with everything known of it: its figures area by area, and every promise made in it."""

from datetime import date

from msgspec import Struct

from reports import figures, goals
from reports.cached import cached_report
from reports.figures import Point
from reports.goals import Promise
from store import facts, records
from store.city import CITY


class Series(Struct, frozen=True, weakref=True):
    """The figures of one area, the oldest first; ``area``: a row of areas."""

    area: records.Area
    points: tuple[Point, ...]


class Indicator(Struct, frozen=True, weakref=True):
    """An indicator (``row`` of indicators, ``unit`` of units); the city's series first."""

    row: records.Indicator
    unit: records.Unit
    series: tuple[Series, ...]
    promises: tuple[Promise, ...]

    @property
    def latest(self) -> Point | None:
        """The last figure of the first area that has one with a value."""
        return next((p for one in self.series for p in reversed(one.points) if p.value is not None), None)


@cached_report("facts", "air_hours", "air_days", "ndvi")
def of(indicator_id: str, today: date) -> Indicator:
    """An indicator as known on a day. Raises KeyError where it is unknown."""
    row, unit = figures.indicator(indicator_id)
    published = {one.area_id for one in facts.where(records.Figure, indicator_id=indicator_id)}
    areas = sorted(published, key=lambda area: (area != CITY, area))
    series = tuple(Series(facts.by_id(records.Area)[area], figures.series(indicator_id, area)) for area in areas)
    promises = tuple(p for p in goals.scoreboard(today) if p.indicator.indicator_id == indicator_id)
    return Indicator(row, unit, tuple(one for one in series if one.points), promises)
