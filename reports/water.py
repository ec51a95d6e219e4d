"""Is the river clean, section by section: every class known of a section, the river they lie on, readings, results."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Literal

import pandas as pd
from msgspec import Struct
from msgspec.structs import replace

from assessment import comparison
from assessment import water as rules
from assessment.aqi import round_half_even
from assessment.comparison import Result, Span, Terms
from assessment.oxygen import SEA_LEVEL_HPA, warmest_holding_c
from assessment.water import Judged
from reports import figures, freshness, goals, lookup, provenance
from reports.cached import cached_report
from reports.figures import Measured, Point, measured
from reports.freshness import Freshness
from reports.goals import Promise
from reports.measured import AUTO_ITEMS, NOT_MEASURING
from reports.provenance import Provenance
from store import facts, geo, records, standards
from store import readings as readings_store
from store.city import CITY, HERE
from store.records import Both

BASIN, MAIN, OUTFLOW, INFLOW = HERE.river.basin, HERE.river.main, HERE.river.outflow, HERE.river.inflow
STANDARD = "GB 3838-2002"
THEME = "water"
FRESH = timedelta(days=366)
SOURCE = "cnemc_water"
SHOWN = timedelta(days=30)  # how far back single hours of the live platform are shown
DAYS_FOR_A_MONTH = 10  # days with readings that make a month worth judging by its mean; our choice, of no rule
REFERENCE = ("tn_mgl", "turbidity_ntu", "water_temp_c", "conductivity_uscm")  # shown beside the items that decide
HOUR_IN_PLACE = re.compile(r"(\d{1,2})时")  # where only the class of an hour is known, its place names the hour
STATION_MOVED = date(2019, 1, 1)  # uphill, away from the river
SECOND_RANK = 2  # level of a river that flows into the main stem
LONGITUDE_LATITUDE_RATIO = HERE.longitude_latitude_ratio
Reason = Literal["withheld", "maintenance", "no_power", "dry", "frozen", "stopped", "fault", "not_detected"]
# Why nothing is measured, as platforms write it, in the order they are looked for.
REASONS: dict[Reason, re.Pattern[str]] = {
    "withheld": re.compile(r"质控"),
    "maintenance": re.compile(r"维护|维修|检修|养护"),
    "no_power": re.compile(r"停电|断电"),
    "dry": re.compile(r"断流|干涸|枯水|无水"),
    "frozen": re.compile(r"冰封|封冻|结冰"),
    "stopped": re.compile(r"停站|停运|停测|停机|停用|停止|停产|关停"),
    "fault": re.compile(r"故障|异常|离线|掉线"),
    "not_detected": re.compile(r"检测?出"),
}
# Figures of the page's cards, by indicator.
WORKS = (
    "sewage_capacity_10kt_d", "sewage_plants_n", "sewer_km", "sewer_separation_km",
    "drains_surveyed_km", "old_drains_inspected_km", "drains_mapped_km",
)  # fmt: skip


class Known(Struct, frozen=True, weakref=True):
    """A class known of a section (1–6; op "<=": or better).

    ``official``: published as the section's class of a period; else the five automatic items of an hour or a month.
    ``deciding`` names the items' columns where the concentrations are known; ``below_detection``: columns of items below the
    limit of detection, each with the mark it was written with.
    """

    period: str
    hour: int | None
    end: date
    op: str
    water_class: int
    official: bool
    deciding: tuple[str, ...]
    provenance: Provenance
    below_detection: tuple[tuple[str, str], ...] = ()

    @property
    def span(self) -> Span:
        """How long its period is."""
        return comparison.span(self.period)

    @property
    def begin(self) -> date:
        """The first day of its period."""
        return comparison.bounds(self.period)[0]


class HoursOfMonth(Struct, frozen=True, weakref=True):
    """Hours recorded of a section's automatic station in a month, each judged by the five items.

    They are some hours of the month and never its class. ``by_class``: hours by class, the best first; ``left_out``: hours
    of a station under maintenance or stopped, which repeats old values.
    """

    month: str
    by_class: Mapping[int, int]
    left_out: int
    provenance: Provenance

    @property
    def hours(self) -> int:
        """How many hours were judged."""
        return sum(self.by_class.values())


class HoursOfYear(Struct, frozen=True, weakref=True):
    """Hours recorded in a year, and the best and the worst class among them; never the year's class."""

    hours: int
    best: int
    worst: int


