"""The air day by day, hour by hour and year by year, how many more days a year may lose, and where six pollutants go."""

from datetime import date, timedelta
from typing import Literal

from msgspec import Struct, convert

from reports import air, air_hours, budget, trends
from reports.budget import Budget
from reports.found import NoDayError
from reports.trends import OfPollutant, Part
from store import clock
from store.city import CITY
from views.http.api import parameters
from views.http.api.parameters import BadParameterError, Id, InPages, Year
from views.http.api.values import Basis, Moment, Paged, basis

MOST_DAYS, MOST_DAYS_OF_HOURS = 400, 31
USUAL_DAYS = 365  # where no first day is named


# ── days ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
class DailyQuestion(InPages, frozen=True, kw_only=True):
    """From a day to a day, at most 400 of them; the last year where none is named."""

    from_: date | None = None
    to: date | None = None


class Day(Struct, frozen=True, kw_only=True, weakref=True):
    """A judged day of the city. ozone: what is known of it; ozone_judged: whether the index counts it."""

    date: date
    pm25_ugm3: float | None
    pm10_ugm3: float | None
    so2_ugm3: float | None
    no2_ugm3: float | None
    co_mgm3: float | None
    o3_8h_ugm3: float | None
    aqi: int | None
    level: int | None
    primary: str
    standard: str
    ozone: Literal["counted", "counted_from_stations", "proven_not_exceeding", "unknown"]
    ozone_judged: bool
    aqi_at_most: int | None
    o3_stations: int | None
    ozone_unsure: bool
    document_id: str


class Days(Paged, frozen=True, kw_only=True):
    """Judged days of the city, the oldest first. basis: of the days of this page, null where there are none."""

    days: list[Day]
    basis: Basis | None


def daily(asked: DailyQuestion) -> Days:
    """Judged days of the city."""
    until = asked.to or air.latest_day().day
    since = asked.from_ or until - timedelta(days=USUAL_DAYS - 1)
    parameters.span_days(since, until, MOST_DAYS)
    frame = air.days()
    frame = frame[(frame["date"].dt.date >= since) & (frame["date"].dt.date <= until)]
    shown, after = parameters.page(range(len(frame)), asked, lambda n: frame["date"].iloc[n])
    days = frame.iloc[list(shown)]
    return Days(
        days=[convert(row, Day, from_attributes=True) for row in air.judged_days(days)],
        basis=basis(air.days_provenance(days)) if len(days) else None,
        next=after,
    )


# ── hours ────────────────────────────────────────────────────────────────────────────────────────────────────────────
class HourlyQuestion(InPages, frozen=True, kw_only=True):
    """Of the city or a station, from a day to a day, at most 31 of them; the last day with hours where none is named."""

    place: Id = CITY
    from_: date | None = None
    to: date | None = None


class Hour(Struct, frozen=True, kw_only=True, weakref=True):
    """An hour, by its end. published: whether the AQI is the platform's, else computed here by ``standard``."""

    at: Moment
    pm25_ugm3: float | None
    pm10_ugm3: float | None
    so2_ugm3: float | None
    no2_ugm3: float | None
    co_mgm3: float | None
    o3_1h_ugm3: float | None
    aqi: int | None
    level: int | None
    primary: str
    published: bool
    standard: str


class Hours(Paged, frozen=True, kw_only=True):
    """The known hours of a place, the oldest first. basis: null where no hour is known."""

    place: str
    hours: list[Hour]
    basis: Basis | None


def hourly(asked: HourlyQuestion) -> Hours:
    """Hours of the city or a station."""
    parameters.check("place", asked.place, air_hours.places())
    until = asked.to or air_hours.last_day(asked.place) or clock.today()
    since = asked.from_ or until
    parameters.span_days(since, until, MOST_DAYS_OF_HOURS)
    report = air_hours.hours(asked.place, since, until)
    shown, after = parameters.page(report.rows, asked, lambda row: row.at)
    return Hours(
        place=asked.place,
        hours=[convert(row, Hour, from_attributes=True) for row in shown],
        basis=basis(report.provenance) if report.provenance else None,
        next=after,
    )


# ── years ────────────────────────────────────────────────────────────────────────────────────────────────────────────
class YearQuestion(Struct, frozen=True, kw_only=True, weakref=True):
    """One year or all known; by the edition in force on each day or by one; ozone left out or counted where known."""

    year: Year | None = None
    edition: Literal["in_force", "2012", "2026"] = "in_force"
    ozone: air.Ozone = "excluded"


class OfficialShare(Struct, frozen=True, kw_only=True, weakref=True):
    """A share of good days as an official document gives it."""

    good_day_share_pct: float
    basis: Basis


class YearOfAir(Struct, frozen=True, kw_only=True, weakref=True):
    """A year's days as far as known, judged by one edition or by the one in force on each day, beside official shares."""

    year: int
    edition: str
    ozone: air.Ozone
    until: date
    known_days: int
    good_days: int
    bad_days: int
    good_day_share_pct: float
    days_by_level: dict[str, int]
    primary_days: dict[str, float]
    mean_pm25_ugm3: float | None
    mean_pm10_ugm3: float | None
    ozone_known_days: int
    basis: Basis
    official: list[OfficialShare]


class Years(Struct, frozen=True, kw_only=True, weakref=True):
    """Years of the city's air, the oldest first."""

    years: list[YearOfAir]


def year(asked: YearQuestion) -> Years:
    """What the archive gives of each year."""
    edition = budget.EDITIONS.get(asked.edition, asked.edition)
    numbers = [asked.year] if asked.year else [one.year for one in air.years()]
    try:
        found = [air.year(number, edition, ozone=asked.ozone) for number in numbers]
    except ValueError:
        raise BadParameterError("no_day", name="year", year=asked.year) from None
    return Years(years=[_year(one) for one in found])


