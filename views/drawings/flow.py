"""A whole that parts into branches, each as thick as its share: a calm drawing that reads on a phone."""

from collections.abc import Sequence

from markupsafe import Markup
from msgspec import Struct

from views.drawings import svg
from views.text.markup import html, join

CARD, WALL = 400, 560  # widths: on a card; on a wall, where it stands wide beside few numbers
UPRIGHT = 445  # on a wall that stands upright, above them
TOP, TALL, BAR = 34, 210, 10
LEFT, WORDS = 2, 204  # where the bar of the whole begins; from the bars of the branches to the right edge
LABEL, LINE, GAP = 46, 19, 10  # height of a branch's two lines of words, their distance, the least gap between bars


class Branch(Struct, frozen=True, weakref=True):
    """One part: its amount, two lines of words, a colour; ``unknown`` is drawn as an outline only."""

    amount: float
    name: str
    detail: str
    color: str
    unknown: bool = False


def split(whole: str, branches: Sequence[Branch], *, title: str, width: float = CARD) -> Markup:
    """SVG of a whole and its branches from top to bottom; heights are in proportion to the amounts."""
    scale = TALL / sum(branch.amount for branch in branches)
    parts = [
        svg.words(LEFT, 19, whole, size=15, fill="var(--ink)", weight=650),
        html(
            '<rect x="{LEFT}" y="{TOP}" width="{BAR}" height="{TALL}" rx="2" style="fill:var(--muted)"/>',
            LEFT=LEFT,
            TOP=TOP,
            BAR=BAR,
            TALL=TALL,
        ),
    ]
    leaves, arrives = float(TOP), float(TOP)
    for branch in branches:
        thick = branch.amount * scale
        slot = max(thick, LABEL)
        top = arrives + (slot - thick) / 2
        parts += _branch(branch, leaves, top, thick, width - WORDS)
        leaves, arrives = leaves + thick, arrives + slot + GAP
    return svg.frame(width, arrives, join(parts), title=title)


def _branch(branch: Branch, leaves: float, arrives: float, thick: float, right: float) -> list[Markup]:
    start, middle = LEFT + BAR, (LEFT + BAR + right) / 2
    above = f"C{middle:g} {leaves:.1f} {middle:g} {arrives:.1f} {right:g} {arrives:.1f}"
    low, lower = leaves + thick, arrives + thick
    below = f"C{middle:g} {lower:.1f} {middle:g} {low:.1f} {start} {low:.1f}"
    ribbon = f"M{start} {leaves:.1f}{above}V{lower:.1f}{below}Z"
    hollow = f"fill:none;stroke:{branch.color};stroke-dasharray:4 3"
    words = right + BAR + 10, arrives + thick / 2 - LINE / 2 + 5
    return [
        html(
            '<path d="{ribbon}" style="{}"/>',
            hollow if branch.unknown else f"fill:{branch.color};fill-opacity:.22",
            ribbon=ribbon,
        ),
        html(
            '<rect x="{right:g}" y="{arrives:.1f}" width="{BAR}" height="{thick:.1f}" rx="2" style="{}"/>',
            hollow if branch.unknown else f"fill:{branch.color}",
            right=right,
            arrives=arrives,
            BAR=BAR,
            thick=thick,
        ),
        svg.words(*words, branch.name, size=15, fill="var(--ink)", weight=650),
        svg.words(words[0], words[1] + LINE, branch.detail, size=14),
    ]
