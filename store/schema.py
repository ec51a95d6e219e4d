"""Every table of known facts, declared once.

The database is made from these declarations and the tracked files in ``data/`` are checked against them:
a column's ``info`` holds what a value must satisfy (bounds, choices, a reference to another table, a pattern).
A new table is a declaration here and a file ``data/<name>.csv``; a new fact is a row in a file.
"""

from typing import Any

from sqlalchemy import Column, Date, Float, Integer, MetaData, String, Table

from store.city import HERE

WEST, SOUTH, EAST, NORTH = HERE.bounds

metadata = MetaData()

THEMES = ("air", "water", "waste", "greening", "soil", "climate", "risk", "participation", "industry")
POLLUTANTS = ("SO2", "NO2", "PM10", "PM2.5", "CO", "O3")

# A period is a year, month, quarter or day, or two of them joined by a slash: 2023, 2024-03, 2024-Q1, 2016/2020.
_PART = r"\d{4}(-(0[1-9]|1[0-2])(-\d{2})?|-Q[1-4])?"
PERIOD = rf"{_PART}(/{_PART})?"
PERIOD_BASES = ("written", "inferred")  # whether a document writes the period, or it was concluded from something else
MONTH = r"\d{4}-(0[1-9]|1[0-2])"
HOUR = r"\d{4}-\d{2}-\d{2}T\d{2}:00\+08:00"  # an hour's end
PARTIAL_DATE = r"\d{4}(-(0[1-9]|1[0-2])(-\d{2})?)?"
ID = r"[a-z0-9][a-z0-9_.-]*"
# What kind of statistic an indicator is; with the span of its period it is an annual mean, a month's share, a five-year sum.
STATISTICS = ("mean", "share", "days", "class", "flow", "stock", "index", "change", "rank", "state")


def text(name: str, *, key: bool = False, required: bool = True, **info: object) -> Column[Any]:
    """A text column; ``info``: choices=(…), ref="table.column", pattern=regex (whole value)."""
    return Column(name, String, primary_key=key, nullable=not (required or key), info=info)


def number(name: str, lo: float, hi: float, *, required: bool = False) -> Column[Any]:
    """A decimal column, lo ≤ value ≤ hi, in the unit of its name."""
    return Column(name, Float, nullable=not required, info={"lo": lo, "hi": hi})


def whole(name: str, lo: int, hi: int, *, key: bool = False, required: bool = True) -> Column[Any]:
    """A whole-number column, lo ≤ value ≤ hi."""
    return Column(name, Integer, primary_key=key, nullable=not (required or key), info={"lo": lo, "hi": hi})


def day(name: str, *, key: bool = False, required: bool = True) -> Column[Any]:
    """A calendar day, written YYYY-MM-DD."""
    return Column(name, Date, primary_key=key, nullable=not (required or key))


def table(name: str, *columns: Column[Any], folder: str = "") -> Table:
    """A table filled from ``data/<folder>/<name>.csv``."""
    return Table(name, metadata, *columns, info={"file": f"{folder}/{name}.csv" if folder else f"{name}.csv"})


def both(name: str, *, required: bool = True) -> tuple[Column[Any], Column[Any]]:
    """The same words in Chinese and English: ``<name>_zh`` and ``<name>_en``."""
    return text(f"{name}_zh", required=required), text(f"{name}_en", required=required)


def provenance_columns() -> tuple[Column[Any], Column[Any]]:
    """Where a row comes from: the document and the place in it (section, table, row)."""
    return text("document_id", ref="documents.document_id"), text("place")


# ── issuer, subject, place, unit ────────────────────────────────────────────────────────────────────
documents = table(
    "documents",
    text("document_id", key=True, pattern=ID),
    *both("title"),
    *both("issuer"),
    text("issued", required=False, pattern=PARTIAL_DATE),  # empty: the date is not known
    text("kind", choices=("plan", "bulletin", "report", "news", "standard", "archive", "dataset")),
    # what was before our eyes: the document itself, a reprint, a transcript of its data, an abstract, or only its name
    text("seen", choices=("original", "reprint", "transcript", "abstract", "named")),
    text("url", required=False, pattern=r"https?://\S+"),  # official sites only
    text("licence", required=False),
    *both("note", required=False),
)
# A place in a document as it is named there, and the same in English.
places = table("places", text("place", key=True), text("en"))
units = table("units", text("unit_id", key=True, pattern=r"\S+"), *both("symbol", required=False))
areas = table(
    "areas",
    text("area_id", key=True, pattern=ID),
    *both("name"),
    text("kind", choices=("city", "district", "province", "country", "section", "river", "lake", "zone", "cluster")),
    text("adcode", required=False, pattern=r"\d{6}"),
)
indicators = table(
    "indicators",
    text("indicator_id", key=True, pattern=ID),
    text("theme", choices=THEMES),
    text("family", choices=("outcome", "measure", "network", "capacity", "participation")),
    *both("name"),
    *both("short"),
    text("unit_id", ref="units.unit_id"),
    text("statistic", choices=STATISTICS),
    text("better", choices=("up", "down", "neither")),
    whole("decimals", 0, 4),
    number("lo", -1e9, 1e9, required=True),
    number("hi", -1e9, 1e9, required=True),
    *both("meaning", required=False),
)

