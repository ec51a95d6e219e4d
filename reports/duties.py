"""What plans announce will be reported, evaluated or answered for, and whether a result of it was found."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Literal, get_args

from msgspec import Struct

from reports import provenance
from reports.cached import cached_report
from reports.provenance import Provenance
from store import facts, records

Found = Literal["found", "not_found", "not_searched"]
FOUND: tuple[Found, ...] = get_args(Found)


class Duty(Struct, frozen=True, weakref=True):
    """A row of ``duties`` with its plan, and the document that fulfils it where one was found."""

    row: records.Duty
    plan: records.Plan
    result: Provenance | None
    provenance: Provenance

    @property
    def found(self) -> Found:
        """Whether a result was found. ``not_found`` means that it was searched, never that there is none."""
        return self.row.found

    @property
    def public(self) -> bool:
        """Whether the plan itself promises the result to the public."""
        return bool(self.row.audience == "public")

    @property
    def searched_on(self) -> date | None:
        """The day it was searched."""
        return self.row.searched_on


@cached_report("facts")
def duties() -> tuple[Duty, ...]:
    """All of them, plan by plan from the latest start, those with a rhythm before those without."""
    plans = facts.by_id(records.Plan)
    found = (_duty(row, plans[row.plan_id]) for row in facts.by_id(records.Duty).values())
    return tuple(sorted(found, key=_order))


RHYTHMS = ("once", "month", "quarter", "year", "regular")


def _order(one: Duty) -> tuple[int, int, str]:
    return -one.plan.start_year, RHYTHMS.index(one.row.rhythm), one.row.duty_id


def by_found(every: Iterable[Duty]) -> dict[Found, int]:
    """Of how many a result was found, was searched and not found, was not searched yet; without those that are none."""
    counts = Counter(one.found for one in every)
    return {found: counts[found] for found in FOUND if counts[found]}


def of_plan(plan_id: str) -> tuple[Duty, ...]:
    """Those of one plan."""
    return tuple(one for one in duties() if one.plan.plan_id == plan_id)


def owed(plan_id: str) -> tuple[Duty, ...]:
    """What a plan announces will be evaluated, reported or made public, and of which no result was found."""
    return tuple(one for one in of_plan(plan_id) if one.found == "not_found")


def _duty(row: records.Duty, plan: records.Plan) -> Duty:
    due = row.due
    period = due.isoformat() if due else f"{plan.start_year}/{plan.end_year}"
    result = provenance.of("published", "", row.found_document_id) if row.found_document_id else None
    return Duty(row, plan, result, provenance.of("planned", period, (row.document_id, row.place)))
