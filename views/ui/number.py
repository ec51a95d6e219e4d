"""One number by itself: what it is, its value, of when, by which statistic, from where, and whether it is an old one."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from reports.figures import Point
from reports.goals import Promise
from reports.indicator import Indicator
from reports.latest import LatestAir, LatestRiver
from reports.provenance import Provenance
from store import records
from store.city import CITY, CITY_NAME
from views import addresses
from views.text import amounts
from views.text import format as fmt
from views.text import water as water_words
from views.text.words import Words
from views.tokens import WATER_CLASSES
from views.ui import cards, download, figure_cards, promise
from views.ui.air import AirReading
from views.visit import Visit

AQI, RIVER = "aqi", "river"  # the two with the latest known reading; every other number has the name of its indicator
LIVE = (AQI, RIVER)
OF_A_MOMENT = ("stock", "state")  # statistics that are of no year


class Number(Struct, frozen=True, weakref=True):
    """A number, formatted. ``word`` and its official ``color``: the level or what a class rests on; may be empty.

    ``remark``: what it leaves out, such as ozone or the rest of the year; may be empty. ``old``: why it is not to be taken
    for the state of now; empty where it may be. ``page``: where it stands on the site. ``provenance``: None where the number
    was not found.
    """

    name: str
    value: str
    unit: str
    word: str
    color: str
    when: str
    statistic: str
    remark: str
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
        reading.remark,
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
        "",
        "" if latest.current else w("number.not_now"),
        page,
        known.provenance,
    )


def of_indicator(known: Indicator, today: date, w: Words) -> Number:
    """The last figure published of an indicator, with its area where that is not the city and no part of its name."""
    point, page = known.latest, f"{addresses.LIGHT}/indicator/{known.row.indicator_id}"
    name = w.of(known.row.name)
    if point is None or point.value is None:
        return _not_found(name, page, w)
    area = next(one.area for one in known.series if point in one.points)
    if not _names(known.row, area):
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
        _of_a_part(point, known.row, w),
        _old(point, known.promises, area, today, w),
        page,
        point.provenance,
    )


def _not_found(name: str, page: str, w: Words) -> Number:
    return Number(name, w("site.not_found"), "", "", "", "", "", "", "", page, None)


def _names(row: records.Indicator, area: records.Area) -> bool:
    """Whether the name of an indicator tells the area: the city goes without saying, also before the area's own name.

    One language's name is enough for both, so that both tell the same.
    """
    in_chinese = area.name.zh.removeprefix(CITY_NAME).removeprefix("市")
    return area.area_id == CITY or in_chinese in row.name.zh or area.name.en in row.name.en


def _of_a_part(point: Point, row: records.Indicator, w: Words) -> str:
    """That a figure is of a part of a year, whatever year its indicator's name speaks of."""
    if row.statistic in OF_A_MOMENT or not point.within_a_year:
        return ""
    return w("number.of_a_part", period=fmt.period(point.period, w))


def _old(point: Point, promises: Sequence[Promise], area: records.Area, today: date, w: Words) -> str:
    """That nothing published for the last full year was found, where the figure is older; and what is measured here since."""
    if point.end_year >= today.year - 1:
        return ""
    later = [one for one in promises if one.measured and one.measured.point.end > point.end]
    if not later:
        return w("number.older", year=point.end_year)
    last = max(later, key=_measured_until)
    shown = promise.row(last, w).measured
    if shown is None or not _alike(last, point):
        return w("number.older_apart", year=point.end_year, area=w.of(area.name))
    return w("number.older_measured", year=point.end_year, value=shown.text, period=shown.short)


def _measured_until(one: Promise) -> date:
    return one.measured.point.end if one.measured else date.min


def _alike(one: Promise, point: Point) -> bool:
    """Whether what is measured of a promise is the same quantity in the same area as a published figure."""
    terms = one.measured.point.provenance.terms if one.measured else None
    return terms is not None and (terms.quantity, terms.area) == (point.row.indicator_id, point.row.area_id)


def source(number: Number, w: Words) -> str:
    """Where it comes from in one line; empty where it was not found."""
    return cards.short_sources(number.provenance, w) if number.provenance else ""


def citation(number: Number, v: Visit, address: str) -> str:
    """How it is cited, its remark behind its value; empty where it was not found."""
    if number.provenance is None:
        return ""
    title = f"{number.name} {number.text}"
    if number.remark:
        title = v.w("number.remarked", title=title, remark=number.remark.rstrip("。."))
    return download.citation(title, number.when, number.provenance, v, address)
