"""A drawing by itself, outside a page: with colours instead of the theme's variables, and a font."""

import re
from collections.abc import Mapping
from xml.etree import ElementTree

from markupsafe import Markup
from msgspec.structs import asdict

from views.tokens import LIGHT, Tokens, rgb

ElementTree.register_namespace("", "http://www.w3.org/2000/svg")
VARIABLE = re.compile(r"var\(--([a-z-]+)\)")
MIXED = re.compile(r"color-mix\(in srgb, (#\w{6}) (\d+)%, (#\w{6})\)")


def resolved(picture: Markup, accent: str, family: str, colors: Tokens = LIGHT) -> Markup:
    """A drawing by itself: the theme's variables become its colours, letters get a font."""
    named = {"accent": accent, **{name.replace("_", "-"): color for name, color in asdict(colors).items()}}
    if not picture:
        return Markup()
    root = ElementTree.fromstring(picture)
    for element in root.iter():
        for name, value in element.items():
            element.set(name, _color(value, named))
    root.set("font-family", family)
    return Markup(ElementTree.tostring(root, encoding="unicode"))


def _color(value: str, named: Mapping[str, str]) -> str:
    """An attribute's value with its variables named and its mixtures mixed."""
    plain = VARIABLE.sub(lambda match: named[match[1]], value)
    return MIXED.sub(lambda match: _mix(match[1], int(match[2]), match[3]), plain)


def _mix(first: str, share_pct: int, second: str) -> str:
    """``share_pct`` of one colour, the rest of the other, as color-mix(in srgb, …) does it."""
    pairs = zip(rgb(first), rgb(second), strict=True)
    return "#" + "".join(f"{round((a * share_pct + b * (100 - share_pct)) / 100):02X}" for a, b in pairs)
