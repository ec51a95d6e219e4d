"""What the air means for each group of people, now and at each level."""

from collections.abc import Iterable

from markupsafe import Markup

from reports.advice import Answer
from reports.air_now import Station
from reports.provenance import Provenance
from views.addresses import in_language
from views.text import air as air_words
from views.text.markup import html, join
from views.text.words import Words
from views.tokens import AQI_LEVELS
from views.ui import cards, inline


def groups(answers: Iterable[Answer], w: Words, *, why: bool) -> Markup:
    """What each group had better do, ``why``: with the rule behind it."""
    items = []
    for one in answers:
        reason = html('<div class="why">{}</div>', w(f"lite.rule.{one.rule}")) if why else Markup()
        items.append(
            html(
                '<li class="{}"><b>{}</b>{}{reason}</li>',
                one.verdict,
                w(f"lite.group.{one.group}"),
                w(f"lite.answer.{one.verdict}"),
                reason=reason,
            )
        )
    return html('<ul class="groups">{}</ul>', join(items))


def by_level(rule: Provenance, w: Words) -> Markup:
    """What each level of the air calls for, folded: true whatever the air is now; ``rule``: where it is written."""
    header = [w("air.col_level"), w("lite.col_do")]
    levels = [
        [cards.chip(words.name, AQI_LEVELS[level]), cards.cell(words.advice)]
        for level, words in air_words.levels(w).items()
    ]
    return cards.folded(w("lite.by_level"), cards.table(header, levels)) + cards.source_note(rule, w)


def nearest(stations: Iterable[Station], w: Words) -> Markup:
    """A link that lets the browser find its position; the stations' places travel with it, the visitor's do not."""
    places = ";".join(f"{one.station_id},{one.lon:.4f},{one.lat:.4f}" for one in stations if one.lon and one.lat)
    link = html(
        '<a href="{}" target="_self" data-near="{places}" data-refused="{}">{}</a>',
        in_language("", w.lang),
        w("place.refused"),
        w("place.near"),
        places=places,
    )
    return inline.paragraph(inline.with_remark(link, w("place.near_sub")))
