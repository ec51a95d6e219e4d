"""The air hour by hour as columns in the colour of its AQI level, and the days a model sees ahead as broken spans."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pandas as pd
from markupsafe import Markup
from msgspec import Struct

from reports.air import LEVEL_ENDS
from reports.model import DAYS_DRAWN
from views.cached import cached_rendering
from views.drawings import labels, svg
from views.text.markup import html, join
from views.text.words import Words
from views.tokens import AQI_LEVELS
from views.ui.forecast import ModelledDay

HEIGHT, FOOT, LEFT, RIGHT = 170, 26, 34, 70
STEP, GAP = 13.0, 2.0
ABOVE = 1.0  # from the top of the drawing to the letters of the line above the columns
MOST_STRETCHED = 2  # where few hours are known, their columns share the width


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


def _line(end: int, top: int, across: float, letters: float = 12) -> Markup:
    """The upper end of a level, its number before it."""
    y = _y(end, top)
    line = html(
        '<path d="M{LEFT} {y:.1f}h{across:g}" style="stroke:var(--line)" stroke-width="1"/>',
        LEFT=LEFT,
        y=y,
        across=across,
    )
    return line + svg.words(LEFT - 6, y + 4, str(end), size=letters, anchor="end")


def _level(start: int, end: int, top: int, across: float, name: str, letters: float = 12) -> Markup:
    """A level's upper end, and its word behind its span."""
    y = _y(end, top) + (HEIGHT - 18) * (end - start) / top / 2 + 4
    return _line(end, top, across, letters) + svg.words(LEFT + across + 6, y, name, size=letters)


