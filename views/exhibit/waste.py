"""Chapter 3, where a bottle goes: a visitor throws something away, its way as far as published figures go."""

from typing import get_args

from markupsafe import Markup
from msgspec import Struct

from reports import story, waste
from reports.story import Bin, Thing
from reports.waste import Flow, Household
from store.records import Standard
from views.drawings import icons, waste_flow
from views.exhibit.pieces import Chapter, Figure, Poster, Screen, Tile, figure, source_note
from views.templates import render
from views.text import format as fmt
from views.text.words import Words
from views.ui import figure_cards
from views.ui import waste as waste_pieces
from views.ui.waste import WasteFlow
from views.visit import Visit

FROM_FACTORIES = "slag"  # the thing whose figures are one flow; all others come from homes
BURNT = "bag"  # the thing whose way ends in the incinerator


class ThingText(Struct, frozen=True, weakref=True):
    """The way of a thing: its figures one by one, or one flow that parts, with its source; none where none is published."""

    id: str
    bin: str
    icon: Markup
    figures: tuple[Figure, ...]
    flow: WasteFlow | None
    source_note: Markup
    remark: str


def chapter(v: Visit) -> Chapter:
    """Five things to throw away: what comes from homes, then what comes from factories."""
    w, made, things, home = v.w, waste.flow(v.today), story.things(v.today), waste.household(v.today)
    headline = w.html("exhibit.waste.headline_open")
    if made:
        used, period = fmt.number(made.share_pct(made.used.value), 1), fmt.period(made.period, w)
        headline = w.html("exhibit.waste.headline", used=used, period=period)
    texts = [_text(one, made, home, w) for one in things]
    kinds = _kinds(story.kinds(), w)
    stage, body = (
        render(f"exhibit/{name}", w=w, things=texts, bins=get_args(Bin), kinds=kinds)
        for name in ("waste", "waste_body")
    )
    lead = w("exhibit.waste.lead")
    return Chapter(headline, lead, (Screen("waste", headline, lead, "plant", stage, body),), _poster(things, made, w))


def _text(thing: Thing, made: Flow | None, home: Household | None, w: Words) -> ThingText:
    from_factories = thing.id == FROM_FACTORIES
    drawn = waste_pieces.flow(made, w) if from_factories and made else None
    points = () if drawn else thing.points
    return ThingText(
        thing.id,
        thing.bin,
        icons.icon(thing.id),
        tuple(figure(_label(point.row.indicator_id, point.period, w), point, w) for point in points),
        drawn,
        source_note(thing.points[0].provenance, w) if from_factories and thing.points else Markup(),
        w("exhibit.waste.per_tonne", kwh=fmt.number(home.kwh_per_t)) if thing.id == BURNT and home else "",
    )


def _kinds(by: Standard, w: Words) -> str:
    """By what the bins of a household are named, and how surely that is known."""
    return w("exhibit.waste.kinds", standard=by.standard_id, evidence=w(f"method.evidence.{by.evidence}"))


def _label(indicator_id: str, period: str, w: Words) -> str:
    return w(f"exhibit.waste.figure.{indicator_id}", period=fmt.period(period, w))


def _poster(things: tuple[Thing, ...], made: Flow | None, w: Words) -> Poster:
    home = [point for thing in things if thing.id != FROM_FACTORIES for point in thing.points]
    tiles = tuple(
        Tile(_label(point.row.indicator_id, point.period, w), figure_cards.value(point, w), w.of(point.row.note))
        for point in home
    )
    notes = tuple(w(f"exhibit.waste.unknown.{thing.id}") for thing in things)
    sources = (*((made.provenance,) if made else ()), *(point.provenance for point in home))
    picture = waste_flow.drawing(waste_pieces.flow(made, w), w) if made else Markup()
    return Poster(w("exhibit.waste.printed"), picture, tiles, notes, sources)
