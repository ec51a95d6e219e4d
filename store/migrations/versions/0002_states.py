"""States instead of sentences: an answer's state, a failure's cause, a failure in part, primary pollutants by themselves.

Until here code read these out of English sentences. Those sentences are known in this step alone, as they were
when it was written: stores that are older are carried over by them.
"""

import re

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0002", "0001"

IN_PART = "in part: "
LOADER_FAULT = "an error of the loader ("
# How the sentence of an answer that is not in the agreed form went on after its source and call.
BAD_PROTOCOL = re.compile(
    r"unknown call|expected an? (?:object|list)|text that is none of|no JSON|result .*, expected 1|thead and tbody"
    r"|no column .* and |the index and its reliability|scale .*, expected|no list of dates|band .*, expected"
    r"|.*: no list of subsets|cells of .* m, expected|no hourly part|none of |.*: \d+ (?:values )?for \d+ times"
    r"|utc_offset_seconds is|time: no list|.* is in .*, expected|.* is .*, expected a number up to"
    r"|no archive file|no readable CSV"
)
CAUSES = {
    "loader": re.escape(LOADER_FAULT),
    "refused": r"connection refused",
    "timeout": r"no .*answer within|no connection within",
    "dns": r"name not found",
    "tls": r"certificate not trusted|TLS failed",
    "reset": r"connection broken|no connection",
    "redirect": r"redirects",
    "busy": r"HTTP (429|503)|asks to wait",
    "http": r"HTTP \d",
    "type": r"answers .+ instead of",
    "size": r"more than \d",
    "empty": r"empty answer",
    "garbled": r"cannot be decompressed|JSON|UTF-8",
}


def upgrade() -> None:
    """Add the columns, then fill them from the old sentences."""
    op.add_column("readings", sa.Column("primary_pollutants", sa.Text(), nullable=True))
    op.add_column("replaced", sa.Column("primary_pollutants", sa.Text(), nullable=True))
    op.add_column("raw_answers", sa.Column("state", sa.Text(), server_default="ok", nullable=False))
    op.add_column("source_state", sa.Column("cause", sa.Text(), nullable=True))
    op.add_column("source_state", sa.Column("partial", sa.SmallInteger(), server_default="0", nullable=False))
    for name in ("readings", "replaced"):
        _primary_pollutants(name)
    _answers()
    _sources()


def _primary_pollutants(name: str) -> None:
    """The note of an index with a value named its primary pollutants, unless it was the published text ("<3")."""
    series = sa.table("series", sa.column("series_id"), sa.column("item"), sa.column("stream"))
    rows = sa.table(name, *(sa.column(one) for one in ("series_id", "value", "note", "primary_pollutants")))
    index = sa.select(series.c.series_id).where(series.c.item == "aqi", series.c.stream == "observed")
    named = sa.and_(
        rows.c.series_id.in_(index),
        rows.c.value.is_not(None),
        rows.c.note.is_not(None),
        rows.c.note.not_like("<%"),
        rows.c.note.not_like("＜%"),
    )
    op.execute(sa.update(rows).where(named).values(primary_pollutants=rows.c.note, note=None))


def _answers() -> None:
    rows = sa.table("raw_answers", *(sa.column(one) for one in ("raw_id", "source", "call", "problem", "state")))
    query = sa.select(rows.c.raw_id, rows.c.source, rows.c.call, rows.c.problem).where(rows.c.problem != "")
    for row in op.get_bind().execute(query).all():
        state = answer_state(row.problem, f"{row.source}, {row.call}")
        op.execute(sa.update(rows).where(rows.c.raw_id == row.raw_id).values(state=state))


def answer_state(problem: str, named: str) -> str:
    """The state an answer's sentence expresses; ``named``: the source and call with which it began where it was parsed."""
    if problem.startswith("nothing published"):
        return "nothing_published"
    if LOADER_FAULT in problem:
        return "loader_fault"
    if not problem.startswith(named):
        return "upstream_error"
    rest = problem.removeprefix(named)
    if re.match(r", row \d+: ", rest):  # AnswerError put the row before its colon
        return "bad_protocol"
    return "bad_protocol" if BAD_PROTOCOL.match(rest.removeprefix(": ")) else "ok"


def _sources() -> None:
    rows = sa.table("source_state", *(sa.column(one) for one in ("source", "failure", "cause", "partial")))
    query = sa.select(rows.c.source, rows.c.failure).where(rows.c.failure.is_not(None))
    for source, failure in op.get_bind().execute(query).all():
        rest = failure.removeprefix(IN_PART)
        values = {"failure": rest, "cause": cause(rest), "partial": int(rest != failure)}
        op.execute(sa.update(rows).where(rows.c.source == source).values(values))


def cause(failure: str) -> str:
    """The cause a source's sentence expresses."""
    return next((code for code, pattern in CAUSES.items() if re.search(pattern, failure)), "protocol")
