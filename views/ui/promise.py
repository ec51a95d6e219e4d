"""A promise as a card: where it started, where it stands, what was promised, in one word whether it is kept."""

from typing import Any

from markupsafe import Markup

from reports import lookup, provenance
from reports.goals import Promise
from store.records import Contradiction
from views.cached import cached_rendering_of
from views.text import amounts, differences
from views.text import format as fmt
from views.text.markup import html
from views.text.words import Words
from views.ui import cards
from views.ui import evidence as beside

amount = amounts.of_promise
AMOUNTS = ("latest", "other", "target", "baseline")  # values of a reason that are written with the unit or as a class
THEME_COLORS = {"air": "var(--sky)", "water": "var(--river)", "waste": "var(--earth)", "greening": "var(--leaf)"}


def baseline(promise: Promise, w: Words) -> str:
    """The start with its year; empty where the plan names none."""
    target = promise.target
    if target.baseline_value is None and not w.of(target.baseline_text):
        return ""
    text = amount(promise, target.baseline_value, target.baseline_op, w.of(target.baseline_text), w)
    return (
        w("goals.baseline", period=fmt.period(promise.baseline_period, w), value=text)
        if promise.baseline_period
        else text
    )


def aim(promise: Promise, w: Words) -> str:
    """The target with its year, or the document's words for when; in words where it has no published number."""
    target = promise.target
    text = amount(promise, target.target_value, target.target_op, w.of(target.target_text), w)
    if target.due_basis == "written" and target.due and not target.due_text:
        return w("goals.target", year=target.due.year, value=text)
    return w("goals.target_when", when=when(promise, w), value=text)


def when(promise: Promise, w: Words) -> str:
    """Until when: the document's own words, the year it writes, or that it writes none and its plan's end is taken."""
    target = promise.target
    if target.due_text or target.due is None:
        return w.of(target.due_text)
    return w("goals.plan_end" if target.due_basis == "plan_period" else "site.year", year=target.due.year)


def reason(promise: Promise, w: Words) -> str:
    """The sentence that says why the promise has its status."""
    said = promise.judgement
    values = {key: _said(promise, key, item, w) for key, item in said.values.items()}
    values["number"] = fmt.plain(said.values.get("latest") or 0)
    values["why"] = differences.words(said.differs, w)
    values["due"] = w.of(promise.target.due_text) or w("goals.in_year", year=said.values.get("year"))
    values["asked"] = amount(promise, promise.target.target_value, promise.target.target_op, "", w)
    sentences = [w(f"goals.reason.{said.reason}", **values), *beside.remarks(promise, w)]
    return fmt.sentences(w, *sentences)


def _said(promise: Promise, key: str, item: object, w: Words) -> object:
    """A value of a reason as it is written: an amount with its unit, a gap, a span of years, a number or a year as it is."""
    if key == "years":
        return fmt.period(str(item), w)
    if not isinstance(item, float):
        return item
    if key in AMOUNTS:
        official = promise.official
        bound = official is not None and key == "latest" and item == official.value  # "98% or more" stays a bound
        return amount(promise, item, official.op if official is not None and bound else "=", "", w)
    return _gap(promise, item, w) if key == "gap" else fmt.plain(item)


def _gap(promise: Promise, gap: float, w: Words) -> str:
    """What is short of a target: percentage points between shares, steps between classes, else an amount."""
    unit_id = promise.unit.unit_id
    if unit_id == "class":
        return w("goals.class_gap", n=fmt.plain(gap))
    if unit_id == "%":
        return fmt.plain(gap) + fmt.unit(lookup.units()["pp"], w)
    return amount(promise, gap, "=", "", w)


def where(promise: Promise, w: Words) -> str:
    """The row of the plan that promises it, with its nature and area."""
    plan, target = w.of(promise.plan.short), promise.target
    area = w.of(promise.area.name)
    if target.tier != "table":
        return w("goals.row_of_text", plan=plan, area=area)
    return w("goals.row_of", plan=plan, no=target.no, nature=w(f"goals.nature_{target.nature}"), area=area)


