"""The province behind the city: its published figures and what it set itself."""

from collections.abc import Mapping
from typing import Any

from reports import figures, province
from reports.figures import Point
from store import facts
from views import cards, page
from views import format as fmt
from views.page import Visit
from views.words import Words


def published(v: Visit) -> None:
    """The province's figures of a year, with those of its boundary sections and lakes."""
    w = v.w
    page.section(w("goals.province_title"), w("goals.province_sub"))
    header = [w(f"goals.col_{name}") for name in ("indicator", "value", "period", "source")]
    page.show(cards.table(header, (_row(point, w) for point in province.published())))


def _row(point: Point, w: Words) -> list[str]:
    indicator, _ = figures.indicator(point.row["indicator_id"])
    name = w.of(indicator, "name")
    if point.row["area_id"] != province.AREA:
        name = w("goals.province_part", name=name, area=w.of(facts.by_id("areas")[point.row["area_id"]], "name"))
    return [
        cards.cell(name),
        cards.cell(_value(point, w)),
        cards.cell(fmt.period(point.period, w)),
        cards.origin(point.basis, w),
    ]


def _value(point: Point, w: Words) -> str:
    if point.value is None:
        return w.of(point.row, "text")
    _, unit = figures.indicator(point.row["indicator_id"])
    if unit["unit_id"] == "class":
        return fmt.water_class(point.value, w, point.op)
    return f"{fmt.OPS[point.op]}{fmt.plain(point.value)}{fmt.unit(unit, w)}"


def priorities(v: Visit) -> None:
    """What the province set itself for a year, folded."""
    w, known = v.w, province.priorities()
    lines = [_line(row, w) for row in known.rows]
    title = w("goals.priorities", year=known.year, n=len(lines))
    body = cards.line(w("goals.priorities_sub"), "muted") + cards.notes(lines) + cards.origin(known.basis, w)
    page.show(cards.folded(title, body))


def _line(row: Mapping[str, Any], w: Words) -> str:
    said = w("goals.priority", no=row["no"], title=w.of(row, "title"), action=w.of(row, "action"))
    note = w.of(row, "note")
    return f"{said} {note}" if note else said
