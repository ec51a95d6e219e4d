"""Milestones on one line of years: a dot a day, a bar a month or a year, names above and below that keep clear of each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from reports.figures import period_end
from reports.milestones import Milestone
from views.cached import cached_rendering
from views.drawings import labels, svg
from views.text.markup import html, join
from views.text.words import Words

WIDTH, SIZE, EDGE, GAP = 1160.0, 14.0, 8.0, 16.0
ROW, CLEAR = 26.0, 20.0  # the height of a row of names; from the line to the nearest row
BAR, DOT = 10.0, 6.0
COLORS = {"air": "var(--sky)", "water": "var(--river)", "waste": "var(--earth)", "greening": "var(--leaf)"}
OTHER = "var(--ink)"


@dataclass(frozen=True)
class _Name:
    """A milestone's name: where it is pinned to the line, from where to where it reaches, its row (negative: above)."""

    one: Milestone
    text: str
    at: float
    left: float
    right: float
    row: int


def color(one: Milestone) -> str:
    """The colour of its theme."""
    return COLORS.get(one.row.theme, OTHER)


@cached_rendering
def drawing(shown: Sequence[Milestone], until: date, w: Words, *, title: str) -> Markup:
    """SVG of milestones (in the order of time, one at least) from the first year to the end of the year of ``until``."""
    years = range(shown[0].start.year, until.year + 1)
    names = _placed(shown, years, w)
    above, below = (max((side * name.row for name in names), default=0) for side in (-1, 1))
    line = above * ROW + CLEAR
    height = line + CLEAR + 18 + below * ROW
    body = (
        join(_name(name, line) for name in names)
        + _axis(years, line)
        + join(_mark(name, years, line) for name in names)
    )
    return svg.frame(WIDTH, height, body, title=title)


def _x(day: date, years: range) -> float:
    share = (day.year - years[0] + (day.timetuple().tm_yday - 1) / 366) / len(years)
    return round(EDGE + (WIDTH - 2 * EDGE) * share, 1)


def _placed(shown: Sequence[Milestone], years: range, w: Words) -> list[_Name]:
    """Each name in the row nearest to the line that is free where it reaches, above and below by turns."""
    free: dict[int, float] = {}
    placed = []
    for n, one in enumerate(shown):
        text = w.of(one.row.short)
        wide = labels.width_of(text) * SIZE / labels.TYPE
        at = (_x(one.start, years) + _x(period_end(one.row.period), years)) / 2
        left = min(max(at - 8, EDGE), WIDTH - EDGE - wide)
        rows = sorted(
            (side * row for row in range(1, 9) for side in (-1, 1)), key=lambda row: (abs(row), row * (-1) ** n)
        )
        row = next(row for row in rows if free.get(row, 0) <= left)
        for nearer in range(1, abs(row) + 1):  # its stroke crosses the rows between, where no later name may stand
            side = nearer if row > 0 else -nearer
            free[side] = max(free.get(side, 0), at + 6)
        free[row] = left + wide + GAP
        placed.append(_Name(one, text, at, left, left + wide, row))
    return placed


def _axis(years: range, line: float) -> Markup:
    base = html(
        '<path d="M{EDGE:g} {line:g}H{:g}" style="stroke:var(--none)" stroke-width="2"/>',
        WIDTH - EDGE,
        EDGE=EDGE,
        line=line,
    )
    marks = join(
        html(
            '<path d="M{x:g} {:g}V{:g}" style="stroke:var(--none)"/>', line - 5, line + 5, x=_x(date(year, 1, 1), years)
        )
        + html(
            '<g style="paint-order:stroke;stroke:var(--ground);stroke-width:4px">{name}</g>',
            name=svg.words(_x(date(year, 7, 1), years), line + 20, str(year), size=SIZE - 1, anchor="middle"),
        )
        for year in years
    )
    return base + marks


def _mark(name: _Name, years: range, line: float) -> Markup:
    """A dot on its day, or a bar as long as the month or year that is all that is known."""
    one = name.one
    start, end = _x(one.start, years), _x(period_end(one.row.period), years)
    if start == end:
        return html(
            '<circle cx="{:g}" cy="{:g}" r="{DOT:g}" style="fill:{};stroke:var(--card)"/>',
            start,
            line,
            color(one),
            DOT=DOT,
        )
    return html(
        '<rect x="{:g}" y="{:g}" width="{:g}" height="{BAR:g}" rx="4" fill-opacity=".75" style="fill:{}"/>',
        start,
        line - BAR / 2,
        max(end - start, BAR),
        color(one),
        BAR=BAR,
    )


def _name(name: _Name, line: float) -> Markup:
    y = line + name.row * ROW + (-CLEAR + ROW if name.row < 0 else CLEAR + 8)
    foot = y - SIZE if name.row > 0 else y + 4
    stroke = html(
        '<path d="M{at:g} {:g}V{:g}" style="stroke:{}" stroke-opacity=".6"/>',
        line,
        foot,
        color(name.one),
        at=round(name.at, 1),
    )
    return stroke + svg.words(round(name.left, 1), round(y, 1), name.text, size=SIZE, fill="var(--ink)", weight=600)
