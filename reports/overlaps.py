"""Do archives that know the same air agree? Only values of one statistic and one measuring state are set side by side."""

from collections.abc import Mapping
from typing import Literal

import numpy as np
import pandas as pd
from msgspec import Struct

from assessment import aqi
from assessment.moments import days_of
from reports import provenance
from reports.air_days import POLLUTANTS
from reports.cached import cached_report
from reports.found import NothingFoundError
from reports.provenance import Provenance
from store import facts, records, standards

Step = Literal["months", "days"]
ITEMS = (*POLLUTANTS, "o3_ugm3")
WITHOUT_OZONE = list(POLLUTANTS)
HOURS_TO_COMPARE = (
    18  # of 24: fewer than a valid day has (20), so that more than two days can be compared; the page says so
)
# What the platform judges an hour by: particles and ozone as 1-hour means. Its 8-hour ozone takes no part.
HOURLY = (*POLLUTANTS, "o3_1h_ugm3")


class Overlap(Struct, frozen=True, weakref=True):
    """A table beside the city's daily series, where both know the same.

    ``n``: steps both know; ``apart``: the mean absolute difference by column of ITEMS, in the column's unit, of those items
    both know as one statistic.
    """

    name: str
    step: Step
    n: int
    apart: Mapping[str, float]
    provenance: Provenance


class Recomputed(Struct, frozen=True, weakref=True):
    """Published hourly AQIs, and how many of them the rule gives from the published concentrations."""

    n: int
    equal: int
    provenance: Provenance


@cached_report("facts")
def overlaps() -> tuple[Overlap, ...]:
    """The months of 2013 to 2017, the station days of 2026 and the station hours of 2020 beside the daily series."""
    made = {"air_monthly": _months, "air_station_days": _station_days, "air_station_hours": _station_hours}
    found = (make() for name, make in made.items() if not facts.table(name).empty)
    return tuple(one for one in found if one)


def _city(o3_kind: str) -> pd.DataFrame:
    """The city's days by date, columns ITEMS; ozone only where it is of the kind asked for."""
    days = facts.table("air_daily").set_index("date")
    return days[list(ITEMS)].assign(o3_ugm3=days["o3_ugm3"].where(days["o3_kind"] == o3_kind))


def _months() -> Overlap | None:
    """Months whose days with 8-hour ozone are known, against the mean of those days."""
    table = facts.table("air_monthly")
    there = table.rename(columns={"o3_8h_mean_ugm3": "o3_ugm3"}).set_index("month")[list(ITEMS)]
    days = _city("max_8h").dropna(subset=["o3_ugm3"])
    return _apart("air_monthly", "months", there, days.groupby(days.index.strftime("%Y-%m")).mean(), table)


def _station_days() -> Overlap | None:
    """Means of the stations, without ozone: the city's series has another statistic of it in 2026."""
    table = facts.table("air_station_days")
    there = table.groupby("date")[WITHOUT_OZONE].mean()
    return _apart("air_station_days", "days", there, _city("max_1h")[WITHOUT_OZONE], table)


def _station_hours() -> Overlap | None:
    """Days with enough hours: means of the assessed stations, ozone as the largest hourly mean of the stations."""
    table = facts.table("air_station_hours").assign(o3_ugm3=lambda rows: rows["o3_1h_ugm3"])
    assessed = [one.station_id for one in facts.where(records.AirStation, role="assessment")]
    hours = table[table["station_id"].isin(assessed)].groupby("measured_at")[list(ITEMS)].mean()
    days = hours.groupby(pd.DatetimeIndex(days_of(list(hours.index), ends_of_hours=True)))
    there = days.mean().assign(o3_ugm3=days["o3_ugm3"].max())[days.size() >= HOURS_TO_COMPARE]
    return _apart("air_station_hours", "days", there, _city("max_1h"), table)


def _apart(name: str, step: Step, there: pd.DataFrame, city: pd.DataFrame, table: pd.DataFrame) -> Overlap | None:
    both = there.index.intersection(city.index)
    if both.empty:
        return None
    apart = (there.loc[both] - city.loc[both]).abs().mean().dropna()
    first, last = (str(one)[:10] for one in (both.min(), both.max()))
    made = provenance.of("archive", f"{first}/{last}", *table["document_id"].unique(), dust="raw")
    return Overlap(name, step, len(both), apart.to_dict(), made)


@cached_report("facts")
def recomputed() -> Recomputed:
    """The station hours' published AQI against HJ 633-2012, formula 1, from the hour's own concentrations.

    Raises NothingFoundError where no station hour is known.
    """
    table = facts.table("air_station_hours")
    if table.empty:
        raise NothingFoundError("overlaps")
    first, last = table["measured_at"].min()[:10], table["measured_at"].max()[:10]
    edition = standards.edition_on(pd.Timestamp(last).date())
    parts = aqi.iaqi_columns({name: table[name].to_numpy(float) for name in HOURLY}, edition, hourly=True)
    highest = np.nanmax(np.vstack(list(parts.values())), axis=0)
    made = provenance.of("derived", f"{first}/{last}", *table["document_id"].unique(), standard=edition.id, dust="raw")
    return Recomputed(len(table), int((highest == table["aqi"].to_numpy(float)).sum()), made)
