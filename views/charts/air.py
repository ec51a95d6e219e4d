"""Charts of the air page."""

from datetime import date

import pandas as pd
import plotly.graph_objects as go

from reports.air import STATE_CHANGED, Capitals, LongRun, Shares
from store.city import CITY
from views.cached import cached_rendering
from views.charts import style
from views.drawings import labels
from views.text import format as fmt
from views.text.words import Words
from views.tokens import Tokens, tokens

LABEL_GAP = 0.1  # of the values' reach: one line of type
SHORT_YEARS = 3  # a line over fewer years is too short for its words


@cached_rendering
def annual(report: LongRun, column: str, w: Words, dark: bool, bridge: pd.DataFrame | None = None) -> go.Figure:
    """Annual means of PM2.5 or PM10: one line per segment, never across a break; limits while they are in force.

    ``bridge``: the years up to the break in the state since (:func:`reports.air_state.annual`), drawn as an estimate.
    """
    c, years = tokens(dark), report.annual
    made = style.figure(dark, height=360, y_title=w("air.axis_concentration"))
    _segments(made, years, column, w, c)
    if bridge is not None:
        _bridge(made, bridge, column, w, c.muted)
    _official(made, report, column, w, c.earth)
    newest = int(years["year"].max())
    _limits(made, report, column, newest, w, dark=dark)
    style.break_mark(made, dark, style.STATE_BREAK, w("air.break_state"))
    style.break_mark(made, dark, style.on_axis(report.new_limits), w("air.break_edition"), anchor="right")
    made.update_xaxes(range=[2013.4, newest + 1.8], dtick=2, tickformat="d")
    return made


def _segments(made: go.Figure, years: pd.DataFrame, column: str, w: Words, c: Tokens) -> None:
    """A line for the years on each side of the change of the measuring state, and a hollow dot for its own year."""
    # Where the numbers at the ends touch neither the line, nor the mark of the change, nor the year on it.
    for segment, first, last in (("before", "middle right", "bottom center"), ("after", "top right", "top center")):
        part = years[years["segment"] == segment]
        made.add_scatter(
            x=part["year"],
            y=part[column],
            mode="lines+markers+text",
            line={"color": c.sky, "width": 2.5},
            marker={"size": 8, "color": c.sky},
            text=_at_the_ends(part[column]),
            textposition=[first, *[last] * (len(part) - 1)],
            textfont={"size": 12, "color": c.ink},
            hovertemplate=w("air.hover_annual"),
            cliponaxis=False,
        )
    mixed = years[years["segment"] == "mixed"]
    made.add_scatter(
        x=mixed["year"],
        y=mixed[column],
        mode="markers+text",
        marker={"size": 9, "color": c.card, "line": {"color": c.sky, "width": 2}},
        text=[fmt.plain(v) for v in mixed[column]],
        textposition="top center",
        textfont={"size": 12, "color": c.muted},
        hovertemplate=w("air.hover_mixed"),
    )


def _limits(made: go.Figure, report: LongRun, column: str, newest: int, w: Words, *, dark: bool) -> None:
    """The limits as lines over the time they are in force."""
    for value, start, end in report.limits[column]:
        left = max(start.year + (start.month - 1) / 12, 2013.6)
        right = min((end or date(newest + 2, 1, 1)).year + ((end.month) / 12 if end else 0), newest + 1.6)
        if left < right:
            text = w("air.limit_short", value=fmt.plain(value))
            style.limit(made, dark, value, text, x0=left, x1=right, at_end=right - left < SHORT_YEARS)


def _at_the_ends(values: pd.Series) -> list[str]:
    """Numbers for the first and the last dot of a line: on a phone those of all years would touch; the table has them."""
    labels = [fmt.plain(value) for value in values]
    return [*labels[:1], *[""] * (len(labels) - 2), *labels[1:][-1:]]


def _bridge(made: go.Figure, bridge: pd.DataFrame, column: str, w: Words, color: str) -> None:
    """The carried-over means as a dashed line of hollow dots, with what the days' temperatures leave open."""
    name = column.removesuffix("_ugm3")
    made.add_scatter(
        x=bridge["year"],
        y=bridge[column],
        mode="lines+markers",
        line={"color": color, "width": 1.5, "dash": "dot"},
        marker={"size": 8, "symbol": "circle-open", "color": color},
        error_y={
            "type": "data",
            "array": bridge[f"{name}_high_ugm3"] - bridge[column],
            "arrayminus": bridge[column] - bridge[f"{name}_low_ugm3"],
            "color": color,
            "thickness": 1.2,
        },
        hovertemplate=w("air.hover_bridge"),
    )


def _official(made: go.Figure, report: LongRun, column: str, w: Words, color: str) -> None:
    points = [(year, value) for name, year, value, _ in report.official if name == column]
    if points:
        made.add_scatter(
            x=[p[0] for p in points],
            y=[p[1] for p in points],
            mode="markers",
            marker={"symbol": "diamond", "size": 9, "color": color},
            hovertemplate=w("air.hover_official"),
        )


