"""The sky now: the city's hour, its stations on the map, the last day hour by hour; else the year's days so far."""

from dataclasses import replace

import pandas as pd

from reports import advice, air
from reports.air import Day
from reports.air_now import Now
from reports.provenance import Provenance
from views.drawings import air_map, calendar, hours, maps
from views.templates import render
from views.text import air as air_words
from views.text import format as fmt
from views.text.words import Words
from views.tokens import AQI_LEVELS
from views.ui import cards
from views.ui.air import AirReading, PollutantRow
from views.ui.screens import large
from views.visit import Visit
from views.wall.pieces import Scene, foot

MAP_WIDE = 455  # as drawn; a wall shows it more than twice as large, so that its words can be read
BOUNDS = (101.43, 36.5, 101.93, 36.75)  # the valley with room for the names of its outermost stations
HOURS = 24


def scene(v: Visit) -> Scene:
    """The hour, or the last whole day where that is newer."""
    report = advice.newest_hour()
    if report is None or report.city.level is None:
        last, days = air.latest_day(), air.days()
        return _day(last, days, air.days_provenance(days[days["date"].dt.year == last.day.year]), v)
    w, reading = v.w, AirReading.of_hour(report.city, v.w)
    title = w("wall.now.course", n=HOURS)
    picture = render(
        "wall/now",
        map=maps.still(replace(air_map.scene(report, w, True), bounds=BOUNDS), width=MAP_WIDE),
        index=large(reading.index.number, "AQI", reading.index.color),
        pollutants=[PollutantRow.of_hour(one, w) for one in report.city.items],
        title=title,
        hours=hours.hours(report.hours, w, title=title, names=air_words.level_names(w), last=HOURS),
    )
    headline = w.html("wall.now.headline", level=reading.index.level, when=fmt.hour(report.city.at, w, v.now))
    known = w("wall.now.stations", n=len(report.stations))
    return Scene(headline, _sub(report, reading.primary, w), picture, (foot(known, reading.provenance, w),))


def _sub(report: Now, primary: str, w: Words) -> str:
    """What the index rests on, and from where to where the stations reach."""
    sub = w("wall.now.sub", primary=primary)
    if report.extremes is None:
        return sub
    low, high = report.extremes
    ends = {"low": low.hour.aqi, "high": high.hour.aqi}
    names = {"at_low": air_words.station_name(low, w), "at_high": air_words.station_name(high, w)}
    return sub + w("wall.now.between", **ends, **names)


def _day(last: Day, days: pd.DataFrame, provenance: Provenance, v: Visit) -> Scene:
    """Without an hour: the last whole day, and the year's days so far."""
    w = v.w
    reading, names = AirReading.of_day(last, w), air_words.level_names(w)
    ozone = "" if last.ozone_counted else w("wall.now.without_ozone")
    values = {"day": reading.when, "level": reading.index.level, "aqi": reading.index.number, "ozone": ozone}
    title = w("wall.promise.year_alt", year=last.day.year)
    drawn = calendar.year(days, last.day.year, w, title=title, names=names, large=True)
    age = fmt.age(last.day, v.today, w)
    key = cards.legend([(name, AQI_LEVELS[n]) for n, name in names.items()])
    return Scene(
        w.html("wall.now.headline_day", **values),
        w("wall.now.sub_day", age=age) + reading.remark,
        drawn,
        (foot(key, provenance, w),),
    )
