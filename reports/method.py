"""Can the numbers be checked? What is stored, where it comes from, by which rules it is judged, where series break."""

from calendar import isleap
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Literal

import pandas as pd
from msgspec import Struct

from assessment.editions import DAYS_FOR_A_YEAR
from reports import air, conflicts, figures, freshness, provenance, water
from reports.cached import cached_report
from reports.conflicts import Conflict
from reports.found import NothingFoundError
from reports.freshness import Freshness
from reports.provenance import Provenance, Source
from store import facts, records, schema, sources, state
from store import readings as readings_store
from store.records import Both

KINDS = ("plan", "bulletin", "report", "news", "standard", "archive", "dataset")
SEEN = ("original", "reprint", "transcript", "abstract", "named")
CONFIDENCE = ("primary", "secondary", "low")
EVIDENCE = ("read", "secondary", "memory")
CLASS_2 = 2
SUSPICIOUS_SHOWN = 200
COMPARED = ("PM2.5", "PM10", "SO2", "NO2", "CO", "O3")
AVERAGED = ("annual", "24h", "MDA8")
TIME_COLUMNS = ("date", "month", "year", "measured_at")
PHASES = ("single", "transition", "final")
COMMON_ITEMS = ("ph", "do_mgl", "codmn_mgl", "cod_mgl", "bod5_mgl", "nh3n_mgl", "tp_mgl")
STATE_CHANGE, EDITION = "R37", "R04"  # the rules whose first days break the series


class SourceStatus(Struct, frozen=True, weakref=True):
    """A live source: its state and its name. ``every_minutes``: its cadence."""

    health: state.Health
    fresh: Freshness
    source: Source
    licence: Both
    every_minutes: int


class Suspicious(Struct, frozen=True, weakref=True):
    """A reading that failed checks (``flags``, see :data:`store.live.FLAGS`)."""

    place: Both
    item: records.Item
    at: datetime
    value: float | None
    note: str
    flags: tuple[str, ...]
    source: Source | None


class Inventory(Struct, frozen=True, weakref=True):
    """What the store holds, in numbers."""

    documents: int
    figures: int
    targets: int
    days: int
    first_day: date
    seen: Mapping[str, int]
    confidence: Mapping[str, int]


@cached_report("facts")
def inventory() -> Inventory:
    """Counts of what is known, and how well it was seen."""
    documents, figures, days = (
        facts.every(records.Document),
        facts.every(records.Figure),
        facts.table("air_daily")["date"],
    )
    seen: Counter[str] = Counter(one.seen for one in documents)
    confidence: Counter[str] = Counter(one.confidence for one in figures)
    return Inventory(
        documents=len(documents),
        figures=len(figures),
        targets=len(facts.every(records.Target)),
        days=len(days),
        first_day=days.min().date(),
        seen={name: seen[name] for name in SEEN if seen[name]},
        confidence={name: confidence[name] for name in CONFIDENCE if confidence[name]},
    )


class Document(Struct, frozen=True, weakref=True):
    """A document, with how many published figures and how many rows of other tables rest on it."""

    source: Source
    figures: int
    others: int


@cached_report("facts")
def documents() -> Mapping[str, tuple[Document, ...]]:
    """All documents by kind, those that carry most figures first."""
    figures = facts.table("figures")["document_id"].value_counts()
    others = pd.Series(dtype=int)
    for table in schema.FACT_TABLES:
        if table.name not in ("figures", "documents"):
            for name in _document_columns(table.name):
                others = others.add(facts.table(table.name)[name].value_counts(), fill_value=0)
    found = [
        Document(Source(row), int(figures.get(name, 0)), int(others.get(name, 0)))
        for name, row in facts.by_id(records.Document).items()
    ]
    found.sort(key=lambda one: (-one.figures, -one.others))
    return {kind: tuple(one for one in found if one.source.document.kind == kind) for kind in KINDS}


def _document_columns(name: str) -> list[str]:
    columns = schema.metadata.tables[name].columns
    return [column.name for column in columns if column.info.get("ref") == "documents.document_id"]


class Holding(Struct, frozen=True, weakref=True):
    """A table of the store.

    ``until``: the last day, month or year it holds (ISO), empty where it is no series.
    ``latest``: the last source, None where its rows name none.
    """

    name: str
    rows: int
    until: str
    latest: Source | None


