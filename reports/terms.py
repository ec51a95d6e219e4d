"""What a published figure, a promise's start and its target are, in the terms of :mod:`assessment.comparison`."""

from assessment import comparison
from assessment.comparison import (
    Comparison,
    Differs,
    Dust,
    Measurer,
    Ozone,
    Result,
    Span,
    State,
    Statistic,
    Terms,
)
from store import facts, records, standards

__all__ = [
    "Comparison",
    "Differs",
    "Dust",
    "Measurer",
    "Ozone",
    "Span",
    "State",
    "Statistic",
    "Terms",
    "of_baseline",
    "of_figure",
    "of_outcome",
    "of_target",
]

BY_INDEX = ("share", "days")  # of air: counted from the days' AQI, thus by an edition and with or without ozone
STATES_OF_AIR = ("mean", "percentile", "share", "days", "index")
CUMULATIVE, REDUCTION = "cumulative", "reduce_by"


def of_figure(row: records.Figure) -> Terms:
    """The terms of a row of ``figures``."""
    return _terms(row.indicator_id, row.area_id, row.period, row.basis, _measurer(row))


def of_outcome(target: records.Target) -> Terms:
    """The terms of the result a plan's successor states in the row of a target (``outcome_…`` of ``targets``)."""
    assert target.outcome_period is not None  # the row has an outcome
    return _terms(target.indicator_id, target.area_id, target.outcome_period, "unstated", "official")


def of_target(target: records.Target, plan: records.Plan) -> Terms:
    """The terms of a row of ``targets``: sums and reductions over the plan's years, anything else at the due year's end."""
    whole_plan = target.kind in (CUMULATIVE, REDUCTION)
    due = target.due
    period = f"{plan.start_year}/{plan.end_year}" if whole_plan else str(due.year if due else plan.end_year)
    return _terms(target.indicator_id, target.area_id, period, "unstated", "official")


def of_baseline(target: records.Target) -> Result | None:
    """The start a plan names; None where it names none, or no year of it."""
    if target.baseline_value is None or target.baseline_year is None:
        return None
    year = str(target.baseline_year)
    terms = _terms(target.indicator_id, target.area_id, year, "unstated", "official")
    return Result(float(target.baseline_value), terms, target.baseline_op or "=")


def _terms(indicator_id: str, area_id: str, period: str, dust: str, measurer: Measurer) -> Terms:
    indicator = facts.by_id(records.Indicator)[indicator_id]
    statistic: Statistic = indicator.statistic
    in_air = indicator.theme == "air" and indicator.family == "outcome" and statistic in STATES_OF_AIR
    by_index = in_air and statistic in BY_INDEX
    return Terms(
        quantity=indicator_id,
        statistic=statistic,
        period=period,
        area=area_id,
        edition=_editions(period) if by_index else "",
        state=comparison.state_of(period) if in_air else "",
        dust=_dust(dust, in_air),
        ozone=_ozone(by_index),
        measurer=measurer,
    )


def _dust(dust: str, in_air: bool) -> Dust:
    """The dust basis as published; where air is concerned and the document does not state it it is unstated, elsewhere none."""
    if not in_air:
        return ""
    return dust if dust in ("raw", "dust_deducted", "restated") else "unstated"  # type: ignore[return-value]


def _ozone(by_index: bool) -> Ozone:
    """An official AQI counts ozone: the technical rules have it among their items."""
    return "counted" if by_index else ""


def _measurer(row: records.Figure) -> Measurer:
    """The measurer: a figure worked out from published ones is this site's, not the issuer's."""
    if row.kind == "derived":
        return "this_site"
    return "archive" if facts.by_id(records.Document)[row.document_id].kind == "archive" else "official"


def _editions(period: str) -> str:
    """The editions of the AQI in force over a period, in their order; official results follow the one of each day."""
    first, last = comparison.bounds(period)
    return " · ".join(dict.fromkeys((standards.edition_on(first).id, standards.edition_on(last).id)))
