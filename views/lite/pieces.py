"""Pieces of light pages: blocks, rows that lead on, promises, figures, the short answer for going out."""

from collections.abc import Iterable
from datetime import datetime
from html import escape

from reports import advice, air, freshness
from reports.advice import Advice, Answer
from reports.basis import Kind
from reports.figures import Measured, Point
from reports.goals import Promise
from views import air_words, beside, cards, figure_cards, live, overview_blocks, promise
from views import format as fmt
from views.lite.frame import href
from views.page import Visit
from views.tokens import AQI_LEVELS
from views.words import Words


def head(headline: str, lead: str) -> str:
    """The page's question answered in a sentence, and what that rests on."""
    return f'<h1>{headline}</h1><p class="lead">{escape(lead)}</p>'


def block(title: str, body: str, sub: str = "") -> str:
    """A block under its title."""
    return (
        f"<section><h2>{escape(title)}</h2>"
        + (f'<p class="sub">{escape(sub)}</p>' if sub else "")
        + f"{body}</section>"
    )


def rows(items: Iterable[str], kind: str = "rows") -> str:
    """A list, a row an item."""
    return f'<ul class="{kind}">' + "".join(f"<li>{item}</li>" for item in items) + "</ul>"


def row(name: str, value: str, *below: str, to: str = "") -> str:
    """A name and its value on one line, more below. ``value`` and ``below`` are HTML; ``to``: where the name leads."""
    label = f'<a href="{to}">{escape(name)}</a>' if to else f"<span>{escape(name)}</span>"
    return f'<div class="line">{label}{value}</div>{"".join(below)}'


def strong(text: str, small: str = "") -> str:
    """A value in bold with what belongs to it in small letters."""
    return f"<b>{escape(text)}" + (f" <small>{escape(small)}</small>" if small else "") + "</b>"


def promised(one: Promise, w: Words) -> str:
    """A promise as a row: the last figure, its start and its target, why it has its state, the origin."""
    latest = one.official
    if latest is None or latest.value is None:
        value = strong(w("site.not_found"))
    else:
        value = strong(promise.amount(one, latest.value, latest.op, "", w), fmt.period(latest.period, w))
    said = f'<div class="small muted">{escape(promise.reason(one, w))}</div>'
    told = latest.basis if latest is not None else one.basis
    return row(
        w.of(one.indicator, "short"),
        value,
        promise.line(one, w),
        cards.ends(promise.baseline(one, w) or w("goals.no_baseline"), promise.aim(one, w)),
        said,
        beside.line(one, w),
        f'<div class="line">{cards.origin(told, w)}{cards.pill(one.judgement.status, w)}</div>',
        to=href(w, f"indicator/{one.indicator['indicator_id']}"),
    )


def figure(name: str, point: Point, w: Words) -> str:
    """A published figure as a row that leads to its series."""
    value = strong(figure_cards.value(point, w), fmt.period(point.period, w))
    to = href(w, f"indicator/{point.row['indicator_id']}")
    return row(name, value, cards.origin(point.basis, w), to=to)


def latest(one: Measured, w: Words) -> str:
    """The last figure of an indicator as a row."""
    return figure(cards.data_name(one.indicator, w), one.points[-1], w)


# ── the sky now ──────────────────────────────────────────────────────────────────────────────────────────────────────
def sky(v: Visit, told: Advice) -> str:
    """The newest air as a card: index, level, the short answer, its age, its origin."""
    w, level = v.w, air.categories()[told.level - 1]
    day = None if told.at else air.latest_day()
    body = (
        f'<div class="big"><div class="value">{told.aqi}<small>AQI</small></div>'
        f"{cards.chip(w.of(level, 'name'), AQI_LEVELS[told.level])}</div>"
        + verdict(v, told)
        + cards.line(w.of(level, "effect"))
        + cards.line(air_words.primary(day or told, w), "muted small")
        + cards.line(air_words.ozone(day, w) if day else "", "muted small")
        + overview_blocks.sky_age(v, told)
    )
    return cards.card(overview_blocks.sky_label(v, told), body, foot=cards.origin(told.told, w))


def verdict(v: Visit, told: Advice) -> str:
    """The short answer, where the air is still the air outside."""
    if not advice.holds(told, v.now):
        return ""
    return f'<p class="verdict">{escape(v.w(f"lite.verdict.{told.everyone.verdict}"))}</p>'


def when(told: Advice, w: Words) -> str:
    """The hour or the day the newest air is of."""
    return fmt.hour(told.at, w) if told.at else fmt.day(told.day, w)


def groups(answers: Iterable[Answer], w: Words, *, why: bool) -> str:
    """What each group had better do, with the rule behind it where asked for."""
    items = []
    for one in answers:
        reason = f'<div class="why">{escape(w(f"lite.rule.{one.rule}"))}</div>' if why else ""
        items.append(
            f'<li class="{one.verdict}"><b>{escape(w(f"lite.group.{one.group}"))}</b>'
            f"{escape(w(f'lite.answer.{one.verdict}'))}{reason}</li>"
        )
    return f'<ul class="groups">{"".join(items)}</ul>'


def hour_age(v: Visit, at: datetime, kind: Kind) -> str:
    """How old an hour of the air is, and whether it came live; ``kind``: of its basis."""
    return live.line(freshness.of(freshness.AIR, v.now, data_at=at, kind=kind), v.w)


def by_level(told: Advice, w: Words) -> str:
    """What each level of the air asks for, folded: true whatever the air is now."""
    header = [w("air.col_level"), w("lite.col_do")]
    levels = [
        [cards.chip(w.of(row, "name"), AQI_LEVELS[row["level"]]), cards.cell(w.of(row, "advice"))]
        for row in air.categories()
    ]
    return cards.folded(w("lite.by_level"), cards.table(header, levels)) + cards.origin(told.rule, w)
