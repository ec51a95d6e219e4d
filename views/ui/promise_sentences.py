"""What is written of a promise, sentence by sentence: its start and target, why it has its state, what is known besides."""

from reports import lookup
from reports.conflicts import Conflict
from reports.goals import Promise
from reports.measured import Measured, Relative
from reports.searches import Search
from views.text import amounts, differences
from views.text import format as fmt
from views.text.words import Words
from views.ui import cards, figure_cards

AMOUNTS = ("latest", "other", "target", "baseline")  # values of a reason that are written with the unit or as a class


def start(promise: Promise, w: Words) -> str:
    """The start with its period; empty where the plan names none."""
    target = promise.target
    if target.baseline_value is None and not w.of(target.baseline_text):
        return ""
    text = amounts.of_promise(promise, target.baseline_value, target.baseline_op, w.of(target.baseline_text), w)
    period = promise.baseline_period
    return w("goals.baseline", period=fmt.period(period, w), value=text) if period else text


def aim(promise: Promise, w: Words) -> str:
    """The target with its year, or the document's words for when; in words where it has no published number."""
    target = promise.target
    text = amounts.of_promise(promise, target.target_value, target.target_op, w.of(target.target_text), w)
    if target.due_basis == "written" and target.due and not target.due_text:
        return w("goals.target", year=target.due.year, value=text)
    return w("goals.target_when", when=due(promise, w), value=text)


def due(promise: Promise, w: Words) -> str:
    """Until when: the document's own words, the year it writes, or that it writes none and its plan's end is taken."""
    target = promise.target
    if target.due_text or target.due is None:
        return w.of(target.due_text)
    return w("goals.plan_end" if target.due_basis == "plan_period" else "site.year", year=target.due.year)


def reason(promise: Promise, w: Words) -> str:
    """Why the promise has its state, and what must be added: :func:`remarks`."""
    judgement, target = promise.judgement, promise.target
    values = {key: _value_of_reason(promise, key, item, w) for key, item in judgement.values.items()}
    values["number"] = fmt.plain(judgement.values.get("latest") or 0)
    values["why"] = differences.words(judgement.differs, w)
    values["due"] = w.of(target.due_text) or w("goals.in_year", year=judgement.values.get("year"))
    values["asked"] = amounts.of_promise(promise, target.target_value, target.target_op, "", w)
    return fmt.sentences(w, w(f"goals.reason.{judgement.reason}", **values), *remarks(promise, w))


def _value_of_reason(promise: Promise, key: str, item: object, w: Words) -> object:
    """A value of a reason as it is written: an amount with its unit, a gap, a span of years, a number or a year as it is."""
    if key == "years":
        return fmt.period(str(item), w)
    if not isinstance(item, float):
        return item
    if key in AMOUNTS:
        official = promise.official
        bound = official is not None and key == "latest" and item == official.value  # "98% or more" stays a bound
        return amounts.of_promise(promise, item, official.op if official is not None and bound else "=", "", w)
    return _gap(promise, item, w) if key == "gap" else fmt.plain(item)


def _gap(promise: Promise, gap: float, w: Words) -> str:
    """What is short of a target: percentage points between shares, steps between classes, else an amount."""
    unit_id = promise.unit.unit_id
    if unit_id == amounts.CLASS:
        return w("goals.class_gap", n=fmt.plain(gap))
    if unit_id == "%":
        return fmt.plain(gap) + fmt.unit(lookup.units()["pp"], w)
    return amounts.of_promise(promise, gap, "=", "", w)


def remarks(promise: Promise, w: Words) -> list[str]:
    """What the verdict's sentence must add: what neither document states, another document's value, a later figure."""
    found = []
    if promise.judgement.differs and promise.on_one_scale:
        found.append(w("goals.neither_states", why=differences.words(promise.judgement.differs, w)))
    if promise.disputed:
        # Against a number the other value was tried as well and led to the same verdict.
        key = "other_value" if promise.target.target_value is None else "other_says"
        for other in promise.others:
            value = amounts.of_promise(promise, other.value, other.op, "", w)
            found.append(w(f"goals.{key}", value=value, source=cards.source_name(other.provenance.sources[0], w)))
    if promise.crosses_the_change_of_state:
        found.append(w("goals.state_changed"))
    if promise.newer is not None:
        value = amounts.of_promise(promise, promise.newer.value, promise.newer.op, "", w)
        found.append(w("goals.newer", value=value, period=fmt.period(promise.newer.period, w)))
    return found


