"""The water of a section: its state, a class on its colour, the classes of recorded hours."""

from dataclasses import dataclass

from markupsafe import Markup

from reports import freshness, water
from reports.freshness import Freshness
from reports.water import HoursOfMonth, Known, Section, Water
from views import tokens
from views.text import format as fmt
from views.text import water as water_words
from views.text.markup import html, join
from views.text.words import Words
from views.tokens import WATER_CLASSES
from views.ui import cards
from views.visit import Visit


@dataclass(frozen=True)
class SectionState:
    """The last class known of a section of the river, formatted once for every surface.

    ``water_class``: in words, or that none was found; ``numeral`` and ``color`` are empty then. ``fresh``: not older than
    a year. ``period``, ``basis``: of when it is and what it rests on; ``aim``: the section's own, empty where it has none.
    """

    name: str
    water_class: str
    numeral: str
    color: str
    fresh: bool
    period: str
    basis: str
    aim: str

    @classmethod
    def of(cls, section: Section, w: Words) -> "SectionState":
        """From a section."""
        name, aim, latest = water_words.section_name(section, w), water_words.own_aim(section, w), section.latest
        if latest is None:
            return cls(name, w("site.not_found"), "", "", False, "", "", aim)
        return cls(
            name,
            fmt.water_class(latest.water_class, w, latest.op),
            water_words.numeral(latest.water_class, w),
            WATER_CLASSES[latest.water_class],
            section.fresh,
            water_words.when(latest, w),
            water_words.kind(latest, w),
            aim,
        )


def dot(state: SectionState) -> Markup:
    """A section on the river's line: full where its class is fresh, a ring where it is old, dashed where none is known."""
    if not state.numeral:
        return Markup('<i class="dot none"></i>')
    if state.fresh:
        style = f"background:{state.color};color:{tokens.ink_on(state.color)}"
        return html('<i class="dot" style="{style}">{}</i>', state.numeral, style=style)
    return html('<i class="dot old" style="border-color:{}">{}</i>', state.color, state.numeral)


def class_row(known: Known, w: Words) -> Markup:
    """A class, large, with its grade in a word on its colour; square, and in other words, where five items say it."""
    word = w(f"overview.grade_{water_words.grade(known.water_class)}") if known.official else w("water.by_five_items")
    return html(
        '<div class="row big"><div class="value">{}</div>{}</div>',
        fmt.water_class(known.water_class, w, known.op),
        cards.chip(word, WATER_CLASSES[known.water_class], square=not known.official),
    )


def class_chip(water_class: int, w: Words, *, official: bool = True) -> Markup:
    """A water class on its colour; square where it rests on the five automatic items alone."""
    return cards.chip(fmt.water_class(water_class, w), WATER_CLASSES[water_class], square=not official)


def hours_of(one: HoursOfMonth, w: Words) -> Markup:
    """The recorded hours of a month: each class with its count, and the hours left out."""
    chips = join(
        html("<span>{}×{count}</span> ", class_chip(n, w, official=False), count=count)
        for n, count in one.by_class.items()
    )
    said = [w("water.hours", n=one.hours)] if one.hours else []
    said += [w("water.hours_left_out", n=one.left_out)] if one.left_out else []
    return html(
        '<div class="entry">{chips}<span class="muted small">{}</span></div>',
        w("water.list_comma").join(said),
        chips=chips,
    )


def freshness_of(report: Water, v: Visit) -> Freshness:
    """How the newest reading of any section stands on the clock; the source itself where there is none."""
    newest = max((some[0] for some in report.readings), key=lambda one: one.at, default=None)
    if newest is None:
        return freshness.of(water.SOURCE, v.now)
    return freshness.of(water.SOURCE, v.now, data_at=newest.at, kind=newest.provenance.kind)
