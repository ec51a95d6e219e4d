"""Every promise, one by one: what was promised, where it started, its state, whether it is met."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from assessment import progress
from assessment.comparison import Comparison, Result, compare, differing
from assessment.editions import STATE_CHANGED
from assessment.progress import Evidence as Evidence
from assessment.progress import Judgement
from assessment.progress import Status as Status
from reports import conflicts, duties, figures, measured, plans, provenance, searches, terms
from reports.cached import cached_report
from reports.conflicts import Conflict
from reports.duties import Duty
from reports.figures import Point
from reports.measured import Measured, Relative
from reports.provenance import Provenance
from reports.searches import Search
from store import facts, records
from store.city import CITY, HERE
from store.records import Both, Confidence

# The eight promises of the overview, in the order of the story: sky, water, green, waste.
HEADLINE = (
    "good_day_share_pct",
    "pm25_annual_ugm3",
    "national_sections_good_pct",
    f"{HERE.river.outflow}_class",
    "forest_cover_pct",
    "wetland_protection_pct",
    "isw_utilisation_pct",
    "reclaimed_water_pct",
)
# Numbers that rest on particle readings: from September 2018 on these are lower by the rule alone.
READ_LOWER_SINCE_2018 = ("good_day_share_pct", "pm25_annual_ugm3", "pm25_cut_pct", "pm10_cut_pct")
Role = Literal["main", "before", "other"]
STATUSES = (
    "met",
    "kept",
    "on_the_way",
    "behind",
    "not_met",
    "documents_disagree",
    "due_not_found",
    "not_computable",
    "not_found",
)
SETTLED = ("met", "kept", "not_met")
REACHED = ("met", "kept")
UNKNOWN = ("documents_disagree", "due_not_found", "not_computable", "not_found")  # their state is not known
NOT_ALIKE = ("part_of_sum", "other_kind")  # reasons by which result and target do not belong on one scale


class Promise(Struct, frozen=True, weakref=True):
    """A target with everything known about it.

    ``official``: the plan's own outcome, else of the figures published after the start and until the due day the last that
    is the same kind of number as the target, else the last. ``others``: values of other documents or places of the same
    period; ``newer``: a later figure of a part of the time. ``measured``: what this site measures or derives, beside it.
    ``published``: every official figure of the promise's time, the oldest first. ``searched``: where a result was looked for;
    ``owed``: what its plan announces will be reported and was not found; ``relatives``: figures that come near it.
    """

    plan: records.Plan
    target: records.Target
    indicator: records.Indicator
    unit: records.Unit
    area: records.Area
    official: Point | None
    others: tuple[Point, ...]
    newer: Point | None
    published: tuple[Point, ...]
    measured: Measured | None
    judgement: Judgement
    evidence: Evidence
    provenance: Provenance
    contradictions: tuple[Conflict, ...]
    searched: tuple[Search, ...]
    owed: tuple[Duty, ...]
    relatives: tuple[Relative, ...]

    @property
    def on_one_scale(self) -> bool:
        """Whether its result and its target are one kind of number: a year's part is none of a sum."""
        return self.judgement.reason not in NOT_ALIKE

    @property
    def settled(self) -> bool:
        """Whether its result is known and nothing about it need be searched any more."""
        return self.judgement.status in SETTLED

    @property
    def latest(self) -> Point | None:
        """What is known best: the official result, else what was measured or derived here."""
        return self.official or (self.measured.point if self.measured else None)

    def against_target(self, point: Point) -> Comparison | None:
        """A result, official or measured, against the target's number; None where either has no number."""
        value = self.target.target_value
        if value is None or point.result is None:
            return None
        return compare(point.result, Result(float(value), terms.of_target(self.target, self.plan)))

    @property
    def measured_against_official(self) -> Comparison | None:
        """What was measured against the official result; None where one of them is not known."""
        if self.measured is None or self.official is None:
            return None
        first, second = self.official.result, self.measured.point.result
        return None if first is None or second is None else compare(first, second)

    @property
    def baseline_period(self) -> str:
        """The year of the start, marked where the plan writes none and it was inferred; empty where it has no year."""
        if self.target.baseline_year is None:
            return ""
        year = str(self.target.baseline_year)
        return provenance.inferred(year) if self.target.baseline_basis == "inferred" else year

    @property
    def since_start(self) -> tuple[Comparison, Point] | None:
        """The start against the last published figure that may be compared with it; None where there is none."""
        start = terms.of_baseline(self.target)
        if start is None:
            return None
        pairs = ((compare(start, one.result), one) for one in reversed(self.published) if one.result)
        return next((pair for pair in pairs if pair[0].comparable), None)

    @property
    def crosses_the_change_of_state(self) -> bool:
        """Whether the measuring state of particles changed between start and result."""
        start, end = self.target.baseline_year, self.official.end_year if self.official else None
        if start is None or end is None or self.indicator.indicator_id not in READ_LOWER_SINCE_2018:
            return False
        return start < STATE_CHANGED.year < end

    @property
    def disputed(self) -> bool:
        """Whether documents give different numbers although a status could be given."""
        return self.evidence == "documents_disagree" and self.judgement.status != "documents_disagree"

    @property
    def of_its_table(self) -> Provenance:
        """The table of the plan it is a row of; the document alone where it stands in the text."""
        table = self.target.place.split()[0] if self.target.tier == "table" else ""
        return replace(self.provenance, sources=tuple(replace(one, place=table) for one in self.provenance.sources))

    @property
    def number(self) -> str:
        """Plan and row, e.g. xn14-7."""
        return f"{self.plan.plan_id}-{self.target.no}"


