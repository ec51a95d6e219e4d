"""Pieces of light pages: rows that lead on, promises, figures, the short answer for going out."""

from datetime import datetime

from markupsafe import Markup

from reports import advice, air, freshness
from reports.advice import Advice
from reports.figures import Measured, Point
from reports.goals import Promise
from reports.provenance import Kind
from views.lite.frame import href
from views.text import air as air_words
from views.text import format as fmt
from views.text.markup import html
from views.text.words import Words
from views.ui import air as air_pieces
from views.ui import cards, figure_cards, live, promise
from views.ui import now as now_pieces
from views.ui import rows as lists
from views.ui.rows import bold
from views.visit import Visit

block, row, rows, strong = lists.block, lists.row, lists.rows, lists.bold


def promised(one: Promise, w: Words) -> Markup:
    """A promise as a row: the last figure, its start and its target, why it has its state, the origin."""
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
        promise.beside(shown, w),
        cards.wrapped("line", cards.source_note(shown.known, w) + state),
        to=href(w, f"indicator/{shown.indicator_id}"),
    )


def figure(name: str, point: Point, w: Words) -> Markup:
    """A published figure as a row that leads to its series."""
    value = bold(figure_cards.value(point, w), fmt.period(point.period, w))
    to = href(w, f"indicator/{point.row.indicator_id}")
    return row(name, value, cards.source_note(point.provenance, w), to=to)


def latest(one: Measured, w: Words) -> Markup:
    """The last figure of an indicator as a row."""
    return figure(cards.data_name(one.indicator, w), one.points[-1], w)


# ── the sky now ──────────────────────────────────────────────────────────────────────────────────────────────────────
def sky(v: Visit, told: Advice) -> Markup:
    """The newest air as a card: index, level, the short answer, its age, its origin."""
    w, level = v.w, air.categories()[told.level - 1]
    day = None if told.at else air.latest_day()
    body = (
        air_pieces.index(told.aqi, level, w)
        + verdict(v, told)
        + cards.line(w.of(level.effect))
        + cards.line(air_words.primary(day or told, w), "muted small")
        + cards.line(air_words.ozone(day, w) if day else "", "muted small")
        + now_pieces.sky_age(v, told)
    )
    return cards.card(now_pieces.sky_label(v, told), body, foot=cards.source_note(told.told, w))


def verdict(v: Visit, told: Advice) -> Markup:
    """The short answer, where the air is still the air outside."""
    if not advice.holds(told, v.now):
        return Markup()
    return html('<p class="verdict">{}</p>', v.w(f"lite.verdict.{told.everyone.verdict}"))


def when(told: Advice, w: Words) -> str:
    """The hour or the day the newest air is of."""
    return fmt.hour(told.at, w) if told.at else fmt.day(told.day, w)


def hour_age(v: Visit, at: datetime, kind: Kind) -> Markup:
    """How old an hour of the air is, and whether it came live; ``kind``: of its basis."""
    return live.line(freshness.of(freshness.AIR, v.now, data_at=at, kind=kind), v.w)
