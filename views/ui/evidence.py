"""What stands beside a promise's official result: what this site measures, where was searched, what the issuer owes."""

from markupsafe import Markup

from reports import lookup, searches
from reports import measured as measuring
from reports.goals import Promise
from reports.measured import Measured
from reports.searches import Search
from views.text import amounts, differences
from views.text import format as fmt
from views.text.markup import html
from views.text.words import Words
from views.ui import cards, figure_cards

MOST_SEARCHES = 4  # the methods page lists all
FINAL = ("met", "kept", "not_met")  # nothing is missing there


def value(one: Promise, found: Measured, w: Words) -> str:
    """A measured value with its unit; what is near the promise only has a unit of its own."""
    return _amount(one, found, found.point.value, w)


def _amount(one: Promise, found: Measured, number: float | None, w: Words) -> str:
    if number is None:
        return w("site.not_found")
    if found.point.row.unit_id == one.unit.unit_id:
        return amounts.of_promise(one, number, "=", "", w)
    return f"{number:.2f}"


def said(one: Promise, w: Words) -> str:
    """What this site measures or derives, in a sentence; empty where it does not."""
    found = one.measured
    if found is None:
        return ""
    told = {"value": value(one, found, w), "period": fmt.period(found.point.period, w), **found.values}
    if formula := found.values.get("formula"):
        told["formula"] = w.of(formula.formula)
    if section := found.values.get("section"):
        told["section"] = w.of(lookup.areas()[section].name)
    for key in ("best", "worst"):
        if key in told:
            told[key] = fmt.water_class(told[key], w)
    alike = found.how == "readings" and told["best"] == told["worst"]
    sentence = w("goals.measured.readings_alike" if alike else f"goals.measured.{found.how}", **told)
    if found.start is not None and found.moved is not None and found.moved.comparable:
        start = _amount(one, found, found.start.value, w)
        sentence += w("goals.measured.start", period=fmt.period(found.start.period, w), value=start)
    return sentence


def line(one: Promise, w: Words) -> Markup:
    """The measurement under a card's official result, with its own origin; HTML, empty where there is none."""
    if one.measured is None:
        return Markup()
    lead = w("goals.measured.lead")
    source_note = cards.source_note(one.measured.point.provenance, w)
    return html(
        '<div class="beside"><strong>{lead}</strong> {}{source_note}</div>',
        said(one, w),
        lead=lead,
        source_note=source_note,
    )


def remarks(one: Promise, w: Words) -> list[str]:
    """What the verdict's sentence must add: what neither document states, what another says, what came later."""
    told = []
    if one.judgement.differs and one.judgement.reason not in ("part_of_sum", "other_kind"):
        told.append(w("goals.neither_states", why=differences.words(one.judgement.differs, w)))
    if one.disputed:
        # Against a number the other value was tried as well and led to the same verdict.
        key = "other_value" if one.target.target_value is None else "other_says"
        for other in one.others:
            value = amounts.of_promise(one, other.value, other.op, "", w)
            told.append(w(f"goals.{key}", value=value, source=cards.source_name(other.provenance.sources[0], w)))
    if one.newer is not None:
        amount = amounts.of_promise(one, one.newer.value, one.newer.op, "", w)
        told.append(w("goals.newer", value=amount, period=fmt.period(one.newer.period, w)))
    return told


def facts_known(one: Promise, w: Words) -> Markup:
    """Where was searched and until when, what the document leaves out, what its issuer owes: folded; empty where settled."""
    if one.judgement.status in FINAL:
        return Markup()
    items = [_search(search, w) for search in searches.of_promise(one)[:MOST_SEARCHES]]
    if one.target.kind == "delegated":
        items.append(w("goals.left_out"))
    if owed := searches.owed(one):
        titles = w("air.list_comma").join(fmt.within(w.of(duty.row.title)) for duty in owed)
        items.append(w("goals.owed", plan=w.of(one.plan.short), titles=titles))
    near = [_relative(row, w) for row in measuring.relatives(one.target.indicator_id, one.target.area_id)]
    body = cards.notes(items) + (cards.line(w("goals.near"), "muted small") + cards.notes(near) if near else Markup())
    return cards.folded(w("goals.searched_fold"), body)


def _search(search: Search, w: Words) -> str:
    result = w(f"goals.searched_{search.row.result}")
    told = w(
        "goals.searched",
        what=w.of(search.row.what),
        where=w.of(search.row.where),
        day=fmt.day(search.on, w),
        result=result,
    )
    note = w.of(search.row.note)
    return fmt.sentences(w, told, note)


def _relative(found: measuring.Relative, w: Words) -> str:
    point = found.point
    return w(
        "goals.near_line",
        name=w.of(lookup.indicators()[point.row.indicator_id].name),
        area=w.of(lookup.areas()[point.row.area_id].name),
        value=figure_cards.value(point, w),
        period=fmt.period(point.period, w),
        difference=w.of(found.row.difference),
    )
