"""A drawing of a page as a picture of its own, with title, key, period, sources, day and address in it: SVG, and PNG of that."""

import re
from collections.abc import Sequence

from markupsafe import Markup

from views import addresses
from views.drawings import labels, svg
from views.paper import standalone, typesetting
from views.site import page
from views.site.sheet import Download
from views.text import format as fmt
from views.text import wrapping
from views.text.markup import join
from views.text.words import Words
from views.tokens import ACCENTS, Tokens, tokens
from views.ui import cards
from views.visit import Visit

EDGE, WIDE = 36, 960
INSIDE = WIDE - 2 * EDGE
TALLEST = 1100  # of the drawing in it; an upright one becomes narrower
TITLE, SUB, SMALL, KEY = 26, 16, 14, 14  # sizes of letters
FAMILY = "PingFang SC, Microsoft YaHei, Noto Sans CJK SC, Noto Sans SC, sans-serif"
BOX = re.compile(r'viewBox="([-\d. ]+)"')


def _of_a_figure(one: Download, c: Tokens) -> Markup:
    from views.charts import plain  # with it comes Plotly, which no first page needs

    return plain.drawing(one.picture, c, title=one.title)


def of(one: Download, v: Visit, of_page: str) -> Markup:
    """The whole picture; ``of_page``: of the site it is on, whose accent colour it has."""
    c = tokens(v.dark)
    drawn = one.picture if isinstance(one.picture, Markup) else _of_a_figure(one, c)
    wide, tall = size_of(drawn)
    scale = min(INSIDE / wide, TALLEST / tall)
    parts, y = [], float(EDGE)
    for text, size, ink, weight in ((one.title, TITLE, c.ink, 700), (one.sub, SUB, c.muted, 400)):
        for line in wrapped(text, size):
            y += size * 1.32
            parts.append(svg.words(EDGE, y, line, size=size, fill=ink, weight=weight))
        y += 6
    y += 18
    parts.append(svg.placed(drawn, EDGE + (INSIDE - wide * scale) / 2, y, wide * scale, tall * scale))
    y += tall * scale + 10
    drawn_key, y = _key(one.key, y, c.muted)
    parts.append(drawn_key)
    y += 10
    parts.append(svg.rule(EDGE, WIDE - EDGE, y, c.line))
    for text in foot(one, v):
        for line in wrapped(text, SMALL):
            y += SMALL * 1.45
            parts.append(svg.words(EDGE, y, line, size=SMALL, fill=c.muted))
    y += EDGE * 0.8
    ground = svg.box(0, 0, WIDE, y, fill=c.card)
    whole = svg.frame(WIDE, round(y), ground + join(parts), title=one.title)
    return standalone.resolved(whole, getattr(c, ACCENTS.get(of_page, "sky")), FAMILY, c)


def foot(one: Download, v: Visit) -> tuple[str, ...]:
    """What stands under it: period and kind, sources, site with the drawing's address, the day it was made."""
    w, known = v.w, one.provenance
    basis = [w(f"site.kinds.{known.kind}")]
    if known.period:
        basis.insert(0, w("data.period", period=fmt.period(known.period, w)))
    if known.standard:
        basis.append(known.standard)
    if known.dust != "none":
        basis.append(w(f"site.dust_words.{known.dust}"))
    made = w("data.made", site=w("site.name"), day=fmt.day(v.today, w))
    where = addresses.public_site() + addresses.chart(one.id)
    maps = (page.maps_line(w),) if one.is_map else ()
    return w("data.semicolon").join(basis), cards.short_sources(known, w), *maps, f"{made} · {where}"


def png(picture: Markup) -> bytes:
    """A picture as PNG, by the typesetter that makes the posters."""
    return typesetting.png(picture)


# ── parts of what a page shows ───────────────────────────────────────────────────────────────────────────────────────
def size_of(drawn: Markup) -> tuple[float, float]:
    """Width and height of a drawing's view box."""
    box = BOX.search(drawn)
    if box is None:
        raise ValueError("a drawing without a view box")
    _, _, wide, tall = (float(value) for value in box[1].split())
    return wide, tall


def _key(entries: Sequence[tuple[str, str]], y: float, ink: str) -> tuple[Markup, float]:
    """The key in rows, and where it ends."""
    parts, x = [], float(EDGE)
    y += KEY * 1.4 if entries else 0
    for text, color in entries:
        wide = (22 if color else 0) + width_of(text, KEY) + 18
        if x > EDGE and x + wide > WIDE - EDGE:
            x, y = float(EDGE), y + KEY * 1.6
        if color:
            parts.append(svg.box(x, y - 12, 14, 14, fill=color, rounded=3))
        parts.append(svg.words(x + (22 if color else 0), y, text, size=KEY, fill=ink))
        x += wide
    return join(parts), y


def width_of(text: str, size: float) -> float:
    """About how wide a line of type is."""
    return labels.width_of(text) * size / 13


def wrapped(text: str, size: float) -> list[str]:
    """Text in lines no wider than what is inside the edges."""
    return wrapping.wrapped(text, lambda line: width_of(line, size) <= INSIDE)


def readable(w: Words) -> Words:
    """The language a PNG can be written in: English where no font has Chinese letters."""
    return w if w.lang == "en" or typesetting.installed() else Words("en")