class Aim(Struct, frozen=True, weakref=True):
    """The annual class a section or a river is to reach in a year.

    ``draft``: it comes from a draft for comment; ``plan_end``: the document writes no year, the end of its plan is taken;
    ``of_river``: the section has no aim of its own, that of its river is taken.
    """

    water_class: int
    year: int
    draft: bool
    plan_end: bool
    provenance: Provenance
    of_river: bool = False


class Section(Struct, frozen=True, weakref=True):
    """A section with the classes known of it, the oldest first. ``row`` of water_sections, ``name`` of areas.

    ``known``: classes of a period, and the last single hour; ``recorded``: the recorded hours by month.
    """

    row: records.WaterSection
    name: records.Area
    river: records.Area
    known: tuple[Known, ...]
    recorded: tuple[HoursOfMonth, ...]
    fresh: bool
    aim: Aim | None

    @property
    def id(self) -> str:
        """The section's id."""
        return str(self.row.section_id)

    @property
    def latest(self) -> Known | None:
        """The last class known, None where nothing was published."""
        return self.known[-1] if self.known else None

    @property
    def has_any_class(self) -> bool:
        """Whether any class is known, of a period or of recorded hours."""
        return bool(self.known or self.recorded)

    @property
    def point(self) -> tuple[float, float] | None:
        """Longitude and latitude (WGS-84), None where its place is not known."""
        lon, lat = self.row.lon, self.row.lat
        return None if lon is None or lat is None else (lon, lat)

    @property
    def annual(self) -> Known | None:
        """The last class published for a whole year, None where there is none."""
        return next((k for k in reversed(self.known) if k.official and k.span == "year"), None)

    @property
    def against_aim(self) -> Literal["better", "meets", "misses"] | None:
        """The last annual class against the aim, which is one of a year; None where they cannot be compared.

        A class of an hour, a month or a quarter is never set against an annual one.
        """
        if self.aim is None or self.annual is None:
            return None
        gap = comparison.compare(result_of(self.aim), result_of(self.annual)).difference
        if gap is None:
            return None
        return "better" if gap < 0 else "misses" if gap else "meets"

    def in_year(self, year: int) -> tuple[Known, ...]:
        """What is known of a year, periods over several years included; recorded hours are in ``recorded``."""
        mine = (k for k in self.known if int(k.period[:4]) <= year <= k.end.year)
        return tuple(k for k in mine if k.hour is None or k.provenance.kind == "live")

    def main_class(self, year: int) -> Known | None:
        """The one class to give for a year: a published one before one of five items, a whole year's before a part's."""
        known = self.in_year(year)
        return max(known, key=lambda k: (k.official, k.span == "year"), default=None)

    def recorded_in(self, year: int) -> tuple[HoursOfMonth, ...]:
        """The recorded hours of a year, month by month."""
        return tuple(one for one in self.recorded if one.month.startswith(f"{year}-"))

    def hours_of_year(self, year: int) -> HoursOfYear | None:
        """The range of the recorded hours of a year; None where none was judged."""
        months = self.recorded_in(year)
        classes = {water_class for one in months for water_class in one.by_class}
        return HoursOfYear(sum(one.hours for one in months), min(classes), max(classes)) if classes else None


def result_of(one: Known | Aim) -> Result:
    """A class or a target with its terms, to be compared."""
    assert one.provenance.terms is not None
    return Result(one.water_class, one.provenance.terms, one.op if isinstance(one, Known) else "=")


class Stream(Struct, frozen=True, weakref=True):
    """A river with its sections downstream; ``above``: how many sections of the main stem lie above its mouth."""

    name: Both
    sections: tuple[Section, ...]
    aim: Aim | None
    above: int = 0
    from_north: bool = False


