"""The air of an hour and of a day: the city as a card, a pollutant as a row."""

from markupsafe import Markup

from reports import air
from reports.air_now import Hour, Item
from store.records import AqiCategory
from views.text import air as words
from views.text import format as fmt
from views.text.markup import html, join
from views.text.words import Words
from views.tokens import AQI_LEVELS
from views.ui import cards

IAQI_SCALE = 200  # the end of a pollutant's line: beyond it every value is heavy


def index(aqi: int | None, level: AqiCategory, w: Words, said: str = "", *, large: bool = True) -> Markup:
    """The index with its level on the official colour, and a word beside it."""
    return html(
        '<div class="row{}"><div class="value">{aqi}<small>AQI</small></div>{}{}</div>',
        " big" if large else "",
        cards.chip(w.of(level.name), AQI_LEVELS[level.level]),
        html("<span>{said}</span>", said=said) if said else Markup(),
        aqi="—" if aqi is None else aqi,
    )


def city_card(hour: Hour, w: Words, more: Markup = Markup(), *, current: bool) -> Markup:
    """The city's hour as a card: index, level, primary pollutants; ``more`` below.

    ``current``: it is the air outside, so it says what to do and who should take care; an older one gives no advice.
    """
    label = w("air.city_hour") if current else w("air.city_last", time=fmt.hour(hour.at, w))
    level = air.categories()[hour.level - 1] if hour.level else None
    if level is None or hour.aqi is None:
        return cards.card(label, cards.no_value(w, "air.no_index"), foot=cards.source_note(hour.provenance, w))
    body = (
        index(hour.aqi, level, w)
        + cards.line(w.of(level.advice) if current else w("air.too_old"))
        + cards.line(w.of(level.effect), "muted small")
        + cards.line(words.primary(hour, w), "muted small")
        + (join(map(cards.line, words.care(hour, w))) if current else Markup())
        + (Markup() if hour.published else cards.line(w("air.computed_here"), "muted small"))
        + more
    )
    return cards.card(label, body, foot=cards.source_note(hour.provenance, w))


def hour_item(one: Item, w: Words) -> Markup:
    """A pollutant on the scale of its index: 100 is where the standard ends."""
    name, said = words.pollutant(one.pollutant, w), words.measured(one, w)
    if one.value is None:
        return cards.ends(name, said)
    iaqi = "—" if one.iaqi is None else fmt.number(one.iaqi)
    value = w("air.item_now", value=said, unit=words.unit(one.pollutant), iaqi=iaqi)
    line = cards.bullet(
        0, IAQI_SCALE, baseline=None, latest=one.iaqi, target=100, title=w("air.item_now_alt", name=name, value=value)
    )
    return html("<div>{}{line}</div>", cards.ends(name, value), line=line)


def day_item(one: air.Item, w: Words) -> Markup:
    """A pollutant of a day against its daily limit."""
    name = words.pollutant(one.pollutant, w)
    if one.value is None:
        why = w("air.item_missing" if one.pollutant == "O3" else "site.not_published")
        return html('<div class="ends"><span>{name}</span><span>{why}</span></div>', name=name, why=why)
    decimals = 2 if one.pollutant == "CO" else 1  # as the archive tells it; a mean of hours has more
    value = fmt.plain(round(one.value, decimals))
    drawn = cards.bullet(
        0,
        one.limit * 1.25,
        baseline=None,
        latest=one.value,
        target=one.limit,
        title=w("air.item_alt", name=name, value=value, limit=fmt.plain(one.limit)),
    )
    text = w("air.item_line", value=value, limit=fmt.plain(one.limit), unit=words.unit(one.pollutant))
    return html(
        '<div><div class="ends"><span>{name}</span><span>{text}</span></div>{drawn}</div>',
        name=name,
        text=text,
        drawn=drawn,
    )
