"""The air page's living blocks: this hour, its stations, the hours left today, the days ahead, the five capitals."""

import math
from datetime import timedelta

import pandas as pd
import pydeck
from markupsafe import Markup

from reports import air, air_now, freshness, lookup, model
from reports.air_now import Hour, Item, Ladder, Now, Station
from reports.model import Forecast
from views.cached import kept, kept_while
from views.drawings import hours as course
from views.drawings import maps
from views.site import page
from views.site.refresh import auto_refresh
from views.text import air as words
from views.text import format as fmt
from views.text.markup import html, join
from views.text.words import Words
from views.tokens import AQI_LEVELS, tokens
from views.ui import bars, cards, live
from views.ui.bars import Bar
from views.visit import Visit

SOURCE = "cnemc_air"
RUNGS = 3  # good, moderate, lightly polluted: what a day may still be kept at
IAQI_SCALE = 200  # the end of a pollutant's line: beyond it every value is heavy
LEVEL_BY_END = {50: 1, 100: 2, 150: 3, 200: 4, 300: 5}
A_DAY = timedelta(hours=24)
WIDE_STEP = 22  # of an hour where the screen is wide: letters keep the size of the page's
VALLEY = (101.48, 36.5, 101.92, 36.74)


@auto_refresh
def now(v: Visit) -> None:
    """This hour: the city's value, what it means, its pollutants, the course of two days."""
    w, report = v.w, air_now.now()
    if report is None:
        page.section(w("air.last_title"))
        page.show(live.line(freshness.of(SOURCE, v.now), w), theme="air")
        return
    at, kind = report.city.at, report.city.basis.kind
    current = freshness.outside_now(at, kind, v.now)
    page.section(w("air.now_title" if current else "air.last_title"))
    page.show(live.line(freshness.of(SOURCE, v.now, data_at=at, kind=kind), w), theme="air")
    items = cards.card(
        w("air.now_items"), join(_item(one, w) for one in report.city.items), foot=cards.origin(report.city.basis, w)
    )
    page.show(cards.grid([city_card(report.city, w, weather_line(v), current=current), items], "two"), theme="air")
    _course(v, report)


def weather_line(v: Visit) -> Markup:
    """The modelled weather of this hour in a line, with its origin; empty where there is none."""
    w, now_ = v.w, model.weather(v.now)
    if now_ is None or now_.temp_c is None:
        return Markup()
    told = [w("air.weather_temp", value=fmt.number(now_.temp_c))]
    if now_.rh_pct is not None:
        told.append(w("air.weather_rh", value=fmt.number(now_.rh_pct)))
    if now_.wind_from and now_.wind_ms is not None:
        told.append(w(f"air.wind.{now_.wind_from}", value=fmt.number(now_.wind_ms, 1)))
    if now_.precip_24h_mm is not None:
        told.append(w("air.weather_rain", value=fmt.number(now_.precip_24h_mm, 1)))
    said = w("air.weather", told=w("air.list_comma").join(told))
    return cards.line(said) + cards.origin(now_.basis, w)


def city_card(hour: Hour, w: Words, more: Markup = Markup(), *, current: bool) -> Markup:
    """The city's hour as a card: index, level, primary pollutants; ``more`` below.

    ``current``: it is the air outside, so it says what to do and who should take care; an older one gives no advice.
    """
    label = w("air.city_hour") if current else w("air.city_last", time=fmt.hour(hour.at, w))
    level = air.categories()[hour.level - 1] if hour.level else None
    if level is None or hour.aqi is None:
        return cards.card(label, cards.no_value(w, "air.no_index"), foot=cards.origin(hour.basis, w))
    body = (
        html(
            '<div class="row big"><div class="value">{}<small>AQI</small></div>{}</div>',
            hour.aqi,
            cards.chip(w.of(level.name), AQI_LEVELS[level.level]),
        )
        + cards.line(w.of(level.advice) if current else w("air.too_old"))
        + cards.line(w.of(level.effect), "muted small")
        + cards.line(words.primary(hour, w), "muted small")
        + (join(map(cards.line, words.care(hour, w))) if current else Markup())
        + (Markup() if hour.published else cards.line(w("air.computed_here"), "muted small"))
        + more
    )
    return cards.card(label, body, foot=cards.origin(hour.basis, w))


def _item(one: Item, w: Words) -> Markup:
    """A pollutant on the scale of its index: 100 is where the standard ends."""
    name, unit = words.pollutant(one.pollutant, w), "mg/m³" if one.pollutant == "CO" else "μg/m³"
    if one.value is None:
        return cards.ends(name, w("air.item_silent"))
    said = one.note if one.note.startswith("<") else fmt.plain(one.value)
    value = w("air.item_now", value=said, unit=unit, iaqi="—" if one.iaqi is None else fmt.number(one.iaqi))
    line = cards.bullet(
        0, IAQI_SCALE, baseline=None, latest=one.iaqi, target=100, title=w("air.item_now_alt", name=name, value=value)
    )
    return html("<div>{}{line}</div>", cards.ends(name, value), line=line)


