"""The air page's living blocks: this hour, its stations, the hours left today, the days ahead, the five capitals."""

import math
from datetime import timedelta

import pandas as pd
import pydeck
from markupsafe import Markup

from reports import air, air_now, freshness, lookup, model
from reports.air_now import Ladder, Now
from reports.model import Forecast
from store.city import CITY
from store.records import AirStation
from views.cached import cached_rendering, cached_rendering_of
from views.charts import maps as deck_maps
from views.drawings import air_map, hours, maps
from views.site import page
from views.site.refresh import auto_refresh
from views.text import air as air_words
from views.text import air as words
from views.text import format as fmt
from views.text.markup import html, join
from views.text.words import Words
from views.tokens import AQI_LEVELS, tokens
from views.ui import air as air_pieces
from views.ui import bars, cards, live
from views.ui.bars import Bar
from views.visit import Visit

SOURCE = "cnemc_air"
RUNGS = 3  # good, moderate, lightly polluted: what a day may still be kept at
LEVEL_BY_END = {50: 1, 100: 2, 150: 3, 200: 4, 300: 5}
A_DAY = timedelta(hours=24)
WIDE_STEP = 22  # of an hour where the screen is wide: letters keep the size of the page's


@auto_refresh
def now(v: Visit) -> None:
    """This hour: the city's value, what it means, its pollutants, the hours of two days."""
    w, report = v.w, air_now.now()
    if report is None:
        page.section(w("air.last_title"))
        page.show(live.line(freshness.of(SOURCE, v.now), w), theme="air")
        return
    at, kind = report.city.at, report.city.provenance.kind
    current = freshness.outside_now(at, kind, v.now)
    page.section(w("air.now_title" if current else "air.last_title"))
    page.show(live.line(freshness.of(SOURCE, v.now, data_at=at, kind=kind), w), theme="air")
    items = cards.card(
        w("air.now_items"),
        join(air_pieces.hour_item(one, w) for one in report.city.items),
        foot=cards.source_note(report.city.provenance, w),
    )
    page.show(
        cards.grid([air_pieces.city_card(report.city, w, weather_line(v), current=current), items], "two"), theme="air"
    )
    _hours(v, report)


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
    return cards.line(said) + cards.source_note(now_.provenance, w)


def _hours(v: Visit, report: Now) -> None:
    """Two days hour by hour, under what they say."""
    w, known = v.w, report.hours.dropna(subset=["aqi"])
    if len(known) < 2:
        return
    worst = known.loc[known["aqi"].idxmax()]
    span = "course_day" if known["at"].iloc[0] > report.city.at - A_DAY else "course_title"
    title = w(f"air.{span}", worst=int(worst["aqi"]), when=fmt.hour(worst["at"], w), last=report.city.aqi or "—")
    names = words.level_names(w)
    wide = hours.hours(report.hours, w, title=title, names=names, last=48, step=WIDE_STEP)
    narrow = hours.hours(report.hours, w, title=title, names=names, last=24)
    both = html('<div class="if-wide">{wide}</div><div class="if-narrow">{narrow}</div>', wide=wide, narrow=narrow)
    page.drawing(v, both, title=title, provenance=report.city.provenance, data=_hours_table(report, w))


@cached_rendering_of("facts")
def _hours_table(report: Now, w: Words) -> pd.DataFrame:
    shown = report.hours.iloc[::-1]
    when = [fmt.hour(at, w) for at in shown["at"]]
    levels = [words.level_names(w).get(level, "") for level in shown["level"]]
    return pd.DataFrame({w("air.col_hour"): when, "AQI": shown["aqi"].to_numpy(), w("air.col_level"): levels})


# ── what the day can still bear ──────────────────────────────────────────────────────────────────────────────────────
@auto_refresh
def hours_left(v: Visit) -> None:
    """How bad the rest of today may get for the day to stay good; nothing in its last hours, or without its last hour."""
    w, report = v.w, air_now.now()
    if report is None or not freshness.outside_now(report.city.at, report.city.provenance.kind, v.now):
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
    return cards.card(words.pollutant(one.pollutant, w), body, foot=cards.source_note(one.provenance, w))


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
    wide = hours.ahead(report, w, title=title, names=names)
    narrow = hours.ahead(report, w, title=title, names=names, step=hours.DAY_STEP_NARROW)
    both = html('<div class="if-wide days">{wide}</div><div class="if-narrow">{narrow}</div>', wide=wide, narrow=narrow)
    page.drawing(v, both, title=title, provenance=report.provenance, data=_ahead_table(report, w))


@cached_rendering_of("facts")
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
        v, made, title=title, alt=w("air.map_alt"), provenance=report.city.provenance, still=still,
        sub=w("air.live_map_sub"),
    )  # fmt: skip
    page.show(cards.folded(w("site.show_table"), page.frame_table(_stations_table(report, w))))


@cached_rendering_of("facts")
def _live_map(report: Now, w: Words, dark: bool) -> tuple[pydeck.Deck, Markup]:
    scene = air_map.scene(report, w, dark)
    return deck_maps.deck(scene, dark), maps.still(scene)


@cached_rendering
def _stations_table(report: Now, w: Words) -> pd.DataFrame:
    rows = []
    for one in report.stations:
        values = {words.pollutant(item.pollutant, w): item.value for item in one.hour.items}
        rows.append(
            {
                w("air.col_station"): air_words.station_name(one, w),
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
        provenance=report.provenance,
        still=still,
        sub=w("air.map_sub"),
    )


@cached_rendering
def _known_map(report: air.Stations, w: Words, dark: bool) -> tuple[pydeck.Deck, Markup]:
    active = [row for row in report.rows if row.state == "active"]
    above = air_map.sides([(row.lon, row.lat, w.of(row.name)) for row in active])
    dots = [_known_dot(row, w, dark) for row in report.rows if row.state != "active"]
    dots += [_known_dot(row, w, dark, above=up) for row, up in zip(active, above, strict=True)]
    c = tokens(dark)
    scene = maps.Scene(
        maps.districts(w, fills={}, default=c.faint),
        maps.rivers(w, color=c.river),
        tuple(dots),
        air_map.VALLEY,
        w("air.map_alt"),
    )
    return deck_maps.deck(scene, dark), maps.still(scene)


def _known_dot(row: AirStation, w: Words, dark: bool, *, above: bool = False) -> maps.Dot:
    """A station in service with its name; a retired one as a ring that tells its name when pointed at."""
    c, active = tokens(dark), row.state == "active"
    first, last = row.first_seen_year or "?", row.last_seen_year or "?"
    name = w.of(row.name)
    return maps.Dot(
        row.lon,
        row.lat,
        c.sky if active else c.none,
        name if active else "",
        w("air.station_tip", name=name, state=w(f"air.station_{row.state}"), first=first, last=last),
        hollow=not active,
        radius=9 if row.role == "assessment" else 7,
        label_above=above,
    )


@auto_refresh
def capitals_now(v: Visit) -> None:
    """The northwestern capitals that told the city's latest hour: another hour is no comparison."""
    w, report = v.w, air_now.now()
    ranked = air_now.ranked(report) if report else ()
    if report is None or len(ranked) < 2:
        return
    areas, names = lookup.areas(), words.level_names(w)
    place = next((n for n, one in enumerate(ranked, 1) if one.place_id == CITY), None)
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
        cards.card(title, bars.rows(rows), foot=cards.source_note(ranked[0].provenance, w)),
        theme="air",
    )
