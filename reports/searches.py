"""What was looked for, where and until when."""

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from reports.cached import cached_report
from store import facts, records


class Search(Struct, frozen=True, weakref=True):
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


@cached_report("facts")
def by_subject() -> Mapping[str, tuple[Search, ...]]:
    """The searches of each subject they are about, in their own order."""
    found: dict[str, tuple[Search, ...]] = {}
    for one in searches():
        for subject in one.about:
            found[subject] = (*found.get(subject, ()), one)
    return found


def of_target(target: records.Target) -> tuple[Search, ...]:
    """Where a target's result, or the number it leaves out, was searched: what concerns it alone first."""
    subjects = (
        f"target:{target.plan_id}/{target.no}",
        f"indicator:{target.indicator_id}",
        f"plan:{target.plan_id}",
    )
    return tuple(search for subject in subjects for search in by_subject().get(subject, ()))
