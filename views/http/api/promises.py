"""Every promise of every plan: where it started, its target, its results and whether they may be compared."""

from datetime import date
from typing import Any

from msgspec import Struct

from reports import goals, indicator, lookup
from reports.figures import Point
from reports.goals import Evidence, Promise, Status
from reports.terms import Comparison
from store import clock
from store.records import DueBasis, PeriodBasis, Statistic, TargetKind, Theme
from views.http.api import parameters
from views.http.api.parameters import Id, InPages, NotThereError
from views.http.api.values import Basis, Figure, Paged, TermsOf, basis, en, figure, terms_by_name, zh

Comparable = bool | list[str]  # true, or the names of what differs


class Baseline(Struct, frozen=True, kw_only=True, weakref=True):
    """Where a promise starts. year_basis: whether a document writes the year or it was inferred."""

    value: float | None
    year: int | None
    year_basis: PeriodBasis | None


class Target(Struct, frozen=True, kw_only=True, weakref=True):
    """What is promised. due_basis: the document writes the date, its plan's end is taken, or there is none."""

    op: str | None
    value: float | None
    due: date | None
    due_basis: DueBasis
    due_text_zh: str | None
    due_text_en: str | None
    set_by: str | None


class Latest(Struct, frozen=True, kw_only=True, weakref=True):
    """What is known best: the official result, else what was measured or derived here."""

    op: str
    value: float | None
    period: str
    basis: Basis


class Result(TermsOf, frozen=True, kw_only=True):
    """A result with what it is. comparable_with_target: true, or the list of what differs (target: it has no number)."""

    value: float | None
    op: str
    unit: str
    period: str
    area_id: str
    comparable_with_target: Comparable
    basis: Basis


class MeasuredResult(Result, frozen=True, kw_only=True):
    """What this site measures or derives, with how, and from which figures."""

    how: str
    parents: list[str]


class PromiseOfPlan(Struct, frozen=True, kw_only=True, weakref=True):
    """A promise: start, target, official result, what is measured here, whether those two may be compared, and its status.

    comparable: true, or the list of what differs; where a side has no number, only the side that lacks it.
    """

    number: str
    plan_id: str
    indicator_id: str
    name_zh: str
    name_en: str
    theme: Theme
    unit: str
    area_id: str
    kind: TargetKind
    nature: str
    baseline: Baseline
    target: Target
    official: Result | None
    measured: MeasuredResult | None
    evidence: Evidence
    comparable: Comparable
    latest: Latest | None
    status: Status
    basis: Basis


class Promises(Paged, frozen=True, kw_only=True):
    """Promises in the plans' own order."""

    indicators: list[PromiseOfPlan]


class PromisesQuestion(InPages, frozen=True, kw_only=True):
    """Of one plan, of one theme, or all."""

    plan: Id | None = None
    theme: Id | None = None


class IndicatorQuestion(Struct, frozen=True, kw_only=True, weakref=True):
    """One indicator by its id."""

    indicator_id: Id


class SeriesOfArea(Struct, frozen=True, kw_only=True, weakref=True):
    """The figures published of an indicator in one area, the oldest first."""

    area_id: str
    name_zh: str
    name_en: str
    figures: list[Figure]


class IndicatorKnown(Struct, frozen=True, kw_only=True, weakref=True):
    """An indicator: what it is, every figure published of it by area, and every promise made in it."""

    indicator_id: str
    name_zh: str
    name_en: str
    meaning_zh: str | None
    meaning_en: str | None
    theme: Theme
    family: str
    unit: str
    unit_zh: str | None
    unit_en: str | None
    statistic: Statistic
    better: str
    series: list[SeriesOfArea]
    promises: list[PromiseOfPlan]


def answer(asked: PromisesQuestion) -> Promises:
    """The promises with their status; ``plan`` and ``theme`` choose."""
    plan, theme = asked.plan, asked.theme
    parameters.check("plan", plan, lookup.plans().keys())
    parameters.check("theme", theme, {row.theme for row in lookup.indicators().values()})
    board = goals.scoreboard(clock.today())
    chosen = [one for one in board if plan in (None, one.plan.plan_id) and theme in (None, one.indicator.theme)]
    shown, after = parameters.page(chosen, asked, lambda one: one.number)
    return Promises(indicators=[promise(one) for one in shown], next=after)


