"""The sky now: the city's hour, its stations on the map, the last day hour by hour; else the year's days so far."""

from dataclasses import replace

from markupsafe import Markup

from reports import air, air_now
from reports.air_now import Hour, Now
from views.drawings import air_map, calendar, hours, maps
from views.text import air as air_words
from views.text import format as fmt
from views.text.markup import html, join
from views.text.words import Words
from views.tokens import AQI_LEVELS
from views.ui import cards
from views.ui.air import AirIndex, AirReading, PollutantRow
from views.ui.screens import large
from views.visit import Visit
from views.wall.pieces import Scene, foot

MAP_WIDE = 455  # as drawn; a wall shows it more than twice as large, so that its words can be read
BOUNDS = (101.43, 36.5, 101.93, 36.75)  # the valley with room for the names of its outermost stations
HOURS = 24


def scene(v: Visit) -> Scene:
    """The hour, or the last whole day where that is newer; an hour of the same day wins."""
    report, day = air_now.now(), air.latest_day().day
    if report is None or report.city.at.date() < day or report.city.level is None:
        return _day(v)
    w, hour = v.w, report.city
    reading = AirReading.of_hour(hour, w)
    headline = w.html("wall.now.headline", level=reading.index.level, when=fmt.hour(hour.at, w, v.now))
    stations = replace(air_map.scene(report, w, True), bounds=BOUNDS)
    picture = html(
        '<div class="halves"><div>{}</div><div>{}{}</div></div>',
        maps.still(stations, width=MAP_WIDE),
        _city(reading.index, hour, w),
        _course(report, w),
    )
    known = w("wall.now.stations", n=len(report.stations))
    return Scene(headline, _sub(report, reading.primary, w), picture, (foot(known, reading.provenance, w),))


def _sub(report: Now, primary: str, w: Words) -> str:
    """What the index rests on, and from where to where the stations reach."""
    known = [one for one in report.stations if one.hour.aqi is not None]
    if not known:
        return w("wall.now.sub", primary=primary)
    low, high = (pick(known, key=lambda one: one.hour.aqi or 0) for pick in (min, max))
    ends = {"low": low.hour.aqi, "high": high.hour.aqi}
    names = {"at_low": air_words.station_name(low, w), "at_high": air_words.station_name(high, w)}
    return w("wall.now.sub", primary=primary) + w("wall.now.between", **ends, **names)


def _city(index: AirIndex, hour: Hour, w: Words) -> Markup:
    """The city's index, large, and its pollutants."""
    parts = join(_pollutant(PollutantRow.of_hour(one, w)) for one in hour.items)
    return html('<div class="hour">{}<dl>{parts}</dl></div>', large(index.number, "AQI", index.color), parts=parts)


def _pollutant(row: PollutantRow) -> Markup:
    unit = html(" <small>{}</small>", row.unit) if row.unit else Markup()
    return html("<div><dt>{}</dt><dd>{}{unit}</dd></div>", row.name, row.value, unit=unit)


def _course(report: Now, w: Words) -> Markup:
    title = w("wall.now.course", n=HOURS)
    return html(
        '<p class="label">{title}</p>{}',
        hours.hours(report.hours, w, title=title, names=air_words.level_names(w), last=HOURS),
        title=title,
    )


def _day(v: Visit) -> Scene:
    """Without an hour: the last whole day, and the year's days so far."""
    w, last, days = v.w, air.latest_day(), air.days()
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
        (foot(key, air.days_provenance(days[days["date"].dt.year == last.day.year]), w),),
    )
