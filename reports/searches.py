"""What was looked for, where and when, and what a promise's issuer owes beside its result."""

from dataclasses import dataclass
from datetime import date

from reports import duties
from reports.cached import cached_report
from reports.duties import Duty
from reports.goals import Promise
from store import facts, records


@dataclass(frozen=True)
class Search:
    """A row of ``searches``; ``about``: what it would have answered."""

    row: records.Search

    @property
    def found(self) -> bool:
        """Whether a part of it was found."""
        return bool(self.row.result == "partly")

    @property
    def on(self) -> date:
        """The day until which it was looked for."""
        day: date = self.row.searched_on
        return day

    @property
    def about(self) -> frozenset[str]:
        """target:xn14/7, indicator:…, plan:…"""
        return frozenset((self.row.about or "").split())


@cached_report("facts")
def searches() -> tuple[Search, ...]:
    """All of them, the latest first; in the order of the file within a day."""
    every = [Search(row) for row in facts.by_id(records.Search).values()]
    return tuple(sorted(every, key=lambda one: (-one.on.toordinal(), one.row.search_id)))


def of_promise(one: Promise) -> tuple[Search, ...]:
    """Where a promise's result, or the number it leaves out, was looked for: what concerns it alone stands first."""
    asked = (
        f"target:{one.plan.plan_id}/{one.target.no}",
        f"indicator:{one.indicator.indicator_id}",
        f"plan:{one.plan.plan_id}",
    )
    return tuple(search for name in asked for search in searches() if name in search.about)


def owed(one: Promise) -> tuple[Duty, ...]:
    """What the plan says will be evaluated, reported or made public, and of which no result was found."""
    return tuple(duty for duty in duties.of_plan(one.plan.plan_id) if duty.found == "not_found")
