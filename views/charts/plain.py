"""A Plotly figure as SVG, drawn on the server for where no script runs: its lines, dots, words, limits and axes.

Of Plotly's kinds of traces the site's charts use scatter alone; another one is refused (UnknownTraceError).
"""

import math
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

import plotly.graph_objects as go
from markupsafe import Markup
from msgspec import Struct

from store.clock import DAY_S
from views.drawings import labels, svg
from views.text.markup import join
from views.tokens import Tokens

WIDE = 860
TICK_TYPE, LINE = 13, 17  # size of letters on the axes, from line to line
DASHES = {"dash": "7 5", "dot": "2 4", "dashdot": "7 4 2 4"}
BREAK = re.compile("<br>|<br/>|<br />")
TAG = re.compile(r"<[^>]+>")
MOST_TICKS = 6
RIGHT, TOP = 16, 26
NICE = (1, 2, 2.5, 5, 10)


class UnknownTraceError(ValueError):
    """A kind of trace that is not drawn here."""


class _Axis(Struct, frozen=True, weakref=True):
    """One axis: the values at its ends and where they lie (px), its ticks as value and words."""

    low: float
    high: float
    start: float
    end: float
    ticks: tuple[tuple[float, str], ...]
    shown: bool

    def at(self, value: Any) -> float:
        share = (number(value) - self.low) / (self.high - self.low or 1)
        return self.start + share * (self.end - self.start)


def number(value: Any) -> float:
    """A value of an axis as a number; a day by its count."""
    if isinstance(value, datetime):
        return value.timestamp() / DAY_S
    if isinstance(value, date):
        return float(value.toordinal())
    if isinstance(value, str):
        return float(date.fromisoformat(value[:10]).toordinal())
    return float(value)


def _missing(value: Any) -> bool:
    return value is None or (isinstance(value, float) and math.isnan(value)) or value != value


def drawing(figure: go.Figure, colors: Tokens, *, title: str) -> Markup:
    """The figure at a width of :data:`WIDE`, as tall as its layout says. Raises UnknownTraceError for a trace not of points."""
    if odd := {trace.type for trace in figure.data} - {"scatter"}:
        raise UnknownTraceError(f"no drawing for {', '.join(sorted(odd))}")
    layout = figure.layout
    tall = float(layout.height or 340)
    y_ticks = _ticks(layout.yaxis, *_range(layout.yaxis, _values(figure, "y")))
    left = 8 + max((_wide(words) for _, words in y_ticks), default=0) if layout.yaxis.visible is not False else 8
    left += LINE + 4 if layout.yaxis.title.text else 0
    x_ticks = _ticks(layout.xaxis, *_range(layout.xaxis, _values(figure, "x")))
    below = 10 + LINE * max((len(_lines(words)) for _, words in x_ticks), default=1)
    below += LINE + 4 if layout.xaxis.title.text else 0
    right = max(RIGHT, float(layout.margin.r or 0))
    x = _Axis(
        *_range(layout.xaxis, _values(figure, "x")), left, WIDE - right, x_ticks, layout.xaxis.visible is not False
    )
    y = _Axis(
        *_range(layout.yaxis, _values(figure, "y")), tall - below, TOP, y_ticks, layout.yaxis.visible is not False
    )
    parts = [
        _grid(x, y, figure, colors),
        join(_shape(one, x, y) for one in layout.shapes),
        join(_trace(trace, x, y, colors) for trace in figure.data),
        join(_annotation(one, x, y, colors) for one in layout.annotations),
        _legend(figure, y, colors),
        _titles(layout, x, y, tall, colors),
    ]
    return svg.frame(WIDE, tall, join(parts), title=title)


# ── axes ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
def _values(figure: go.Figure, name: str) -> list[float]:
    found = [
        number(v) for trace in figure.data for v in (trace[name] if trace[name] is not None else ()) if not _missing(v)
    ]
    return found or [0.0, 1.0]


def _range(axis: Any, values: Sequence[float]) -> tuple[float, float]:
    """What an axis spans: its given range, else its values with some space, from zero where it is set so."""
    if axis.range is not None:
        low, high = (number(value) for value in axis.range)
        return low, high
    low, high = min(values), max(values)
    if axis.rangemode == "tozero":
        low, high = min(low, 0.0), max(high, 0.0)
        return low, high + 0.06 * (high - low)
    space = 0.05 * (high - low or 1)
    return low - space, high + space


