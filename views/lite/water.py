"""The river on a phone: it runs down the page from section to section, tributaries beside it; each section leads on."""

from markupsafe import Markup
from msgspec import Struct

from reports import provenance, water
from reports.water import Reading, Section, Stream
from views.drawings import river as drawn_river
from views.lite import frame, number, pieces
from views.lite.frame import Page, Picture, href
from views.text import answers, marked
from views.text import format as fmt
from views.text import water as water_words
from views.text.words import Words
from views.tokens import WATER_CLASSES
from views.ui import cards, live
from views.ui import number as numbers
from views.ui import water as water_pieces
from views.ui.rows import bold, muted, row, together
from views.ui.water import SectionState
from views.visit import Visit


def page(v: Visit) -> Page:
    """The water page."""
    w, report = v.w, water.overview(v.today)
    headline, lead = answers.of_water(v, report)
    rests = [one.provenance for one in (report.outflow.annual, report.outflow.latest) if one]
    river = report.river
    body = frame.body(
        "water",
        v,
        headline=headline,
        lead=lead,
        answer_source=cards.source_note(provenance.merged(rests, rests[0].kind, rests[0].period), w) if rests else "",
        key=drawn_river.key(w),
        stem=_stream(river.main, v),
        stops=[
            _stop(stop, v) if isinstance(stop, Section) else _stream(stop, v) for stop in drawn_river.sequence(river)
        ],
        river_source=cards.source_note(river.provenance, w),
        readings_age=live.line(water.freshness_of(report, v.now), w),
        readings=[reading(river.section(some[0].section_id), some[0], v) for some in report.readings],
        promised=[pieces.promised(one, v) for one in report.running if one.target.tier == "table" and one.latest],
        works=_works(report, v),
        number=number.way(numbers.RIVER, v),
    )
    return Page("water", "water", marked.plain(headline), lead, body, picture(report.outflow, w), "water")


def picture(section: Section, w: Words) -> Picture:
    """A section's class as the picture of a shared link."""
    name, latest = water_words.section_name(section, w), section.latest
    if latest is None:
        return Picture(w("site.not_found"), lines=(name,))
    text = fmt.water_class(latest.water_class, w, latest.op)
    return Picture(text, color=WATER_CLASSES[latest.water_class], lines=(name, water_words.when(latest, w)))


# ── the river ────────────────────────────────────────────────────────────────────────────────────────────────────────
class StreamRows(Struct, frozen=True, weakref=True):
    """A river in texts, with a row for each of its sections."""

    name: str
    aim: str
    sections: list[Markup]


def _stream(stream: Stream, v: Visit) -> StreamRows:
    w = v.w
    return StreamRows(w.of(stream.name), water_words.aim(stream.aim, w), [_stop(one, v) for one in stream.sections])


def _stop(section: Section, v: Visit) -> Markup:
    """A section beside the line of the river: its dot, its class, of when that is and what it rests on, its aim."""
    state = SectionState.of(section, v.w)
    value = bold(state.water_class) if state.known else muted(state.water_class)
    below = cards.line(" · ".join(part for part in (state.period, state.basis, state.aim) if part), "small muted")
    return water_pieces.dot(state) + row(state.name, value, below, to=href(v, f"section/{section.id}"))


# ── readings and works ───────────────────────────────────────────────────────────────────────────────────────────────
def reading(section: Section, last: Reading, v: Visit) -> Markup:
    """The latest reading of a section in a row: its hour, its class by five items, what decides it."""
    w, water_class = v.w, last.judged.water_class
    value = water_pieces.class_chip(water_class, w, official=False) if water_class else w("water.withheld")
    deciding = w("water.list_comma").join(water_words.item_names(last.judged.deciding, w))
    return row(
        water_words.section_name(section, w),
        together(value),
        cards.line(" · ".join(part for part in (fmt.hour(last.at, w, v.now), deciding) if part), "small muted"),
        cards.source_note(last.provenance, w),
        to=href(v, f"section/{section.id}"),
    )


def _works(report: water.Water, v: Visit) -> list[Markup]:
    series = [one for one in (report.drinking, *report.works) if one.points]
    figures = [pieces.figure(v.w.of(one.indicator.short), one.points[-1], v) for one in series]
    return figures + [pieces.promised(one, v) for one in (report.reclaimed, report.misconnections) if one]
