"""The boxes of the texts of a drawing, so that tests can say that none lies on another or leaves the picture."""

from collections.abc import Iterator, Mapping
from itertools import combinations
from xml.etree import ElementTree

from msgspec import Struct

from views.drawings import labels

SVG = "{http://www.w3.org/2000/svg}"
LEFT_OF = {"start": 0.0, "middle": 0.5, "end": 1.0}
ASCENT, DESCENT = 0.8, 0.15  # of the letters' height


class Written(Struct, frozen=True):
    """A text of a drawing, the size of its letters and its box (left, top, right, bottom) in the drawing's units."""

    text: str
    size: float
    box: labels.Box


def texts(drawing: str) -> list[Written]:
    """Every text of a drawing, those of drawings placed in it included; nothing in it may be turned or stretched."""
    return list(_texts(ElementTree.fromstring(drawing), 0, 0, {"text-anchor": "start"}))


def _texts(part: ElementTree.Element, left: float, top: float, around: Mapping[str, str]) -> Iterator[Written]:
    """``around``: what the groups around a part say of their texts."""
    for one in part:
        style = {name: one.get(name, around.get(name, "")) for name in ("font-size", "text-anchor")}
        if one.tag == f"{SVG}text":
            yield _written(one, left, top, float(style["font-size"]), style["text-anchor"])
        elif one.tag in (f"{SVG}svg", "svg"):
            yield from _texts(one, left + float(one.get("x", 0)), top + float(one.get("y", 0)), style)
        else:
            yield from _texts(one, left, top, style)


def _written(one: ElementTree.Element, left: float, top: float, size: float, anchor: str) -> Written:
    text = "".join(one.itertext())
    wide = labels.width_of(text) * size / labels.TYPE
    x = left + float(one.attrib["x"]) - wide * LEFT_OF[anchor]
    y = top + float(one.attrib["y"])
    return Written(text, size, (x, y - size * ASCENT, x + wide, y + size * DESCENT))


def overlapping(drawing: str) -> list[tuple[str, str]]:
    """Pairs of texts of which one lies on the other."""
    return [
        (one.text, other.text) for one, other in combinations(texts(drawing), 2) if labels.touch(one.box, other.box)
    ]


def beyond(drawing: str) -> list[str]:
    """Texts that leave the picture."""
    _, _, width, height = (float(one) for one in ElementTree.fromstring(drawing).attrib["viewBox"].split())
    return [one.text for one in texts(drawing) if min(one.box[:2]) < 0 or one.box[2] > width or one.box[3] > height]
