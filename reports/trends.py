"""Do the six pollutants rise or fall? Trends of monthly means on each side of the change of measuring state, never across it."""

from typing import Literal

import numpy as np
import pandas as pd
from msgspec import Struct

from assessment import comparison, trends
from assessment.comparison import Terms
from assessment.editions import DAYS_FOR_A_YEAR, STATE_CHANGED
from assessment.trends import Annual, Monthly, Trend
from reports import air, provenance
from reports.cached import cached_report
from reports.found import NothingFoundError
from reports.provenance import Provenance
from store import facts
from store.city import CITY

Part = Literal["before", "after"]
Direction = Literal["falls", "falls_likely", "rises", "rises_likely", "unsure", "unknown"]
PARTICLES_AND_GASES = ("pm25_ugm3", "pm10_ugm3", "no2_ugm3", "so2_ugm3", "co_mgm3")
O3_8H, O3_1H = "o3_8h_ugm3", "o3_1h_ugm3"
MONTHS_DIFFER_IN = "season"  # which the trend takes away


class OfPollutant(Struct, frozen=True, weakref=True):
    """A pollutant's monthly means on one side of 2018-09-01, and what they do.

    ``trend`` is None where too few months are known or they are not of one kind. ``left_out``: months that have no mean for
    want of days, with the days they have (those without any only between the first and the last used). ``annual``: of the
    calendar years with 324 days, ``years`` of them.
    """

    column: str
    part: Part
    monthly: Monthly
    trend: Trend | None
    left_out: tuple[tuple[str, int], ...]
    annual: Annual | None
    years: int
    provenance: Provenance

    @property
    def first(self) -> str:
        """The first month that has a mean."""
        return self._known()[0]

    @property
    def last(self) -> str:
        """The last month that has a mean."""
        return self._known()[-1]

    @property
    def percent_a_year(self) -> tuple[float, float, float] | None:
        """Slope and interval in per cent of the mean of the months."""
        if self.trend is None:
            return None
        slope, low, high = (100 * x / self.trend.mean for x in (self.trend.slope, self.trend.low, self.trend.high))
        return slope, low, high

    def _known(self) -> list[str]:
        return [str(month) for month in self.monthly.months[~np.isnan(self.monthly.means)]]


@cached_report("facts", "air_hours", "air_days")
def six(part: Part = "after") -> tuple[OfPollutant, ...]:
    """All six pollutants before or since the change of measuring state.

    Ozone before it is the monthly mean of the daily largest 8-hour means, as an archive gives it to 2018-04; since it the
    daily 1-hour maximum, known for enough days of a month from 2020-01 on. Between them lies no ozone of either kind.
    Raises NothingFoundError where no month of any is known.
    """
    made = (_of(column, part) for column in (*PARTICLES_AND_GASES, O3_8H if part == "before" else O3_1H))
    found = tuple(one for one in made if one)
    if not found:
        raise NothingFoundError("months")
    return found


def one(column: str) -> OfPollutant:
    """A pollutant since the change of measuring state. Raises NothingFoundError where no month of it is known."""
    for found in six():
        if found.column == column:
            return found
    raise NothingFoundError("months")


def _of(column: str, part: Part) -> OfPollutant | None:
    if column == O3_8H:
        return _made(column, part, *_archived_months(), annual=None, years=0)
    days = _days(column)
    mine = days[(days["date"] < pd.Timestamp(STATE_CHANGED)) == (part == "before")]
    monthly = trends.monthly(mine["date"].to_numpy(), mine[column].to_numpy(float))
    whole = mine[column].groupby(mine["date"].dt.year).agg(["mean", "count"])
    whole = whole.loc[whole["count"] >= DAYS_FOR_A_YEAR, "mean"]
    annual = trends.annual(whole.index, whole)
    return _made(column, part, monthly, list(mine["document_id"].unique()), annual=annual, years=len(whole))


def _made(
    column: str, part: Part, monthly: Monthly, documents: list[str], *, annual: Annual | None, years: int
) -> OfPollutant | None:
    """None where no month is known."""
    known = ~np.isnan(monthly.means)
    months = [str(month) for month in monthly.months]
    used = [month for month, is_known in zip(months, known, strict=True) if is_known]
    if not used:
        return None
    left_out = tuple(
        (month, int(n))
        for month, n, is_known in zip(months, monthly.days, known, strict=True)
        if not is_known and (n or used[0] < month < used[-1])
    )
    found = _trend(months[0], monthly.means.tobytes()) if _alike(column, used) else None
    made = provenance.of("derived", f"{used[0]}/{used[-1]}", *documents, dust="raw")
    return OfPollutant(column, part, monthly, found, left_out, annual, years, made)


@cached_report()  # hours and days come in all the time, whole months do not
def _trend(first: str, means: bytes) -> Trend | None:
    """The trend of months in a row from the first."""
    values = np.frombuffer(means)
    return trends.trend(np.datetime64(first, "M") + np.arange(len(values)), values)


def _alike(column: str, months: list[str]) -> bool:
    """Whether monthly means are one series: of one measuring state, statistic and measurer. Their seasons differ."""
    terms = (
        Terms(column, "mean", month, CITY, state=comparison.state_of(month), dust="raw", measurer="archive")
        for month in months
    )
    return all(found.dimension == MONTHS_DIFFER_IN for found in comparison.alike(terms))


def _days(column: str) -> pd.DataFrame:
    """Day values of one kind. The 1-hour maximum is read as archived: a day that has an 8-hour value as well still counts."""
    if column != O3_1H:
        return air.days()
    daily = facts.table("air_daily")
    return daily[daily["o3_kind"] == "max_1h"].rename(columns={"o3_ugm3": O3_1H})


def _archived_months() -> tuple[Monthly, list[str]]:
    """8-hour ozone by month, every month from the first to the last."""
    table = facts.table("air_monthly")
    if table.empty:
        return Monthly(np.array([], dtype="datetime64[M]"), np.array([]), np.array([], dtype=np.int64)), []
    there = table["month"].to_numpy(dtype="datetime64[M]")
    months = np.arange(there.min(), there.max() + 1)
    means = table.set_index(there)["o3_8h_mean_ugm3"].reindex(months).to_numpy(float)
    return Monthly(months, means, np.zeros(len(months), dtype=np.int64)), list(table["document_id"].unique())


def direction(trend: Trend | None) -> Direction:
    """falls, falls_likely, rises, rises_likely (the test does not confirm the interval), unsure, or unknown without a trend."""
    if trend is None:
        return "unknown"
    if trend.sign == 0:
        return "unsure"
    if trend.sign < 0:
        return "falls" if trend.confirmed else "falls_likely"
    return "rises" if trend.confirmed else "rises_likely"
