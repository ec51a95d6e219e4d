"""The exhibit: a story of five chapters for World Environment Day, to read from three metres and to touch.

A chapter is a function of the visit that returns its headline, a lead and a body. To add one, write the function, name
it in CHAPTERS and give it a name under ``exhibit.name``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

import streamlit as st

from reports import air, greening, story, waste
from reports.actions import Batch
from reports.air import Year
from reports.basis import Basis
from reports.figures import Point
from reports.story import Stop
from reports.waste import Flow, Household
from views import amounts, calendar, cards, figure_cards, flow, hill, page, river_wide
from views import format as fmt
from views import river as river_words
from views.air_words import level_names
from views.page import Visit
from views.tokens import AQI_LEVELS, WATER_CLASSES
from views.words import Words


@dataclass(frozen=True)
class Chapter:
    """What a chapter shows: a sentence with its number in <em>, a lead, and the picture with its numbers."""

    headline: str
    lead: str
    body: str


def show(v: Visit) -> None:
    """The chapter asked for by ``?chapter=``, the first one where none or an unknown one is."""
    names, asked = tuple(CHAPTERS), st.query_params.get("chapter", "")
    number = int(asked) if asked in {str(n + 1) for n in range(len(names))} else 1
    name = names[number - 1]
    made = CHAPTERS[name](v)
    title = v.w("exhibit.chapter", n=number, name=v.w(f"exhibit.name.{name}"))
    page.show(
        f'<div class="scene exhibit">{_top(v, number)}<main><div><p class="eyebrow">{escape(title)}</p>'
        f'<h1>{made.headline}</h1><p class="lead">{escape(made.lead)}</p></div>{made.body}</main>{_steps(v, number)}</div>',
        theme=ACCENTS.get(name, ""),
    )


# ── the frame ────────────────────────────────────────────────────────────────────────────────────────────────────────
def _to(number: int) -> str:
    return f'href="./?view=exhibit&chapter={number}" target="_self"'


def _top(v: Visit, current: int) -> str:
    """Whose story it is, the other language, and the way out."""
    w = v.w
    other = "en" if w.lang == "zh" else "zh"
    return (
        f'<header><strong>{escape(w("site.name"))}</strong><span class="occasion">{escape(w("exhibit.occasion"))}</span>'
        f'<div class="ways"><a href="./?view=exhibit&chapter={current}&lang={other}" target="_self" lang="{other}" '
        f'aria-label="{escape(w("site.language_switch_label"))}">{escape(w("site.language_switch"))}</a>'
        f'<a href="./" target="_self">{escape(w("exhibit.out"))}</a></div></header>'
    )


def _steps(v: Visit, current: int) -> str:
    """Back, the chapters as a line that fills, and on; after the last chapter the story begins again."""
    w, last = v.w, len(CHAPTERS)
    marks = "".join(_mark(v, number, name, current) for number, name in enumerate(CHAPTERS, 1))
    back = f"<a {_to(current - 1)}>← {escape(w('exhibit.previous'))}</a>" if current > 1 else ""
    label, to = ("again", 1) if current == last else ("next", current + 1)
    return (
        f'<nav class="steps" aria-label="{escape(w("exhibit.chapters"))}"><div class="back">{back}</div>'
        f'<ol>{marks}</ol><div class="next"><a {_to(to)}>{escape(w(f"exhibit.{label}"))} →</a></div></nav>'
    )


def _mark(v: Visit, number: int, name: str, current: int) -> str:
    state = ' aria-current="step"' if number == current else ' class="past"' if number < current else ""
    return f"<li><a {_to(number)}{state}>{escape(v.w(f'exhibit.name.{name}'))}</a></li>"


def _panel(title: str, body: str, basis: Basis, w: Words, kind: str = "") -> str:
    """A part of the picture under its title, its origin one touch away."""
    return f'<section class="panel {kind}"><h2>{escape(title)}</h2>{body}{cards.origin(basis, w)}</section>'


def _panels(parts: list[str], kind: str = "") -> str:
    return f'<div class="panels {kind}">{"".join(parts)}</div>'


# ── 1 the sky then and now ───────────────────────────────────────────────────────────────────────────────────────────
def sky(v: Visit) -> Chapter:
    """The first and the last whole year, day by day, and what stands between them."""
    w, report = v.w, story.sky()
    then, now = report.then, report.now
    headline = w(
        "exhibit.sky.headline", then=then.year, first=then.good_days, now=now.year, last=now.good_days
    )  # fmt: skip
    rule = w(
        "exhibit.sky.rule", then=then.year, first=report.then_by_new.good_days, last=report.now_by_new.good_days,
        now=now.year,
    )  # fmt: skip
    names = level_names(w)
    key = cards.legend([(names[level], AQI_LEVELS[level]) for level in AQI_LEVELS])
    said = cards.notes((w("exhibit.sky.state"), rule, w("exhibit.sky.archive")))
    note = f'<div class="note warn"><strong>{escape(w("exhibit.sky.notes"))}</strong>{said}</div>'
    body = _panels([_year(then, w), _year(now, w)]) + key + note
    return Chapter(headline, w("exhibit.sky.lead"), body)


def _year(one: Year, w: Words) -> str:
    title = w("exhibit.sky.alt", year=one.year, good=one.good_days, bad=one.bad_days)
    drawn = calendar.year(air.days(), one.year, w, title=title, names=level_names(w), large=True)
    said = w("exhibit.sky.good", known=one.known_days, good=one.good_days, share=f"{one.share_pct:.1f}")
    return _panel(w("exhibit.sky.year", year=one.year), cards.line(said) + drawn, one.basis, w)


# ── 2 a drop of water ────────────────────────────────────────────────────────────────────────────────────────────────
def drop(v: Visit) -> Chapter:
    """The river from where it enters the city to where it leaves."""
    w, report = v.w, story.journey(v.today)
    ends = [report.stops[n].section.latest for n in (0, -1)]
    headline = escape(w("exhibit.drop.headline_open"))
    if ends[0] and ends[1]:
        said = [fmt.water_class(known.water_class, w, known.op) for known in ends if known]
        headline = w("exhibit.drop.headline", inflow=said[0], outflow=said[1])
    drawn = f'<div class="river-wide">{river_wide.line(report.river, w)}</div>'
    stops = "".join(_stop(one, w) for one in report.stops)
    lead = w("exhibit.drop.lead", total=report.total, known=report.known)
    return Chapter(headline, lead, f'{drawn}<div class="stops">{stops}</div>')


def _stop(stop: Stop, w: Words) -> str:
    section, river = river_words.section_name(stop.section, w), w.of(stop.stream.name, "name")
    title = w(f"exhibit.drop.{stop.kind}", section=section, river=river)
    known = stop.section.latest
    if known is None:
        body = f'<div class="value none">{escape(w("site.not_published"))}</div>'
        body += cards.line(w("exhibit.drop.unknown"), "muted") + cards.line(
            river_words.aim(stop.section.aim, w), "muted"
        )
        return f'<section class="panel stop"><h2>{escape(title)}</h2>{body}</section>'
    body = cards.chip(fmt.water_class(known.water_class, w, known.op), WATER_CLASSES[known.water_class])
    told = f"{river_words.when(known, w)} · {river_words.kind(known, w)}"
    if stop.kind == "joins":
        told = f"{w('exhibit.drop.at', section=section)} · {told}"
    body += cards.line(told, "muted")
    return f'<section class="panel stop"><h2>{escape(title)}</h2>{body}{cards.origin(known.basis, w)}</section>'


# ── 3 where the waste goes ───────────────────────────────────────────────────────────────────────────────────────────
def rubbish(v: Visit) -> Chapter:
    """What factories and homes throw away, and where it goes."""
    w, made, home = v.w, waste.flow(v.today), waste.household(v.today)
    parts = ([_factory(made, w)] if made else []) + ([_home(home, w)] if home else [])
    if made is None:
        return Chapter(escape(w("exhibit.waste.headline_open")), w("exhibit.waste.total_unknown"), _panels(parts))
    headline = w("exhibit.waste.headline", used=f"{made.share_pct(made.used.value):.1f}")
    return Chapter(headline, w("exhibit.waste.lead", period=fmt.period(made.period, w)), _panels(parts))


def _factory(made: Flow, w: Words) -> str:
    shares = (
        ("used", made.used.value or 0.0, "var(--leaf)"),
        ("disposed", made.disposed.value or 0.0, "var(--earth)"),
        ("rest", made.unstated_10kt, "var(--none)"),
    )
    branches = [
        flow.Branch(
            amount,
            w(f"waste.{name}"),
            f"{amounts.amount(amount, '10kt', w)} · {made.share_pct(amount):.1f}%",
            color,
            unknown=name == "rest",
        )
        for name, amount, color in shares
    ]
    whole = w("waste.generated", amount=amounts.amount(made.generated.value or 0, "10kt", w))
    title = w("waste.flow_alt", whole=whole, parts="; ".join(f"{one.name} {one.detail}" for one in branches))
    return _panel(w("exhibit.waste.factory"), flow.split(whole, branches, title=title), made.basis, w, "flow")


def _home(home: Household, w: Words) -> str:
    parts = [
        _figure(w("exhibit.waste.burnt", period=fmt.period(home.burnt.period, w)), home.burnt, home.burnt.basis, w),
        _figure(
            w("exhibit.waste.power"),
            home.power,
            home.basis,
            w,
            more=w("exhibit.waste.per_tonne", kwh=fmt.number(home.kwh_per_t)),
        ),
    ]
    if home.food:
        parts.append(
            _figure(w("exhibit.waste.food", period=fmt.period(home.food.period, w)), home.food, home.food.basis, w)
        )
    unknown = cards.line(w("exhibit.waste.total_unknown"), "muted")
    return f'<section class="panel"><h2>{escape(w("exhibit.waste.home"))}</h2>{"".join(parts)}{unknown}</section>'


def _figure(label: str, point: Point, basis: Basis, w: Words, *, more: str = "") -> str:
    body = cards.line(label) + _value(figure_cards.value(point, w), more)
    return f'<div class="panel">{body}{cards.origin(basis, w)}</div>'


def _value(text: str, unit: str = "") -> str:
    return f'<div class="value">{escape(text)}<small>{escape(unit)}</small></div>'


# ── 4 a mountain turns green ─────────────────────────────────────────────────────────────────────────────────────────
def hills(v: Visit) -> Chapter:
    """The mountains on both sides of the city, then and now; forest cover, land greened, park green."""
    w, report = v.w, greening.overview(v.today)
    first, last = report.hills[0], report.hills[-1]
    said = {"first": fmt.plain(first.value or 0), "last": fmt.plain(last.value or 0)}
    drawn = [(p.value or 0, f"{fmt.plain(p.value or 0)}%", fmt.period(p.period, w)) for p in (first, last)]
    alt = w("exhibit.hills.alt", first=f"{said['first']}%", last=f"{said['last']}%")
    origins = "".join(cards.origin(p.basis, w) for p in (first, last))
    note = cards.line(w("exhibit.hills.study"), "muted")
    picture = f'<section class="panel hills">{hill.pair(drawn, title=alt)}{note}{origins}</section>'
    beside = [
        _change(w("exhibit.hills.forest"), report.forest.points, w),
        _change(w("exhibit.hills.park"), report.park_green.points, w),
        *(
            _figure(w("exhibit.hills.greened", period=fmt.period(p.period, w)), p, p.basis, w)
            for p in report.land_greened.points[:1]
        ),
    ]
    side = f'<section class="panel">{"".join(beside)}</section>'
    lead = w("exhibit.hills.lead", start=fmt.period(first.period, w))
    return Chapter(w("exhibit.hills.headline", **said), lead, _panels([picture, side], "wide"))


def _change(label: str, points: tuple[Point, ...], w: Words) -> str:
    """The last figure of a series, with the first one beside it."""
    first, last = points[0], points[-1]
    before = w("exhibit.hills.before", period=fmt.period(first.period, w), value=figure_cards.value(first, w))
    return _figure(label, last, last.basis, w, more=f"{fmt.period(last.period, w)} · {before}")


# ── 5 your part ──────────────────────────────────────────────────────────────────────────────────────────────────────
def part(v: Visit) -> Chapter:
    """Six small things, each beside the figure it rests on."""
    w, report = v.w, story.part(v.today)
    month, since = w(f"site.month_{report.air.worst_month}"), str(air.STATE_CHANGED.year + 1)
    number = w("exhibit.part.look_n", n=fmt.plain(report.air.worst_month_pm10_ugm3))
    told = [_tip("look", number, report.air.basis, w, month=month, since=since)]
    for name, point in (("bus", report.buses), ("drain", report.outfalls)):
        told += [_point_tip(name, point, w)] if point else []
    if home := report.household:
        told += [_point_tip("food", home.food, w)] if home.food else []
        number = w("exhibit.part.sort_n", n=fmt.number(home.kwh_per_t))
        told.append(_tip("sort", number, home.basis, w, period=fmt.period(home.burnt.period, w)))
    told.append(_call(report.reported, w))
    return Chapter(w("exhibit.part.headline"), w("exhibit.part.lead"), _panels(told, "six"))


def _tip(name: str, number: str, basis: Basis, w: Words, **values: str) -> str:
    body = cards.line(w(f"exhibit.part.{name}", **values)) + _value(number, w(f"exhibit.part.{name}_unit", **values))
    return _panel(w(f"exhibit.part.{name}_title"), body, basis, w, "boxed")


def _point_tip(name: str, point: Point, w: Words) -> str:
    period, note = fmt.period(point.period, w), w.of(point.row, "note")
    return _tip(name, figure_cards.value(point, w), point.basis, w, period=period, note=note)


def _call(batch: Batch, w: Words) -> str:
    first, second = (w.of(count.row, "name").lower() for count in batch.by_kind[:2])
    number = w("exhibit.part.call_n", n=batch.total)
    return _tip("call", number, batch.basis, w, day=fmt.day(batch.day, w), first=first, second=second)


CHAPTERS: dict[str, Callable[[Visit], Chapter]] = {
    "sky": sky,
    "drop": drop,
    "waste": rubbish,
    "hills": hills,
    "part": part,
}
ACCENTS = {"sky": "air", "drop": "water", "waste": "waste", "hills": "greening"}
