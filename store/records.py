"""Rows of the tables of facts as types: one frozen class per table of :mod:`store.schema`, in its order.

A field is a column; what is given in Chinese and English (``<name>_zh``, ``<name>_en``) is one field of type
:class:`Both`. A test compares fields, types and nullability with the declared columns.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, Literal, NamedTuple

from msgspec import Struct

Theme = Literal["air", "water", "waste", "greening", "soil", "climate", "risk", "participation", "industry"]
Pollutant = Literal["SO2", "NO2", "PM10", "PM2.5", "CO", "O3"]
Confidence = Literal["primary", "secondary", "low"]
PeriodBasis = Literal["written", "inferred"]
DueBasis = Literal["written", "plan_period", "none"]
Evidence = Literal["read", "secondary", "memory"]
BaselineOp = Literal["=", ">", ">="]
ProjectKind = Literal[
    "forest", "park", "wetland", "wildlife", "river", "land", "supply", "sewage", "water_saving",
    "waste", "soil", "village", "air", "climate", "risk", "monitoring",
]  # fmt: skip
Statistic = Literal["mean", "share", "days", "class", "flow", "stock", "index", "change", "rank", "state"]
TargetKind = Literal["floor", "ceiling", "reduce_by", "cumulative", "class", "keep", "none", "built", "delegated"]


class Both(NamedTuple):
    """The same words in Chinese and English; empty where a language needs none."""

    zh: str
    en: str


def both(row: Mapping[str, Any], name: str) -> Both | None:
    """``<name>_zh`` and ``<name>_en`` of a row as one; None where both are empty."""
    zh, en = row.get(f"{name}_zh"), row.get(f"{name}_en")
    return Both(zh or "", en or "") if zh or en else None


class Record(Struct, frozen=True, weakref=True):  # its fingerprint is read once (store.fingerprint)
    """A row of a table of facts."""

    table: ClassVar[str]


class Document(Record, frozen=True):
    """A row of ``documents``."""

    table: ClassVar[str] = "documents"
    document_id: str
    title: Both
    issuer: Both
    issued: str | None
    kind: Literal["plan", "bulletin", "report", "news", "standard", "archive", "dataset"]
    seen: Literal["original", "reprint", "transcript", "abstract", "named"]
    url: str | None
    licence: str | None
    note: Both | None


class Place(Record, frozen=True):
    """A row of ``places``."""

    table: ClassVar[str] = "places"
    place: str
    en: str


class Unit(Record, frozen=True):
    """A row of ``units``."""

    table: ClassVar[str] = "units"
    unit_id: str
    symbol: Both | None


class Area(Record, frozen=True):
    """A row of ``areas``."""

    table: ClassVar[str] = "areas"
    area_id: str
    name: Both
    kind: Literal["city", "district", "province", "country", "section", "river", "lake", "zone", "cluster"]
    adcode: str | None


class Indicator(Record, frozen=True):
    """A row of ``indicators``."""

    table: ClassVar[str] = "indicators"
    indicator_id: str
    theme: Theme
    family: Literal["outcome", "measure", "network", "capacity", "participation"]
    name: Both
    short: Both
    unit_id: str
    statistic: Statistic
    better: Literal["up", "down", "neither"]
    decimals: int
    lo: float
    hi: float
    meaning: Both | None


class Item(Record, frozen=True):
    """A row of ``items``."""

    table: ClassVar[str] = "items"
    item: str
    medium: Literal["air", "water", "weather", "greening"]
    unit_id: str
    lo: float
    hi: float
    jump: float | None
    stuck_n: int | None
    decimals: int
    name: Both


class Plan(Record, frozen=True):
    """A row of ``plans``."""

    table: ClassVar[str] = "plans"
    plan_id: str
    name: Both
    short: Both
    area_id: str
    start_year: int
    end_year: int
    status: Literal["final", "draft"]
    document_id: str


class Target(Record, frozen=True):
    """A row of ``targets``."""

    table: ClassVar[str] = "targets"
    plan_id: str
    no: str
    tier: Literal["table", "text"]
    indicator_id: str
    area_id: str
    kind: TargetKind
    nature: Literal["binding", "expected", "unstated"]
    baseline_op: BaselineOp | None
    baseline_value: float | None
    baseline_text: Both | None
    baseline_year: int | None
    baseline_basis: PeriodBasis | None
    target_op: Literal["=", ">", ">=", "<=", "<"] | None
    target_value: float | None
    target_text: Both | None
    delegated_by: Literal["state", "province", "city"] | None
    due: date | None
    due_basis: DueBasis
    due_text: Both | None
    outcome_op: BaselineOp | None
    outcome_value: float | None
    outcome_text: Both | None
    outcome_period: str | None
    stated: Literal["done", "not_done"] | None
    outcome_document_id: str | None
    outcome_place: str | None
    document_id: str
    place: str
    note: Both | None


class Figure(Record, frozen=True):
    """A row of ``figures``."""

    table: ClassVar[str] = "figures"
    indicator_id: str
    area_id: str
    period: str
    period_basis: PeriodBasis
    document_id: str
    place: str
    basis: Literal["unstated", "raw", "dust_deducted", "restated", "none"]
    op: Literal["=", ">", ">=", "<=", "~"]
    value: float | None
    text: Both | None
    unit_id: str
    kind: Literal["stated", "derived", "planned"]
    confidence: Confidence
    note: Both | None


class Derivation(Record, frozen=True):
    """A row of ``derivations``."""

    table: ClassVar[str] = "derivations"
    indicator_id: str
    area_id: str
    period: str
    parents: str
    formula: Both


class Relative(Record, frozen=True):
    """A row of ``relatives``."""

    table: ClassVar[str] = "relatives"
    indicator_id: str
    area_id: str
    other_indicator_id: str
    other_area_id: str
    difference: Both


class Contradiction(Record, frozen=True):
    """A row of ``contradictions``."""

    table: ClassVar[str] = "contradictions"
    contradiction_id: str
    theme: Theme
    kind: Literal["conflict", "verdict", "rounding", "scope", "wording", "gap", "arithmetic"]
    indicator_id: str | None
    area_id: str | None
    period: str | None
    topic: Both
    value_a: Both
    document_a: str
    place_a: str
    value_b: Both
    document_b: str
    place_b: str
    reading: Both


class Body(Record, frozen=True):
    """A row of ``bodies``."""

    table: ClassVar[str] = "bodies"
    body_id: str
    name: Both


class Task(Record, frozen=True):
    """A row of ``tasks``."""

    table: ClassVar[str] = "tasks"
    task_id: str
    no: int
    part: str | None
    theme: Theme
    group: Both
    title: Both
    action: Both
    due: date | None
    due_basis: DueBasis
    indicator_id: str | None
    document_id: str
    place: str


class TaskBody(Record, frozen=True):
    """A row of ``task_bodies``."""

    table: ClassVar[str] = "task_bodies"
    task_id: str
    body_id: str
    role: Literal["responsible", "support"]
    order: int


class Duty(Record, frozen=True):
    """A row of ``duties``."""

    table: ClassVar[str] = "duties"
    duty_id: str
    plan_id: str
    title: Both
    what: Both
    body: Both
    rhythm: Literal["month", "quarter", "year", "once", "regular"]
    due: date | None
    due_text: Both | None
    audience: Literal["public", "internal", "unstated"]
    found: Literal["found", "not_found", "not_searched"]
    found_document_id: str | None
    searched: Both | None
    searched_on: date | None
    document_id: str
    place: str
    note: Both | None


class Search(Record, frozen=True):
    """A row of ``searches``."""

    table: ClassVar[str] = "searches"
    search_id: str
    what: Both
    where: Both
    searched_on: date
    result: Literal["not_found", "partly"]
    about: str | None
    note: Both | None


class Complaint(Record, frozen=True):
    """A row of ``complaints``."""

    table: ClassVar[str] = "complaints"
    batch: str
    dimension: Literal["district", "kind", "channel"]
    item: str
    name: Both
    area_id: str | None
    n: int
    handed_over: date
    document_id: str
    place: str


class Case(Record, frozen=True):
    """A row of ``cases``."""

    table: ClassVar[str] = "cases"
    case_id: str
    kind: Literal["complaint", "inspection"]
    theme: Theme
    area_id: str
    title: Both
    state: Literal["resolved", "in_hand"]
    searched: Both | None
    searched_on: date | None
    note: Both | None


class CaseStep(Record, frozen=True):
    """A row of ``case_steps``."""

    table: ClassVar[str] = "case_steps"
    case_id: str
    no: int
    date: date | None
    what: Both
    document_id: str
    place: str


class Priority(Record, frozen=True):
    """A row of ``priorities``."""

    table: ClassVar[str] = "priorities"
    area_id: str
    year: int
    no: int
    title: Both
    action: Both
    document_id: str
    place: str
    note: Both | None


class Event(Record, frozen=True):
    """A row of ``events``."""

    table: ClassVar[str] = "events"
    event_id: str
    date: date
    name: Both
    theme: Both | None
    host: Both | None
    confidence: Confidence
    document_id: str
    place: str


class Observance(Record, frozen=True):
    """A row of ``observances``."""

    table: ClassVar[str] = "observances"
    observance_id: str
    in_month: int
    on_day: int
    name: Both
    since: int | None
    document_id: str
    place: str


class Milestone(Record, frozen=True):
    """A row of ``milestones``."""

    table: ClassVar[str] = "milestones"
    milestone_id: str
    period: str
    theme: Theme
    short: Both
    what: Both
    confidence: Confidence
    document_id: str
    place: str


class Project(Record, frozen=True):
    """A row of ``projects``."""

    table: ClassVar[str] = "projects"
    project_id: str
    box: int
    no: int
    kind: ProjectKind
    area_id: str | None
    name: Both
    target_no: str | None
    document_id: str
    place: str


class SchemePart(Record, frozen=True):
    """A row of ``scheme_parts``."""

    table: ClassVar[str] = "scheme_parts"
    scheme: Literal["waste_134n", "waste_2024", "barrier", "river"]
    no: int
    group: str
    name: Both
    what: Both | None
    document_id: str
    place: str


class Sentence(Record, frozen=True):
    """A row of ``sentences``."""

    table: ClassVar[str] = "sentences"
    document_id: str
    no: int
    fingerprint: str
    digits: str | None
    mark: Literal["date", "number", "promise"] | None


class RegisterEntry(Record, frozen=True):
    """A row of ``register``."""

    table: ClassVar[str] = "register"
    register_id: str
    document_id: str
    place: str
    fingerprint: str
    key: str
    kind: Literal[
        "target", "result", "status", "task", "project", "ban", "rule", "reporting_duty", "evaluation", "background"
    ]
    bodies: str | None
    due_text: Both | None
    due: date | None
    numbers: str | None
    summary: Both | None
    uses: str | None
    left_out: Literal["name", "background", "general", "heading", "honour"] | None


class AirDay(Record, frozen=True):
    """A row of ``air_daily``."""

    table: ClassVar[str] = "air_daily"
    date: date
    pm25_ugm3: float | None
    pm10_ugm3: float | None
    so2_ugm3: float | None
    no2_ugm3: float | None
    co_mgm3: float | None
    o3_ugm3: float | None
    o3_kind: Literal["max_8h", "mean_1h", "max_1h", "doubtful", "undefined"] | None
    archive_aqi: float | None
    o3_8h_implied_ugm3: float | None
    document_id: str


class AirStation(Record, frozen=True):
    """A row of ``air_stations``."""

    table: ClassVar[str] = "air_stations"
    station_id: str
    name: Both
    area_id: str
    lon: float
    lat: float
    role: Literal["assessment", "background"]
    first_seen_year: int | None
    last_seen_year: int | None
    state: Literal["active", "retired", "uncertain"]
    document_id: str
    place: str
    note: Both | None


class AirMonth(Record, frozen=True):
    """A row of ``air_monthly``."""

    table: ClassVar[str] = "air_monthly"
    month: str
    pm25_ugm3: float | None
    pm10_ugm3: float | None
    so2_ugm3: float | None
    no2_ugm3: float | None
    co_mgm3: float | None
    o3_8h_mean_ugm3: float | None
    document_id: str


class AirStationDay(Record, frozen=True):
    """A row of ``air_station_days``."""

    table: ClassVar[str] = "air_station_days"
    date: date
    station_id: str
    pm10_ugm3: float | None
    pm25_ugm3: float | None
    no2_ugm3: float | None
    so2_ugm3: float | None
    co_mgm3: float | None
    o3_mda8_ugm3: float | None
    o3_8h_to_midnight_ugm3: float | None
    o3_hour_to_midnight_ugm3: float | None
    document_id: str
    file: str


class AirStationHour(Record, frozen=True):
    """A row of ``air_station_hours``."""

    table: ClassVar[str] = "air_station_hours"
    measured_at: str
    station_id: str
    aqi: int
    primary_pollutants: str | None
    pm25_ugm3: float | None
    pm10_ugm3: float | None
    so2_ugm3: float | None
    no2_ugm3: float | None
    co_mgm3: float | None
    o3_1h_ugm3: float | None
    o3_8h_ugm3: float | None
    document_id: str
    file: str


class CapitalMonth(Record, frozen=True):
    """A row of ``capitals_monthly``."""

    table: ClassVar[str] = "capitals_monthly"
    area_id: str
    month: str
    days_known: int
    days_in_month: int
    pm25_ugm3: float | None
    pm10_ugm3: float | None
    so2_ugm3: float | None
    no2_ugm3: float | None
    co_mgm3: float | None
    aqi_days: int
    good_days: int | None
    aqi_basis: Literal["published", "computed", "lower_bound", "mixed"] | None
    document_id: str


class CapitalYear(Record, frozen=True):
    """A row of ``capitals_annual``."""

    table: ClassVar[str] = "capitals_annual"
    area_id: str
    year: int
    days_known: int
    pm25_ugm3: float | None
    pm10_ugm3: float | None
    good_day_share_pct: float | None
    caveat: Literal["partial_year", "days_missing", "days_filled"] | None
    document_id: str


class WeatherDay(Record, frozen=True):
    """A row of ``weather_daily``."""

    table: ClassVar[str] = "weather_daily"
    date: date
    t_mean_c: float | None
    t_max_c: float | None
    t_min_c: float | None
    rh_mean_pct: float | None
    wind_mean_ms: float | None
    wind_max_ms: float | None
    wind_gust_ms: float | None
    sunshine_h: float | None
    precip_mm: float | None
    pressure_hpa: float | None
    document_id: str


class WaterSection(Record, frozen=True):
    """A row of ``water_sections``."""

    table: ClassVar[str] = "water_sections"
    section_id: str
    river_id: str
    order_downstream: int
    where: Both | None
    control: Literal["national", "provincial", "source", "historic", "unverified"]
    public_feed: Literal["yes", "past", "no"]
    target_class: int | None
    target_year: int | None
    target_document_id: str | None
    lon: float | None
    lat: float | None
    accuracy_km: float | None
    document_id: str
    place: str
    note: Both | None


class SectionClass(Record, frozen=True):
    """A row of ``section_classes``."""

    table: ClassVar[str] = "section_classes"
    section_id: str
    period: str
    document_id: str
    place: str
    op: Literal["=", "<="]
    water_class: int
    basis: Literal["published", "auto5"]
    note: Both | None


class WaterReading(Record, frozen=True):
    """A row of ``water_readings``."""

    table: ClassVar[str] = "water_readings"
    section_id: str
    measured_at: str
    site_class: int | None
    station_state: Literal["normal", "maintenance", "stopped"] | None
    digits: Literal["raw", "displayed"]
    water_temp_c: float | None
    ph: float | None
    do_mgl: float | None
    conductivity_uscm: float | None
    turbidity_ntu: float | None
    codmn_mgl: float | None
    nh3n_mgl: float | None
    tp_mgl: float | None
    tn_mgl: float | None
    document_id: str
    place: str


class Standard(Record, frozen=True):
    """A row of ``standards``."""

    table: ClassVar[str] = "standards"
    standard_id: str
    title: Both
    issued: str | None
    effective_from: date | None
    effective_to: date | None
    replaced_by: str | None
    evidence: Evidence
    note: Both | None
    source: str


class AqiBreakpoint(Record, frozen=True):
    """A row of ``aqi_breakpoints``."""

    table: ClassVar[str] = "aqi_breakpoints"
    standard_id: str
    pollutant: Pollutant
    averaging: Literal["24h", "1h", "8h"]
    iaqi: int
    concentration: float | None
    clause: str


class AqiCategory(Record, frozen=True):
    """A row of ``aqi_categories``."""

    table: ClassVar[str] = "aqi_categories"
    standard_id: str
    level: int
    aqi_low: int
    aqi_high: int | None
    name: Both
    color_hex: str
    effect: Both
    advice: Both
    clause: str


class SensitiveGroups(Record, frozen=True):
    """A row of ``sensitive_groups``."""

    table: ClassVar[str] = "sensitive_groups"
    standard_id: str
    pollutant: Pollutant
    groups: Both
    clause: str


class CompositeProfileItem(Record, frozen=True):
    """A row of ``composite_profiles``."""

    table: ClassVar[str] = "composite_profiles"
    profile: str
    rule_id: str
    item: str
    limit_value: float
    weight: float


class AirLimit(Record, frozen=True):
    """A row of ``air_limits``."""

    table: ClassVar[str] = "air_limits"
    standard_id: str
    phase: Literal["single", "transition", "final", "informative"]
    pollutant: str
    averaging: Literal["annual", "season", "24h", "1h", "MDA8"]
    zone_class: int
    limit_value: float
    limit_unit: Literal["ug/m3", "mg/m3"]
    effective_from: date
    effective_to: date | None
    clause: str


class SurfaceWaterLimit(Record, frozen=True):
    """A row of ``surface_water_limits``."""

    table: ClassVar[str] = "surface_water_limits"
    standard_id: str
    item: str
    water_body: Literal["all", "river", "lake"]
    no: int
    name: Both
    symbol: str
    item_unit: str
    rule: Literal["le", "ge", "range", "none"]
    class_1: float | None
    class_2: float | None
    class_3: float | None
    class_4: float | None
    class_5: float | None
    range_low: float | None
    range_high: float | None
    in_21: int
    in_auto5: int
    note: Both | None


class Rule(Record, frozen=True):
    """A row of ``rules``."""

    table: ClassVar[str] = "rules"
    rule_id: str
    topic: Both
    standard: str
    effective_from: date | None
    effective_to: date | None
    rule: Both
    formula: str | None
    evidence: Evidence
    source: str


class Term(Record, frozen=True):
    """A row of ``glossary``."""

    table: ClassVar[str] = "glossary"
    term_id: str
    zh: str
    en: str
    definition: Both | None


class WaterMonth(Record, frozen=True):
    """A row of ``water_monthly``."""

    table: ClassVar[str] = "water_monthly"
    section_id: str
    month: str
    document_id: str
    place: str
    water_temp_c: float | None
    ph: float | None
    do_mgl: float | None
    conductivity_uscm: float | None
    turbidity_ntu: float | None
    codmn_mgl: float | None
    nh3n_mgl: float | None
    tp_mgl: float | None
    tn_mgl: float | None
    below_detection: str | None
    note: Both | None


class AirPublishedDay(Record, frozen=True):
    """A row of ``air_published_days``."""

    table: ClassVar[str] = "air_published_days"
    date: date
    area_id: str
    document_id: str
    place: str
    aqi: float | None
    pm25_ugm3: float | None
    pm10_ugm3: float | None
    so2_ugm3: float | None
    no2_ugm3: float | None
    co_mgm3: float | None
    o3_8h_ugm3: float | None
    o3_1h_ugm3: float | None
    primary_pollutants: str | None
    level: int | None
    note: Both | None


class AirPublishedStationDay(Record, frozen=True):
    """A row of ``air_published_station_days``."""

    table: ClassVar[str] = "air_published_station_days"
    date: date
    station_id: str
    document_id: str
    place: str
    aqi: float | None
    pm25_ugm3: float | None
    pm10_ugm3: float | None
    so2_ugm3: float | None
    no2_ugm3: float | None
    co_mgm3: float | None
    o3_8h_ugm3: float | None
    o3_1h_ugm3: float | None
    primary_pollutants: str | None
    level: int | None
    note: Both | None


class AirPublishedHour(Record, frozen=True):
    """A row of ``air_published_hours``."""

    table: ClassVar[str] = "air_published_hours"
    measured_at: str
    area_id: str
    document_id: str
    place: str
    aqi: float | None
    pm25_ugm3: float | None
    pm10_ugm3: float | None
    so2_ugm3: float | None
    no2_ugm3: float | None
    co_mgm3: float | None
    o3_1h_ugm3: float | None
    o3_8h_ugm3: float | None
    pm25_24h_ugm3: float | None
    pm10_24h_ugm3: float | None
    primary_pollutants: str | None
    level: int | None
    note: Both | None


class AirPublishedStationHour(Record, frozen=True):
    """A row of ``air_published_station_hours``."""

    table: ClassVar[str] = "air_published_station_hours"
    measured_at: str
    station_id: str
    document_id: str
    place: str
    aqi: float | None
    pm25_ugm3: float | None
    pm10_ugm3: float | None
    so2_ugm3: float | None
    no2_ugm3: float | None
    co_mgm3: float | None
    o3_1h_ugm3: float | None
    o3_8h_ugm3: float | None
    pm25_24h_ugm3: float | None
    pm10_24h_ugm3: float | None
    primary_pollutants: str | None
    level: int | None
    note: Both | None


class DustDay(Record, frozen=True):
    """A row of ``dust_days``."""

    table: ClassVar[str] = "dust_days"
    date: date
    document_id: str
    decision: Literal["deducted", "kept"]
    place: str
    note: Both | None


class TaskStatus(Record, frozen=True):
    """A row of ``task_status``."""

    table: ClassVar[str] = "task_status"
    task_id: str
    as_of: date
    document_id: str
    status: Literal["not_started", "running", "done", "delayed"]
    text: Both | None
    place: str


BY_TABLE: dict[str, type[Record]] = {one.table: one for one in Record.__subclasses__()}
