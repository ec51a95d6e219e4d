"""Chapter 2, a drop of water: down the Huangshui stop by stop, with the class last known at each or none."""

from markupsafe import Markup

from reports import story, water
from reports.story import Journey, Stop
from reports.water import Section
from views import tokens
from views.drawings import river_wide
from views.exhibit.pieces import Chapter, Poster, Tile, one_screen, slider, source_note
from views.text import format as fmt
from views.text import water as water_words
from views.text.markup import html, join
from views.text.words import Words
from views.tokens import WATER_CLASSES
from views.ui import cards
from views.visit import Visit

DROP = Markup(
    '<svg class="drop" viewBox="0 0 24 30" aria-hidden="true">'
    '<path d="M12 1C7 9 2 14 2 20a10 9.5 0 0 0 20 0C22 14 17 9 12 1Z"/></svg>'
)


def chapter(v: Visit) -> Chapter:
    """The river from where it enters the city to where it leaves."""
    w, report = v.w, story.journey(v.today)
    headline, both = w.html("exhibit.drop.headline_open"), water.together(v.today)
    if both:
        inflow, outflow = (fmt.water_class(known.water_class, w) for known in both)
        when = water_words.when(both[0], w)
        headline = w.html("exhibit.drop.headline", when=when, inflow=inflow, outflow=outflow)
    lead = w("exhibit.drop.lead", total=report.total, known=report.known)
    return one_screen("drop", headline, lead, _river(report, w), _poster(report, w))


def _river(report: Journey, w: Words) -> Markup:
    """The stops along the river, the drop at one of them, and what is known there."""
    last = len(report.stops) - 1
    stops = join(_mark(n, stop, w) for n, stop in enumerate(report.stops))
    told = join(_told(n, stop, w) for n, stop in enumerate(report.stops))
    move = html(
        '<div class="move"><button type="button" data-step="-1">← {}</button>'
        "{}"
        '<button type="button" class="on" data-step="1">{} →</button></div>',
        w("exhibit.drop.upstream"),
        slider("drop", 0, last, 0, label=w("exhibit.drop.drag")),
        w("exhibit.drop.downstream"),
    )
    river = html('<div class="river"><ol class="stops">{stops}</ol>{DROP}</div>', stops=stops, DROP=DROP)
    return html('{river}{move}<div class="told" aria-live="polite">{told}</div>', river=river, move=move, told=told)


def _name(stop: Stop, w: Words) -> str:
    if stop.kind == "joins" or stop.section is None:
        return w.of(stop.stream.name)
    return water_words.section_name(stop.section, w)


def _mark(n: int, stop: Stop, w: Words) -> Markup:
    """A stop on the line: its class as colour and numeral, or a hollow dot; rivers that join come from their side."""
    side = f" {'north' if stop.stream.from_north else 'south'}" if stop.kind == "joins" else ""
    return html(
        '<li class="{}{side}"><button type="button" data-stop="{n}">{}<span>{}</span></button></li>',
        stop.kind,
        _dot(stop),
        _name(stop, w),
        side=side,
        n=n,
    )


def _dot(stop: Stop) -> Markup:
    if stop.known is None:
        return Markup('<i class="dot none" aria-hidden="true"></i>')
    color = WATER_CLASSES[stop.known.water_class]
    numeral = fmt.ROMAN.get(stop.known.water_class, "")
    return html(
        '<i class="dot" aria-hidden="true" style="background:{color};color:{}">{numeral}</i>',
        tokens.ink_on(color),
        color=color,
        numeral=numeral,
    )


def _told(n: int, stop: Stop, w: Words) -> Markup:
    """What is known at a stop: the class with its date and source, or that none was published."""
    title = w(f"exhibit.drop.{stop.kind}", section=_name(stop, w), river=w.of(stop.stream.name))
    known = stop.known
    if known is None:
        body = html('<div class="value none">{}</div>', w("site.not_found")) + cards.line(_why_none(stop, w), "muted")
        foot = Markup()
    else:
        body = cards.chip(fmt.water_class(known.water_class, w, known.op), WATER_CLASSES[known.water_class])
        told = f"{water_words.when(known, w)} · {water_words.kind(known, w)}"
        if stop.kind == "joins" and stop.section:
            told = f"{w('exhibit.drop.at', section=water_words.section_name(stop.section, w))} · {told}"
        body += cards.line(told, "muted")
        foot = source_note(known.provenance, w)
    if stop.section:
        body += cards.line(water_words.against(stop.section, w), "muted")
    body += _sections(stop, w)
    return html(
        '<section class="panel boxed" data-at="{n}"><h2>{title}</h2>{body}{foot}</section>',
        n=n,
        title=title,
        body=body,
        foot=foot,
    )


def _why_none(stop: Stop, w: Words) -> str:
    if stop.section is None:
        return w("exhibit.drop.no_section")
    return w("exhibit.drop.unknown_river" if stop.kind == "joins" else "exhibit.drop.unknown")


def _sections(stop: Stop, w: Words) -> Markup:
    """All sections of a river that joins, downstream, each with its class or none."""
    if stop.kind != "joins" or len(stop.stream.sections) < 2:
        return Markup()
    said = w("water.list_comma").join(_state(one, w) for one in stop.stream.sections)
    return cards.line(w("exhibit.drop.sections", sections=said), "muted")


def _state(section: Section, w: Words) -> str:
    latest = section.latest
    state = fmt.water_class(latest.water_class, w, latest.op) if latest else w("site.not_found")
    return w("water.section_state", name=water_words.section_name(section, w), state=state)


def _poster(report: Journey, w: Words) -> Poster:
    tiles = tuple(
        Tile(
            water_words.section_name(stop.section, w),
            fmt.water_class(stop.known.water_class, w, stop.known.op),
            f"{water_words.when(stop.known, w)} · {water_words.kind(stop.known, w)}",
        )
        for stop in report.stops
        if stop.known and stop.section
    )
    bases = tuple(stop.known.provenance for stop in report.stops if stop.known)
    lead = w("exhibit.drop.lead", total=report.total, known=report.known)
    return Poster(lead, river_wide.line(report.river, w), tiles, (w("exhibit.drop.dashed"),), bases)
