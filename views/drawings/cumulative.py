"""Days above AQI 100 added up over a year: this one, the last one, the years since 2019, what is allowed, where it may end.

Days without data are hatched and the line stops there. The band of past seasons has a broken edge: it is no observation.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

from markupsafe import Markup
from msgspec import Struct

from reports import cumulative
from reports.cumulative import Cumulative, Curve
from views.cached import cached_rendering
from views.drawings import labels, svg
from views.drawings.labels import Box
from views.text.markup import html, join
from views.text.words import Words
from views.ui import cumulative as texts

Point = tuple[float, float]
DAYS, TICKS = 365, (5, 10, 20, 50, 100)


class Layout(Struct, frozen=True, weakref=True):
    """Width and height of the drawing and of its letters, in its own units; every how many months one is named."""

    width: float
    height: float
    letters: float = 13
    months: int = 2


CARD = Layout(480, 420)
COLUMN = Layout(400, 385)
PHONE = Layout(358, 300)
LIGHT = Layout(358, 250)
WALL = Layout(1200, 470, 26.5, 1)
TALL = Layout(1016, 355, 30)  # a screen that stands upright


class _Plot(Struct, frozen=True, weakref=True):
    """Where days and counts lie: ``left`` to ``right``, ``top`` down to ``foot``; ``most`` days at the top."""

    layout: Layout
    left: float
    right: float
    top: float
    foot: float
    most: float

    def x(self, days: float) -> float:
        """After so many days of the year."""
        return round(self.left + (self.right - self.left) * days / DAYS, 1)

    def y(self, count: float) -> float:
        """At a count."""
        return round(self.foot - (self.foot - self.top) * count / self.most, 1)

    def steps(self, counts: Sequence[int], first: int = 0) -> list[Point]:
        """The corners of a line that keeps its height through each day and rises at the days that add to it."""
        points = [(self.x(first), self.y(counts[first - 1] if first else 0))]
        for place in range(first, len(counts)):
            height = self.y(counts[place])
            if height != points[-1][1]:
                points += [(self.x(place), points[-1][1]), (self.x(place), height)]
        return [*points, (self.x(len(counts)), points[-1][1])]


@cached_rendering
def drawing(report: Cumulative, w: Words, *, layout: Layout = CARD) -> Markup:
    """The drawing with its description; its message, basis and table are those of :mod:`views.ui.cumulative`."""
    ends = _ends(report, w)
    margin = max(labels.width_of(text) for _, text, _, _ in ends) * layout.letters / labels.TYPE
    most = max(report.high[-1], _limit(report) or 0, report.now.total, *(one.high for one in report.course))
    foot = layout.height - layout.letters * (3.3 if report.unknown else 1.7)
    plot = _Plot(
        layout, layout.letters * 1.9, layout.width - margin - 10, layout.letters * 0.8, foot, max(most, 1) * 1.06
    )
    body = _axes(plot, w) + _unknown(plot, report, w) + _past(plot, report) + _band(plot, report)
    body += _curve(plot, report.before, "var(--ink)", 1.5) + _allowed(plot, report)
    body += _curve(plot, report.now, "var(--sky)", 3) + _dot(plot, report)
    body += _end_labels(plot, ends) + svg.on_lines(_labels_inside(plot, report, w))
    return svg.frame(layout.width, layout.height, body, title=texts.description(report, w))


# ── what is drawn ────────────────────────────────────────────────────────────────────────────────────────────────────
def _axes(plot: _Plot, w: Words) -> Markup:
    step = next((one for one in TICKS if plot.most / one <= 6), TICKS[-1])
    size, lines, texts_ = plot.layout.letters, "", []
    for count in range(0, int(plot.most) + 1, step):
        lines += f"M{plot.left:g} {plot.y(count):g}H{plot.right:g}"
        texts_.append(svg.words(plot.left - 6, plot.y(count) + size * 0.35, str(count), size=size, anchor="end"))
    for month in range(1, 13, plot.layout.months):
        at = plot.x(date(2023, month, 1).timetuple().tm_yday - 1)
        texts_.append(svg.words(at, plot.foot + size * 1.35, w(f"site.month_short_{month}"), size=size))
    return html('<path d="{}" style="stroke:var(--line)"/>', lines) + join(texts_)


def _unknown(plot: _Plot, report: Cumulative, w: Words) -> Markup:
    """Days without data as thin upright lines over the whole height, with their number under the months."""
    if not report.unknown:
        return Markup()
    size, middle = plot.layout.letters, (plot.top + plot.foot) / 2
    path = "".join(f"M{plot.x(first):g} {middle:g}H{plot.x(last + 1):g}" for first, last in report.unknown)
    first, last = max(report.unknown, key=lambda run: run[1] - run[0])
    text = w("cumulative.label_unknown", n=report.unknown_days)
    half = labels.width_of(text) * size / labels.TYPE / 2
    at = min(max(plot.x((first + last + 1) / 2), half), plot.layout.width - half)
    return html(
        '<path d="{path}" style="stroke:var(--none)" stroke-opacity=".45" stroke-width="{tall:g}" '
        'stroke-dasharray="1 {apart:g}"/>',
        path=path,
        tall=plot.foot - plot.top,
        apart=size / 3,
    ) + svg.words(at, plot.foot + size * 2.8, text, size=size, anchor="middle")


def _past(plot: _Plot, report: Cumulative) -> Markup:
    around = [*plot.steps(report.high), *reversed(plot.steps(report.low))]
    return html('<path d="{}Z" style="fill:var(--none)" fill-opacity=".22"/>', _path(around))


def _band(plot: _Plot, report: Cumulative) -> Markup:
    if not report.course:
        return Markup()
    low, high = _band_edges(plot, report)
    return html(
        '<path d="{}Z" style="fill:var(--sky);stroke:var(--sky)" fill-opacity=".14" stroke-dasharray="5 4"/>',
        _path([*high, *reversed(low)]),
    )


def _band_edges(plot: _Plot, report: Cumulative) -> tuple[list[Point], list[Point]]:
    """The band's lower and upper edge, from the day before the first open one."""
    first = report.unknown[0][0] if report.unknown else len(report.now.lost)
    start = (plot.x(first), plot.y(report.now.lost[first - 1] if first else 0))
    at = [plot.x(cumulative.place_of(step.day) + 1) for step in report.course]
    low = [(x, plot.y(step.low)) for x, step in zip(at, report.course, strict=True)]
    high = [(x, plot.y(step.high)) for x, step in zip(at, report.course, strict=True)]
    return [start, *low], [start, *high]


