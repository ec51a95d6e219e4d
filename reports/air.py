"""How is the sky, and will the year's target be met? Days, years, the long run and the neighbours."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Literal, TypeVar

import numpy as np
import pandas as pd
from msgspec import Struct
from msgspec.structs import replace

from assessment import air_year, aqi, comparison, trends
from assessment.air_year import Evaluation as Evaluation
from assessment.air_year import Share
from assessment.comparison import Differs, Terms
from assessment.editions import DAYS_FOR_A_YEAR, GB3095_2012, GB3095_2026, NEW_FROM, PRIMARY_ABOVE
from assessment.editions import FIRST_YEAR_SINCE_CHANGE as FIRST_YEAR_SINCE_CHANGE
from assessment.editions import GOOD_LEVEL as GOOD_LEVEL
from assessment.editions import GOOD_UP_TO as GOOD_UP_TO
from assessment.editions import LEVEL_ENDS as LEVEL_ENDS
from assessment.editions import NEW as NEW
from assessment.editions import OLD as OLD
from assessment.editions import STATE_CHANGED as STATE_CHANGED
from assessment.ozone import COUNTS, FROM_STATIONS, PROVEN, UNKNOWN, State
from reports import air_days, provenance
from reports.air_days import LIVE, O3, POLLUTANTS
from reports.cached import cached_report
from reports.found import NoDayError, NothingFoundError
from reports.provenance import Provenance
from store import facts, records, standards
from store.city import CAPITALS, CITY

Ozone = Literal["best", "excluded"]
IN_FORCE = "in_force"
EDITIONS = (IN_FORCE, OLD, NEW)
# What is to be said of a day's ozone: nothing (the city's value is counted); counted as the mean of stations; not counted,
# and the index with it is not known, the same, or at most another.
OzoneRemark = Literal["", "stations", "unknown", "same", "proven"]
FIRST_WHOLE_YEAR = 2014
LAST_DAYS = 30  # shown one by one up to the last
DECEMBER = 12
DUST_RATIO_BELOW = 0.4  # PM2.5 ÷ PM10: coarse particles prevail, as they do in dust; our hint, of no rule


@cached_report("facts", "air_hours", "air_days")
def days(edition: str = IN_FORCE, ozone: Ozone = "best") -> pd.DataFrame:
    """Every day known since 2013-10-28, judged: all columns of :func:`reports.air_days.known` and of ``with_ozone``.

    ``edition``: the one in force on each day, or one by name. ``ozone``: ``best`` counts it wherever its 8-hour value is
    known (the 2012 edition its largest hour as well); ``excluded`` counts it nowhere, so that years of which different
    days are known can be compared. Added by the judgement: standard, aqi, level (1–6), primary, iaqi_…, and ozone_judged
    (whether the index counts an ozone value the edition uses).
    """
    known = air_days.known()
    counted = known if ozone == "best" else known.assign(o3_8h_ugm3=np.nan, o3_1h_ugm3=np.nan)
    judged = aqi.judge(
        counted, standards.aqi_editions(), edition=None if edition == IN_FORCE else edition, missing_rule="available"
    )
    hour_counted = counted["o3_1h_ugm3"].notna() & (judged["standard"] == OLD)
    has_ozone = counted["o3_8h_ugm3"].notna() | hour_counted
    found = judged.assign(level=judged["category_level"], ozone_judged=has_ozone, **known[["o3_8h_ugm3", "o3_1h_ugm3"]])
    return air_days.with_ozone(found)


def days_provenance(frame: pd.DataFrame, edition: str = IN_FORCE) -> Provenance:
    """Basis of anything computed from days: where they came from, the editions they were judged by."""
    first, last = frame["date"].min().date(), frame["date"].max().date()
    of_stations = frame.loc[frame["ozone_judged"], "o3_document_id"].dropna()
    documents = [*air_days.documents(frame["document_id"]), *of_stations.drop_duplicates()]
    named = " · ".join(sorted(frame["standard"].dropna().unique())) if edition == IN_FORCE else edition
    kind: provenance.Kind = "provisional" if documents == [LIVE] else "archive"
    return provenance.of(kind, f"{first}/{last}", *documents, standard=named, dust="raw")


class RatedDay(Struct, frozen=True, weakref=True):
    """A row of judged days: its index and level, None where nothing is known of it."""

    date: date
    aqi: int | None
    level: int | None


class DayWithOzone(RatedDay, frozen=True):
    """… and what is known of its ozone: a row as :func:`reports.air_days.with_ozone` gives it."""

    ozone: State
    ozone_judged: bool
    aqi_at_most: int | None
    level_at_most: int | None


class JudgedDay(DayWithOzone, frozen=True):
    """A row of :func:`days`. Concentrations in µg/m³, CO in mg/m³; ``primary``: joined by commas."""

    pm25_ugm3: float | None
    pm10_ugm3: float | None
    so2_ugm3: float | None
    no2_ugm3: float | None
    co_mgm3: float | None
    o3_8h_ugm3: float | None
    o3_1h_ugm3: float | None
    o3_kind: str | None
    o3_stations: int | None
    ozone_unsure: bool
    primary: str
    standard: str
    document_id: str

    @property
    def primaries(self) -> tuple[str, ...]:
        """The primary pollutants."""
        return tuple(self.primary.split(",")) if self.primary else ()


WHOLE_NUMBERS = ("aqi", "level", "aqi_at_most", "level_at_most", "o3_stations")
D = TypeVar("D", bound=RatedDay)


def _rows(kind: type[D], frame: pd.DataFrame) -> list[D]:
    return facts.structs(kind, frame, whole=WHOLE_NUMBERS)


def judged_days(frame: pd.DataFrame) -> list[JudgedDay]:
    """Rows of :func:`days`, typed."""
    return _rows(JudgedDay, frame)


class EveryDay(Struct, frozen=True, weakref=True):
    """Every day known, as :func:`days` gives them. ``of_stations``: days whose ozone is a mean of stations."""

    days: pd.DataFrame
    known_days: int
    of_stations: int
    provenance: Provenance


@cached_report("facts", "air_hours", "air_days")
def every_day() -> EveryDay:
    """Every day by the edition in force on it, ozone counted where known. Raises NothingFoundError where no day is known."""
    frame = days()
    if frame.empty:
        raise NothingFoundError("days")
    of_stations = int((frame["ozone"] == FROM_STATIONS).sum())
    return EveryDay(frame, int(frame["aqi"].notna().sum()), of_stations, days_provenance(frame))


class Item(Struct, frozen=True, weakref=True):
    """One pollutant of a day: its concentration, IAQI and the daily limit (class 2) in force; None where not known."""

    pollutant: str
    value: float | None
    iaqi: float | None
    limit: float


class Day(Struct, frozen=True, weakref=True):
    """A judged day."""

    day: date
    aqi: int
    level: int
    primary: tuple[str, ...]  # among the pollutants the index counts
    above_100: tuple[str, ...]  # every pollutant whose individual index is above 100
    standard: str
    ozone: State
    aqi_at_most: int | None  # once ozone is counted; None where nothing bounds it
    ozone_stations: int  # whose mean its ozone is; 0 where it is not a mean of stations
    items: tuple[Item, ...]
    provenance: Provenance

    @property
    def primary_computed(self) -> bool:
        """Whether the primary pollutants are computed where the platform named none: a day's index is of this site."""
        return False

    @property
    def ozone_counted(self) -> bool:
        """Whether the index counts the day's 8-hour ozone."""
        return self.ozone in COUNTS

    @property
    def ozone_may_lead(self) -> bool:
        """Whether ozone, not counted, may be the day's primary pollutant."""
        return not self.ozone_counted and (self.aqi_at_most is None or self.aqi_at_most > max(self.aqi, PRIMARY_ABOVE))

    @property
    def ozone_remark(self) -> OzoneRemark:
        """What is to be said of the day's ozone."""
        return _ozone_remark(self.ozone, self.ozone_counted, self.aqi, self.aqi_at_most)


