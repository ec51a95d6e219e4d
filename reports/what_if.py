"""What a year would be by each edition of the standard: its days by both, its means against the limits of each phase."""

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from assessment import comparison
from assessment.air_year import Evaluation
from assessment.comparison import Comparison, Dimension, Result, State
from assessment.editions import DAYS_FOR_A_YEAR
from reports import air, method
from reports.air import Year
from reports.cached import cached_report
from reports.method import Limit
from reports.provenance import Provenance

EDITIONS = (air.OLD, air.NEW)
ANNUAL = "annual"
# The same days of one year stand on both sides: they differ in the edition, which the words name, and in nothing else.
SAME_DAYS: tuple[Dimension, ...] = ("edition", "coverage", "state")
COLUMNS = {"pm25_ugm3": "PM2.5", "pm10_ugm3": "PM10", "so2_ugm3": "SO2", "no2_ugm3": "NO2"}


class AgainstLimits(Struct, frozen=True, weakref=True):
    """A pollutant's mean of the year (µg/m³) against the annual limit of each phase; ``within``: None where not judged."""

    item: Evaluation
    limit: Limit
    within: tuple[bool | None, ...]


class WhatIf(Struct, frozen=True, weakref=True):
    """A year by the 2012 and by the 2026 edition, without ozone.

    ``good_days_fewer``: how many fewer good days the same days have by the newer one. ``starts``: first days of the phases
    of the limits. ``state``: the measuring state of its concentrations, which the limits since 2018-09 are not made for.
    """

    year: int
    by_edition: Mapping[str, Year]
    change: Comparison
    starts: tuple[date, ...]
    means: tuple[AgainstLimits, ...]
    state: State
    provenance: Provenance

    @property
    def good_days_fewer(self) -> int:
        """Good days by the 2012 edition less those by that of 2026."""
        old, new = (self.by_edition[name] for name in EDITIONS)
        return old.good_days - new.good_days


@cached_report("facts", "air_hours", "air_days")
def years() -> tuple[int, ...]:
    """The years that can be chosen, the latest first."""
    return tuple(one.year for one in reversed(air.years()))


@cached_report("facts", "air_hours", "air_days")
def what_if(number: int) -> WhatIf:
    """A year, as far as it is known. Raises ValueError where no day of it is."""
    by_edition = {name: air.year(number, name) for name in EDITIONS}
    old, new = (share(by_edition[name]) for name in EDITIONS)
    starts, limits = method.limits()
    annual = {one.pollutant: one for one in limits if one.averaging == ANNUAL}
    means = tuple(
        _against(item, annual[COLUMNS[item.column]]) for item in air.rated(number).items if item.column in COLUMNS
    )
    change = comparison.compare(old, new, named=SAME_DAYS)
    return WhatIf(
        number, by_edition, change, starts, means, comparison.state_of(str(number)), by_edition[air.NEW].provenance
    )


def share(year: Year) -> Result:
    """The share of good days with its terms, not rounded."""
    assert year.provenance.terms is not None  # of a share
    return Result(100 * year.good_days / year.known_days, year.provenance.terms)


def _against(item: Evaluation, limit: Limit) -> AgainstLimits:
    judged = item.why_not != "too_few_days" and item.valid_days >= DAYS_FOR_A_YEAR
    return AgainstLimits(item, limit, tuple(item.mean <= x if judged and x is not None else None for x in limit.values))