def _curve(plot: _Plot, curve: Curve, color: str, width: float) -> Markup:
    """A year's line, broken where its days are not known."""
    path = "".join(_path(part) for part in _parts(plot, curve))
    return html(
        '<path d="{}" fill="none" style="stroke:{color}" stroke-width="{width:g}"/>', path, color=color, width=width
    )


def _parts(plot: _Plot, curve: Curve) -> list[list[Point]]:
    starts = [0, *(last + 1 for _, last in curve.unknown)]
    ends = [*(first for first, _ in curve.unknown), len(curve.lost)]
    return [plot.steps(curve.lost[:end], start) for start, end in zip(starts, ends, strict=True) if start < end]


def _limit(report: Cumulative) -> int | None:
    """The most days that keep the year no worse than the one before."""
    return report.budget.left.allowed_days if report.budget else None


def _allowed(plot: _Plot, report: Cumulative) -> Markup:
    limit = _limit(report)
    if limit is None:
        return Markup()
    return html(
        '<path d="M{:g} {:g}H{:g}" style="stroke:var(--earth)" stroke-width="1.5" stroke-dasharray="2 3"/>',
        plot.left,
        plot.y(limit),
        plot.right,
    )


def _dot(plot: _Plot, report: Cumulative) -> Markup:
    x, y = _end_of_now(plot, report)
    return html('<circle cx="{:g}" cy="{:g}" r="5" style="fill:var(--sky);stroke:var(--card)"/>', x, y)


def _end_of_now(plot: _Plot, report: Cumulative) -> Point:
    return plot.x(len(report.now.lost)), plot.y(report.now.total)


def _path(points: Iterable[Point]) -> str:
    """Points as SVG, level and upright strokes in their short form."""
    points = list(points)
    path = f"M{points[0][0]:g} {points[0][1]:g}"
    for (x, y), (u, v) in pairwise(points):
        path += f"H{u:g}" if v == y else f"V{v:g}" if u == x else f"L{u:g} {v:g}"
    return path