class River(Struct, frozen=True, weakref=True):
    """The main stem and its tributaries in the order they join it."""

    main: Stream
    tributaries: tuple[Stream, ...]
    provenance: Provenance
    places: Provenance  # of the points on the map

    @property
    def sections(self) -> tuple[Section, ...]:
        """All sections, river by river."""
        return self.main.sections + tuple(s for t in self.tributaries for s in t.sections)

    def section(self, section_id: str) -> Section:
        """A section by its id. Raises KeyError where it is unknown."""
        for one in self.sections:
            if one.id == section_id:
                return one
        raise KeyError(section_id)


class Item(Struct, frozen=True, weakref=True):
    """One item of a reading: its row of limits (None: not judged), its value and its class."""

    column: str
    limits: records.SurfaceWaterLimit | None
    value: float | None
    water_class: int | None
    why_not: str = ""  # as published, where there is no value: withheld, not detected, the station stopped
    mark: str = ""  # as published, where the value is half a limit of detection: <0.01, 0.01L

    @property
    def reason(self) -> Reason | None:
        """Why there is no value; None where there is one, or no reason known is published."""
        return next((name for name, written in REASONS.items() if written.search(self.why_not)), None)


class Reading(Struct, frozen=True, weakref=True):
    """An hour of an automatic station, judged by the five items; ``site_class`` is what the platform showed."""

    section_id: str
    at: datetime
    items: tuple[Item, ...]
    reference: tuple[Item, ...]
    judged: Judged
    site_class: int | None
    provenance: Provenance


class Oxygen(Struct, frozen=True, weakref=True):
    """What the thin air means for class Ⅰ: above ``warmest_c`` even saturated water holds less than ``needed_mgl``."""

    pressure_hpa: float
    share_of_sea_level_pct: float
    needed_mgl: float
    warmest_c: float
    provenance: Provenance


class Water(Struct, frozen=True, weakref=True):
    """What the water page shows."""

    river: River
    outflow: Section
    readings: tuple[tuple[Reading, ...], ...]
    oxygen: Oxygen | None
    national: tuple[Measured, Measured]
    both: tuple[Measured, Measured]
    old_plan: tuple[Promise, ...]
    running: tuple[Promise, ...]
    district: tuple[Promise, ...]
    drinking: Measured
    reclaimed: Promise | None
    outfalls: tuple[Point, ...]
    misconnections: Promise | None
    works: tuple[Measured, ...]
    delegated: int

    def recent(self, now: datetime) -> tuple[tuple[Reading, ...], ...]:
        """Readings of the sections whose newest is of the last :data:`SHOWN`."""
        return tuple(some for some in self.readings if now - some[0].at <= SHOWN)

    def archived(self, now: datetime) -> tuple[tuple[Reading, ...], ...]:
        """Readings of the other sections."""
        return tuple(some for some in self.readings if now - some[0].at > SHOWN)

    @property
    def goal_of_sections(self) -> Promise | None:
        """The old plan's promise for the share of good sections."""
        return next((p for p in self.old_plan if p.indicator.indicator_id == "provincial_sections_good_pct"), None)

    @property
    def running_numbers(self) -> tuple[Promise, ...]:
        """Promises of the running plan's table with a number or a result; reused water is among the works."""
        numbered = (p for p in self.running if p.target.target_value is not None or p.latest is not None)
        return tuple(p for p in numbered if p.target.tier == "table" and p is not self.reclaimed)

    @property
    def aimed(self) -> int:
        """How many sections have an aim of their own."""
        return sum(s.aim is not None and not s.aim.of_river for s in self.river.sections)


