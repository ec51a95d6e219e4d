"""The river as a line: from where it enters the city to where it leaves, its tributaries joined where they join.

Three layouts: lying for wide pages, from west to east with all words; lying for screens seen from afar, with few words
in large letters; upright for phones, from top to bottom. A full dot has the colour of a water class with its numeral;
a ring says the class is older than a year; a dashed dot that none was published. The river itself has no class colour:
a class holds at its section and nowhere else.
"""

import math
from collections.abc import Sequence
from itertools import pairwise
from textwrap import wrap

from markupsafe import Markup
from msgspec import Struct

from reports.water import River, Section, Stream
from views import tokens
from views.cached import cached_rendering
from views.drawings import svg
from views.drawings.river_layouts import LANE, PAGE, SCREEN, SIDE_LANE, TALL_WIDE, DotStyle, Lying, Type
from views.text import format as fmt
from views.text import water as water_words
from views.text.markup import html, join
from views.text.words import Words
from views.tokens import WATER_CLASSES
from views.ui import cards
from views.ui.water import SectionState

WATER, NAMES = "color-mix(in srgb, var(--river) 34%, var(--ground))", "var(--river)"
ALONE = 36.0  # height of a row with a name only
ENDS_LETTERS = 22  # in a line before the first tributary, whose stroke the words must not cross

Stop = Section | Stream


@cached_rendering
def line(river: River, w: Words, *, upright: bool = False) -> Markup:
    """The river of a page as SVG, with all words; ``upright`` for phones."""
    return _upright(river, w) if upright else _lying(river, w, PAGE)


@cached_rendering
def screen(river: River, w: Words, *, layout: Lying = SCREEN) -> Markup:
    """The river for screens seen from afar as SVG, with few words in large letters."""
    return _lying(river, w, layout)


def key(w: Words) -> Markup:
    """What colours, rings and grey dots mean."""
    marks = join(_key_dot(text, color, dashed=color == "var(--none)") for text, color in _rings(w))
    chips = join(cards.chip(text, color, square=True) for text, color in _classes(w))
    return html(
        '<div class="legend"><span>{}</span>{chips}{marks}</div>', w("water.key_classes"), chips=chips, marks=marks
    )


def colors(w: Words) -> list[tuple[str, str]]:
    """The same as words and colours, the first without one."""
    return [(w("water.key_classes"), ""), *_classes(w), *_rings(w)]


def _classes(w: Words) -> list[tuple[str, str]]:
    numbers = [("Ⅰ–Ⅱ", 2), *((fmt.ROMAN[n], n) for n in (3, 4, 5)), (w("site.worse_than_v"), 6)]
    return [(text, WATER_CLASSES[number]) for text, number in numbers]


def _rings(w: Words) -> list[tuple[str, str]]:
    return [(w("water.key_ring"), "var(--muted)"), (w("water.key_hollow"), "var(--none)")]


def _key_dot(text: str, color: str, *, dashed: bool) -> Markup:
    style = "dashed" if dashed else "solid"
    ring = f"border:2px {style} {color};background:none;border-radius:50%"
    return html('<span><i style="{ring}"></i>{text}</span>', ring=ring, text=text)


def described(river: River, w: Words) -> str:
    """The whole river for a screen reader, section by section."""
    sections = [section for stream in (river.main, *river.tributaries) for section in stream.sections]
    return w("water.river_alt", sections=water_words.section_states(sections, w))


def sequence(river: River) -> list[Stop]:
    """Sections of the main stem and mouths of tributaries in the order the water passes them."""
    stops: list[Stop] = []
    for n in range(len(river.main.sections) + 1):
        if n:
            stops.append(river.main.sections[n - 1])
        stops += [t for t in river.tributaries if t.above == n]
    return stops


# ── pieces of every layout ───────────────────────────────────────────────────────────────────────────────────────────
class Label(Struct, frozen=True, weakref=True):
    """The words at a dot: its name, then short lines."""

    name: str
    lines: tuple[str, ...]