def _column(
    row: Any, x: float, wide: float, top: int, w: Words, names: dict[int, str], tip: str = "air.hour_tip"
) -> Markup:
    if pd.isna(row.aqi):
        return html(
            '<path d="M{x:g} {HEIGHT}h{wide:g}" style="stroke:var(--none)" stroke-width="1" stroke-dasharray="2 2"/>',
            x=x,
            HEIGHT=HEIGHT,
            wide=wide,
        )
    y, level = _y(row.aqi, top), int(row.level)
    text = w(tip, day=row.at.day, month=row.at.month, hour=row.at.hour, aqi=int(row.aqi), level=names[level])
    return html(
        '<rect x="{x:g}" y="{y:.1f}" width="{wide:g}" height="{:.1f}" rx="1.5" fill="{}" '
        'style="stroke:var(--none)" stroke-width=".5"><title>{text}</title></rect>',
        HEIGHT - y,
        AQI_LEVELS[level],
        x=x,
        y=y,
        wide=wide,
        text=text,
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


# ── hours and the days ahead on one axis ─────────────────────────────────────────────────────────────────────────────
HEADROOM = 1.1  # above the highest span, for its number
CAP = 14.0  # from the end of a span to the middle of its number


class Course(Struct, frozen=True, weakref=True):
    """Width of an observed hour and of a modelled day, in the drawing's units; whether the levels are named at the right."""

    hour: float
    day: float
    levels: bool = True
    months: bool = True  # a modelled day bears its month
    letters: float = 12


WIDE, NARROW = Course(11, 62), Course(5.6, 38, levels=False, months=False)
SCREEN = Course(9, 46, months=False, letters=16)  # for screens seen from afar


@cached_rendering
def course(
    hours: pd.DataFrame,
    days: Sequence[ModelledDay],
    w: Words,
    *,
    title: str,
    names: dict[int, str],
    last: int = 24,
    layout: Course = WIDE,
) -> Markup:
    """SVG of the last hours as full columns, and after a line the modelled days as broken spans, on one scale of the index.

    ``hours``: at, aqi, level, none where nothing was received; a span is from the lowest to the highest hourly index of its
    day, a stroke in it the day's index. Each part is named above: what is observed, what is modelled.
    """
    shown = hours.tail(last)
    known = [value for value in shown["aqi"] if not pd.isna(value)]
    top = _top(max([*known, *((one.high or 0) * HEADROOM for one in days)], default=0))
    across = (len(shown) * layout.hour if known else 0) + len(days) * layout.day
    size = layout.letters
    parts = [_line(end, top, across, size) for end in (0, *LEVEL_ENDS) if end <= top]
    right = 4.0
    if layout.levels:
        spans = [(start, end, names[n]) for n, (start, end) in enumerate(pairwise((0, *LEVEL_ENDS)), 1) if end <= top]
        right = 10 + max(labels.width_of(name) for _, _, name in spans) * size / labels.TYPE
        parts += [
            svg.words(LEFT + across + 6, _y((start + end) / 2, top) + 4, name, size=size) for start, end, name in spans
        ]
    x = float(LEFT)
    if known:
        step = layout.hour
        parts += [_column(row, x + i * step, step - GAP / 2, top, w, names) for i, row in enumerate(shown.itertuples())]
        parts += _clock(shown["at"], step, w, size)
        parts.append(svg.words(x, size + ABOVE, w("air.observed"), size=size, fill="var(--ink)", weight=600))
        x += len(shown) * step
    if days:
        if known:
            parts.append(html('<path d="M{x:g} 2V{HEIGHT}" style="stroke:var(--ink)"/>', x=x, HEIGHT=HEIGHT))
        parts.append(svg.words(x + 5, size + ABOVE, w("air.modelled"), size=size, fill="var(--ink)", weight=600))
        parts += [_ahead(one, x + (i + 0.5) * layout.day, layout, top) for i, one in enumerate(days)]
    return svg.frame(LEFT + across + right, HEIGHT + FOOT, join(parts), title=title)


@cached_rendering
def days(days: pd.DataFrame, w: Words, *, title: str, names: dict[int, str], layout: Course = SCREEN) -> Markup:
    """SVG of whole days as full columns, as wide as the hours of a screen and the days ahead of them, on one scale.

    ``days``: date, aqi, level; a day without a value is a gap with a thin foot.
    """
    shown = days.rename(columns={"date": "at"})
    top = _top(shown["aqi"].max() or 0)
    across = 24 * layout.hour + DAYS_DRAWN * layout.day
    step = across / max(len(shown), 1)
    parts = [
        _level(start, end, top, across, names[n], layout.letters)
        for n, (start, end) in enumerate(pairwise((0, *LEVEL_ENDS)), 1)
        if end <= top
    ]
    for i, row in enumerate(shown.itertuples()):
        x = LEFT + i * step
        parts.append(_column(row, x, step - GAP, top, w, names, tip="air.calendar_tip"))
        if i % 7 == (len(shown) - 1) % 7:
            text = w("air.day_mark", day=row.at.day, month=w(f"site.month_short_{row.at.month}"))
            parts.append(svg.words(x + step / 2, HEIGHT + 18, text, size=layout.letters, anchor="middle"))
    right = 10 + max(labels.width_of(name) for name in names.values()) * layout.letters / labels.TYPE
    return svg.frame(LEFT + across + right, HEIGHT + FOOT, join(parts), title=title)


def _clock(times: pd.Series, step: float, w: Words, letters: float) -> list[Markup]:
    """Midnight by its day and noon by its clock, where they are clear of the ends."""
    marks = []
    for i, at in enumerate(times):
        if at.hour in (0, 12) and 2 < i < len(times) - 2:
            day = w("air.day_mark", day=at.day, month=w(f"site.month_short_{at.month}"))
            text = "12:00" if at.hour else day
            marks.append(svg.words(LEFT + (i + 0.5) * step, HEIGHT + 18, text, size=letters, anchor="middle"))
    return marks


def _ahead(one: ModelledDay, x: float, layout: Course, top: int) -> Markup:
    """A modelled day: its span, the two ends of the hourly index clear of it, its date below."""
    wide = layout.day * 0.6
    high, low = _y(one.high or 0, top), _y(one.low or 0, top)
    parts = [
        html(
            '<rect x="{:g}" y="{high:.1f}" width="{wide:g}" height="{:.1f}" rx="4" fill="{}" fill-opacity=".35" '
            'style="stroke:var(--muted)" stroke-width="1.4" stroke-dasharray="4 3"><title>{}</title></rect>',
            x - wide / 2,
            max(low - high, 2),
            one.index.color or "none",
            f"{one.day} {one.hours} {one.index.text}",
            high=high,
            wide=wide,
        ),
        svg.words(x, HEIGHT + 18, one.short if layout.months else one.alone, size=layout.letters, anchor="middle"),
    ]
    if one.high is not None and one.low is not None:
        parts.append(svg.words(x, high - 5, str(one.high), size=layout.letters, anchor="middle", fill="var(--ink)"))
        under = low + CAP if low + CAP < HEIGHT else low - 5  # within the span where it stands on the foot of the scale
        if under == low + CAP or low - high > 2 * CAP:
            parts.append(svg.words(x, under, str(one.low), size=layout.letters, anchor="middle", fill="var(--ink)"))
    if one.aqi is not None:
        y = _y(one.aqi, top)
        stroke = '<path d="M{:g} {y:.1f}h{wide:g}" style="stroke:var(--ink)" stroke-width="3"/>'
        parts.append(html(stroke, x - wide / 2, y=y, wide=wide))
    return join(parts)