# ── its labels ───────────────────────────────────────────────────────────────────────────────────────────────────────
def _ends(report: Cumulative, w: Words) -> list[tuple[float, str, str, int]]:
    """What is written at the right end: at which count, the text, its colour and weight."""
    low, high = report.low[-1], report.high[-1]
    ends = [
        (report.before.total, w("cumulative.label_now", year=report.before.year, n=report.before.total), "ink", 600),
        ((low + high) / 2, w("cumulative.label_past", low=low, high=high), "muted", 400),
    ]
    if report.end:
        low, high = report.end.likely
        ends.append(((low + high) / 2, w("cumulative.label_band", low=low, high=high), "sky", 600))
    return ends


def _end_labels(plot: _Plot, ends: list[tuple[float, str, str, int]]) -> Markup:
    """The labels at the right, moved apart."""
    size = plot.layout.letters
    heights = labels.spread(
        [plot.y(count) for count, *_ in ends], size * 1.3, plot.top + size / 2, plot.foot - size / 2
    )
    return join(
        svg.words(plot.right + 8, y + size * 0.35, text, size=size, fill=f"var(--{color})", weight=weight)
        for y, (_, text, color, weight) in zip(heights, ends, strict=True)
    )


def _labels_inside(plot: _Plot, report: Cumulative, w: Words) -> Markup:
    """What is allowed at its line, and this year's count at its last day, each where it covers the least."""
    size, (x, y) = plot.layout.letters, _end_of_now(plot, report)
    lines = [point for one in (report.now, report.before) for part in _parts(plot, one) for point in _dense(part)]
    lines += [point for edge in _band_edges(plot, report) for point in _dense(edge)]
    drawn, taken, limit = Markup(), [], _limit(report)
    if limit is not None:
        at = plot.y(limit)
        sides = [(plot.left + 4, at + size * away, "start") for away in (-0.45, 1.2)]
        text = w("cumulative.label_allowed", before=report.before.year, n=limit)
        drawn, box = _placed(plot, text, sides, lines, (), "var(--earth)")
        taken.append(box)
        lines += _dense([(plot.left, at), (plot.right, at)])
    for first, last in report.unknown:
        hatched = range(round(plot.x(first)), round(plot.x(last + 1)), round(size / 2))
        lines += [point for at in hatched for point in _dense([(at, plot.top), (at, plot.foot)])]
    now = w("cumulative.label_now", year=report.now.year, n=report.now.total)
    around = [(x - 9, y - size * up, "end") for up in (0.8, 1.6)]
    around += [(x + 9, y + size * down, "start") for down in (1.4, 1.9)]
    around += [(x, y + size * down, side) for down in (1.5, 2, 2.6, 3.3) for side in ("end", "middle")]
    around += [(x - 9, y - size * up, "end") for up in (2.4, 3.2, 4)]
    around += [(x + 9, y - size * up, "start") for up in (0.5, 1.5, 3)]
    return drawn + _placed(plot, now, around, lines, taken, "var(--sky)")[0]


def _placed(
    plot: _Plot,
    text: str,
    places: Sequence[tuple[float, float, str]],
    lines: Sequence[Point],
    taken: Sequence[Box],
    color: str,
) -> tuple[Markup, Box]:
    """A text at the first of the places where it covers fewest points of lines, outside boxes taken, within the plot."""
    size = plot.layout.letters
    wide = labels.width_of(text) * size / labels.TYPE

    def box(place: tuple[float, float, str]) -> Box:
        left = place[0] - wide * {"start": 0, "middle": 0.5, "end": 1}[place[2]]
        return left, place[1] - size, left + wide, place[1] + size * 0.3

    def cost(place: tuple[float, float, str]) -> float:
        mine = west, north, east, south = box(place)
        out = west < plot.left or east > plot.right or north < plot.top or south > plot.foot
        over = out + sum(labels.touch(mine, other) for other in taken)
        return sum(west < x < east and north < y < south for x, y in lines) + 1000 * over

    x, y, anchor = best = min(places, key=cost)
    return svg.words(x, y, text, size=size, fill=color, anchor=anchor, weight=650), box(best)


def _dense(points: Sequence[Point]) -> list[Point]:
    """Points along a line, close enough that no text can lie on it between two of them."""
    found: list[Point] = []
    for (x, y), (u, v) in pairwise(points):
        parts = max(1, round(max(abs(u - x), abs(v - y)) / 3))
        found += [(x + (u - x) * n / parts, y + (v - y) * n / parts) for n in range(parts + 1)]
    return found