@cached_report("facts", "air_hours", "air_days", "water", "ndvi")
def overview(today: date) -> Water:
    """Everything known of the water on a day."""
    made, district = river(today), goals.of_districts(THEME, today)
    running, before = (*goals.of_city(THEME, today), (), ())[:2]
    by_indicator = {p.indicator.indicator_id: p for p in (*before, *running, *district)}
    return Water(
        river=made,
        outflow=made.section(OUTFLOW),
        readings=_by_section(today),
        oxygen=oxygen(),
        national=(measured("key_national_sections_good_pct", CITY), measured("national_sections_good_pct", CITY)),
        both=(measured("provincial_sections_good_pct", BASIN), measured("sections_good_pct", CITY)),
        old_plan=tuple(p for p in before if p.target.tier == "table" and p.target.target_value is not None),
        running=running,
        district=district,
        drinking=measured("drinking_source_ok_pct", CITY),
        reclaimed=by_indicator.get("reclaimed_water_pct"),
        outfalls=figures.series("outfalls_fixed_n", CITY),
        misconnections=by_indicator.get("misconnections_n"),
        works=tuple(one for one in (measured(i, CITY) for i in WORKS) if one.points),
        delegated=sum(p.target.kind == "delegated" for p in running),
    )


# ── the river and its sections ───────────────────────────────────────────────────────────────────────────────────────
@cached_report("facts", "water")
def river(today: date) -> River:
    """The river within the city with what is known of each section on a day."""
    by_river: dict[str, list[Section]] = {}
    for row in sorted(facts.every(records.WaterSection), key=lambda r: r.order_downstream):
        by_river.setdefault(row.river_id, []).append(_section(row, today))
    stem = tuple(by_river.pop(MAIN))
    everything = [s for some in ([*stem], *by_river.values()) for s in some]
    sources = [k.provenance for s in everything for k in reversed(s.known)] + [_place(s.row) for s in everything]
    return River(
        main=Stream(facts.by_id(records.Area)[MAIN].name, stem, _aim_of_river(MAIN)),
        tributaries=_tributaries(stem, by_river),
        provenance=provenance.merged(sources, "derived", _span(everything)),
        places=provenance.merged((_place(s.row) for s in everything if s.point), "estimated", ""),
    )


def _span(sections: list[Section]) -> str:
    known = [k for s in sections for k in s.known]
    return f"{min(k.period[:4] for k in known)}/{max(k.end for k in known).year}" if known else ""


def _place(row: records.WaterSection) -> Provenance:
    return provenance.of("published", "", (row.document_id, row.place))


def _section(row: records.WaterSection, today: date) -> Section:
    section_id = row.section_id
    classes = [_published(one) for one in facts.every(records.SectionClass) if one.section_id == section_id]
    classes += _months().get(section_id, [])
    known = [k for k in classes if k.hour is None and k.end <= today]
    known += sorted(
        (k for k in (*classes, *_newest(section_id, today)) if k.hour is not None and k.end <= today), key=_at
    )[-1:]
    known.sort(key=_at)
    areas = facts.by_id(records.Area)
    return Section(
        row=row,
        name=areas[section_id],
        river=areas[row.river_id],
        known=tuple(known),
        recorded=_recorded_hours(section_id, today),
        fresh=bool(known) and today - known[-1].end <= FRESH,
        aim=_aim(row),
    )


def _at(known: Known) -> tuple[date, int, bool]:
    return known.end, known.hour or 0, known.official


def _newest(section_id: str, today: date) -> list[Known]:
    """The newest reading of a section that has a class, as a list of one or none."""
    mine = (one for one in readings() if one.section_id == section_id and one.at.date() <= today)
    return [_judged(one) for one in mine if one.judged.water_class][:1]


def _recorded_hours(section_id: str, today: date) -> tuple[HoursOfMonth, ...]:
    """The recorded hours of a section by month, the earliest first; of some only the class was written down."""
    months: dict[str, list[Known]] = {}
    for one in readings():
        if one.section_id == section_id and one.provenance.kind == "archive" and one.judged.water_class:
            months.setdefault(one.at.strftime("%Y-%m"), []).append(_judged(one))
    for row in facts.every(records.SectionClass):
        if row.section_id == section_id and (known := _published(row)).hour is not None:
            months.setdefault(known.period[:7], []).append(known)
    table = facts.table("water_readings")
    not_measuring = table[(table["section_id"] == section_id) & table["station_state"].isin(NOT_MEASURING)]
    left_out: dict[str, list[Provenance]] = {}
    for hour in facts.records(records.WaterReading, not_measuring):
        left_out.setdefault(hour.measured_at[:7], []).append(_recorded(hour))
    found = (_month(name, months.get(name, []), left_out.get(name, []), today) for name in {*months, *left_out})
    return tuple(sorted((one for one in found if one.hours or one.left_out), key=lambda one: one.month))


