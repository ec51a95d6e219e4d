"""The air page's live blocks: this hour, its course and the days ahead, its stations, the hours left today, the capitals."""

from collections.abc import Sequence
from datetime import timedelta

import pandas as pd
from markupsafe import Markup

from reports import air_now, model, provenance
from reports.air import Stations
from reports.air_now import Now, Ranking, RemainingHours
from reports.freshness import Freshness
from reports.model import Forecast, Weather
from views.cached import cached_rendering, cached_rendering_of
from views.drawings import city_map, hours
from views.site import page
from views.site.sheet import Download, drawn_once
from views.text import air as air_words
from views.text import format as fmt
from views.text.markup import join
from views.text.words import Words
from views.ui import air as air_pieces
from views.ui import cards, live, places
from views.ui import frame as page_frame
from views.ui import layout as page_layout
from views.ui.air import AirIndex, PollutantRow
from views.ui.forecast import ModelledDay
from views.visit import Visit

DAY_HOURS = 24
NO_HOURS = pd.DataFrame({"at": [], "aqi": [], "level": []})


def city(v: Visit, report: Now | None, fresh: Freshness) -> None:
    """The city's hour: its index and what it means; without one how long there was none."""
    w = v.w
    card = Markup() if report is None else air_pieces.city_card(report.city, fresh, w)
    title = w("air.now_title" if report is not None and fresh.current else "air.last_title")
    page.show(page_frame.title(title, level=3) + live.line(fresh, w) + card, theme="air")


@drawn_once()
def pollutants(v: Visit, report: Now) -> None:
    """The six pollutants of the hour on the scale of their index, opened on demand."""
    w = v.w
    rows = join(air_pieces.pollutant(PollutantRow.of_hour(one, w)) for one in report.city.items)
    page.show(cards.folded(w("air.now_items"), rows) + cards.source_note(report.city.provenance, w), theme="air")


def weather(v: Visit, report: Weather | None) -> None:
    """The weather of the hour by the model; nothing where there is none."""
    drawn = weather_line(report, v.w)
    if drawn:
        page.show(drawn, theme="air")


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
    line = w("air.weather", parts=w("air.list_comma").join(parts))
    return cards.line(line) + cards.source_note(weather.provenance, w)


def course(v: Visit, report: Now | None, forecast: Forecast | None, fresh: Freshness | None) -> None:
    """The last day hour by hour and the modelled days after it, on one axis. Nothing where neither is known.

    ``fresh``: how old the forecast is; said where it is not up to date.
    """
    _course(v, report, forecast, Markup() if fresh is None or fresh.up_to_date else live.line(fresh, v.w))


@drawn_once()
def _course(v: Visit, report: Now | None, forecast: Forecast | None, late: Markup) -> None:
    w = v.w
    worst = air_now.worst_hour(report, DAY_HOURS) if report is not None else None
    today = report.city.at.date() if report is not None and worst else v.today - timedelta(days=1)
    days = forecast.ahead(today) if forecast is not None else ()
    if not worst and not days:
        return
    title, sub, sources = "", "", []
    if report is not None and worst:
        title = air_words.course_title(report, worst, w)
        sources.append(report.city.provenance)
    if forecast is not None and days:
        high = model.worst(days)
        sub = w("air.ahead_message", day=fmt.day(high.date, w, year=False), high=high.high)
        sources.append(forecast.provenance)
    made = tuple(ModelledDay.of(one, w) for one in days)
    hourly = report.hours if report is not None and worst else NO_HOURS
    names = air_words.level_names(w)
    wide, narrow = (
        hours.course(hourly, made, w, title=fmt.sentences(w, title, sub), names=names, last=DAY_HOURS, layout=one)
        for one in (hours.WIDE, hours.NARROW)
    )
    page.show(
        page_frame.title(title or sub, sub if title else "", level=3)
        + cards.wrapped("course", page_layout.by_width(wide, narrow)),
        theme="air",
    )
    tables, frames = late, []
    if report is not None and worst:
        frames.append(_hours_table(report, w))
        tables += page.frame_table(frames[-1])
    if made:
        frames.append(_ahead_table(made, w))
        tables += cards.line(w("air.ahead_sub"), "muted small") + page.frame_table(frames[-1])
    merged = provenance.merged(sources, sources[0].kind, sources[0].period)
    download = Download(
        "air-hours", title or sub, sub if title else "", wide, merged, pd.concat(frames, ignore_index=True)
    )
    page.show(
        join(cards.source_note(one, w) for one in sources)
        + cards.folded(w("site.show_table"), tables)
        + page.download_links(v, download)
    )