def conflicts(promise: Promise, w: Words, *, read: bool = True) -> Markup:
    """Where documents contradict each other about it: both values with their sources; empty where none do.

    ``read``: with how they are read here, which a long list leaves to the promise's own page.
    """
    lines = [_conflict(row, w, read=read) for row in promise.contradictions]
    return cards.folded(w("goals.conflict_fold", n=len(lines)), cards.notes(lines)) if lines else Markup()


def _conflict(row: Contradiction, w: Words, *, read: bool) -> str:
    names = [cards.source_name(provenance.source(one), w) for one in (row.document_a, row.document_b)]
    line = w("goals.conflict_line", a=w.of(row.value_a), b=w.of(row.value_b), source_a=names[0], source_b=names[1])
    return f"{line} {w.of(row.reading)}" if read else line


def source_notes(promise: Promise, w: Words) -> Markup:
    """Where the official figure comes from, where there is one, and where the promise stands."""
    figure = cards.source_note(promise.official.provenance, w) if promise.official is not None else Markup()
    return figure + cards.source_note(promise.provenance, w)


@cached_rendering_of("facts", "air_hours", "air_days", "ndvi")
def card(promise: Promise, w: Words, *, whole: bool = False) -> Markup:
    """The promise as a card: the official result, and beside it, marked, what is measured here.

    ``whole``: with its row in the plan, that row's origin, what contradicts it, and where its result was searched.
    """
    label = w.of(promise.indicator.short)
    latest = promise.official
    if latest is None or latest.value is None:
        body = cards.no_value(w)
    elif promise.unit.unit_id == "class":
        body = cards.value(fmt.water_class(latest.value, w), "", fmt.period(latest.period, w))
    else:
        number, symbol = amounts.parts(latest.value, promise.unit.unit_id, w)
        body = cards.value(fmt.OPS[latest.op] + number, symbol, fmt.period(latest.period, w))
    body += html('<div aria-hidden="true">{}</div>', line(promise, w))  # its words follow
    body += cards.ends(baseline(promise, w) or w("goals.no_baseline"), aim(promise, w)) + cards.line(reason(promise, w))
    body += beside.line(promise, w)
    if whole:
        body += cards.line(where(promise, w), "muted small") + conflicts(promise, w) + beside.facts_known(promise, w)
        foot = source_notes(promise, w)
    else:
        foot = cards.source_note(latest.provenance if latest is not None else promise.provenance, w)
    return cards.card(label, body, pill=cards.pill(promise.judgement.status, w), foot=foot)


NOT_ALIKE = ("part_of_sum", "other_kind")  # result and target do not belong on one scale


def line(promise: Promise, w: Words) -> Markup:
    """The bullet; the scale runs over what is published, a class line from 劣Ⅴ to Ⅰ.

    A result that is another kind of number than its target is not drawn, a way only between numbers of one kind.
    """
    target, official = promise.target, promise.official
    shown = official if promise.judgement.reason not in NOT_ALIKE else None
    latest = shown.value if shown else None
    points = [p for p in (target.baseline_value, latest, target.target_value) if p is not None]
    look: dict[str, Any] = {
        "title": reason(promise, w),
        "color": THEME_COLORS.get(promise.indicator.theme, "var(--accent)"),
        "run": promise.moved is not None and promise.moved[1] is official,
    }
    if promise.unit.unit_id == "class":
        start, now, aimed = (None if p is None else -p for p in (target.baseline_value, latest, target.target_value))
        return cards.bullet(-6.0, -1.0, baseline=start, latest=now, target=aimed, **look)
    low, high = (min(points), max(points)) if points else (0.0, 1.0)
    room = (high - low) * 0.25 or max(abs(high) * 0.05, 1.0)
    return cards.bullet(
        low - room,
        high + room,
        baseline=target.baseline_value,
        latest=latest,
        target=target.target_value,
        **look,
    )
