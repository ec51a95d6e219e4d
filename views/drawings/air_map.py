"""Air stations on the map of the valley."""

from collections.abc import Sequence

from reports.air_now import Now, Station
from views.drawings import labels, maps
from views.text import air as air_words
from views.text import format as fmt
from views.text.words import Words
from views.tokens import tokens
from views.ui.air import AirIndex

VALLEY = (101.48, 36.5, 101.92, 36.74)
PHONE_PX, DOT_PX = 315, 13  # the valley's width on a phone: names that do not overlap there do not overlap anywhere


def scene(report: Now, w: Words, dark: bool) -> maps.Scene:
    """The stations of the hour."""
    placed = [one for one in report.stations if one.lon is not None and one.lat is not None]
    above = sides([(one.lon or 0, one.lat or 0, air_words.station_name(one, w)) for one in placed])
    return maps.Scene(
        maps.districts(w, fills={}, default=tokens(dark).faint),
        maps.rivers(w, color=tokens(dark).river),
        tuple(_dot(one, w, dark, above=up) for one, up in zip(placed, above, strict=True)),
        VALLEY,
        w("air.map_alt"),
    )


def sides(named: Sequence[tuple[float, float, str]]) -> list[bool]:
    """Which stations bear their name above, so that names do not overlap on the smallest screen."""
    return labels.above(named, VALLEY, PHONE_PX, DOT_PX)


def _dot(one: Station, w: Words, dark: bool, *, above: bool) -> maps.Dot:
    hour, name = one.hour, air_words.station_name(one, w)
    index = AirIndex.of(hour.aqi, hour.level, w)
    return maps.Dot(
        one.lon or 0,
        one.lat or 0,
        index.color or tokens(dark).none,
        name,
        w("air.live_tip", name=name, aqi=index.number, level=index.level, time=fmt.clock(hour.at)),
        inside=str(hour.aqi or ""),
        hollow=not index.known,
        radius=DOT_PX,
        label_above=above,
    )
