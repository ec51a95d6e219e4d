"""The sky stripes: every day since 2013 as one thin stroke, a row a year, in the colour of its AQI level.

The worse the level, the taller the stroke: who cannot tell the colours apart sees it as well.
"""

from collections.abc import Mapping
from datetime import date
from itertools import groupby

import pandas as pd
from markupsafe import Markup
from msgspec import Struct

from views.cached import cached_rendering
from views.drawings import svg
from views.text.markup import html, join
from views.text.words import Words
from views.tokens import AQI_LEVELS

TALL = {1: 0.4, 2: 0.58, 3: 0.8, 4: 0.88, 5: 0.94, 6: 1.0}  # of the row, by level; good days are well below the others


class Layout(Struct, frozen=True, weakref=True):
    """Sizes of the drawing: space for the years and the months, width of a day, height of a row and between rows, letters."""

    left: float
    top: float
    step: float
    row: float
    gap: float
    letters: float
    right: float = 6  # space for a year's number

    @property
    def days_end(self) -> float:
        """Where the last day of a year ends."""
        return self.left + round(366 * self.step)

    @property
    def width(self) -> float:
        """Width of the whole."""
        return self.days_end + self.right


PAGE = Layout(left=44, top=22, step=2.0, row=11, gap=5, letters=13)
WALL = Layout(left=76, top=38, step=4.15, row=34, gap=5, letters=26, right=212)
UPRIGHT = Layout(left=84, top=46, step=1.92, row=76, gap=10, letters=31, right=230)  # a screen that stands upright


@cached_rendering
def stripes(
    days: pd.DataFrame,
    w: Words,
    *,
    title: str,
    layout: Layout = PAGE,
    ends: Mapping[int, str] | None = None,
    head: str = "",
) -> Markup:
    """SVG of all days. ``days``: columns date (datetime64) and level (1–6, missing where the day is not known).

    ``ends``: what stands at the right of a year's row, under ``head``.

    Days of one level that touch are one stroke, and each level is one path: the whole is some 25 kB.
    """
    years = range(int(days["date"].dt.year.min()), int(days["date"].dt.year.max()) + 1)
    levels = dict(zip(days["date"].dt.date, days["level"], strict=True))
    last = days["date"].dt.date.max()
    first = days["date"].dt.date.min()
    paths: dict[int, list[str]] = {level: [] for level in range(7)}
    labels = []
    for row, year in enumerate(years):
        foot = layout.top + row * (layout.row + layout.gap) + layout.row
        labels.append(svg.words(0, foot - layout.row / 2 + layout.letters * 0.35, str(year), size=layout.letters))
        for level, start, length in _runs(year, levels, first, last):
            y = foot - _tall(level, layout.row) / 2
            paths[level].append(f"M{layout.left + start * layout.step:g} {y:g}h{length * layout.step:g}")
    height = layout.top + len(years) * (layout.row + layout.gap) + 2
    body = (
        join(_months(w, layout))
        + join(labels)
        + join(_ends(years, ends, head, layout) if ends else ())
        + join(_stroke(level, parts, layout.row) for level, parts in paths.items() if parts)
    )
    return svg.frame(layout.width, height, body, title=title)


def _ends(years: range, ends: Mapping[int, str], head: str, layout: Layout) -> list[Markup]:
    """The numbers of years at the right, on the feet of their rows."""
    x, size = layout.width, layout.letters
    step, middle = layout.row + layout.gap, layout.top + layout.row / 2 + size * 0.35
    return [svg.words(x, size, head, size=size - 1, anchor="end")] + [
        svg.words(x, middle + n * step, ends[year], size=size, fill="var(--ink)", anchor="end", weight=600)
        for n, year in enumerate(years)
        if year in ends
    ]


def _runs(year: int, levels: Mapping[date, float], first: date, last: date) -> list[tuple[int, int, int]]:
    """(level, first day of year from 0, length) of each run of equal days; level 0 is a day without data."""
    start = max(date(year, 1, 1), first)
    end = min(date(year, 12, 31), last)
    days = [start + pd.Timedelta(days=i) for i in range((end - start).days + 1)]
    values = [int(levels[day]) if day in levels and not pd.isna(levels[day]) else 0 for day in days]
    position = start.timetuple().tm_yday - 1
    runs = []
    for level, group in groupby(values):
        length = len(list(group))
        runs.append((level, position, length))
        position += length
    return runs


def _months(w: Words, layout: Layout) -> list[Markup]:
    starts = [date(2023, month, 1).timetuple().tm_yday - 1 for month in range(1, 13)]
    every = 2 if layout.step * 31 < layout.letters * 2.5 and layout.letters > PAGE.letters else 1
    return [
        svg.words(layout.left + at * layout.step, layout.letters, w(f"site.month_short_{i}"), size=layout.letters - 1)
        for i, at in list(enumerate(starts, 1))[::every]
    ]


def _stroke(level: int, parts: list[str], row: float) -> Markup:
    color = AQI_LEVELS.get(level, "var(--line)")
    width = _tall(level, row)
    return html(
        '<path d="{}" style="stroke:{color}" stroke-width="{width:g}"/>', "".join(parts), color=color, width=width
    )


def _tall(level: int, row: float) -> float:
    """Height of a day's stroke; a day without data is a thin line."""
    return round(TALL[level] * row, 1) if level else 2


def key(w: Words, categories: list[tuple[int, str]]) -> list[tuple[str, str]]:
    """The levels by their words, each with its colour, and what grey means."""
    return [*((name, AQI_LEVELS[level]) for level, name in categories), (w("site.day_unknown"), "var(--line)")]