# What is measured again and again: bounds of the possible, the largest likely change between two neighbouring readings
# (jump), how many equal readings in a row mean a stuck sensor (stuck_n); in the item's unit, empty: not checked.
items = table(
    "items",
    text("item", key=True, pattern=ID.replace("a-z0-9][", "a-z][")),
    text("medium", choices=("air", "water", "weather", "greening")),
    text("unit_id", ref="units.unit_id"),
    number("lo", -1e15, 1e15, required=True),
    number("hi", -1e15, 1e15, required=True),
    number("jump", 0, 1e9),
    whole("stuck_n", 2, 1000, required=False),
    whole("decimals", 0, 4),
    *both("name"),
)

# ── promises ─────────────────────────────────────────────────────────────────────────────────────────────────────────
plans = table(
    "plans",
    text("plan_id", key=True, pattern=ID),
    *both("name"),
    *both("short"),
    text("area_id", ref="areas.area_id"),
    whole("start_year", 2000, 2100),
    whole("end_year", 2000, 2100),
    text("status", choices=("final", "draft")),
    text("document_id", ref="documents.document_id"),
)
TARGET_KINDS = (
    "floor",  # ≥ value (or > value where strict)
    "ceiling",  # ≤ value
    "reduce_by",  # fall by at least value % against the baseline
    "cumulative",  # count up to value
    "class",  # water class value (1–6) or better
    "keep",  # must not get worse: 不减少, 稳中向好
    "none",  # must not happen: 不发生
    "built",  # must exist: 建成
    "delegated",  # set by a higher level, the document does not give its number
)
# Who sets the due date: the document (a day, month, year or period's end it writes), nobody, so that the end of the plan
# is taken, or the document states that there is no end (持续推进).
DUE_BASES = ("written", "plan_period", "none")
targets = table(
    "targets",
    text("plan_id", key=True, ref="plans.plan_id"),
    text("no", key=True),  # the row's number in the plan's own table; T1, T2 … for targets in its text
    text("tier", choices=("table", "text")),
    text("indicator_id", ref="indicators.indicator_id"),
    text("area_id", ref="areas.area_id"),
    text("kind", choices=TARGET_KINDS),
    text("nature", choices=("binding", "expected", "unstated")),
    text("baseline_op", required=False, choices=("=", ">", ">=")),
    number("baseline_value", -1e6, 1e6),
    *both("baseline_text", required=False),
    whole("baseline_year", 2000, 2100, required=False),
    text("baseline_basis", required=False, choices=PERIOD_BASES),  # given where the year is
    text("target_op", required=False, choices=("=", ">", ">=", "<=", "<")),
    number("target_value", -1e6, 1e6),
    *both("target_text", required=False),  # the plan's words in short where the target is no number
    text("delegated_by", required=False, choices=("state", "province", "city")),
    day("due", required=False),  # the last day of what is written, or of the plan; empty: carried on without an end
    text("due_basis", choices=DUE_BASES),
    *both("due_text", required=False),  # the document's words for when, where they are more precise than the year
    text("outcome_op", required=False, choices=("=", ">", ">=")),
    number("outcome_value", -1e6, 1e6),
    *both("outcome_text", required=False),
    text("outcome_period", required=False, pattern=PERIOD),
    text("stated", required=False, choices=("done", "not_done")),  # the issuing body's own statement
    text("outcome_document_id", required=False, ref="documents.document_id"),
    text("outcome_place", required=False),
    *provenance_columns(),
    *both("note", required=False),
)

