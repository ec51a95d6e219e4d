"""The measurement tables: readings as they come in, the answers they came from, and what the collector remembers.

Facts are made anew from their files (:mod:`store.schema`); these tables hold what exists nowhere else and change their
form only by a migration (:mod:`store.migrate`). Times are whole seconds since 1970 UTC: the same in every database,
small, and quick to compare; the functions of :mod:`store.readings` give and take timezone-aware times.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Text,
    UniqueConstraint,
)
from sqlalchemy import Table as _Table

live = MetaData()
# SQLite counts by itself only in a column of exactly this type.
_Number = BigInteger().with_variant(Integer, "sqlite")

# Which value is current where two are of the same moment: a known before a missing one, then the higher rank, then the
# later answer.
RANK = {"archive": 1, "live": 2, "provisional": 3, "published": 4, "verified": 5, "modelled": 1}
# What may be suspicious about a reading. The first two are set by loaders, the others by loaders.plausible.
FLAGS = (
    "unreadable",
    "unknown_section",
    "future",
    "stale",
    "negative",
    "impossible",
    "unit_slip",
    "stuck",
    "repeated_day",
    "zeros",
    "flat_day",
    "jump",
    "pm25_above_pm10",
    "city_far_from_stations",
)

# ── readings ─────────────────────────────────────────────────────────────────────────────────────────────────────────
series = _Table(
    "series",
    live,
    Column("series_id", Integer, primary_key=True),
    Column("place_id", Text, nullable=False),
    Column("item", Text, nullable=False),
    Column("averaging", Text, nullable=False),
    Column("stream", Text, nullable=False),
    # counted as readings are stored, so that nobody has to count millions of rows
    Column("readings", Integer, nullable=False, server_default="0"),  # those with a value
    Column("flagged", Integer, nullable=False, server_default="0"),  # those with flags, a value or none
    Column("first_at", BigInteger),  # first and last with a value
    Column("last_at", BigInteger),
    UniqueConstraint("place_id", "item", "averaging", "stream"),
)
readings = _Table(
    "readings",
    live,
    Column("series_id", Integer, primary_key=True, autoincrement=False),
    Column("at", BigInteger, primary_key=True, autoincrement=False),
    Column("value", Float),  # empty: not available; the reason is in note
    Column("rank", SmallInteger, nullable=False),  # RANK of its kind
    Column("flags", Text),  # comma-joined names of checks it failed; empty: none
    Column("note", Text),
    Column("raw_id", BigInteger),  # the answer it came from
    Column("primary_pollutants", Text),  # beside an AQI, as its platform names them: PM10,PM2.5
    Column("original", Text),  # the published digits behind a value that is displayed rounded: 0.50045
    sqlite_with_rowid=False,
)
# The few that are suspicious, by time. On PostgreSQL the migration names them too; here it would load that dialect always.
Index("readings_flagged", readings.c.at, sqlite_where=readings.c.flags.is_not(None))
# Replaced values: what was current, from which answer, until when.
replaced = _Table(
    "replaced",
    live,
    Column("replaced_id", _Number, primary_key=True),
    Column("series_id", Integer, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("value", Float),
    Column("rank", SmallInteger, nullable=False),
    Column("flags", Text),
    Column("note", Text),
    Column("raw_id", BigInteger),
    Column("replaced_at", BigInteger, nullable=False),
    Column("by_raw_id", BigInteger),
    Column("primary_pollutants", Text),
    Column("original", Text),
    Index("replaced_series_at", "series_id", "at"),
)
# Updated as readings come in. day: days since 1970 in Xining; month: year × 12 + month − 1.
day_values = _Table(
    "day_values",
    live,
    Column("series_id", Integer, primary_key=True, autoincrement=False),
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("n", SmallInteger, nullable=False),  # readings that count: known and not suspicious
    Column("mean", Float),
    Column("low", Float),
    Column("high", Float),
    Column("mda8", Float),  # of hourly ozone: the largest 8-hour mean where the day has enough of them
    sqlite_with_rowid=False,
)
month_values = _Table(
    "month_values",
    live,
    Column("series_id", Integer, primary_key=True, autoincrement=False),
    Column("month", Integer, primary_key=True, autoincrement=False),
    Column("n", Integer, nullable=False),
    Column("days", SmallInteger, nullable=False),  # days with a valid daily value
    Column("mean", Float),  # mean of the valid daily values (of all readings where none is hourly)
    sqlite_with_rowid=False,
)
places_seen = _Table(
    "places_seen",
    live,
    Column("place_id", Text, primary_key=True),
    Column("source", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("lon", Float),
    Column("lat", Float),
    Column("first_at", BigInteger, nullable=False),
    Column("last_at", BigInteger, nullable=False),
)

# ── answers ──────────────────────────────────────────────────────────────────────────────────────────────────────────
raw_bodies = _Table(
    "raw_bodies",
    live,
    Column("sha256", Text, primary_key=True),
    Column("size", Integer, nullable=False),  # bytes before compression
    Column("kept", Integer, nullable=False),  # bytes after it
    Column("asked_at", BigInteger, nullable=False),  # when it last came: the budget drops what came longest ago
    Column("body", LargeBinary, nullable=False),
)
raw_answers = _Table(
    "raw_answers",
    live,
    Column("raw_id", _Number, primary_key=True),
    Column("source", Text, nullable=False),
    Column("call", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("asked_at", BigInteger, nullable=False),
    Column("status", Integer),
    Column("content_type", Text, nullable=False),
    Column("sha256", Text, nullable=False),  # its body is in raw_bodies until the budget drops the oldest
    Column(
        "problem", Text, nullable=False
    ),  # for people, in English: why it has its state, or which rows could not be read
    Column("state", Text, nullable=False, server_default="ok"),  # store.states.AnswerState
    Index("raw_answers_source_asked", "source", "asked_at"),
)

# ── the collector ────────────────────────────────────────────────────────────────────────────────────────────────────
source_state = _Table(
    "source_state",
    live,
    Column("source", Text, primary_key=True),
    Column("asked_at", BigInteger),  # last request
    Column("next_at", BigInteger),  # not before then
    Column("succeeded_at", BigInteger),
    Column("changed_at", BigInteger),  # last request that brought something new
    Column("failed_at", BigInteger),
    Column("failure", Text),  # for people, in English
    Column("failing_since", BigInteger),  # empty: the last request succeeded
    Column("data_at", BigInteger),  # newest observed moment it has published
    Column("readings", BigInteger, nullable=False, server_default="0"),
    Column("flagged", BigInteger, nullable=False, server_default="0"),
    Column("cause", Text),  # of the last failure: store.states.FailureCause
    Column(
        "partial", SmallInteger, nullable=False, server_default="0"
    ),  # 1: the last failure was beside readings that came
)
leases = _Table(
    "leases",
    live,
    Column("name", Text, primary_key=True),
    Column("holder", Text, nullable=False),
    Column("until", BigInteger, nullable=False),
)
# A topic's number moves with every change of what it covers: cached results name the topics they read.
TOPICS = (
    "facts",  # the tracked tables and what a workbook brought into them
    "air_hours",
    "air_days",
    "air_modelled",
    "water",
    "weather",
    "ndvi",
    "series",  # moves with every new series, and so does the series' own topic
    "sources",  # how each source was reached, and the places it names
)
revisions = _Table(
    "revisions",
    live,
    Column("topic", Text, primary_key=True),
    Column("number", BigInteger, nullable=False),
)

# ── what people bring in ─────────────────────────────────────────────────────────────────────────────────────────────
# Rows of tables of facts that came by a workbook: they lie over the tracked file's rows when a table is filled.
imported_rows = _Table(
    "imported_rows",
    live,
    Column("table_name", Text, primary_key=True),
    Column("key", Text, primary_key=True),  # the row's key as JSON
    Column("row", Text, nullable=False),  # the whole row as JSON
    Column("raw_id", BigInteger, nullable=False),
    Column("imported_at", BigInteger, nullable=False),
)
corrections = _Table(
    "corrections",
    live,
    Column("correction_id", _Number, primary_key=True),
    Column("table_name", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("column", Text, nullable=False),
    Column("old", Text),
    Column("new", Text),
    Column("who", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("raw_id", BigInteger, nullable=False),
)