@cached_report("facts", "air_hours", "air_days")
def latest_day() -> Day:
    """The last day the archive holds. Raises NothingFoundError where it holds none."""
    frame = days()
    known = frame.dropna(subset=["aqi"])
    if known.empty:
        raise NothingFoundError("days")
    only = known.tail(1)
    (row,) = judged_days(only)
    assert row.aqi is not None
    assert row.level is not None
    iaqis = {name: only[short].iloc[0] for name in aqi.ITEMS if (short := aqi.short(name)) in only}
    return Day(
        row.date,
        row.aqi,
        row.level,
        row.primaries,
        aqi.above_100(iaqis, row.primaries, row.aqi),
        row.standard,
        row.ozone,
        row.aqi_at_most,
        row.o3_stations or 0,
        tuple(_item(row, column, iaqis) for column in (*POLLUTANTS, O3)),
        days_provenance(only).of_period(row.date.isoformat()),
    )


def _item(row: JudgedDay, column: str, iaqis: Mapping[str, float]) -> Item:
    pollutant = aqi.ITEMS[column][0]
    limit = standards.air_limit(row.date, pollutant, "MDA8" if column == O3 else "24h")
    return Item(pollutant, getattr(row, column), _known(iaqis.get(column)), limit)


def _known(value: float | None) -> float | None:
    return None if value is None or pd.isna(value) else float(value)


