"""What all Plotly charts share: quiet ground, thin lines, labels at the data, limits as labelled lines."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import plotly.graph_objects as go

from reports.air import STATE_CHANGED
from views.charts.prepared import Figure
from views.tokens import SANS, tokens


def figure(dark: bool, *, height: int = 340, y_title: str = "", x_title: str = "", legend: bool = False) -> go.Figure:
    """An empty figure in the site's style. Axis titles carry the unit."""
    c = tokens(dark)
    axis: dict[str, Any] = {
        "gridcolor": c.line,
        "linecolor": c.none,
        "zeroline": False,
        "tickfont": {"color": c.muted, "size": 13},
        "title_font": {"color": c.muted, "size": 13},
        "fixedrange": True,
        "automargin": True,
    }
    # In one go: updating an existing layout costs Plotly several times as much.
    layout = go.Layout(
        height=height,
        margin={"l": 8, "r": 14, "t": 26, "b": 8},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"family": SANS, "size": 14, "color": c.ink},
        showlegend=legend,
        legend={"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "font": {"size": 13, "color": c.ink}},
        hoverlabel={"bgcolor": c.card, "bordercolor": c.line, "font": {"family": SANS, "color": c.ink, "size": 13}},
        hovermode="closest",
        dragmode=False,
        bargap=0.3,
        xaxis={**axis, "showgrid": False, "title": {"text": x_title}},
        yaxis={**axis, "title": {"text": y_title}, "rangemode": "tozero"},
    )
    return Figure(layout=layout)


def limit(
    made: go.Figure,
    dark: bool,
    y: float,
    text: str,
    *,
    color: str | None = None,
    x0: Any = None,
    x1: Any = None,
) -> None:
    """A limit or target as a line, labelled at its right end; from x0 to x1 where it holds for a time, labelled at x0."""
    c = tokens(dark)
    line = {"color": color or c.muted, "width": 1.4, "dash": "dash"}
    made.add_shape(
        type="line",
        y0=y,
        y1=y,
        x0=0 if x0 is None else x0,
        x1=1 if x1 is None else x1,
        xref="paper" if x0 is None else "x",
        line=line,
    )
    made.add_annotation(
        x=1 if x0 is None else x0,
        xref="paper" if x0 is None else "x",
        y=y,
        text=text,
        showarrow=False,
        xanchor="right" if x0 is None else "left",
        yanchor="bottom" if x0 is None else "top",
        xshift=0 if x0 is None else 4,
        font={"size": 12, "color": color or c.muted},
    )


def break_mark(made: go.Figure, dark: bool, x: Any, text: str, *, anchor: str = "left") -> None:
    """A vertical mark where a series may not be compared across; ``anchor``: the side of its label that is at the line."""
    c = tokens(dark)
    made.add_shape(
        type="line",
        x0=x,
        x1=x,
        xref="x",
        y0=0,
        y1=1,
        yref="paper",
        line={"color": c.earth, "width": 1.2, "dash": "dot"},
    )
    made.add_annotation(
        x=x,
        y=1,
        yref="paper",
        text=text,
        showarrow=False,
        xanchor=anchor,
        yanchor="bottom",
        font={"size": 12, "color": c.earth},
    )


def on_axis(day: date) -> float:
    """The first day of a month on an axis of years: 2018-09-01 → 2018.67."""
    return round(day.year + (day.month - 1) / 12, 2)


STATE_BREAK = on_axis(STATE_CHANGED)


def broken(years: Sequence[float], values: Sequence[float | None]) -> tuple[list[float], list[float | None]]:
    """Annual points with a gap where the measuring state changed (2018-09-01), so that no line is drawn across it."""
    at = sum(year <= STATE_BREAK for year in years)
    return [*years[:at], STATE_BREAK, *years[at:]], [*values[:at], None, *values[at:]]


def label(made: go.Figure, x: Any, y: Any, text: str, color: str, *, anchor: str = "left", shift: int = 6) -> None:
    """A label directly at the data instead of a legend."""
    made.add_annotation(
        x=x,
        y=y,
        text=text,
        showarrow=False,
        xanchor=anchor,
        xshift=shift if anchor == "left" else -shift if anchor == "right" else 0,
        yshift=0 if anchor != "center" else 12,
        font={"size": 13, "color": color},
    )


def apart(values: Mapping[str, float], gap: float) -> dict[str, float]:
    """Where to write names beside values so that they lie at least a gap apart, from the lowest up."""
    placed: dict[str, float] = {}
    lowest = float("-inf")
    for name in sorted(values, key=values.__getitem__):
        placed[name] = max(values[name], lowest)
        lowest = placed[name] + gap
    return placed
