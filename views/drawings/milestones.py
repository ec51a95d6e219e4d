"""Milestones on one line of years: a dot a day, a bar a month or a year, names above and below that keep clear of each other."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import product

from markupsafe import Markup
from msgspec import Struct

from reports.figures import period_end
from reports.milestones import Milestone
from views import tokens
from views.cached import cached_rendering
from views.drawings import labels, svg
from views.text.markup import html, join
from views.text.words import Words

WIDTH, SIZE, EDGE, GAP = 1160.0, 14.0, 8.0, 16.0
ROW, CLEAR = 26.0, 20.0  # the height of a row of names; from the line to the nearest row
BAR, DOT = 10.0, 6.0
ROWS = ((1, 1), (2, 1), (2, 2), (3, 2), (3, 3), (4, 4))  # above and below the line
LEANS = (0.0, 1.0, 0.5)  # a name to the right of its stroke, to the left, about it
TRIES = 5_000
OVER, CROSSED = 8.0, 4.0  # a name begins so far before its stroke; another's stroke stays so far from it
COLORS = tokens.ACCENT_VARIABLES
OTHER = "var(--ink)"


class _Name(Struct, frozen=True, weakref=True):
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
    line = above * ROW + CLEAR - 8
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


def _placed(shown: Sequence[Milestone], years: range, w: Words) -> tuple[_Name, ...]:
    """Names that touch no other name and no stroke, in as few rows as they fit; else each in a row of its own."""
    latest_first = sorted(shown, key=lambda one: _middle(one, years), reverse=True)
    found = (_fitting(latest_first, years, w, rows, (), iter(range(TRIES))) for rows in ROWS)
    staircase = (
        _name_at(one, _middle(one, years), (1 + n // 2) * (-1) ** n, 0, w) for n, one in enumerate(latest_first)
    )
    return next(filter(None, found), None) or tuple(staircase)


def _fitting(
    left: Sequence[Milestone],
    years: range,
    w: Words,
    rows: tuple[int, int],
    placed: tuple[_Name, ...],
    tries: Iterator[int],
) -> tuple[_Name, ...] | None:
    """All names with those left in ``rows`` (above, below), the first way found; None where there is none."""
    if not left:
        return placed
    one, turn = left[0], (-1) ** len(placed)
    at = _middle(one, years)
    free = sorted((*range(-rows[0], 0), *range(1, rows[1] + 1)), key=lambda row: (abs(row), row * turn))
    for row, lean in product(free, LEANS):
        name = _name_at(one, at, row, lean, w)
        if any(_touch(name, other) for other in placed) or next(tries, None) is None:
            continue
        if whole := _fitting(left[1:], years, w, rows, (*placed, name), tries):
            return whole
    return None


def _middle(one: Milestone, years: range) -> float:
    return (_x(one.start, years) + _x(period_end(one.row.period), years)) / 2


def _name_at(one: Milestone, at: float, row: int, lean: float, w: Words) -> _Name:
    """A name of which a share ``lean`` stands left of its stroke, moved in from the edges."""
    text = w.of(one.row.short)
    wide = labels.width_of(text) * SIZE / labels.TYPE
    left = max(min(at - OVER - (wide - 2 * OVER) * lean, WIDTH - EDGE - wide), EDGE)
    return _Name(one, text, at, left, left + wide, row)


def _touch(one: _Name, other: _Name) -> bool:
    """Whether two names stand too near in one row, or the stroke to the outer one would cross the inner one."""
    if one.row == other.row:
        return one.left < other.right + GAP and other.left < one.right + GAP
    if one.row * other.row < 0:
        return False
    inner, outer = sorted((one, other), key=lambda name: abs(name.row))
    return inner.left - CROSSED < outer.at < inner.right + CROSSED


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
