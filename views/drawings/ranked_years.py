"""Years by their days above AQI 100, the fewest on the left: a dot a whole year, a ring the running one so far."""

from markupsafe import Markup
from msgspec import Struct

from reports.cumulative import Cumulative
from views.cached import cached_rendering
from views.drawings import labels, svg
from views.drawings.labels import Box
from views.text import format as fmt
from views.text.markup import html, join
from views.text.words import Words

AIR = 0.6  # letters between two names


class Layout(Struct, frozen=True, weakref=True):
    """Width of the drawing and size of its letters, in its own units."""

    width: float
    letters: float


WALL, TALL = Layout(1200, 24), Layout(1016, 30)


class _Dot(Struct, frozen=True, weakref=True):
    x: float
    text: str
    now: bool


@cached_rendering
def drawing(report: Cumulative, w: Words, *, layout: Layout = WALL) -> Markup:
    """SVG of the whole years whose days carry them, which all compare, and of the running one beside them."""
    size, radius = layout.letters, layout.letters * 0.42
    counts = {one.year: one.total for one in (*report.past, report.now)}
    low, high = min(counts.values()), max(counts.values())
    edge = labels.width_of("0000 · 000") * size / labels.TYPE / 2
    across = (layout.width - 2 * edge) / max(1, high - low)
    dots = [
        _Dot(edge + (n - low) * across, f"{year} · {n}", year == report.now.year)
        for year, n in sorted(counts.items(), key=lambda pair: pair[1])
    ]
    rows = _rows(dots, size)
    above = max((-row for row in rows), default=0) * size * 1.3
    line = above + radius + 2
    height = line + radius + 2 + max((row for row in rows), default=0) * size * 1.3 + 4
    base = html('<path d="M0 {line:g}H{:g}" style="stroke:var(--none)" stroke-width="2"/>', layout.width, line=line)
    body = join(_drawn(one, row, line, radius, size) for one, row in zip(dots, rows, strict=True))
    return svg.frame(layout.width, round(height, 1), base + body, title=described(report, w))


def described(report: Cumulative, w: Words) -> str:
    """Each year with its days, for a screen reader."""
    ranked = sorted(report.past, key=lambda one: one.total)
    years = w("wall.list_comma").join(w("cumulative.label_now", year=one.year, n=one.total) for one in ranked)
    until = fmt.day(report.until, w, year=False)
    return w("wall.budget.ranked_alt", years=years, year=report.now.year, until=until, n=report.now.total)


def _rows(dots: list[_Dot], size: float) -> list[int]:
    """For each name the nearest free row: -1 above the line, 1 below it, and further away."""
    taken: dict[int, list[Box]] = {}
    found = []
    for one in dots:
        half = labels.width_of(one.text) * size / labels.TYPE / 2 + AIR * size / 2
        box = (one.x - half, 0.0, one.x + half, 1.0)
        row = next(
            row for row in (-1, 1, -2, 2, -3, 3, -4, 4) if not any(labels.touch(box, b) for b in taken.get(row, []))
        )
        taken.setdefault(row, []).append(box)
        found.append(row)
    return found


def _drawn(one: _Dot, row: int, line: float, radius: float, size: float) -> Markup:
    fill, edge = ("var(--ground)", "var(--sky)") if one.now else ("var(--ink)", "var(--ink)")
    y = (
        line - radius - size * 0.3 + (row + 1) * size * 1.3
        if row < 0
        else line + radius + size * (0.9 + (row - 1) * 1.3)
    )
    circle = html(
        '<circle cx="{:.1f}" cy="{:.1f}" r="{:.1f}" style="fill:{fill};stroke:{edge}" stroke-width="3"/>',
        one.x,
        line,
        radius - 1.5,
        fill=fill,
        edge=edge,
    )
    ink = "var(--sky)" if one.now else "var(--ink)"
    return circle + svg.words(round(one.x, 1), round(y, 1), one.text, size=size, fill=ink, anchor="middle", weight=600)