@cached_report("facts")
def holdings() -> tuple[Holding, ...]:
    """Every table of facts with its rows."""
    names = [table.name for table in schema.FACT_TABLES]
    return tuple(Holding(name, len(facts.table(name)), _until(name), _latest(name)) for name in names)


class KnownYears(Struct, frozen=True, weakref=True):
    """How much of a kind of number is known, year by year. ``possible``: the most a year can have, None where there is none."""

    name: Literal["days", "figures", "hours"]
    by_year: Mapping[int, int]
    possible: Mapping[int, int] | None
    provenance: Provenance

    @property
    def past(self) -> tuple[int, ...]:
        """The years before the running one."""
        return tuple(self.by_year)[:-1]

    @property
    def enough(self) -> tuple[int, ...]:
        """Past years with days enough for the statistics of a year (GB 3095-2026, table 4: 324)."""
        return tuple(year for year in self.past if self.by_year[year] >= DAYS_FOR_A_YEAR)


@cached_report("facts", "air_hours", "air_days", "water")
def known_by_year(today: date) -> tuple[KnownYears, ...]:
    """Days of the city's air, official figures (by the year their period ends), judged hours of river sections; up to today.

    Years without any are there as zero, from the first year in which something is known.
    """
    days = air.every_day()
    stated = [one for one in figures.every() if one.row.kind == "stated" and one.end <= today]
    months = [one for section in water.river(today).sections for one in section.recorded]
    hours: Counter[int] = Counter()
    for month in months:
        hours[int(month.month[:4])] += month.hours
    counts: Mapping[Literal["days", "figures", "hours"], Mapping[int, int]] = {
        "days": {int(year): int(n) for year, n in days.days["date"].dt.year.value_counts().items()},
        "figures": Counter(one.end_year for one in stated),
        "hours": hours,
    }
    years = range(min(counts["days"]), today.year + 1)
    sources = {
        "days": days.provenance,
        "figures": provenance.merged((one.provenance for one in stated), "published", f"{years[0]}/{years[-1]}"),
        "hours": provenance.merged((one.provenance for one in months), "archive", f"{years[0]}/{years[-1]}"),
    }
    return tuple(
        KnownYears(
            name,
            {year: found.get(year, 0) for year in years},
            {year: 366 if isleap(year) else 365 for year in years} if name == "days" else None,
            sources[name],
        )
        for name, found in counts.items()
        if found
    )


def _until(name: str) -> str:
    table = facts.table(name)
    column = next((one for one in TIME_COLUMNS if one in table.columns), None)
    return str(table[column].max())[:10] if column and len(table) else ""


def _latest(name: str) -> Source | None:
    """The document issued last; where none is dated the one most rows name; None where rows name none."""
    named = Counter(one for column in _document_columns(name) for one in facts.table(name)[column].dropna())
    if not named:
        return None
    documents = facts.by_id(records.Document)
    return Source(documents[max(named, key=lambda one: (documents[one].issued or "", named[one]))])


class Limit(Struct, frozen=True, weakref=True):
    """A class-2 limit through the phases of the standard; None where a phase has none."""

    pollutant: str
    averaging: str
    unit: str
    values: tuple[float | None, ...]

    @property
    def changed(self) -> tuple[bool, ...]:
        """Of each phase whether its limit differs from that of the phase before, where that has one."""
        return tuple(before is not None and value != before for before, value in pairwise((None, *self.values)))


@cached_report("facts")
def limits() -> tuple[tuple[date, ...], tuple[Limit, ...]]:
    """First days of the phases, and the limits of the six pollutants in each."""
    rows = [one for one in facts.where(records.AirLimit, zone_class=CLASS_2) if one.pollutant in COMPARED]
    starts = tuple(min(one.effective_from for one in rows if one.phase == phase) for phase in PHASES)
    found = []
    for pollutant in COMPARED:
        for averaging in AVERAGED:
            mine = {one.phase: one for one in rows if (one.pollutant, one.averaging) == (pollutant, averaging)}
            if mine:
                values = tuple(mine[phase].limit_value if phase in mine else None for phase in PHASES)
                found.append(Limit(pollutant, averaging, next(iter(mine.values())).limit_unit, values))
    return starts, tuple(found)


