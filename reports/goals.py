"""Every promise, one by one: what was promised, where it started, where it stands, whether it is kept."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from assessment import progress
from assessment.progress import Judgement
from reports import basis, figures
from reports.basis import Basis
from reports.figures import Point
from reports.memo import memo
from store import facts

# The eight promises of the overview, in the order of the story: sky, water, green, waste.
HEADLINE = (
    "good_day_share_pct",
    "pm25_annual_ugm3",
    "national_sections_good_pct",
    "xiaoxia_class",
    "forest_cover_pct",
    "wetland_protection_pct",
    "isw_utilisation_pct",
    "reclaimed_water_pct",
)
HEADLINE_PLAN = "xn14"
STATUSES = ("met", "kept", "on_the_way", "behind", "not_met", "due_not_found", "not_computable", "not_found")


@dataclass(frozen=True)
class Promise:
    """A target with everything known about it. ``latest``: the plan's own outcome, else the last published figure."""

    plan: Mapping[str, Any]
    target: Mapping[str, Any]
    indicator: Mapping[str, Any]
    unit: Mapping[str, Any]
    area: Mapping[str, Any]
    latest: Point | None
    latest_words: tuple[str, str]  # zh, en, where the result is words
    judgement: Judgement
    basis: Basis
    contradictions: tuple[Mapping[str, Any], ...]

    @property
    def number(self) -> str:
        """Plan and row, e.g. xn14-7."""
        return f"{self.plan['plan_id']}-{self.target['no']}"


@memo
def scoreboard(today: date) -> tuple[Promise, ...]:
    """All targets of all plans, in the plans' own order, judged on a day."""
    return tuple(sorted((_promise(row, today) for row in facts.rows(facts.table("targets"))), key=_order))


def _order(promise: Promise) -> tuple:
    no = promise.target["no"]
    return promise.plan["start_year"], promise.plan["plan_id"], promise.target["tier"] != "table", int(no.lstrip("T"))


def _promise(target: dict, today: date) -> Promise:
    indicator = facts.by_id("indicators")[target["indicator_id"]]
    plan = facts.by_id("plans")[target["plan_id"]]
    latest = _outcome(target) or _latest(target, plan, today)
    words = (target["outcome_text_zh"] or "", target["outcome_text_en"] or "")
    if not any(words) and latest is not None:
        words = (latest.row["text_zh"] or "", latest.row["text_en"] or "")
    return Promise(
        plan,
        target,
        indicator,
        facts.by_id("units")[indicator["unit_id"]],
        facts.by_id("areas")[target["area_id"]],
        latest,
        words,
        _judge(target, plan, indicator, latest, words, today),
        _basis(target, plan),
        _contradictions(target, plan),
    )


def _basis(target: dict, plan: Mapping[str, Any]) -> Basis:
    """The row of the plan; its period is the due year, the plan's years where no day is written."""
    return basis.of(
        "planned",
        str(target["due"].year) if target["due"] else f"{plan['start_year']}/{plan['end_year']}",
        (target["document_id"], target["place"]),
        note_zh=target["note_zh"] or "",
        note_en=target["note_en"] or "",
    )


def _outcome(target: dict) -> Point | None:
    """The result the plan's successor states in its own table."""
    if target["outcome_value"] is None:
        return None
    period, document, place = target["outcome_period"], target["outcome_document_id"], target["outcome_place"]
    stated = basis.of(
        "published",
        period,
        (document, place),
        confidence="primary",
        dust="unstated" if "good_day" in target["indicator_id"] else "none",
    )
    row = {"text_zh": target["outcome_text_zh"], "text_en": target["outcome_text_en"]}
    return Point(
        period, figures.period_end(period), target["outcome_value"], target["outcome_op"], "primary", stated, row
    )


def _latest(target: dict, plan: Mapping[str, Any], today: date) -> Point | None:
    """The last published figure that speaks of this promise: after its baseline and not after its due date."""
    until = min(today, target["due"] or today)
    found = figures.latest(target["indicator_id"], target["area_id"], until=until)
    known_before = date(target["baseline_year"] or plan["start_year"] - 1, 12, 31)
    return found if found and found.end > known_before else None


def _judge(
    target: dict, plan: Mapping, indicator: Mapping, latest: Point | None, words: tuple[str, str], today: date
) -> Judgement:
    promise = progress.Promise(
        kind=target["kind"],
        better=indicator["better"],
        target_op=target["target_op"],
        target_value=target["target_value"],
        baseline_op=target["baseline_op"],
        baseline_value=target["baseline_value"],
        start=date(target["baseline_year"], 12, 31) if target["baseline_year"] else date(plan["start_year"], 1, 1),
        due=target["due"],
        delegated_by=target["delegated_by"],
        latest_op=latest.op if latest else None,
        latest_value=latest.value if latest else None,
        latest_end=latest.end if latest else None,
        latest_text=bool(words[0]),
        stated=target["stated"],
    )
    return progress.judge(promise, today)


def _contradictions(target: dict, plan: Mapping) -> tuple[Mapping[str, Any], ...]:
    """Contradictions about the target's indicator that fall into the plan's years."""
    table = facts.table("contradictions")
    rows = facts.rows(table[table["indicator_id"] == target["indicator_id"]])
    years = range(plan["start_year"], plan["end_year"] + 1)
    return tuple(row for row in rows if row["period"] is None or figures.period_end(row["period"]).year in years)


@memo
def headline(today: date) -> tuple[Promise, ...]:
    """The eight promises of the overview."""
    rows = {
        p.indicator["indicator_id"]: p
        for p in scoreboard(today)
        if p.plan["plan_id"] == HEADLINE_PLAN and p.target["tier"] == "table"
    }
    return tuple(rows[name] for name in HEADLINE)


@dataclass(frozen=True)
class Tally:
    """How a plan's targets stand."""

    plan: Mapping[str, Any]
    total: int
    by_status: dict[str, int]
    delegated: int
    only_stated: int  # met by the issuer's word alone: the target's number was never published
    basis: Basis


@memo
def tallies(today: date) -> tuple[Tally, ...]:
    """Counts by status of each plan's own table of targets."""
    found = []
    for plan in facts.by_id("plans").values():
        mine = [p for p in scoreboard(today) if p.plan["plan_id"] == plan["plan_id"] and p.target["tier"] == "table"]
        counts: Counter[str] = Counter(p.judgement.status for p in mine)
        ordered = {status: counts[status] for status in STATUSES if counts[status]}
        delegated = sum(p.target["kind"] == "delegated" for p in mine)
        only_stated = sum(p.judgement.reason == "delegated_stated_done" for p in mine)
        period = f"{plan['start_year']}/{plan['end_year']}"
        found.append(
            Tally(
                plan,
                len(mine),
                ordered,
                delegated,
                only_stated,
                basis.of("derived", period, (mine[0].target["document_id"], mine[0].target["place"].split(" ")[0])),
            )
        )
    return tuple(sorted(found, key=lambda tally: tally.plan["start_year"]))
