"""The newest air and river: the title over them, the label of the air, the river as a card."""

from markupsafe import Markup

from reports.latest import LatestAir, LatestRiver
from reports.water import Known
from views.text import format as fmt
from views.text import water as water_words
from views.text.words import Words
from views.ui import cards, live
from views.ui import water as water_pieces
from views.visit import Visit


def title(air: LatestAir, river: LatestRiver, w: Words) -> str:
    """The title over the newest air and river: "now" only for what is current."""
    sky = air.outside
    return w(
        f"overview.title_{'both' if sky and river.current else 'sky' if sky else 'river' if river.current else 'last'}"
    )


def sky_label(air: LatestAir, w: Words) -> str:
    """Of when the newest air is: this hour, an hour gone by, a whole day."""
    if air.advice.at is None:
        return w("overview.sky_day")
    return w("overview.sky_hour" if air.outside else "overview.sky_past")


def river_card(river: LatestRiver, v: Visit) -> Markup:
    """The last known class of the river where it leaves the city; apart from it the annual class and its target."""
    w, known = v.w, river.outflow.latest
    if known is None:
        return cards.card(w("overview.river_now"), cards.no_value(w))
    body = water_pieces.class_row(known, w)
    body += class_age(river, known, v)
    body += cards.line(water_words.five_items(known, w), "muted small")
    body += cards.line(water_words.against(river.outflow, w))
    return cards.card(w("overview.river_now"), body, foot=cards.source_note(known.provenance, w))


def class_age(river: LatestRiver, known: Known, v: Visit, *, brief: bool = False) -> Markup:
    """How old the river's last class known is: to the hour where it is an hour's; ``brief``: of such a one the age alone."""
    if river.freshness is not None:
        return live.brief(river.freshness, v.w) if brief else live.line(river.freshness, v.w)
    return cards.line(period_age(known, v), "muted small")


def period_age(known: Known, v: Visit) -> str:
    """The period of a class that is of no hour, and how long it has been over."""
    return v.w("overview.as_of", day=fmt.period(known.period, v.w), age=fmt.age(known.end, v.today, v.w))
