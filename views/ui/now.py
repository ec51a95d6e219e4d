"""The newest air and river: their titles, their ages, the river as a card."""

from datetime import datetime, time

from markupsafe import Markup

from reports import advice, freshness, water
from reports.advice import Advice
from views.text import format as fmt
from views.text import water as water_words
from views.text.markup import html
from views.tokens import WATER_CLASSES
from views.ui import cards, live
from views.visit import Visit


def title(v: Visit) -> str:
    """The title over the newest air and river: it says now only of what is of now."""
    sky = advice.holds(advice.now(), v.now)
    river = any(one.section_id == water.OUTFLOW for one in water.current(v.now))
    return v.w(f"overview.title_{'both' if sky and river else 'sky' if sky else 'river' if river else 'last'}")


def sky_label(v: Visit, told: Advice) -> str:
    """Of when the newest air is: this hour, an hour gone by, a whole day."""
    if told.at is None:
        return v.w("overview.sky_day")
    return v.w("overview.sky_hour") if advice.holds(told, v.now) else v.w("overview.sky_past")


def sky_age(v: Visit, told: Advice) -> Markup:
    """How old the newest air is, and whether it came live."""
    fresh = advice.stands(told, v.now)
    if told.at is not None:
        return live.line(fresh, v.w)
    when = v.w("overview.as_of", day=fmt.day(told.day, v.w), age=fmt.age(told.day, v.today, v.w))
    return html('<p class="fresh">{}<span>{when}</span></p>', live.badge(fresh, v.w), when=when)


def river_card(v: Visit) -> Markup:
    """The last known class of the river where it leaves the city; apart from it the annual class and its target."""
    w, out = v.w, water.overview(v.today).outflow
    known = out.latest
    if known is None:
        return cards.card(w("overview.river_now"), cards.no_value(w))
    said = fmt.water_class(known.water_class, w, known.op)
    word = w(f"overview.grade_{water_words.grade(known.water_class)}") if known.official else w("water.by_five_items")
    quality = cards.chip(word, WATER_CLASSES[known.water_class], square=not known.official)
    body = html('<div class="row big"><div class="value">{said}</div>{quality}</div>', said=said, quality=quality)
    body += _class_age(v, known)
    if not known.official:
        body += cards.line(w("overview.river_auto"), "muted small")
    body += cards.line(water_words.against(out, w))
    return cards.card(w("overview.river_now"), body, foot=cards.source_note(known.provenance, w))


def _class_age(v: Visit, known: water.Known) -> Markup:
    """How old a class is: to the hour where it is an hour's."""
    if known.hour is not None:
        at = datetime.combine(known.end, time(known.hour), v.now.tzinfo)
        return live.line(freshness.of(water.SOURCE, v.now, data_at=at, kind=known.provenance.kind), v.w)
    told = v.w("overview.as_of", day=fmt.period(known.period, v.w), age=fmt.age(known.end, v.today, v.w))
    return cards.line(told, "muted small")
