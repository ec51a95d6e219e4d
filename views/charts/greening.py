"""Charts of the greening page."""

from collections.abc import Sequence

import plotly.graph_objects as go

from reports.figures import Point
from reports.ndvi import SEASONS, Green, Season
from views.cached import cached_rendering
from views.charts import published, style
from views.drawings import course, labels
from views.text import format as fmt
from views.text.words import Words
from views.tokens import tokens


@cached_rendering
def dots(
    points: Sequence[Point], w: Words, dark: bool, *, axis: str, around: float, beside: Sequence[Point] = ()
) -> go.Figure:
    """One figure by year; ``beside``: figures of a kindred measure, grey and apart from the line."""
    c = tokens(dark)
    made = style.figure(dark, height=300, y_title=axis, x_title=w("published.year_end"))
    if beside:
        published.dots(made, beside, w, dark, color=c.none, line=False)
    published.dots(made, points, w, dark, color=c.leaf)
    everything = [*points, *beside]
    values = [p.value or 0 for p in everything]
    ends = [course.year_end(p.end) for p in everything]
    made.update_xaxes(range=[min(ends) - 1, max(ends) + 1], dtick=4, tickformat="d")
    made.update_yaxes(range=[min(values) - around, max(values) + around], rangemode="normal", nticks=5)
    return made


@cached_rendering
def seasons(green: Green, w: Words, dark: bool) -> go.Figure:
    """The mean vegetation index of each season by year; hollow where too few composites are known to compare."""
    c = tokens(dark)
    made = style.figure(dark, height=360, y_title=w("greening.axis_ndvi"))
    colors = dict(zip(SEASONS, (c.river, c.leaf, c.earth, c.muted), strict=True))
    lines = {name: green.of(name) for name in SEASONS if green.of(name)}
    for name, line in lines.items():
        _season(made, line, w, dark, colors[name])
    everything = [season for line in lines.values() for season in line]
    top = max(0.1, *(season.mean for season in everything)) * 1.15
    first, last = min(s.year for s in everything), max(s.year for s in everything)
    for name, y in style.apart({name: line[-1].mean for name, line in lines.items()}, top * LABEL_GAP).items():
        style.label(made, last, y, w(f"greening.season_{name}"), colors[name], shift=12)
    made.update_xaxes(range=[first - 0.5, last + 0.4], tickvals=_ticks(first, last), tickformat="d")
    made.update_layout(margin_r=max(labels.width_of(w(f"greening.season_{name}")) for name in lines) + 4)
    made.update_yaxes(range=[min(0, *(season.mean for season in everything)), top], nticks=6)
    return made


LABEL_GAP = 0.07  # of the axis: one line of type


def _season(made: go.Figure, line: Sequence[Season], w: Words, dark: bool, color: str) -> None:
    c, grows = tokens(dark), line[0].name == "growing"
    whole = {season.year: season.mean for season in line if season.complete}
    years = range(line[0].year, line[-1].year + 1)
    labelled = _ticks(line[0].year, line[-1].year)
    made.add_scatter(
        x=list(years),
        y=[whole.get(year) for year in years],  # no line across a year that cannot be compared
        mode="lines",
        line={"color": color, "width": 2.5 if grows else 1.5},
        hoverinfo="skip",
    )
    made.add_scatter(
        x=[season.year for season in line],
        y=[season.mean for season in line],
        mode="markers+text" if grows else "markers",
        marker={
            "size": 10 if grows else 7,
            "color": [color if season.complete else c.card for season in line],
            "line": {"color": color, "width": 2},
        },
        text=[fmt.number(season.mean, 2) if season.year in labelled else "" for season in line],
        textposition="top center",
        textfont={"size": 13, "color": c.ink},
        customdata=[_tip(season, w) for season in line],
        hovertemplate="%{customdata}<extra></extra>",
        cliponaxis=False,
    )


def _tip(season: Season, w: Words) -> str:
    return w(
        "greening.ndvi_tip",
        season=w("greening.season_of", year=season.year, season=w(f"greening.season_{season.name}")),
        value=fmt.number(season.mean, 2),
        valid=fmt.number(season.valid_pct),
        n=season.n,
        expected=season.expected,
    )


def _ticks(first: int, last: int) -> list[int]:
    """At most six years to label, the last one among them: more do not fit a phone."""
    step = -(-(last - first + 1) // 6)
    return list(range(last, first - 1, -step))[::-1]