def _month(name: str, hours: Iterable[Known], left_out: list[Provenance], today: date) -> HoursOfMonth:
    known = [one for one in hours if one.end <= today]
    not_measuring = [one for one in left_out if date.fromisoformat(one.period) <= today]
    sources = provenance.merged([*(one.provenance for one in known), *not_measuring], "archive", name)
    counted = Counter(one.water_class for one in known)
    return HoursOfMonth(name, dict(sorted(counted.items())), len(not_measuring), replace(sources, standard=STANDARD))


def _recorded(row: records.WaterReading) -> Provenance:
    return provenance.of("archive", row.measured_at[:10], (row.document_id, row.place or ""), standard=STANDARD)


@cached_report("facts", "water")
def together(today: date) -> tuple[Known, Known] | None:
    """The river where it enters and where it leaves the city, in the last hour in which both were judged by all five items.

    Classes of different times do not show what the water takes up on its way; None where no hour is known of both.
    """
    whole = [one for one in readings() if one.judged.items_used == len(AUTO_ITEMS) and one.at.date() <= today]
    ends = [{one.at: _judged(one) for one in whole if one.section_id == name} for name in (INFLOW, OUTFLOW)]
    if not (common := ends[0].keys() & ends[1].keys()):
        return None
    first, second = (one[max(common)] for one in ends)
    named: tuple[comparison.Dimension, ...] = ("area",)
    alike = comparison.compare(result_of(first), result_of(second), named=named).comparable
    return (first, second) if alike else None


def _published(row: records.SectionClass) -> Known:
    official = row.basis == "published"
    found = None if official else HOUR_IN_PLACE.search(row.place)
    hour = int(found[1]) if found else None
    source = provenance.of(
        "published" if official else "archive",
        row.period,
        (row.document_id, row.place),
        standard=STANDARD,
        **provenance.noted(row.note),
        terms=_terms(row.section_id, row.period, hour, official=official),
    )
    end = figures.period_end(row.period)
    return Known(row.period, hour, end, row.op, row.water_class, official, (), source)


def _terms(area_id: str, period: str, hour: int | None = None, *, official: bool) -> Terms:
    """A class in the terms of comparison: an hour's or a month's by five items is another thing than an official one."""
    when = period if hour is None else f"{period}T{hour:02d}"
    return Terms("river_class", "class", when, area_id, measurer="official" if official else "sensors")


def _judged(one: Reading) -> Known:
    day = one.at.date()
    found = one.judged.water_class or 0
    return Known(day.isoformat(), one.at.hour, day, "=", found, False, one.judged.deciding, one.provenance)


def _aim(row: records.WaterSection) -> Aim | None:
    """A section's own aim, else its river's; a source upstream of the river's name has none of these."""
    if row.target_class is None or row.target_year is None or row.target_document_id is None:
        found = _aim_of_river(row.river_id) if row.control != "source" else None
        if found is None:
            return None
        source = replace(found.provenance, terms=_terms(row.section_id, str(found.year), official=True))
        return replace(found, provenance=source, of_river=True)
    document, year = row.target_document_id, str(row.target_year)
    draft = any(p.document_id == document and p.status == "draft" for p in facts.by_id(records.Plan).values())
    terms = _terms(row.section_id, year, official=True)
    source = provenance.of("planned", year, (document, row.place), terms=terms)
    return Aim(row.target_class, row.target_year, draft, False, source)


