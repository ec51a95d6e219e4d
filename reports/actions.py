"""Who does what by when, what has been done, and what residents report."""

from datetime import date
from typing import Literal

from msgspec import Struct

from reports import conflicts, figures, provenance
from reports.cached import cached_report
from reports.conflicts import Conflict
from reports.figures import Measured, Point
from reports.found import NothingFoundError
from reports.provenance import Provenance
from store import facts, records, schema
from store.city import CITY, HERE

ZONE, INDUSTRY = HERE.work_zone, "industry"
OTHER = "other"  # reports of no kind of their own
DRAFT = "action_draft"  # the contradiction about the texts of the plan
DISTRICT = HERE.work_district
STATES = ("past", "ahead", "ongoing")
# Figures of the whole city and of parts of it; those of the province or the country are not its doing.
IN_THE_CITY = (CITY, ZONE, HERE.river.basin, DISTRICT[0])
NO_AMOUNT = ("none", "batch")
RATE = "%"  # rates stand on the pages of their themes; industry has none of its own
ENERGY = "energy_per_va_change_pct"
BATCHES = "complaints_batch_n"
GREEN_TITLES = ("green_parks_n", "green_factories_n", "green_factories_national_n", "green_products_n")
POLLUTION_HOTLINE = "12369"
HOTLINES = (POLLUTION_HOTLINE, "12345")  # the same all over the country

State = Literal["past", "ahead", "ongoing"]


class Status(Struct, frozen=True, weakref=True):
    """How a piece of work stood on a day, as reported (a row of ``task_status``)."""

    row: records.TaskStatus
    provenance: Provenance

    @property
    def word(self) -> str:
        """not_started, running, done or delayed."""
        return str(self.row.status)

    @property
    def as_of(self) -> date:
        """The day it was reported for."""
        return self.row.as_of


class Part(Struct, frozen=True, weakref=True):
    """A piece of work of the plan. ``result``: the last figure published of its indicator for the end of its term.

    ``status``: the last one reported, None where none was.
    """

    row: records.Task
    due: date | None
    state: State
    days_left: int | None
    responsible: tuple[records.Body, ...]  # 责任单位, in the plan's order
    support: tuple[records.Body, ...]
    result: Point | None
    status: Status | None
    provenance: Provenance

    @property
    def published(self) -> bool:
        """Whether anything was published of how it went."""
        return self.result is not None or self.status is not None

    @property
    def settled(self) -> bool:
        """Whether its result was published, or that it was done."""
        return self.result is not None or (self.status is not None and self.status.word == "done")

    @property
    def late(self) -> bool:
        """Whether it was reported as not done after its end date."""
        return bool(self.status and self.due and self.status.word != "done" and self.status.as_of > self.due)

    @property
    def number(self) -> str:
        """Its number in the plan: 7.2 is part (2) of task 7."""
        return str(self.row.task_id)

    @property
    def bodies(self) -> tuple[str, ...]:
        """Ids of all who carry it."""
        return tuple(body.body_id for body in (*self.responsible, *self.support))


class Load(Struct, frozen=True, weakref=True):
    """For how many pieces of work the plan names a body as responsible and as supporting."""

    body: records.Body
    responsible: int
    support: int


class Deadline(Struct, frozen=True, weakref=True):
    """The pieces of work that end on one day; without a day, those carried on."""

    due: date | None
    parts: tuple[Part, ...]


class Tasks(Struct, frozen=True, weakref=True):
    """The action plan on a day."""

    plan: records.Plan
    parts: tuple[Part, ...]
    deadlines: tuple[Deadline, ...]
    loads: tuple[Load, ...]
    provenance: Provenance

    @property
    def tasks_n(self) -> int:
        """Tasks by the plan's own numbering."""
        return len({part.row.no for part in self.parts})

    @property
    def dated(self) -> tuple[Part, ...]:
        """Pieces of work with an end date."""
        return tuple(part for part in self.parts if part.due)

    @property
    def past(self) -> tuple[Part, ...]:
        """Those whose end date is over."""
        return tuple(part for part in self.parts if part.state == "past")

    @property
    def past_unpublished(self) -> tuple[Part, ...]:
        """Those past their end date of which nothing was published."""
        return tuple(part for part in self.past if not part.published)

    @property
    def reported(self) -> tuple[Part, ...]:
        """Those of which a status was reported."""
        return tuple(part for part in self.parts if part.status)

    @property
    def following(self) -> Deadline | None:
        """The next date and the work that ends on it; None where no date lies ahead."""
        return next((one for one in self.deadlines if one.parts[0].state == "ahead"), None)

    @property
    def open_parts(self) -> tuple[Part, ...]:
        """What needs attention first: work past its end of which nothing was reported, then what ends next."""
        return self.past_unpublished + (self.following.parts if self.following else ())


