"""What needs somebody's attention at this moment, and what was looked at to say so."""

from datetime import datetime, timedelta
from typing import Literal

from msgspec import Struct

from assessment.editions import GOOD_UP_TO
from assessment.progress import MISSED
from reports import actions, air_now, freshness, goals, method, provenance, water
from reports.actions import Part
from reports.air_now import Hour, Station
from reports.found import or_none
from reports.freshness import Freshness
from reports.goals import Promise
from reports.method import Suspicious
from reports.provenance import Provenance
from reports.water import Aim, Reading, Section

DOUBTED_WITHIN = timedelta(hours=48)
DUE_WITHIN_DAYS = 30
HEAVY = 5  # AQI level of heavy pollution (重度污染, above 200)

Severity = Literal["high", "medium", "low"]
SEVERITIES: tuple[Severity, ...] = ("high", "medium", "low")
Subject = Literal["sky", "river", "work", "promise", "source", "doubt"]


class Low(Struct, frozen=True, weakref=True):
    """An hour of a section, by five items in a worse class than the annual one aimed at."""

    section: Section
    reading: Reading
    aim: Aim


class Alert(Struct, frozen=True, weakref=True):
    """One thing that asks for attention: ``about`` a piece of work or an hour of a section, None where it is one of its kind.

    High: heavy pollution, and work whose last day is over, unless a result was published, or that it was done.
    Medium: air above AQI 100, an hour of a section in a worse class than the annual one aimed at, work that ends within 30
    days, promises behind or not met. Low: sources and readings that fail, which is a fault of the numbers and none of the city.
    """

    subject: Subject
    severity: Severity
    about: Part | Low | None = None


class Alerts(Struct, frozen=True, weakref=True):
    """Each part is empty where nothing was found; ``moment`` is when it was looked for.

    ``hour``: the city's hour, None where it is out of date; ``stations``: those of it above AQI 100, worst first.
    ``sections``: an hour of now in a worse class than the annual one aimed at, of ``judged`` sections with both: a reason to
    look, no verdict. ``river_at``: the river's last reading, be it of now or not. ``overdue``: of the ``watched``
    sources those that fail, never answered, or brought nothing new for longer than expected. ``doubted``: readings of the
    last 48 hours that failed a check. ``missed``: promises behind or not met; ``without_result``: how many are due and their
    result was not found, ``without_result_provenance``: of these promises. ``due``: work that ends within 30 days, its last day
    included; ``past``: work whose last day is over; both without that of which a result was published, or that it was done.
    """

    moment: datetime
    hour: Hour | None
    stations: tuple[Station, ...]
    judged: int
    sections: tuple[Low, ...]
    river_at: datetime | None
    watched: int
    overdue: tuple[Freshness, ...]
    doubted: tuple[Suspicious, ...]
    missed: tuple[Promise, ...]
    without_result: int
    without_result_provenance: Provenance
    due: tuple[Part, ...]
    past: tuple[Part, ...]

    @property
    def city(self) -> Hour | None:
        """The city's hour where it is above AQI 100."""
        return self.hour if self.hour and _bad(self.hour) else None

    @property
    def worst(self) -> Hour | None:
        """The hour with the highest AQI, be it the city's or a station's."""
        hours = [one for one in (self.hour, *(station.hour for station in self.stations)) if one is not None]
        return max(hours, key=lambda one: one.aqi or 0, default=None)

    @property
    def missed_provenance(self) -> Provenance | None:
        """Where the results of the promises missed come from; of one without a result, the promise."""
        if not self.missed:
            return None
        sources = [one.latest.provenance if one.latest else one.provenance for one in self.missed]
        return provenance.merged(sources, "published", self.missed[0].provenance.period)

    @property
    def unknown(self) -> tuple[Literal["sky", "river"], ...]:
        """What no current reading tells anything of: where nothing is known nothing is calm."""
        sky: tuple[Literal["sky"], ...] = ("sky",) if self.hour is None or self.hour.level is None else ()
        return sky if self.judged else (*sky, "river")

    @property
    def alerts(self) -> tuple[Alert, ...]:
        """Everything that asks for attention, the most severe first; those of work in the order of their last days."""
        worst = self.worst
        found = [Alert("work", "high", one) for one in self.past]
        if worst is not None and _bad(worst):
            found.append(Alert("sky", "high" if (worst.level or 0) >= HEAVY else "medium"))
        found += [Alert("river", "medium", one) for one in self.sections]
        found += [Alert("work", "medium", one) for one in self.due]
        found += [Alert("promise", "medium")] if self.missed else []
        found += [Alert("source", "low")] if self.overdue else []
        found += [Alert("doubt", "low")] if self.doubted else []
        return tuple(sorted(found, key=lambda one: SEVERITIES.index(one.severity)))

    def count(self, severity: Severity) -> int:
        """How many alerts are of a severity."""
        return sum(one.severity == severity for one in self.alerts)


def of(now: datetime) -> Alerts:
    """What was found at a moment (timezone-aware)."""
    today, report = now.date(), air_now.now()
    current = report is not None and freshness.outside_now(report.city.at, report.city.provenance.kind, now)
    stations = [one for one in report.stations if _bad(one.hour)] if report and current else []
    river = water.river(today)
    readings = [(river.section(one.section_id), one) for one in water.current(now) if one.judged.water_class]
    judged = [(section, one, section.aim) for section, one in readings if section.aim]
    watched = freshness.collected(now)
    board = goals.scoreboard(today)
    unanswered = [one for one in board if one.judgement.status == "due_not_found"]
    planned = or_none(lambda: actions.tasks(today))
    dated, past = (planned.dated, planned.past) if planned else ((), ())
    return Alerts(
        moment=now,
        hour=report.city if report and current else None,
        stations=tuple(sorted(stations, key=lambda one: -(one.hour.aqi or 0))),
        judged=len(judged),
        sections=tuple(Low(s, one, aim) for s, one, aim in judged if (one.judged.water_class or 0) > aim.water_class),
        river_at=max((one.at for one in water.readings() if one.at <= now), default=None),
        watched=len(watched),
        overdue=tuple(one for one in watched if not one.up_to_date),
        doubted=tuple(one for one in method.suspicious() if now - DOUBTED_WITHIN <= one.at <= now),
        missed=tuple(one for one in board if one.judgement.status in MISSED),
        without_result=len(unanswered),
        without_result_provenance=provenance.merged((one.provenance for one in unanswered), "planned", ""),
        due=tuple(one for one in dated if 0 <= (one.days_left or 0) <= DUE_WITHIN_DAYS and not one.settled),
        past=tuple(sorted((one for one in past if not one.settled), key=lambda one: one.due or today)),
    )


def _bad(hour: Hour) -> bool:
    return hour.aqi is not None and hour.aqi > GOOD_UP_TO
