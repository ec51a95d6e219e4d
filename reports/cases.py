"""Single cases step by step: what a resident reported or an inspection found, and what came of it."""

from datetime import date

from msgspec import Struct

from reports import provenance
from reports.cached import cached_report
from reports.provenance import Provenance
from store import facts, records


class Step(Struct, frozen=True, weakref=True):
    """One step; ``day`` is None where the document gives none but its place in the order is known."""

    row: records.CaseStep
    day: date | None
    provenance: Provenance


class Case(Struct, frozen=True, weakref=True):
    """A row of ``cases`` with its steps in their order."""

    row: records.Case
    area: records.Area
    steps: tuple[Step, ...]
    provenance: Provenance

    @property
    def resolved(self) -> bool:
        """Whether it was reported as put right. Otherwise its end was searched for and not found."""
        return bool(self.row.state == "resolved")

    @property
    def days(self) -> tuple[date, ...]:
        """The days its documents give, in order."""
        return tuple(step.day for step in self.steps if step.day)

    @property
    def lasted_days(self) -> int | None:
        """Days from the first to the last day known of one put right; None of another, and with fewer than two days."""
        return (self.days[-1] - self.days[0]).days if self.resolved and len(self.days) > 1 else None


@cached_report("facts")
def cases() -> tuple[Case, ...]:
    """All cases: those put right first, then by the day they began."""
    found = (_case(row, facts.where(records.CaseStep, case_id=row.case_id)) for row in facts.every(records.Case))
    return tuple(sorted(found, key=lambda one: (not one.resolved, one.days[0])))


def _case(row: records.Case, rows: tuple[records.CaseStep, ...]) -> Case:
    steps = tuple(Step(step, step.date, _provenance(step)) for step in rows)
    days = [step.day.isoformat() for step in steps if step.day]
    period = days[0] if days[0] == days[-1] else f"{days[0]}/{days[-1]}"
    area = facts.by_id(records.Area)[row.area_id]
    return Case(row, area, steps, provenance.merged((step.provenance for step in steps), "published", period))


def _provenance(step: records.CaseStep) -> Provenance:
    day = step.date
    return provenance.of("published", day.isoformat() if day else "", (step.document_id, step.place))
