"""The air hour by hour as columns in the colour of its AQI level, and the days a model sees ahead as dashed spans."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pandas as pd
from markupsafe import Markup

from views.cached import cached_rendering
from views.drawings import svg
from views.text.markup import html, join
from views.text.words import Words
from views.tokens import AQI_LEVELS
from views.ui.air import DASH
from views.ui.forecast import ModelledDay

HEIGHT, FOOT, LEFT, RIGHT = 170, 26, 34, 70
STEP, GAP = 13.0, 2.0
MOST_STRETCHED = 2  # where few hours are known, their columns share the width
LEVEL_ENDS = (50, 100, 150, 200, 300, 500)  # of the AQI levels (HJ 633)


@cached_rendering
def hours(hours: pd.DataFrame, w: Words, *, title: str, names: dict[int, str], last: int, step: float = STEP) -> Markup:
    """SVG of the last hours, ``last * step`` wide however few are known.

    ``hours``: at, aqi, level; an hour without a value is a gap with a thin foot.
    """
    known = hours["aqi"].notna().to_numpy()
    shown = hours.iloc[known.argmax() if known.any() else 0 :].tail(last)
    top = _top(shown["aqi"].max() or 0)
    across = last * step
    each = min(across / max(len(shown), 1), MOST_STRETCHED * step)
    parts = [
        _level(start, end, top, across, names[n])
        for n, (start, end) in enumerate(pairwise((0, *LEVEL_ENDS)), 1)
        if end <= top
    ]
    parts += [_column(row, LEFT + i * each, each - GAP, top, w, names) for i, row in enumerate(shown.itertuples())]
    parts += _times(shown, each, w)
    return svg.frame(LEFT + across + RIGHT, HEIGHT + FOOT, join(parts), title=title)


def _top(highest: float) -> int:
    """The end of the scale: of the level that holds the highest value, the second one at least."""
    return next((end for end in LEVEL_ENDS[1:] if end >= highest), LEVEL_ENDS[-1])


def _y(value: float, top: int) -> float:
    return 18 + (HEIGHT - 18) * (1 - value / top)


def _line(end: int, top: int, across: float) -> Markup:
    """The upper end of a level, its number before it."""
    y = _y(end, top)
    line = html(
        '<path d="M{LEFT} {y:.1f}h{across:g}" style="stroke:var(--line)" stroke-width="1"/>',
        LEFT=LEFT,
        y=y,
        across=across,
    )
    return line + svg.words(LEFT - 6, y + 4, str(end), size=12, anchor="end")


def _level(start: int, end: int, top: int, across: float, name: str) -> Markup:
    """A level's upper end, and its word behind its span."""
    y = _y(end, top) + (HEIGHT - 18) * (end - start) / top / 2 + 4
    return _line(end, top, across) + svg.words(LEFT + across + 6, y, name, size=12)


def _column(row: Any, x: float, wide: float, top: int, w: Words, names: dict[int, str]) -> Markup:
    if pd.isna(row.aqi):
        return html(
            '<path d="M{x:g} {HEIGHT}h{wide:g}" style="stroke:var(--none)" stroke-width="1" stroke-dasharray="2 2"/>',
            x=x,
            HEIGHT=HEIGHT,
            wide=wide,
        )
    y, level = _y(row.aqi, top), int(row.level)
    tip = w("air.hour_tip", day=row.at.day, month=row.at.month, hour=row.at.hour, aqi=int(row.aqi), level=names[level])
    return html(
        '<rect x="{x:g}" y="{y:.1f}" width="{wide:g}" height="{:.1f}" rx="1.5" fill="{}" '
        'style="stroke:var(--none)" stroke-width=".5"><title>{tip}</title></rect>',
        HEIGHT - y,
        AQI_LEVELS[level],
        x=x,
        y=y,
        wide=wide,
        tip=tip,
    )


def _times(shown: pd.DataFrame, each: float, w: Words) -> list[Markup]:
    """Midnights by their day, noon and the last hour by their clock."""
    marks = []
    for i, at in enumerate(shown["at"]):
        x = LEFT + (i + 0.5) * each
        if at.hour == 0:
            text = w("air.day_mark", day=at.day, month=w(f"site.month_short_{at.month}"))
            marks.append(svg.words(x, HEIGHT + 18, text, size=12, anchor="middle"))
        elif at.hour in (6, 12, 18):
            marks.append(svg.words(x, HEIGHT + 18, f"{at.hour}:00", size=12, anchor="middle"))
    return marks


# ── days ahead ───────────────────────────────────────────────────────────────────────────────────────────────────────
DAY_STEP, DAY_STEP_NARROW, DAY_WIDE = 104.0, 62.0, 44.0


@cached_rendering
def ahead(days: Sequence[ModelledDay], *, title: str, step: float = DAY_STEP) -> Markup:
    """SVG of modelled days: a dashed span from the lowest to the highest hourly AQI, the day's AQI as a stroke in it."""
    top = _top(max((one.high or 0 for one in days), default=0))
    wide = len(days) * step
    parts = [_line(end, top, wide) for end in LEVEL_ENDS if end <= top]
    parts += [_span(one, LEFT + (i + 0.5) * step, step, top) for i, one in enumerate(days)]
    return svg.frame(LEFT + wide + 4, HEIGHT + FOOT + 34, join(parts), title=title)


def _span(one: ModelledDay, x: float, step: float, top: int) -> Markup:
    high, low = _y(one.high or 0, top), _y(one.low or 0, top)
    name = one.index.level if one.index.known else DASH
    parts = [
        html(
            '<rect x="{:g}" y="{high:.1f}" width="{DAY_WIDE:g}" height="{:.1f}" rx="4" '
            'fill="{}" fill-opacity=".35" style="stroke:var(--muted)" stroke-width="1.4" stroke-dasharray="4 3"/>',
            x - DAY_WIDE / 2,
            max(low - high, 2),
            one.index.color or "none",
            high=high,
            DAY_WIDE=DAY_WIDE,
        ),
        svg.words(x, high - 5, one.hours, size=13, anchor="middle", fill="var(--ink)"),
        svg.words(x, HEIGHT + 18, one.short, size=13, anchor="middle"),
    ]
    parts += [
        svg.words(x, HEIGHT + 38 + 15 * n, word, size=12, anchor="middle", fill="var(--ink)", weight=600)
        for n, word in enumerate(name.split() if step < DAY_STEP else [name])
    ]
    if one.aqi is not None:
        y = _y(one.aqi, top)
        parts.insert(
            1,
            html(
                '<path d="M{:g} {y:.1f}h{DAY_WIDE:g}" style="stroke:var(--ink)" stroke-width="3"/>',
                x - DAY_WIDE / 2,
                y=y,
                DAY_WIDE=DAY_WIDE,
            ),
        )
    return join(parts)
