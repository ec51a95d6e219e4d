"""The stations of an hour on the map of the valley."""

from reports.air_now import Now, Station
from views.drawings import maps
from views.text import air as air_words
from views.text import air as words
from views.text import format as fmt
from views.text.words import Words
from views.tokens import AQI_LEVELS, tokens

VALLEY = (101.48, 36.5, 101.92, 36.74)


def scene(report: Now, w: Words, dark: bool) -> maps.Scene:
    """The stations of the hour on the map of the valley."""
    placed = sorted((one for one in report.stations if one.lon is not None), key=lambda one: one.lon or 0)
    return maps.Scene(
        maps.districts(w, fills={}, default=tokens(dark).faint),
        maps.rivers(w, color=tokens(dark).river),
        tuple(_dot(one, w, dark, above=i % 2 == 1) for i, one in enumerate(placed)),
        VALLEY,
        w("air.map_alt"),
    )


def _dot(one: Station, w: Words, dark: bool, *, above: bool) -> maps.Dot:
    hour = one.hour
    level = words.level_names(w)[hour.level] if hour.level else w("air.no_index")
    tip = w(
        "air.live_tip", name=air_words.station_name(one, w), aqi=hour.aqi or "—", level=level, time=fmt.clock(hour.at)
    )
    return maps.Dot(
        one.lon or 0,
        one.lat or 0,
        AQI_LEVELS[hour.level] if hour.level else tokens(dark).none,
        air_words.station_name(one, w),
        tip,
        inside=str(hour.aqi or ""),
        hollow=hour.level is None,
        radius=13,
        label_above=above,
    )
