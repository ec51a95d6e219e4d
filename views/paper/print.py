"""A sheet as PDF, set by Typst."""

from typing import Any

from markupsafe import Markup
from msgspec.structs import asdict

from views.cached import cached_rendering
from views.paper import standalone, typesetting
from views.paper.sheet import Part, Sheet
from views.tokens import LIGHT


def pdf(sheet: Sheet) -> bytes:
    """The sheet on one A4 page. Raises typesetting.NoFontError where no installed font holds Chinese letters."""
    return _set(sheet, typesetting.family())


@cached_rendering
def _set(sheet: Sheet, family: str) -> bytes:
    names = [f"picture-{n}.svg" if part.picture else "" for n, part in enumerate(sheet.parts)]
    content = {
        **{name: value for name, value in asdict(sheet).items() if name != "parts"},
        "font": family,
        "ink": LIGHT.ink,
        "muted": LIGHT.muted,
        "line": LIGHT.none,
        "accent": LIGHT.sky,
        "parts": [_part(part, name, sheet.title) for part, name in zip(sheet.parts, names, strict=True)],
    }
    drawn: dict[str, Markup] = {
        name: standalone.resolved(part.picture, LIGHT.sky, family)
        for part, name in zip(sheet.parts, names, strict=True)
        if name
    }
    return typesetting.pdf("brief", content, drawn)


def _part(part: Part, picture: str, alt: str) -> dict[str, Any]:
    return {
        "title": part.title,
        "lines": part.lines,
        "picture": picture,
        "alt": f"{alt} · {part.title}",
        "table": asdict(part.table) if part.table else None,
    }
