"""Where the year may end, and how such ranges would have held, in words: for the air page, the wall and the methods page."""

import pandas as pd
from markupsafe import Markup

from reports import basis, budget, outlook
from reports.outlook import Record, YearEnd
from views.cached import kept
from views.charts import outlook as charts
from views.site import page
from views.text import format as fmt
from views.text.markup import html, join
from views.text.words import Words
from views.ui import budget as budget_words
from views.ui import cards
from views.visit import Visit


def year_end(v: Visit, share_pct: float | None) -> None:
    """The ranges by both editions, beside the most days that keep the year no worse than the last or keep a share."""
    w, ends = v.w, outlook.both(v.today)
    if not ends:
        return
    most = _most(v, share_pct)
    main = ends[0]
    low, high = main.likely
    key, more = (
        ("sub", {"before": main.year - 1}) if share_pct is None else ("sub_share", {"share": fmt.plain(share_pct)})
    )
    page.chart(
        v,
        charts.year_end(
            tuple((one, budget_words.edition(one.edition, w), most[one.edition]) for one in ends), w, v.dark
        ),
        title=w("outlook.title", year=main.year, low=low, high=high, edition=budget_words.edition(main.edition, w)),
        alt=w("outlook.alt"),
        basis=basis.merged([one.basis for one in ends], "derived", main.basis.period),
        sub=w(f"outlook.{key}", known=main.known_days, passed=main.passed_days, to_come=main.days_to_come, **more),
        data=_table(ends, w),
    )
    page.show(_lines(ends, most, w), theme="air")


def card(v: Visit) -> Markup:
    """The ranges by both editions in sentences, for the light page; empty where there is no past to draw from."""
    w, ends = v.w, outlook.both(v.today)
    if not ends:
        return Markup()
    foot = cards.origin(basis.merged([one.basis for one in ends], "derived", ends[0].basis.period), w)
    return cards.card(w("outlook.card"), _lines(ends, _most(v, None), w), foot=foot)


def _most(v: Visit, share_pct: float | None) -> dict[str, int]:
    """The most days a year may lose, by edition."""
    return {one.now.edition: one.left.allowed_days for one in budget.both(v.today, share_pct)}


def _lines(ends: tuple[YearEnd, ...], most: dict[str, int], w: Words) -> Markup:
    return join(cards.line(line(one, most[one.edition], w)) for one in ends)


def line(one: YearEnd, most: int, w: Words) -> str:
    """The range by an edition, and the chance to lose no more than so many days."""
    (low, high), (low_90, high_90) = one.likely, one.very_likely
    return w(
        "outlook.line",
        edition=budget_words.edition(one.edition, w),
        until=fmt.day(one.until, w, year=False),
        lost=one.lost_days,
        low=low,
        high=high,
        low_90=low_90,
        high_90=high_90,
        allowed=most,
        chance=chance(one.chance_at_most(most), w),
    )


def chance(value: float, w: Words) -> str:
    """A probability in whole per cent; the ends are not told as certain."""
    if value < 0.01:
        return w("outlook.chance_low")
    return w("outlook.chance_high") if value > 0.99 else w("outlook.chance", n=round(100 * value))


@kept
def _table(ends: tuple[YearEnd, ...], w: Words) -> pd.DataFrame:
    """The year's end if its rest goes as in one past year, by each edition."""
    columns = {
        w("outlook.col_total", edition=budget_words.edition(one.edition, w)): pd.Series(one.as_in, dtype="Int64")
        for one in ends
    }
    table = pd.DataFrame(columns).sort_index()
    table.insert(0, w("outlook.col_as_in"), table.index.astype(str))
    return table


def wall(v: Visit) -> Markup:
    """The ranges by both editions for the wall, and how often such a range held; empty where there is no past to draw from."""
    w, ends = v.w, outlook.both(v.today)
    if not ends:
        return Markup()
    most = _most(v, None)
    head = [w("outlook.col_edition"), w("outlook.col_likely"), w("outlook.col_chance", before=ends[0].year - 1)]
    rows = [
        [
            budget_words.edition(one.edition, w),
            f"{one.likely[0]}–{one.likely[1]}",
            chance(one.chance_at_most(most[one.edition]), w),
        ]
        for one in ends
    ]
    record = outlook.record(ends[0].edition)
    held = w(
        "outlook.wall_record",
        edition=budget_words.edition(record.edition, w),
        n=record.issued,
        held=record.held_likely,
    )
    return html(
        '<div><p class="label">{}</p>{}<p class="muted">{held}</p></div>',
        w("outlook.wall_title"),
        cards.table(head, rows, numeric=(1, 2)),
        held=held,
    )


def records(v: Visit) -> None:
    """How the ranges of both editions would have held since 2019."""
    w = v.w
    page.section(w("outlook.record_title"), w("outlook.record_sub"))
    page.show(cards.grid([_record(outlook.record(edition), w) for edition in reversed(outlook.EDITIONS)], "two"))


def _record(one: Record, w: Words) -> Markup:
    title = w(
        "outlook.record_message",
        edition=budget_words.edition(one.edition, w),
        issued=one.issued,
        likely=one.held_likely,
        likely_pct=round(100 * one.held_likely / one.issued),
        very=one.held_very_likely,
        very_pct=round(100 * one.held_very_likely / one.issued),
    )
    total = one.issued + one.too_early + one.unknown
    said = [w("outlook.record_counts", all=total, too_early=one.too_early, unknown=one.unknown)]
    if one.brier is not None:
        said.append(w("outlook.record_brier", n=one.compared, brier=f"{one.brier:.2f}"))
    narrow = one.held_very_likely < outlook.VERY_LIKELY * one.issued
    said.append(w("outlook.record_dependent" if narrow else "outlook.record_dependent_only"))
    return cards.card(title, cards.notes(said), foot=cards.origin(one.basis, w))
