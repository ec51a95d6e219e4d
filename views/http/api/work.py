"""Who does what by when, what residents report, and where live numbers come from."""

from datetime import date

from msgspec import Struct
from msgspec.structs import asdict

from reports import actions, cases, method
from reports.actions import Batch, Count, Part
from reports.cases import Case
from reports.found import or_none
from store import clock, records
from store.records import DueBasis, Theme
from views.http.api import parameters
from views.http.api.health import SourceState, state_of
from views.http.api.parameters import Id, InPages, Nothing
from views.http.api.values import Basis, Figure, Paged, basis, figure, figure_or_none


# ── tasks ────────────────────────────────────────────────────────────────────────────────────────────────────────────
class TasksQuestion(InPages, frozen=True, kw_only=True):
    """By state (past, ahead, ongoing), by a body that carries them, or all."""

    state: actions.State | None = None
    body: Id | None = None


class Body(Struct, frozen=True, kw_only=True, weakref=True):
    """A body that carries a task."""

    body_id: str
    name_zh: str
    name_en: str


class ReportedStatus(Struct, frozen=True, kw_only=True, weakref=True):
    """How a task stood on a day, as reported."""

    status: str
    as_of: date
    basis: Basis


class TaskOfPlan(Struct, frozen=True, kw_only=True, weakref=True):
    """A piece of work of a plan. state: past its end, ahead of it, or without one; result: the last figure published of it."""

    plan_id: str
    number: str
    theme: Theme
    title_zh: str
    title_en: str
    action_zh: str
    action_en: str
    due: date | None
    due_basis: DueBasis
    state: actions.State
    days_left: int | None
    responsible: list[Body]
    support: list[Body]
    status: ReportedStatus | None
    result: Figure | None
    basis: Basis


class Tasks(Paged, frozen=True, kw_only=True):
    """The work of the plan in its own order."""

    tasks: list[TaskOfPlan]


def tasks(asked: TasksQuestion) -> Tasks:
    """Every piece of work, with those who carry it."""
    report = or_none(lambda: actions.tasks(clock.today()))
    if report is None:
        return Tasks(tasks=[], next=None)
    parameters.check("body", asked.body, {body for part in report.parts for body in part.bodies})
    chosen = [
        part
        for part in report.parts
        if asked.state in (None, part.state) and (asked.body is None or asked.body in part.bodies)
    ]
    shown, after = parameters.page(chosen, asked, lambda part: part.row.task_id)
    return Tasks(tasks=[_task(part, report.plan.plan_id) for part in shown], next=after)


def _task(part: Part, plan_id: str) -> TaskOfPlan:
    row = part.row
    return TaskOfPlan(
        plan_id=plan_id,
        number=part.number,
        theme=row.theme,
        title_zh=row.title.zh,
        title_en=row.title.en,
        action_zh=row.action.zh,
        action_en=row.action.en,
        due=part.due,
        due_basis=row.due_basis,
        state=part.state,
        days_left=part.days_left,
        responsible=[_body(body) for body in part.responsible],
        support=[_body(body) for body in part.support],
        status=_status(part.status) if part.status else None,
        result=figure_or_none(part.result),
        basis=basis(part.provenance),
    )


def _body(body: records.Body) -> Body:
    return Body(body_id=body.body_id, name_zh=body.name.zh, name_en=body.name.en)


def _status(status: actions.Status) -> ReportedStatus:
    return ReportedStatus(status=status.word, as_of=status.as_of, basis=basis(status.provenance))


# ── complaints ───────────────────────────────────────────────────────────────────────────────────────────────────────
class CountOfReports(Struct, frozen=True, kw_only=True, weakref=True):
    """Reports in one district, of one kind, or by one channel."""

    item: str
    name_zh: str
    name_en: str
    area_id: str | None
    reports_n: int


class BatchOfReports(Struct, frozen=True, kw_only=True, weakref=True):
    """A day's batch of residents' reports, handed over by an inspection and published in numbers."""

    batch: str
    handed_over: date
    reports_n: int
    by_district: list[CountOfReports]
    by_kind: list[CountOfReports]
    by_channel: list[CountOfReports]
    basis: Basis


class StepOfCase(Struct, frozen=True, kw_only=True, weakref=True):
    """A step; date is null where no document gives the day."""

    date: date | None
    what_zh: str
    what_en: str
    basis: Basis


class CaseKnown(Struct, frozen=True, kw_only=True, weakref=True):
    """A single case step by step. resolved: reported as put right; else its end was searched and not found."""

    case_id: str
    kind: str
    theme: Theme
    area_id: str
    title_zh: str
    title_en: str
    resolved: bool
    steps: list[StepOfCase]


class Complaints(Paged, frozen=True, kw_only=True):
    """The latest batch in numbers, the size of every batch published, and single cases (these in pages)."""

    latest_batch: BatchOfReports | None
    batches: list[Figure]
    cases: list[CaseKnown]


def complaints(asked: InPages) -> Complaints:
    """What residents report, and what came of it."""
    batch = or_none(actions.complaints)
    shown, after = parameters.page(cases.cases(), asked, lambda one: one.row.case_id)
    return Complaints(
        latest_batch=_batch(batch) if batch else None,
        batches=[figure(one) for one in actions.batches(clock.today()).points],
        cases=[_case(one) for one in shown],
        next=after,
    )


def _batch(batch: Batch) -> BatchOfReports:
    return BatchOfReports(
        batch=batch.number,
        handed_over=batch.day,
        reports_n=batch.total,
        by_district=[_count(one) for one in batch.by_district],
        by_kind=[_count(one) for one in batch.by_kind],
        by_channel=[_count(one) for one in batch.by_channel],
        basis=basis(batch.provenance),
    )


def _count(one: Count) -> CountOfReports:
    row = one.row
    return CountOfReports(item=row.item, name_zh=row.name.zh, name_en=row.name.en, area_id=row.area_id, reports_n=one.n)


def _case(one: Case) -> CaseKnown:
    row = one.row
    steps = [
        StepOfCase(date=step.day, what_zh=step.row.what.zh, what_en=step.row.what.en, basis=basis(step.provenance))
        for step in one.steps
    ]
    return CaseKnown(
        case_id=row.case_id,
        kind=row.kind,
        theme=row.theme,
        area_id=row.area_id,
        title_zh=row.title.zh,
        title_en=row.title.en,
        resolved=one.resolved,
        steps=steps,
    )


# ── sources ──────────────────────────────────────────────────────────────────────────────────────────────────────────
class SourceKnown(SourceState, frozen=True, kw_only=True):
    """A live source: its document, licence, how often it is asked, and the age up to which its newest value is current."""

    collected: bool
    document_id: str
    title_zh: str
    title_en: str
    licence_zh: str
    licence_en: str
    every_minutes: int
    expected_age_minutes: int


class Sources(Struct, frozen=True, kw_only=True, weakref=True):
    """Every live source."""

    sources: list[SourceKnown]


def sources(_asked: Nothing) -> Sources:
    """Where live numbers come from, and how each source stands."""
    return Sources(sources=[_source(one) for one in method.source_statuses(clock.now())])


def _source(one: method.SourceStatus) -> SourceKnown:
    state, document = state_of(one.fresh), one.source.document
    return SourceKnown(
        **asdict(state),
        collected=one.health.on,
        document_id=document.document_id,
        title_zh=document.title.zh,
        title_en=document.title.en,
        licence_zh=one.licence.zh,
        licence_en=one.licence.en,
        every_minutes=one.every_minutes,
        expected_age_minutes=int(one.fresh.expected_age.total_seconds() // 60),
    )