@cached_rendering
def shares(report: Shares, w: Words, dark: bool) -> go.Figure:
    """Good-day share by year: the archive by the edition in force and by the new one, official values as diamonds."""
    c = tokens(dark)
    made = style.figure(dark, height=380, y_title=w("air.axis_share"))
    for years, color, key, dash in (
        (report.archive, c.sky, "air.series_in_force", "solid"),
        (report.archive_by_new, c.none, "air.series_by_new", "dot"),
    ):
        x, y = [one.year for one in years], [one.share_pct for one in years]
        gap_x, gap_y = style.broken(x, y)
        made.add_scatter(
            x=gap_x,
            y=gap_y,
            mode="lines+markers",
            line={"color": color, "width": 2.5, "dash": dash},
            marker={"size": 7, "color": color},
            name=w(key),
            hovertemplate="%{x} · %{y:.1f}%<extra></extra>",
        )
    made.add_scatter(
        x=[year for year, _, _ in report.official],
        y=[value for _, value, _ in report.official],
        mode="markers",
        marker={"symbol": "diamond", "size": 11, "color": c.earth, "line": {"color": c.card, "width": 1}},
        name=w("air.series_official"),
        hovertemplate=w("air.hover_official_share"),
    )
    # The lines run close together, so their names are in a key below all lines.
    corner = {
        "x": 1,
        "y": 0.02,
        "xanchor": "right",
        "yanchor": "bottom",
        "bgcolor": c.ground,
        "font": {"size": 13, "color": c.ink},
    }
    made.update_layout(showlegend=True, legend={**corner, "orientation": "v"})
    style.break_mark(made, dark, style.STATE_BREAK, w("air.break_state"))
    made.update_yaxes(range=[40, 103], rangemode="normal", ticksuffix="%")
    made.update_xaxes(range=[2012.6, report.archive[-1].year + 0.7], dtick=2, tickformat="d")
    return made


@cached_rendering
def capitals(report: Capitals, column: str, w: Words, dark: bool) -> go.Figure:
    """Five capitals as lines, Xining in colour, names at the line ends; years known only in part and the year
    of the change of state as hollow dots."""
    c = tokens(dark)
    made = style.figure(
        dark, height=360, y_title=w("air.axis_share" if column.endswith("pct") else "air.axis_concentration")
    )
    ends: dict[str, float] = {}
    for area, row in report.names.items():
        part = report.annual[report.annual["area_id"] == area].sort_values("year")
        mine = area == CITY
        color, name = c.sky if mine else c.none, w.of(row.name)
        x, y = style.broken(part["year"].tolist(), part[column].tolist())
        open_dots = part["partial"] | (part["year"] == STATE_CHANGED.year)
        _, hollow = style.broken(part["year"].tolist(), open_dots.tolist())
        made.add_scatter(
            x=x,
            y=y,
            mode="lines+markers",
            line={"color": color, "width": 3 if mine else 1.6},
            marker={
                "size": 7 if mine else 5,
                "color": [c.card if h else color for h in hollow],
                "line": {"color": color, "width": 1.5},
            },
            name=name,
            hovertemplate=f"{name} %{{x}} · %{{y:.1f}}<extra></extra>",
        )
        ends[name] = float(part[column].iloc[-1])
    last, reach = int(report.annual["year"].max()), report.annual[column]
    for name, at in style.apart(ends, float(reach.max() - reach.min()) * LABEL_GAP).items():
        color = c.sky if name == w.of(report.names[CITY].name) else c.muted
        style.label(made, last, at, name, color, anchor="left", shift=8)
    style.break_mark(made, dark, style.STATE_BREAK, w("air.break_state"))
    made.update_xaxes(range=[2013.6, last + 0.4], dtick=2, tickformat="d")
    made.update_layout(margin_r=max(map(labels.width_of, ends)) + 8)
    if column.endswith("pct"):
        made.update_yaxes(range=[50, 100], rangemode="normal", ticksuffix="%")
    return made


@cached_rendering
def months(report: LongRun, w: Words, dark: bool) -> go.Figure:
    """PM10 by month: every year a thin line, grey up to the change of state in 2018, the running one in colour."""
    c = tokens(dark)
    made = style.figure(dark, height=340, y_title=w("air.axis_concentration"))
    last = int(report.monthly["year"].max())
    first_after = (STATE_CHANGED.year, STATE_CHANGED.month)
    monthly = report.monthly.assign(
        after=[one >= first_after for one in zip(report.monthly["year"], report.monthly["month"], strict=True)]
    )
    for (year, after), part in monthly.groupby(["year", "after"]):
        mine = year == last
        color = c.sky if after else c.none
        made.add_scatter(
            x=part["month"],
            y=part["pm10_ugm3"],
            mode="lines+markers" if mine else "lines",
            line={"color": color, "width": 3 if mine else 1.2},
            opacity=1 if mine else 0.55,
            hovertemplate=f"{year}-%{{x}} %{{y:.1f}} μg/m³<extra></extra>",
        )
        if mine:
            style.label(made, part["month"].iloc[-1], part["pm10_ugm3"].iloc[-1], str(year), c.sky)
    made.update_xaxes(
        tickvals=list(range(1, 13, 2)),  # twelve names would be turned upright on a phone
        ticktext=[w(f"site.month_short_{m}") for m in range(1, 13, 2)],
        range=[0.7, 12.4],
    )
    return made