def _label(section: Section, w: Words, *, joined: bool = False, aim: bool = True) -> Label:
    """A section's name, of when its class is and what it rests on (``joined``: in one line), and its own ``aim``."""
    state = SectionState.of(section, w)
    if section.latest:
        lines = [state.period if aim else water_words.when_short(section.latest, w), state.basis]
    elif not aim:
        lines = [state.water_class]
    else:  # the dashed dot says that no class was found, as the key explains
        lines = [w("water.historic")] if section.row.control == "historic" else []
    if joined and lines:
        lines = [" · ".join(lines)]
    if aim and state.aim:
        lines.append(state.aim)
    return Label(state.name, tuple(lines))


def _words(label: Label, x: float, y: float, anchor: str, size: Type, *, ink: str = "var(--ink)") -> Markup:
    """A label; ``y`` is the baseline of its name."""
    name = svg.words(x, y, label.name, size=size.name, fill=ink, anchor=anchor, weight=650)
    return name + join(
        svg.words(x, y + n * size.leading + size.below, text, size=size.small, anchor=anchor)
        for n, text in enumerate(label.lines, 1)
    )


def _dot(section: Section, x: float, y: float, w: Words, style: DotStyle) -> Markup:
    state = SectionState.of(section, w)
    if not state.known:
        paint, radius, edge = f"fill:{style.ground};stroke:var(--none)", style.hollow_radius, style.hollow_edge
        dashes = html(' stroke-dasharray="{}"', style.dashes)
    else:
        fill, stroke = (state.color, "var(--ground)") if state.fresh else (style.ground, state.color)
        paint, radius, edge, dashes = f"fill:{fill};stroke:{stroke}", style.radius, style.edge, Markup()
    tip = " · ".join(t for t in (state.name, w.of(section.row.where)) if t)
    body = html(
        '<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" style="{paint}" stroke-width="{edge:g}"{dashes}>{tip}</circle>',
        x=x,
        y=y,
        radius=radius,
        paint=paint,
        edge=edge,
        dashes=dashes,
        tip=html("<title>{tip}</title>", tip=tip) if style.tip else "",
    )
    return body + _numeral(state, x, y, style) if state.known else body


def _numeral(state: SectionState, x: float, y: float, style: DotStyle) -> Markup:
    ink = tokens.ink_on(state.color) if state.fresh else "var(--ink)"
    return svg.words(x, y + style.drop, state.numeral, size=style.numeral, fill=ink, anchor="middle", weight=700)


def _arrow(x: float, y: float, toward: float) -> Markup:
    """A chevron pointing ``toward`` degrees, 0 to the right, 90 down."""
    return html(
        '<path d="M-4 -7 L4 0 L-4 7" transform="translate({x:.1f} {y:.1f}) rotate({toward:g})" fill="none" '
        'style="stroke:{NAMES}" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round"/>',
        x=x,
        y=y,
        toward=toward,
        NAMES=NAMES,
    )


def _stroke(path: str, width: float) -> Markup:
    return html(
        '<path d="{path}" fill="none" style="stroke:{WATER}" stroke-width="{width:g}" stroke-linecap="round" '
        'stroke-linejoin="round"/>',
        path=path,
        WATER=WATER,
        width=width,
    )


def _shape(path: str) -> Markup:
    return html('<path d="{path}" style="fill:{WATER}"/>', path=path, WATER=WATER)


def _river_name(stream: Stream, x: float, y: float, w: Words) -> Markup:
    """A river's name and, below, its aim."""
    name = svg.words(x, y, w.of(stream.name), size=PAGE.type.stream, fill=NAMES, weight=650)
    return name + svg.words(x, y + PAGE.type.leading, water_words.aim(stream.aim, w), size=PAGE.type.small)


