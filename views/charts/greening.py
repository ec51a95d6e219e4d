"""Charts of the greening page."""

from collections.abc import Sequence

import plotly.graph_objects as go

from reports.figures import Point
from reports.goals import Promise
from reports.greening import Forest
from views import promise as promises
from views.charts import published, style
from views.kept import kept
from views.words import Words


@kept
def forest(report: Forest, w: Words, dark: bool) -> go.Figure:
    """Forest cover by year, the way the plan needed, and its target."""
    c = style.palette(dark)
    made = style.figure(dark, height=400, y_title=w("greening.axis_forest"), x_title=w("published.year_end"))
    values = [p.value for p in report.points if p.value is not None]
    right = published.year_end(report.points[-1].end)
    if report.target and report.target.target["target_value"] is not None:
        _promised(made, report.target, w, dark)
        values.append(report.target.target["target_value"])
        right = max(right, published.year_end(report.target.target["due"]))
    last = {report.points[-1].period: "bottom right"}  # above it runs the target
    published.dots(made, report.points, w, dark, color=c.leaf, beside=last)
    made.update_xaxes(range=[published.year_end(report.points[0].end) - 0.7, right + 0.7], dtick=2, tickformat="d")
    made.update_yaxes(range=[min(values) - 1, max(values) + 1], rangemode="normal", ticksuffix="%", dtick=2)
    return made


def _promised(made: go.Figure, promise: Promise, w: Words, dark: bool) -> None:
    c, target = style.palette(dark), promise.target
    due = published.year_end(target["due"])
    published.goal(made, dark, target["target_value"], promises.aim(promise, w), due - 5, due, anchor="left")
    if target["baseline_value"] is not None:
        made.add_scatter(
            x=[target["baseline_year"], due],
            y=[target["baseline_value"], target["target_value"]],
            mode="lines",
            line={"color": c.muted, "width": 1.4, "dash": "dot"},
            hoverinfo="skip",
        )


@kept
def dots(
    points: Sequence[Point], w: Words, dark: bool, *, axis: str, around: float, beside: Sequence[Point] = ()
) -> go.Figure:
    """One figure by year; ``beside``: figures of a kindred measure, grey and apart from the line."""
    c = style.palette(dark)
    made = style.figure(dark, height=300, y_title=axis, x_title=w("published.year_end"))
    if beside:
        published.dots(made, beside, w, dark, color=c.none, line=False)
    published.dots(made, points, w, dark, color=c.leaf)
    everything = [*points, *beside]
    values = [p.value or 0 for p in everything]
    ends = [published.year_end(p.end) for p in everything]
    made.update_xaxes(range=[min(ends) - 1, max(ends) + 1], dtick=4, tickformat="d")
    made.update_yaxes(range=[min(values) - around, max(values) + around], rangemode="normal", nticks=5)
    return made