class Breakpoints(Struct, frozen=True, weakref=True):
    """The AQI table of one edition: IAQI values, and concentrations by pollutant and averaging time."""

    standard: records.Standard
    iaqi: tuple[int, ...]
    columns: tuple[tuple[str, str], ...]
    values: tuple[tuple[float | None, ...], ...]


@cached_report("facts")
def breakpoints() -> tuple[Breakpoints, ...]:
    """The tables of both editions of HJ 633."""
    table = facts.table("aqi_breakpoints")
    found = []
    for name, mine in table.groupby("standard_id"):
        wide = mine.pivot(index="iaqi", columns=["pollutant", "averaging"], values="concentration").sort_index()
        columns = sorted(wide.columns, key=lambda pair: (schema.POLLUTANTS.index(pair[0]), pair[1]))
        values = tuple(tuple(None if pd.isna(v) else float(v) for v in row) for row in wide[columns].to_numpy())
        iaqi = tuple(int(one) for one in wide.index)
        found.append(Breakpoints(facts.by_id(records.Standard)[str(name)], iaqi, tuple(columns), values))
    return tuple(found)


@cached_report("facts")
def water_limits() -> tuple[records.SurfaceWaterLimit, ...]:
    """The items most often measured, in the order of the standard."""
    rows = facts.every(records.SurfaceWaterLimit)
    return tuple(
        sorted(
            (row for row in rows if row.item in COMMON_ITEMS),
            key=lambda row: (row.no, row.water_body == "lake"),
        )
    )


def grades(row: records.SurfaceWaterLimit) -> tuple[float | None, ...]:
    """The limits of the classes Ⅰ to Ⅴ; None where an item has a range."""
    return row.class_1, row.class_2, row.class_3, row.class_4, row.class_5


def standards() -> tuple[records.Standard, ...]:
    """The standards with their dates."""
    return tuple(facts.by_id(records.Standard).values())


def rules() -> tuple[records.Rule, ...]:
    """The rules of assessment, each with how sure it is."""
    return tuple(facts.by_id(records.Rule).values())


def rule(rule_id: str) -> records.Rule:
    """A rule by its number."""
    return facts.by_id(records.Rule)[rule_id]


# Formulas of the standards, each with the rules it follows (``rules``).
FORMULAS = {
    "aqi": ("R01", "R02", "R03", "R04"),
    "share": ("R32", "R33"),
    "percentile": ("R24", "R25"),
    "valid": ("R18", "R19", "R22", "R21"),
    "composite": ("R29", "R31"),
    "state": ("R37",),
}


class Rulebook(Struct, frozen=True, weakref=True):
    """What the numbers are judged by. ``starts``: first days of the phases of the limits of the air; ``rules``: by number."""

    starts: tuple[date, ...]
    limits: tuple[Limit, ...]
    standards: tuple[records.Standard, ...]
    breakpoints: tuple[Breakpoints, ...]
    water_limits: tuple[records.SurfaceWaterLimit, ...]
    rules: Mapping[str, records.Rule]

    @property
    def formulas(self) -> Mapping[str, tuple[records.Rule, ...]]:
        """The formulas of the standards by name, each with the rules it follows."""
        return {name: tuple(self.rules[one] for one in follows) for name, follows in FORMULAS.items()}


@cached_report("facts")
def rulebook() -> Rulebook:
    """Every standard, limit and rule."""
    starts, of_air = limits()
    return Rulebook(starts, of_air, standards(), breakpoints(), water_limits(), facts.by_id(records.Rule))


def evidence() -> Mapping[str, int]:
    """How many rules were read, were met second-hand, or are from memory."""
    return {kind: sum(row.evidence == kind for row in rules()) for kind in EVIDENCE}


