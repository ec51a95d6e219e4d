"""How much is known, year by year: a row a kind of number, a cell a year, the count in it, fuller where more is known."""

from collections.abc import Sequence

from markupsafe import Markup

from reports.method import KnownYears
from views.cached import cached_rendering
from views.drawings import svg
from views.text.markup import html, join
from views.text.words import Words

GAP, CELL, LABEL, ROW, FOOT = 2.0, 30.0, 24.0, 68.0, 24.0
LETTERS, SMALL = 13.5, 11.0
LEAST = 0.14  # the palest cell with something known


@cached_rendering
def drawing(rows: Sequence[KnownYears], w: Words, *, width: float) -> Markup:
    """The rows under each other as SVG, ``width`` units wide; years below, every other one where they would touch."""
    years = list(rows[0].by_year)
    each = (width + GAP) / len(years)
    body = [_row(one, n * ROW, each, w) for n, one in enumerate(rows)]
    step = 1 if each >= 36 else 2
    foot = len(rows) * ROW + 8
    body += [
        svg.words((years.index(year) + 0.5) * each - GAP / 2, foot, str(year), size=SMALL, anchor="middle")
        for year in years[::-step]
    ]
    return svg.frame(width, len(rows) * ROW + FOOT, join(body), title=described(rows, w))


def described(rows: Sequence[KnownYears], w: Words) -> str:
    """All counts as a sentence for a screen reader."""
    return w("method.known_alt", rows="; ".join(_sentence(one, w) for one in rows))


def _sentence(one: KnownYears, w: Words) -> str:
    counts = w("air.list_comma").join(f"{year} {n}" for year, n in one.by_year.items() if n)
    return f"{w(f'method.known_{one.name}')}: {counts}"


def _row(one: KnownYears, top: float, each: float, w: Words) -> Markup:
    label = svg.words(0, top + LABEL - 9, w(f"method.known_{one.name}"), size=LETTERS, fill="var(--ink)", weight=600)
    most = max(one.by_year.values())
    cells = [
        _cell(n * each, top + LABEL, each - GAP, count, count / ((one.possible or {}).get(year) or most or 1))
        for n, (year, count) in enumerate(one.by_year.items())
    ]
    numbers = [
        svg.alike_word(n * each + (each - GAP) / 2, top + LABEL + CELL / 2 + 4, str(count or "—"))
        for n, count in enumerate(one.by_year.values())
    ]
    return label + join(cells) + svg.alike(numbers, size=SMALL, fill="var(--ink)", anchor="middle")


def _cell(x: float, y: float, wide: float, count: int, share: float) -> Markup:
    """A year; one without anything known is an empty outline."""
    paint = "fill:none;stroke:var(--none);stroke-dasharray:3 2"
    if count:
        paint = f"fill:color-mix(in srgb, var(--accent) {round(100 * max(share, LEAST) * 0.55)}%, var(--card))"
    return html(
        '<rect x="{x:.1f}" y="{y:g}" width="{wide:.1f}" height="{tall:g}" rx="3" style="{paint}"/>',
        x=x,
        y=y,
        wide=wide,
        tall=CELL,
        paint=paint,
    )
