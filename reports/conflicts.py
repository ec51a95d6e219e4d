"""Where published documents contradict each other: both values, each with its basis, and how we read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reports import basis
from reports.basis import Basis
from reports.memo import memo
from store import facts


@dataclass(frozen=True)
class Conflict:
    """One row of ``contradictions``; the words of both values stand in ``row``."""

    row: Mapping[str, Any]
    first: Basis
    second: Basis


@memo("facts")
def of_theme(theme: str) -> tuple[Conflict, ...]:
    """The contradictions of one theme, in the order of the tracked file's keys."""
    return tuple(_conflict(row) for row in facts.by_id("contradictions").values() if row["theme"] == theme)


def one(contradiction_id: str) -> Conflict:
    """A contradiction by its id. Raises KeyError where it is unknown."""
    return _conflict(facts.by_id("contradictions")[contradiction_id])


def _conflict(row: Mapping[str, Any]) -> Conflict:
    period = row["period"] or ""
    return Conflict(
        row=row,
        first=basis.of("published", period, (row["document_a"], row["place_a"])),
        second=basis.of("published", period, (row["document_b"], row["place_b"])),
    )
