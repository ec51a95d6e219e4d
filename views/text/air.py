"""Words the air blocks share: the levels and the pollutants by name, what is known of ozone."""

from collections.abc import Sequence

from msgspec import Struct

from reports import lookup
from reports.advice import Advice
from reports.air import FIRST_YEAR_SINCE_CHANGE, Day, OzoneAlone, RuleEffect, Year
from reports.air_gaps import Gap, YearGaps
from reports.air_now import Hour, Item, Now, Station, WorstHour
from views.cached import cached_rendering_of
from views.text import as_published
from views.text import format as fmt
from views.text.words import Words

ITEM_OF = {"so2_ugm3": "SO2", "no2_ugm3": "NO2", "pm10_ugm3": "PM10", "pm25_ugm3": "PM2.5", "co_mgm3": "CO"}
SYMBOLS = {"SO2": "SO₂", "NO2": "NO₂", "O3": "O₃"}


class LevelWords(Struct, frozen=True, weakref=True):
    """What the standard gives for an AQI level: its name, its effect on health, what it advises."""

    name: str
    effect: str
    advice: str


@cached_rendering_of("facts")
def levels(w: Words) -> dict[int, LevelWords]:
    """The words of the six AQI levels, 1–6."""
    return {row.level: LevelWords(w.of(row.name), w.of(row.effect), w.of(row.advice)) for row in lookup.categories()}


def level_names(w: Words) -> dict[int, str]:
    """The names of the six AQI levels, 1–6."""
    return {level: words.name for level, words in levels(w).items()}


def pollutant(name: str, w: Words) -> str:
    """A pollutant's name for residents."""
    return w(f"air.pollutant_{name.replace('.', '').lower()}")


def symbol(pollutant: str) -> str:
    """A pollutant's symbol with its index below."""
    return SYMBOLS.get(pollutant, pollutant)


def unit(pollutant: str) -> str:
    """The unit of a pollutant: carbon monoxide in milligrams (HJ 633, table 1)."""
    return "mg/m³" if pollutant == "CO" else "μg/m³"


def measured(one: Item, w: Words) -> str:
    """An hour's concentration: as published where it is below the detection limit; that there is none where there is none."""
    if one.value is None:
        return w("air.item_silent")
    return as_published.below_detection(one.note, w) or fmt.plain(one.value)


def primary(reading: Hour | Day | Advice, w: Words) -> str:
    """The primary pollutants in a sentence: as named, as computed where nobody named them, none, or not known.

    Of a day whose index leaves out an ozone that may lead it: among the pollutants counted.
    """
    among = "_among" if isinstance(reading, Day) and reading.ozone_may_lead else ""
    if reading.primary:
        key = "primary_computed" if reading.primary_computed else f"primary_is{among}"
        return w(f"air.{key}", names=join(reading.primary, w))
    return w(f"air.primary_none{among}" if reading.level == 1 else "air.primary_unknown")


def course_title(report: Now, worst: WorstHour, w: Words) -> str:
    """The highest of a day's hours, and the last one."""
    return w("air.course_day", worst=worst.aqi, when=fmt.hour(worst.at, w), last=report.city.aqi or "—")


def care(hour: Hour, w: Words) -> list[str]:
    """Whom the standard addresses, a sentence for the pollutants of the same groups."""
    same: dict[str, list[str]] = {}
    for row in lookup.groups(hour.above_100, hour.standard):
        same.setdefault(w.of(row.groups), []).append(row.pollutant)
    return [w("air.sensitive", names=join(tuple(names), w), groups=groups) for groups, names in same.items()]


def join(names: tuple[str, ...], w: Words) -> str:
    """Pollutants in a row."""
    return w("air.and").join(pollutant(name, w) for name in names)


def ozone(day: Day, w: Words) -> str:
    """Whether a day's index counts ozone, and what it is at most once it does; empty where the city's value is counted."""
    remark: str = day.ozone_remark
    if remark == "proven" and day.ozone == "unknown":
        remark = "open"
    return w(f"air.ozone_{remark}", n=day.ozone_stations, most=day.aqi_at_most) if remark else ""


def ozone_year(alone: OzoneAlone, w: Words) -> str:
    """What ozone alone takes from a year whose numbers leave it out, and on how many days that is known."""
    kind = "known_stations" if alone.of_stations_days else "known" if alone.known_days else "known_none"
    known = w(f"air.ozone_{kind}", n=alone.known_days)
    lost = (
        w("air.ozone_lost", n=len(alone.days)) if alone.days else w("air.ozone_lost_none") if alone.known_days else ""
    )
    unsure = w("air.ozone_unsure", n=len(alone.unsure)) if alone.unsure else ""
    return w("air.ozone_year", known=known, lost=lost, unsure=unsure, proven=alone.proven_days, open=alone.open_days)


def rule_effect(this: Year, effect: RuleEffect, w: Words) -> str:
    """How many of a year's days exceed the standard of their day, and how many they would be by the rule before."""
    points = fmt.number(effect.points, 1)
    return w("air.lead", bad=this.bad_days, known=this.known_days, by_old=effect.bad_by_old, points=points)


def missing(gaps: YearGaps, w: Words, *, short: bool = False) -> str:
    """Which days of a year have no data, and (not ``short``) how many of the same days were bad in other years."""
    if not gaps.gaps:
        return ""
    runs = w("air.list_comma").join(_run(one, w) for one in gaps.gaps)
    sentences = [w("air.gaps", year=gaps.year, n=gaps.days, runs=runs)]
    if not short:
        known = (one.bad_elsewhere for one in gaps.gaps if one.bad_elsewhere is not None)
        sentences += [w("air.gap_elsewhere", n=n, since=FIRST_YEAR_SINCE_CHANGE) for n in known]
    return fmt.sentences(w, *sentences)


def long_gaps(years: Sequence[YearGaps], w: Words, *, short: bool = False) -> str:
    """Which days the years with long gaps have no data of."""
    return fmt.sentences(w, *(missing(one, w, short=short) for one in years))


def _run(one: Gap, w: Words) -> str:
    first = fmt.day(one.first, w, year=False)
    return first if one.days == 1 else w("air.gap_run", first=first, last=fmt.day(one.last, w, year=False))


def station_name(one: Station, w: Words) -> str:
    """A station's name in the visitor's language; its code where it has none in English."""
    return one.name_zh if w.lang == "zh" else one.name_en


def place_name(one: Hour, w: Words) -> str:
    """The name of the city an hour is of."""
    return w.of(lookup.areas()[one.place_id].name)


def station_in_district(one: Station, w: Words) -> str:
    """A station's name with its district where that is known."""
    known, name = lookup.stations().get(one.station_id), station_name(one, w)
    district = w.of(lookup.areas()[known.area_id].name) if known else ""
    return w("place.station", district=district, name=name) if district else name