# ── lying ────────────────────────────────────────────────────────────────────────────────────────────────────────────
def _lying(river: River, w: Words, layout: Lying) -> Markup:
    stops = sequence(river)
    stations, width = _stations(stops, layout)
    north, south = (
        max((layout.length(t) for t in river.tributaries if t.from_north == side), default=0.0)
        for side in (True, False)
    )
    middle = layout.top + max(north, layout.least_north)
    height = middle + max(south, layout.least_south) + layout.bottom
    placed = list(zip(stops, stations, strict=True))
    if layout.full:
        body = _band(width, middle, [x for stop, x in placed if isinstance(stop, Stream)])
    else:
        body = _straight(width, middle)
    body += join(_branch(stop, x, middle, w, layout) for stop, x in placed if isinstance(stop, Stream))
    body += _ends(river, width, middle, w, layout)
    body += join(_section(stop, x, middle, w, layout) for stop, x in placed if isinstance(stop, Section))
    return svg.frame(width, height, body, title=described(river, w))


def _stations(stops: Sequence[Stop], layout: Lying) -> tuple[list[float], float]:
    """Where each stop lies along the main stem, spread over the width; and the width, more where they need it."""
    kinds = ["section" if isinstance(stop, Section) else "mouth" for stop in stops]
    at = [0.0]
    for before, after in pairwise(kinds):
        at.append(at[-1] + layout.gaps[f"{before} {after}"])
    stretch = max(layout.least_stretch, (layout.width - 2 * layout.edge) / (at[-1] or 1.0))
    return [layout.edge + x * stretch for x in at], 2 * layout.edge + at[-1] * stretch


def _band(width: float, middle: float, mouths: Sequence[float]) -> Markup:
    """The main stem of a page: a band that widens where water joins, with arrows between."""
    xs = [8 + n * 8 for n in range(int((width - 24) / 8))]
    half = [3.5 + 1.1 * sum(1 / (1 + math.exp(-(x - m) / 12)) for m in mouths) for x in xs]
    upper = [(x, PAGE.y(x, middle) - h) for x, h in zip(xs, half, strict=True)]
    lower = [(x, PAGE.y(x, middle) + h) for x, h in zip(xs, half, strict=True)]
    end, y = xs[-1], PAGE.y(xs[-1], middle)
    head = [(end, y - 2.1 * half[-1]), (end + 14, y), (end, y + 2.1 * half[-1])]
    edge = "L".join(f"{x:.1f} {y:.1f}" for x, y in [*upper, *head, *lower[::-1]])
    return _shape(f"M{edge}Z") + join(_arrow(x, PAGE.y(x, middle), 0) for x in (40.0, width / 2, width - 52))


def _straight(width: float, middle: float) -> Markup:
    """The main stem of a screen: a thick stroke that ends in an arrow's head."""
    end = width - 30
    head = f"M{end:g} {middle - 17:g}L{width - 2:g} {middle:g}L{end:g} {middle + 17:g}Z"
    return _stroke(f"M8 {middle:g}H{end:g}", 13) + _shape(head)


def _ends(river: River, width: float, middle: float, w: Words, layout: Lying) -> Markup:
    """The main stem's name, on a page its aim, and that it enters the city; that it leaves it."""
    size, above, left = layout.type, middle - layout.ends, layout.margin
    aim = wrap(water_words.aim(river.main.aim, w), ENDS_LETTERS) if layout.full else []
    lines = [*aim, w("water.inflow")]
    name_y = above - size.leading * len(lines) - (2 if layout.full else 0)
    body = svg.words(left, name_y, w.of(river.main.name), size=size.stem, fill=NAMES, weight=700)
    body += join(
        svg.words(left, above - size.leading * n, text, size=size.small) for n, text in enumerate(reversed(lines))
    )
    return body + svg.words(width - 8, above, w("water.outflow"), size=size.small, anchor="end")


def _section(section: Section, x: float, middle: float, w: Words, layout: Lying) -> Markup:
    """A section of the main stem with its words below."""
    y, size = layout.y(x, middle), layout.type
    dot = _dot(section, x, y, w, layout.dot)
    if layout.full:
        return dot + _words(_label(section, w), x, y + layout.dot.radius + 21, "middle", size)
    ink = "var(--ink)" if section.latest else "var(--muted)"
    return dot + _words(_label(section, w, aim=False), x, y + layout.dot.radius + 34, "middle", size, ink=ink)


