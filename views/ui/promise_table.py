"""Promises as a table: what was promised, from where, by when, and the last figure published; its sources below."""

from collections.abc import Sequence

from markupsafe import Markup

from reports import goals
from reports.goals import Promise
from views.cached import cached_rendering_of
from views.text.markup import html
from views.text.words import Words
from views.ui import cards, inline, promise
from views.ui.promise import Row

COLUMNS = ("what", "goal", "known")


@cached_rendering_of("facts")
def table(promises: Sequence[Promise], w: Words) -> Markup:
    """One row for each promise: its start under its target, its state in one word over the last figure."""
    rows = [_row(promise.row(one, w)) for one in promises]
    header = [w(f"promise_table.{name}") for name in COLUMNS]
    return cards.table(header, rows) + cards.source_note(goals.provenance_of(promises), w)


def _row(one: Row) -> list[Markup]:
    return [
        inline.with_remark(one.long_name, one.scope),
        inline.with_remark(inline.strong(one.target.line), one.start),
        html("<div>{}</div>{}", cards.state(one.state, one.word), _known(one)),
    ]


def _known(one: Row) -> Markup:
    """The last figure with its period and the source's note, and what is measured here; nothing where none is."""
    measured = inline.below(one.measured.sentence if one.measured else "")
    if one.official is None:
        return measured
    parts = (one.official.period, one.official.note)
    return inline.with_remark(one.official.text, " · ".join(part for part in parts if part)) + measured