def _ozone_remark(state: State, counted: bool, index: int, at_most: int | None) -> OzoneRemark:
    """``counted``: whether the index counts the 8-hour ozone; ``at_most``: the index once it does, None where unknown."""
    if counted:
        return "stations" if state == FROM_STATIONS else ""
    if at_most is None:
        return "unknown"
    return "same" if at_most == index else "proven"


class CalendarDay(Struct, frozen=True, weakref=True):
    """A day as a calendar draws it. ``most``: its index at most once ozone is counted; ``may_rise``: its level may be higher."""

    day: date
    aqi: int
    level: int
    ozone: OzoneRemark = ""
    most: int | None = None
    may_rise: bool = False


def calendar_days(frame: pd.DataFrame) -> tuple[CalendarDay, ...]:
    """The known ones of judged days (columns date, aqi, level; those of :func:`days` where ozone is asked about)."""
    known = frame[frame["aqi"].notna()]
    return tuple(map(_calendar_day, _rows(DayWithOzone if "ozone" in frame else RatedDay, known)))


def _calendar_day(row: RatedDay) -> CalendarDay:
    assert row.aqi is not None
    assert row.level is not None
    if not isinstance(row, DayWithOzone):
        return CalendarDay(row.date, row.aqi, row.level)
    counted = row.ozone in COUNTS and row.ozone_judged
    rises = not counted and (row.level_at_most is None or row.level_at_most > row.level)
    remark = _ozone_remark(row.ozone, counted, row.aqi, row.aqi_at_most)
    return CalendarDay(row.date, row.aqi, row.level, remark, row.aqi_at_most, rises)


@cached_report("facts", "air_hours", "air_days")
def last_days() -> tuple[CalendarDay, ...]:
    """The known ones of the :data:`LAST_DAYS` up to the last the archive holds. Raises NothingFoundError without any."""
    frame, first = days(), latest_day().day - timedelta(days=LAST_DAYS - 1)
    return calendar_days(frame[frame["date"].dt.date >= first])


class Year(Struct, frozen=True, weakref=True):
    """A year's days so far, judged by one edition or by the one in force on each day, on one ozone basis."""

    year: int
    edition: str
    ozone: Ozone
    until: date
    known_days: int
    good_days: int
    share_pct: float  # good days ÷ known days × 100
    by_level: dict[int, int]
    primary_days: dict[str, float]  # days by primary pollutant; ties share the day
    mean_pm25_ugm3: float | None
    mean_pm10_ugm3: float | None
    ozone_days: dict[str, int]  # days by what is known of their ozone (states of assessment.ozone)
    provenance: Provenance

    @property
    def ozone_known_days(self) -> int:
        """Days whose 8-hour ozone is known, whether or not these numbers count it."""
        return sum(self.ozone_days.get(state, 0) for state in COUNTS)

    @property
    def bad_days(self) -> int:
        """Days above 100."""
        return self.known_days - self.good_days