# ── what was published ───────────────────────────────────────────────────────────────────────────────────────────────
figures = table(
    "figures",
    text("indicator_id", key=True, ref="indicators.indicator_id"),
    text("area_id", key=True, ref="areas.area_id"),
    text("period", key=True, pattern=PERIOD),
    text("period_basis", choices=PERIOD_BASES),
    text("document_id", key=True, ref="documents.document_id"),
    text("place", key=True),
    text("basis", key=True, choices=("unstated", "raw", "dust_deducted", "restated", "none")),
    text("op", choices=("=", ">", ">=", "<=", "~")),
    number("value", -1e9, 1e9),
    *both("text", required=False),  # where the published value is a word
    text("unit_id", ref="units.unit_id"),
    text("kind", choices=("stated", "derived", "planned")),
    text("confidence", choices=("primary", "secondary", "low")),
    *both("note", required=False),
)
# How a derived figure follows: from which figures (figure:indicator/area/period) or documents (document:id), and how.
derivations = table(
    "derivations",
    text("indicator_id", key=True, ref="indicators.indicator_id"),
    text("area_id", key=True, ref="areas.area_id"),
    text("period", key=True, pattern=PERIOD),
    text("parents", pattern=r"(figure|document):[^\s:]+( (figure|document):[^\s:]+)*"),
    *both("formula"),
)
# Figures that come near a promise without answering it: of another name or another place, with what differs.
relatives = table(
    "relatives",
    text("indicator_id", key=True, ref="indicators.indicator_id"),  # what is promised
    text("area_id", key=True, ref="areas.area_id"),
    text("other_indicator_id", key=True, ref="indicators.indicator_id"),
    text("other_area_id", key=True, ref="areas.area_id"),
    *both("difference"),
)
contradictions = table(
    "contradictions",
    text("contradiction_id", key=True, pattern=ID),
    text("theme", choices=THEMES),
    text("kind", choices=("conflict", "verdict", "rounding", "scope", "wording", "gap", "arithmetic")),
    text("indicator_id", required=False, ref="indicators.indicator_id"),
    text("area_id", required=False, ref="areas.area_id"),  # the area both are about; empty: the city, or two areas
    text("period", required=False, pattern=PERIOD),
    *both("topic"),
    *both("value_a"),
    text("document_a", ref="documents.document_id"),
    text("place_a"),
    *both("value_b"),
    text("document_b", ref="documents.document_id"),
    text("place_b"),
    *both("reading"),
)

# ── what is being done ───────────────────────────────────────────────────────────────────────────────────────────────
bodies = table("bodies", text("body_id", key=True, pattern=ID), *both("name"))
tasks = table(
    "tasks",
    text("task_id", key=True, pattern=r"\d+(\.\d+)?"),  # 7.2 is part (2) of task 7
    whole("no", 1, 99),
    text("part", required=False),
    text("theme", choices=THEMES),
    *both("group"),
    *both("title"),
    *both("action"),
    day("due", required=False),  # empty: carried on without an end date (持续推进)
    text("due_basis", choices=DUE_BASES),
    text("indicator_id", required=False, ref="indicators.indicator_id"),
    *provenance_columns(),
)
task_bodies = table(
    "task_bodies",
    text("task_id", key=True, ref="tasks.task_id"),
    text("body_id", key=True, ref="bodies.body_id"),
    text("role", choices=("responsible", "support")),  # the document's own words: 责任单位, 配合单位
    whole("order", 1, 99),  # in which the document names the bodies of that role
)
# What a document announces will be reported, evaluated, drawn up or answered for, and whether a result of it was found.
duties = table(
    "duties",
    text("duty_id", key=True, pattern=ID),
    text("plan_id", ref="plans.plan_id"),
    *both("title"),
    *both("what"),
    *both("body"),  # who owes it, as the document writes
    text("rhythm", choices=("month", "quarter", "year", "once", "regular")),  # regular: no interval is written
    day("due", required=False),  # only where a day is written
    *both("due_text", required=False),  # the document's words for when
    text("audience", choices=("public", "internal", "unstated")),  # for whom, as far as the document states
    text("found", choices=("found", "not_found", "not_searched")),
    text("found_document_id", required=False, ref="documents.document_id"),
    *both("searched", required=False),  # where it was searched
    day("searched_on", required=False),
    *provenance_columns(),
    *both("note", required=False),
)
# What was looked for, where and until when; ``about`` names what it would have answered, with the words of USES.
searches = table(
    "searches",
    text("search_id", key=True, pattern=ID),
    *both("what"),
    *both("where"),
    day("searched_on"),
    text("result", choices=("not_found", "partly")),  # partly: some years, areas or places of it were found
    text("about", required=False, pattern=r"(plan|target|indicator):[^\s:]+( (plan|target|indicator):[^\s:]+)*"),
    *both("note", required=False),
)
complaints = table(
    "complaints",
    text("batch", key=True),
    text("dimension", key=True, choices=("district", "kind", "channel")),
    text("item", key=True),
    *both("name"),
    text("area_id", required=False, ref="areas.area_id"),
    whole("n", 0, 10000),
    day("handed_over"),
    *provenance_columns(),
)
# Single cases published with more than a number: what a resident reported or an inspection found, and what came of it.
cases = table(
    "cases",
    text("case_id", key=True, pattern=ID),
    text("kind", choices=("complaint", "inspection")),
    text("theme", choices=THEMES),
    text("area_id", ref="areas.area_id"),
    *both("title"),
    text(
        "state", choices=("resolved", "in_hand")
    ),  # as last reported; in_hand: reported as begun, no end of it was found
    *both("searched", required=False),  # where its end was searched
    day("searched_on", required=False),
    *both("note", required=False),
)
case_steps = table(
    "case_steps",
    text("case_id", key=True, ref="cases.case_id"),
    whole("no", 1, 99, key=True),
    day("date", required=False),  # empty: the document gives no day, its place in the order is known
    *both("what"),
    *provenance_columns(),
)
# What a body above the city set itself for a year, in its own order.
priorities = table(
    "priorities",
    text("area_id", key=True, ref="areas.area_id"),
    whole("year", 2000, 2100, key=True),
    whole("no", 1, 99, key=True),
    *both("title"),
    *both("action"),
    *provenance_columns(),
    *both("note", required=False),
)
events = table(
    "events",
    text("event_id", key=True, pattern=ID),
    day("date"),
    *both("name"),
    *both("theme", required=False),
    *both("host", required=False),
    text("confidence", choices=("primary", "secondary", "low")),
    *provenance_columns(),
)

