"""Published days of the air as a table: each item as published, below it the site's own and whether both are the same."""

from collections.abc import Sequence

from markupsafe import Markup

from reports.published_days import DECIMALS, Beside, PublishedDay
from views.text import format as fmt
from views.text.markup import html
from views.text.words import Words
from views.ui import cards


def table(days: Sequence[PublishedDay], w: Words) -> Markup:
    """A row a day, a column an item."""
    header = [w("published_days.column_day"), *(w(f"published_days.item.{item}") for item in DECIMALS)]
    rows = [[fmt.day(day.day, w, year=True), *_cells(day, w)] for day in days]
    return cards.table(header, rows, numeric=range(1, len(header)), region=w("published_days.title"))


def _cells(day: PublishedDay, w: Words) -> list[Markup | str]:
    found = {one.item: one for one in day.items}
    return [_cell(found[item], w) if item in found else cards.cell("") for item in DECIMALS]


def _cell(one: Beside, w: Words) -> Markup:
    """The published number over the site's; bold where both are one statistic and not the same."""
    number = fmt.number(one.published.value, DECIMALS[one.item])
    if one.series is None or one.compared is None:
        return _over(number, w("published_days.not_known"))
    own = fmt.number(one.series.value, DECIMALS[one.item])
    if one.differs:
        return html("<strong>{}</strong><br><strong>{}</strong>", number, w("published_days.apart", value=own))
    return _over(number, w(f"published_days.{'same' if one.compared.comparable else 'not_comparable'}", value=own))


def _over(number: str, below: str) -> Markup:
    return html('{}<br><span class="muted small">{}</span>', number, below)