@cached_report("facts", "air_hours", "air_days")
def year(number: int, edition: str = IN_FORCE, until: date | None = None, ozone: Ozone = "excluded") -> Year:
    """A year, whole or up to a day (inclusive).

    Without ozone by default: years that know it on different days are not compared with it. What it adds is given
    by :func:`ozone_alone`. Raises NothingFoundError where no day of the year is known.
    """
    frame = days(edition, ozone)
    part = frame[frame["date"].dt.year == number]
    if until:
        part = part[part["date"] <= pd.Timestamp(until)]
    known = part.dropna(subset=["aqi"])
    if known.empty:
        end = date(number, 12, 31)
        raise NoDayError(number, date(number, 1, 1), min(until, end) if until else end)
    good = int((known["aqi"] <= GOOD_UP_TO).sum())
    counted = air_year.good_day_share(known["aqi"].to_numpy(float))
    return Year(
        number,
        edition,
        ozone,
        known["date"].max().date(),
        len(known),
        good,
        float(counted.share_pct or 0),
        {int(level): int(n) for level, n in known["level"].value_counts().sort_index().items()},
        _primary_days(known),
        _mean(known["pm25_ugm3"]),
        _mean(known["pm10_ugm3"]),
        {str(state): int(n) for state, n in known["ozone"].value_counts().items()},
        days_provenance(known, edition).with_terms(_share_terms(known, number, ozone)),
    )


def _share_terms(known: pd.DataFrame, number: int, ozone: Ozone) -> Terms:
    """What a year's share of good days is. Ozone counted wherever it is known counts on some days only."""
    last = known["date"].max().date()
    whole = last == date(number, 12, 31)
    period = str(number) if whole else f"{number}-01-01/{last}"
    return Terms(
        "good_day_share_pct",
        "share",
        period,
        CITY,
        edition=" · ".join(sorted(known["standard"].unique())),
        state=comparison.state_of(period),
        dust="raw",
        ozone="excluded" if ozone == "excluded" else "counted" if bool(known["ozone_judged"].all()) else "partly",
        known_days=len(known),
        measurer="archive",
    )


class OzoneAlone(Struct, frozen=True, weakref=True):
    """The days of a year that are above 100 only once ozone is counted, and on how many days its 8-hour value is known."""

    year: int
    edition: str
    until: date
    days: tuple[date, ...]
    unsure: tuple[date, ...]  # of these, days whose stations lie on both sides of the limit
    known_days: int  # 8-hour ozone known: the city's own, or the mean of its stations
    of_stations_days: int  # of these, days with the mean of stations
    proven_days: int  # not known, but the largest hour proves an index of at most 100
    open_days: int  # neither: it may have been above 100
    provenance: Provenance


@cached_report("facts", "air_hours", "air_days")
def ozone_alone(number: int, edition: str = IN_FORCE, until: date | None = None) -> OzoneAlone:
    """What ozone alone takes from a year, whole or up to a day (inclusive), beside the counts without it.

    Raises ValueError where no day of the year is known.
    """
    without = year(number, edition, until)
    part, bare = days(edition), days(edition, "excluded")
    mine = (part["date"].dt.year == number) & (part["date"] <= pd.Timestamp(without.until))
    lost = part[mine & (part["aqi"] > GOOD_UP_TO) & ~(bare["aqi"] > GOOD_UP_TO)]
    return OzoneAlone(
        number,
        edition,
        without.until,
        tuple(lost["date"].dt.date),
        tuple(lost.loc[lost["ozone_unsure"], "date"].dt.date),
        without.ozone_known_days,
        without.ozone_days.get(FROM_STATIONS, 0),
        without.ozone_days.get(PROVEN, 0),
        without.ozone_days.get(UNKNOWN, 0),
        days_provenance(part[mine], edition),
    )


class Calendar(Struct, frozen=True, weakref=True):
    """A year day by day by one edition (or the ones in force). ``without``: its counts without ozone, ``best``: with it.

    ``alone``: what ozone alone takes from it.
    """

    year: int
    edition: str
    days: tuple[CalendarDay, ...]
    without: Year
    best: Year
    alone: OzoneAlone

    @property
    def may_rise(self) -> bool:
        """Whether the level of some day may be higher with ozone."""
        return any(one.may_rise for one in self.days)


@cached_report("facts", "air_hours", "air_days")
def calendar(number: int, edition: str = IN_FORCE) -> Calendar:
    """A year's days. Raises ValueError where no day of it is known."""
    frame = days(edition)
    mine = calendar_days(frame[frame["date"].dt.year == number])
    without, best = year(number, edition), year(number, edition, ozone="best")
    return Calendar(number, edition, mine, without, best, ozone_alone(number, edition))


