"""Targets of the plans beside the latest figure published since: what was promised, where it started, what is known."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from reports import basis, figures
from reports.basis import Basis
from reports.figures import Point
from reports.memo import memo
from store import facts

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Target:
    """One row of ``targets`` with its plan, indicator and area; ``latest`` is None where nothing came out since."""

    row: Row
    plan: Row
    indicator: Row
    area: Row
    due: date
    latest: Point | None
    basis: Basis


@memo
def of_theme(theme: str, plan_id: str, today: date) -> tuple[Target, ...]:
    """A plan's targets of one theme, in the plan's order, as known on a day."""
    indicators = facts.by_id("indicators")
    rows = [row for row in _rows() if row["plan_id"] == plan_id]
    return tuple(_target(row, today) for row in rows if indicators[row["indicator_id"]]["theme"] == theme)


def of_indicator(indicator_id: str, area_id: str, plan_id: str, today: date) -> Target | None:
    """A plan's target for one indicator in one area, None where it has none."""
    theme = facts.by_id("indicators")[indicator_id]["theme"]
    found = (t for t in of_theme(theme, plan_id, today) if t.row["indicator_id"] == indicator_id)
    return next((t for t in found if t.row["area_id"] == area_id), None)


def _rows() -> list[dict[Any, Any]]:
    table = facts.table("targets")
    order = table["tier"].ne("table"), table["no"].str.extract(r"(\d+)")[0].astype(int)
    table = table.assign(_tier=order[0], _no=order[1]).sort_values(["_tier", "_no"]).drop(columns=["_tier", "_no"])
    return table.astype(object).where(table.notna(), None).to_dict("records")


def _target(row: Row, today: date) -> Target:
    plan = facts.by_id("plans")[row["plan_id"]]
    start = row["baseline_year"] or plan["start_year"] - 1
    newest = figures.latest(row["indicator_id"], row["area_id"], until=today)
    return Target(
        row=row,
        plan=plan,
        indicator=facts.by_id("indicators")[row["indicator_id"]],
        area=facts.by_id("areas")[row["area_id"]],
        due=row["due"].date(),
        latest=newest if newest and newest.end > date(start, 12, 31) else None,
        basis=basis.of("planned", str(row["due"].year), (row["document_id"], row["place"]), **_notes(row)),
    )


def _notes(row: Row) -> dict[str, str]:
    return {"note_zh": row["note_zh"] or "", "note_en": row["note_en"] or ""}
