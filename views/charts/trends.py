"""The six pollutants' changes a year, side by side."""

import plotly.graph_objects as go

from reports.trends import OfPollutant
from views.cached import cached_rendering
from views.charts import style
from views.text import format as fmt
from views.text.words import Words
from views.tokens import tokens

ROW_PX = 46


@cached_rendering
def six(pollutants: tuple[OfPollutant, ...], names: tuple[str, ...], w: Words, dark: bool) -> go.Figure:
    """A row a pollutant, its symbol under its name: the change a year in per cent of its mean as a dot, its interval a line."""
    c = tokens(dark)
    made = style.figure(dark, height=80 + ROW_PX * len(pollutants), x_title=w("trends.axis"))
    for row, (one, name) in enumerate(zip(pollutants, names, strict=True)):
        change = one.percent_a_year
        if change is None or one.trend is None:
            continue
        slope, low, high = change
        color = c.sky if one.trend.sign else c.none
        numbers = {"slope": fmt.signed(slope, 1), "low": fmt.signed(low, 1), "high": fmt.signed(high, 1)}
        made.add_scatter(x=[low, high], y=[row, row], mode="lines", line={"color": color, "width": 4}, hoverinfo="skip")
        made.add_scatter(
            x=[slope],
            y=[row],
            mode="markers+text",
            marker={
                "size": 12,
                "color": color if one.trend.confirmed else c.card,
                "line": {"color": color, "width": 2},
            },
            text=[f"{numbers['slope']}%"],
            textposition="top center",
            textfont={"size": 12, "color": c.ink},
            hovertemplate=w("trends.hover", name=_in_two_lines(name), **numbers),
            cliponaxis=False,
        )
    made.add_shape(type="line", x0=0, x1=0, y0=0, y1=1, yref="paper", line={"color": c.ink, "width": 1.2})
    made.update_yaxes(
        tickvals=list(range(len(pollutants))),
        ticktext=[_in_two_lines(name) for name in names],
        range=[len(pollutants) - 0.5, -0.6],
        showgrid=False,
    )
    ends = [end for one in pollutants if one.percent_a_year for end in one.percent_a_year[1:]]
    made.update_xaxes(ticksuffix="%", showgrid=True, range=[min([*ends, 0]) - 0.8, max([*ends, 0]) + 0.8])
    return made


def _in_two_lines(name: str) -> str:
    """A name with its symbol, the last word, on a line of its own."""
    return "<br>".join(name.rsplit(" ", 1))