@cached_report("facts", "air_hours", "air_days", "ndvi")
def scoreboard(today: date) -> tuple[Promise, ...]:
    """All targets of all plans, in the plans' own order, judged on a day."""
    return tuple(sorted((_promise(row, today) for row in facts.every(records.Target)), key=_order))


def _order(promise: Promise) -> tuple[int, str, bool, int]:
    no = promise.target.no
    return promise.plan.start_year, promise.plan.plan_id, promise.target.tier != "table", int(no.lstrip("T"))


def _promise(target: records.Target, today: date) -> Promise:
    indicator = facts.by_id(records.Indicator)[target.indicator_id]
    plan = facts.by_id(records.Plan)[target.plan_id]
    published = _published(target, plan, today)
    official = _official(published, target, plan)
    others = _others(official, target)
    newer = published[-1] if published and official and published[-1].end > official.end else None
    words = target.outcome_text or (official.row.text if official else None) or Both("", "")
    beside = measured.of(target.indicator_id, target.area_id, _start_year(target, plan), _until(target, today))
    found = _contradictions(target, plan)
    contested = any(one.row.kind == "verdict" for one in found)
    disagree = contested or any(not _agree(official, one) for one in others)
    return Promise(
        plan,
        target,
        indicator,
        facts.by_id(records.Unit)[indicator.unit_id],
        facts.by_id(records.Area)[target.area_id],
        official,
        others,
        newer,
        published,
        beside,
        _judge(target, plan, indicator, official, others, words, contested, today),
        progress.evidence(
            published=official is not None or bool(words.zh),
            disagree=disagree,
            derived=beside is not None and beside.how == "derived",
            measured=beside is not None,
            left_out=target.kind == "delegated",
        ),
        _provenance(target, plan),
        found,
        searches.of_target(target),
        duties.owed(plan.plan_id),
        measured.relatives(target.indicator_id, target.area_id),
    )


def _start_year(target: records.Target, plan: records.Plan) -> int:
    """The year the promise starts from: the plan's base year, else the year before the plan."""
    return int(target.baseline_year or plan.start_year - 1)


def _until(target: records.Target, today: date) -> date:
    return min(today, target.due or today)


def _provenance(target: records.Target, plan: records.Plan) -> Provenance:
    """The row of the plan; its period is the due year, the plan's years where no day is written."""
    return provenance.of(
        "planned",
        str(target.due.year) if target.due else f"{plan.start_year}/{plan.end_year}",
        (target.document_id, target.place),
        **provenance.noted(target.note),
    )


def _outcome(target: records.Target) -> Point | None:
    """The result stated for the target itself, in the table of the plan's successor or by a report; a number or words."""
    if target.outcome_value is None and target.outcome_text is None:
        return None
    period, document, place = target.outcome_period, target.outcome_document_id, target.outcome_place
    assert period is not None  # an outcome names where and when
    assert document is not None
    assert place is not None
    outcome_terms = terms.of_outcome(target)
    surely: Confidence = "primary" if document == target.document_id else "secondary"
    stated = provenance.of(
        "published",
        period,
        (document, place),
        confidence=surely,
        dust=outcome_terms.dust or "none",
        terms=outcome_terms,
    )
    op = target.outcome_op or "="
    row = records.Figure(
        indicator_id=target.indicator_id,
        area_id=target.area_id,
        period=period,
        period_basis="written",
        document_id=document,
        place=place,
        basis=stated.dust,
        op=op,
        value=target.outcome_value,
        text=target.outcome_text,
        unit_id=facts.by_id(records.Indicator)[target.indicator_id].unit_id,
        kind="stated",
        confidence=surely,
        note=target.note,
    )
    return Point(period, figures.period_end(period), target.outcome_value, op, surely, stated, row)


