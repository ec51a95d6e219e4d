"""A section of the river in words: its name, of when its class is, what that rests on, what it aims at."""

import re
from collections.abc import Iterable
from datetime import date

from reports import lookup
from reports.water import Aim, Item, Known, Section
from views.text import as_published
from views.text import format as fmt
from views.text.words import Words


def numeral(water_class: int, w: Words) -> str:
    """A class as the letter in a dot or chip: Ⅰ to Ⅴ, and the word for worse."""
    return fmt.ROMAN.get(water_class) or w("water.numeral_worse")


# ── words at a section ───────────────────────────────────────────────────────────────────────────────────────────────
def section_name(section: Section, w: Words) -> str:
    """A section's name without the word for section."""
    return w.of(section.name.name).removesuffix(w("water.name_suffix"))


def section_states(sections: Iterable[Section], w: Words) -> str:
    """Sections in a row, each with its class or that none was found."""
    return w("water.list_comma").join(_state(one, w) for one in sections)


def _state(section: Section, w: Words) -> str:
    latest = section.latest
    state = fmt.water_class(latest.water_class, w, latest.op) if latest else w("site.not_found")
    return w("water.section_state", name=section_name(section, w), state=state)


def when(known: Known, w: Words) -> str:
    """The period of a class, with the hour where it has one."""
    day = fmt.period(known.period, w)
    return w("water.at_hour", day=day, hour=known.hour) if known.hour is not None else day


MONTHS_OF_A_YEAR = re.compile(r"(\d{4})-(\d{2})/\1-(\d{2})")


def when_short(known: Known, w: Words) -> str:
    """The same in few letters: months by their short names, the year of several of them written once."""
    if known.span == "day":
        day, month = known.end, w(f"site.month_short_{known.end.month}")
        text = w("water.day_short_year", year=day.year, month=month, day=day.day)
        return text if known.hour is None else w("water.at_hour", day=text, hour=known.hour)
    months = MONTHS_OF_A_YEAR.fullmatch(known.period)
    if months is None:
        return when(known, w)
    first, last = (w(f"site.month_short_{int(months[n])}") for n in (2, 3))
    return w("water.months_of_year", year=months[1], first=first, last=last)


def kind(known: Known, w: Words) -> str:
    """What a class rests on, in two or three words."""
    return w("water.by_document" if known.official else "water.by_five_items")


def below_detection(known: Known, w: Words) -> str:
    """The items of a month below the limit of detection, each with the mark as published; empty where there is none."""
    items = [
        f"{item_name(column, w)} {as_published.below_detection(mark, w)}" for column, mark in known.below_detection
    ]
    return w("water.below_detection", items=w("water.list_comma").join(items)) if items else ""


def five_items(known: Known, w: Words) -> str:
    """That a class rests on the five automatic items of an hour or a month and is no annual one; empty for a published one."""
    if known.official:
        return ""
    return w("overview.river_auto" if known.hour is not None else "overview.river_auto_month")


def aim(aimed: Aim | None, w: Words) -> str:
    """The class to reach and by when, and that it is the river's where it is; empty where there is none."""
    if aimed is None:
        return ""
    name = "water.aim_draft" if aimed.draft else "water.aim_plan_end" if aimed.plan_end else "water.aim"
    text = w(name, year=aimed.year, water_class=fmt.water_class(aimed.water_class, w))
    return w("water.aim_of_river", aim=text) if aimed.of_river else text


def own_aim(section: Section, w: Words) -> str:
    """A section's own aim: that of its river is written at the river's name."""
    return "" if section.aim and section.aim.of_river else aim(section.aim, w)


def against(section: Section, w: Words) -> str:
    """The last annual class beside the annual aim in a sentence; that there is none to set against it; empty without aim."""
    aimed, annual = section.aim, section.annual
    if aimed is None:
        return ""
    goal = {"aim": fmt.water_class(aimed.water_class, w), "aim_year": aimed.year}
    if annual is None or section.against_aim is None:
        return w("water.against_none", **goal)
    name_of_class = fmt.water_class(annual.water_class, w, annual.op)
    return w(f"water.against_{section.against_aim}", year=annual.period, found=name_of_class, **goal)


def evidence(section: Section, w: Words, today: date) -> str:
    """The automatic station's last class, and that it is no annual one; empty where the latest class is an official one."""
    latest = section.latest
    if latest is None or latest.official:
        return ""
    values = {"section": section_name(section, w), "when": when(latest, w), "age": fmt.age(latest.end, today, w)}
    name_of_class = fmt.water_class(latest.water_class, w, latest.op)
    name = "evidence_hour" if latest.hour is not None else "evidence_month"
    return w(f"water.{name}", water_class=name_of_class, **values)


REFERENCE_UNITS = {"tn_mgl": "mg/L", "turbidity_ntu": "NTU", "water_temp_c": "℃", "conductivity_uscm": "μS/cm"}


def item_names(columns: Iterable[str], w: Words) -> list[str]:
    """Items by their names."""
    return [w.of(lookup.river_items()[column].name) for column in columns]


def item_name(column: str, w: Words) -> str:
    """An item's name within a sentence."""
    return fmt.within(w.of(lookup.river_items()[column].name))


def limit(item: Item) -> str:
    """The limit of class Ⅲ as it is written."""
    return "" if item.limits is None else fmt.limit(item.limits, item.limits.class_3)


def grade(water_class: int) -> int:
    """The row of the quality words: Ⅰ and Ⅱ share one."""
    return max(2, water_class)
