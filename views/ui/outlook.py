"""Where the year may end, by each edition: in sentences, and as a table for the wall."""

from collections.abc import Iterable

from markupsafe import Markup

from reports import provenance
from reports.budget import Budget
from reports.outlook import Record, YearEnd
from views.text import format as fmt
from views.text import standards
from views.text.markup import join
from views.text.words import Words
from views.ui import cards, inline
from views.ui.screens import labelled


def card(ends: tuple[YearEnd, ...], budgets: tuple[Budget, ...], w: Words) -> Markup:
    """The ranges by both editions in sentences, for the light page; empty where there is no past to draw from."""
    if not ends:
        return Markup()
    foot = cards.source_note(
        provenance.merged([one.provenance for one in ends], "derived", ends[0].provenance.period), w
    )
    return cards.card(w("outlook.card"), lines(ends, most_lost(budgets), w), foot=foot)


def most_lost(budgets: Iterable[Budget]) -> dict[str, int]:
    """The most days a year may lose, by edition."""
    return {one.now.edition: one.left.allowed_days for one in budgets}


def lines(ends: tuple[YearEnd, ...], most: dict[str, int], w: Words) -> Markup:
    """A sentence an edition; ``most``: the most days a year may lose, by edition."""
    return join(cards.line(line(one, most[one.edition], w)) for one in ends)


def line(one: YearEnd, most: int, w: Words) -> str:
    """The range by an edition, and the chance to lose no more than so many days."""
    (low, high), (low_90, high_90) = one.likely, one.very_likely
    return w(
        "outlook.line",
        edition=standards.edition(one.edition, w),
        until=fmt.day(one.until, w, year=False),
        lost=one.lost_days,
        low=low,
        high=high,
        low_90=low_90,
        high_90=high_90,
        allowed=most,
        chance=chance(one.chance_at_most(most), w),
    )


def no_worse(budget: Budget, ends: Iterable[YearEnd], w: Words) -> str:
    """Whether the year will be no worse than the one before: days allowed and lost, and the chance (``ends``: may be empty)."""
    left, edition = budget.left, budget.now.edition
    parts = [
        w(
            "air.lead_left" if left.days >= 0 else "air.lead_over",
            year=budget.now.year,
            before=budget.before.year,
            edition=standards.edition(edition, w),
            allowed=left.allowed_days,
            lost=left.lost_days,
            n=abs(left.days),
        )
    ]
    parts += [
        w("air.lead_chance", chance=chance(one.chance_at_most(left.allowed_days), w))
        for one in ends
        if one.edition == edition
    ]
    return fmt.sentences(w, *parts, w("air.lead_aim"))


def chance(value: float, w: Words) -> str:
    """A probability in whole per cent; never given as certain."""
    if value < 0.01:
        return w("outlook.chance_low")
    return w("outlook.chance_high") if value > 0.99 else w("outlook.chance", n=round(100 * value))


def wall(ends: tuple[YearEnd, ...], budgets: tuple[Budget, ...], record: Record, w: Words) -> Markup:
    """The ranges by both editions for the wall, and how often such a range came true (``record``: of the first of ``ends``)."""
    most = most_lost(budgets)
    head = [w("outlook.col_edition"), w("outlook.col_likely"), w("outlook.col_chance", before=ends[0].year - 1)]
    rows = [
        [
            standards.edition(one.edition, w),
            f"{one.likely[0]}–{one.likely[1]}",
            chance(one.chance_at_most(most[one.edition]), w),
        ]
        for one in ends
    ]
    remark = w(
        "outlook.wall_record",
        edition=standards.edition(record.edition, w),
        n=record.issued,
        held=record.within_likely,
    )
    table = cards.table(head, rows, numeric=(1, 2))
    return labelled(w("outlook.wall_title"), table, inline.paragraph(remark, "muted"))