def _year(one: air.Year) -> YearOfAir:
    official = [
        OfficialShare(good_day_share_pct=value, basis=basis(source))
        for year, value, source in air.shares().official
        if year == one.year
    ]
    return YearOfAir(
        year=one.year,
        edition=one.edition,
        ozone=one.ozone,
        until=one.until,
        known_days=one.known_days,
        good_days=one.good_days,
        bad_days=one.bad_days,
        good_day_share_pct=one.share_pct,
        days_by_level={str(level): n for level, n in one.by_level.items()},
        primary_days=one.primary_days,
        mean_pm25_ugm3=one.mean_pm25_ugm3,
        mean_pm10_ugm3=one.mean_pm10_ugm3,
        ozone_known_days=one.ozone_known_days,
        basis=basis(one.provenance),
        official=official,
    )


# ── budget ───────────────────────────────────────────────────────────────────────────────────────────────────────────
class BudgetQuestion(Struct, frozen=True, kw_only=True, weakref=True):
    """A year, an earlier one it is held against (else the one before), and the edition both are judged by."""

    year: Year | None = None
    against: Year | None = None
    edition: Literal["2012", "2026"] = "2026"


class DayBudget(Struct, frozen=True, kw_only=True, weakref=True):
    """Days a year may still lose to be no worse than another, both by one edition and without ozone."""

    year: int
    against: int
    edition: str
    ozone: Literal["excluded"]
    known_days: int
    known_until: date
    unknown_days: int
    days_to_come: int
    against_known_days: int
    against_lost_days: int
    allowed_days: int
    lost_days: int
    left_days: int
    left_days_if_unknown_good: int
    left_days_if_unknown_lost: int
    lost_by_ozone_alone_days: int
    ozone_known_days: int
    basis: Basis
    against_basis: Basis


def day_budget(asked: BudgetQuestion) -> DayBudget:
    """Days ``year`` may still lose to be no worse than ``against``, both by one ``edition`` and without ozone."""
    today = clock.today()
    year = asked.year or budget.running_year(today)
    against = asked.against or year - 1
    if against >= year:
        raise BadParameterError("later", against=against, year=year)
    try:
        return _budget(year, against, budget.budget(year, against, asked.edition, today))
    except budget.TooFewDaysError as error:
        raise BadParameterError(
            "too_few_days", year=error.year, known=error.known_days, days=error.days, needed=error.needed_days
        ) from None
    except budget.IncomparableError as error:
        raise BadParameterError("differ", year=year, against=against, terms=error.dimensions) from None
    except NoDayError as error:
        if asked.year is None and asked.against is None:
            raise
        raise BadParameterError("no_day", name="year", year=error.year) from None


def _budget(year: int, against: int, report: Budget) -> DayBudget:
    left, now, before = report.left, report.now, report.before
    return DayBudget(
        year=year,
        against=against,
        edition=now.edition,
        ozone="excluded",
        known_days=left.known_days,
        known_until=report.known_until,
        unknown_days=left.unknown_days,
        days_to_come=left.days_to_come,
        against_known_days=before.known_days,
        against_lost_days=before.lost_days,
        allowed_days=left.allowed_days,
        lost_days=left.lost_days,
        left_days=left.days,
        left_days_if_unknown_good=left.if_unknown_good,
        left_days_if_unknown_lost=left.if_unknown_lost,
        lost_by_ozone_alone_days=now.lost_by_ozone_alone_days,
        ozone_known_days=now.ozone_known_days,
        basis=basis(now.provenance),
        against_basis=basis(before.provenance),
    )


# ── trends ───────────────────────────────────────────────────────────────────────────────────────────────────────────
class TrendsQuestion(Struct, frozen=True, kw_only=True, weakref=True):
    """Before or after 2018-09-01, when the measuring state changed: no trend crosses that day."""

    part: Part = "after"


class TrendOfPollutant(Struct, frozen=True, kw_only=True, weakref=True):
    """The trend of a pollutant's monthly means in % of their mean a year, with its 95 % interval; null without a trend.

    direction: falls and rises where test and interval agree, _likely where only the interval shows it. months: used.
    """

    item: str
    part: Part
    direction: trends.Direction
    first_month: str
    last_month: str
    months: int
    slope_pct_a_year: float | None
    slope_low_pct_a_year: float | None
    slope_high_pct_a_year: float | None
    p_value: float | None
    left_out_months: dict[str, int]
    basis: Basis


class Trends(Struct, frozen=True, kw_only=True, weakref=True):
    """The six pollutants on one side of the change of the measuring state."""

    trends: list[TrendOfPollutant]


def six_trends(asked: TrendsQuestion) -> Trends:
    """Whether each of the six pollutants rises or falls."""
    return Trends(trends=[_trend(one) for one in trends.six(asked.part)])


def _trend(one: OfPollutant) -> TrendOfPollutant:
    slope, low, high = one.percent_a_year or (None, None, None)
    return TrendOfPollutant(
        item=one.column,
        part=one.part,
        direction=trends.direction(one.trend),
        first_month=one.first,
        last_month=one.last,
        months=one.trend.n if one.trend else 0,
        slope_pct_a_year=slope,
        slope_low_pct_a_year=low,
        slope_high_pct_a_year=high,
        p_value=one.trend.p_value if one.trend else None,
        left_out_months=dict(one.left_out),
        basis=basis(one.provenance),
    )
