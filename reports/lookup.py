"""What indicators, units, areas, stations and items are called: rows that only name things, by their ids."""

from collections.abc import Mapping

from store import facts, records


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
