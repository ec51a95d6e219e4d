"""A standard by its number and title, an edition in a sentence."""

from reports import lookup
from reports.air import NEW
from store.records import Standard
from views.text.words import Words


def name(row: Standard, w: Words) -> str:
    """Number and title; some have only a title."""
    number = row.standard_id if w.lang == "zh" else lookup.in_english(row.standard_id)
    title = w.of(row.title)
    return title if number == title else w("changes.standard", number=number, title=title)


def edition(name: str, w: Words) -> str:
    """An edition of the air quality standard as it is called in a sentence."""
    return w("budget.edition_new" if name == NEW else "budget.edition_old")
