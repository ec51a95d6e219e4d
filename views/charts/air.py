"""Charts of the air page."""

from collections.abc import Sequence
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

SHARE_AXIS = (50.0, 100.0)  # per cent of days, among the capitals
PLOT_PX = 300  # about the height of a chart's plane
AWAY_PX = (16, 24, 32)  # of a number from its dot
CLEAR_PX = 12  # half a line of type and the mark
LINE_PX = 19  # from one name at the lines' ends to the next
DASHES = ("solid", "dash", "dot", "dashdot")  # of the other capitals: told without colour too


@cached_rendering
def annual(report: LongRun, column: str, w: Words, dark: bool, bridge: pd.DataFrame | None = None) -> go.Figure:
    """Annual means of PM2.5 or PM10: one line per segment, never across a break; limits while they are in force.

    ``bridge``: the years up to the break in the state since (:func:`reports.air_state.annual`), drawn as an estimate.
    """
    c, years = tokens(dark), report.annual
    made = style.figure(dark, height=360, y_title=w("air.axis_concentration"))
    _segments(made, years, column, w, c)
    _numbers(made, report, column, c)
    if bridge is not None:
        _bridge(made, bridge, column, w, c.muted)
    _official(made, report, column, w, c.earth)
    newest = int(years["year"].max())
    _limits(made, report, column, newest, w, dark=dark)
    style.break_mark(made, dark, style.STATE_BREAK, w("air.break_state"), anchor="right")
    style.break_mark(made, dark, style.on_axis(report.new_limits), w("air.break_edition"), anchor="right")
    made.update_xaxes(range=[2013.4, newest + 1.8], dtick=2, tickformat="d")
    made.update_layout(margin_r=48)  # for the words of a limit of the last years
    return made


def _segments(made: go.Figure, years: pd.DataFrame, column: str, w: Words, c: Tokens) -> None:
    """A line for the years on each side of the change of the measuring state, and a hollow dot for its own year."""
    for segment in ("before", "after"):
        part = years[years["segment"] == segment]
        made.add_scatter(
            x=part["year"],
            y=part[column],
            mode="lines+markers",
            line={"color": c.sky, "width": 2.5},
            marker={"size": 8, "color": c.sky},
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


def _numbers(made: go.Figure, report: LongRun, column: str, c: Tokens) -> None:
    """Numbers beside the first and the last dot of each line: on a phone those of all years would touch; the table has them."""
    top = float(report.annual[column].max())
    for segment in ("before", "after"):
        part = report.annual[report.annual["segment"] == segment]
        values = [float(value) for value in part[column]]
        if not values:
            continue
        for at in {0, len(values) - 1}:
            neighbour = values[1] if at == 0 and len(values) > 1 else values[at - 1]
            year = int(part["year"].iloc[at])
            marks = [
                value
                for value, start, end in report.limits[column]
                if start.year <= year and (end is None or end.year >= year)
            ]
            marks += [value for name, when, value, _ in report.official if name == column and when == year]
            px = [(mark - values[at]) / top * PLOT_PX for mark in marks]
            made.add_annotation(
                x=year,
                y=values[at],
                text=fmt.plain(values[at]),
                showarrow=False,
                xanchor="left" if at == 0 else "center",  # right of the mark of the change
                xshift=-5 if at == 0 else 0,
                yshift=clear(px, above=neighbour < values[at]),
                font={"size": 12, "color": c.ink},
            )


def clear(marks: Sequence[float], *, above: bool) -> int:
    """How far (px, upwards) from a dot its number stands so that it touches no mark; ``above``: better so than below.

    ``marks``: heights of lines and other dots over the dot, px.
    """
    side = 1 if above else -1
    ways = [side * away for away in AWAY_PX] + [-side * away for away in AWAY_PX]
    return max(ways, key=lambda way: min([CLEAR_PX, *(abs(way - mark) for mark in marks)]))


def _limits(made: go.Figure, report: LongRun, column: str, newest: int, w: Words, *, dark: bool) -> None:
    """The limits as lines over the time they are in force."""
    for value, start, end in report.limits[column]:
        left = max(start.year + (start.month - 1) / 12, 2013.6)
        right = min((end or date(newest + 2, 1, 1)).year + ((end.month) / 12 if end else 0), newest + 1.6)
        if left < right:
            text = w("air.limit_short", value=fmt.plain(value))
            style.limit(made, dark, value, text, x0=left, x1=right)


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
    ends: dict[str, tuple[float, str]] = {}
    inks = dict(
        zip(
            (area for area in report.names if area != CITY),
            zip((c.earth, c.leaf, c.muted, c.river), DASHES, strict=True),
            strict=False,
        )
    )
    for area, row in report.names.items():
        part = report.annual[report.annual["area_id"] == area].sort_values("year")
        mine = area == CITY
        (color, dash), name = inks.get(area, (c.sky, "solid")), w.of(row.name)
        x, y = style.broken(part["year"].tolist(), part[column].tolist())
        open_dots = part["partial"] | (part["year"] == STATE_CHANGED.year)
        _, hollow = style.broken(part["year"].tolist(), open_dots.tolist())
        made.add_scatter(
            x=x,
            y=y,
            mode="lines+markers",
            line={"color": color, "width": 3 if mine else 1.6, "dash": dash},
            marker={
                "size": 7 if mine else 5,
                "color": [c.card if h else color for h in hollow],
                "line": {"color": color, "width": 1.5},
            },
            name=name,
            hovertemplate=f"{name} %{{x}} · %{{y:.1f}}<extra></extra>",
        )
        ends[name] = float(part[column].iloc[-1]), color
    last = int(report.annual["year"].max())
    low, high = SHARE_AXIS if column.endswith("pct") else (0.0, float(report.annual[column].max()))
    wanted = [at for at, _ in ends.values()]
    heights = labels.spread(wanted, (high - low) * LINE_PX / PLOT_PX, low, high)
    lift = min(sum(heights) - sum(wanted), (min(heights) - low) * len(wanted)) / len(wanted)  # as many up as down
    for (name, (_, color)), at in zip(ends.items(), heights, strict=True):
        style.label(made, last, at - lift, name, color, anchor="left", shift=8)
    style.break_mark(made, dark, style.STATE_BREAK, w("air.break_state"))
    made.update_xaxes(range=[2013.6, last + 0.4], dtick=2, tickformat="d")
    made.update_layout(margin_r=max(map(labels.width_of, ends)) + 8)
    if column.endswith("pct"):
        made.update_yaxes(range=SHARE_AXIS, rangemode="normal", ticksuffix="%")
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
