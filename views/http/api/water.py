"""The sections of the river, and the readings of their automatic stations."""

from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from reports import freshness, water
from reports.water import HoursOfMonth, Known, Section
from store import clock
from views.http.api import parameters
from views.http.api.parameters import Id, InPages, Nothing
from views.http.api.values import Basis, Moment, Paged, basis


class LatestClass(Struct, frozen=True, kw_only=True, weakref=True):
    """The newest class known of a section. official: published as a period's class, else of five automatic items."""

    period: str
    hour: int | None
    op: str
    water_class: int
    official: bool
    deciding: list[str]
    below_detection: dict[str, str]
    basis: Basis


class AnnualClass(Struct, frozen=True, kw_only=True, weakref=True):
    """The last class published for a whole year."""

    year: int
    water_class: int
    basis: Basis


class TargetClass(Struct, frozen=True, kw_only=True, weakref=True):
    """The class to reach in a year. draft: of a draft for comment; of_river: of the river, the section has none of its own."""

    water_class: int
    year: int
    draft: bool
    of_river: bool
    basis: Basis


class RecordedHours(Struct, frozen=True, kw_only=True, weakref=True):
    """Hours recorded in a month, each judged by five items: never the month's class. left_out: of stopped stations."""

    month: str
    hours: int
    by_class: dict[str, int]
    left_out: int
    basis: Basis


class SectionOfRiver(Struct, frozen=True, kw_only=True, weakref=True):
    """A section: its place (accuracy_km: how far it may be off), newest and annual class, target, recorded hours."""

    section_id: str
    name_zh: str
    name_en: str
    river_id: str
    lon: float | None
    lat: float | None
    accuracy_km: float | None
    latest: LatestClass | None
    annual: AnnualClass | None
    target: TargetClass | None
    annual_against_target: Literal["better", "meets", "misses"] | None
    recorded_hours: list[RecordedHours]


class Sections(Struct, frozen=True, kw_only=True, weakref=True):
    """The sections in the order of the river."""

    sections: list[SectionOfRiver]


class Reading(Struct, frozen=True, kw_only=True, weakref=True):
    """A reading of an automatic station, judged by five items. platform_class: as shown by the platform."""

    section_id: str
    at: Moment
    state: freshness.State
    water_class: int | None
    deciding: list[str]
    platform_class: int | None
    items: dict[str, float | None]
    basis: Basis


class Readings(Paged, frozen=True, kw_only=True):
    """Readings, the newest first."""

    readings: list[Reading]


class ReadingsQuestion(InPages, frozen=True, kw_only=True):
    """Of one section or of all, from a day to a day."""

    section: Id | None = None
    from_: date | None = None
    to: date | None = None


def sections(_asked: Nothing) -> Sections:
    """Every section with its newest class and its target."""
    return Sections(sections=[_section(one) for one in water.river(clock.today()).sections])


def readings(asked: ReadingsQuestion) -> Readings:
    """Readings recorded by hand, and those of the live platform's last weeks."""
    parameters.check("section", asked.section, {one.id for one in water.river(clock.today()).sections})
    now = clock.now()
    since, until = asked.from_ or date.min, asked.to or now.date()
    chosen = [
        one for one in water.readings() if since <= one.at.date() <= until and asked.section in (None, one.section_id)
    ]
    shown, after = parameters.page(chosen, asked, lambda one: (one.section_id, one.at))
    return Readings(readings=[reading(one, now) for one in shown], next=after)


def reading(one: water.Reading, at: datetime) -> Reading:
    """A reading as it stands at a moment."""
    return Reading(
        section_id=one.section_id,
        at=one.at,
        state=water.reading_freshness(one, at).state,
        water_class=one.judged.water_class,
        deciding=list(one.judged.deciding),
        platform_class=one.site_class,
        items={item.column: item.value for item in (*one.items, *one.reference)},
        basis=basis(one.provenance),
    )


def _section(one: Section) -> SectionOfRiver:
    return SectionOfRiver(
        section_id=one.id,
        name_zh=one.name.name.zh,
        name_en=one.name.name.en,
        river_id=one.row.river_id,
        lon=one.row.lon,
        lat=one.row.lat,
        accuracy_km=one.row.accuracy_km,
        latest=_latest(one.latest) if one.latest else None,
        annual=_annual(one.annual) if one.annual else None,
        target=_target(one.aim) if one.aim else None,
        annual_against_target=one.against_aim,
        recorded_hours=[_hours(month) for month in one.recorded],
    )


def _latest(latest: Known) -> LatestClass:
    return LatestClass(
        period=latest.period,
        hour=latest.hour,
        op=latest.op,
        water_class=latest.water_class,
        official=latest.official,
        deciding=list(latest.deciding),
        below_detection=dict(latest.below_detection),
        basis=basis(latest.provenance),
    )


def _annual(annual: Known) -> AnnualClass:
    return AnnualClass(year=int(annual.period), water_class=annual.water_class, basis=basis(annual.provenance))


def _target(aim: water.Aim) -> TargetClass:
    return TargetClass(
        water_class=aim.water_class,
        year=aim.year,
        draft=aim.draft,
        of_river=aim.of_river,
        basis=basis(aim.provenance),
    )


def _hours(month: HoursOfMonth) -> RecordedHours:
    return RecordedHours(
        month=month.month,
        hours=month.hours,
        by_class={str(number): n for number, n in month.by_class.items()},
        left_out=month.left_out,
        basis=basis(month.provenance),
    )