def _course(v: Visit, report: Now) -> None:
    """Two days hour by hour, under what they say."""
    w, known = v.w, report.course.dropna(subset=["aqi"])
    if len(known) < 2:
        return
    worst = known.loc[known["aqi"].idxmax()]
    span = "course_day" if known["at"].iloc[0] > report.city.at - A_DAY else "course_title"
    title = w(f"air.{span}", worst=int(worst["aqi"]), when=fmt.hour(worst["at"], w), last=report.city.aqi or "—")
    names = words.level_names(w)
    wide = course.hours(report.course, w, title=title, names=names, last=48, step=WIDE_STEP)
    narrow = course.hours(report.course, w, title=title, names=names, last=24)
    both = html('<div class="if-wide">{wide}</div><div class="if-narrow">{narrow}</div>', wide=wide, narrow=narrow)
    page.drawing(v, both, title=title, basis=report.city.basis, data=_hours_table(report, w))


@kept_while("facts")
def _hours_table(report: Now, w: Words) -> pd.DataFrame:
    shown = report.course.iloc[::-1]
    when = [fmt.hour(at, w) for at in shown["at"]]
    levels = [words.level_names(w).get(level, "") for level in shown["level"]]
    return pd.DataFrame({w("air.col_hour"): when, "AQI": shown["aqi"].to_numpy(), w("air.col_level"): levels})


# ── what the day can still bear ──────────────────────────────────────────────────────────────────────────────────────
@auto_refresh
def hours_left(v: Visit) -> None:
    """How bad the rest of today may get for the day to stay good; nothing in its last hours, or without its last hour."""
    w, report = v.w, air_now.now()
    if report is None or not freshness.outside_now(report.city.at, report.city.basis.kind, v.now):
        return
    shown = [one for one in air_now.ladders() if one.day == v.today]
    if not shown:
        return
    page.section(w("air.ladder_title", left=shown[0].to_come), w("air.ladder_sub"))
    page.show(cards.grid((_ladder(one, w) for one in shown), "two"), theme="air")


def _ladder(one: Ladder, w: Words) -> Markup:
    names = words.level_names(w)
    rungs = []
    for rung in one.rungs:
        level = LEVEL_BY_END[rung.iaqi]
        key = "air.ladder_rung" if rung.rest_mean >= 0 else "air.ladder_lost"
        rungs.append(w(key, level=names[level], iaqi=rung.iaqi, mean=fmt.number(math.floor(max(rung.rest_mean, 0)))))
    told = w("air.ladder_so_far", hours=one.hours, mean=fmt.number(one.so_far))
    body = cards.line(told) + cards.notes(rungs[:RUNGS])
    return cards.card(words.pollutant(one.pollutant, w), body, foot=cards.origin(one.basis, w))


# ── the days ahead ───────────────────────────────────────────────────────────────────────────────────────────────────
@auto_refresh
def ahead(v: Visit) -> None:
    """Today and the next days by the model: never an observation, and marked so."""
    w, report = v.w, model.forecast(v.now)
    days = (
        [one for one in report.days if one.aqi is not None] if report else []
    )  # a day the model reaches only in part is none
    if report is None or not days:
        return
    names = words.level_names(w)
    worst = max(days, key=lambda one: one.high or 0)
    page.section(w("air.ahead_title"), w("air.ahead_sub"))
    fresh = freshness.of(model.AIR, v.now, data_at=report.run_at)
    if not fresh.speaks:
        page.show(live.line(fresh, w), theme="air")
    title = w("air.ahead_message", day=fmt.day(worst.date, w, year=False), high=worst.high)
    wide = course.ahead(report, w, title=title, names=names)
    narrow = course.ahead(report, w, title=title, names=names, step=course.DAY_STEP_NARROW)
    both = html('<div class="if-wide days">{wide}</div><div class="if-narrow">{narrow}</div>', wide=wide, narrow=narrow)
    page.drawing(v, both, title=title, basis=report.basis, data=_ahead_table(report, w))


@kept_while("facts")
def _ahead_table(report: Forecast, w: Words) -> pd.DataFrame:
    names = words.level_names(w)
    rows = [
        {
            w("air.col_day"): fmt.day(one.date, w, year=False),
            w("air.col_aqi"): one.aqi,
            w("air.col_level"): names.get(one.level or 0, ""),
            w("air.col_range"): "" if one.low is None else f"{one.low}–{one.high}",
            w("air.col_primary"): words.join(one.primary, w),
        }
        for one in report.days
    ]
    return pd.DataFrame(rows)


# ── stations and capitals ────────────────────────────────────────────────────────────────────────────────────────────
def stations(v: Visit) -> None:
    """The stations of the hour on the map; those ever seen where none speaks."""
    report = air_now.now()
    if report is None or not any(one.lon for one in report.stations):
        known_stations(v)
        return
    w = v.w
    made, still = _live_map(report, w, v.dark)
    values = sorted(one.hour.aqi for one in report.stations if one.hour.aqi is not None)
    time = fmt.hour(report.city.at, w)
    title = w("air.live_map_plain", n=len(report.stations), time=time)
    if values:
        title = w("air.live_map_title", n=len(values), low=values[0], high=values[-1], time=time)
    page.deck(
        v, made, title=title, alt=w("air.map_alt"), basis=report.city.basis, still=still,
        sub=w("air.live_map_sub"),
    )  # fmt: skip
    page.show(cards.folded(w("site.show_table"), page.frame_table(_stations_table(report, w))))