def _branch(stream: Stream, mouth: float, middle: float, w: Words, layout: Lying) -> Markup:
    """A tributary: straight towards the main stem, then bending downstream into it; its sections beside it."""
    way = -1.0 if stream.from_north else 1.0
    x, joined = mouth - layout.bend, layout.y(mouth, middle)
    head, turn = joined + way * layout.length(stream), joined + way * layout.turn
    path = f"M{x:.1f} {head:.1f} L{x:.1f} {turn:.1f} Q{x:.1f} {joined:.1f} {mouth:.1f} {joined:.1f}"
    body = _stroke(path, layout.branch)
    right, first = x + layout.dot.radius + 9, layout.first(stream)
    if layout.full:
        body += _arrow(x, joined + way * (first - 32 if stream.sections else 52), 90 if stream.from_north else -90)
        body += _river_name(stream, right, head + (13 if stream.from_north else 2 - layout.type.leading), w)
    else:
        name_y = head + (layout.type.name * 0.6 if stream.from_north else 0)
        body += svg.words(right, name_y, w.of(stream.name), size=layout.type.stream, fill=NAMES, weight=650)
    for n, section in enumerate(reversed(stream.sections)):
        y = joined + way * (first + n * layout.step)
        body += _dot(section, x, y, w, layout.dot) + _beside(section, right, y, w, layout)
    return body


def _beside(section: Section, x: float, y: float, w: Words, layout: Lying) -> Markup:
    """The words at a tributary's section; on a screen in one line: its name, and of when its class is."""
    if layout.full:
        label = _label(section, w, joined=True)
        return _words(label, x, y + _rise(label) - 8 * max(len(label.lines) - 1, 0), "start", layout.type)
    size, state = layout.type, SectionState.of(section, w)
    at = x + 2, y + size.name * 0.35
    if not state.known:
        return svg.words(*at, state.name, size=size.small)
    when = html(
        '<tspan dx="14" font-size="{:g}" font-weight="400" style="fill:var(--muted)">{}</tspan>',
        size.small,
        water_words.when_short(section.latest, w) if section.latest else "",
    )
    return svg.words(*at, state.name, size=size.name, fill="var(--ink)", weight=650, after=when)


# ── upright ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def _upright(river: River, w: Words) -> Markup:
    """From top to bottom; a tributary's sections are indented before the place where it joins."""
    y, size = 18.0, PAGE.type
    over = _river_name(river.main, LANE + 22, y, w)
    over += svg.words(LANE + 22, y + 2 * size.leading, w("water.inflow"), size=size.small)
    under, y = _arrow(LANE, y + 24, 90), y + 66
    for stop in sequence(river):
        if isinstance(stop, Section):
            over += _row(stop, LANE, y, w)
            y += _tall(stop, w)
        else:
            lower, upper, y = _side(stop, y, w)
            under, over = under + lower, over + upper
    under = _stroke(f"M{LANE:g} 8 L{LANE:g} {y + 10:.1f}", 9) + under + _arrow(LANE, y + 18, 90)
    over += svg.words(LANE + 22, y + 18, w("water.outflow"), size=size.small)
    return svg.frame(TALL_WIDE, y + 32, under + over, title=described(river, w))


def _tall(section: Section, w: Words) -> float:
    lines = len(_label(section, w).lines)
    return 46 + PAGE.type.leading * (lines - 1) if lines else ALONE


def _rise(label: Label) -> float:
    """How far below a dot's middle its name is written: beside it where it is alone, else higher."""
    return 1 if label.lines else 5


def _row(section: Section, x: float, y: float, w: Words) -> Markup:
    label = _label(section, w)
    words = _words(label, x + PAGE.dot.radius + 9, y + _rise(label), "start", PAGE.type)
    return _dot(section, x, y, w, PAGE.dot) + words


def _side(stream: Stream, y: float, w: Words) -> tuple[Markup, Markup, float]:
    """A tributary in the lane beside: its line, its dots and words, and where the next stop is."""
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
