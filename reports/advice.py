"""What does the newest air mean for me? An answer for each group: go out, take care, or stay in, and the rule behind it.

The standard's word (HJ 633, appendix A) is what sensitive groups and all others should do at each level, and, since
2026, whom each pollutant with an index above 100 touches (table 2). Ours is the short answer made of it, that runners
and people who work outdoors are "people often active outdoors" of table 2, and that a run is long or hard exercise.
``Answer.ours`` marks where such a step was needed.
"""

from datetime import date, datetime, time, timedelta
from typing import Literal

from msgspec import Struct

from assessment.editions import GOOD_LEVEL, NEW, OLD
from reports import air, air_now, freshness, lookup, provenance
from reports.air import Day
from reports.air_now import Hour, Now, Station
from reports.cached import cached_report
from reports.freshness import Freshness
from reports.provenance import Provenance
from store.clock import ZONE

Group = Literal["everyone", "children", "elderly", "heart_lung", "outdoor_workers", "runners"]
Verdict = Literal["go", "care", "in"]
GROUPS: tuple[Group, ...] = ("everyone", "children", "elderly", "heart_lung", "outdoor_workers", "runners")
SENSITIVE: frozenset[Group] = frozenset(
    {"children", "elderly", "heart_lung"}
)  # named by appendix A whatever the pollutant
OUTDOORS: frozenset[Group] = frozenset({"outdoor_workers", "runners"})
OFTEN_OUTDOORS = "people often active outdoors"  # as sensitive_groups.csv writes table 2's words
DOCUMENTS = {OLD: "hj633_2012", NEW: "hj633_2026"}

# By level, as appendix A words it: the answer and its rule for sensitive groups, then for all others.
FOR_SENSITIVE: dict[int, tuple[Verdict, str]] = {
    1: ("go", "clean"),
    2: ("go", "very_sensitive"),
    3: ("care", "shorter_lighter"),
    4: ("care", "no_long_hard"),
    5: ("in", "stay_inside"),
    6: ("in", "rest_inside"),
}
FOR_OTHERS: dict[int, tuple[Verdict, str]] = {
    1: ("go", "clean"),
    2: ("go", "as_usual"),
    3: ("go", "not_named"),
    4: ("care", "do_less"),
    5: ("care", "cut_down"),
    6: ("in", "avoid"),
}


class Answer(Struct, frozen=True, weakref=True):
    """What a group had better do. ``rule``: the sentence it follows; ``ours``: whether a step of ours led there."""

    group: Group
    verdict: Verdict
    rule: str
    ours: bool = False


class Advice(Struct, frozen=True, weakref=True):
    """The newest air of the city and what it means. ``at``: the hour it is of, None where it is of a whole day."""

    aqi: int
    level: int
    primary: tuple[str, ...]
    primary_computed: bool  # the platform named none
    at: datetime | None
    day: date
    answers: tuple[Answer, ...]
    provenance: Provenance
    rule: Provenance

    @property
    def everyone(self) -> Answer:
        """The answer for all who are in no group."""
        return self.answers[0]


def answers(level: int, above_100: tuple[str, ...], standard: str) -> tuple[Answer, ...]:
    """The answer for each of :data:`GROUPS` at a level (1–6), by an edition of HJ 633.

    ``above_100``: every pollutant whose individual index is above 100, not the primary ones alone (HJ 633-2026 table 2).
    """
    touched = _touches_outdoors(above_100, standard)
    return tuple(_answer(group, level, touched) for group in GROUPS)


def _answer(group: Group, level: int, outdoors_touched: bool) -> Answer:
    if group in SENSITIVE:
        return Answer(group, *FOR_SENSITIVE[level])
    if group == "runners" and (level == 5 or (level == 4 and outdoors_touched)):
        return Answer(group, "in", "run_is_hard", ours=True)
    if group in OUTDOORS and outdoors_touched and level in (3, 4):
        return Answer(group, "care", "often_outdoors", ours=True)
    return Answer(group, *FOR_OTHERS[level])


def _touches_outdoors(above_100: tuple[str, ...], standard: str) -> bool:
    """Whether table 2 names people often active outdoors for one of the pollutants."""
    return any(OFTEN_OUTDOORS in row.groups.en for row in lookup.groups(above_100, standard))


