"""Today beside the same day of past years: how many of them were good, each with its index by the standard of its time."""

from reports.advice import Advice, PastYears
from views.site import page
from views.site.sheet import drawn_once
from views.text import past_years
from views.ui import air as air_pieces
from views.ui import cards
from views.visit import Visit


@drawn_once()
def show(v: Visit, newest: Advice, past: PastYears | None) -> None:
    """The block of the air page: a bar a year; nothing where no past year knows the day."""
    w = v.w
    if past is None:
        return
    page.section(past_years.title(newest, past, w))
    more = cards.folded(w("air.same_day_how"), cards.line(past_years.sub(newest, w), "small"))
    page.show(air_pieces.past_years(past, w) + more, theme="air")