class Gap(Struct, frozen=True, weakref=True):
    """Days in a row without any air data."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """Its length."""
        return (self.last - self.first).days + 1


class Ozone(Struct, frozen=True, weakref=True):
    """What the ozone column is: kind, first and last day of it, days in all."""

    kind: str
    first: date
    last: date
    days: int


class OzoneMonths(Struct, frozen=True, weakref=True):
    """Monthly means of the daily largest 8-hour means: first and last month, months in all."""

    first: str
    last: str
    months: int
    provenance: Provenance


class Breaks(Struct, frozen=True, weakref=True):
    """Where series may not be compared across, and what is missing from the daily air series."""

    state_change: date
    edition: date
    missing: int
    longest: Gap | None
    ozone: tuple[Ozone, ...]
    ozone_by_month: OzoneMonths | None
    provenance: Provenance


@cached_report("facts")
def breaks() -> Breaks:
    """The known breaks of the daily air series. Raises NothingFoundError where it has no day."""
    daily = facts.table("air_daily")
    if daily.empty:
        raise NothingFoundError("days")
    days = [one.date() for one in daily["date"]]
    gaps = _gaps(days)
    known = daily.dropna(subset=["o3_kind"])
    ozone = [
        Ozone(str(kind), mine["date"].min().date(), mine["date"].max().date(), len(mine))
        for kind, mine in known.groupby("o3_kind")
    ]
    return Breaks(
        state_change=_first_day(STATE_CHANGE),
        edition=_first_day(EDITION),
        missing=sum(gap.days for gap in gaps),
        longest=max(gaps, key=lambda gap: gap.days, default=None),
        ozone=tuple(sorted(ozone, key=lambda one: one.first)),
        ozone_by_month=_ozone_months(),
        provenance=provenance.of("archive", f"{days[0]}/{days[-1]}", *daily["document_id"].unique(), dust="raw"),
    )


def _ozone_months() -> OzoneMonths | None:
    """The months of 8-hour ozone an archive gives, if any: a table of its own, never joined to the days."""
    table = facts.table("air_monthly").dropna(subset=["o3_8h_mean_ugm3"])
    if table.empty:
        return None
    first, last = table["month"].min(), table["month"].max()
    made = provenance.of("archive", f"{first}/{last}", *table["document_id"].unique(), dust="raw")
    return OzoneMonths(first, last, len(table), made)


def _first_day(rule_id: str) -> date:
    """The first day of a rule that has one."""
    first = rule(rule_id).effective_from
    assert first is not None
    return first


def _gaps(days: Sequence[date]) -> list[Gap]:
    step = timedelta(days=1)
    return [Gap(a + step, b - step) for a, b in pairwise(days) if b - a > step]


@cached_report("facts")
def contradictions() -> Mapping[str, tuple[Conflict, ...]]:
    """All contradictions by theme; themes without one are left out."""
    found = {theme: conflicts.of_theme(theme) for theme in schema.THEMES}
    return {theme: mine for theme, mine in found.items() if mine}


def glossary() -> tuple[records.Term, ...]:
    """The terms, in the order of the file."""
    return tuple(facts.by_id(records.Term).values())


# ── sources ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def source_statuses(now: datetime) -> tuple[SourceStatus, ...]:
    """The state of every live source at a moment."""
    return tuple(_source_status(one, now) for one in freshness.health(now))


def _source_status(one: state.Health, now: datetime) -> SourceStatus:
    declared = sources.get(one.id)
    licence = Both(declared.licence_zh, declared.licence_en)
    named = Source(facts.by_id(records.Document)[declared.document_id])
    return SourceStatus(one, freshness.of_health(one, now), named, licence, declared.every_minutes)


@cached_report("facts", "air_hours", "air_days", "air_modelled", "water", "weather", "ndvi")
def suspicious() -> tuple[Suspicious, ...]:
    """The newest readings that failed a check: stored, shown here, and left out of every judgement."""
    items, documents = facts.by_id(records.Item), facts.by_id(records.Document)
    found = readings_store.suspicious(limit=SUSPICIOUS_SHOWN)
    return tuple(
        Suspicious(
            place=_place_named(row.place_id),
            item=items[row.item],
            at=row.at.to_pydatetime(),
            value=None if pd.isna(row.value) else float(row.value),
            note=row.note or "",
            flags=tuple(row.flags.split(",")),
            source=Source(documents[sources.get(row.source).document_id]) if row.source else None,
        )
        for row in found.itertuples()
    )


def _place_named(place_id: str) -> Both:
    """A place's names: an area, a station, or the name an upstream gave it."""
    known = facts.by_id(records.Area).get(place_id) or facts.by_id(records.AirStation).get(place_id)
    bare = place_id.removeprefix("unknown:")
    return known.name if known else Both(bare, bare)
