"""Dated standards as typed tables, read from the tracked files: what the assessment rules take as arguments."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache

import numpy as np
import pandas as pd
from msgspec import Struct

from assessment.editions import AqiEdition, Breakpoints, Category, CompositeProfile
from store import facts, records, tracked

# In force nationwide from 2016; Xining, a provincial capital, is monitored by GB 3095-2012 and HJ 633-2012 from this
# day on (first group of cities).
READ = "read"  # evidence of a rule whose text was seen
ANNUAL_RULES = ("R26", "R27", "R28")  # rounding of statistics, means of three years
CLASS_2 = 2  # areas where people live
FIRST_GROUP_FROM, NATIONWIDE_FROM = date(2013, 1, 1), date(2016, 1, 1)


@lru_cache(maxsize=1)
def aqi_editions() -> dict[str, AqiEdition]:
    """The editions of HJ 633 by their number, in the order of time."""
    points: dict[str, list[records.AqiBreakpoint]] = defaultdict(list)
    for one in facts.tracked_rows(records.AqiBreakpoint):
        points[one.standard_id].append(one)
    dated = [(row.effective_from, row) for row in facts.tracked_rows(records.Standard) if row.standard_id in points]
    in_time = sorted(((start, row) for start, row in dated if start is not None), key=lambda one: one[0])
    return {row.standard_id: _edition(row, start, points[row.standard_id]) for start, row in in_time}


def _edition(standard: records.Standard, start: date, points: Iterable[records.AqiBreakpoint]) -> AqiEdition:
    tables: dict[tuple[str, str], list[tuple[float, int]]] = defaultdict(list)
    for one in points:
        if one.concentration is not None:  # the table leaves the cell empty
            tables[one.pollutant, one.averaging].append((one.concentration, one.iaqi))
    categories = tuple(
        Category(one.level, one.aqi_low, one.aqi_high, one.name.zh, one.name.en, one.color_hex)
        for one in sorted(facts.tracked_rows(records.AqiCategory), key=lambda row: row.level)
        if one.standard_id == standard.standard_id
    )
    rising = {key: _breakpoints(some) for key, some in sorted(tables.items())}
    return AqiEdition(standard.standard_id, _here(start), standard.effective_to, rising, categories)


def _breakpoints(points: Iterable[tuple[float, int]]) -> Breakpoints:
    concentration, iaqi = zip(*sorted(points, key=lambda point: point[1]), strict=True)
    return Breakpoints(np.array(concentration, float), np.array(iaqi, float))


def _here(start: date) -> date:
    return FIRST_GROUP_FROM if start == NATIONWIDE_FROM else start


def edition_on(day: date) -> AqiEdition:
    """The edition that judges a day; days before the first edition are judged by it as well."""
    editions = list(aqi_editions().values())
    return next((one for one in reversed(editions) if one.effective_from <= day), editions[0])


def edition_of_hour(end: datetime) -> AqiEdition:
    """The edition that judges the hour ending at ``end`` (Xining's time): the one that ends at 00:00 closes a day."""
    return edition_on((end - timedelta(seconds=1)).date())


class AirLimit(Struct, frozen=True):
    """A concentration limit of class 2 areas while it is in force."""

    value: float
    start: date
    end: date | None


@lru_cache(maxsize=64)
def air_limits(pollutant: str, averaging: str) -> tuple[AirLimit, ...]:
    """Class-2 limits of a pollutant (µg/m³, CO mg/m³) in the order of time. averaging: annual, 24h, 1h, MDA8.

    GB 3095. Raises KeyError where the standard gives none.
    """
    found = [
        AirLimit(row.limit_value, _here(row.effective_from), row.effective_to)
        for row in sorted(facts.tracked_rows(records.AirLimit), key=lambda row: row.effective_from)
        if (row.pollutant, row.averaging, row.zone_class) == (pollutant, averaging, CLASS_2)
    ]
    if not found:
        raise KeyError(f"no class-2 limit for {pollutant} {averaging}")
    return tuple(found)


def air_limit(day: date, pollutant: str, averaging: str) -> float:
    """The class-2 limit in force on a day. Raises KeyError before 2013-01-01."""
    for one in air_limits(pollutant, averaging):
        if one.start <= day and (one.end is None or day <= one.end):
            return one.value
    raise KeyError(f"no limit in force for {pollutant} {averaging} on {day}")


def annual_limits(pollutant: str) -> tuple[tuple[float, date, date | None], ...]:
    """Annual class-2 limits with the days they hold."""
    return tuple((one.value, one.start, one.end) for one in air_limits(pollutant, "annual"))


@lru_cache(maxsize=1)
def water_limits() -> pd.DataFrame:
    """Table 1 of GB 3838-2002: a row per item and water body, columns as in ``surface_water_limits``."""
    return tracked.read("surface_water_limits")


@lru_cache(maxsize=1)
def composite_profiles() -> dict[str, CompositeProfile]:
    """The profiles by name (``composite_profiles``)."""
    evidence = {rule.rule_id: rule.evidence for rule in facts.tracked_rows(records.Rule)}
    found = {}
    profiles: dict[str, list[records.CompositeProfileItem]] = defaultdict(list)
    for row in facts.tracked_rows(records.CompositeProfileItem):
        profiles[row.profile].append(row)
    for name, items in profiles.items():
        limits = {one.item: one.limit_value for one in items}
        weights = {one.item: one.weight for one in items}
        rule = items[0].rule_id
        found[name] = CompositeProfile(name, rule, limits, weights, evidence[rule] == READ)
    return found


@lru_cache(maxsize=2)
def annual_method_known(day: date) -> bool:
    """Whether the text of every rule of the annual rating in force on a day is known (rows of ``rules`` with a formula)."""
    rules = [
        one
        for one in facts.tracked_rows(records.Rule)
        if one.rule_id in ANNUAL_RULES and one.effective_from is not None
    ]
    in_force = [
        one for one in rules if one.effective_from <= day and (one.effective_to is None or day <= one.effective_to)
    ]
    return bool(in_force) and all(one.formula for one in in_force)


@lru_cache(maxsize=1)
def item_bounds() -> dict[str, tuple[float, float]]:
    """The lowest and highest value each measured item can have, in its column's unit (``items``)."""
    return {row.item: (row.lo, row.hi) for row in facts.tracked_rows(records.Item)}