# A day that comes every year; the themes and hosts of single years are ``events``.
observances = table(
    "observances",
    text("observance_id", key=True, pattern=ID),
    whole("in_month", 1, 12),
    whole("on_day", 1, 31),
    *both("name"),
    whole("since", 1900, 2100, required=False),  # the year of the first one, where the document says so
    *provenance_columns(),
)
# What marks the way of the city, as a document tells it; a month or year where it writes no day.
milestones = table(
    "milestones",
    text("milestone_id", key=True, pattern=ID),
    text("period", pattern=PERIOD),
    text("theme", choices=THEMES),
    *both("short"),
    *both("what"),
    text("confidence", choices=("primary", "secondary", "low")),
    *provenance_columns(),
)
PROJECT_KINDS = (
    "forest", "park", "wetland", "wildlife", "river", "land", "supply", "sewage", "water_saving",
    "waste", "soil", "village", "air", "climate", "risk", "monitoring",
)  # fmt: skip
# Works a plan names in its boxes, one by one. ``area_id``: where the plan says it lies in one district, river or zone;
# ``target_no``: the target of the same plan that it has a number in.
projects = table(
    "projects",
    text("project_id", key=True, pattern=ID),
    whole("box", 1, 99),
    whole("no", 1, 99),
    text("kind", choices=PROJECT_KINDS),
    text("area_id", required=False, ref="areas.area_id"),
    *both("name"),
    text("target_no", required=False),
    *provenance_columns(),
)
# The parts of a scheme that a document sums up in a short form (134N, one core and two screens), in its own order.
scheme_parts = table(
    "scheme_parts",
    text("scheme", key=True, choices=("waste_134n", "waste_2024", "barrier", "river")),
    whole("no", 1, 99, key=True),
    text("group"),  # the figure or word of the short form it belongs to
    *both("name"),
    *both("what", required=False),
    *provenance_columns(),
)

