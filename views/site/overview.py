"""Blocks of the overview. No chart library here: the first page is drawn on the server and arrives light."""

from datetime import datetime, time

from markupsafe import Markup

from reports import advice, air, freshness, water
from reports.advice import Advice
from reports.overview import Move, Overview
from views.drawings import river
from views.drawings import stripes as sky
from views.site import page
from views.site.refresh import auto_refresh
from views.text import air as air_words
from views.text import format as fmt
from views.text.markup import html
from views.text.words import Words
from views.tokens import AQI_LEVELS, WATER_CLASSES
from views.ui import cards, live, promise
from views.visit import Visit


def lead(v: Visit, report: Overview) -> None:
    """The page's answer."""
    page.head(v, "overview", *answer(report, v.w))


def answer(report: Overview, w: Words) -> tuple[Markup, str]:
    """The state of the eight promises in a sentence, and what it rests on."""
    values = columns(report)
    lead = w("overview.lead", due=report.due_without_result, total=report.main_total)
    return w.html("overview.headline", **values), w("overview.columns", **values) + lead


def columns(report: Overview) -> dict[str, int]:
    """Both columns in numbers: by published figures, and as measured here."""
    published, measured = report.published, report.measured
    return {
        "n": len(report.headline),
        "better": published.better,
        "worse": published.worse,
        "same": published.same,
        "unknown": published.unknown,
        "measured": measured.better + measured.worse + measured.same,
        "measured_better": measured.better,
        "measured_worse": measured.worse,
    }


@auto_refresh
def now(v: Visit) -> None:
    """Air and river in one line each, with their age."""
    page.section(now_title(v), v.w("overview.now_sub"))
    page.show(cards.grid([air_card(v), river_card(v)], "two"))


def now_title(v: Visit) -> str:
    """The title over the newest air and river: it says now only of what is of now."""
    sky = advice.holds(advice.now(), v.now)
    river = any(one.section_id == water.OUTFLOW for one in water.current(v.now))
    return v.w(f"overview.title_{'both' if sky and river else 'sky' if sky else 'river' if river else 'last'}")


def air_card(v: Visit) -> Markup:
    """The sky of the latest hour; of the last known day where no hour is known or that day is later.

    Only the air outside gives advice; of an older one its effect is told.
    """
    w, told = v.w, advice.now()
    row = air.categories()[told.level - 1]
    said = w.of(row.advice if advice.holds(told, v.now) else row.effect)
    body = html(
        '<div class="row big"><div class="value">{}<small>AQI</small></div>{}<span>{said}</span></div>',
        told.aqi,
        cards.chip(w.of(row.name), AQI_LEVELS[told.level]),
        said=said,
    )
    ozone = Markup() if told.at else cards.line(air_words.ozone(air.latest_day(), w), "muted small")
    return cards.card(sky_label(v, told), body + sky_age(v, told) + ozone, foot=cards.origin(told.told, w))


def sky_label(v: Visit, told: Advice) -> str:
    """Of when the newest air is: this hour, an hour gone by, a whole day."""
    if told.at is None:
        return v.w("overview.sky_day")
    return v.w("overview.sky_hour") if advice.holds(told, v.now) else v.w("overview.sky_past")


def sky_age(v: Visit, told: Advice) -> Markup:
    """How old the newest air is, and whether it came live."""
    fresh = advice.stands(told, v.now)
    if told.at is not None:
        return live.line(fresh, v.w)
    when = v.w("overview.as_of", day=fmt.day(told.day, v.w), age=fmt.age(told.day, v.today, v.w))
    return html('<p class="fresh">{}<span>{when}</span></p>', live.badge(fresh, v.w), when=when)


def river_card(v: Visit) -> Markup:
    """The last known class of the river where it leaves the city; apart from it the annual class and its target."""
    w, out = v.w, water.overview(v.today).outflow
    known = out.latest
    if known is None:
        return cards.card(w("overview.river_now"), cards.no_value(w))
    said = fmt.water_class(known.water_class, w, known.op)
    word = w(f"overview.grade_{grade(known.water_class)}") if known.official else w("water.by_five_items")
    quality = cards.chip(word, WATER_CLASSES[known.water_class], square=not known.official)
    body = html('<div class="row big"><div class="value">{said}</div>{quality}</div>', said=said, quality=quality)
    body += _age(v, known)
    if not known.official:
        body += cards.line(w("overview.river_auto"), "muted small")
    body += cards.line(river.against(out, w))
    return cards.card(w("overview.river_now"), body, foot=cards.origin(known.basis, w))


def _age(v: Visit, known: water.Known) -> Markup:
    """How old a class is: to the hour where it is an hour's."""
    if known.hour is not None:
        at = datetime.combine(known.end, time(known.hour), v.now.tzinfo)
        return live.line(freshness.of(water.SOURCE, v.now, data_at=at, kind=known.basis.kind), v.w)
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
    days = air.days()
    of_stations = int((days["ozone"] == "counted_from_stations").sum())
    page.section(w("overview.sky_title"), w("overview.sky_sub", n=of_stations) + air_words.long_gaps(w))
    names = [(row.level, w.of(row.name)) for row in air.categories()]
    drawn = sky.stripes(days, w, title=w("overview.sky_alt", n=report.known_days))
    page.show(
        html(
            '<div class="scroll stripes">{drawn}</div>{}{}',
            sky.key(w, names),
            cards.origin(air.days_basis(days), w),
            drawn=drawn,
        )
    )


def worth_knowing(v: Visit, report: Overview) -> None:
    """What improved, what is at risk, what is unknown."""
    page.section(v.w("overview.notable_title"))
    page.show(cards.grid(notable(report, v.w), "three"))


def notable(report: Overview, w: Words) -> list[Markup]:
    """What improved, what is at risk, what is unknown, as three cards."""
    improved = [_move(move, w) for move in report.improved]
    risks = [_move(move, w) for move in report.slipped]
    risks.append(w("overview.rule_effect", year=report.effect.start.year, points=f"{report.effect.points:.1f}"))
    unknown = [
        w("overview.unknown_delegated", n=report.delegated, total=report.main_total),
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
    if move.measured and one.measured and one.measured.start:
        return w(
            "overview.move_measured",
            name=w.of(one.indicator.short),
            start=promise.amount(one, move.start, "=", "", w),
            start_period=fmt.period(one.measured.start.period, w),
            latest=promise.amount(one, move.latest.value, move.latest.op, "", w),
            period=fmt.period(move.latest.period, w),
        )
    return w(
        "overview.move",
        name=w.of(one.indicator.short),
        start=promise.amount(one, move.start, one.target.baseline_op, "", w),
        start_year=move.start_year,
        latest=promise.amount(one, move.latest.value, move.latest.op, "", w),
        period=fmt.period(move.latest.period, w),
    )
