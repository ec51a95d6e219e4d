"""The river for screens seen from afar: the main stem across the whole width, few words, large letters.

The same signs as the river of the water page: a full dot has the colour of a class with its numeral, a ring says the
class is older than a year, a dashed dot that none was published.
"""

from collections.abc import Sequence
from itertools import pairwise

from markupsafe import Markup

from reports.water import River, Section, Stream
from views import tokens
from views.cached import cached_rendering
from views.drawings import river as drawn_river
from views.drawings import svg
from views.text import water as water_words
from views.text.markup import html
from views.text.words import Words
from views.tokens import WATER_CLASSES

WIDE, WEST, EAST = 1808.0, 165.0, 165.0  # half of the longest date fits before the first and behind the last dot
# Distances along the main stem by what follows what, before they are stretched to the width.
GAPS = {"section section": 240, "section mouth": 200, "mouth section": 200, "mouth mouth": 100}
DOT, NAME, SMALL, LEADING = 21.0, 28.0, 25.0, 30.0
BEND, STEP, HEAD = 56.0, 46.0, 42.0
FIRST_NORTH, FIRST_SOUTH, BARE = 76.0, 142.0, 96.0

Stop = Section | Stream


@cached_rendering
def line(river: River, w: Words) -> Markup:
    """The river as SVG, some 1800 units wide with letters of 25 and more."""
    stops = drawn_river.sequence(river)
    at = _stations(stops)
    middle = max((_reach(t) for t in river.tributaries if t.from_north), default=0.0) + 20
    south = max((_reach(t) for t in river.tributaries if not t.from_north), default=0.0)
    body = _stem(middle)
    for stop, x in zip(stops, at, strict=True):
        if not isinstance(stop, Section):
            body += _branch(stop, x, middle, w)
    body += _ends(river, middle, w)
    for stop, x in zip(stops, at, strict=True):
        if isinstance(stop, Section):
            body += _dot(stop, x, middle, w) + _under(stop, x, middle + DOT + NAME + 6, w)
    return svg.frame(WIDE, middle + max(south, 130.0) + 12, body, title=drawn_river.described(river, w))


def _stations(stops: Sequence[Stop]) -> list[float]:
    """Where each stop lies along the main stem, stretched or squeezed to the width."""
    kinds = ["section" if isinstance(stop, Section) else "mouth" for stop in stops]
    at = [0.0]
    for before, after in pairwise(kinds):
        at.append(at[-1] + GAPS[f"{before} {after}"])
    stretch = (WIDE - WEST - EAST) / (at[-1] or 1.0)
    return [WEST + x * stretch for x in at]


def _reach(stream: Stream) -> float:
    """How far a tributary reaches from the main stem."""
    if not stream.sections:
        return BARE
    return (FIRST_NORTH if stream.from_north else FIRST_SOUTH) + (len(stream.sections) - 1) * STEP + HEAD


def _stem(middle: float) -> Markup:
    end = WIDE - 30
    head = f"M{end:g} {middle - 17:g}L{WIDE - 2:g} {middle:g}L{end:g} {middle + 17:g}Z"
    path = html(
        '<path d="M8 {middle:g}H{end:g}" style="stroke:{}" stroke-width="13" stroke-linecap="round"/>',
        drawn_river.WATER,
        middle=middle,
        end=end,
    )
    return path + html('<path d="{head}" style="fill:{}"/>', drawn_river.WATER, head=head)


def _branch(stream: Stream, mouth: float, middle: float, w: Words) -> Markup:
    """A tributary: straight towards the main stem, then bending downstream into it; its sections beside it."""
    way = -1.0 if stream.from_north else 1.0
    x, head, turn = mouth - BEND, middle + way * _reach(stream), middle + way * 52
    body = html(
        '<path d="M{x:.1f} {head:.1f}L{x:.1f} {turn:.1f}Q{x:.1f} {middle:.1f} {mouth:.1f} {middle:.1f}" fill="none" '
        'style="stroke:{}" stroke-width="9" stroke-linecap="round"/>',
        drawn_river.WATER,
        x=x,
        head=head,
        turn=turn,
        middle=middle,
        mouth=mouth,
    )
    name_y = head + (NAME * 0.6 if stream.from_north else 0)
    body += svg.words(x + DOT + 9, name_y, w.of(stream.name), size=SMALL, fill=drawn_river.ARROW, weight=650)
    first = FIRST_NORTH if stream.from_north else FIRST_SOUTH
    for n, section in enumerate(reversed(stream.sections)):
        y = middle + way * (first + n * STEP)
        body += _dot(section, x, y, w) + _beside(section, x + DOT + 11, y + NAME * 0.35, w)
    return body


def _ends(river: River, middle: float, w: Words) -> Markup:
    above = middle - 34
    name = svg.words(8, above - LEADING, w.of(river.main.name), size=NAME, fill=drawn_river.ARROW, weight=700)
    name += svg.words(8, above, w("water.inflow"), size=SMALL)
    return name + svg.words(WIDE - 8, above, w("water.outflow"), size=SMALL, anchor="end")


def _dot(section: Section, x: float, y: float, w: Words) -> Markup:
    latest = section.latest
    box = html('<circle cx="{x:.1f}" cy="{y:.1f}"', x=x, y=y)
    if latest is None:
        hollow = "fill:var(--ground);stroke:var(--none)"
        return html(
            '{box} r="{:g}" style="{hollow}" stroke-width="2.5" stroke-dasharray="5 4"/>',
            DOT * 0.62,
            box=box,
            hollow=hollow,
        )
    color = WATER_CLASSES[latest.water_class]
    fill, edge = (color, "var(--ground)") if section.fresh else ("var(--ground)", color)
    ink = tokens.ink_on(color) if section.fresh else "var(--ink)"
    numeral = water_words.numeral(latest.water_class, w)
    full = html(
        '{box} r="{DOT:g}" style="fill:{fill};stroke:{edge}" stroke-width="4"/>', box=box, DOT=DOT, fill=fill, edge=edge
    )
    return full + svg.words(x, y + 8, numeral, size=SMALL, fill=ink, anchor="middle", weight=700)


def _under(section: Section, x: float, y: float, w: Words) -> Markup:
    """A section of the main stem: its name and, below, of when its class is and what it rests on."""
    latest = section.latest
    ink = "var(--ink)" if latest else "var(--muted)"
    told = [water_words.when(latest, w), water_words.kind(latest, w)] if latest else [w("site.not_found")]
    words = svg.words(x, y, water_words.section_name(section, w), size=NAME, fill=ink, anchor="middle", weight=650)
    for n, text in enumerate(told, 1):
        words += svg.words(x, y + n * LEADING, text, size=SMALL, anchor="middle")
    return words


def _beside(section: Section, x: float, y: float, w: Words) -> Markup:
    """A section of a tributary in one line: its name, and of when its class is where one is known."""
    name, latest = water_words.section_name(section, w), section.latest
    if latest is None:
        return svg.words(x, y, name, size=SMALL)
    told = html(
        '<tspan dx="14" font-size="{SMALL:g}" font-weight="400" style="fill:var(--muted)">{}</tspan>',
        water_words.when(latest, w),
        SMALL=SMALL,
    )
    return svg.words(x, y, name, size=NAME, fill="var(--ink)", weight=650, after=told)