# ── the documents, sentence by sentence ─────────────────────────────────────────────────────────────────────
# Every sentence or table row of a document that is accounted for, in order and without its text: made by
# `python -m loaders sentences`. ``mark``: it writes a date, a number, or says that something is to be whole, public or
# forbidden; empty where it does none of it.
sentences = table(
    "sentences",
    text("document_id", key=True, pattern=ID),
    whole("no", 1, 10000, key=True),
    text("fingerprint", pattern=r"[0-9a-f]{10}"),
    text("digits", required=False),
    text("mark", required=False, choices=("date", "number", "promise")),
)
# Tables whose rows a sentence feeds, by the word used for it in ``register.uses``: their key, joined by a slash. ``page``
# names the page that lists the row of the register itself.
USES = {
    "target": ("targets", ("plan_id", "no")),
    "figure": ("figures", ("indicator_id", "area_id", "period")),
    "task": ("tasks", ("task_id",)),
    "contradiction": ("contradictions", ("contradiction_id",)),
    "class": ("section_classes", ("section_id", "period")),
    "section": ("water_sections", ("section_id",)),
    "complaint": ("complaints", ("batch", "dimension", "item")),
    "event": ("events", ("event_id",)),
    "plan": ("plans", ("plan_id",)),
    "duty": ("duties", ("duty_id",)),
    "case": ("cases", ("case_id",)),
    "priority": ("priorities", ("area_id", "year", "no")),
    "document": ("documents", ("document_id",)),
}
_USE = rf"({'|'.join((*USES, 'page'))}):[^\s:]+"
LEFT_OUT = ("name", "background", "general", "heading", "honour")
register = table(
    "register",
    text("register_id", key=True, pattern=ID),
    *provenance_columns(),
    text("fingerprint", ref="sentences.fingerprint"),
    text("key", pattern=r"\S{2,16}"),  # how to find the sentence in the document: its first words, or words in it
    text(
        "kind",
        choices=(
            "target",  # a state to be reached
            "result",  # what was reached or counted
            "status",  # a state of things or a name
            "task",  # work to be done, with an end by which it can be judged
            "project",  # works to be built
            "ban",  # what may not be
            "rule",  # what holds from now on
            "reporting_duty",
            "evaluation",
            "background",
        ),
    ),
    # Bodies in the document's order with the document's own word for their part; 行文 where the sentence only names them:
    # 责任单位:environment,housing;配合单位:market
    text("bodies", required=False, pattern=r"[^\s:;,]+:[a-z0-9_,]+(;[^\s:;,]+:[a-z0-9_,]+)*"),
    *both("due_text", required=False),  # the deadline in the document's words
    day("due", required=False),  # only where the document writes one
    text("numbers", required=False),  # the figures it carries that count something, joined by spaces
    *both("summary", required=False),  # what it says, in own words; required where a page lists the row
    text("uses", required=False, pattern=rf"{_USE}( {_USE})*"),
    # Why no other table takes it up: a numeral in a name or slogan; another place, another time or a definition; work
    # without an end by which it could be judged; the head of a table or box; an honour or a first of its kind.
    text("left_out", required=False, choices=LEFT_OUT),
)