def _primary_days(known: pd.DataFrame) -> dict[str, float]:
    shares: dict[str, float] = {}
    for names in known.loc[known["primary"] != "", "primary"]:
        parts = names.split(",")
        for name in parts:
            shares[name] = shares.get(name, 0.0) + 1 / len(parts)
    return dict(sorted(shares.items(), key=lambda item: -item[1]))


def _mean(values: pd.Series) -> float | None:
    return None if values.isna().all() else aqi.rounded(values.mean(), 1)


@cached_report("facts", "air_hours", "air_days")
def years(edition: str = IN_FORCE) -> tuple[Year, ...]:
    """Every year the archive holds enough of, the running one as far as it goes."""
    frame = days(edition, "excluded")
    known = sorted(set(frame.loc[frame["aqi"].notna(), "date"].dt.year))
    return tuple(year(int(number), edition) for number in known if number >= FIRST_WHOLE_YEAR)


class RuleEffect(Struct, frozen=True, weakref=True):
    """The same days, without ozone, by the edition in force on each and by the 2012 edition: what the rule alone changes."""

    start: date
    end: date
    in_force: Share
    by_old: Share
    points: float  # percentage points of the good-day share that the rule alone takes away
    provenance: Provenance

    @property
    def bad_by_old(self) -> int:
        """Days above 100 if the 2012 edition were still in force."""
        return self.by_old.valid_days - self.by_old.good_days


@cached_report("facts", "air_hours", "air_days")
def rule_effect(number: int) -> RuleEffect:
    """A year's days so far under the editions in force and under the old one."""
    now = year(number)
    mine = (days()["date"].dt.year == number).to_numpy()
    by_old, in_force = (days(edition, "excluded")["aqi"].to_numpy(float)[mine] for edition in (OLD, IN_FORCE))
    effect = air_year.effect_of_rule(by_old, in_force)
    return RuleEffect(date(number, 1, 1), now.until, effect.later, effect.earlier, effect.points or 0.0, now.provenance)


def same_day(day: date, number: int) -> date:
    """The day in another year; 29 February falls on the 28th where there is none."""
    return day.replace(year=number, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=number)


class Shares(Struct, frozen=True, weakref=True):
    """Good-day shares by year: what officials published (every value, with its basis) and what the archive gives."""

    official: tuple[tuple[int, float, Provenance], ...]
    archive: tuple[Year, ...]
    archive_by_new: tuple[Year, ...]

    @property
    def last_whole(self) -> tuple[Year, Year]:
        """The last year known to its end: by the edition then in force, and by the new one.

        Raises NothingFoundError where there is none.
        """
        last = next((one for one in reversed(self.archive) if one.until.month == DECEMBER), None)
        if last is None:
            raise NothingFoundError("years")
        return last, next(one for one in self.archive_by_new if one.year == last.year)


@cached_report("facts", "air_hours", "air_days")
def shares() -> Shares:
    """Official shares beside the archive's, the latter by the edition in force and by the new one."""
    official = _annual("good_day_share_pct")
    return Shares(tuple(sorted(official, key=lambda one: one[:2])), years(), years(NEW))


def _annual(indicator_id: str) -> list[tuple[int, float, Provenance]]:
    """The values published of whole years for the city."""
    rows = facts.where(records.Figure, indicator_id=indicator_id, area_id=CITY)
    return [
        (int(row.period), row.value, provenance.of_figure(row))
        for row in rows
        if row.period.isdigit() and row.value is not None
    ]


class LongRun(Struct, frozen=True, weakref=True):
    """Annual means (years with at least 324 days), official annual values, and limits with their dates."""

    annual: pd.DataFrame  # year, days, pm25_ugm3, pm10_ugm3, segment (before | mixed | after the change of state)
    official: tuple[tuple[str, int, float, Provenance], ...]  # (pollutant column, year, value, basis)
    limits: dict[str, tuple[tuple[float, date, date | None], ...]]
    monthly: pd.DataFrame  # year, month, days, pm10_ugm3; months with too few days left out
    worst_month: int  # by the mean PM10 of the years since the change of state whose twelve months are all known
    worst_month_pm10_ugm3: float
    worst_in_years: int  # of those years it was the worst month in so many
    whole_years: int
    worst_provenance: Provenance  # of those years
    provenance: Provenance

    @property
    def new_limits(self) -> date:
        """The day the first limits since the change of the measuring state come into force."""
        return min(start for limits in self.limits.values() for _, start, _ in limits if start > STATE_CHANGED)