def newest_hour() -> Now | None:
    """The city's latest hour; None where its last whole day is of a later day. An hour within that day counts as newer."""
    report = air_now.now()
    return report if report is not None and report.city.day >= air.latest_day().day else None


def day_end(day: date) -> datetime:
    """The midnight that ends a day in Xining."""
    return datetime.combine(day + timedelta(days=1), time(0), ZONE)


@cached_report("facts", "air_hours", "air_days", "sources")
def now() -> Advice:
    """The city's latest hour; its last whole day where no hour with an index is newer."""
    report, day = newest_hour(), air.latest_day()
    if report is None or report.city.aqi is None or report.city.level is None:
        return _advice(day, day.aqi, day.level, None)
    return _advice(report.city, report.city.aqi, report.city.level, report.city.at)


def freshness_of(newest: Advice, now: datetime) -> Freshness:
    """How old the newest air is, from its hour or from the midnight that ends its day."""
    at = newest.at or day_end(newest.day)
    return freshness.of(freshness.AIR, now, data_at=at, kind=newest.provenance.kind)


def is_outside(newest: Advice, now: datetime) -> bool:
    """Whether the newest air is the air outside, so that it can advise whether to go out."""
    return freshness.outside_now(newest.at, newest.provenance.kind, now)


def _advice(one: Day | Hour, aqi: int, level: int, at: datetime | None) -> Advice:
    rule = provenance.of("published", "", DOCUMENTS[one.standard], standard=one.standard)
    meaning = answers(level, one.above_100, one.standard)
    return Advice(aqi, level, one.primary, one.primary_computed, at, one.day, meaning, one.provenance, rule)


class AtPlace(Struct, frozen=True, weakref=True):
    """An hour of the city or (``station``) of one of its stations that is the air outside, and what it means."""

    hour: Hour
    freshness: Freshness
    station: Station | None
    answers: tuple[Answer, ...]


def at_place(report: Now | None, station: Station | None, now: datetime) -> AtPlace | None:
    """The air at a station, of the whole city where the station has no hour of now; None where the city has none either."""
    for hour, where in ((station.hour if station else None, station), (report.city if report else None, None)):
        if hour is None or hour.aqi is None or hour.level is None:
            continue
        fresh = air_now.hour_freshness(hour, now)
        if fresh.current:
            return AtPlace(hour, fresh, where, answers(hour.level, hour.above_100, hour.standard))
    return None


class SameDay(Struct, frozen=True, weakref=True):
    """One year's same day of the calendar, judged by the standard of its time; ozone, known of some years only, is left out."""

    day: date
    aqi: int
    level: int

    @property
    def good(self) -> bool:
        """Whether it counts as a good day: excellent or good."""
        return self.level <= GOOD_LEVEL


class PastYears(Struct, frozen=True, weakref=True):
    """The same day of the calendar in the years before, the latest first; at least one."""

    days: tuple[SameDay, ...]
    provenance: Provenance

    @property
    def good(self) -> int:
        """How many of them were good."""
        return sum(one.good for one in self.days)


@cached_report("facts", "air_hours", "air_days")
def past_years(day: date) -> PastYears | None:
    """The years before a day that know the same day; None where there are none."""
    past = tuple(one for one in same_day(day) if one.day != day)
    return PastYears(past, same_day_provenance(tuple(one.day for one in past))) if past else None


@cached_report("facts", "air_hours", "air_days")
def same_day(day: date) -> tuple[SameDay, ...]:
    """The same day of every year known, the latest first; years without it are left out."""
    frame = air.days(ozone="excluded").dropna(subset=["aqi"])
    mine = frame[(frame["date"].dt.month == day.month) & (frame["date"].dt.day == day.day)]
    mine = mine[mine["date"].dt.date <= day].sort_values("date", ascending=False)
    return tuple(SameDay(row.date.date(), int(row.aqi), int(row.level)) for row in mine.itertuples())


@cached_report("facts", "air_hours", "air_days")
def same_day_provenance(days: tuple[date, ...]) -> Provenance:
    """Where the numbers of such days come from."""
    frame = air.days(ozone="excluded")
    return air.days_provenance(frame[frame["date"].dt.date.isin(days)])