# ── air ──────────────────────────────────────────────────────────────────────────────────────────────────────────────
O3_KINDS = ("max_8h", "mean_1h", "max_1h", "doubtful", "undefined")  # doubtful: stored and shown, counted nowhere
air_daily = table(
    "air_daily",
    day("date", key=True),
    number("pm25_ugm3", 0, 1000),
    number("pm10_ugm3", 0, 5000),
    number("so2_ugm3", 0, 1000),
    number("no2_ugm3", 0, 1000),
    number("co_mgm3", 0, 50),
    number("o3_ugm3", 0, 600),
    text("o3_kind", required=False, choices=O3_KINDS),  # what o3_ugm3 is on that day: never one series
    number("archive_aqi", 0, 500),
    number("o3_8h_implied_ugm3", 0, 600),  # inverse of a published AQI: an estimate
    text("document_id", ref="documents.document_id"),
)
air_stations = table(
    "air_stations",
    text("station_id", key=True, pattern=r"\d{4}A"),
    *both("name"),
    text("area_id", ref="areas.area_id"),
    number("lon", WEST, EAST, required=True),
    number("lat", SOUTH, NORTH, required=True),
    text("role", choices=("assessment", "background")),
    whole("first_seen_year", 2012, 2100, required=False),
    whole("last_seen_year", 2012, 2100, required=False),
    text("state", choices=("active", "retired", "uncertain")),
    *provenance_columns(),
    *both("note", required=False),
)
# Monthly means as an archive gives them; how many days one is made of is not published.
air_monthly = table(
    "air_monthly",
    text("month", key=True, pattern=MONTH),
    number("pm25_ugm3", 0, 500),
    number("pm10_ugm3", 0, 1500),
    number("so2_ugm3", 0, 500),
    number("no2_ugm3", 0, 500),
    number("co_mgm3", 0, 20),
    number("o3_8h_mean_ugm3", 0, 400),  # mean of the daily largest 8-hour means
    text("document_id", ref="documents.document_id"),
)
# Days of single stations, copied from a public archive whose ozone columns have no sure names in 2026: that
# o3_mda8_ugm3 is the day's largest 8-hour mean is inferred (it never falls below the next column, 16:00–24:00).
air_station_days = table(
    "air_station_days",
    day("date", key=True),
    text("station_id", key=True, ref="air_stations.station_id"),
    number("pm10_ugm3", 0, 5000),
    number("pm25_ugm3", 0, 1000),
    number("no2_ugm3", 0, 1000),
    number("so2_ugm3", 0, 1000),
    number("co_mgm3", 0, 50),
    number("o3_mda8_ugm3", 0, 600),
    number("o3_8h_to_midnight_ugm3", 0, 600),
    number("o3_hour_to_midnight_ugm3", 0, 600),
    text("document_id", ref="documents.document_id"),
    text("file"),  # in the archive
)
# Hours of single stations as the platform published them, by the hour's end, copied from a public archive; the AQI and its
# primary pollutants are the platform's own.
air_station_hours = table(
    "air_station_hours",
    text("measured_at", key=True, pattern=HOUR),
    text("station_id", key=True, ref="air_stations.station_id"),
    whole("aqi", 0, 500),
    text("primary_pollutants", required=False, pattern=r"(PM10|PM2\.5|SO2|NO2|CO|O3)(,(PM10|PM2\.5|SO2|NO2|CO|O3))*"),
    number("pm25_ugm3", 0, 1000),
    number("pm10_ugm3", 0, 5000),
    number("so2_ugm3", 0, 1000),
    number("no2_ugm3", 0, 1000),
    number("co_mgm3", 0, 50),
    number("o3_1h_ugm3", 0, 600),
    number("o3_8h_ugm3", 0, 600),
    text("document_id", ref="documents.document_id"),
    text("file"),  # in the archive
)
capitals_monthly = table(
    "capitals_monthly",
    text("area_id", key=True, ref="areas.area_id"),
    text("month", key=True, pattern=MONTH),
    whole("days_known", 0, 31),
    whole("days_in_month", 28, 31),
    number("pm25_ugm3", 0, 500),
    number("pm10_ugm3", 0, 1500),
    number("so2_ugm3", 0, 500),
    number("no2_ugm3", 0, 500),
    number("co_mgm3", 0, 20),
    whole("aqi_days", 0, 31),
    whole("good_days", 0, 31, required=False),
    text("aqi_basis", required=False, choices=("published", "computed", "lower_bound", "mixed")),
    text("document_id", ref="documents.document_id"),
)
capitals_annual = table(
    "capitals_annual",
    text("area_id", key=True, ref="areas.area_id"),
    whole("year", 2013, 2100, key=True),
    whole("days_known", 0, 366),
    number("pm25_ugm3", 0, 500),
    number("pm10_ugm3", 0, 1500),
    number("good_day_share_pct", 0, 100),
    text("caveat", required=False, choices=("partial_year", "days_missing", "days_filled")),
    text("document_id", ref="documents.document_id"),
)
weather_daily = table(
    "weather_daily",
    day("date", key=True),
    number("t_mean_c", -40, 40),
    number("t_max_c", -40, 45),
    number("t_min_c", -45, 40),
    number("rh_mean_pct", 0, 100),
    number("wind_mean_ms", 0, 40),
    number("wind_max_ms", 0, 60),
    number("wind_gust_ms", 0, 80),
    number("sunshine_h", 0, 16),
    number("precip_mm", 0, 300),
    number("pressure_hpa", 700, 850),
    text("document_id", ref="documents.document_id"),
)

# ── water ────────────────────────────────────────────────────────────────────────────────────────────────────────────
water_sections = table(
    "water_sections",
    text("section_id", key=True, pattern=ID, ref="areas.area_id"),
    text("river_id", ref="areas.area_id"),
    whole("order_downstream", 1, 99),  # along its river
    *both("where", required=False),
    text("control", choices=("national", "provincial", "source", "historic", "unverified")),
    text("public_feed", choices=("yes", "past", "no")),
    whole("target_class", 1, 6, required=False),
    whole("target_year", 2015, 2100, required=False),
    text("target_document_id", required=False, ref="documents.document_id"),
    number("lon", WEST, EAST),
    number("lat", SOUTH, NORTH),
    number("accuracy_km", 0, 50),  # how far the point may lie from the true place
    *provenance_columns(),
    *both("note", required=False),
)
section_classes = table(
    "section_classes",
    text("section_id", key=True, ref="water_sections.section_id"),
    text("period", key=True, pattern=PERIOD),
    text("document_id", key=True, ref="documents.document_id"),
    text("place", key=True),
    text("op", choices=("=", "<=")),  # <=: this class or better
    whole("water_class", 1, 6),
    text("basis", choices=("published", "auto5")),  # official class, or the five automatic items
    *both("note", required=False),
)
water_readings = table(
    "water_readings",
    text("section_id", key=True, ref="water_sections.section_id"),
    text("measured_at", key=True, pattern=r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}\+08:00"),
    whole("site_class", 1, 6, required=False),  # the class the platform itself showed
    # A station under maintenance or stopped repeats old values; empty: the source does not state it.
    text("station_state", required=False, choices=("normal", "maintenance", "stopped")),
    text("digits", choices=("raw", "displayed")),  # displayed: rounded as the platform shows them; it classifies those
    number("water_temp_c", -5, 45),
    number("ph", 0, 14),
    number("do_mgl", 0, 30),
    number("conductivity_uscm", 0, 100000),
    number("turbidity_ntu", 0, 10000),
    number("codmn_mgl", 0, 500),
    number("nh3n_mgl", 0, 200),
    number("tp_mgl", 0, 50),
    number("tn_mgl", 0, 200),
    *provenance_columns(),
)