def _plan() -> records.Plan:
    """The plan whose document sets the tasks."""
    documents = {row.document_id for row in facts.every(records.Task)}
    for plan in facts.every(records.Plan):
        if plan.document_id in documents:
            return plan
    raise NothingFoundError("tasks")


@cached_report("facts")
def tasks(today: date) -> Tasks:
    """All tasks of the plan in its own order, with those who carry them, as they stand on a day.

    Raises NothingFoundError where no plan with tasks was found.
    """
    plan = _plan()
    rows = sorted(facts.by_id(records.Task).values(), key=lambda row: (row.no, row.part or ""))
    parts = tuple(_part(row, today) for row in rows)
    period = f"{plan.start_year}/{plan.end_year}"
    return Tasks(
        plan,
        parts,
        _deadlines(parts),
        _loads(parts),
        provenance.merged((p.provenance for p in parts[:1]), "planned", period),
    )


def _part(row: records.Task, today: date) -> Part:
    due = row.due
    state: State = "ongoing" if due is None else "past" if due < today else "ahead"
    responsible, support = _bodies(row.task_id)
    period = str(due.year) if due else ""
    cited = provenance.of("planned", period, (row.document_id, row.place))
    left = (due - today).days if due else None
    result, status = _result(row, due, today), _status(row.task_id, today)
    return Part(row, due, state, left, responsible, support, result, status, cited)


def _bodies(task_id: str) -> tuple[tuple[records.Body, ...], ...]:
    """Responsible and supporting bodies of a task, each in the order in which the plan names them."""
    named, bodies = (
        sorted(facts.where(records.TaskBody, task_id=task_id), key=lambda one: one.order),
        facts.by_id(records.Body),
    )
    return tuple(tuple(bodies[one.body_id] for one in named if one.role == role) for role in ("responsible", "support"))


def draft() -> Conflict | None:
    """What is known of the city's and the district's texts of the plan, of which the one shown is a draft."""
    return conflicts.one(DRAFT)


@cached_report("facts")
def of_the_district(today: date) -> tuple[Point, ...]:
    """What was published of the district the plan is for, and of its river's mouth, up to a day; the latest first."""
    rows = [row for area in DISTRICT for row in facts.where(records.Figure, area_id=area) if row.kind != "planned"]
    series = dict.fromkeys((row.indicator_id, row.area_id) for row in rows)
    points = (point for one, area in series for point in figures.series(one, area) if point.end <= today)
    return tuple(sorted(points, key=lambda point: point.end, reverse=True))


def _status(task_id: str, today: date) -> Status | None:
    """The status reported for the last day up to today; of several documents the one named last."""
    known = [row for row in facts.where(records.TaskStatus, task_id=task_id) if row.as_of <= today]
    if not known:
        return None
    row = max(known, key=lambda one: (one.as_of, one.document_id))
    return Status(row, provenance.of("published", row.as_of.isoformat(), (row.document_id, row.place)))


def _result(row: records.Task, due: date | None, today: date) -> Point | None:
    """What was published for the area the plan names, in or after the year of the deadline; None where nothing was."""
    if due is None or row.indicator_id is None:
        return None
    targets = facts.where(records.Target, plan_id=_plan().plan_id, indicator_id=row.indicator_id)
    areas = dict.fromkeys(one.area_id for one in targets)
    found = [figures.latest(row.indicator_id, area, until=today) for area in areas]
    return next((point for point in found if point and point.end_year >= due.year), None)


def _deadlines(parts: tuple[Part, ...]) -> tuple[Deadline, ...]:
    dates = sorted({part.due for part in parts if part.due})
    return tuple(Deadline(due, tuple(p for p in parts if p.due == due)) for due in (*dates, None))


def _loads(parts: tuple[Part, ...]) -> tuple[Load, ...]:
    """The bodies the plan names, by how often as responsible, then by how often as supporting."""
    loads = [
        Load(body, sum(body in part.responsible for part in parts), sum(body in part.support for part in parts))
        for body in facts.by_id(records.Body).values()
    ]
    named = (load for load in loads if load.responsible or load.support)
    return tuple(sorted(named, key=lambda load: (-load.responsible, -load.support)))


class Done(Struct, frozen=True, weakref=True):
    """Published figures of one theme: each indicator with its figures in the order of time."""

    theme: str
    measured: tuple[Measured, ...]
    provenance: Provenance

    @property
    def latest_first(self) -> tuple[tuple[Measured, Point], ...]:
        """Every figure with its indicator, the latest first."""
        pairs = [(one, point) for one in self.measured for point in one.points]
        return tuple(sorted(pairs, key=lambda pair: pair[1].end, reverse=True))

    @property
    def end_year(self) -> int:
        """The year of its last figure."""
        return max(point.end_year for one in self.measured for point in one.points)


@cached_report("facts")
def measures() -> tuple[Done, ...]:
    """Amounts of work done in the city or a part of it, by theme; those of industry stand apart."""
    return tuple(one for one in _of_family("measure") if one.theme != INDUSTRY)


