"""Today beside the same day of past years: how many of them were good, each with its index by the standard of its time."""

from reports.advice import Advice, PastYears
from views.site import page
from views.site.sheet import drawn_once
from views.text import past_years
from views.ui import bars, cards
from views.ui.air import AirIndex
from views.ui.bars import Bar
from views.visit import Visit


@drawn_once()
def show(v: Visit, newest: Advice, past: PastYears | None) -> None:
    """The block of the air page: a bar a year; nothing where no past year knows the day."""
    w = v.w
    if past is None:
        return
    drawn = []
    for one in past.days:
        index = AirIndex.of(one.aqi, one.level, w)
        drawn.append(Bar(str(one.day.year), ((one.aqi, index.color),), index.text))
    page.section(past_years.title(newest, past, w), past_years.sub(newest, w))
    page.show(cards.card("", bars.rows(drawn), foot=cards.source_note(past.provenance, w)), theme="air")