def _aim_of_river(area_id: str | None) -> Aim | None:
    for row in facts.every(records.Target):
        if row.indicator_id == "river_class" and row.area_id == area_id:
            year = row.due.year if row.due else facts.by_id(records.Plan)[row.plan_id].end_year
            source = provenance.of("planned", str(year), (row.document_id, row.place))
            assert row.target_value is not None
            return Aim(int(row.target_value), year, False, row.due_basis != "written", source)
    return None


def _tributaries(stem: tuple[Section, ...], by_river: Mapping[str, list[Section]]) -> tuple[Stream, ...]:
    """Rivers that join the main stem below its first section, in the order of their mouths.

    A section without coordinates lies below every mouth that follows the last located section above it.
    """
    line = [point for one in geo.rivers() if one.area_id == MAIN for point in one.points]
    at = {s.id: _nearest(line, s.point) for s in stem if s.point}
    courses: dict[Both, list[geo.River]] = {}
    for one in geo.rivers():
        if one.level == SECOND_RANK:
            courses.setdefault(one.name, []).append(one)
    found = []
    for name, course in courses.items():
        area, first, mouth = course[0].area_id, course[0].points[0], course[-1].points[-1]
        place = _nearest(line, mouth)
        passed = [i for i, s in enumerate(stem, 1) if s.id in at and at[s.id] <= place]
        if passed:
            sections = tuple(by_river.get(area or "", ()))
            stream = Stream(name, sections, _aim_of_river(area), max(passed), first[1] > mouth[1])
            found.append((place, stream))
    return tuple(stream for _, stream in sorted(found, key=lambda pair: pair[0]))


def _nearest(line: Sequence[geo.Point], point: geo.Point) -> int:
    """Index of the line's point nearest to a place."""
    return min(
        range(len(line)),
        key=lambda i: ((line[i][0] - point[0]) * LONGITUDE_LATITUDE_RATIO) ** 2 + (line[i][1] - point[1]) ** 2,
    )


# ── automatic readings ───────────────────────────────────────────────────────────────────────────────────────────────
@cached_report("facts", "water")
def readings() -> tuple[Reading, ...]:
    """Readings recorded as facts and those of the live platform's last weeks, the latest first, judged by five items."""
    both = [_tracked(), _live()]
    table = pd.concat(both, ignore_index=True).drop_duplicates(["section_id", "measured_at"], keep="last")
    by_rule = standards.water_limits()
    judged = rules.judge_sections(table, by_rule, items="auto5")
    classes = facts.rows(rules.item_classes(table, by_rule, items="auto5"))
    hours = zip(facts.structs(_Hour, table), facts.rows(table[[*AUTO_ITEMS, *REFERENCE]]), strict=True)
    made = [_reading(*hour, one, found) for hour, one, found in zip(hours, judged, classes, strict=True)]
    return tuple(sorted(made, key=lambda r: r.at, reverse=True))


class _Hour(Struct, frozen=True, weakref=True):
    """An hour of a section as recorded or read live, beside its items' values; ``why``: notes by item."""

    section_id: str
    measured_at: str
    site_class: float | None
    kind: Literal["archive", "live"]
    document_id: str
    place: str | None
    why: Mapping[str, str] | None

    def noted(self, column: str, value: float | None) -> dict[str, str]:
        """An item's note as the mark of its value, or as the reason why there is none."""
        return {"why_not" if value is None else "mark": (self.why or {}).get(column, "")}


def _tracked() -> pd.DataFrame:
    """The readings recorded as facts, as the platform showed them; hours of a station that repeats old values left out."""
    table = facts.table("water_readings")
    table = table[~table["station_state"].isin(NOT_MEASURING)].copy()
    raw = table["digits"] == "raw"
    for item, row in facts.by_id(records.Item).items():
        if item in table:
            table.loc[raw, item] = round_half_even(table.loc[raw, item].to_numpy(float), row.decimals)
    return table.assign(kind="archive", why=None)