@cached_report("facts", "air_hours", "air_days")
def long_run() -> LongRun:
    """PM2.5 and PM10 since 2014, never compared across 2018-09-01.

    Raises NothingFoundError where no year has the days for an annual value, or none since then all its months.
    """
    frame = days()
    by_year = frame.groupby(frame["date"].dt.year)
    means = by_year[["pm25_ugm3", "pm10_ugm3"]].mean()
    means.loc[:] = aqi.round_half_even(means, 1)
    annual = means.assign(days=by_year.size()).rename_axis("year").reset_index()
    annual = annual[annual["days"] >= DAYS_FOR_A_YEAR].reset_index(drop=True)
    change = STATE_CHANGED.year
    annual["segment"] = np.select([annual["year"] < change, annual["year"] == change], ["before", "mixed"], "after")
    monthly = _monthly(frame)
    since = monthly[monthly["year"] > change].pivot(index="year", columns="month", values="pm10_ugm3")
    since = since.reindex(columns=range(1, 13)).dropna()
    if annual.empty or since.empty:
        raise NothingFoundError("years")
    by_month = since.mean()
    limits = {
        "pm25_ugm3": standards.annual_limits("PM2.5"),
        "pm10_ugm3": standards.annual_limits("PM10"),
    }
    worst = int(by_month.idxmax())
    return LongRun(
        annual,
        _official_means(),
        limits,
        monthly,
        worst,
        aqi.rounded(by_month.max(), 1),
        int((since.idxmax(axis="columns") == worst).sum()),
        len(since),
        days_provenance(frame[frame["date"].dt.year.isin(since.index)]),
        days_provenance(frame),
    )


def _monthly(frame: pd.DataFrame) -> pd.DataFrame:
    """Monthly means of PM10 where the month has enough days (:func:`assessment.trends.monthly`)."""
    found = trends.monthly(frame["date"].to_numpy(), frame["pm10_ugm3"].to_numpy(float))
    months = pd.DatetimeIndex(found.months)
    means = aqi.round_half_even(found.means, 1)
    return (
        pd.DataFrame({"year": months.year, "month": months.month, "days": found.days, "pm10_ugm3": means})
        .dropna()
        .reset_index(drop=True)
    )


def _official_means() -> tuple[tuple[str, int, float, Provenance], ...]:
    columns = {"pm25_annual_ugm3": "pm25_ugm3", "pm10_annual_ugm3": "pm10_ugm3"}
    return tuple((column, *one) for indicator_id, column in columns.items() for one in _annual(indicator_id))


class Capitals(Struct, frozen=True, weakref=True):
    """The five northwestern capitals by year."""

    annual: pd.DataFrame  # area_id, year, days_known, pm25_ugm3, pm10_ugm3, good_day_share_pct, partial
    names: dict[str, records.Area]
    last_year: int  # the last whole one
    apart: dict[str, tuple[Differs, ...]]  # by measure: why the cities of the last year cannot be ranked
    provenance: Provenance

    def place(self, measure: str) -> tuple[float, int, int]:
        """Xining's value of the last year, its place (1: the best), and how many cities there are."""
        last = self.annual[self.annual["year"] == self.last_year].set_index("area_id")[measure]
        mine = last[CITY]
        worse = last < mine if measure in MORE_IS_BETTER else last > mine
        return float(mine), len(last) - int(worse.sum()), len(last)


@cached_report("facts", "air_hours", "air_days")
def capitals() -> Capitals:
    """Annual means and good-day shares of Xining, Lanzhou, Yinchuan, Ürümqi and Xi'an.

    Xining by its daily series, as everywhere else; the others by months of the daily archives weighted by their days, or
    by the annual collection for a year it holds more of. ``partial`` marks a year with fewer than 324 days or with gaps
    filled by others. Raises NothingFoundError where no year of any is whole.
    """
    both = pd.concat([_capitals_by_month(), _capitals_by_year()]).sort_values("days_known", kind="stable")
    others = both.drop_duplicates(["area_id", "year"], keep="last").query("area_id != @CITY")
    annual = pd.concat([others, _own_by_day()]).sort_values(["area_id", "year"])
    if annual["partial"].all():
        raise NothingFoundError("capitals")
    last = int(annual.loc[~annual["partial"], "year"].max())  # the running year is not the same months in every city
    annual = annual[annual["year"].between(FIRST_WHOLE_YEAR, last)].reset_index(drop=True)
    documents = [row.document_id for row in facts.every(records.CapitalMonth)]
    documents += [row.document_id for row in facts.every(records.CapitalYear)]
    documents += [one.document.document_id for one in years(OLD)[-1].provenance.sources]
    known = provenance.of("archive", f"{FIRST_WHOLE_YEAR}/{last}", *dict.fromkeys(documents), standard=OLD, dust="raw")
    areas = facts.by_id(records.Area)
    apart = {measure: _apart(annual[annual["year"] == last], measure) for measure in MEASURES}
    return Capitals(annual, {area: areas[area] for area in CAPITALS}, last, apart, known)


