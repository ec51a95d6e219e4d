"""The air page's live blocks: this hour, its stations, the hours left today, the days ahead, the five capitals."""

from collections.abc import Sequence

import pandas as pd
import pydeck
from markupsafe import Markup

from reports import air_now
from reports.air import Stations
from reports.air_now import Ladder, Now, Ranking
from reports.freshness import Freshness
from reports.model import Forecast, Weather
from store.records import AirStation
from views.cached import cached_rendering, cached_rendering_of
from views.charts import maps as deck_maps
from views.drawings import air_map, hours, maps
from views.site import page
from views.site.sheet import drawn_once
from views.text import air as air_words
from views.text import format as fmt
from views.text.markup import join
from views.text.words import Words
from views.tokens import tokens
from views.ui import air as air_pieces
from views.ui import bars, cards, layout, live
from views.ui.air import AirIndex, PollutantRow
from views.ui.bars import Bar
from views.ui.forecast import ModelledDay
from views.visit import Visit

WIDE_STEP = 22  # of an hour where the screen is wide: letters keep the size of the page's


def now(v: Visit, report: Now | None, fresh: Freshness, weather: Weather | None) -> None:
    """This hour: the city's value, what it means, its pollutants, the hours of two days."""
    w = v.w
    page.section(w("air.now_title" if report is not None and fresh.current else "air.last_title"))
    page.show(live.line(fresh, w), theme="air")
    if report is None:
        return
    items = cards.card(
        w("air.now_items"),
        join(air_pieces.pollutant(PollutantRow.of_hour(one, w)) for one in report.city.items),
        foot=cards.source_note(report.city.provenance, w),
    )
    city = air_pieces.city_card(report.city, fresh, w, weather_line(weather, w))
    page.show(cards.grid([city, items], "two"), theme="air")
    _hours(v, report)


def weather_line(weather: Weather | None, w: Words) -> Markup:
    """The modelled weather of an hour in a line, with its source note; empty where there is none."""
    if weather is None or weather.temp_c is None:
        return Markup()
    parts = [w("air.weather_temp", value=fmt.number(weather.temp_c))]
    if weather.rh_pct is not None:
        parts.append(w("air.weather_rh", value=fmt.number(weather.rh_pct)))
    if weather.wind_from and weather.wind_ms is not None:
        parts.append(w(f"air.wind.{weather.wind_from}", value=fmt.number(weather.wind_ms, 1)))
    if weather.precip_24h_mm is not None:
        parts.append(w("air.weather_rain", value=fmt.number(weather.precip_24h_mm, 1)))
    line = w("air.weather", told=w("air.list_comma").join(parts))
    return cards.line(line) + cards.source_note(weather.provenance, w)


def _hours(v: Visit, report: Now) -> None:
    """Two days hour by hour, under their message."""
    w, worst = v.w, air_now.worst_hour(report)
    if worst is None:
        return
    span = "course_day" if worst.within_a_day else "course_title"
    title = w(f"air.{span}", worst=worst.aqi, when=fmt.hour(worst.at, w), last=report.city.aqi or "—")
    names = air_words.level_names(w)
    wide = hours.hours(report.hours, w, title=title, names=names, last=48, step=WIDE_STEP)
    narrow = hours.hours(report.hours, w, title=title, names=names, last=24)
    table = _hours_table(report, w)
    page.drawing(v, layout.by_width(wide, narrow), title=title, provenance=report.city.provenance, data=table)


@cached_rendering_of("facts")
def _hours_table(report: Now, w: Words) -> pd.DataFrame:
    shown = report.hours.iloc[::-1]
    when = [fmt.hour(at, w) for at in shown["at"]]
    levels = [air_words.level_names(w).get(level, "") for level in shown["level"]]
    return pd.DataFrame({w("air.col_hour"): when, "AQI": shown["aqi"].to_numpy(), w("air.col_level"): levels})


# ── the hours left today ─────────────────────────────────────────────────────────────────────────────────────────────
@drawn_once()
def hours_left(v: Visit, ladders: Sequence[Ladder]) -> None:
    """How bad the rest of today may get for the day to stay good; nothing without a ladder."""
    w = v.w
    if not ladders:
        return
    page.section(w("air.ladder_title", left=ladders[0].to_come), w("air.ladder_sub"))
    page.show(cards.grid((_ladder(one, w) for one in ladders), "two"), theme="air")


