"""The province behind the city: what it published of a year, and what it set itself for the next."""

from msgspec import Struct

from reports import figures, provenance
from reports.cached import cached_report
from reports.figures import Point
from reports.found import NothingFoundError
from reports.provenance import Provenance
from store import facts, records
from store.city import HERE

AREA = HERE.province
AREAS = (AREA, *HERE.province_areas)
PUBLISHED_YEAR = 2024


class Priorities(Struct, frozen=True, weakref=True):
    """What the province set itself for a year, in its own order (rows of ``priorities``)."""

    year: int
    rows: tuple[records.Priority, ...]
    provenance: Provenance


def published() -> tuple[Point, ...]:
    """Everything published of the province, its boundary sections and its lakes for the year."""
    return tuple(point for area in AREAS for point in figures.of_area(area, PUBLISHED_YEAR))


@cached_report("facts")
def priorities() -> Priorities:
    """The priorities of the latest year known. Raises NothingFoundError where there are none."""
    year = max((row.year for row in facts.where(records.Priority, area_id=AREA)), default=None)
    if year is None:
        raise NothingFoundError("priorities")
    rows = facts.where(records.Priority, area_id=AREA, year=year)
    cited = provenance.of("planned", str(year), *dict.fromkeys((row.document_id, row.place) for row in rows))
    return Priorities(year, rows, cited)