@cached_report("facts")
def network() -> tuple[Done, ...]:
    """What watches over air, water and risks, by theme."""
    return _of_family("network")


def _of_family(family: str) -> tuple[Done, ...]:
    known = (row for row in facts.every(records.Figure) if row.area_id in IN_THE_CITY and row.kind != "planned")
    series = dict.fromkeys((row.indicator_id, row.area_id) for row in known)
    found = [figures.measured(indicator_id, area_id) for indicator_id, area_id in series]
    shown = [one for one in found if one.indicator.family == family and _is_amount(one.indicator)]
    by_theme = {theme: tuple(one for one in shown if one.indicator.theme == theme) for theme in schema.THEMES}
    return tuple(_done(theme, mine) for theme, mine in by_theme.items() if mine)


def _is_amount(indicator: records.Indicator) -> bool:
    unit = indicator.unit_id
    return unit not in NO_AMOUNT and (unit != RATE or indicator.theme == INDUSTRY)


def _done(theme: str, found: tuple[Measured, ...]) -> Done:
    ends = [point.end_year for one in found for point in one.points]
    period = str(max(ends)) if min(ends) == max(ends) else f"{min(ends)}/{max(ends)}"
    return Done(theme, found, provenance.merged((one.provenance for one in found), "published", period))


class Industry(Struct, frozen=True, weakref=True):
    """The development zone: titles won, works done, what its factories can make, energy per unit of value added."""

    titles: Done
    works: Done
    capacity: Done
    energy: tuple[Point, ...]
    city_energy: Point | None
    provenance: Provenance

    @property
    def energy_fell(self) -> bool:
        """Whether the energy per unit of value added fell in every year published."""
        return all((point.value or 0) < 0 for point in self.energy)


@cached_report("facts")
def industry(today: date) -> Industry:
    """Green industry as published, most of it for the development zone. Raises NothingFoundError where too little was."""
    measured, capacity = (_of_industry(family) for family in ("measure", "capacity"))
    titles = tuple(found for one in GREEN_TITLES if (found := figures.measured(one, ZONE)).points)
    works = (
        tuple(one for one in measured.measured if one.indicator.indicator_id not in GREEN_TITLES) if measured else ()
    )
    energy = figures.series(ENERGY, ZONE)
    if not (titles and works and capacity and energy):
        raise NothingFoundError("industry")
    period = f"{energy[0].end_year}/{energy[-1].end_year}"
    return Industry(
        titles=_done(INDUSTRY, titles),
        works=_done(INDUSTRY, works),
        capacity=capacity,
        energy=energy,
        city_energy=figures.latest(ENERGY, CITY, today),
        provenance=provenance.merged((point.provenance for point in energy), "published", period),
    )


def _of_industry(family: str) -> Done | None:
    return next((one for one in _of_family(family) if one.theme == INDUSTRY), None)


class Count(Struct, frozen=True, weakref=True):
    """Reports in one district, of one kind or by one channel."""

    row: records.Complaint
    n: int


class Batch(Struct, frozen=True, weakref=True):
    """One day's batch of residents' reports handed over by an inspection."""

    number: str
    day: date
    total: int
    by_district: tuple[Count, ...]
    by_kind: tuple[Count, ...]
    by_channel: tuple[Count, ...]
    provenance: Provenance

    @property
    def leading_kinds(self) -> tuple[Count, ...]:
        """The two kinds named most often; what was put together as other is none."""
        return tuple(count for count in self.by_kind if count.row.item != OTHER)[:2]


@cached_report("facts")
def complaints() -> Batch:
    """The latest batch that was published in numbers; most first. Raises NothingFoundError where none was found."""
    latest = max(facts.every(records.Complaint), key=lambda row: row.handed_over, default=None)
    if latest is None:
        raise NothingFoundError("complaints")
    rows = facts.where(records.Complaint, batch=latest.batch)
    counts = {
        dimension: tuple(
            sorted((Count(row, int(row.n)) for row in rows if row.dimension == dimension), key=_most_first)
        )
        for dimension in ("district", "kind", "channel")
    }
    day = rows[0].handed_over
    cited = provenance.of("published", day.isoformat(), (rows[0].document_id, rows[0].place))
    total = sum(count.n for count in counts["district"])
    return Batch(rows[0].batch, day, total, counts["district"], counts["kind"], counts["channel"], cited)


def batches(today: date) -> Measured:
    """How many reports of Xining each batch held that was published in numbers, up to a day."""
    known = figures.measured(BATCHES, CITY)
    return Measured(known.indicator, tuple(point for point in known.points if point.end <= today))


def _most_first(count: Count) -> tuple[bool, int]:
    return count.row.item == OTHER, -count.n


def hotlines() -> tuple[tuple[str, Provenance], ...]:
    """The numbers to call, each with where the city names it."""
    return tuple((number, provenance.of("published", "", HERE.hotlines)) for number in HOTLINES)
