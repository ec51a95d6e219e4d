"""The boxes of the texts of a drawing, so that tests can say that none lies on another or leaves the picture."""

import re
from dataclasses import dataclass
from html import unescape

from views.drawings import labels

TEXT = re.compile(r"<text ([^>]*)>(.*?)</text>")
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
LEFT_OF = {"start": 0.0, "middle": 0.5, "end": 1.0}
ASCENT, DESCENT = 0.8, 0.15  # of the letters' height


@dataclass(frozen=True)
class Written:
    """A text of a drawing, the size of its letters and its box (left, top, right, bottom) in the drawing's units."""

    text: str
    size: float
    box: labels.Box


def texts(drawing: str) -> list[Written]:
    """Every text of a drawing that moves or nests none of them."""
    found = []
    for head, body in TEXT.findall(drawing):
        at = dict(ATTRIBUTE.findall(head))
        text, size = unescape(re.sub("<[^>]*>", "", body)), float(at["font-size"])
        wide = labels.width_of(text) * size / labels.TYPE
        left = float(at["x"]) - wide * LEFT_OF[at.get("text-anchor", "start")]
        y = float(at["y"])
        found.append(Written(text, size, (left, y - size * ASCENT, left + wide, y + size * DESCENT)))
    return found


def overlapping(drawing: str) -> list[tuple[str, str]]:
    """Pairs of texts of which one lies on the other."""
    every = texts(drawing)
    return [
        (one.text, other.text)
        for n, one in enumerate(every)
        for other in every[n + 1 :]
        if labels.touch(one.box, other.box)
    ]


def beyond(drawing: str) -> list[str]:
    """Texts that leave the picture."""
    width, height = (float(one) for one in re.findall(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', drawing)[0])
    return [
        one.text
        for one in texts(drawing)
        if one.box[0] < 0 or one.box[1] < 0 or one.box[2] > width or one.box[3] > height
    ]