def _live() -> pd.DataFrame:
    """The live platform's last weeks, columns as ``water_readings``; ``why``: notes by item."""
    items = ["site_class", *AUTO_ITEMS, *REFERENCE]
    newest = readings_store.latest(items=items, averaging="instant")
    if newest.empty:
        return pd.DataFrame()
    rows = readings_store.read(items=items, averaging="instant", since=newest["at"].max().to_pydatetime() - SHOWN)
    rows = rows[rows["place_id"].isin(list(facts.by_id(records.WaterSection)))]
    rows["value"] = _as_shown(rows)
    wide = rows.pivot(index=["place_id", "at"], columns="item", values="value").reindex(columns=items)
    noted = rows[rows["note"].notna()]
    why = {key: dict(zip(mine["item"], mine["note"], strict=True)) for key, mine in noted.groupby(["place_id", "at"])}
    wide["why"] = [why.get(key) for key in wide.index]
    wide = wide.reset_index(names=["section_id", "at"])
    wide["measured_at"] = wide.pop("at").map(lambda at: at.isoformat(timespec="minutes"))
    return wide.assign(document_id=SOURCE, place="", kind="live")


def _as_shown(rows: pd.DataFrame) -> pd.Series:
    """Values as the platform shows them: it gives more digits beside, but what is public decides the class.

    Those with their original or a note beside them are as displayed, or half a limit of detection.
    """
    items = facts.by_id(records.Item)
    shown = rows["value"].copy()
    for item, mine in rows[rows["original"].isna() & rows["note"].isna()].groupby("item"):
        shown[mine.index] = round_half_even(mine["value"], items[str(item)].decimals)
    return shown


def _reading(
    hour: _Hour, values: Mapping[str, float | None], judged: Judged, classes: Mapping[str, float | None]
) -> Reading:
    by_item, at = lookup.river_items(), datetime.fromisoformat(hour.measured_at)

    def item(column: str, limits: records.SurfaceWaterLimit | None, found: float | None) -> Item:
        value = values[column]
        return Item(column, limits, value, None if found is None else int(found), **hour.noted(column, value))

    return Reading(
        section_id=hour.section_id,
        at=at,
        items=tuple(item(column, by_item[column], found) for column, found in classes.items()),
        reference=tuple(item(column, None, None) for column in REFERENCE),
        judged=judged,
        site_class=None if hour.site_class is None else int(hour.site_class),
        provenance=provenance.of(
            hour.kind,
            at.date().isoformat(),
            (hour.document_id, hour.place or ""),
            standard=STANDARD,
            terms=_terms(hour.section_id, at.date().isoformat(), at.hour, official=False),
        ),
    )


@cached_report("facts", "water")
def monthly() -> pd.DataFrame:
    """Mean concentrations of months by section, columns as ``water_monthly``: published, else the live platform's."""
    published, live = facts.table("water_monthly"), _live_months()
    return pd.concat([published, live], ignore_index=True).drop_duplicates(["section_id", "month"], keep="first")


class _Month(Struct, frozen=True, weakref=True):
    """A month of a section beside its items' means."""

    section_id: str
    month: str
    document_id: str
    place: str | None
    below_detection: str | None

    @property
    def marks(self) -> tuple[tuple[str, str], ...]:
        """Items below the limit of detection, with their marks: nh3n_mgl 0.025L; tp_mgl ND."""
        parts = (one.partition(" ") for one in (self.below_detection or "").split("; "))
        return tuple((column, mark) for column, _, mark in parts if mark)


@cached_report("facts", "water")
def _months() -> Mapping[str, list[Known]]:
    """Months by section, judged by the means of the five items: published concentrations, else the live platform's."""
    table = monthly()
    found: dict[str, list[Known]] = {}
    judged = rules.judge_sections(table, standards.water_limits(), items="auto5")
    for row, one in zip(facts.structs(_Month, table), judged, strict=True):
        if one.water_class:
            source, terms = (row.document_id, row.place or ""), _terms(row.section_id, row.month, official=False)
            basis = provenance.of("derived", row.month, source, standard=STANDARD, terms=terms)
            end = figures.period_end(row.month)
            known = Known(row.month, None, end, "=", one.water_class, False, one.deciding, basis, row.marks)
            found.setdefault(row.section_id, []).append(known)
    return found


