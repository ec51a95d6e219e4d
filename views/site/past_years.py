"""Today beside the same day of past years: how many of them were good, each with its index by the standard of its time."""

from reports import advice
from views.site import page
from views.site.refresh import auto_refresh
from views.text import air as air_words
from views.text import past_years
from views.tokens import AQI_LEVELS
from views.ui import bars, cards
from views.ui.bars import Bar
from views.visit import Visit


@auto_refresh
def show(v: Visit) -> None:
    """The block of the air page: a bar a year."""
    w, told = v.w, advice.now()
    past = past_years.of(told)
    if not past:
        return
    names = air_words.level_names(w)
    drawn = [
        Bar(str(one.day.year), ((one.aqi, AQI_LEVELS[one.level]),), f"{one.aqi} {names[one.level]}") for one in past
    ]
    page.section(past_years.title(told, past, w), past_years.sub(told, w))
    page.show(
        cards.card(
            "", bars.rows(drawn), foot=cards.source_note(advice.same_day_provenance(tuple(one.day for one in past)), w)
        ),
        theme="air",
    )