# ── standards, each with its dates ───────────────────────────────────────────────────────────────────────────────────
STANDARD_FOLDER = "standards"
standards = table(
    "standards",
    text("standard_id", key=True),  # e.g. HJ 633-2026
    *both("title"),
    text("issued", required=False, pattern=PARTIAL_DATE),
    day("effective_from", required=False),
    day("effective_to", required=False),
    text("replaced_by", required=False),
    text("evidence", choices=("read", "secondary", "memory")),  # how it was seen
    *both("note", required=False),
    text("source"),
    folder=STANDARD_FOLDER,
)
aqi_breakpoints = table(
    "aqi_breakpoints",
    text("standard_id", key=True, ref="standards.standard_id"),
    text("pollutant", key=True, choices=POLLUTANTS),
    text("averaging", key=True, choices=("24h", "1h", "8h")),
    whole("iaqi", 0, 500, key=True),
    number("concentration", 0, 5000),  # µg/m³, CO mg/m³; empty: no breakpoint at this IAQI
    text("clause"),
    folder=STANDARD_FOLDER,
)
aqi_categories = table(
    "aqi_categories",
    text("standard_id", key=True, ref="standards.standard_id"),
    whole("level", 1, 6, key=True),
    whole("aqi_low", 0, 500),
    whole("aqi_high", 0, 500, required=False),
    *both("name"),
    text("color_hex", pattern=r"#[0-9A-F]{6}"),
    *both("effect"),
    *both("advice"),
    text("clause"),
    folder=STANDARD_FOLDER,
)
sensitive_groups = table(
    "sensitive_groups",
    text("standard_id", key=True, ref="standards.standard_id"),
    text("pollutant", key=True, choices=POLLUTANTS),
    *both("groups"),
    text("clause"),
    folder=STANDARD_FOLDER,
)
composite_profiles = table(
    "composite_profiles",
    text("profile", key=True),
    text("rule_id", ref="rules.rule_id"),
    text("item", key=True, ref="items.item"),
    number("limit_value", 0, 10000, required=True),
    number("weight", 0, 10, required=True),
    folder=STANDARD_FOLDER,
)
air_limits = table(
    "air_limits",
    text("standard_id", key=True, ref="standards.standard_id"),
    text("phase", key=True, choices=("single", "transition", "final", "informative")),
    text("pollutant", key=True),
    text("averaging", key=True, choices=("annual", "season", "24h", "1h", "MDA8")),
    whole("zone_class", 0, 2, key=True),  # 1, 2; 0 = a reference value without class
    number("limit_value", 0, 10000, required=True),
    text("limit_unit", choices=("ug/m3", "mg/m3")),
    day("effective_from"),
    day("effective_to", required=False),
    text("clause"),
    folder=STANDARD_FOLDER,
)
surface_water_limits = table(
    "surface_water_limits",
    text("standard_id", key=True, ref="standards.standard_id"),
    text("item", key=True),  # the input column of the item: ph, do_mgl, codmn_mgl …
    text("water_body", key=True, choices=("all", "river", "lake")),
    whole("no", 1, 24),
    *both("name"),
    text("symbol"),
    text("item_unit"),
    text("rule", choices=("le", "ge", "range", "none")),  # none: not classed (temperature)
    number("class_1", 0, 100000),
    number("class_2", 0, 100000),
    number("class_3", 0, 100000),
    number("class_4", 0, 100000),
    number("class_5", 0, 100000),
    number("range_low", 0, 14),
    number("range_high", 0, 14),
    whole("in_21", 0, 1),
    whole("in_auto5", 0, 1),
    *both("note", required=False),
    folder=STANDARD_FOLDER,
)
rules = table(
    "rules",
    text("rule_id", key=True, pattern=r"R\d{2}"),
    *both("topic"),
    text("standard"),
    day("effective_from", required=False),
    day("effective_to", required=False),
    *both("rule"),
    text("formula", required=False),
    text("evidence", choices=("read", "secondary", "memory")),
    text("source"),
    folder=STANDARD_FOLDER,
)
glossary = table(
    "glossary",
    text("term_id", key=True, pattern=ID),
    text("zh"),
    text("en"),
    *both("definition", required=False),
    folder=STANDARD_FOLDER,
)

