"""A water class on its colour, and the classes of recorded hours."""

from markupsafe import Markup

from reports import freshness, water
from reports.freshness import Freshness
from reports.water import HoursOfMonth, Water
from views.text import format as fmt
from views.text.markup import html, join
from views.text.words import Words
from views.tokens import WATER_CLASSES
from views.ui import cards
from views.visit import Visit


def class_chip(water_class: int, w: Words, *, official: bool = True) -> Markup:
    """A water class on its colour; square where it rests on the five automatic items alone."""
    return cards.chip(fmt.water_class(water_class, w), WATER_CLASSES[water_class], square=not official)


def hours_of(one: HoursOfMonth, w: Words) -> Markup:
    """The recorded hours of a month: each class with its count, and the hours left out."""
    chips = join(
        html("<span>{}×{count}</span> ", class_chip(n, w, official=False), count=count)
        for n, count in one.by_class.items()
    )
    said = [w("water.hours", n=one.hours)] if one.hours else []
    said += [w("water.hours_left_out", n=one.left_out)] if one.left_out else []
    return html(
        '<div class="entry">{chips}<span class="muted small">{}</span></div>',
        w("water.list_comma").join(said),
        chips=chips,
    )


def freshness_of(report: Water, v: Visit) -> Freshness:
    """How the newest reading of any section stands on the clock; the source itself where there is none."""
    newest = max((some[0] for some in report.readings), key=lambda one: one.at, default=None)
    if newest is None:
        return freshness.of(water.SOURCE, v.now)
    return freshness.of(water.SOURCE, v.now, data_at=newest.at, kind=newest.provenance.kind)