@cached_rendering_of("facts")
def _hours_table(report: Now, w: Words) -> pd.DataFrame:
    shown = report.hours.iloc[::-1]
    when = [fmt.hour(at, w) for at in shown["at"]]
    levels = [air_words.level_names(w).get(level, "") for level in shown["level"]]
    return pd.DataFrame({w("air.col_hour"): when, "AQI": shown["aqi"].to_numpy(), w("air.col_level"): levels})


# ── the hours left today ─────────────────────────────────────────────────────────────────────────────────────────────
@drawn_once()
def remaining_hours(v: Visit, hours: Sequence[RemainingHours]) -> None:
    """How bad the rest of today may get for the day to stay good, opened on demand; nothing where none is left."""
    w = v.w
    if not hours:
        return
    body = cards.line(w("air.remaining_sub"), "muted small") + cards.grid((_remaining(one, w) for one in hours), "two")
    page.show(cards.folded(w("air.remaining_title", left=hours[0].to_come), body), theme="air")


def _remaining(one: RemainingHours, w: Words) -> Markup:
    names = air_words.level_names(w)
    rests = [
        w(
            "air.remaining_mean" if rest.possible else "air.remaining_lost",
            level=names[rest.level],
            iaqi=rest.iaqi,
            mean=fmt.number(rest.highest_mean),
        )
        for rest in one.rests
    ]
    so_far = w("air.remaining_so_far", hours=one.hours, mean=fmt.number(one.so_far))
    body = cards.line(so_far) + cards.notes(rests)
    return cards.card(air_words.pollutant(one.pollutant, w), body, foot=cards.source_note(one.provenance, w))


@cached_rendering
def _ahead_table(days: tuple[ModelledDay, ...], w: Words) -> pd.DataFrame:
    rows = [(one.day, one.aqi, one.index.level if one.index.known else "", one.hours, one.primary) for one in days]
    return pd.DataFrame(rows, columns=[w(f"air.col_{name}") for name in ("day", "aqi", "level", "range", "primary")])


# ── stations and capitals ────────────────────────────────────────────────────────────────────────────────────────────
@drawn_once()
def stations(v: Visit, known: Stations, report: Now | None, *, current: bool) -> None:
    """The stations on the map, each named and with its index; a touch fills the panel below. ``current``: it is no old hour."""
    w = v.w
    layer = places.air(known, report, current, w)
    panels = places.panels(layer, city_map.to_pages(layer, v.address), w, at_home=True)
    drawn = city_map.for_widths(layer, w, phone=v.phone)
    table = Markup()
    if report is not None:
        table = cards.folded(w("site.show_table"), page.frame_table(_stations_table(report, w)))
    head = page_frame.title(_map_title(report, layer.message, w), level=3)
    shown = head + cards.wrapped("city-map", drawn + panels)
    title, data = _map_title(report, layer.message, w), page.places_frame(layer, w)
    downloads = page.download_links(
        v, Download("air-stations", title, "", city_map.wide(layer, w), layer.provenance, data, is_map=True)
    )
    page.show(shown + cards.source_note(layer.provenance, w) + table + downloads, theme="air")


def _map_title(report: Now | None, message: str, w: Words) -> str:
    """Between which values the stations of the hour are; what the map shows where there are too few."""
    if report is None or report.extremes is None:
        return message
    low, high = (one.hour.aqi for one in report.extremes)
    return w("air.live_map_title", n=report.judged, low=low, high=high, time=fmt.hour(report.city.at, w))


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


def capitals_now(v: Visit, report: Ranking) -> None:
    """The northwestern capitals that have the city's latest hour, in a line: another hour is no comparison."""
    w, time = v.w, fmt.hour(report.at, v.w)
    title = w("air.capitals_now_plain", time=time)
    if report.place is not None:
        title = w("air.capitals_now_title", place=report.place, n=len(report.hours), time=time)
    each = [f"{air_words.place_name(one, w)} {AirIndex.of(one.aqi, one.level, w).text}" for one in report.hours]
    text = w("air.capitals_line", title=title, cities=w("air.list_comma").join(each))
    page.show(cards.line(text) + cards.source_note(report.hours[0].provenance, w), theme="air")