def _live_months() -> pd.DataFrame:
    """Monthly means of the live platform, columns as ``water_monthly``; months with too few days left out."""
    months = readings_store.months(items=list(AUTO_ITEMS))
    months = months[(months["averaging"] == "instant") & (months["days"] >= DAYS_FOR_A_MONTH)]
    wide = months.pivot(index=["place_id", "month"], columns="item", values="mean").reindex(columns=list(AUTO_ITEMS))
    return wide.reset_index(names=["section_id", "month"]).assign(document_id=SOURCE, place="")


def freshness_of(report: Water, now: datetime) -> Freshness:
    """How old the newest reading of any section is; how old the source's newest value is where there is none."""
    newest = max((some[0] for some in report.readings), key=lambda one: one.at, default=None)
    return freshness.of(SOURCE, now) if newest is None else reading_freshness(newest, now)


def reading_freshness(reading: Reading, now: datetime) -> Freshness:
    """How old a reading is."""
    return freshness.of(SOURCE, now, data_at=reading.at, kind=reading.provenance.kind)


def current(now: datetime) -> tuple[Reading, ...]:
    """Readings that are of now, of each section that has one."""
    sections = dict.fromkeys(one.section_id for one in readings())
    return tuple(one for section in sections if (one := current_of(section, now)))


def current_of(section_id: str, now: datetime) -> Reading | None:
    """The newest reading of a section, where it came live and is not out of date."""
    newest = next((one for one in readings() if one.section_id == section_id and one.at <= now), None)
    return newest if newest is not None and reading_freshness(newest, now).state == "live" else None


def _by_section(today: date) -> tuple[tuple[Reading, ...], ...]:
    """Readings up to a day by section: the outflow first, then by name."""
    found: dict[str, list[Reading]] = {}
    for one in readings():
        if one.at.date() <= today:
            found.setdefault(one.section_id, []).append(one)
    return tuple(tuple(found[key]) for key in sorted(found, key=lambda key: (key != OUTFLOW, key)))


@cached_report("facts", "water")
def oxygen() -> Oxygen | None:
    """Saturation under the mean air pressure of the weather station before it moved; None without weather."""
    weather = facts.table("weather_daily")
    weather = weather[(weather["date"] < pd.Timestamp(STATION_MOVED)) & weather["pressure_hpa"].notna()]
    if weather.empty:
        return None
    pressure, needed = float(weather["pressure_hpa"].mean()), lookup.river_items()["do_mgl"].class_1
    assert needed is not None
    years = f"{weather['date'].min().year}/{weather['date'].max().year}"
    return Oxygen(
        pressure_hpa=pressure,
        share_of_sea_level_pct=100 * pressure / SEA_LEVEL_HPA,
        needed_mgl=needed,
        warmest_c=warmest_holding_c(needed, pressure),
        provenance=provenance.of("estimated", years, weather["document_id"].iloc[0], standard="HJ 2.3-2018"),
    )


# ── contradictions ───────────────────────────────────────────────────────────────────────────────────────────────────
@cached_report("facts")
def disputed() -> frozenset[tuple[str, int]]:
    """Sections and years for which documents name different classes."""
    rows = (r for r in facts.by_id(records.Contradiction).values() if r.kind == "conflict" and r.period)
    sections = facts.by_id(records.WaterSection)
    pairs = ((str(r.indicator_id).removesuffix("_class"), str(r.period)) for r in rows)
    return frozenset((section, int(period[:4])) for section, period in pairs if section in sections)


@cached_report("facts", "water")
def years(today: date) -> tuple[int, ...]:
    """The years from the first to the last class known of any section."""
    sections = river(today).sections
    first = [int(k.period[:4]) for s in sections for k in s.known] + [
        int(one.month[:4]) for s in sections for one in s.recorded
    ]
    last = [k.end.year for s in sections for k in s.known] + [
        int(one.month[:4]) for s in sections for one in s.recorded
    ]
    return tuple(range(min(first), max(last) + 1)) if first else ()
