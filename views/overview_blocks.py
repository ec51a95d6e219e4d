"""Blocks of the overview. No chart library here: the first page is drawn on the server and arrives light."""

from datetime import datetime, time
from html import escape

from reports import air, air_now, freshness, water
from reports.basis import Basis
from reports.overview import Move, Overview
from views import cards, live, page, promise, sky
from views import format as fmt
from views.page import Visit
from views.tokens import AQI_LEVELS, WATER_CLASSES
from views.words import Words


def lead(v: Visit, report: Overview) -> None:
    """The page's answer."""
    page.head(v, "overview", *answer(report, v.w))


def answer(report: Overview, w: Words) -> tuple[str, str]:
    """The state of the eight promises in a sentence, and what it rests on."""
    headline = w(
        "overview.headline", n=len(report.headline), better=report.better, worse=report.worse, unknown=report.unknown
    )
    return headline, w("overview.lead", due=report.due_without_result, total=report.main_total)


@live.beating
def now(v: Visit) -> None:
    """Air and river in one line each, with their age."""
    page.section(v.w("overview.now_title"), v.w("overview.now_sub"))
    page.show(cards.grid([air_card(v), river_card(v)], "two"))


def air_card(v: Visit) -> str:
    """The sky of the latest hour; of the last known day where no hour is known or that day is later."""
    w, report = v.w, air_now.now()
    day = air.latest_day()
    if report is not None and report.city.aqi is not None and report.city.at.date() >= day.day:
        hour = report.city
        fresh = live.line(freshness.of("cnemc_air", v.now, data_at=hour.at), w)
        return _sky(w("overview.sky_hour"), hour.aqi or 0, hour.level or 1, fresh, hour.basis, w)
    when = w("overview.as_of", day=fmt.day(day.day, w), age=fmt.age(day.day, v.today, w))
    return _sky(w("overview.sky_now"), day.aqi, day.level, cards.line(when, "muted small"), day.basis, w)


def _sky(label: str, aqi: int, level: int, when: str, basis: Basis, w: Words) -> str:
    row = air.categories()[level - 1]
    body = (
        f'<div class="row big"><div class="value">{aqi}<small>AQI</small></div>'
        f"{cards.chip(w.of(row, 'name'), AQI_LEVELS[level])}<span>{escape(w.of(row, 'advice'))}</span></div>"
    )
    return cards.card(label, body + when, foot=cards.origin(basis, w))


def river_card(v: Visit) -> str:
    """The last known class of the river where it leaves the city."""
    w, out = v.w, water.overview(v.today).outflow
    known = out.latest
    if known is None:
        return cards.card(w("overview.river_now"), cards.no_value(w))
    said = fmt.water_class(known.water_class, w, known.op)
    aim = (
        w("overview.river_aim", year=out.aim.year, water_class=fmt.water_class(out.aim.water_class, w))
        if out.aim
        else ""
    )
    quality = cards.chip(w(f"overview.grade_{grade(known.water_class)}"), WATER_CLASSES[known.water_class])
    body = f'<div class="row big"><div class="value">{escape(said)}</div>{quality}<span>{escape(aim)}</span></div>'
    body += _age(v, known)
    if not known.official:
        body += cards.line(w("overview.river_auto"), "muted small")
    return cards.card(w("overview.river_now"), body, foot=cards.origin(known.basis, w))


def _age(v: Visit, known: water.Known) -> str:
    """How old a class is: to the hour where it is an hour's."""
    if known.hour is not None:
        at = datetime.combine(known.end, time(known.hour), v.now.tzinfo)
        return live.line(freshness.of(water.SOURCE, v.now, data_at=at), v.w)
    told = v.w("overview.as_of", day=fmt.period(known.period, v.w), age=fmt.age(known.end, v.today, v.w))
    return cards.line(told, "muted small")


def grade(water_class: int) -> int:
    """The row of the quality words: Ⅰ and Ⅱ share one."""
    return max(2, water_class)


def promises(v: Visit, report: Overview) -> None:
    """The eight headline promises."""
    page.section(v.w("overview.promises_title"), v.w("overview.promises_sub"))
    page.show(cards.grid((promise.card(one, v.w) for one in report.headline), "four"))


def every_day(v: Visit, report: Overview) -> None:
    """The sky stripes."""
    w = v.w
    page.section(w("overview.sky_title"), w("overview.sky_sub"))
    days = air.days()
    names = [(row["level"], w.of(row, "name")) for row in air.categories()]
    drawn = sky.stripes(days, w, title=w("overview.sky_alt", n=report.known_days))
    page.show(f'<div class="scroll stripes">{drawn}</div>{sky.key(w, names)}{cards.origin(air.days_basis(days), w)}')


def worth_knowing(v: Visit, report: Overview) -> None:
    """What improved, what is at risk, what is unknown."""
    page.section(v.w("overview.notable_title"))
    page.show(cards.grid(notable(report, v.w), "three"))


def notable(report: Overview, w: Words) -> list[str]:
    """What improved, what is at risk, what is unknown, as three cards."""
    improved = [_move(move, w) for move in report.improved]
    risks = [_move(move, w) for move in report.slipped]
    risks.append(w("overview.rule_effect", year=report.effect.start.year, points=f"{report.effect.points:.1f}"))
    unknown = [
        w("overview.unknown_delegated", n=report.delegated, total=report.main_total),
        w("overview.unknown_due", n=report.due_without_result, total=report.main_total),
        w("overview.unknown_conflicts", n=report.contradictions),
    ]
    parts = (
        ("improved", improved, report.basis),
        ("risk", risks, report.effect.basis),
        ("unknown", unknown, report.basis),
    )
    return [
        cards.card(w(f"overview.{name}", total=report.main_total), cards.notes(items), foot=cards.origin(basis, w))
        for name, items, basis in parts
    ]


def _move(move: Move, w: Words) -> str:
    one = move.promise
    return w(
        "overview.move",
        name=w.of(one.indicator, "short"),
        start=promise.amount(one, move.start, one.target["baseline_op"], "", w),
        start_year=move.start_year,
        latest=promise.amount(one, move.latest.value, move.latest.op, "", w),
        period=fmt.period(move.latest.period, w),
    )
