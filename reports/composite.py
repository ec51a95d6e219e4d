"""The composite index: as published, and as computed here from the archive for the periods it knows all six pollutants of."""

import pandas as pd
from msgspec import Struct

from assessment import air_year
from assessment.aqi import rounded
from reports import air, figures, provenance
from reports.air_days import ARCHIVE
from reports.cached import cached_report
from reports.figures import Point, period_end
from reports.provenance import Provenance
from store import facts, records, standards
from store.city import CITY

PROFILE = "2014"
OZONE = "o3_8h_ugm3"
MONTH_LENGTH, YEAR_LENGTH = len("2015-03"), len("2015")


class Computed(Struct, frozen=True, weakref=True):
    """A period's index by the profile of 环办〔2014〕64号; ``confirmed``: whether the text of its rule was read."""

    value: float
    confirmed: bool
    provenance: Provenance


class Index(Struct, frozen=True, weakref=True):
    """A period with what was published of it and what is computed of it; they may differ in dust days and verification."""

    period: str
    published: Point | None
    computed: Computed | None


@cached_report("facts", "air_hours", "air_days")
def indices() -> tuple[Index, ...]:
    """Every period with a published index and every year with a computed one, the latest first."""
    published = {one.period: one for one in figures.series("composite_index", CITY) if one.value is not None}
    years = {str(one) for one in air.days()["date"].dt.year.unique()}
    found = [Index(period, published.get(period), computed(period)) for period in {*published, *years}]
    either = [one for one in found if one.published or one.computed]
    return tuple(sorted(either, key=lambda one: (period_end(one.period), one.period), reverse=True))


@cached_report("facts", "air_hours", "air_days")
def computed(period: str) -> Computed | None:
    """The index of a month or year whose six pollutants all have their days (GB 3095 table 4) while the profile holds."""
    if len(period) not in (MONTH_LENGTH, YEAR_LENGTH):
        return None
    profile, frame = standards.composite_profiles()[PROFILE], air.days()
    rule = facts.by_id(records.Rule)[profile.rule_id]
    end, first, last = period_end(period), rule.effective_from, rule.effective_to
    if (first and end < first) or (last and end > last):
        return None
    mine = frame[frame["date"].dt.strftime("%Y-%m").str.startswith(period)]
    if not all(_enough(mine.dropna(subset=[name])["date"], period) for name in profile.limits):
        return None
    values = {name: _statistic(mine[name], name) for name in profile.limits}
    value = air_year.composite_index(values, profile).value
    source = provenance.of("derived", period, ARCHIVE, standard=rule.standard, dust="raw")
    return None if value is None else Computed(value, profile.confirmed, source)


def _enough(days: pd.Series, period: str) -> bool:
    return air_year.enough_days(days, "year" if len(period) == YEAR_LENGTH else "month") if len(days) else False


def _statistic(values: pd.Series, name: str) -> float:
    """The mean, or the percentile of CO and ozone, rounded as a statistic is (HJ 663-2013)."""
    order, _, decimals = air_year.STATISTICS[name]
    known = values.to_numpy(float)
    of_days = air_year.percentile(known, order) if name in air_year.NO_ANNUAL_LIMIT else float(pd.Series(known).mean())
    return rounded(of_days, decimals)
