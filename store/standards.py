"""Dated standards as typed tables, read from the tracked files: what the assessment rules take as arguments."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

import pandas as pd
from msgspec import Struct

from assessment.editions import AqiEdition, Breakpoints, Category, CompositeProfile
from store import facts, tracked

# In force nationwide from 2016; Xining, a provincial capital, is monitored by GB 3095-2012 and HJ 633-2012 from this
# day on (first group of cities).
READ = "read"  # evidence of a rule whose text was seen
ANNUAL_RULES = ("R26", "R27", "R28")  # rounding of statistics, means of three years
FIRST_GROUP_FROM, NATIONWIDE_FROM = date(2013, 1, 1), date(2016, 1, 1)


@lru_cache(maxsize=1)
def aqi_editions() -> dict[str, AqiEdition]:
    """The editions of HJ 633 by their number, in the order of time."""
    points = tracked.read("aqi_breakpoints").dropna(subset=["concentration"])
    levels = tracked.read("aqi_categories").sort_values("level")
    dated = tracked.read("standards").sort_values("effective_from")
    mine = facts.rows(dated[dated["standard_id"].isin(points["standard_id"])])
    return {row["standard_id"]: _edition(row, points, levels) for row in mine}


def _edition(standard: dict[str, Any], points: pd.DataFrame, levels: pd.DataFrame) -> AqiEdition:
    name = standard["standard_id"]
    mine = points[points["standard_id"] == name].sort_values("iaqi")
    tables = {
        (str(key[0]), str(key[1])): Breakpoints(rows["concentration"].to_numpy(float), rows["iaqi"].to_numpy(float))
        for key, rows in mine.groupby(["pollutant", "averaging"])
    }
    categories = tuple(
        Category(row["level"], row["aqi_low"], row["aqi_high"], row["name_zh"], row["name_en"], row["color_hex"])
        for row in facts.rows(levels[levels["standard_id"] == name])
    )
    start, end = _here(standard["effective_from"]), standard["effective_to"]
    return AqiEdition(name, start, end, tables, categories)


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
    table = tracked.read("air_limits")
    mine = table[(table["pollutant"] == pollutant) & (table["averaging"] == averaging) & (table["zone_class"] == 2)]
    found = [
        AirLimit(float(row["limit_value"]), _here(row["effective_from"]), row["effective_to"])
        for row in facts.rows(mine.sort_values("effective_from"))
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
    evidence = tracked.read("rules").set_index("rule_id")["evidence"]
    found = {}
    for name, mine in tracked.read("composite_profiles").groupby("profile", sort=False):
        rule, limits, weights = (mine.set_index("item")[one] for one in ("rule_id", "limit_value", "weight"))
        confirmed = evidence[rule.iloc[0]] == READ
        found[str(name)] = CompositeProfile(str(name), str(rule.iloc[0]), dict(limits), dict(weights), bool(confirmed))
    return found


@lru_cache(maxsize=2)
def annual_method_known(day: date) -> bool:
    """Whether the text of every rule of the annual rating in force on a day is known (rows of ``rules`` with a formula)."""
    rules = [row for row in facts.rows(tracked.read("rules")) if row["rule_id"] in ANNUAL_RULES]
    in_force = [
        r for r in rules if r["effective_from"] <= day and (r["effective_to"] is None or day <= r["effective_to"])
    ]
    return bool(in_force) and all(row["formula"] for row in in_force)


@lru_cache(maxsize=1)
def item_bounds() -> dict[str, tuple[float, float]]:
    """The lowest and highest value each measured item can have, in its column's unit (``items``)."""
    items = tracked.read("items").dropna(subset=["lo", "hi"])
    return {row["item"]: (float(row["lo"]), float(row["hi"])) for row in facts.rows(items)}