@kept_while("facts")
def _live_map(report: Now, w: Words, dark: bool) -> tuple[pydeck.Deck, Markup]:
    scene = map_scene(report, w, dark)
    return maps.deck(scene, dark), maps.still(scene)


def map_scene(report: Now, w: Words, dark: bool) -> maps.Scene:
    """The stations of the hour on the map of the valley."""
    placed = sorted((one for one in report.stations if one.lon is not None), key=lambda one: one.lon or 0)
    return maps.Scene(
        maps.districts(w, fills={}, default=tokens(dark).faint),
        maps.rivers(w, color=tokens(dark).river),
        tuple(_dot(one, w, dark, above=i % 2 == 1) for i, one in enumerate(placed)),
        VALLEY,
        w("air.map_alt"),
        labels=False,
    )


def _dot(one: Station, w: Words, dark: bool, *, above: bool) -> maps.Dot:
    hour = one.hour
    level = words.level_names(w)[hour.level] if hour.level else w("air.no_index")
    tip = w("air.live_tip", name=name(one, w), aqi=hour.aqi or "—", level=level, time=fmt.clock(hour.at))
    return maps.Dot(
        one.lon or 0,
        one.lat or 0,
        AQI_LEVELS[hour.level] if hour.level else tokens(dark).none,
        name(one, w),
        tip,
        inside=str(hour.aqi or ""),
        hollow=hour.level is None,
        radius=13,
        label_above=above,
    )


def name(one: Station, w: Words) -> str:
    """A station's name in the visitor's language; its code where it has none in English."""
    return one.name_zh if w.lang == "zh" else one.name_en


@kept
def _stations_table(report: Now, w: Words) -> pd.DataFrame:
    rows = []
    for one in report.stations:
        values = {words.pollutant(item.pollutant, w): item.value for item in one.hour.items}
        rows.append(
            {
                w("air.col_station"): name(one, w),
                "AQI": one.hour.aqi,
                **values,
                w("air.col_hour"): fmt.clock(one.hour.at),
            }
        )
    return pd.DataFrame(rows)


def known_stations(v: Visit) -> None:
    """Where the air is measured: stations in service and those that retired."""
    w, report = v.w, air.stations()
    made, still = _known_map(report, w, v.dark)
    active = sum(row.state == "active" for row in report.rows)
    page.deck(
        v,
        made,
        title=w("air.map_title", active=active, all=len(report.rows)),
        alt=w("air.map_alt"),
        basis=report.basis,
        still=still,
        sub=w("air.map_sub"),
    )


@kept
def _known_map(report: air.Stations, w: Words, dark: bool) -> tuple[pydeck.Deck, Markup]:
    c = tokens(dark)
    retired = sum(row.state != "active" for row in report.rows)
    dots = tuple(
        maps.Dot(
            row.lon,
            row.lat,
            c.sky if row.state == "active" else c.none,
            w.of(row.name) if row.state == "active" else "",
            w(
                "air.station_tip",
                name=w.of(row.name),
                state=w(f"air.station_{row.state}"),
                first=row.first_seen_year or "?",
                last=row.last_seen_year or "?",
            ),
            hollow=row.state != "active",
            radius=9 if row.role == "assessment" else 7,
            label_above=(i - retired) % 2
            == 1,  # neighbours from west to east take turns, so that their names keep apart
        )
        for i, row in enumerate(sorted(report.rows, key=lambda row: (row.state == "active", row.lon)))
    )
    scene = maps.Scene(
        maps.districts(w, fills={}, default=c.faint),
        maps.rivers(w, color=c.river),
        dots,
        VALLEY,
        w("air.map_alt"),
    )
    return maps.deck(scene, dark), maps.still(scene)


@auto_refresh
def capitals_now(v: Visit) -> None:
    """The northwestern capitals that told the city's latest hour: another hour is no comparison."""
    w, report = v.w, air_now.now()
    ranked = air_now.ranked(report) if report else ()
    if report is None or len(ranked) < 2:
        return
    areas, names = lookup.areas(), words.level_names(w)
    place = next((n for n, one in enumerate(ranked, 1) if one.place_id == "xining"), None)
    time = fmt.hour(report.city.at, w)
    title = (
        w("air.capitals_now_title", place=place, n=len(ranked), time=time)
        if place
        else w("air.capitals_now_plain", time=time)
    )
    rows = [
        Bar(
            w.of(areas[one.place_id].name),
            ((float(one.aqi or 0), AQI_LEVELS[one.level or 1]),),
            f"{one.aqi} {names[one.level or 1]}",
        )
        for one in ranked
    ]
    page.show(
        cards.card(title, bars.rows(rows), foot=cards.origin(ranked[0].basis, w)),
        theme="air",
    )