MEASURES = ("pm25_ugm3", "pm10_ugm3", "good_day_share_pct")
MORE_IS_BETTER = ("good_day_share_pct",)


def _apart(last: pd.DataFrame, measure: str) -> tuple[Differs, ...]:
    """Why the cities' values of a year cannot be ranked. The archives' published AQI does not state its ozone."""
    share = measure in MORE_IS_BETTER
    terms = [
        Terms(
            measure,
            "share" if share else "mean",
            str(one.year),
            edition=OLD if share else "",
            state=comparison.state_of(str(one.year)),
            dust="raw",
            ozone="" if not share else "excluded" if one.area_id == CITY else "unstated",
            known_days=one.days_known,
            measurer="archive",
        )
        for one in facts.structs(_CapitalYear, last)
    ]
    return comparison.alike(terms)


class _CapitalYear(Struct, frozen=True, weakref=True):
    """A year of a capital as :func:`capitals` joins them, beside its values."""

    area_id: str
    year: int
    days_known: int


def _own_by_day() -> pd.DataFrame:
    """Xining's years from its daily series; shares by the 2012 edition without ozone."""
    return pd.DataFrame(
        {
            "area_id": CITY,
            "year": one.year,
            "days_known": one.known_days,
            "pm25_ugm3": one.mean_pm25_ugm3,
            "pm10_ugm3": one.mean_pm10_ugm3,
            "good_day_share_pct": one.share_pct,
            "partial": one.known_days < DAYS_FOR_A_YEAR,
        }
        for one in years(OLD)
    )


def _capitals_by_month() -> pd.DataFrame:
    monthly = facts.table("capitals_monthly")
    months = monthly.assign(year=monthly["month"].str[:4].astype(int))
    for column in ("pm25_ugm3", "pm10_ugm3"):
        months[column] = months[column] * months["days_known"]
    sums = (
        months.groupby(["area_id", "year"])[["pm25_ugm3", "pm10_ugm3", "days_known", "good_days", "aqi_days"]]
        .sum()
        .reset_index()
    )
    annual = sums[["area_id", "year", "days_known"]].astype({"days_known": int})
    for column in ("pm25_ugm3", "pm10_ugm3"):
        annual[column] = aqi.round_half_even(sums[column] / sums["days_known"], 1)
    shares = 100 * sums["good_days"] / sums["aqi_days"].where(sums["aqi_days"] > 0)
    annual["good_day_share_pct"] = aqi.round_half_even(shares, 1)
    return annual.assign(partial=annual["days_known"] < DAYS_FOR_A_YEAR)


def _capitals_by_year() -> pd.DataFrame:
    annual = facts.table("capitals_annual").astype({"year": int, "days_known": int})
    return annual.assign(partial=annual["caveat"].notna())[
        ["area_id", "year", "days_known", "pm25_ugm3", "pm10_ugm3", "good_day_share_pct", "partial"]
    ]


class Rated(Struct, frozen=True, weakref=True):
    """A year by the standard's own measure: each pollutant's mean and percentile against the limits in force at its end."""

    year: int
    standard: str
    items: tuple[Evaluation, ...]
    provenance: Provenance

    @property
    def judged(self) -> tuple[Evaluation, ...]:
        """The pollutants that are rated; the others lack days, or the method's text is not known."""
        return tuple(one for one in self.items if one.attained is not None)

    @property
    def attained(self) -> int:
        """How many pollutants met their limits."""
        return sum(one.attained is True for one in self.items)

    @property
    def all_items(self) -> int:
        """How many pollutants a rating is about: those of ``items``, and ozone, which the archive cannot rate."""
        return len(self.items) + 1


