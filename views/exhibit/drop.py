"""Chapter 2, a drop of water: down the Huangshui stop by stop, with the class last known at each or none; then my district."""

from typing import Literal

from markupsafe import Markup
from msgspec import Struct

from reports import district as districts
from reports import story, water
from reports.story import Journey, Stop
from views import tokens
from views.drawings import river as drawn_river
from views.drawings.icons import DROP
from views.exhibit import own
from views.exhibit.pieces import Chapter, Poster, Screen, Tile, source_note
from views.templates import render
from views.text import format as fmt
from views.text import water as water_words
from views.text.words import Words
from views.tokens import WATER_CLASSES
from views.ui import cards
from views.visit import Visit


class StopText(Struct, frozen=True, weakref=True):
    """A stop in words: its button on the line (``color``, ``ink``, ``numeral`` empty without a class) and its panel."""

    kind: str
    bank: Literal["north", "south", ""]  # the side a tributary joins from
    name: str
    color: str
    ink: str
    numeral: str
    title: str
    state: Markup  # the class on its colour, or that none was found
    lines: tuple[str, ...]  # of when the class is and on what it rests, or why there is none; the annual aim
    sections: str  # all sections of a river that joins; a narrow screen leaves them out
    source_note: Markup


def chapter(v: Visit) -> Chapter:
    """The river from where it enters the city to where it leaves."""
    w, report = v.w, story.journey(v.today)
    headline, both = w.html("exhibit.drop.headline_open"), water.together(v.today)
    lead = w("exhibit.drop.lead", total=report.total, known=report.known)
    if both:
        inflow, outflow = (fmt.water_class(known.water_class, w) for known in both)
        headline = w.html("exhibit.drop.headline", inflow=inflow, outflow=outflow)
        when = water_words.when(both[0], w)
        lead = w("exhibit.drop.lead_both", when=when, total=report.total, known=report.known)
    stops = [_text(stop, w) for stop in report.stops]
    stage, body = (render(f"exhibit/{name}", w=w, drop=DROP, stops=stops) for name in ("drop", "drop_body"))
    screen = Screen("drop", headline, lead, "river", stage, body)
    mine = [districts.district(one.area_id, v.today) for one in districts.districts()]
    own_screen = own.screen([(one, districts.freshness_of(one, v.now)) for one in mine], v)
    return Chapter(headline, lead, (screen, own_screen), _poster(report, w))


def _text(stop: Stop, w: Words) -> StopText:
    known, name = stop.known, _name(stop, w)
    color = WATER_CLASSES[known.water_class] if known else ""
    return StopText(
        kind=stop.kind,
        bank="" if stop.kind != "joins" else "north" if stop.stream.from_north else "south",
        name=name,
        color=color,
        ink=tokens.ink_on(color) if color else "",
        numeral=fmt.ROMAN.get(known.water_class, "") if known else "",
        title=w(f"exhibit.drop.{stop.kind}", section=name, river=w.of(stop.stream.name)),
        state=cards.chip(fmt.water_class(known.water_class, w, known.op), color) if known else cards.no_value(w),
        lines=tuple(line for line in _lines(stop, w) if line),
        sections=_sections(stop, w),
        source_note=source_note(known.provenance, w) if known else Markup(),
    )


def _name(stop: Stop, w: Words) -> str:
    if stop.kind == "joins" or stop.section is None:
        return w.of(stop.stream.name)
    return water_words.section_name(stop.section, w)


def _lines(stop: Stop, w: Words) -> tuple[str, str]:
    """The lines under a stop's class: its date and kind or why there is none, the annual aim."""
    against = water_words.against(stop.section, w) if stop.section else ""
    return _when(stop, w) or _why_none(stop, w), against


def _when(stop: Stop, w: Words) -> str:
    """Of when the class is and what it rests on, with the section where the stop is a river; empty without a class."""
    if stop.known is None:
        return ""
    parts = [water_words.when(stop.known, w), water_words.kind(stop.known, w)]
    if stop.kind == "joins" and stop.section:
        parts.insert(0, w("exhibit.drop.at", section=water_words.section_name(stop.section, w)))
    return " · ".join(parts)


def _why_none(stop: Stop, w: Words) -> str:
    if stop.section is None:
        return w("exhibit.drop.no_section")
    return w("exhibit.drop.unknown_river" if stop.kind == "joins" else "exhibit.drop.unknown")


def _sections(stop: Stop, w: Words) -> str:
    """All sections of a river that joins, downstream, each with its class or none; empty where there is but one."""
    if stop.kind != "joins" or len(stop.stream.sections) < 2:
        return ""
    return w("exhibit.drop.sections", sections=water_words.section_states(stop.stream.sections, w))


def _poster(report: Journey, w: Words) -> Poster:
    tiles = tuple(
        Tile(
            water_words.section_name(stop.section, w),
            fmt.water_class(stop.known.water_class, w, stop.known.op),
            f"{water_words.when(stop.known, w)} · {water_words.kind(stop.known, w)}",
        )
        for stop in report.stops
        if stop.known and stop.section
    )
    sources = tuple(stop.known.provenance for stop in report.stops if stop.known)
    lead = w("exhibit.drop.lead", total=report.total, known=report.known)
    return Poster(lead, drawn_river.screen(report.river, w), tiles, (w("exhibit.drop.dashed"),), sources)
