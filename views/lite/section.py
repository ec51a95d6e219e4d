"""One section of the river: its class and what that rests on, the last reading item by item, every class known."""

from collections.abc import Sequence

from markupsafe import Markup
from msgspec import Struct

from reports import water
from reports.freshness import Freshness
from reports.water import Aim, HoursOfMonth, Known, Reading, Section
from views.lite import frame
from views.lite import water as water_page
from views.lite.frame import NotThereError, Page
from views.text import format as fmt
from views.text import water as water_words
from views.text.words import Words
from views.ui import cards, live
from views.ui import water as water_pieces
from views.ui.rows import bold, muted, row, together
from views.ui.water import ItemReading, SectionState
from views.visit import Visit

EARLIER = 12


def page(v: Visit, section_id: str) -> Page:
    """A section's page. Raises NotThereError where it is unknown."""
    w, report = v.w, water.overview(v.today)
    try:
        one = report.river.section(section_id)
    except KeyError:
        raise NotThereError(section_id) from None
    name, stream = water_words.section_name(one, w), w.of(one.river.name)
    readings = next((some for some in report.readings if some[0].section_id == section_id), ())
    body = frame.body(
        "section",
        v,
        name=name,
        where=" · ".join(part for part in (stream, w.of(one.row.where)) if part),
        latest=_latest(one.latest, v) if one.latest else None,
        no_value=cards.no_value(w),
        aim=_aim(one, one.aim, w) if one.aim else None,
        reading=_reading(readings, water.reading_freshness(readings[0], v.now), v) if readings else None,
        classes=[_class(known, w) for known in reversed(one.known)],
        months=[_month(month, w) for month in reversed(one.recorded)],
        hours_n=sum(month.hours for month in one.recorded),
        left_out_n=sum(month.left_out for month in one.recorded),
        note=w.of(one.row.note),
    )
    title = w("lite.section_said", name=name, state=SectionState.of(one, w).water_class)
    return Page(
        f"section/{section_id}", "water", title, f"{title} · {stream}", body, water_page.picture(one, w), "water"
    )


class LatestClass(Struct, frozen=True, weakref=True):
    """The last class known: large, in lines what it rests on, its source note."""

    water_class: Markup
    lines: list[str]
    source: Markup


def _latest(latest: Known, v: Visit) -> LatestClass:
    w = v.w
    lines = [
        " · ".join((water_words.when(latest, w), fmt.age(latest.end, v.today, w), water_words.kind(latest, w))),
        *filter(None, [water_words.five_items(latest, w)]),
        *([below] if (below := water_words.below_detection(latest, w)) else []),
    ]
    return LatestClass(water_pieces.class_row(latest, w), lines, cards.source_note(latest.provenance, w))


class AimText(Struct, frozen=True, weakref=True):
    """The class to reach beside the last annual one in a line, and both source notes."""

    text: str
    sources: Markup


def _aim(section: Section, aim: Aim, w: Words) -> AimText:
    annual = section.annual if section.against_aim else None
    sources = cards.source_note(aim.provenance, w) + (cards.source_note(annual.provenance, w) if annual else Markup())
    return AimText(" · ".join((water_words.aim(aim, w), water_words.against(section, w))), sources)


class ReadingRows(Struct, frozen=True, weakref=True):
    """The last reading, a row an item: those that are judged, those that are not; a table of the hours before it."""

    hour: str
    age: Markup
    judged: list[Markup]
    reference: list[Markup]
    source: Markup
    earlier: Markup
    earlier_n: int


def _reading(readings: Sequence[Reading], fresh: Freshness, v: Visit) -> ReadingRows:
    w, last = v.w, readings[0]
    earlier = [
        [fmt.hour(one.at, w, v.now), water_pieces.class_chip(one.judged.water_class, w, official=False)]
        for one in readings[1 : EARLIER + 1]
        if one.judged.water_class
    ]
    return ReadingRows(
        hour=fmt.hour(last.at, w, v.now),
        age=live.line(fresh, w),
        judged=[_item(one, w) for one in water_pieces.judged(last, w)],
        reference=[row(one.name, bold(one.value, one.unit)) for one in water_pieces.reference(last, w) if one.known],
        source=cards.source_note(last.provenance, w),
        earlier=cards.table([w("water.column_when"), w("water.column_class")], earlier),
        earlier_n=len(earlier),
    )


def _item(one: ItemReading, w: Words) -> Markup:
    """An item with its class; on its colour where it decides that of the reading."""
    if not one.known or one.water_class is None:
        return row(one.name, muted(one.value))
    mark: Markup | str = fmt.water_class(one.water_class, w)
    if one.decides:
        mark = water_pieces.class_chip(one.water_class, w, official=False)
    below = cards.line(w("lite.limit_3", limit=one.limit), "small muted")
    return row(one.name, together(bold(one.value, one.unit), mark), below)


def _class(known: Known, w: Words) -> Markup:
    """A class of a period, and what it rests on."""
    better = w("water.or_better") if known.op == "<=" else ""
    rests = (water_words.kind(known, w), better, water_words.below_detection(known, w))
    return row(
        water_words.when(known, w),
        together(water_pieces.class_chip(known.water_class, w, official=known.official)),
        cards.line(" · ".join(part for part in rests if part), "small muted"),
        cards.source_note(known.provenance, w),
    )


def _month(one: HoursOfMonth, w: Words) -> Markup:
    """The recorded hours of a month."""
    return row(fmt.period(one.month, w), water_pieces.hours_of(one, w), cards.source_note(one.provenance, w))
