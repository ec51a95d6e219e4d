"""The river on a phone: it runs down the page from section to section, tributaries beside it; each section leads on."""

from html import escape

from reports import basis, water
from reports.water import Known, Reading, Section, Stream
from views import cards, live, marked, water_blocks
from views import format as fmt
from views import river as drawn_river
from views.lite import pieces
from views.lite.frame import Page, Picture, href
from views.page import Visit
from views.tokens import WATER_CLASSES
from views.words import Words


def page(v: Visit) -> Page:
    """The water page."""
    w, report = v.w, water.overview(v.today)
    headline, lead = water_blocks.answer(v, report)
    rests = [k.basis for k in (report.outflow.annual, report.outflow.latest) if k]
    told = basis.merged(rests, rests[0].kind, rests[0].period) if rests else None
    body = pieces.head(headline, lead) + (cards.origin(told, w) if told else "")
    body += pieces.block(
        w("water.river_title"),
        drawn_river.key(w) + _river(report.river, w) + cards.origin(report.river.basis, w),
        w("lite.river_sub"),
    )
    body += _readings(v, report)
    promised = [p for p in report.running if p.target["tier"] == "table" and p.latest is not None]
    body += pieces.block(w("water.results_running"), pieces.rows(pieces.promised(p, w) for p in promised))
    body += _works(report, w)
    return Page("water", "water", marked.plain(headline), lead, body, picture(report.outflow, w), "water")


def picture(section: Section, w: Words) -> Picture:
    """A section's class as the picture of a shared link."""
    name, latest = drawn_river.section_name(section, w), section.latest
    if latest is None:
        return Picture(w("site.not_found"), lines=(name,))
    said = fmt.water_class(latest.water_class, w, latest.op)
    return Picture(said, color=WATER_CLASSES[latest.water_class], lines=(name, drawn_river.when(latest, w)))


# ── the river ────────────────────────────────────────────────────────────────────────────────────────────────────────
def _river(river: water.River, w: Words) -> str:
    """The main stem as a list in the order the water passes, a tributary as a list within it where it joins."""
    stops = "".join(
        f"<li>{_stop(stop, w)}</li>" if isinstance(stop, Section) else f'<li class="side">{_side(stop, w)}</li>'
        for stop in drawn_river.sequence(river)
    )
    name, goal = w.of(river.main.name, "name"), drawn_river.aim(river.main.aim, w)
    return (
        f'<h3>{escape(name)} <small class="muted">{escape(goal)}</small></h3><ul class="river">'
        f'<li class="tip">{escape(w("water.inflow"))} ↓</li>{stops}<li class="tip">{escape(w("water.outflow"))} ↓</li></ul>'
    )


def _side(stream: Stream, w: Words) -> str:
    name, goal = w.of(stream.name, "name"), drawn_river.aim(stream.aim, w)
    sections = "".join(f"<li>{_stop(one, w)}</li>" for one in stream.sections)
    head = f'<li><span class="tip">{escape(name)}</span> <small class="muted">{escape(goal)}</small></li>'
    return f'<ul class="river">{head}{sections}</ul>'


def _stop(section: Section, w: Words) -> str:
    latest, goal = section.latest, drawn_river.own_aim(section, w)
    if latest is None:
        value, told, dot = (
            f'<span class="muted">{escape(w("site.not_found"))}</span>',
            [goal],
            '<i class="dot none"></i>',
        )
    else:
        value = f"<b>{escape(fmt.water_class(latest.water_class, w, latest.op))}</b>"
        told = [drawn_river.when(latest, w), drawn_river.kind(latest, w), goal]
        dot = _dot(section, latest, w)
    below = f'<div class="small muted">{escape(" · ".join(part for part in told if part))}</div>'
    name = drawn_river.section_name(section, w)
    return dot + pieces.row(name, value, below, to=href(w, f"section/{section.id}"))


def _dot(section: Section, latest: Known, w: Words) -> str:
    color = WATER_CLASSES[latest.water_class]
    numeral = fmt.ROMAN.get(latest.water_class) or w("water.numeral_worse")
    if section.fresh:
        return f'<i class="dot" style="background:{color};color:{cards.ink_on(color)}">{numeral}</i>'
    return f'<i class="dot old" style="border-color:{color}">{numeral}</i>'


# ── readings and works ───────────────────────────────────────────────────────────────────────────────────────────────
def _readings(v: Visit, report: water.Water) -> str:
    w = v.w
    fresh = live.line(water_blocks.freshness_of(report, v), w)
    items = [reading(report.river.section(some[0].section_id), some[0], v) for some in report.readings]
    return pieces.block(w("water.readings_title"), fresh + pieces.rows(items), w("water.readings_sub"))


def reading(section: Section, last: Reading, v: Visit) -> str:
    """The latest reading of a section in a row: its hour, its class by five items, what decides it."""
    w = v.w
    found = last.judged.water_class
    value = water_blocks.class_chip(found, w, official=False) if found else escape(w("water.withheld"))
    decided = w("water.list_comma").join(w.of(water.limits()[i], "name") for i in last.judged.deciding)
    below = " · ".join(part for part in (fmt.hour(last.at, w, v.now), decided) if part)
    return pieces.row(
        drawn_river.section_name(section, w),
        f"<span>{value}</span>",
        f'<div class="small muted">{escape(below)}</div>',
        cards.origin(last.basis, w),
        to=href(w, f"section/{section.id}"),
    )


def _works(report: water.Water, w: Words) -> str:
    items = [pieces.figure(w.of(one.indicator, "short"), one.points[-1], w)
             for one in (report.drinking, *report.works) if one.points]  # fmt: skip
    items += [pieces.promised(one, w) for one in (report.reclaimed, report.misconnections) if one]
    return pieces.block(w("water.works_title"), pieces.rows(items), w("water.works_sub"))
