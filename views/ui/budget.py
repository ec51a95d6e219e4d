"""The days a year can still lose, and the same days of the year before, as text: for the page, the light page and the wall."""

from markupsafe import Markup
from msgspec import Struct

from reports import air
from reports.budget import Budget, Counted, Left, SamePeriod
from reports.provenance import Provenance
from views.text import differences, standards
from views.text import format as fmt
from views.text.markup import join
from views.text.words import Words
from views.ui import cards


def headline(one: Budget, w: Words) -> Markup:
    """Whether the year can still be no worse than the one before, as far as its days are known."""
    key = "some" if one.left.days >= 0 else "none"
    return w.html(
        f"budget.headline_{key}",
        edition=standards.edition(one.now.edition, w),
        left=one.left.days,
        over=-one.left.days,
        **_years(one),
    )


def how(one: Budget, w: Words) -> str:
    """What is allowed, what was lost up to which day, and what is left."""
    left = one.left
    if one.share_pct is None:
        first = w(
            "budget.before",
            known_before=one.before.known_days,
            lost_before=one.before.lost_days,
            allowed=left.allowed_days,
            **_years(one),
        )
    else:
        first = w("budget.share", value=fmt.plain(one.share_pct), allowed=left.allowed_days, year=one.now.year)
    return fmt.sentences(
        w,
        first,
        w(
            "budget.so_far",
            until=fmt.day(one.known_until, w),
            known=left.known_days,
            lost=left.lost_days,
            state=_state(left.days, w),
        ),
    )


def open_days(left: Left, w: Words) -> str:
    """The days not known yet: passed without data, with the range they leave open, and those to come."""
    parts = []
    if left.unknown_days:
        good, bad = _state(left.if_unknown_good, w), _state(left.if_unknown_lost, w)
        parts.append(w("budget.unknown", unknown=left.unknown_days, good=good, bad=bad))
    parts.append(w("budget.to_come", n=left.days_to_come))
    return fmt.sentences(w, *parts)


def by_other(one: Budget, w: Words) -> str:
    """The same by another edition, in one sentence."""
    return w(
        "budget.by_other",
        edition=standards.edition(one.now.edition, w),
        allowed=one.left.allowed_days,
        lost=one.left.lost_days,
        state=_state(one.left.days, w),
    )


def ozone(one: Budget, w: Words) -> str:
    """That ozone does not count, and what it alone would have lost where it is known."""
    if not one.now.ozone_known_days:
        return w("budget.ozone_unknown", year=one.now.year)
    return w("budget.ozone", year=one.now.year, known=one.now.ozone_known_days, n=one.now.lost_by_ozone_alone_days)


def card(main: Budget, other: Budget, w: Words) -> Markup:
    """The budget by the edition in force, with the other edition beside it."""
    left = main.left
    body = cards.value(fmt.number(abs(left.days)), w("air.days_unit")) + join(
        cards.line(text, kind)
        for text, kind in (
            (how(main, w), ""),
            (open_days(left, w), ""),
            (by_other(other, w), "muted small"),
            (ozone(main, w), "muted small"),
        )
    )
    key = "card_left" if left.days >= 0 else "card_over"
    label = w(f"budget.{key}", edition=standards.edition(main.now.edition, w))
    return cards.card(label, body, foot=cards.source_note(main.now.provenance, w), kind="big")


class SameDays(Struct, frozen=True, weakref=True):
    """The share of good days beside that of the same days last year, both by one edition, formatted once for every surface.

    ``shares``: both; empty where they do not compare. ``sub``: the days behind them, or why they do not.
    """

    label: str
    shares: str
    sub: str
    provenance: Provenance

    @classmethod
    def of(cls, report: SamePeriod, w: Words) -> "SameDays":
        """From the comparison of the same days of two years."""
        before, now = report.by_new
        label = w("budget.same_by_new", edition=standards.edition(air.NEW, w))
        if not report.by_new_change.comparable:
            why = w("budget.same_not", why=differences.words(report.by_new_change.differs, w))
            return cls(label, "", why, now.provenance)
        days = w(
            "budget.same_by_new_sub",
            until=fmt.day(now.until, w, year=False),
            before_good=before.good_days,
            before_known=before.known_days,
            good=now.good_days,
            known=now.known_days,
        )
        return cls(label, _shares(before, now), days, now.provenance)


def same_period(report: SamePeriod, w: Words) -> list[Markup]:
    """Two cards: both years by one edition, and by the editions in force parted into air and rule."""
    same = SameDays.of(report, w)
    by_new = _card(same.label, same.shares or "—", same.sub, same.provenance, w)
    in_force = _card(
        w("budget.same_in_force"),
        _shares(report.before, report.now),
        split(report, w),
        report.now.provenance,
        w,
    )
    return [by_new, in_force]


def split(report: SamePeriod, w: Words) -> str:
    """The change as air and rule in both orders: in days where both years know as many, else in percentage points."""
    if report.change_in_days is not None:
        parts = {name: fmt.signed(days) for name, days in report.change_in_days.items()}
        return w(
            "budget.same_in_force_days", **parts, before=str(report.before.lost_days), now=str(report.now.lost_days)
        )
    parts = {name: fmt.signed(points, 1) for name, points in report.change_in_points.items()}
    return w("budget.same_in_force_points", **parts)


def _card(label: str, value: str, sub: str, provenance: Provenance, w: Words) -> Markup:
    return cards.card(
        label, cards.value(value, "") + cards.line(sub, "muted small"), foot=cards.source_note(provenance, w)
    )


def _shares(before: Counted, now: Counted) -> str:
    """Both shares of good days."""
    return f"{_share(before)} → {_share(now)}"


def _share(one: Counted) -> str:
    return f"{fmt.number(one.result.value, 1)}%"


def _state(days: int, w: Words) -> str:
    return w("budget.left" if days >= 0 else "budget.over", n=abs(days))


def _years(one: Budget) -> dict[str, int]:
    return {"year": one.now.year, "before": one.before.year}
