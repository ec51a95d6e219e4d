"""The works the city plan names in its seven boxes: by kind and place, and what is known of those it has a number for."""

from collections.abc import Collection
from datetime import date

from msgspec import Struct

from reports import goals, provenance
from reports.cached import cached_report
from reports.goals import Promise
from reports.provenance import Provenance
from store import facts, records, schema


class Project(Struct, frozen=True, weakref=True):
    """A row of ``projects``; ``area``: where the plan puts it, None where it names no one district, river or zone.

    ``promise``: the plan's own target that it has a number or an end in; None for most.
    """

    row: records.Project
    area: records.Area | None
    promise: Promise | None


class Projects(Struct, frozen=True, weakref=True):
    """All works in the plan's order."""

    every: tuple[Project, ...]
    provenance: Provenance

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds there are."""
        return tuple(kind for kind in schema.PROJECT_KINDS if any(one.row.kind == kind for one in self.every))

    @property
    def areas(self) -> tuple[records.Area, ...]:
        """The places there are, in the order of the plan."""
        return tuple(dict.fromkeys(one.area for one in self.every if one.area))

    @property
    def judged(self) -> tuple[Project, ...]:
        """Those in which a target of the plan can be followed."""
        return tuple(one for one in self.every if one.promise)

    @property
    def boxes(self) -> tuple[int, ...]:
        """The numbers of the boxes."""
        return tuple(dict.fromkeys(one.row.box for one in self.every))


@cached_report("facts", "air_hours", "air_days", "ndvi")
def projects(today: date) -> Projects:
    """The works as known on a day."""
    promised = {(one.plan.document_id, one.target.no): one for one in goals.scoreboard(today)}
    areas = facts.by_id(records.Area)
    rows = sorted(facts.every(records.Project), key=lambda row: (row.box, row.no))
    places = dict.fromkeys((row.document_id, row.place) for row in rows)
    return Projects(
        tuple(
            Project(
                row,
                areas[row.area_id] if row.area_id else None,
                promised[row.document_id, row.target_no] if row.target_no else None,
            )
            for row in rows
        ),
        provenance.of("planned", _period({row.document_id for row in rows}), *places),
    )


def _period(documents: Collection[str]) -> str:
    """The years of the plans whose documents list the works; empty where there are none."""
    plans = [one for one in facts.every(records.Plan) if one.document_id in documents]
    return f"{min(one.start_year for one in plans)}/{max(one.end_year for one in plans)}" if plans else ""
