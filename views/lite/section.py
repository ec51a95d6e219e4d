"""One section of the river: its class and what that rests on, the last reading item by item, every class known."""

from markupsafe import Markup

from reports import freshness, water
from reports.water import Item, Known, Reading, Section
from views.lite import pieces
from views.lite import water as water_page
from views.lite.frame import NotThereError, Page, href
from views.text import format as fmt
from views.text import water as water_words
from views.text.markup import html
from views.text.words import Words
from views.tokens import WATER_CLASSES
from views.ui import cards, live
from views.ui import water as water_pieces
from views.visit import Visit

UNITS = {"-": ""}
EARLIER = 12


def page(v: Visit, section_id: str) -> Page:
    """A section's page. Raises NotThereError where it is unknown."""
    w, report = v.w, water.overview(v.today)
    try:
        one = report.river.section(section_id)
    except KeyError:
        raise NotThereError(section_id) from None
    name, stream = water_words.section_name(one, w), w.of(one.river.name)
    some = next((some for some in report.readings if some[0].section_id == section_id), ())
    said = _said(one, w)
    body = html(
        '<h1>{name}</h1><p class="lead">{}</p>', " · ".join(p for p in (stream, w.of(one.row.where)) if p), name=name
    )
    body += _latest(one, v) + _aim(one, w)
    body += _reading(some, v) if some else Markup()
    body += _known(one, w) + _held(one, w) + _place(one, w)
    body += html('<p><a href="{}">{}</a></p>', href(w, "water"), w("lite.back_water"))
    title = w("lite.section_said", name=name, state=said)
    return Page(
        f"section/{section_id}", "water", title, f"{title} · {stream}", body, water_page.picture(one, w), "water"
    )


def _said(one: Section, w: Words) -> str:
    latest = one.latest
    return fmt.water_class(latest.water_class, w, latest.op) if latest else w("site.not_found")


def _latest(one: Section, v: Visit) -> Markup:
    w, latest = v.w, one.latest
    if latest is None:
        return html('<div class="card">{}</div>', cards.no_value(w))
    told = " · ".join((water_words.when(latest, w), fmt.age(latest.end, v.today, w), water_words.kind(latest, w)))
    word = w(f"overview.grade_{water_words.grade(latest.water_class)}" if latest.official else "water.by_five_items")
    chip = cards.chip(word, WATER_CLASSES[latest.water_class], square=not latest.official)
    return (
        html(
            '<div class="card"><div class="big"><div class="value">{}</div>{chip}</div>{}',
            _said(one, w),
            cards.line(told, "muted small"),
            chip=chip,
        )
        + (Markup() if latest.official else cards.line(w("overview.river_auto"), "muted small"))
        + html("{}</div>", cards.source_note(latest.provenance, w))
    )


def _aim(one: Section, w: Words) -> Markup:
    if one.aim is None:
        return html('<p class="muted">{}</p>', w("lite.no_aim"))
    said = " · ".join((water_words.aim(one.aim, w), water_words.against(one, w)))
    annual = cards.source_note(one.annual.provenance, w) if one.annual and one.against_aim else Markup()
    return html("<p>{said}</p>{}{annual}", cards.source_note(one.aim.provenance, w), said=said, annual=annual)


def _reading(some: tuple[Reading, ...], v: Visit) -> Markup:
    """The last reading, then the hours before it."""
    w, last = v.w, some[0]
    fresh = live.line(freshness.of(water.SOURCE, v.now, data_at=last.at, kind=last.provenance.kind), w)
    items = pieces.rows(_item(item, last, w) for item in last.items)
    beside = pieces.rows(_reference(item, w) for item in last.reference if item.value is not None)
    earlier = [
        [fmt.hour(one.at, w, v.now), water_pieces.class_chip(one.judged.water_class, w, official=False)]
        for one in some[1 : EARLIER + 1]
        if one.judged.water_class
    ]
    header = [w("water.column_when"), w("water.column_class")]
    folded = cards.folded(w("lite.earlier", n=len(earlier)), cards.table(header, earlier)) if earlier else Markup()
    return pieces.block(
        w("lite.last_reading", when=fmt.hour(last.at, w, v.now)),
        fresh + items + cards.source_note(last.provenance, w) + cards.folded(w("lite.not_judged"), beside) + folded,
        w("water.readings_sub"),
    )


def _item(item: Item, last: Reading, w: Words) -> Markup:
    row = item.limits
    name = w.of(row.name) if row else ""
    if row is None or item.value is None or item.water_class is None:
        return pieces.row(name, html('<span class="muted">{}</span>', w("water.withheld") if item.why_not else "—"))
    unit = UNITS.get(row.item_unit, row.item_unit)
    decides = item.column in last.judged.deciding
    found = fmt.water_class(item.water_class, w)
    mark = water_pieces.class_chip(item.water_class, w, official=False) if decides else found
    limit = water_words.limit(item)
    return pieces.row(
        name,
        html("<span>{} {mark}</span>", pieces.strong(fmt.plain(item.value), unit), mark=mark),
        html('<div class="small muted">{}</div>', w("lite.limit_3", limit=limit)),
    )


def _reference(item: Item, w: Words) -> Markup:
    unit = water_words.REFERENCE_UNITS[item.column]
    return pieces.row(w(f"water.item_{item.column}"), pieces.strong(fmt.plain(item.value or 0), unit))


def _known(one: Section, w: Words) -> Markup:
    if not one.known:
        return Markup()
    return pieces.block(
        w("lite.known_classes", n=len(one.known)), pieces.rows(_entry(k, w) for k in reversed(one.known))
    )


def _held(one: Section, w: Words) -> Markup:
    """The recorded hours month by month."""
    if not one.held:
        return Markup()
    months = [
        pieces.row(fmt.period(held.month, w), water_pieces.hours_of(held, w), cards.source_note(held.provenance, w))
        for held in reversed(one.held)
    ]
    out = sum(held.left_out for held in one.held)
    n = sum(held.hours for held in one.held)
    return pieces.block(w("water.months_title", n=n), pieces.rows(months), w("water.months_sub", out=out))


def _entry(known: Known, w: Words) -> Markup:
    value = water_pieces.class_chip(known.water_class, w, official=known.official)
    better = w("water.or_better") if known.op == "<=" else ""
    told = " · ".join(part for part in (water_words.kind(known, w), better) if part)
    below = html('<div class="small muted">{told}</div>', told=told)
    return pieces.row(
        water_words.when(known, w),
        html("<span>{value}</span>", value=value),
        below,
        cards.source_note(known.provenance, w),
    )


def _place(one: Section, w: Words) -> Markup:
    note = w.of(one.row.note)
    return html('<p class="small muted">{note}</p>', note=note) if note else Markup()
