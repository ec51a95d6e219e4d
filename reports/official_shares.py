"""Official good-day shares beside the archive's: every pair, its difference, and what makes the two different numbers."""

from datetime import date

from msgspec import Struct

from assessment import comparison
from assessment.aqi import rounded
from assessment.comparison import Differs
from reports import air, budget
from reports.budget import Counted
from reports.cached import cached_report
from reports.provenance import Provenance


class Pair(Struct, frozen=True, weakref=True):
    """An official value of a year beside the archive's days by the edition then in force, ozone left out."""

    year: int
    official_pct: float
    official: Provenance
    archive: Counted
    differs: tuple[Differs, ...]  # the terms in which the two are not the same, shown wherever the difference is

    @property
    def archive_pct(self) -> float:
        """Good days ÷ known days × 100, one decimal."""
        return rounded(self.archive.result.value, 1)

    @property
    def points(self) -> float:
        """Percentage points the official value lies above (below 0: under) the archive's."""
        return rounded(self.official_pct - self.archive_pct, 1)


class Counts(Struct, frozen=True, weakref=True):
    """Of so many pairs, how often the official value lies below and above the archive's."""

    pairs: int
    lower: int
    higher: int


def counts(found: tuple[Pair, ...]) -> Counts:
    """Pairs counted."""
    return Counts(len(found), sum(one.points < 0 for one in found), sum(one.points > 0 for one in found))


@cached_report("facts", "air_hours", "air_days")
def pairs() -> tuple[Pair, ...]:
    """Every official annual share of a year the archive holds, by year and value."""
    known = {one.year for one in air.years()}
    found = []
    for year, value, source in air.shares().official:
        if year in known and source.terms is not None:
            archive = budget.counted(year, air.IN_FORCE, date(year, 12, 31))
            differs = comparison.differing(archive.result.terms, source.terms)
            found.append(Pair(year, value, source, archive, differs))
    return tuple(found)
