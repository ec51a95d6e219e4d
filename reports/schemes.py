"""Schemes that documents sum up in a short form: 134N, one core with two screens and three corridors."""

from msgspec import Struct

from reports import provenance
from reports.cached import cached_report
from reports.found import NothingFoundError
from reports.provenance import Provenance
from store import facts, records

PILOT, LATER, BARRIER, RIVER = "waste_134n", "waste_2024", "barrier", "river"


class Scheme(Struct, frozen=True, weakref=True):
    """A scheme's parts in its own order (rows of ``scheme_parts``)."""

    parts: tuple[records.SchemePart, ...]
    provenance: Provenance

    @property
    def groups(self) -> tuple[tuple[str, tuple[records.SchemePart, ...]], ...]:
        """The parts by the figure or word of the short form they belong to."""
        names = dict.fromkeys(part.group for part in self.parts)
        return tuple((name, tuple(part for part in self.parts if part.group == name)) for name in names)


@cached_report("facts")
def scheme(name: str) -> Scheme:
    """One scheme, by its name in ``scheme_parts``; raises NothingFoundError where it has no part."""
    parts = tuple(sorted(facts.where(records.SchemePart, scheme=name), key=lambda part: part.no))
    if not parts:
        raise NothingFoundError("schemes", f"no scheme {name}")
    return Scheme(parts, provenance.of("published", "", *dict.fromkeys((one.document_id, one.place) for one in parts)))
