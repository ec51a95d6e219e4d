"""Pieces of light pages: rows that lead on, promises, figures, the short answer for going out."""

from markupsafe import Markup

from reports.figures import Measured, Point
from reports.goals import Promise
from reports.latest import LatestAir
from views.lite.frame import href
from views.text import format as fmt
from views.text.words import Words
from views.ui import air as air_pieces
from views.ui import cards, figure_cards, inline, promise
from views.ui import now as now_pieces
from views.ui.air import AirReading, PollutantRow
from views.ui.rows import bold, muted, row
from views.visit import Visit


def promised(one: Promise, v: Visit) -> Markup:
    """A promise as a row: the last figure, its start and its target, why it has its state, the origin."""
    w = v.w
    shown = promise.row(one, w)
    value = bold(w("site.not_found"))
    if shown.official and shown.official.number:
        value = bold(shown.official.text, shown.official.period)
    state = cards.state(shown.state, shown.word)
    return row(
        shown.name,
        value,
        promise.line(shown),
        promise.ends(shown, w),
        cards.line(shown.reason, "small muted"),
        promise.measured(shown, w),
        cards.wrapped("line", cards.source_note(shown.known, w) + state),
        to=href(v, f"indicator/{shown.indicator_id}"),
    )


def figure(name: str, point: Point, v: Visit) -> Markup:
    """A published figure as a row that leads to its series."""
    w = v.w
    value = bold(figure_cards.value(point, w), fmt.period(point.period, w))
    to = href(v, f"indicator/{point.row.indicator_id}")
    return row(name, value, cards.source_note(point.provenance, w), to=to)


def latest(one: Measured, v: Visit) -> Markup:
    """The last figure of an indicator as a row."""
    return figure(cards.data_name(one.indicator, v.w), one.points[-1], v)


# ── the sky now ──────────────────────────────────────────────────────────────────────────────────────────────────────
def sky(latest: LatestAir, w: Words) -> Markup:
    """The newest air as a card: index, level, the short answer, its age, its origin."""
    reading = AirReading.of_latest(latest, w)
    body = (
        air_pieces.index_row(reading.index)
        + (inline.paragraph(reading.verdict, "verdict") if reading.verdict else "")
        + cards.line(reading.effect)
        + cards.line(reading.primary, "muted small")
        + cards.line(reading.remark, "muted small")
        + reading.age
    )
    return cards.card(now_pieces.sky_label(latest, w), body, foot=cards.source_note(reading.provenance, w))


def pollutant(one: PollutantRow) -> Markup:
    """A pollutant of an hour: its concentration and its share of the index."""
    if not one.unit:
        return row(one.name, muted(one.value))
    return row(one.name, bold(one.value, f"{one.unit} {one.against}".strip()))