# ── what only a workbook brings: no machine source publishes it, so the tracked files may hold no row ────────────────────
water_monthly = table(
    "water_monthly",
    text("section_id", key=True, ref="water_sections.section_id"),
    text("month", key=True, pattern=MONTH),
    text("document_id", key=True, ref="documents.document_id"),
    text("place", key=True),
    number("water_temp_c", -5, 45),
    number("ph", 0, 14),
    number("do_mgl", 0, 30),
    number("conductivity_uscm", 0, 100000),
    number("turbidity_ntu", 0, 10000),
    number("codmn_mgl", 0, 500),
    number("nh3n_mgl", 0, 200),
    number("tp_mgl", 0, 50),
    number("tn_mgl", 0, 200),
    # Items whose value is half the limit of detection, or is missing, as the document writes it: nh3n_mgl 0.025L; tp_mgl ND
    text("below_detection", required=False),
    *both("note", required=False),
)


# ── values of the air as an official body published them ────────────────────────────────────────────────────────────────
def _published(name: str, *key: Column[Any], more: tuple[Column[Any], ...]) -> Table:
    """Values of the air as an official body published them, of a city or a station, for a day or an hour.

    They take nobody's place: the archives' days (``air_daily``) and the platform's hours stand beside them.
    """
    return table(
        name,
        *key,
        text("document_id", key=True, ref="documents.document_id"),
        text("place", key=True),
        number("aqi", 0, 500),
        number("pm25_ugm3", 0, 1000),
        number("pm10_ugm3", 0, 5000),
        number("so2_ugm3", 0, 1000),
        number("no2_ugm3", 0, 1000),
        number("co_mgm3", 0, 50),
        *more,
        text("primary_pollutants", required=False),  # as they are written
        whole("level", 1, 6, required=False),
        *both("note", required=False),
    )


def _ozone_of_days() -> tuple[Column[Any], ...]:
    """The largest 8-hour mean of the day, and its largest hour."""
    return number("o3_8h_ugm3", 0, 600), number("o3_1h_ugm3", 0, 1200)


def _hourly() -> tuple[Column[Any], ...]:
    """Ozone of the hour and of the 8 hours up to it; particles of the 24 hours up to it."""
    return (
        number("o3_1h_ugm3", 0, 1200),
        number("o3_8h_ugm3", 0, 600),
        number("pm25_24h_ugm3", 0, 1000),
        number("pm10_24h_ugm3", 0, 5000),
    )


air_published_days = _published(
    "air_published_days", day("date", key=True), text("area_id", key=True, ref="areas.area_id"), more=_ozone_of_days()
)
air_published_station_days = _published(
    "air_published_station_days",
    day("date", key=True),
    text("station_id", key=True, ref="air_stations.station_id"),
    more=_ozone_of_days(),
)
air_published_hours = _published(
    "air_published_hours",
    text("measured_at", key=True, pattern=HOUR),
    text("area_id", key=True, ref="areas.area_id"),
    more=_hourly(),
)
air_published_station_hours = _published(
    "air_published_station_hours",
    text("measured_at", key=True, pattern=HOUR),
    text("station_id", key=True, ref="air_stations.station_id"),
    more=_hourly(),
)
dust_days = table(
    "dust_days",
    day("date", key=True),
    text("document_id", key=True, ref="documents.document_id"),
    text("decision", choices=("deducted", "kept")),  # taken out of the year's account, or applied for and left in it
    text("place"),
    *both("note", required=False),
)
task_status = table(
    "task_status",
    text("task_id", key=True, ref="tasks.task_id"),
    day("as_of", key=True),
    text("document_id", key=True, ref="documents.document_id"),
    text("status", choices=("not_started", "running", "done", "delayed")),
    *both("text", required=False),  # what was reported, in short
    text("place"),
)

# ── the store about itself ────────────────────────────────────────────────────────────────────────────────────
store_files = Table(
    "store_files",
    metadata,
    Column("name", String, primary_key=True),
    Column("sha256", String, nullable=False),
    Column("rows", Integer, nullable=False),
)

FACT_TABLES = tuple(t for t in metadata.sorted_tables if "file" in t.info)