def _published(target: records.Target, plan: records.Plan, today: date) -> tuple[Point, ...]:
    """The official figures about this promise: after its start and not after its due day, derived ones apart."""
    if outcome := _outcome(target):
        return (outcome,)
    known_before, until = date(_start_year(target, plan), 12, 31), _until(target, today)
    return tuple(
        one
        for one in figures.series(target.indicator_id, target.area_id)
        if one.value is not None and one.row.kind == "stated" and known_before < one.end <= until
    )


def _official(published: tuple[Point, ...], target: records.Target, plan: records.Plan) -> Point | None:
    """Of all figures the last that is the same kind of number as the target: a year before a quarter; else the last."""
    wanted = terms.of_target(target, plan)
    alike = [
        one
        for one in published
        if one.provenance.terms and all(map(progress.stated_of_neither, differing(one.provenance.terms, wanted)))
    ]
    known = alike or list(published)
    return known[-1] if known else None


def _others(official: Point | None, target: records.Target) -> tuple[Point, ...]:
    """Figures of the same period in other documents, or in other places of the same one."""
    if official is None:
        return ()
    mine = official.provenance.sources[0]
    return tuple(
        one
        for one in figures.series(target.indicator_id, target.area_id)
        if one.period == official.period
        and one.value is not None
        and one.row.kind == "stated"
        and (one.row.document_id, mine.place not in one.row.place) != (mine.document.document_id, False)
    )


def _agree(one: Point | None, other: Point) -> bool:
    if one is None or one.value is None or other.value is None:
        return True
    return progress.agree((one.op, one.value), (other.op, other.value))


def _judge(
    target: records.Target,
    plan: records.Plan,
    indicator: records.Indicator,
    latest: Point | None,
    others: tuple[Point, ...],
    words: Both,
    contested: bool,
    today: date,
) -> Judgement:
    start = terms.of_baseline(target)
    promise = progress.Promise(
        kind=target.kind,
        better=indicator.better,
        target_op=target.target_op,
        target_value=target.target_value,
        baseline_op=target.baseline_op,
        baseline_value=target.baseline_value,
        start=date(target.baseline_year, 12, 31) if target.baseline_year else date(plan.start_year, 1, 1),
        due=target.due,
        delegated_by=target.delegated_by,
        latest_op=latest.op if latest else None,
        latest_value=latest.value if latest else None,
        latest_end=latest.end if latest else None,
        latest_text=bool(words.zh),
        stated=target.stated,
        contested=contested,
        others=tuple((one.op, one.value) for one in others if one.value is not None),
        latest_terms=latest.provenance.terms if latest else None,
        target_terms=terms.of_target(target, plan),
        baseline_terms=start.terms if start else None,
    )
    return progress.judge(promise, today)


def _contradictions(target: records.Target, plan: records.Plan) -> tuple[Conflict, ...]:
    """Contradictions about the target's indicator in its area, of the plan's years or of the year it starts from."""
    rows = facts.where(records.Contradiction, indicator_id=target.indicator_id)
    years, start = range(plan.start_year, plan.end_year + 1), str(_start_year(target, plan))
    here = (row for row in rows if row.area_id in (None, target.area_id))
    mine = (row for row in here if row.period in (None, start) or figures.period_end(row.period).year in years)
    return tuple(one for row in mine if (one := conflicts.one(row.contradiction_id)))


ORDERS: Mapping[str, Callable[[Promise], tuple[bool, int]]] = {
    "plan": lambda _: (False, 0),
    "state": lambda one: (False, STATUSES.index(one.judgement.status)),
    "newest": lambda one: (one.latest is None, -one.latest.end.toordinal() if one.latest else 0),
    "oldest": lambda one: (one.latest is None, one.latest.end.toordinal() if one.latest else 0),
}


def ordered(promises: Iterable[Promise], order: str) -> tuple[Promise, ...]:
    """Promises by one of :data:`ORDERS`: the plan's own, by state, by the end of the last figure; without one they come last.

    Raises ``KeyError`` for another order.
    """
    return tuple(sorted(promises, key=ORDERS[order]))