@cached_report("facts", "air_hours", "air_days")
def rated(number: int) -> Rated:
    """SO2, NO2, PM10, PM2.5 and CO of a year; ozone is left out, the archive's is no 8-hour value any more.

    Raises NothingFoundError where no day of it is known.
    """
    frame = days()
    mine = frame[frame["date"].dt.year == number]
    end = date(number, 12, 31)
    if mine.empty:
        raise NoDayError(number, date(number, 1, 1), end)
    items = tuple(_rated_item(mine, column, end) for column in POLLUTANTS)
    standard = GB3095_2026 if end >= NEW_FROM else GB3095_2012
    return Rated(number, standard, items, replace(days_provenance(mine), standard=standard))


def _rated_item(mine: pd.DataFrame, column: str, end: date) -> Evaluation:
    pollutant = aqi.ITEMS[column][0]
    _, averaging, _ = air_year.STATISTICS[column]
    mean_limit = None if column in air_year.NO_ANNUAL_LIMIT else standards.air_limit(end, pollutant, "annual")
    return air_year.evaluate(
        mine[column].to_numpy(float),
        mine["date"].to_numpy(),
        column,
        mean_limit=mean_limit,
        percentile_limit=standards.air_limit(end, pollutant, averaging),
        method_known=standards.annual_method_known(end),
    )


class Exceedance(Struct, frozen=True, weakref=True):
    """A day above 100. ``ratio``: PM2.5 ÷ PM10, two decimals, None where one of them is not known.

    ``ozone_unsure``: the stations lie on both sides of its limit. ``dust_like``: PM10 leads it with a low ratio, which
    points to dust. A hint only: which days are dust days is decided officially and was not published.
    """

    day: date
    aqi: int
    level: int
    primary: tuple[str, ...]
    pm25_ugm3: float | None
    pm10_ugm3: float | None
    ratio: float | None
    ozone_unsure: bool
    dust_like: bool


class Exceedances(Struct, frozen=True, weakref=True):
    """Days of a year above 100, the earliest first, ozone counted where known.

    ``by_ozone_alone``: days that are above 100 by their ozone alone.
    """

    year: int
    days: tuple[Exceedance, ...]
    by_ozone_alone: int
    provenance: Provenance

    @property
    def dust_like(self) -> int:
        """How many of them point to dust."""
        return sum(one.dust_like for one in self.days)


@cached_report("facts", "air_hours", "air_days")
def exceedances(number: int) -> Exceedances:
    """The days above 100 of a year. Raises ValueError where no day of it is known."""
    frame = days()
    bad = frame[(frame["date"].dt.year == number) & (frame["aqi"] > GOOD_UP_TO)]
    by_ozone, basis = len(ozone_alone(number).days), year(number, ozone="best").provenance
    return Exceedances(number, tuple(map(exceedance, judged_days(bad))), by_ozone, basis)


def exceedance(row: JudgedDay) -> Exceedance:
    """A judged day above 100 with its hint."""
    assert row.aqi is not None
    assert row.level is not None
    ratio = aqi.rounded(row.pm25_ugm3 / row.pm10_ugm3, 2) if row.pm25_ugm3 is not None and row.pm10_ugm3 else None
    return Exceedance(
        row.date,
        row.aqi,
        row.level,
        row.primaries,
        row.pm25_ugm3,
        row.pm10_ugm3,
        ratio,
        row.ozone_unsure,
        ratio is not None and ratio < DUST_RATIO_BELOW and "PM10" in row.primaries,
    )


class Stations(Struct, frozen=True, weakref=True):
    """The monitoring stations known, with their years in service."""

    rows: tuple[records.AirStation, ...]
    provenance: Provenance

    @property
    def active(self) -> tuple[records.AirStation, ...]:
        """Those in service."""
        return tuple(row for row in self.rows if row.state == "active")


@cached_report("facts")
def stations() -> Stations:
    """All stations ever seen in the public feed."""
    rows = facts.every(records.AirStation)
    sources = [(row.document_id, row.place) for row in rows]
    return Stations(tuple(rows), provenance.of("archive", "2018/2025", *dict.fromkeys(sources)))
