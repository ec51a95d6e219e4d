"""The river on a phone: it runs down the page from section to section, tributaries beside it; each section leads on."""

from markupsafe import Markup

from reports import provenance, water
from reports.water import Known, Reading, Section, Stream
from views import tokens
from views.drawings import river as drawn_river
from views.lite import pieces
from views.lite.frame import Page, Picture, href
from views.text import answers, marked
from views.text import format as fmt
from views.text import water as water_words
from views.text.markup import html, join
from views.text.words import Words
from views.tokens import WATER_CLASSES
from views.ui import cards, live
from views.ui import water as water_pieces
from views.visit import Visit


def page(v: Visit) -> Page:
    """The water page."""
    w, report = v.w, water.overview(v.today)
    headline, lead = answers.of_water(v, report)
    rests = [k.provenance for k in (report.outflow.annual, report.outflow.latest) if k]
    told = provenance.merged(rests, rests[0].kind, rests[0].period) if rests else None
    body = pieces.head(headline, lead) + (cards.source_note(told, w) if told else Markup())
    body += pieces.block(
        w("water.river_title"),
        drawn_river.key(w) + _river(report.river, w) + cards.source_note(report.river.provenance, w),
        w("lite.river_sub"),
    )
    body += _readings(v, report)
    promised = [p for p in report.running if p.target.tier == "table" and p.latest is not None]
    body += pieces.block(w("water.results_running"), pieces.rows(pieces.promised(p, w) for p in promised))
    body += _works(report, w)
    return Page("water", "water", marked.plain(headline), lead, body, picture(report.outflow, w), "water")


def picture(section: Section, w: Words) -> Picture:
    """A section's class as the picture of a shared link."""
    name, latest = water_words.section_name(section, w), section.latest
    if latest is None:
        return Picture(w("site.not_found"), lines=(name,))
    said = fmt.water_class(latest.water_class, w, latest.op)
    return Picture(said, color=WATER_CLASSES[latest.water_class], lines=(name, water_words.when(latest, w)))


# ── the river ────────────────────────────────────────────────────────────────────────────────────────────────────────
def _river(river: water.River, w: Words) -> Markup:
    """The main stem as a list in the order the water passes, a tributary as a list within it where it joins."""
    stops = join(
        html("<li>{}</li>", _stop(stop, w))
        if isinstance(stop, Section)
        else html('<li class="side">{}</li>', _side(stop, w))
        for stop in drawn_river.sequence(river)
    )
    name, goal = w.of(river.main.name), water_words.aim(river.main.aim, w)
    return html(
        '<h3>{name} <small class="muted">{goal}</small></h3><ul class="river">'
        '<li class="tip">{} ↓</li>{stops}<li class="tip">{} ↓</li></ul>',
        w("water.inflow"),
        w("water.outflow"),
        name=name,
        goal=goal,
        stops=stops,
    )


def _side(stream: Stream, w: Words) -> Markup:
    name, goal = w.of(stream.name), water_words.aim(stream.aim, w)
    sections = join(html("<li>{}</li>", _stop(one, w)) for one in stream.sections)
    head = html('<li><span class="tip">{name}</span> <small class="muted">{goal}</small></li>', name=name, goal=goal)
    return html('<ul class="river">{head}{sections}</ul>', head=head, sections=sections)


def _stop(section: Section, w: Words) -> Markup:
    latest, goal = section.latest, water_words.own_aim(section, w)
    if latest is None:
        value, told, dot = (
            html('<span class="muted">{}</span>', w("site.not_found")),
            [goal],
            Markup('<i class="dot none"></i>'),
        )
    else:
        value = html("<b>{}</b>", fmt.water_class(latest.water_class, w, latest.op))
        told = [water_words.when(latest, w), water_words.kind(latest, w), goal]
        dot = _dot(section, latest, w)
    below = html('<div class="small muted">{}</div>', " · ".join(part for part in told if part))
    name = water_words.section_name(section, w)
    return dot + pieces.row(name, value, below, to=href(w, f"section/{section.id}"))


def _dot(section: Section, latest: Known, w: Words) -> Markup:
    color = WATER_CLASSES[latest.water_class]
    numeral = water_words.numeral(latest.water_class, w)
    if section.fresh:
        return html(
            '<i class="dot" style="background:{color};color:{}">{numeral}</i>',
            tokens.ink_on(color),
            color=color,
            numeral=numeral,
        )
    return html('<i class="dot old" style="border-color:{color}">{numeral}</i>', color=color, numeral=numeral)


# ── readings and works ───────────────────────────────────────────────────────────────────────────────────────────────
def _readings(v: Visit, report: water.Water) -> Markup:
    w = v.w
    fresh = live.line(water_pieces.freshness_of(report, v), w)
    items = [reading(report.river.section(some[0].section_id), some[0], v) for some in report.readings]
    return pieces.block(w("water.readings_title"), fresh + pieces.rows(items), w("water.readings_sub"))


def reading(section: Section, last: Reading, v: Visit) -> Markup:
    """The latest reading of a section in a row: its hour, its class by five items, what decides it."""
    w = v.w
    found = last.judged.water_class
    value = water_pieces.class_chip(found, w, official=False) if found else w("water.withheld")
    decided = w("water.list_comma").join(w.of(water.limits()[i].name) for i in last.judged.deciding)
    below = " · ".join(part for part in (fmt.hour(last.at, w, v.now), decided) if part)
    return pieces.row(
        water_words.section_name(section, w),
        html("<span>{value}</span>", value=value),
        html('<div class="small muted">{below}</div>', below=below),
        cards.source_note(last.provenance, w),
        to=href(w, f"section/{section.id}"),
    )


def _works(report: water.Water, w: Words) -> Markup:
    items = [pieces.figure(w.of(one.indicator.short), one.points[-1], w)
             for one in (report.drinking, *report.works) if one.points]  # fmt: skip
    items += [pieces.promised(one, w) for one in (report.reclaimed, report.misconnections) if one]
    return pieces.block(w("water.works_title"), pieces.rows(items), w("water.works_sub"))
