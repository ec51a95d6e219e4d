"""Rows that only name things: what indicators, units, areas and items are called, and how the standards word their levels."""

from collections.abc import Collection, Mapping
from functools import cache

from assessment.editions import NEW
from store import facts, records, standards


def indicators() -> Mapping[str, records.Indicator]:
    """Every indicator."""
    return facts.by_id(records.Indicator)


def units() -> Mapping[str, records.Unit]:
    """Every unit."""
    return facts.by_id(records.Unit)


def areas() -> Mapping[str, records.Area]:
    """Every area: districts, towns, rivers, sections of rivers."""
    return facts.by_id(records.Area)


def stations() -> Mapping[str, records.AirStation]:
    """Every station of the air."""
    return facts.by_id(records.AirStation)


def items() -> Mapping[str, records.Item]:
    """Everything that is measured again and again."""
    return facts.by_id(records.Item)


def plans() -> Mapping[str, records.Plan]:
    """Every plan."""
    return facts.by_id(records.Plan)


def in_english(place: str) -> str:
    """A place in a document, or a reference, in the English of ``places``; as written where that has none."""
    known = facts.by_id(records.Place).get(place)
    return known.en if known else place


def categories() -> tuple[records.AqiCategory, ...]:
    """The six AQI levels of the edition now in force, with words for effect and advice."""
    return facts.where(records.AqiCategory, standard_id=NEW)


def groups(above_100: Collection[str], standard: str) -> tuple[records.SensitiveGroups, ...]:
    """Who is sensitive to pollutants whose individual index is above 100 (HJ 633-2026 table 2), a row for each of them.

    ``standard``: the edition they were judged by; that of 2012 has no such table.
    """
    rows = facts.where(records.SensitiveGroups, standard_id=standard)
    return tuple(row for row in rows if row.pollutant in above_100)


@cache
def river_items() -> Mapping[str, records.SurfaceWaterLimit]:
    """Rows of the limits for rivers (GB 3838-2002 table 1) by item."""
    rows = facts.records(records.SurfaceWaterLimit, standards.water_limits())
    return {row.item: row for row in rows if row.water_body in ("all", "river")}
