"""The sky stripes: every day since 2013 as one thin stroke, a row a year, in the colour of its AQI level."""

from datetime import date
from itertools import groupby

import pandas as pd

from views import cards, svg
from views.kept import kept
from views.tokens import AQI_LEVELS
from views.words import Words

LEFT, TOP, STEP, ROW, GAP = 44, 22, 2.0, 11, 5
WIDTH = LEFT + round(366 * STEP) + 6


@kept
def stripes(days: pd.DataFrame, w: Words, *, title: str) -> str:
    """SVG of all days. ``days``: columns date (datetime64) and level (1–6, missing where the day is not known).

    Days of one level that touch are one stroke, and each level is one path: the whole is some 25 kB.
    """
    years = range(int(days["date"].dt.year.min()), int(days["date"].dt.year.max()) + 1)
    levels = dict(zip(days["date"].dt.date, days["level"], strict=True))
    last = days["date"].dt.date.max()
    first = days["date"].dt.date.min()
    paths: dict[int, list[str]] = {level: [] for level in range(7)}
    labels = []
    for row, year in enumerate(years):
        y = TOP + row * (ROW + GAP) + ROW / 2
        labels.append(svg.words(0, y + 4.5, str(year), size=13))
        for level, start, length in _runs(year, levels, first, last):
            paths[level].append(f"M{LEFT + start * STEP:g} {y:g}h{length * STEP:g}")
    height = TOP + len(years) * (ROW + GAP) + 2
    body = (
        "".join(_months(w))
        + "".join(labels)
        + "".join(_stroke(level, parts) for level, parts in paths.items() if parts)
    )
    return svg.frame(WIDTH, height, body, title=title)


def _runs(year: int, levels: dict, first: date, last: date) -> list[tuple[int, int, int]]:
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


def _months(w: Words) -> list[str]:
    starts = [date(2023, month, 1).timetuple().tm_yday - 1 for month in range(1, 13)]
    return [svg.words(LEFT + at * STEP, 13, w(f"site.month_short_{i}"), size=12) for i, at in enumerate(starts, 1)]


def _stroke(level: int, parts: list[str]) -> str:
    color = AQI_LEVELS.get(level, "var(--line)")
    width = ROW if level else 2
    return f'<path d="{"".join(parts)}" style="stroke:{color}" stroke-width="{width}"/>'


def key(w: Words, categories: list[tuple[int, str]]) -> str:
    """The levels with their words, and what grey means."""
    return cards.legend(
        [*((name, AQI_LEVELS[level]) for level, name in categories), (w("site.day_unknown"), "var(--line)")]
    )
