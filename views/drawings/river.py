"""The river as a line: from where it enters the city to where it leaves, its tributaries joined where they join.

Lying, for wide screens, it runs from west to east; upright, for phones, from top to bottom. Arrows point downstream.
A full dot has the colour of a water class with its numeral; a ring says the class is older than a year; a hollow grey
dot that none was published. The river itself has no class colour: a section speaks only for its place.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from textwrap import wrap

from markupsafe import Markup

from reports.water import River, Section, Stream
from views import tokens
from views.cached import cached_rendering
from views.drawings import svg
from views.text import format as fmt
from views.text import water as water_words
from views.text.markup import html, join
from views.text.words import Words
from views.tokens import WATER_CLASSES
from views.ui import cards

WATER, ARROW = "color-mix(in srgb, var(--river) 34%, var(--ground))", "var(--river)"
DOT, NAME, SMALL, LEADING = 13.5, 15.5, 12.5, 16.5

# Lying: distances along the main stem by what follows what, and of a tributary's sections from the main stem.
WIDE, EDGE = 1160.0, 112.0
GAPS = {"section section": 170, "section mouth": 104, "mouth section": 112, "mouth mouth": 74}
BEND, FIRST_NORTH, FIRST_SOUTH, STEP, HEAD = 30.0, 80.0, 132.0, 55.0, 68.0
BARE_LENGTH = 96.0  # of a tributary without sections
ENDS_LETTERS = 22  # in a line before the first tributary, whose stroke the words must not cross
SWAY = 5.0

# Upright: two lanes, the main stem on the left.
TALL_WIDE, LANE, SIDE_LANE = 360.0, 24.0, 70.0


@dataclass(frozen=True)
class Label:
    """What stands at a dot: its name, then short lines."""

    name: str
    lines: tuple[str, ...]


@cached_rendering
def line(river: River, w: Words, *, upright: bool = False) -> Markup:
    """The river as SVG."""
    return _upright(river, w) if upright else _lying(river, w)


def key(w: Words) -> Markup:
    """What colours, rings and grey dots mean."""
    classes = [("Ⅰ–Ⅱ", 2), *((fmt.ROMAN[n], n) for n in (3, 4, 5)), (w("site.worse_than_v"), 6)]
    dots = ((w("water.key_ring"), "var(--muted)"), (w("water.key_hollow"), "var(--none)"))
    marks = join(_key_dot(text, color, dashed=color == "var(--none)") for text, color in dots)
    chips = join(cards.chip(text, WATER_CLASSES[number], square=True) for text, number in classes)
    return html(
        '<div class="legend"><span>{}</span>{chips}{marks}</div>', w("water.key_classes"), chips=chips, marks=marks
    )


def _key_dot(text: str, color: str, *, dashed: bool) -> Markup:
    style = "dashed" if dashed else "solid"
    ring = f"border:2px {style} {color};background:none;border-radius:50%"
    return html('<span><i style="{ring}"></i>{text}</span>', ring=ring, text=text)


def _label(section: Section, w: Words, *, joined: bool = False) -> Label:
    latest = section.latest
    if latest is None:
        told = [w("site.not_found")]
        told += [w("water.historic")] if section.row.control == "historic" else []
    else:
        told = [water_words.when(latest, w), water_words.kind(latest, w)]
    lines = [" · ".join(told)] if joined else told
    goal = water_words.own_aim(section, w)
    return Label(water_words.section_name(section, w), tuple([*lines, goal] if goal else lines))


def described(river: River, w: Words) -> str:
    """The whole river for a screen reader, section by section."""
    said = []
    for stream in (river.main, *river.tributaries):
        for section in stream.sections:
            latest = section.latest
            state = fmt.water_class(latest.water_class, w, latest.op) if latest else w("site.not_found")
            said.append(w("water.section_state", name=water_words.section_name(section, w), state=state))
    return w("water.river_alt", sections=w("water.list_comma").join(said))


# ── pieces of the drawing ────────────────────────────────────────────────────────────────────────────────────────────
def _dot(section: Section, x: float, y: float, w: Words) -> Markup:
    latest = section.latest
    tip = " · ".join(t for t in (water_words.section_name(section, w), w.of(section.row.where)) if t)
    if latest is None:
        paint, width, dash, ink = "fill:var(--card);stroke:var(--none)", 2, Markup(' stroke-dasharray="4 3"'), ""
    else:
        color = WATER_CLASSES[latest.water_class]
        full = section.fresh
        paint = f"fill:{color if full else 'var(--card)'};stroke:{'var(--ground)' if full else color}"
        width, dash, ink = 3, Markup(), tokens.ink_on(color) if full else "var(--ink)"
    body = html(
        '<circle cx="{x:.1f}" cy="{y:.1f}" r="{DOT:g}" style="{paint}" stroke-width="{width}"{dash}>'
        "<title>{tip}</title></circle>",
        x=x,
        y=y,
        DOT=DOT,
        paint=paint,
        width=width,
        dash=dash,
        tip=tip,
    )
    if latest is None:
        return body
    numeral = water_words.numeral(latest.water_class, w)
    return body + svg.words(x, y + 5, numeral, size=14, fill=ink, anchor="middle", weight=700)


def _words(label: Label, x: float, y: float, anchor: str) -> Markup:
    """A label; ``y`` is the baseline of its name."""
    drawn = svg.words(x, y, label.name, size=NAME, fill="var(--ink)", anchor=anchor, weight=650)
    for n, text in enumerate(label.lines, 1):
        drawn += svg.words(x, y + n * LEADING + 1, text, size=SMALL, anchor=anchor)
    return drawn


def _river_name(stream: Stream, x: float, y: float, w: Words) -> Markup:
    drawn = svg.words(x, y, w.of(stream.name), size=14, fill=ARROW, weight=650)
    return drawn + svg.words(x, y + LEADING, water_words.aim(stream.aim, w), size=SMALL)


def _arrow(x: float, y: float, toward: float) -> Markup:
    """A chevron pointing ``toward`` degrees, 0 to the right, 90 down."""
    return html(
        '<path d="M-4 -7 L4 0 L-4 7" transform="translate({x:.1f} {y:.1f}) rotate({toward:g})" fill="none" '
        'style="stroke:{ARROW}" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round"/>',
        x=x,
        y=y,
        toward=toward,
        ARROW=ARROW,
    )


def _stroke(path: str, width: float) -> Markup:
    return html(
        '<path d="{path}" fill="none" style="stroke:{WATER}" stroke-width="{width:g}" stroke-linecap="round" '
        'stroke-linejoin="round"/>',
        path=path,
        WATER=WATER,
        width=width,
    )


# ── lying ────────────────────────────────────────────────────────────────────────────────────────────────────────────
Stop = Section | Stream


def sequence(river: River) -> list[Stop]:
    """Sections of the main stem and mouths of tributaries in the order the water passes them."""
    stops: list[Stop] = []
    for n in range(len(river.main.sections) + 1):
        if n:
            stops.append(river.main.sections[n - 1])
        stops += [t for t in river.tributaries if t.above == n]
    return stops


def _stations(stops: Sequence[Stop]) -> tuple[list[float], float]:
    """Where each stop lies along the main stem, spread over the width; and the width, more where they need it."""
    kinds = ["section" if isinstance(stop, Section) else "mouth" for stop in stops]
    at = [0.0]
    for before, after in pairwise(kinds):
        at.append(at[-1] + GAPS[f"{before} {after}"])
    stretch = max(1.0, (WIDE - 2 * EDGE) / (at[-1] or 1.0))
    return [EDGE + x * stretch for x in at], 2 * EDGE + at[-1] * stretch


def _lying(river: River, w: Words) -> Markup:
    stops = sequence(river)
    stations, width = _stations(stops)
    north, south = (_reach([t for t in river.tributaries if t.from_north == side]) for side in (True, False))
    middle = 24 + max(north, 96.0)
    height = middle + max(south + 10, 104.0)
    mouths = [x for stop, x in zip(stops, stations, strict=True) if isinstance(stop, Stream)]
    body = _main_stem(width, middle, mouths)
    for stop, x in zip(stops, stations, strict=True):
        if isinstance(stop, Stream):
            body += _branch(stop, x, middle, w)
    body += _ends(river, width, middle, w)
    for stop, x in zip(stops, stations, strict=True):
        if isinstance(stop, Section):
            y = _sway(x, middle)
            body += _dot(stop, x, y, w) + _words(_label(stop, w), x, y + DOT + 21, "middle")
    return svg.frame(width, height, body, title=described(river, w))


def _reach(side: Sequence[Stream]) -> float:
    """How far the tributaries of one side reach from the main stem."""
    return max((_length(t) for t in side), default=0.0)


def _length(stream: Stream) -> float:
    if not stream.sections:
        return BARE_LENGTH
    first = FIRST_NORTH if stream.from_north else FIRST_SOUTH
    return first + (len(stream.sections) - 1) * STEP + HEAD


def _sway(x: float, middle: float) -> float:
    return middle + SWAY * math.sin(x / 95)


def _main_stem(width: float, middle: float, mouths: Sequence[float]) -> Markup:
    """A band that widens where water joins, with arrows between."""
    xs = [8 + n * 8 for n in range(int((width - 24) / 8))]
    half = [3.5 + 1.1 * sum(1 / (1 + math.exp(-(x - m) / 12)) for m in mouths) for x in xs]
    upper = [(x, _sway(x, middle) - h) for x, h in zip(xs, half, strict=True)]
    lower = [(x, _sway(x, middle) + h) for x, h in zip(xs, half, strict=True)]
    end, y = xs[-1], _sway(xs[-1], middle)
    head = [(end, y - 2.1 * half[-1]), (end + 14, y), (end, y + 2.1 * half[-1])]
    edge = "L".join(f"{x:.1f} {y:.1f}" for x, y in [*upper, *head, *lower[::-1]])
    arrows = join(_arrow(x, _sway(x, middle), 0) for x in (40.0, width / 2, width - 52))
    return html('<path d="M{edge}Z" style="fill:{WATER}"/>{arrows}', edge=edge, WATER=WATER, arrows=arrows)


def _ends(river: River, width: float, middle: float, w: Words) -> Markup:
    above = middle - 21
    told = [*wrap(water_words.aim(river.main.aim, w), ENDS_LETTERS), w("water.inflow")]
    name = svg.words(10, above - LEADING * len(told) - 2, w.of(river.main.name), size=17, fill=ARROW, weight=700)
    for n, text in enumerate(reversed(told)):
        name += svg.words(10, above - LEADING * n, text, size=SMALL)
    return name + svg.words(width - 8, above, w("water.outflow"), size=SMALL, anchor="end")


def _branch(stream: Stream, mouth: float, middle: float, w: Words) -> Markup:
    """A tributary: straight towards the main stem, then bending downstream into it."""
    way = -1.0 if stream.from_north else 1.0
    x, joined = mouth - BEND, _sway(mouth, middle)
    head = joined + way * _length(stream)
    turn = joined + way * 40
    body = _stroke(f"M{x:.1f} {head:.1f} L{x:.1f} {turn:.1f} Q{x:.1f} {joined:.1f} {mouth:.1f} {joined:.1f}", 6)
    toward = 90 if stream.from_north else -90
    first = FIRST_NORTH if stream.from_north else FIRST_SOUTH
    body += _arrow(x, joined + way * (52 if not stream.sections else first - 32), toward)
    text_x, text_y = x + DOT + 9, head + (13 if stream.from_north else -LEADING + 2)
    body += _river_name(stream, text_x, text_y, w)
    for n, section in enumerate(reversed(stream.sections)):
        y = joined + way * (first + n * STEP)
        label = _label(section, w, joined=True)
        body += _dot(section, x, y, w) + _words(label, text_x, y + 1 - 8 * (len(label.lines) - 1), "start")
    return body


# ── upright ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def _upright(river: River, w: Words) -> Markup:
    """From top to bottom; a tributary's sections stand indented before the place where it joins."""
    y = 18.0
    over = _river_name(river.main, LANE + 22, y, w) + svg.words(
        LANE + 22, y + 2 * LEADING, w("water.inflow"), size=SMALL
    )
    under, y = _arrow(LANE, y + 24, 90), y + 66
    for stop in sequence(river):
        if isinstance(stop, Section):
            over += _row(stop, LANE, y, w)
            y += _tall(stop, w)
        else:
            lower, upper, y = _side(stop, y, w)
            under, over = under + lower, over + upper
    under = _stroke(f"M{LANE:g} 8 L{LANE:g} {y + 10:.1f}", 9) + under + _arrow(LANE, y + 18, 90)
    over += svg.words(LANE + 22, y + 18, w("water.outflow"), size=SMALL)
    return svg.frame(TALL_WIDE, y + 32, under + over, title=described(river, w))


def _tall(section: Section, w: Words) -> float:
    return 46 + LEADING * (len(_label(section, w).lines) - 1)


def _row(section: Section, x: float, y: float, w: Words) -> Markup:
    return _dot(section, x, y, w) + _words(_label(section, w), x + DOT + 9, y + 1, "start")


def _side(stream: Stream, y: float, w: Words) -> tuple[str, str, float]:
    """A tributary in the lane beside: its line, its dots and words, and where the next stop stands."""
    head = y
    over = _river_name(stream, SIDE_LANE + 22, y, w)
    y += 50 if stream.sections or stream.aim else 24
    for section in stream.sections:
        over += _row(section, SIDE_LANE, y, w)
        y += _tall(section, w)
    turn, mouth = y - 10, y + 24
    under = _stroke(
        f"M{SIDE_LANE:g} {head - 8:.1f} L{SIDE_LANE:g} {turn:.1f} "
        f"C{SIDE_LANE:g} {turn + 22:.1f} {LANE:g} {mouth - 26:.1f} {LANE:g} {mouth:.1f}",
        6,
    )
    under += _arrow(SIDE_LANE, head + 12, 90)
    return under, over, mouth + 28
