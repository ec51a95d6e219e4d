"""Sheets set by Typst: a font that holds Chinese letters, a drawing in colours of its own, the finished PDF or picture."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

import typst
from markupsafe import Markup

HERE = Path(__file__).parent
# Fonts that hold Chinese letters, the best first; any of them does.
FONTS = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "PingFang SC",
    "Microsoft YaHei",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
)
INSTALL = "apt-get install fonts-noto-cjk"
PICTURE = b'#set page(width: auto, height: auto, margin: 0pt)\n#image("picture.svg", width: 180mm)\n'
DOTS_PER_INCH = 220.0


class NoFontError(Exception):
    """No font with Chinese letters is installed: a sheet would be squares."""


@cache
def fonts() -> typst.Fonts:
    """The fonts there are, looked for once: for every sheet anew they take longer than a drawing, and memory each time."""
    return typst.Fonts()


@cache
def installed() -> str:
    """The first of our fonts that is installed; empty where none is."""
    families = set(fonts().families())
    return next((name for name in FONTS if name in families), "")


def family() -> str:
    """The font to set with. Raises NoFontError where none holds Chinese letters."""
    if not (found := installed()):
        raise NoFontError(f"no font with Chinese letters is installed: {INSTALL}")
    return found


def pdf(template: str, content: Mapping[str, Any], pictures: Mapping[str, Markup]) -> bytes:
    """A template of this folder with all it says (``content.json``) and its drawings (by file name) as PDF."""
    files = {
        "main.typ": (HERE / f"{template}.typ").read_bytes(),
        "content.json": json.dumps(content, ensure_ascii=False, sort_keys=True).encode(),
        **{name: drawn.encode() for name, drawn in pictures.items()},
    }
    return _compiled(files, "pdf")


def png(picture: Markup) -> bytes:
    """A drawing as a bitmap, for programs that read no SVG."""
    return _compiled({"main.typ": PICTURE, "picture.svg": picture.encode()}, "png")


def _compiled(files: dict[str, bytes], kind: Literal["pdf", "png"]) -> bytes:
    # A folder of files given as a dictionary is documented, and missing in typst's type stubs.
    if kind == "png":
        made: bytes = typst.compile(files, font_paths=fonts(), format="png", ppi=DOTS_PER_INCH)  # type: ignore[call-overload]
    else:
        made = typst.compile(files, font_paths=fonts(), format="pdf", timestamp=0)  # type: ignore[call-overload]
    return made
