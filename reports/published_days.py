"""Days of the city's air as an official body published them, beside the day of the archive or the platform."""

from collections.abc import Mapping
from datetime import date

import pandas as pd
from msgspec import Struct

from assessment import comparison
from assessment.aqi import rounded
from assessment.comparison import Comparison, Dimension, Result, Terms
from reports import air, air_days, provenance
from reports.air import JudgedDay
from reports.cached import cached_report
from reports.provenance import Provenance
from store import facts, records, standards
from store.city import CITY

# Items in the order they are shown, with the decimals they are published with (HJ 633: whole numbers, CO one decimal).
DECIMALS: Mapping[str, int] = {
    "aqi": 0,
    "pm25_ugm3": 0,
    "pm10_ugm3": 0,
    "so2_ugm3": 0,
    "no2_ugm3": 0,
    "co_mgm3": 1,
    "o3_8h_ugm3": 0,
    "o3_1h_ugm3": 0,
}
# What the blocks say themselves: whose the numbers are, and that a report does not say whether dust was taken out.
NAMED: tuple[Dimension, ...] = ("measurer", "dust")


class Beside(Struct, frozen=True, weakref=True):
    """An item of a published day (µg/m³; CO mg/m³; AQI) and the same of the site's series, None where it has none."""

    item: str
    published: Result
    series: Result | None

    @property
    def compared(self) -> Comparison | None:
        """The series' value set against the published one; None where there is none."""
        return None if self.series is None else comparison.compare(self.series, self.published, named=NAMED)

    @property
    def differs(self) -> bool:
        """Whether both are one statistic and are not the same number as it is published."""
        if self.series is None or self.compared is None or not self.compared.comparable:
            return False
        decimals = DECIMALS[self.item]
        return rounded(self.published.value, decimals) != rounded(self.series.value, decimals)


class PublishedDay(Struct, frozen=True, weakref=True):
    """A day of a daily report. ``series``: where the site's own day comes from, None where it knows none."""

    row: records.AirPublishedDay
    items: tuple[Beside, ...]
    provenance: Provenance
    series: Provenance | None

    @property
    def day(self) -> date:
        """The day."""
        return self.row.date

    @property
    def differing(self) -> tuple[Beside, ...]:
        """The items in which both are not the same number."""
        return tuple(one for one in self.items if one.differs)


class PublishedDays(Struct, frozen=True, weakref=True):
    """Every published day, the newest first; two documents about one day are two entries."""

    days: tuple[PublishedDay, ...]

    @property
    def beside(self) -> int:
        """How many of them the site's series knows with at least one item of the same terms."""
        return sum(any(one.compared is not None and one.compared.comparable for one in day.items) for day in self.days)

    @property
    def differing(self) -> tuple[PublishedDay, ...]:
        """Those with at least one item that is not the same number."""
        return tuple(day for day in self.days if day.differing)

    def of_year(self, year: int) -> "PublishedDays":
        """The days of one year."""
        return PublishedDays(tuple(one for one in self.days if one.day.year == year))


@cached_report("facts", "air_hours", "air_days")
def published_days() -> PublishedDays:
    """The days of the city that came by workbook; empty where none was imported."""
    rows = facts.where(records.AirPublishedDay, area_id=CITY)
    if not rows:
        return PublishedDays(())
    frame = air.days()
    mine = frame[frame["date"].isin([pd.Timestamp(row.date) for row in rows])]
    known = {row.date: (row, mine.iloc[[number]]) for number, row in enumerate(air.judged_days(mine))}
    found = sorted(rows, key=lambda row: (-row.date.toordinal(), row.document_id, row.place))
    return PublishedDays(tuple(_day(row, *known.get(row.date, (None, None))) for row in found))


def _day(row: records.AirPublishedDay, series: JudgedDay | None, alone: pd.DataFrame | None) -> PublishedDay:
    """``series``: the site's day as a row of :func:`reports.air.days`, ``alone``: the same as a frame."""
    period, edition = row.date.isoformat(), standards.edition_on(row.date).id
    cited = provenance.of(
        "published",
        period,
        (row.document_id, row.place),
        standard=edition,
        dust="unstated",
        **provenance.noted(row.note),
        terms=_terms("aqi", period, edition),
    )
    own = None if alone is None else air.days_provenance(alone).of_period(period)
    items = tuple(
        Beside(item, Result(float(value), _terms(item, period, edition)), _of_series(item, series, period))
        for item in DECIMALS
        if (value := getattr(row, item)) is not None
    )
    return PublishedDay(row, items, cited, own)


def _terms(item: str, period: str, edition: str) -> Terms:
    """What an item of a daily report is. Its AQI counts ozone; whether dust was taken out is not said."""
    of_index = item == "aqi"
    return Terms(
        item,
        "index" if of_index else "mean",
        period,
        CITY,
        edition=edition if of_index else "",
        state=comparison.state_of(period),
        dust="unstated",
        ozone="counted" if of_index else "",
    )


def _of_series(item: str, series: JudgedDay | None, period: str) -> Result | None:
    """The same item of the site's day. Its ozone is a day's only where it is no mean of stations."""
    if series is None or (value := getattr(series, item)) is None:
        return None
    if item.startswith("o3") and series.o3_kind == air_days.STATIONS_MEAN:
        return None
    of_index = item == "aqi"
    counted = series.ozone_judged and series.o3_kind != air_days.STATIONS_MEAN
    live = air_days.LIVE in series.document_id
    terms = Terms(
        item,
        "index" if of_index else "mean",
        period,
        CITY,
        edition=series.standard if of_index else "",
        state=comparison.state_of(period),
        dust="raw",
        ozone=("counted" if counted else "excluded") if of_index else "",
        measurer="official" if live else "archive",
    )
    return Result(float(value), terms)
