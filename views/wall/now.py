"""The sky now: the city's hour, its stations on the map, the last day hour by hour; else the year's days so far."""

from dataclasses import replace

from markupsafe import Markup

from reports import air, air_now
from reports.air_now import Hour, Item, Now
from views.drawings import air_map, calendar, hours, maps
from views.text import air as air_words
from views.text import format as fmt
from views.text.markup import html, join
from views.text.words import Words
from views.tokens import AQI_LEVELS
from views.ui import cards
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
    names = air_words.level_names(w)
    level = names[hour.level or 0]
    headline = w.html("wall.now.headline", level=level, when=fmt.hour(hour.at, w, v.now))
    stations = replace(air_map.scene(report, w, True), bounds=BOUNDS)
    picture = html(
        '<div class="halves"><div>{}</div><div>{}{}</div></div>',
        maps.still(stations, width=MAP_WIDE),
        _city(hour, w),
        _course(report, names, w),
    )
    known = w("wall.now.stations", n=len(report.stations))
    return Scene(headline, _sub(report, w), picture, (foot(known, hour.provenance, w),))


def _sub(report: Now, w: Words) -> str:
    """What the index rests on, and from where to where the stations reach."""
    hour = report.city
    primary = air_words.primary(hour, w)
    known = [one for one in report.stations if one.hour.aqi is not None]
    if not known:
        return w("wall.now.sub", primary=primary)
    low, high = (pick(known, key=lambda one: one.hour.aqi or 0) for pick in (min, max))
    ends = {"low": low.hour.aqi, "high": high.hour.aqi}
    names = {"at_low": air_words.station_name(low, w), "at_high": air_words.station_name(high, w)}
    return w("wall.now.sub", primary=primary) + w("wall.now.between", **ends, **names)


def _city(hour: Hour, w: Words) -> Markup:
    """The city's index, large, and its pollutants."""
    color = AQI_LEVELS[hour.level or 1]
    parts = join(_item(one, w) for one in hour.items)
    return html('<div class="hour">{}<dl>{parts}</dl></div>', large(str(hour.aqi), "AQI", color), parts=parts)


def _item(one: Item, w: Words) -> Markup:
    unit = Markup() if one.value is None else html(" <small>{}</small>", air_words.unit(one.pollutant))
    return html(
        "<div><dt>{}</dt><dd>{}{unit}</dd></div>",
        air_words.pollutant(one.pollutant, w),
        air_words.measured(one, w),
        unit=unit,
    )


def _course(report: Now, names: dict[int, str], w: Words) -> Markup:
    title = w("wall.now.course", n=HOURS)
    return html(
        '<p class="label">{title}</p>{}',
        hours.hours(report.hours, w, title=title, names=names, last=HOURS),
        title=title,
    )


def _day(v: Visit) -> Scene:
    """Without an hour: the last whole day, and the year's days so far."""
    w, last, days = v.w, air.latest_day(), air.days()
    names = air_words.level_names(w)
    ozone = "" if last.ozone_counted else w("wall.now.without_ozone")
    values = {"day": fmt.day(last.day, w), "level": names[last.level], "aqi": last.aqi, "ozone": ozone}
    title = w("wall.promise.year_alt", year=last.day.year)
    drawn = calendar.year(days, last.day.year, w, title=title, names=names, large=True)
    age = fmt.age(last.day, v.today, w)
    key = cards.legend([(name, AQI_LEVELS[n]) for n, name in names.items()])
    return Scene(
        w.html("wall.now.headline_day", **values),
        w("wall.now.sub_day", age=age) + air_words.ozone(last, w),
        drawn,
        (foot(key, air.days_provenance(days[days["date"].dt.year == last.day.year]), w),),
    )