def _ladder(one: Ladder, w: Words) -> Markup:
    names = air_words.level_names(w)
    rests = [
        w(
            "air.ladder_rung" if rest.possible else "air.ladder_lost",
            level=names[rest.level],
            iaqi=rest.iaqi,
            mean=fmt.number(rest.highest_mean),
        )
        for rest in one.rests
    ]
    so_far = w("air.ladder_so_far", hours=one.hours, mean=fmt.number(one.so_far))
    body = cards.line(so_far) + cards.notes(rests)
    return cards.card(air_words.pollutant(one.pollutant, w), body, foot=cards.source_note(one.provenance, w))


# ── the days ahead ───────────────────────────────────────────────────────────────────────────────────────────────────
def ahead(v: Visit, report: Forecast, fresh: Freshness) -> None:
    """Today and the next days by the model: never an observation, and marked so. Nothing where no day is modelled whole."""
    w = v.w
    if not report.judged:
        return
    page.section(w("air.ahead_title"), w("air.ahead_sub"))
    if not fresh.up_to_date:
        page.show(live.line(fresh, w), theme="air")
    worst = report.worst
    title = w("air.ahead_message", day=fmt.day(worst.date, w, year=False), high=worst.high)
    days = tuple(ModelledDay.of(one, w) for one in report.judged)
    wide, narrow = (hours.ahead(days, title=title, step=step) for step in (hours.DAY_STEP, hours.DAY_STEP_NARROW))
    table = _ahead_table(tuple(ModelledDay.of(one, w) for one in report.days), w)
    page.drawing(v, layout.by_width(wide, narrow, "days"), title=title, provenance=report.provenance, data=table)


@cached_rendering
def _ahead_table(days: tuple[ModelledDay, ...], w: Words) -> pd.DataFrame:
    rows = [(one.day, one.aqi, one.index.level if one.index.known else "", one.hours, one.primary) for one in days]
    return pd.DataFrame(rows, columns=[w(f"air.col_{name}") for name in ("day", "aqi", "level", "range", "primary")])


# ── stations and capitals ────────────────────────────────────────────────────────────────────────────────────────────
def stations(v: Visit, report: Now) -> None:
    """The stations of the hour on the map."""
    w = v.w
    made, still = _live_map(report, w, v.dark)
    time = fmt.hour(report.city.at, w)
    title = w("air.live_map_plain", n=len(report.stations), time=time)
    if report.extremes is not None:
        low, high = (one.hour.aqi for one in report.extremes)
        title = w("air.live_map_title", n=report.judged, low=low, high=high, time=time)
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
        values = {air_words.pollutant(item.pollutant, w): item.value for item in one.hour.items}
        rows.append(
            {
                w("air.col_station"): air_words.station_name(one, w),
                "AQI": one.hour.aqi,
                **values,
                w("air.col_hour"): fmt.clock(one.hour.at),
            }
        )
    return pd.DataFrame(rows)


@drawn_once()
def known_stations(v: Visit, report: Stations) -> None:
    """Where the air is measured: stations in service and those that retired."""
    w = v.w
    made, still = _known_map(report, w, v.dark)
    page.deck(
        v,
        made,
        title=w("air.map_title", active=len(report.active), all=len(report.rows)),
        alt=w("air.map_alt"),
        provenance=report.provenance,
        still=still,
        sub=w("air.map_sub"),
    )


@cached_rendering
def _known_map(report: Stations, w: Words, dark: bool) -> tuple[pydeck.Deck, Markup]:
    above = air_map.sides([(row.lon, row.lat, w.of(row.name)) for row in report.active])
    dots = [_known_dot(row, w, dark) for row in report.rows if row not in report.active]
    dots += [_known_dot(row, w, dark, above=up) for row, up in zip(report.active, above, strict=True)]
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
    """A station in service with its name; a retired one as a ring whose name shows when pointed at."""
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


def capitals_now(v: Visit, report: Ranking) -> None:
    """The northwestern capitals that have the city's latest hour: another hour is no comparison."""
    w, time = v.w, fmt.hour(report.at, v.w)
    title = w("air.capitals_now_plain", time=time)
    if report.place is not None:
        title = w("air.capitals_now_title", place=report.place, n=len(report.hours), time=time)
    rows = []
    for one in report.hours:
        index = AirIndex.of(one.aqi, one.level, w)
        rows.append(Bar(air_words.place_name(one, w), ((float(one.aqi or 0), index.color),), index.text))
    foot = cards.source_note(report.hours[0].provenance, w)
    page.show(cards.card(title, bars.rows(rows), foot=foot), theme="air")
