"""Amounts counted in ten thousands, as each language counts: 434.34万吨, but 4,343,400 t."""

from reports import lookup
from reports.goals import Promise
from views.text import format as fmt
from views.text.words import Words

# Chinese counts in ten thousands and hundred millions; English writes the plain unit.
IN_ENGLISH = {
    "10kt": (10_000, "t"),
    "10kt/a": (10_000, "t/a"),
    "10kt/d": (10_000, "t/d"),
    "10k_m3/d": (10_000, "m3/d"),
    "100gwh": (100, "GWh"),
    "10kmu": (10_000, "mu"),
    "10k_ha": (10_000, "ha"),
    "10k_km2": (10_000, "km2"),
    "10k_m2": (10_000, "m2"),
    "100m_m2": (100_000_000, "m2"),
    "10k_households": (10_000, "households"),
    "10k_vehicles": (10_000, "vehicles"),
    "10k_toilets": (10_000, "n"),
}
CLASS = "class"  # of water: a numeral, not an amount


def parts(value: float, unit_id: str, w: Words, decimals: int | None = None) -> tuple[str, str]:
    """Number and unit symbol of an amount. Without ``decimals`` the number has those it was published with."""
    if w.lang == "en" and unit_id in IN_ENGLISH:
        factor, unit_id = IN_ENGLISH[unit_id]
        value, decimals = round(value * factor, 6), None
    if unit_id == CLASS:
        return fmt.water_class(value, w), ""
    number = fmt.plain(value) if decimals is None else fmt.number(value, decimals)
    return number, fmt.unit(lookup.units()[unit_id], w)


def amount(value: float, unit_id: str, w: Words, decimals: int | None = None) -> str:
    """An amount with its unit, in one piece."""
    return "".join(parts(value, unit_id, w, decimals))


def of_promise(promise: Promise, value: float | None, op: str | None, words: str, w: Words) -> str:
    """A value of a promise as it is written: a class, a number with unit, or the document's own words in short."""
    if value is None:
        return words or w("site.not_found")
    if promise.unit.unit_id == CLASS:
        return fmt.water_class(value, w, op or "=")
    return fmt.OPS[op or "="] + amount(value, promise.unit.unit_id, w)
