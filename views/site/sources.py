"""The sources of measurements on the data page: the status of each, and the readings that failed a check."""

from collections.abc import Sequence

from markupsafe import Markup

from reports.method import SourceStatus, Suspicious
from views.site import page
from views.site.sheet import drawn_once
from views.text import format as fmt
from views.text.markup import join
from views.text.words import Words
from views.ui import cards, inline, live
from views.visit import Visit


def sources(v: Visit, found: Sequence[SourceStatus]) -> None:
    """Every source of measurements: newest value, last success, last failure and why, next request, readings stored."""
    w = v.w
    live_now = sum(one.health.on and one.fresh.state == "live" for one in found)
    page.section(w("sources.title", n=live_now, total=sum(one.health.on for one in found)), w("sources.sub"))
    columns = ("source", "newest", "success", "failure", "next", "kept", "flagged")
    rows = [_row(one, v) for one in found]
    table = cards.table([w(f"sources.column_{c}") for c in columns], rows, numeric=(5, 6))
    page.show(cards.card(w("sources.card"), cards.wrapped("sources", table)))


def _row(one: SourceStatus, v: Visit) -> list[cards.Cell]:
    w, health = v.w, one.health
    return [
        inline.strong(w.of(one.source.document.title)) + inline.below(w.of(one.licence)),
        _newest(one, v),
        fmt.ago(v.now - health.succeeded_at, w) if health.succeeded_at else "—",
        _failure(one, v),
        _next(one, v),
        fmt.number(health.readings),
        fmt.number(health.flagged),
    ]


def _newest(one: SourceStatus, v: Visit) -> Markup:
    w, health = v.w, one.health
    badge = live.badge(one.fresh, w)
    if health.data_at is None or health.age is None:
        return badge + inline.below(live.delay_reason(one.fresh, w))
    age = inline.below(fmt.ago(health.age, w))
    return join([fmt.hour(health.data_at, w, v.now), age, cards.line(badge, "")])


def _failure(one: SourceStatus, v: Visit) -> cards.Cell:
    w, health = v.w, one.health
    if health.failed_at is None:
        return w("sources.no_failure")
    lasts = health.partial and health.failed_at == health.succeeded_at
    over = "" if health.failing_since or lasts else w("sources.over")
    why = w(f"live.why.{health.cause}") + over
    reason = inline.quoted_english(health.failure) if health.failing_since or lasts else ""
    return join(
        [
            fmt.hour(health.failed_at, w, v.now),
            inline.below(w("sources.in_part", why=why) if health.partial else why),
            reason,
        ]
    )


def _next(one: SourceStatus, v: Visit) -> cards.Cell:
    w, health = v.w, one.health
    if not health.on:
        return w("sources.by_hand")
    expected = inline.below(_expected(one, v))
    if health.next_at is None or health.next_at <= v.now:
        return join([w("sources.soon"), expected])
    today = health.next_at.date() == v.now.date()
    return join([fmt.clock(health.next_at) if today else fmt.hour(health.next_at, w, v.now), expected])


def _expected(one: SourceStatus, v: Visit) -> str:
    """When the next value is due by the source's cadence; nothing where none came yet, or where that moment is past."""
    health = one.health
    if health.data_at is None:
        return ""
    due = health.data_at + one.fresh.expected_age
    return v.w("sources.expected", time=fmt.hour(due, v.w, v.now)) if due > v.now else ""


@drawn_once()
def suspicious(v: Visit, found: Sequence[Suspicious]) -> None:
    """Readings that failed a check: stored and shown, left out of every judgement."""
    w = v.w
    page.section(
        w("sources.flagged_title", n=len(found)) if found else w("sources.flagged_none"), w("sources.flagged_sub")
    )
    if found:
        header = [w(f"sources.column_{name}") for name in ("place", "item", "time", "value", "why")]
        body = cards.table(header, [_suspicious(one, w) for one in found], numeric=(3,))
        page.show(cards.folded(w("site.show_table"), body))


def _suspicious(one: Suspicious, w: Words) -> list[cards.Cell]:
    reasons = w("air.list_comma").join(w(f"sources.flag.{flag}") for flag in one.flags)
    value = "—" if one.value is None else fmt.plain(one.value)
    cells = [w.of(one.place), w.of(one.item.name), fmt.hour(one.at, w), value, reasons]
    return [cards.cell(text) for text in cells]