def _ticks(axis: Any, low: float, high: float) -> tuple[tuple[float, str], ...]:
    """Values to be named on an axis with their words."""
    suffix = axis.ticksuffix or ""
    if axis.tickvals is not None:
        values = [number(value) for value in axis.tickvals]
        texts = axis.ticktext if axis.ticktext is not None else [_plain(value) for value in values]
        pairs = list(
            zip(values, (f"{text}{suffix}" if axis.ticktext is None else str(text) for text in texts), strict=True)
        )
    else:
        step = float(axis.dtick) if axis.dtick else _step(abs(high - low), axis.nticks or MOST_TICKS)
        first = math.ceil(min(low, high) / step)
        last = math.floor(max(low, high) / step)
        pairs = [(n * step, f"{_plain(n * step)}{suffix}") for n in range(first, last + 1)]
    return tuple((value, words) for value, words in pairs if min(low, high) - 1e-9 <= value <= max(low, high) + 1e-9)


def _step(span: float, most: int) -> float:
    raw = span / max(most, 1) or 1
    power = 10 ** math.floor(math.log10(raw))
    return float(next(factor * power for factor in NICE if factor * power >= raw - 1e-12))


def _plain(value: float) -> str:
    return f"{round(value, 6):g}"


def _grid(x: _Axis, y: _Axis, figure: go.Figure, c: Tokens) -> Markup:
    """Lines across the plane and the words of both axes."""
    parts = []
    if y.shown:
        across = figure.layout.yaxis.showgrid is not False
        for value, words in y.ticks:
            at = y.at(value)
            parts += [svg.line(x.start, at, x.end, at, c.line, 1)] if across else []
            parts.append(_words(x.start - 8, at + 4 - LINE / 2 * (len(_lines(words)) - 1), words, c.muted, "end"))
    if x.shown:
        down = figure.layout.xaxis.showgrid is True
        for value, words in x.ticks:
            at = x.at(value)
            parts += [svg.line(at, y.start, at, y.end, c.line, 1)] if down else []
            parts.append(_words(at, y.start + LINE + 2, words, c.muted, "middle"))
    return join([*parts, svg.line(x.start, y.start, x.end, y.start, c.none, 1)])


def _titles(layout: Any, x: _Axis, y: _Axis, tall: float, c: Tokens) -> Markup:
    parts = []
    if text := layout.xaxis.title.text:
        parts.append(_words((x.start + x.end) / 2, tall - 6, text, c.muted, "middle"))
    if text := layout.yaxis.title.text:
        middle = (y.start + y.end) / 2
        words = svg.words(0, 0, text, size=TICK_TYPE, fill=c.muted, anchor="middle")
        parts.append(svg.upright(words, 14, middle))
    return join(parts)


# ── what is drawn ────────────────────────────────────────────────────────────────────────────────────────────────────
def _trace(trace: Any, x: _Axis, y: _Axis, c: Tokens) -> Markup:
    mode = trace.mode or "lines+markers"
    xs, ys = list(trace.x), list(trace.y)
    parts = [_errors(trace, xs, ys, x, y)] if trace.error_y.array is not None else []
    if "lines" in mode:
        color, width = trace.line.color or c.sky, trace.line.width or 2
        parts += [_path(run, color, width, trace.line.dash) for run in _runs(xs, ys, x, y)]
    points = [
        (n, x.at(a), y.at(b)) for n, (a, b) in enumerate(zip(xs, ys, strict=True)) if not (_missing(a) or _missing(b))
    ]
    if "markers" in mode:
        parts += [_marker(trace.marker, n, px, py, c) for n, px, py in points]
    if "text" in mode:
        parts += [_text(trace, n, px, py, c) for n, px, py in points]
    drawn = join(parts)
    return svg.faded(drawn, trace.opacity) if trace.opacity is not None else drawn


def _runs(xs: Sequence[Any], ys: Sequence[Any], x: _Axis, y: _Axis) -> Iterator[list[tuple[float, float]]]:
    """Points without a gap between them: no line is drawn across what is missing."""
    run: list[tuple[float, float]] = []
    for a, b in zip(xs, ys, strict=True):
        if _missing(a) or _missing(b):
            if run:
                yield run
            run = []
        else:
            run.append((x.at(a), y.at(b)))
    if run:
        yield run


def _path(run: Sequence[tuple[float, float]], color: str, width: float, dash: str | None) -> Markup:
    line = svg.polyline(run, color=color, width=width)
    return svg.dashed(line, DASHES[dash]) if dash in DASHES else line


def _one(value: Any, n: int) -> Any:
    """Of a property that each point may have: this point's."""
    return value[n] if isinstance(value, tuple | list) or hasattr(value, "tolist") else value


