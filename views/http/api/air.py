"""The air day by day, and how many more days a year may lose."""

from collections.abc import Mapping
from datetime import timedelta

from reports import air, budget, tables
from reports.budget import Budget
from store import clock
from views.http.api import parameters as read
from views.http.api.values import Json, basis

MOST_DAYS = 400
USUAL_DAYS = 365  # where no first day is named
CONCENTRATIONS = ("pm25_ugm3", "pm10_ugm3", "so2_ugm3", "no2_ugm3", "co_mgm3", "o3_8h_ugm3")
OZONE = ("ozone", "ozone_judged", "aqi_at_most", "o3_stations", "ozone_unsure")
COLUMNS = ["date", *CONCENTRATIONS, "aqi", "level", "primary", "standard", *OZONE, "document_id"]


def daily(parameters: Mapping[str, str]) -> Json:
    """Judged days from ``from`` to ``to`` (the last year where none is named), at most 400 of them."""
    until = read.day("to", parameters.get("to")) or air.latest_day().day
    since = read.day("from", parameters.get("from")) or until - timedelta(days=USUAL_DAYS - 1)
    if not 0 <= (until - since).days < MOST_DAYS:
        given = (until - since).days + 1
        raise read.BadParameterError(f"from … to: from 1 to {MOST_DAYS} days may be asked for, not {given}")
    frame = air.days()
    days = frame[(frame["date"].dt.date >= since) & (frame["date"].dt.date <= until)]
    return {
        "days": [row | {"date": row["date"].isoformat()} for row in tables.rows(days[COLUMNS])],
        "basis": basis(air.days_provenance(days)) if len(days) else None,
    }


def day_budget(parameters: Mapping[str, str]) -> Json:
    """Days ``year`` may still lose to be no worse than ``against``, both by one ``edition`` and without ozone."""
    today = clock.today()
    year = read.year("year", parameters.get("year"), budget.running_year(today))
    against, edition = read.year("against", parameters.get("against"), year - 1), parameters.get("edition", "2026")
    read.check("edition", edition, budget.EDITIONS)
    if against >= year:
        raise read.BadParameterError(f"against={against}: a year before {year}")
    try:
        report = budget.budget(year, against, edition, today)
    except ValueError as error:
        raise read.BadParameterError(str(error)) from None
    return {"year": year, "against": against} | _budget(report)


def _budget(report: Budget) -> Json:
    left, now, before = report.left, report.now, report.before
    return {
        "edition": now.edition,
        "ozone": "excluded",
        "known_days": left.known_days,
        "known_until": report.known_until.isoformat(),
        "unknown_days": left.unknown_days,
        "days_to_come": left.days_to_come,
        "against_known_days": before.known_days,
        "against_lost_days": before.lost_days,
        "allowed_days": left.allowed_days,
        "lost_days": left.lost_days,
        "left_days": left.days,
        "left_days_if_unknown_good": left.if_unknown_good,
        "left_days_if_unknown_lost": left.if_unknown_lost,
        "lost_by_ozone_alone_days": now.lost_by_ozone_alone_days,
        "ozone_known_days": now.ozone_known_days,
        "basis": basis(now.provenance),
        "against_basis": basis(before.provenance),
    }
