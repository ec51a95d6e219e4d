"""Published figures as a table: what, how much, of when, by whom."""

from collections.abc import Iterable

from markupsafe import Markup

from reports import lookup
from reports.figures import Point
from views.text import format as fmt
from views.text.words import Words
from views.ui import cards, figure_cards


def table(points: Iterable[Point], w: Words, *, home: str) -> Markup:
    """A row a figure; where it is of another area than ``home``, the area is named."""
    header = [w(f"goals.col_{name}") for name in ("indicator", "value", "period", "source")]
    return cards.table(header, (_row(point, w, home) for point in points))


def _row(point: Point, w: Words, home: str) -> list[cards.Cell]:
    indicator = lookup.indicators()[point.row.indicator_id]
    name = w.of(indicator.short)  # the whole name may say "annual" where the figure is of some months
    if point.row.area_id != home:
        name = w("goals.part_of", name=name, area=w.of(lookup.areas()[point.row.area_id].name))
    return [
        cards.cell(name),
        cards.cell(figure_cards.value(point, w)),
        cards.cell(fmt.period(point.period, w)),
        cards.source_note(point.provenance, w),
    ]
