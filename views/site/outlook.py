"""Where the year may end, and how such ranges would have held, for the air page and the methods page."""

from collections.abc import Iterable, Sequence

import pandas as pd
from markupsafe import Markup

from reports import provenance
from reports.budget import Budget
from reports.outlook import Record, YearEnd
from views.cached import cached_rendering
from views.charts import outlook as charts
from views.site import page
from views.site.sheet import drawn_once
from views.text import format as fmt
from views.text.words import Words
from views.ui import budget as budget_pieces
from views.ui import cards
from views.ui import outlook as outlook_pieces
from views.visit import Visit


@drawn_once()
def year_end(v: Visit, ends: tuple[YearEnd, ...], budgets: Sequence[Budget]) -> None:
    """The ranges by both editions, beside the most days that keep the year no worse than the last or keep a share.

    Nothing where there is no past to draw from.
    """
    if not ends:
        return
    w, most, share_pct = v.w, outlook_pieces.most_lost(budgets), budgets[0].share_pct
    main = ends[0]
    low, high = main.likely
    key, more = (
        ("sub", {"before": main.year - 1}) if share_pct is None else ("sub_share", {"share": fmt.plain(share_pct)})
    )
    page.chart(
        v,
        charts.year_end(
            tuple((one, budget_pieces.edition(one.edition, w), most[one.edition]) for one in ends), w, v.dark
        ),
        title=w("outlook.title", year=main.year, low=low, high=high, edition=budget_pieces.edition(main.edition, w)),
        alt=w("outlook.alt"),
        provenance=provenance.merged([one.provenance for one in ends], "derived", main.provenance.period),
        sub=w(f"outlook.{key}", known=main.known_days, passed=main.passed_days, to_come=main.days_to_come, **more),
        data=_table(ends, w),
    )
    page.show(outlook_pieces.lines(ends, most, w), theme="air")


@cached_rendering
def _table(ends: tuple[YearEnd, ...], w: Words) -> pd.DataFrame:
    """The year's end if its rest goes as in one past year, by each edition."""
    columns = {
        w("outlook.col_total", edition=budget_pieces.edition(one.edition, w)): pd.Series(one.as_in, dtype="Int64")
        for one in ends
    }
    table = pd.DataFrame(columns).sort_index()
    table.insert(0, w("outlook.col_as_in"), table.index.astype(str))
    return table


@drawn_once()
def records(v: Visit, reports: Iterable[Record]) -> None:
    """How the ranges of both editions would have held since 2019."""
    w = v.w
    page.section(w("outlook.record_title"), w("outlook.record_sub"))
    page.show(cards.grid((_record(one, w) for one in reports), "two"))


def _record(one: Record, w: Words) -> Markup:
    title = w(
        "outlook.record_message",
        edition=budget_pieces.edition(one.edition, w),
        issued=one.issued,
        likely=one.within_likely,
        likely_pct=round(100 * one.within_likely / one.issued),
        very=one.within_very_likely,
        very_pct=round(100 * one.within_very_likely / one.issued),
    )
    total = one.issued + one.too_early + one.unknown
    notes = [w("outlook.record_counts", all=total, too_early=one.too_early, unknown=one.unknown)]
    if one.brier is not None:
        notes.append(w("outlook.record_brier", n=one.compared, brier=f"{one.brier:.2f}"))
    notes.append(w("outlook.record_dependent" if one.too_narrow else "outlook.record_dependent_only"))
    return cards.card(title, cards.notes(notes), foot=cards.source_note(one.provenance, w))