def one_indicator(asked: IndicatorQuestion) -> IndicatorKnown:
    """Everything known of an indicator."""
    if asked.indicator_id not in lookup.indicators():
        raise NotThereError("not_there", value=asked.indicator_id[: parameters.QUOTED])
    known = indicator.of(asked.indicator_id, clock.today())
    row = known.row
    return IndicatorKnown(
        indicator_id=row.indicator_id,
        name_zh=row.name.zh,
        name_en=row.name.en,
        meaning_zh=zh(row.meaning),
        meaning_en=en(row.meaning),
        theme=row.theme,
        family=row.family,
        unit=row.unit_id,
        unit_zh=zh(known.unit.symbol),
        unit_en=en(known.unit.symbol),
        statistic=row.statistic,
        better=row.better,
        series=[_series(one) for one in known.series],
        promises=[promise(one) for one in known.promises],
    )


def _series(one: indicator.Series) -> SeriesOfArea:
    name = one.area.name
    figures = [figure(point) for point in one.points]
    return SeriesOfArea(area_id=one.area.area_id, name_zh=name.zh, name_en=name.en, figures=figures)


def promise(one: Promise) -> PromiseOfPlan:
    """A promise as every endpoint gives it."""
    return PromiseOfPlan(
        number=one.number,
        plan_id=one.plan.plan_id,
        indicator_id=one.indicator.indicator_id,
        name_zh=one.indicator.name.zh,
        name_en=one.indicator.name.en,
        theme=one.indicator.theme,
        unit=one.indicator.unit_id,
        area_id=one.target.area_id,
        kind=one.target.kind,
        nature=one.target.nature,
        baseline=_baseline(one),
        target=_target(one),
        official=_official(one),
        measured=_measured(one),
        evidence=one.evidence,
        comparable=_comparable(one),
        latest=_latest(one.latest) if one.latest else None,
        status=one.judgement.status,
        basis=basis(one.provenance),
    )


def _baseline(one: Promise) -> Baseline:
    target = one.target
    return Baseline(value=target.baseline_value, year=target.baseline_year, year_basis=target.baseline_basis)


def _target(one: Promise) -> Target:
    target = one.target
    return Target(
        op=target.target_op,
        value=target.target_value,
        due=target.due,
        due_basis=target.due_basis,
        due_text_zh=zh(target.due_text),
        due_text_en=en(target.due_text),
        set_by=target.delegated_by,
    )


def _latest(latest: Point) -> Latest:
    return Latest(op=latest.op, value=latest.value, period=latest.period, basis=basis(latest.provenance))


def _result(one: Promise, point: Point | None) -> dict[str, Any] | None:
    """The fields of :class:`Result`; None where there is none, or it is not said what it is."""
    if point is None or point.provenance.terms is None:
        return None
    terms = point.provenance.terms
    return terms_by_name(terms) | {
        "value": point.value,
        "op": point.op,
        "unit": point.row.unit_id,
        "period": point.period,
        "area_id": terms.area,
        "comparable_with_target": _differs(one.against_target(point))
        or ["target" if one.target.target_value is None else "value"],
        "basis": basis(point.provenance),
    }


def _official(one: Promise) -> Result | None:
    fields = _result(one, one.official)
    return Result(**fields) if fields else None


def _measured(one: Promise) -> MeasuredResult | None:
    """What this site measures or derives, with how, and from which figures."""
    fields = _result(one, one.measured.point) if one.measured else None
    if fields is None or one.measured is None:
        return None
    formula = one.measured.values.get("formula")
    return MeasuredResult(**fields, how=one.measured.how, parents=formula.parents.split() if formula else [])


def _comparable(one: Promise) -> Comparable:
    """Whether the official and the measured result may be set against each other: true, or the names of what differs.

    Where a side has no number there is no pair: the list then names the side that lacks it, and nothing else.
    """
    sides = {"official": one.official, "measured": one.measured.point if one.measured else None}
    lacking = [name for name, point in sides.items() if point is None or point.result is None]
    return _differs(one.measured_against_official) or lacking


def _differs(comparison: Comparison | None) -> Comparable | None:
    """True, or the names of the terms that differ; None where nothing was compared."""
    return None if comparison is None else comparison.comparable or list(comparison.dimensions)
