"""Where the year may end, by each edition."""

import plotly.graph_objects as go

from reports.outlook import YearEnd
from views.cached import cached_rendering
from views.charts import style
from views.text import format as fmt
from views.text.words import Words
from views.tokens import tokens

ROW_PX = 100
UNDER = 0.3  # how far below its line the past years of an edition are drawn


@cached_rendering
def year_end(ends: tuple[tuple[YearEnd, str, int], ...], w: Words, dark: bool) -> go.Figure:
    """A row an edition, with its name and the most days allowed: ranges as lines, past years as dots, the most as a bar."""
    c = tokens(dark)
    made = style.figure(dark, height=60 + ROW_PX * len(ends), x_title=w("outlook.axis"))
    reach: list[int] = []
    for row, (one, name, most) in enumerate(ends):
        (low, high), (low_90, high_90) = one.likely, one.very_likely
        hover = w("outlook.hover", edition=name, low=low, high=high, low_90=low_90, high_90=high_90)
        for left, right, wide in ((low_90, high_90, 2), (low, high, 8)):
            made.add_scatter(
                x=[left, right],
                y=[row, row],
                mode="lines",
                line={"color": c.sky, "width": wide},
                hovertemplate=hover,
            )
        for at in (low, high):
            style.label(made, at, row, str(at), c.ink, anchor="center")
        made.add_scatter(
            x=list(one.as_in.values()),
            y=[row + UNDER] * len(one.as_in),
            customdata=[str(year) for year in one.as_in],
            mode="markers",
            marker={"size": 7, "color": c.none},
            hovertemplate=w("outlook.hover_as_in"),
        )
        made.add_shape(type="line", x0=most, x1=most, y0=row - 0.4, y1=row + 0.4, line={"color": c.ink, "width": 2})
        style.label(made, most, row - 0.4, w("outlook.most", n=fmt.number(most)), c.ink, anchor="center")
        reach += [low_90, high_90, most, *one.as_in.values()]
    made.update_yaxes(
        tickvals=list(range(len(ends))),
        ticktext=[name for _, name, _ in ends],
        range=[len(ends) - 0.4, -0.75],
        showgrid=False,
    )
    made.update_xaxes(range=[min(reach) - 2, max(reach) + 2])
    return made