@cached_report("facts", "air_hours", "air_days", "ndvi")
def headline(today: date) -> tuple[Promise, ...]:
    """The promises of the overview, eight where each is made: each by the newest plan of the city that makes it."""
    rows: dict[str, Promise] = {}
    for plan in plans.of_city(today):
        for p in scoreboard(today):
            if p.plan.plan_id == plan.plan_id and p.target.tier == "table":
                rows.setdefault(p.indicator.indicator_id, p)
    return tuple(rows[name] for name in HEADLINE if name in rows)


@cached_report("facts", "air_hours", "air_days", "ndvi")
def of_city(theme: str, today: date) -> tuple[tuple[Promise, ...], ...]:
    """The promises of a theme by the city's plans that make any: the newest plan's first."""
    mine = [p for p in scoreboard(today) if p.indicator.theme == theme]
    by_plan = (tuple(p for p in mine if p.plan == plan) for plan in plans.of_city(today))
    return tuple(some for some in by_plan if some)


def newest(theme: str, today: date) -> tuple[Promise, ...]:
    """Those of the newest of these plans; empty where no plan promises anything of the theme."""
    return next(iter(of_city(theme, today)), ())


def of_districts(theme: str, today: date) -> tuple[Promise, ...]:
    """The promises of a theme in plans of parts of the city."""
    return tuple(p for p in scoreboard(today) if p.indicator.theme == theme and p.plan.area_id != CITY)


def provenances(promises: Sequence[Promise]) -> list[Provenance]:
    """Where promises come from, then their official results, then what is measured here beside them."""
    official = [one.official.provenance for one in promises if one.official]
    beside = [one.measured.point.provenance for one in promises if one.measured]
    return [*(one.provenance for one in promises), *official, *beside]


def provenance_of(promises: Sequence[Promise], *, by_table: bool = False) -> Provenance:
    """The same as one, over the years of their plans; ``by_table``: a plan's table is named once instead of its rows."""
    known = [replace(one, provenance=one.of_its_table) for one in promises] if by_table else promises
    period = f"{min(one.plan.start_year for one in promises)}/{max(one.plan.end_year for one in promises)}"
    return provenance.merged(provenances(known), "planned", period)


class Tally(Struct, frozen=True, weakref=True):
    """The states of a plan's targets. ``role``: whether it is the city's plan in force (or the last one), or the one before."""

    plan: records.Plan
    role: Role
    total: int
    by_status: dict[str, int]
    delegated: int
    only_stated: int  # met by the issuer's word alone: the target's number was never published
    measured: int  # with a number measured or worked out here beside the official place
    disputed: int  # met or kept, by whichever of the different numbers documents give
    provenance: Provenance

    @property
    def known(self) -> int:
        """Of how many the state is known."""
        return self.total - sum(self.by_status.get(status, 0) for status in UNKNOWN)

    @property
    def reached(self) -> int:
        """How many were met, or kept."""
        return sum(self.by_status.get(status, 0) for status in REACHED)

    @property
    def due_without_result(self) -> int:
        """How many are due and their result was not found."""
        return self.by_status.get("due_not_found", 0)


def by_status(promises: Iterable[Promise]) -> dict[str, int]:
    """How many promises are in each state, in the order of the states, without those that none is in."""
    counts: Counter[str] = Counter(one.judgement.status for one in promises)
    return {status: counts[status] for status in STATUSES if counts[status]}


@cached_report("facts", "air_hours", "air_days", "ndvi")
def tallies(today: date) -> tuple[Tally, ...]:
    """Counts by status of each plan's own table of targets."""
    found = []
    main, before = plans.main(today), plans.before(today)
    for plan in facts.every(records.Plan):
        mine = [p for p in scoreboard(today) if p.plan.plan_id == plan.plan_id and p.target.tier == "table"]
        if not mine:
            continue
        ordered = by_status(mine)
        delegated = sum(p.target.kind == "delegated" for p in mine)
        only_stated = sum(p.judgement.reason == "delegated_stated_done" for p in mine)
        measured = sum(p.measured is not None for p in mine)
        disputed = sum(p.disputed and p.judgement.status in REACHED for p in mine)
        period = f"{plan.start_year}/{plan.end_year}"
        found.append(
            Tally(
                plan,
                "main" if plan == main else "before" if plan == before else "other",
                len(mine),
                ordered,
                delegated,
                only_stated,
                measured,
                disputed,
                provenance.of("derived", period, (mine[0].target.document_id, mine[0].target.place.split(" ")[0])),
            )
        )
    return tuple(sorted(found, key=lambda tally: tally.plan.start_year))
