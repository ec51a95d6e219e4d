"""A year as a calendar: a row a month, a cell a day, in the colour of its AQI level."""

from datetime import date
from html import escape

import pandas as pd

from views import svg
from views.tokens import AQI_LEVELS
from views.words import Words

LEFT, TOP, CELL, GAP = 46, 24, 19, 3


def year(frame: pd.DataFrame, number: int, w: Words, *, title: str, names: dict[int, str]) -> str:
    """SVG of one year. ``frame``: date, aqi, level; days without data stay empty outlines."""
    mine = frame[frame["date"].dt.year == number]
    known = {row.date.date(): (int(row.aqi), int(row.level)) for row in mine.itertuples() if not pd.isna(row.aqi)}
    parts = [svg.words(LEFT + (day - 0.5) * (CELL + GAP), 14, str(day), size=11, anchor="middle") for day in (1, 5, 10, 15, 20, 25, 30)]
    for month in range(1, 13):
        y = TOP + (month - 1) * (CELL + GAP)
        parts.append(svg.words(0, y + CELL - 5, w(f"site.month_short_{month}"), size=13))
        parts += [_cell(day, known.get(day), y, w, names) for day in _days(number, month)]
    return svg.frame(LEFT + 31 * (CELL + GAP), TOP + 12 * (CELL + GAP), "".join(parts), title=title)


def _days(number: int, month: int) -> list[date]:
    return [stamp.date() for stamp in pd.date_range(date(number, month, 1), periods=31) if stamp.month == month]


def _cell(day: date, known: tuple[int, int] | None, y: float, w: Words, names: dict[int, str]) -> str:
    x = LEFT + (day.day - 1) * (CELL + GAP)
    box = f'<rect x="{x}" y="{y}" width="{CELL}" height="{CELL}" rx="4"'
    if known is None:
        return f'{box} fill="none" style="stroke:var(--line)"/>'
    aqi, level = known
    tip = escape(w("air.calendar_tip", month=day.month, day=day.day, aqi=aqi, level=names[level]))
    return f'{box} fill="{AQI_LEVELS[level]}"><title>{tip}</title></rect>'
