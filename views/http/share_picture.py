"""The picture of a shared link: one large number, a word on its official colour, two lines; 1200 × 630, drawn with Pillow.

Chinese needs a font file. Where the machine has none the picture is drawn in English, with the Latin letters Pillow brings.
"""

import io
import os
import re
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from PIL.ImageFont import FreeTypeFont

from views.cached import cached_rendering
from views.text import wrapping
from views.text.words import Words
from views.tokens import LIGHT, ink_on

WIDE, TALL, EDGE = 1200, 630, 84
HANZI = re.compile(r"[\u2e80-\u9fff\uff00-\uffef]")
FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "C:/Windows/Fonts",
)
# Fonts with Chinese letters as systems bring them, the heavy cut of each; the first that is found is taken.
BOLD = ("NotoSansCJK-Bold", "NotoSansSC-Bold", "SourceHanSansSC-Bold", "SourceHanSansCN-Bold", "msyhbd", "PingFang")
REGULAR = ("NotoSansCJK-Regular", "NotoSansSC-Regular", "SourceHanSansSC-Regular", "msyh", "wqy-", "DroidSansFallback")
SUFFIXES = (".ttc", ".otf", ".ttf")
EMPTY = ""


@lru_cache(maxsize=1)
def chinese() -> tuple[str, str] | None:
    """Files of a heavy and a regular font with Chinese letters; None where the machine has none."""
    files = [
        Path(at) / name for folder in FOLDERS for at, _, names in os.walk(Path(folder).expanduser()) for name in names
    ]
    fonts = [str(file) for file in files if file.suffix.lower() in SUFFIXES]
    found = [_first(fonts, (*first, *then)) for first, then in ((BOLD, REGULAR), (REGULAR, BOLD))]
    return (found[0], found[1]) if all(found) else None


def _first(fonts: list[str], names: tuple[str, ...]) -> str:
    return next((font for name in names for font in fonts if Path(font).name.startswith(name)), EMPTY)


@lru_cache(maxsize=32)
def _font(size: int, bold: bool) -> FreeTypeFont | ImageFont.ImageFont:
    files = chinese()
    return ImageFont.truetype(files[0] if bold else files[1], size) if files else ImageFont.load_default(size)


def readable(w: Words) -> Words:
    """The language the picture can be written in."""
    return w if w.lang == "en" or chinese() else Words("en")


@cached_rendering
def png(big: str, unit: str, chip: str, color: str, lines: tuple[str, ...], site: str) -> bytes:
    """The picture as PNG. Letters that no installed font has are left out rather than drawn as boxes."""
    image = Image.new("RGB", (WIDE, TALL), LIGHT.ground)
    draw = ImageDraw.Draw(image)
    _text(draw, (EDGE, 62), site, 40, LIGHT.ink, bold=True)
    draw.line((EDGE, 128, EDGE + 190, 128), fill=LIGHT.sky, width=6)
    draw.line((EDGE + 200, 128, EDGE + 390, 128), fill=LIGHT.river, width=6)
    after = _large(draw, big, unit, top=182)
    if chip:
        _chip(draw, after + 48, 262, chip, color)
    y = 432
    for text, ink in zip(lines, (LIGHT.ink, LIGHT.muted), strict=False):
        for part in _wrapped(draw, text, 40, WIDE - 2 * EDGE)[:2]:
            _text(draw, (EDGE, y), part, 40, ink)
            y += 58
    draw.rectangle((0, TALL - 14, WIDE, TALL), fill=color or LIGHT.sky)
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def _large(draw: ImageDraw.ImageDraw, big: str, unit: str, *, top: int) -> int:
    """The large number, as large as it fits; where its unit ends."""
    size = next((s for s in (220, 170, 130, 100, 76, 58) if _wide(draw, big, s) < WIDE - 2 * EDGE - 60), 44)
    base = top + 200
    draw.text((EDGE, base), _written(big), font=_font(size, True), fill=LIGHT.ink, anchor="ls")
    end = EDGE + _wide(draw, big, size)
    if unit:
        draw.text((end + 18, base), _written(unit), font=_font(46, False), fill=LIGHT.muted, anchor="ls")
        end += 18 + round(draw.textlength(_written(unit), font=_font(46, False)))
    return end


def _wide(draw: ImageDraw.ImageDraw, text: str, size: int) -> int:
    return round(draw.textlength(_written(text), font=_font(size, True)))


def _chip(draw: ImageDraw.ImageDraw, left: int, top: int, text: str, color: str) -> None:
    """A word on an official colour."""
    wide = _wide(draw, text, 60)
    draw.rounded_rectangle((left, top, left + wide + 80, top + 104), radius=52, fill=color)
    draw.text((left + 40, top + 52), _written(text), font=_font(60, True), fill=ink_on(color), anchor="lm")


def _text(
    draw: ImageDraw.ImageDraw, at: tuple[int, int], text: str, size: int, fill: str, *, bold: bool = False
) -> None:
    draw.text(at, _written(text), font=_font(size, bold), fill=fill)


def _wrapped(draw: ImageDraw.ImageDraw, text: str, size: int, wide: int) -> list[str]:
    """A sentence in lines no wider than ``wide``."""
    return wrapping.wrapped(text, lambda line: draw.textlength(_written(line), font=_font(size, False)) <= wide)


def _written(text: str) -> str:
    """The letters that installed fonts have."""
    return text if chinese() else HANZI.sub("", text)
