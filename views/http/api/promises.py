"""Every promise of every plan: where it started, its target, its results and whether they may be compared."""

from collections.abc import Mapping

from reports import goals, lookup
from reports.figures import Point
from reports.goals import Promise
from reports.terms import Comparison
from store import clock
from views.http.api import parameters as read
from views.http.api.values import Json, basis, of_terms


def answer(parameters: Mapping[str, str]) -> Json:
    """The promises with their status; ``plan`` and ``theme`` choose."""
    plan, theme = parameters.get("plan"), parameters.get("theme")
    read.check("plan", plan, lookup.plans())
    read.check("theme", theme, {row.theme for row in lookup.indicators().values()})
    board = goals.scoreboard(clock.today())
    chosen = [one for one in board if plan in (None, one.plan.plan_id) and theme in (None, one.indicator.theme)]
    return {"indicators": [_promise(one) for one in chosen]}


def _promise(one: Promise) -> Json:
    return {
        "number": one.number,
        "plan_id": one.plan.plan_id,
        "indicator_id": one.indicator.indicator_id,
        "name_zh": one.indicator.name.zh,
        "name_en": one.indicator.name.en,
        "theme": one.indicator.theme,
        "unit": one.indicator.unit_id,
        "area_id": one.target.area_id,
        "kind": one.target.kind,
        "nature": one.target.nature,
        "baseline": _baseline(one),
        "target": _target(one),
        "official": _result(one, one.official),
        "measured": _measured(one),
        "evidence": one.evidence,
        "comparable": _comparable(one),
        "latest": _latest(one),
        "status": one.judgement.status,
        "basis": basis(one.provenance),
    }


def _baseline(one: Promise) -> Json:
    target = one.target
    return {"value": target.baseline_value, "year": target.baseline_year, "year_basis": target.baseline_basis}


def _target(one: Promise) -> Json:
    target = one.target
    return {
        "op": target.target_op,
        "value": target.target_value,
        "due": target.due and target.due.isoformat(),
        "due_basis": target.due_basis,
        "due_text_zh": target.due_text.zh if target.due_text else None,
        "due_text_en": target.due_text.en if target.due_text else None,
        "set_by": target.delegated_by,
    }


def _latest(one: Promise) -> Json | None:
    latest = one.latest
    return (
        None
        if latest is None
        else {
            "op": latest.op,
            "value": latest.value,
            "period": latest.period,
            "basis": basis(latest.provenance),
        }
    )


def _result(one: Promise, point: Point | None) -> Json | None:
    """A result with what it is: its terms, and whether it may be set against the target's number."""
    if point is None or point.provenance.terms is None:
        return None
    terms = point.provenance.terms
    figure = {"value": point.value, "op": point.op, "unit": point.row.unit_id, "period": point.period}
    against = _differs(one.against_target(point)) or ["target" if one.target.target_value is None else "value"]
    return (
        figure
        | {"area_id": terms.area}
        | of_terms(terms)
        | {"comparable_with_target": against, "basis": basis(point.provenance)}
    )


def _measured(one: Promise) -> Json | None:
    """What this site measures or derives, with how, and from which figures."""
    result = _result(one, one.measured.point) if one.measured else None
    if result is None or one.measured is None:
        return None
    formula = one.measured.values.get("formula")
    return result | {"how": one.measured.how, "parents": formula.parents.split() if formula else []}


def _comparable(one: Promise) -> bool | list[str]:
    """Whether the official and the measured result may be set against each other: true, or the names of what differs.

    Where a side has no number there is no pair: the list then names the side that lacks it, and nothing else.
    """
    sides = {"official": one.official, "measured": one.measured.point if one.measured else None}
    lacking = [name for name, point in sides.items() if point is None or point.result is None]
    return _differs(one.measured_against_official) or lacking


def _differs(comparison: Comparison | None) -> bool | list[str] | None:
    """True, or the names of the terms that differ; None where nothing was compared."""
    return None if comparison is None else comparison.comparable or list(comparison.dimensions)