def plan_row(promise: Promise, w: Words) -> str:
    """The row of the plan that promises it, with its nature and area."""
    plan, target = w.of(promise.plan.short), promise.target
    area = w.of(promise.area.name)
    if target.tier != "table":
        return w("goals.row_of_text", plan=plan, area=area)
    return w("goals.row_of", plan=plan, no=target.no, nature=w(f"goals.nature_{target.nature}"), area=area)


def scope(promise: Promise, w: Words) -> str:
    """The area where it is not the whole city, and that a plan is only a draft."""
    words = [] if promise.area.kind == "city" else [w.of(promise.area.name)]
    if promise.plan.status == "draft":
        words.append(w("promise_table.draft"))
    return " · ".join(words)


def conflict(found: Conflict, w: Words) -> str:
    """What it is about, of when, and two values that contradict each other, each with its source."""
    row = found.row
    names = [cards.source_name(side.sources[0], w) for side in (found.first, found.second)]
    values = {"a": w.of(row.value_a), "b": w.of(row.value_b), "source_a": names[0], "source_b": names[1]}
    return w("goals.conflict_line", topic=w.of(row.topic), **values)


# ── what is known besides an official result ────────────────────────────────────────────────────────────────────────────
def measured_value(promise: Promise, measured: Measured, w: Words) -> str:
    """A measured value with its unit; what is near the promise only has a unit of its own."""
    return _measured_amount(promise, measured, measured.point.value, w)


def _measured_amount(promise: Promise, measured: Measured, number: float | None, w: Words) -> str:
    if number is None:
        return w("site.not_found")
    if measured.point.row.unit_id == promise.unit.unit_id:
        return amounts.of_promise(promise, number, "=", "", w)
    return fmt.number(number, 2)


def measured(promise: Promise, found: Measured, w: Words) -> str:
    """What this site measures or derives, in a sentence."""
    values = {
        "value": measured_value(promise, found, w), "period": fmt.period(found.point.period, w), **found.values,
    }  # fmt: skip
    if formula := found.values.get("formula"):
        values["formula"] = w.of(formula.formula)
    if section := found.values.get("section"):
        values["section"] = w.of(lookup.areas()[section].name)
    for key in ("best", "worst"):
        if key in values:
            values[key] = fmt.water_class(values[key], w)
    alike = found.how == "readings" and values["best"] == values["worst"]
    sentence = w("goals.measured.readings_alike" if alike else f"goals.measured.{found.how}", **values)
    if found.start is not None and found.since_start is not None and found.since_start.comparable:
        start = _measured_amount(promise, found, found.start.value, w)
        sentence += w("goals.measured.start", period=fmt.period(found.start.period, w), value=start)
    return sentence


def search(found: Search, w: Words) -> str:
    """What was looked for, where and until when, with what result."""
    sentence = w(
        "goals.searched",
        what=w.of(found.row.what),
        where=w.of(found.row.where),
        day=fmt.day(found.on, w),
        result=w(f"goals.searched_{found.row.result}"),
    )
    return fmt.sentences(w, sentence, w.of(found.row.note))


def owed(promise: Promise, w: Words) -> str:
    """What the plan says will be reported and was not found; empty where there is none."""
    if not promise.owed:
        return ""
    titles = w("air.list_comma").join(fmt.within(w.of(duty.row.title)) for duty in promise.owed)
    return w("goals.owed", plan=w.of(promise.plan.short), titles=titles)


def relative(found: Relative, w: Words) -> str:
    """A figure that comes near the promise, and what it differs in."""
    point = found.point
    return w(
        "goals.near_line",
        name=w.of(lookup.indicators()[point.row.indicator_id].name),
        area=w.of(lookup.areas()[point.row.area_id].name),
        value=figure_cards.value(point, w),
        period=fmt.period(point.period, w),
        difference=w.of(found.row.difference),
    )
