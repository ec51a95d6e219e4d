"""Charts of the water page."""

import plotly.graph_objects as go

from reports.figures import Measured
from reports.goals import Promise
from views.cached import cached_rendering_of
from views.charts import published, style
from views.drawings import course
from views.text import amounts
from views.text.words import Words
from views.tokens import tokens


def _aim(goal: Promise, w: Words) -> str:
    """The target in so few letters that it ends before the dots' line rises to it; its year is where its line ends."""
    target = goal.target
    value = amounts.of_promise(goal, target.target_value, target.target_op, w.of(target.target_text), w)
    return w("water.target_short", value=value)


@cached_rendering_of("facts")
def shares(before: Measured, after: Measured, goal: Promise | None, w: Words, dark: bool) -> go.Figure:
    """Two shares by different definitions, one after the other, apart from each other; the target of the first."""
    c = tokens(dark)
    made = style.figure(dark, height=310, y_title=w("water.axis_share"), x_title=w("published.year_end"))
    first, second = before.whole_years, after.after(before)
    if goal and goal.target.target_value is not None and goal.target.due is not None:
        end = course.year_end(goal.target.due)
        published.goal(made, dark, goal.target.target_value, _aim(goal, w), end - 5, end, anchor="left")
    published.dots(made, first, w, dark, color=c.river)
    if second:
        published.dots(made, second, w, dark, color=c.sky)
    if first and second:
        middle = (course.year_end(first[-1].end) + course.year_end(second[0].end)) / 2
        style.break_mark(made, dark, middle, w("water.other_definition"))
    ends = [course.year_end(p.end) for p in (*first, *second)] or [0.0]
    made.update_xaxes(range=[min(ends) - 0.8, max(ends) + 0.8], dtick=2, tickformat="d")
    made.update_yaxes(range=[0, 114], ticksuffix="%", tickvals=[0, 25, 50, 75, 100])
    return made