def _marker(marker: Any, n: int, x: float, y: float, c: Tokens) -> Markup:
    radius, color = (_one(marker.size, n) or 6) / 2, _one(marker.color, n) or c.sky
    edge, width = _one(marker.line.color, n) or color, _one(marker.line.width, n) or 0
    if str(marker.symbol or "").endswith("-open"):
        fill, edge, width = "none", color, 2
    else:
        fill = color
    if str(marker.symbol or "").startswith("diamond"):
        path = f"M{x:.1f} {y - radius:.1f}L{x + radius:.1f} {y:.1f}L{x:.1f} {y + radius:.1f}L{x - radius:.1f} {y:.1f}Z"
        return svg.outlined(path, fill=fill, edge=edge, width=width)
    return svg.dot(x, y, radius, fill=fill, edge=edge, width=width)


def _text(trace: Any, n: int, x: float, y: float, c: Tokens) -> Markup:
    size = _one(trace.textfont.size, n) or TICK_TYPE
    where = str(_one(trace.textposition, n) or "middle center")
    radius = (_one(trace.marker.size, n) or 6) / 2
    drop = {"top": -radius - 5, "bottom": radius + size + 2}.get(where.split()[0], size * 0.36)
    text = "" if trace.text is None else str(_one(trace.text, n))
    return _words(x, y + drop, text, _one(trace.textfont.color, n) or c.ink, "middle", size)


def _errors(trace: Any, xs: Sequence[Any], ys: Sequence[Any], x: _Axis, y: _Axis) -> Markup:
    """What each point leaves open, as a line through it."""
    error = trace.error_y
    under = error.arrayminus if error.arrayminus is not None else error.array
    lines = []
    for a, b, more, less in zip(xs, ys, error.array, under, strict=True):
        if not any(_missing(value) for value in (a, b, more, less)):
            lines.append(
                svg.line(x.at(a), y.at(b + more), x.at(a), y.at(b - less), error.color, error.thickness or 1.2)
            )
    return join(lines)


def _shape(shape: Any, x: _Axis, y: _Axis) -> Markup:
    """A limit or the mark of a break."""
    if shape.type != "line":
        raise UnknownTraceError(f"no drawing for the shape {shape.type}")
    across = (_on(shape.x0, shape.xref, x), _on(shape.x1, shape.xref, x))
    down = (_on(shape.y0, shape.yref, y), _on(shape.y1, shape.yref, y))
    line = shape.line
    return svg.line(
        across[0], down[0], across[1], down[1], line.color, line.width or 1, DASHES.get(line.dash or "", "")
    )


def _on(value: Any, ref: str | None, axis: _Axis) -> float:
    """Where a value lies: on its axis, or as a share of the plane."""
    if ref == "paper":
        return axis.start + number(value) * (axis.end - axis.start)
    return axis.at(value)


def _annotation(one: Any, x: _Axis, y: _Axis, c: Tokens) -> Markup:
    size, lines = one.font.size or TICK_TYPE, _lines(one.text or "")
    anchor = {"left": "start", "right": "end"}.get(one.xanchor or "", "middle")
    at_x = _on(one.x, one.xref, x) + (one.xshift or 0)
    block = size * 1.3 * (len(lines) - 1)
    drop = {"bottom": -4 - block, "top": size + 2}.get(one.yanchor or "", size * 0.36 - block / 2)
    at_y = _on(one.y, one.yref, y) - (one.yshift or 0) + drop
    return _words(at_x, at_y, one.text or "", one.font.color or c.ink, anchor, size)


def _legend(figure: go.Figure, y: _Axis, c: Tokens) -> Markup:
    """Names of the lines in the lower right corner, where the chart has a key."""
    if not figure.layout.showlegend:
        return Markup()
    named = [trace for trace in figure.data if trace.name and trace.showlegend is not False]
    wide = max(_wide(trace.name) for trace in named) + 34
    left, parts = WIDE - RIGHT - wide, []
    for n, trace in enumerate(named):
        at = y.start - 14 - (len(named) - 1 - n) * 20
        if "lines" in (trace.mode or ""):
            parts.append(
                svg.line(left, at - 4, left + 24, at - 4, trace.line.color, 2.5, DASHES.get(trace.line.dash or "", ""))
            )
        else:
            parts.append(_marker(trace.marker, 0, left + 12, at - 4, c))
        parts.append(_words(left + 32, at, trace.name, c.ink, "start"))
    return join(parts)


def _lines(text: str) -> list[str]:
    return [TAG.sub("", line) for line in BREAK.split(text)]


def _wide(text: str) -> float:
    return max(labels.width_of(line) for line in _lines(text))


def _words(x: float, y: float, text: str, color: str, anchor: str, size: float = TICK_TYPE) -> Markup:
    """Words at a point, line under line."""
    return join(
        svg.words(x, y + n * size * 1.3, line, size=size, fill=color, anchor=anchor)
        for n, line in enumerate(_lines(text))
        if line
    )
