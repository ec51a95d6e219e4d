"""The big screen: scenes of one picture each, for a dark room and five metres' distance.

A scene is a function of the visit that returns its headline, what stands under it, and its picture. To add one, write
the function, name it in SCENES and give it a name under ``wall.scene``.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from html import escape

import streamlit as st

from reports import air, air_now, basis, freshness, greening, overview, waste, water
from reports.air import Year
from reports.basis import Basis
from reports.goals import Promise
from views import calendar, cards, figure_cards, live, page, promise, river_wide, sky
from views import format as fmt
from views import river as river_words
from views.air_words import level_names
from views.page import Visit
from views.tokens import WATER_CLASSES
from views.words import Words

SOURCES = {"air": "cnemc_air", "water": water.SOURCE}


@dataclass(frozen=True)
class Scene:
    """What a scene shows: a sentence with its number in <em>, a line under it, the picture, numbers at the foot."""

    headline: str
    sub: str
    picture: str
    numbers: tuple[str, ...]


@live.beating
def show(v: Visit) -> None:
    """The scene asked for by ``?scene=``, the first one where none or an unknown one is."""
    asked = st.query_params.get("scene")
    name = asked if asked in SCENES else next(iter(SCENES))
    made = SCENES[name](v)
    page.show(
        f'<div class="scene wall wall-{name}">{_top(v)}<h1>{made.headline}</h1><p class="sub">{escape(made.sub)}</p>'
        f'<div class="picture">{made.picture}</div><div class="numbers">{"".join(made.numbers)}</div>{_steps(v, name)}</div>'
    )


# ── the frame ────────────────────────────────────────────────────────────────────────────────────────────────────────
def _top(v: Visit) -> str:
    """Whose screen it is, the day in Xining, how old the data are."""
    w = v.w
    weekday = w(f"wall.weekday_{v.today.isoweekday()}")
    told = [escape(w("wall.today", day=fmt.day(v.today, w), weekday=weekday)), _air_age(v), _water_age(v)]
    ages = "".join(f"<span>{text}</span>" for text in told if text)
    return (
        f'<header><strong>{escape(w("site.name"))}</strong><span class="place">{escape(w("wall.place"))}</span>'
        f'<div class="ages">{ages}</div></header>'
    )


def _air_age(v: Visit) -> str:
    """The latest hour's age; the last whole day's where no hour is newer."""
    report, day = air_now.now(), air.latest_day().day
    if report is not None and report.city.at.date() > day:
        return _hour_age("air", report.city.at, v)
    return escape(v.w("wall.air_until", day=fmt.day(day, v.w), age=fmt.age(day, v.today, v.w)))


def _water_age(v: Visit) -> str:
    known = water.overview(v.today).outflow.latest
    if known is None:
        return ""
    if known.hour is not None:
        return _hour_age("water", datetime.combine(known.end, time(known.hour), v.now.tzinfo), v)
    return escape(v.w("wall.water_until", day=fmt.day(known.end, v.w), age=fmt.age(known.end, v.today, v.w)))


def _hour_age(kind: str, at: datetime, v: Visit) -> str:
    """A moment with its age, as a badge where its source has been silent for too long."""
    fresh = freshness.of(SOURCES[kind], v.now, data_at=at)
    said = escape(v.w(f"wall.{kind}_hour", time=fmt.hour(at, v.w, v.now), age=fmt.ago(v.now - at, v.w)))
    return f'<strong class="stale">{said}</strong>' if fresh.stale else said


def _steps(v: Visit, current: str) -> str:
    """The scenes as a row of links, the other language, and the way out."""
    w = v.w
    other = "en" if w.lang == "zh" else "zh"
    links = "".join(
        f'<a href="./?view=wall&scene={name}" target="_self"{_current(name == current)}>{escape(w(f"wall.scene.{name}"))}</a>'
        for name in SCENES
    )
    switch = (
        f'<a class="plain" href="./?view=wall&scene={current}&lang={other}" target="_self" lang="{other}" '
        f'aria-label="{escape(w("site.language_switch_label"))}">{escape(w("site.language_switch"))}</a>'
    )
    out = f'<a class="plain" href="./" target="_self">{escape(w("wall.out"))}</a>'
    return f'<nav aria-label="{escape(w("wall.scenes"))}">{links}<span class="gap"></span>{switch}{out}</nav>'


def _current(here: bool) -> str:
    return ' aria-current="page"' if here else ""


def _number(label: str, value: str, sub: str, basis: Basis, w: Words, kind: str = "") -> str:
    """A number at the foot of a scene, what it says beside it, its source in print."""
    source = w("wall.source", name=cards.source_name(basis.sources[0], w))
    return (
        f'<section class="{kind}"><div class="label">{escape(label)}</div><div class="row"><div class="value">{value}</div>'
        f"<span>{escape(sub)}</span></div><div>{escape(source)}</div></section>"
    )


def _levels(w: Words) -> list[tuple[int, str]]:
    return list(level_names(w).items())


# ── the promises ─────────────────────────────────────────────────────────────────────────────────────────────────────
def promises(v: Visit) -> Scene:
    """The eight headline promises row by row, and the running year as one line of days."""
    w, report = v.w, overview.overview(v.today)
    key = "due" if report.due_without_result else "open"
    values = {"n": len(report.headline), "better": report.better, "worse": report.worse, "unknown": report.unknown}
    headline = w(f"wall.promise.headline_{key}", total=report.main_total, due=report.due_without_result, **values)
    head = "".join(
        f"<span>{escape(w(f'wall.promise.col_{name}'))}</span>" for name in ("promise", "latest", "start", "target")
    )
    head = f'<div class="row head" aria-hidden="true">{head}<span>{escape(w("wall.promise.col_status"))}</span></div>'
    rows = "".join(_row(one, w) for one in report.headline)
    picture = f'<div class="board">{head}{rows}</div>'
    numbers = (_days_of_year(w), _river_number(v), _hills(v), _cells(v))
    sub = w("wall.promise.sub", year=report.headline[0].target["due"].year, **values)
    return Scene(headline, sub, picture, tuple(part for part in numbers if part))


def _row(one: Promise, w: Words) -> str:
    target = one.target
    start = promise.amount(one, target["baseline_value"], target["baseline_op"], "", w)
    color = promise.THEME_COLORS.get(one.indicator["theme"], "var(--accent)")
    way = overview.direction(one) or "unknown"
    return (
        f'<div class="row" style="--mark:{color}"><b>{escape(w.of(one.indicator, "short"))}</b>{_latest(one, w)}'
        f"{_pair('start', start if target['baseline_year'] else '—', _year(target['baseline_year'], w))}"
        f"{_way(one, w)}{_pair('target', *_aim(one, w))}"
        f'<div class="state">{cards.pill(one.judgement.status, w)}<small>{escape(w(f"wall.promise.{way}"))}</small></div></div>'
    )


def _pair(kind: str, text: str, small: str) -> str:
    large = f"<span>{escape(text)}</span>" if text else ""
    return f'<div class="{kind}">{large}<small>{escape(small)}</small></div>'


def _way(one: Promise, w: Words) -> str:
    """The line from start to target; nothing where fewer than two of its points are known."""
    points = one.target["baseline_value"], one.latest and one.latest.value, one.target["target_value"]
    return promise.line(one, w) if sum(point is not None for point in points) > 1 else "<span></span>"


def _year(number: int | None, w: Words) -> str:
    return w("site.year", year=number) if number else ""


def _latest(one: Promise, w: Words) -> str:
    """The last published value, large, with its period and whose word it is."""
    known = one.latest
    if known is None or known.value is None:
        return f'<div class="latest none"><span>{escape(w("site.not_published"))}</span></div>'
    source = cards.source_name(known.basis.sources[0], w)
    told = f"{fmt.period(known.period, w)} · {source}"
    return _pair("latest", promise.amount(one, known.value, known.op, "", w), told)


def _aim(one: Promise, w: Words) -> tuple[str, str]:
    target, due = one.target, _year(one.target["due"].year, w)
    if target["target_value"] is not None:
        return promise.amount(one, target["target_value"], target["target_op"], "", w), due
    if target["delegated_by"]:
        return "", w("wall.promise.delegated", by=w(f"goals.by_{target['delegated_by']}"))
    return w.of(target, "target_text"), due


def _days_of_year(w: Words) -> str:
    """The running year as one line, a stroke a day."""
    this = air.year(air.latest_day().day.year)
    title = w("wall.promise.year_title", **_counted(this, w))
    drawn = calendar.band(air.days(), this.year, w, title=w("wall.promise.year_alt", year=this.year))
    source = w("wall.source", name=cards.source_name(this.basis.sources[0], w))
    return (
        f'<section class="year"><div class="label">{escape(title)}</div>{drawn}{sky.key(w, _levels(w))}'
        f"<div>{escape(source)}</div></section>"
    )


def _counted(this: Year, w: Words) -> dict[str, object]:
    until = fmt.day(this.until, w, year=False)
    return {
        "year": this.year,
        "until": until,
        "known": this.known_days,
        "good": this.good_days,
        "share": f"{this.share_pct:.1f}",
    }


def _river_number(v: Visit) -> str:
    w, out = v.w, water.overview(v.today).outflow
    known = out.latest
    if known is None:
        return ""
    chip = cards.chip(fmt.water_class(known.water_class, w, known.op), WATER_CLASSES[known.water_class])
    reading = _reading(out, known, w)
    label, sub = w("wall.number.river", **reading), w("wall.number.river_sub", **reading)
    return _number(label, chip, sub, known.basis, w, "wider")


def _reading(section: water.Section, known: water.Known, w: Words) -> dict[str, str]:
    name = river_words.section_name(section, w)
    return {"section": name, "when": river_words.when(known, w), "kind": river_words.kind(known, w)}


def _hills(v: Visit) -> str:
    w, points = v.w, greening.overview(v.today).hills
    if len(points) < 2:
        return ""
    first, last = points[0], points[-1]
    sub = w(
        "wall.number.hills_sub",
        period=fmt.period(last.period, w),
        start=fmt.period(first.period, w),
        first=fmt.plain(first.value or 0),
    )
    return _number(w("wall.number.hills"), escape(figure_cards.value(last, w)), sub, last.basis, w)


def _cells(v: Visit) -> str:
    w = v.w
    built = [p for p in waste.overview(v.today).cells.counts if p.row["kind"] == "stated" and p.end <= v.today]
    if not built:
        return ""
    sub = w("wall.number.cells_sub", period=fmt.period(built[-1].period, w))
    return _number(w("wall.number.cells"), escape(figure_cards.value(built[-1], w)), sub, built[-1].basis, w)


# ── the sky ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def every_day(v: Visit) -> Scene:
    """Every day since 2013, a row a year."""
    w, days = v.w, air.days()
    this = air.year(air.latest_day().day.year)
    drawn = sky.stripes(days, w, title=w("wall.sky.alt", n=int(days["aqi"].notna().sum())), layout=sky.WALL)
    foot = _foot(sky.key(w, _levels(w)), air.days_basis(days), w)
    return Scene(w("wall.sky.headline", **_counted(this, w)), w("wall.sky.sub"), drawn, (foot,))


def _foot(said: str, basis: Basis, w: Words) -> str:
    """One line under a picture: how to read it, and every source of it by name."""
    names = dict.fromkeys(cards.source_name(source, w) for source in basis.sources)
    source = w("wall.source", name=w("wall.list_comma").join(names))
    return f'<section class="wide"><div>{said}</div><div>{escape(source)}</div></section>'


# ── the river ────────────────────────────────────────────────────────────────────────────────────────────────────────
def river(v: Visit) -> Scene:
    """The river across the screen, section by section."""
    w, report = v.w, water.overview(v.today)
    out = report.outflow
    wide, narrow = river_wide.line(report.river, w), river_words.line(report.river, w, upright=True)
    drawn, sections = f'<div class="if-wide">{wide}</div><div class="if-narrow">{narrow}</div>', report.river.sections
    known = w("wall.river.known", total=len(sections), known=sum(s.latest is not None for s in sections))
    foot = (_foot(escape(known), _classes(sections), w),)
    if out.latest is None:
        return Scene(escape(w("wall.river.headline_unknown")), "", drawn, foot)
    said = fmt.water_class(out.latest.water_class, w, out.latest.op)
    aim = {"year": out.aim.year, "aim": fmt.water_class(out.aim.water_class, w)} if out.aim else {}
    sub = w(f"wall.river.sub_{out.against_aim or 'plain'}", **_reading(out, out.latest, w), **aim)
    return Scene(w("wall.river.headline", water_class=said), sub, drawn, foot)


def _classes(sections: Sequence[water.Section]) -> Basis:
    """What the classes in the picture rest on."""
    latest = [section.latest for section in sections if section.latest]
    return basis.merged((known.basis for known in latest), "live", max((known.period for known in latest), default=""))


SCENES: dict[str, Callable[[Visit], Scene]] = {"promise": promises, "sky": every_day, "river": river}
