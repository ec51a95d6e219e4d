"""Charts of the actions page."""

from datetime import date, timedelta

import plotly.graph_objects as go

from reports.actions import Tasks
from views.cached import cached_rendering
from views.charts import style
from views.text import format as fmt
from views.text.words import Words
from views.tokens import tokens

STEP = timedelta(days=300)  # from the last date to the column of work without one


@cached_rendering
def deadlines(report: Tasks, today: date, w: Words, dark: bool) -> go.Figure:
    """Every piece of work as a dot with its number, on the day it ends; those without a day in a column of their own."""
    c = tokens(dark)
    last = max(one.due for one in report.deadlines if one.due)
    highest = max(len(one.parts) for one in report.deadlines)
    made = style.figure(dark, height=110 + 27 * highest)
    looks = {"past": (c.card, c.ink, c.earth), "ahead": (c.sky, c.card, c.sky), "ongoing": (c.faint, c.ink, c.none)}
    for one in report.deadlines:
        fill, ink, edge = looks[one.parts[0].state]
        made.add_scatter(
            x=[one.due or last + STEP] * len(one.parts),
            y=list(range(1, len(one.parts) + 1)),
            mode="markers+text",
            marker={"size": 25, "color": fill, "line": {"color": edge, "width": 1.6}},
            text=[part.number for part in one.parts],
            textfont={"size": 11, "color": ink},
            customdata=[w.of(part.row.title) for part in one.parts],
            hovertemplate="%{text} %{customdata}<extra></extra>",
        )
        label = w("actions.pieces", n=len(one.parts))
        made.add_annotation(
            x=one.due or last + STEP,
            y=len(one.parts) + 1,
            text=label,
            showarrow=False,
            font={"size": 13, "color": c.ink},
        )
    _axis(made, report, last, highest, w)
    if today <= last:  # beyond the last date the axis is no time
        style.break_mark(made, dark, today, w("actions.today"))
    return made


def _axis(made: go.Figure, report: Tasks, last: date, highest: int, w: Words) -> None:
    words = [
        f"{one.due.year}<br>{fmt.day(one.due, w, year=False)}" if one.due else w("actions.no_date")
        for one in report.deadlines
    ]
    made.update_xaxes(
        tickvals=[one.due or last + STEP for one in report.deadlines],
        ticktext=words,
        range=[date(report.plan.start_year, 7, 1), last + STEP + timedelta(days=190)],
    )
    made.update_yaxes(visible=False, range=[0.2, highest + 1.6])
