"""Where the year may end, and how such ranges would have held, for the air page and the methods page."""

from collections.abc import Sequence

import pandas as pd
from markupsafe import Markup

from reports import provenance
from reports.air import FIRST_YEAR_SINCE_CHANGE
from reports.budget import Budget
from reports.outlook import Record, YearEnd
from views.cached import cached_rendering
from views.site import page
from views.site.sheet import drawn_once
from views.text import format as fmt
from views.text import standards
from views.text.words import Words
from views.ui import cards
from views.ui import outlook as outlook_pieces
from views.visit import Visit


@drawn_once()
def year_end(v: Visit, ends: tuple[YearEnd, ...], budgets: Sequence[Budget]) -> None:
    """The ranges by both editions, each with the chance to lose no more than the most days of the budget.

    Nothing where there is no past to draw from.
    """
    if not ends:
        return
    w, main = v.w, ends[0]
    low, high = main.likely
    title = w("outlook.title", year=main.year, low=low, high=high, edition=standards.edition(main.edition, w))
    how = w("outlook.sub", known=main.known_days, passed=main.passed_days, to_come=main.days_to_come)
    body = outlook_pieces.lines(ends, outlook_pieces.most_lost(budgets), w)
    body += cards.folded(w("outlook.how"), cards.line(how, "small") + page.frame_table(_table(ends, w)))
    sources = provenance.merged([one.provenance for one in ends], "derived", main.provenance.period)
    page.show(cards.card(title, body, foot=cards.source_note(sources, w)), theme="air")


@cached_rendering
def _table(ends: tuple[YearEnd, ...], w: Words) -> pd.DataFrame:
    """The year's end if its rest goes as in one past year, by each edition."""
    columns = {
        w("outlook.col_total", edition=standards.edition(one.edition, w)): pd.Series(one.as_in, dtype="Int64")
        for one in ends
    }
    table = pd.DataFrame(columns).sort_index()
    table.insert(0, w("outlook.col_as_in"), table.index.astype(str))
    return table


@drawn_once()
def records(v: Visit, reports: Sequence[Record]) -> None:
    """How the ranges of both editions would have held in past years."""
    w = v.w
    page.section(
        w("outlook.record_title"), w("outlook.record_sub", first=FIRST_YEAR_SINCE_CHANGE, last=reports[0].last_year)
    )
    shown = [_record(one, w) for one in reports if one.issued]
    if shown:
        page.show(cards.grid(shown, "two"))
    else:
        page.nothing(v, "years")


def _record(one: Record, w: Words) -> Markup:
    title = w(
        "outlook.record_message",
        edition=standards.edition(one.edition, w),
        issued=one.issued,
        likely=one.within_likely,
        likely_pct=one.within_likely_pct,
        very=one.within_very_likely,
        very_pct=one.within_very_likely_pct,
    )
    notes = [w("outlook.record_counts", all=one.starts, too_early=one.too_early, unknown=one.unknown)]
    if one.brier is not None:
        notes.append(w("outlook.record_brier", n=one.compared, brier=fmt.number(one.brier, 2)))
    notes.append(w("outlook.record_dependent" if one.too_narrow else "outlook.record_dependent_only"))
    return cards.card(title, cards.notes(notes), foot=cards.source_note(one.provenance, w))
