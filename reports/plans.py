"""Which plan of the city is in force, and which was before it: by the rows of ``plans`` and the day."""

from datetime import date

from store import facts, records
from store.city import CITY


def of_city(today: date) -> tuple[records.Plan, ...]:
    """The city's own plans that have begun, the newest first."""
    begun = (one for one in facts.every(records.Plan) if one.area_id == CITY and one.start_year <= today.year)
    return tuple(sorted(begun, key=lambda one: one.start_year, reverse=True))


def main(today: date) -> records.Plan:
    """The city's plan in force on a day, or the last that was. Raises LookupError where none has begun."""
    found = of_city(today)
    if not found:
        raise LookupError(f"no plan of {CITY} has begun on {today}")
    return found[0]


def before(today: date) -> records.Plan | None:
    """The city's plan before the main one; None where it is the first."""
    return next(iter(of_city(today)[1:]), None)
