"""The sky now: stations on the map, the index, the last day and the days ahead, what to do; else the last whole day."""

import pandas as pd
from markupsafe import Markup

from reports import advice, air, air_now, latest, model
from reports.air import Day
from reports.air_now import Now
from reports.latest import LatestAir
from reports.model import Forecast
from reports.provenance import Provenance
from views.drawings import city_map, hours
from views.templates import render
from views.text import air as air_words
from views.text import format as fmt
from views.text.words import Words
from views.tokens import AQI_LEVELS
from views.ui import advice as advice_pieces
from views.ui import cards, inline, places
from views.ui.air import AirReading, PollutantRow
from views.ui.forecast import ModelledDay
from views.ui.places import Layer
from views.ui.screens import large
from views.visit import Visit
from views.wall.pieces import Scene, foot

HOURS, PAST = 24, 30


def scene(v: Visit) -> Scene:
    """The hour, or the last whole day where that is newer."""
    newest, report, stations = latest.of_air(v.now), advice.newest_hour(), air.stations()
    if report is None or report.city.level is None:
        last, days = air.latest_day(), air.days()
        shown = days[days["date"].dt.date <= last.day].tail(PAST)
        layer = places.air(stations, air_now.now(), False, v.w)
        return _day(last, shown, air.days_provenance(shown), layer, v)
    layer = places.air(stations, report, newest.outside, v.w)
    return _hour(report, newest, model.forecast(v.now), layer, v)


def _hour(report: Now, newest: LatestAir, forecast: Forecast | None, layer: Layer, v: Visit) -> Scene:
    w, reading = v.w, AirReading.of_hour(report.city, v.w)
    ahead = forecast.ahead(report.city.at.date()) if forecast else ()
    days = tuple(ModelledDay.of(one, w) for one in ahead)
    title = w("wall.now.course_ahead" if days else "wall.now.course", n=HOURS, days=len(days))
    names = air_words.level_names(w)
    picture = render(
        "wall/now",
        map=city_map.drawing(layer, w, layout=city_map.WALL),
        index=large(reading.index.number, "AQI", reading.index.color),
        pollutants=[(air_words.symbol(one.pollutant), PollutantRow.of_hour(one, w)) for one in report.city.items],
        title=title,
        drawn=hours.course(report.hours, days, w, title=title, names=names, last=HOURS, layout=hours.SCREEN),
        under=_meaning(newest, w),
    )
    headline = w.html("wall.now.headline", level=reading.index.level, when=fmt.hour(report.city.at, w, v.now))
    known = w("wall.now.stations", n=len(report.stations))
    feet = [foot(known, reading.provenance, w)]
    if forecast and days:
        feet.append(foot(w("wall.now.modelled"), forecast.provenance, w))
    return Scene(headline, _sub(report, reading.primary, w), picture, tuple(feet))


def _meaning(newest: LatestAir, w: Words) -> Markup:
    """What each group had better do while this is the air outside; that an older hour cannot tell."""
    if not newest.outside:
        return inline.paragraph(w("air.too_old"), "old")
    return advice_pieces.groups(newest.advice.answers[1:], w, why=False)


def _sub(report: Now, primary: str, w: Words) -> str:
    """What the index rests on, and from where to where the stations reach."""
    sub = w("wall.now.sub", primary=primary)
    if report.extremes is None:
        return sub
    low, high = report.extremes
    ends = {"low": low.hour.aqi, "high": high.hour.aqi}
    names = {"at_low": air_words.station_name(low, w), "at_high": air_words.station_name(high, w)}
    return sub + w("wall.now.between", **ends, **names)


def _day(last: Day, shown: pd.DataFrame, basis: Provenance, layer: Layer, v: Visit) -> Scene:
    """Without an hour: the last whole day with its pollutants, and the days up to it; the map shows where is measured."""
    w = v.w
    reading, names = AirReading.of_day(last, w), air_words.level_names(w)
    ozone = "" if last.ozone_counted else w("wall.now.without_ozone")
    values = {"day": reading.when, "level": reading.index.level, "aqi": reading.index.number, "ozone": ozone}
    title = w("air.strip_title", n=PAST)
    alt = w("air.strip_alt", n=PAST)
    picture = render(
        "wall/now",
        map=city_map.drawing(layer, w, layout=city_map.WALL),
        index=large(reading.index.number, "AQI", reading.index.color),
        pollutants=[(air_words.symbol(one.pollutant), PollutantRow.of_day(one, w)) for one in last.items],
        title=title,
        drawn=hours.days(shown, w, title=alt, names=names),
        under=inline.paragraph(w("air.too_old"), "old"),
    )
    age = fmt.age(last.day, v.today, w)
    key = cards.legend([(name, AQI_LEVELS[n]) for n, name in names.items()])
    return Scene(
        w.html("wall.now.headline_day", **values),
        w("wall.now.sub_day", age=age) + reading.remark,
        picture,
        (foot(key, basis, w),),
    )
