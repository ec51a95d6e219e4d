"""A year as a calendar: a row a month, a cell a day, in the colour of its AQI level."""

from collections.abc import Sequence
from datetime import date

import pandas as pd
from markupsafe import Markup

from reports.air import GOOD_LEVEL, LAST_DAYS, CalendarDay
from views import tokens
from views.cached import cached_rendering
from views.drawings import svg
from views.text.markup import html, join
from views.text.words import Words
from views.tokens import AQI_LEVELS

LEFT, TOP, CELL, GAP = 46, 24, 19, 3
DOT = 2.4
FIRST_HATCHED = GOOD_LEVEL + 1
HEAD, BETWEEN = 40, 16  # above and below a year among several


@cached_rendering
def year(
    days: Sequence[CalendarDay], number: int, w: Words, *, title: str, names: dict[int, str], large: bool = False
) -> Markup:
    """SVG of one year: days without data stay empty outlines, a dot marks a level that may be higher with ozone; ``large``:
    only months named, no dots."""
    known = {one.day: one for one in days}
    top = 0 if large else TOP
    parts = [
        svg.words(LEFT + (day - 0.5) * (CELL + GAP), 14, str(day), size=11, anchor="middle")
        for day in (1, 5, 10, 15, 20, 25, 30)
        if not large
    ]
    for month in range(1, 13):
        y = top + (month - 1) * (CELL + GAP)
        parts.append(svg.words(0, y + CELL - 3, w(f"site.month_short_{month}"), size=21 if large else 13))
        parts += [
            _cell(day, known.get(day), LEFT + (day.day - 1) * (CELL + GAP), y, w, names, dots=not large)
            for day in _days(number, month)
        ]
    return svg.frame(LEFT + 31 * (CELL + GAP), top + 12 * (CELL + GAP), join(parts), title=title)


def filling(drawn: Markup) -> Markup:
    """A large year's cells without its months, as wide and as high as the place it gets."""
    wide, tall = LEFT + 31 * (CELL + GAP), 12 * (CELL + GAP)
    return html(
        '<svg viewBox="{LEFT} 0 {:g} {tall:g}" preserveAspectRatio="none" xmlns="http://www.w3.org/2000/svg">{}</svg>',
        wide - LEFT,
        svg.placed(drawn, 0, 0, wide, tall),
        LEFT=LEFT,
        tall=tall,
    )


def stacked(years: Sequence[tuple[str, Markup]], names: dict[int, str], *, title: str) -> Markup:
    """SVG of large years one above the other, each under its words, and the colours' key below."""
    wide, tall = LEFT + 31 * (CELL + GAP), 12 * (CELL + GAP)
    parts = []
    for n, (words, drawn) in enumerate(years):
        top = n * (tall + HEAD + BETWEEN)
        parts.append(svg.words(0, top + 26, words, size=26, fill="var(--ink)", weight=700))
        parts.append(svg.placed(drawn, 0, top + HEAD, wide, tall))
    low = len(years) * (tall + HEAD + BETWEEN) + 14
    parts += [_key(level, name, n * wide / len(names), low) for n, (level, name) in enumerate(names.items())]
    return svg.frame(wide, low + 12, join(parts), title=title)


def _key(level: int, name: str, x: float, y: float) -> Markup:
    square = html('<rect x="{x:g}" y="{:g}" width="14" height="14" rx="3" fill="{}"/>', y - 12, AQI_LEVELS[level], x=x)
    return square + svg.words(x + 20, y, name, size=13)


def key(names: dict[int, str]) -> Markup:
    """The levels as they are drawn, colour and strokes, each with its name."""
    swatches = (
        html(
            '<span><svg viewBox="0 0 {CELL} {CELL}" width="16" height="16" aria-hidden="true">{}</svg>{name}</span>',
            _square(level),
            CELL=CELL,
            name=name,
        )
        for level, name in names.items()
    )
    return html('<div class="legend">{}</div>', join(swatches))


def _square(level: int) -> Markup:
    """A day's cell without a day."""
    color = AQI_LEVELS[level]
    box = html('<rect width="{CELL}" height="{CELL}" rx="4" fill="{color}"/>', CELL=CELL, color=color)
    return box + _hatch(level, 0, 0, color)


@cached_rendering
def strip(days: Sequence[CalendarDay], last: date, w: Words, *, title: str, names: dict[int, str]) -> Markup:
    """SVG of the days up to ``last`` in one row."""
    known = {one.day: one for one in days}
    shown = [stamp.date() for stamp in pd.date_range(end=last, periods=LAST_DAYS)]
    cells = join(_cell(day, known.get(day), i * (CELL + GAP), 0, w, names) for i, day in enumerate(shown))
    return svg.frame(LAST_DAYS * (CELL + GAP), CELL + 1, cells, title=title)


def _days(number: int, month: int) -> list[date]:
    return [stamp.date() for stamp in pd.date_range(date(number, month, 1), periods=31) if stamp.month == month]


def _cell(
    day: date, known: CalendarDay | None, x: float, y: float, w: Words, names: dict[int, str], *, dots: bool = True
) -> Markup:
    box = html('<rect x="{x}" y="{y}" width="{CELL}" height="{CELL}" rx="4"', x=x, y=y, CELL=CELL)
    if known is None:
        return html('{box} fill="none" style="stroke:var(--line)"/>', box=box)
    tip = w("air.calendar_tip", month=day.month, day=day.day, aqi=known.aqi, level=names[known.level])
    if known.ozone:
        tip = w(f"air.calendar_{known.ozone}", tip=tip, most=known.most)
    color = AQI_LEVELS[known.level]
    drawn = html('{box} fill="{color}"><title>{tip}</title></rect>', box=box, color=color, tip=tip)
    drawn += _hatch(known.level, x, y, color)
    if not dots or not known.may_rise:
        return drawn
    return html(
        '{drawn}<circle cx="{:g}" cy="{:g}" r="{DOT}" fill="{}"/>',
        x + CELL / 2,
        y + CELL / 2,
        tokens.ink_on(color),
        drawn=drawn,
        DOT=DOT,
    )


def _hatch(level: int, x: float, y: float, color: str) -> Markup:
    """Strokes over a day above AQI 100, one more a level: it is told from a good one without its colour."""
    if level < FIRST_HATCHED:
        return Markup()
    lean, step = 3.0, 3.6
    start = x + (CELL - lean - (level - FIRST_HATCHED) * step) / 2
    path = "".join(
        f"M{start + n * step:g} {y + CELL - 4:g}l{lean:g} {8 - CELL:g}" for n in range(level - FIRST_HATCHED + 1)
    )
    return html(
        '<path d="{path}" stroke="{}" stroke-opacity=".75" stroke-width="1.2"/>', tokens.ink_on(color), path=path
    )
