"""One number by itself: what it is, its value, of when, by which statistic, from where, and whether it is an old one."""

from dataclasses import dataclass
from datetime import date

from reports.figures import Point
from reports.indicator import Indicator
from reports.latest import LatestAir, LatestRiver
from reports.provenance import Provenance
from store.city import CITY
from views import addresses
from views.text import amounts
from views.text import format as fmt
from views.text import water as water_words
from views.text.words import Words
from views.tokens import WATER_CLASSES
from views.ui import cards, figure_cards
from views.ui.air import AirReading

AQI, RIVER = "aqi", "river"  # the two that are of now; every other number has the name of its indicator
LIVE = (AQI, RIVER)


@dataclass(frozen=True)
class Number:
    """A number, formatted. ``word`` and its official ``color``: the level or what a class rests on; may be empty.

    ``old``: why it is not to be taken for the state of now; empty where it may be. ``page``: where it stands on the site.
    ``provenance``: None where the number was not found.
    """

    name: str
    value: str
    unit: str
    word: str
    color: str
    when: str
    statistic: str
    old: str
    page: str
    provenance: Provenance | None

    @property
    def text(self) -> str:
        """Value, unit and word in one."""
        return " ".join(part for part in (self.value + self.unit, self.word) if part)


def of_air(latest: LatestAir, w: Words) -> Number:
    """The city's AQI of the newest hour, or of the last whole day where that is newer."""
    reading, hourly = AirReading.of_latest(latest, w), latest.advice.at is not None
    return Number(
        w("number.aqi"),
        reading.index.number,
        "",
        reading.index.level,
        reading.index.color,
        reading.when,
        w("number.aqi_hour" if hourly else "number.aqi_day"),
        "" if latest.outside else w("number.not_now"),
        addresses.light("air"),
        reading.provenance,
    )


def of_river(latest: LatestRiver, w: Words) -> Number:
    """The class last known of the river where it leaves the city."""
    known, page = latest.outflow.latest, addresses.light("water")
    name = w("number.river", section=water_words.section_name(latest.outflow, w))
    if known is None:
        return _not_found(name, page, w)
    return Number(
        name,
        fmt.water_class(known.water_class, w, known.op),
        "",
        water_words.kind(known, w),
        WATER_CLASSES[known.water_class],
        water_words.when(known, w),
        water_words.five_items(known, w) or w("number.statistic.class"),
        "" if latest.current else w("number.not_now"),
        page,
        known.provenance,
    )


def of_indicator(known: Indicator, today: date, w: Words) -> Number:
    """The last figure published of an indicator, with its area where that is not the city."""
    point, page = known.latest, f"{addresses.LIGHT}/indicator/{known.row.indicator_id}"
    name = w.of(known.row.name)
    if point is None or point.value is None:
        return _not_found(name, page, w)
    area = next(one.area for one in known.series if point in one.points)
    if area.area_id != CITY:
        name = w("number.of_area", name=name, area=w.of(area.name))
    number, unit = figure_cards.value(point, w), ""
    if point.row.unit_id != amounts.CLASS:
        number, unit = amounts.parts(point.value, point.row.unit_id, w)
        number = fmt.OPS[point.op] + number
    return Number(
        name,
        number,
        unit,
        "",
        "",
        fmt.period(point.period, w),
        w(f"number.statistic.{known.row.statistic}"),
        _old(point, today, w),
        page,
        point.provenance,
    )


def _not_found(name: str, page: str, w: Words) -> Number:
    return Number(name, w("site.not_found"), "", "", "", "", "", "", page, None)


def _old(point: Point, today: date, w: Words) -> str:
    """That the last full year's figure was not found, where this one is older."""
    return w("number.older", year=point.end_year) if point.end_year < today.year - 1 else ""


def source(number: Number, w: Words) -> str:
    """Where it comes from in one line; empty where it was not found."""
    return cards.short_sources(number.provenance, w) if number.provenance else ""


def source_names(number: Number, w: Words) -> str:
    """Its sources by their short names; empty where it was not found."""
    if number.provenance is None:
        return ""
    return cards.separator(w).join(dict.fromkeys(cards.source_name(one, w) for one in number.provenance.sources))
