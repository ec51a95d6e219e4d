"""Charts of the waste page."""

from collections.abc import Sequence

import plotly.graph_objects as go

from reports.figures import Point
from reports.goals import Promise
from views.cached import cached_rendering_of
from views.charts import published, style
from views.text.words import Words
from views.tokens import tokens
from views.ui import promise_sentences


@cached_rendering_of("facts")
def utilisation(points: Sequence[Point], promise: Promise | None, w: Words, dark: bool) -> go.Figure:
    """The share of industrial solid waste put to use, and the target while the plan runs."""
    c = tokens(dark)
    made = style.figure(dark, height=320, y_title=w("waste.axis_used"), x_title=w("published.year_end"))
    low = min(p.value or 0 for p in points)
    high = max(p.value or 0 for p in points)
    last = points[-1].end_year
    on_the_line: dict[str, str] = {}
    if promise and promise.target.target_value is not None:
        goal, plan = promise.target.target_value, promise.plan
        start, end = plan.start_year - 1, plan.end_year
        published.goal(made, dark, goal, promise_sentences.aim(promise, w), start, end, anchor="right")
        low, high, last = min(low, goal), max(high, goal), max(last, end)
        on_the_line = {p.period: "middle left" for p in points if p.value == goal}
    published.dots(made, points, w, dark, color=c.earth, line=False, beside=on_the_line)
    made.update_xaxes(range=[points[0].end_year - 0.8, last + 0.4], dtick=4, tick0=2009, tickformat="d")
    made.update_yaxes(range=[low - 1, high + 1], rangemode="normal", ticksuffix="%", nticks=5)
    return made
