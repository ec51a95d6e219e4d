"""Which days of a year were officially decided to be dust days, and what became of them in the year's account."""

from datetime import date

from msgspec import Struct

from reports import provenance
from reports.cached import cached_report
from reports.provenance import Provenance
from store import facts, records


class DustDay(Struct, frozen=True, weakref=True):
    """A day decided on: taken out of the account or left in it; daily means of particles in µg/m³ where they are known."""

    row: records.DustDay
    pm10: float | None
    pm25: float | None
    provenance: Provenance

    @property
    def day(self) -> date:
        """The day."""
        return self.row.date

    @property
    def deducted(self) -> bool:
        """Whether it was taken out of the account."""
        return bool(self.row.decision == "deducted")


class Ledger(Struct, frozen=True, weakref=True):
    """The decisions published for one year, day by day. Two documents about one day are two entries."""

    year: int
    days: tuple[DustDay, ...]

    @property
    def deducted(self) -> int:
        """Days taken out of the account, by at least one document."""
        return len({one.day for one in self.days if one.deducted})

    @property
    def counted(self) -> int:
        """Days left in the account by every document about them."""
        return len({one.day for one in self.days}) - self.deducted


@cached_report("facts")
def ledger(year: int) -> Ledger:
    """The decisions of a year in the order of days; none where nothing was published."""
    found = [row for row in facts.every(records.DustDay) if row.date.year == year]
    daily = facts.table("air_daily")
    known = (
        {row.date: row for row in facts.records(records.AirDay, daily[daily["date"].dt.year == year])} if found else {}
    )
    return Ledger(year, tuple(_day(row, known.get(row.date)) for row in sorted(found, key=lambda row: row.date)))


def _day(row: records.DustDay, measured: records.AirDay | None) -> DustDay:
    dust: provenance.Dust = "dust_deducted" if row.decision == "deducted" else "raw"
    cited = provenance.of(
        "published", row.date.isoformat(), (row.document_id, row.place), dust=dust, **provenance.noted(row.note)
    )
    return DustDay(row, measured.pm10_ugm3 if measured else None, measured.pm25_ugm3 if measured else None, cited)
