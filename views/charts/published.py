"""Published figures as dots: full where the original was seen, hollow where second-hand, a diamond where computed."""

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from reports import figures
from reports.figures import Point
from views.cached import cached_rendering
from views.drawings.course import year_end
from views.text import format as fmt
from views.text.words import Words
from views.tokens import tokens


def dots(
    made: go.Figure,
    points: Sequence[Point],
    w: Words,
    dark: bool,
    *,
    color: str,
    line: bool = True,
    beside: Mapping[str, str] | None = None,
) -> None:
    """Add one series; figures given only as a rounded number (op ~) are beside the line, labelled below.

    ``beside``: places of labels by period where a label above the dot would cover something.
    """
    c = tokens(dark)
    if line:
        made.add_scatter(
            x=[end for stretch in figures.joined(points) for end in (*(year_end(p.end) for p in stretch), None)],
            y=[value for stretch in figures.joined(points) for value in (*(p.value for p in stretch), None)],
            mode="lines",
            line={"color": color, "width": 2},
            opacity=0.45,
            hoverinfo="skip",
        )
    for below in (False, True):
        some = [p for p in points if (p.op == "~") is below]
        made.add_scatter(
            x=[year_end(p.end) for p in some],
            y=[p.value for p in some],
            mode="markers+text",
            marker={
                "size": [11 if p.confidence == "primary" else 10 for p in some],
                "symbol": ["diamond" if p.provenance.kind == "derived" else "circle" for p in some],
                "color": [color if p.confidence == "primary" else c.card for p in some],
                "line": {"color": color, "width": 2},
            },
            text=[fmt.OPS[p.op].strip() + fmt.plain(p.value or 0) for p in some],
            textposition=["bottom center" if below else (beside or {}).get(p.period, "top center") for p in some],
            textfont={"size": 13, "color": c.ink},
            customdata=[[fmt.period(p.period, w), w(f"site.confidence_words.{p.confidence}")] for p in some],
            hovertemplate="%{customdata[0]} · %{text}<br>%{customdata[1]}<extra></extra>",
            cliponaxis=False,
        )


def goal(made: go.Figure, dark: bool, y: float, text: str, x0: float, x1: float, *, anchor: str) -> None:
    """A target as a line from x0 to x1, its words above the end that ``anchor`` (left, right) names."""
    c = tokens(dark)
    made.add_shape(type="line", x0=x0, x1=x1, y0=y, y1=y, line={"color": c.ink, "width": 1.4, "dash": "dash"})
    made.add_annotation(
        x=x0 if anchor == "left" else x1, y=y, text=text, showarrow=False, xanchor=anchor, yanchor="bottom", yshift=7,
        font={"size": 13, "color": c.ink}, bgcolor=c.ground, borderpad=1,  # legible where the dots' line runs behind it
    )  # fmt: skip


@cached_rendering
def frame(points: Sequence[Point], w: Words, unit: str) -> pd.DataFrame:
    """The table behind the dots."""
    head = w("published.value", unit=unit) if unit else w("published.value_plain")
    return pd.DataFrame(
        {
            w("site.period_label"): [fmt.period(p.period, w) for p in points],
            head: [fmt.OPS[p.op] + fmt.plain(p.value or 0) for p in points],
            w("site.kind"): [w(f"site.kinds.{p.provenance.kind}") for p in points],
            w("site.confidence"): [w(f"site.confidence_words.{p.confidence}") for p in points],
            w("site.source"): [w.of(p.provenance.sources[0].document.title) for p in points],
            w("site.note"): [w.of(p.row.note) for p in points],
        }
    )
