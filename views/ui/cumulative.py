"""What the added-up days above AQI 100 say: the message, how to read it, the values as a table."""

from calendar import monthrange
from datetime import date

import pandas as pd

from reports import cumulative
from reports.air import FIRST_YEAR_SINCE_CHANGE
from reports.cumulative import Cumulative
from views.text import differences, standards
from views.text import format as fmt
from views.text.words import Words


def message(report: Cumulative, w: Words) -> str:
    """This year's days up to the last day that compares, against the same part of the year before.

    Where the two know different numbers of days, both numbers stand in the sentence and no difference.
    """
    same = report.same
    values = {
        "until": fmt.day(same.until, w, year=False),
        "year": report.now.year,
        "lost": same.now.total,
        "before": report.before.year,
        "lost_before": same.before.total,
        "known": same.now.known_days,
        "known_before": same.before.known_days,
    }
    if not same.comparison.comparable:
        return w("cumulative.message_alone", **values)
    if same.change is None:
        return w("cumulative.message_both", **values)
    key = "more" if same.change > 0 else "fewer" if same.change < 0 else "equal"
    return w(f"cumulative.message_{key}", n=abs(same.change), **values)


def description(report: Cumulative, w: Words) -> str:
    """The drawing for a screen reader: its message, what is allowed, the years before, where it may end, what is unknown."""
    parts = [
        w("cumulative.alt", message=message(report, w)),
        w("cumulative.alt_past", since=FIRST_YEAR_SINCE_CHANGE, low=report.low[-1], high=report.high[-1]),
    ]
    if report.budget:
        parts.append(w("cumulative.alt_allowed", n=report.budget.left.allowed_days, before=report.before.year))
    if report.end:
        parts.append(w("cumulative.alt_end", year=report.now.year, low=report.end.likely[0], high=report.end.likely[1]))
    if report.unknown_days:
        parts.append(w("cumulative.alt_unknown", n=report.unknown_days))
    return fmt.sentences(w, *parts)


def basis(report: Cumulative, w: Words) -> str:
    """By which edition, of how many days, without ozone and with dust; the years left out, the origin of the band."""
    same, until = report.same, fmt.day(report.same.until, w, year=False)
    known = {
        "year": report.now.year,
        "known": same.now.known_days,
        "before": report.before.year,
        "known_before": same.before.known_days,
    }
    parts = [w("cumulative.basis", edition=standards.edition(report.edition, w), until=until, **known)]
    if not same.comparison.comparable:
        parts.append(w("budget.same_not", why=differences.words(same.comparison.differs, w)))
    if report.left_out:
        years = w("compare.list_comma").join(str(one.year) for one in report.left_out)
        parts.append(w("cumulative.left_out", years=years))
    if report.end:
        parts.append(w("cumulative.how"))
    return fmt.sentences(w, *parts)


def table(report: Cumulative, w: Words) -> pd.DataFrame:
    """The drawing's values at the ends of months, at the last known day, and where the band has its points."""
    year = report.now.year
    ends = {date(year, month, monthrange(year, month)[1]) for month in range(1, 13)}
    band = {step.day: f"{step.low}–{step.high}" for step in report.course}
    rows = []
    for day in sorted(ends | {report.until} | band.keys()):
        now, before, place = report.now.at(day), report.before.at(day), cumulative.place_of(day)
        counts = (None if day > report.until else now, before)
        rows.append(
            (fmt.day(day, w, year=False), *counts, f"{report.low[place]}–{report.high[place]}", band.get(day, ""))
        )
    names = (
        w("air.col_day"),
        str(year),
        str(report.before.year),
        w("cumulative.col_past", since=FIRST_YEAR_SINCE_CHANGE),
        w("cumulative.col_band"),
    )
    return pd.DataFrame(rows, columns=list(names)).astype({names[1]: "Int64", names[2]: "Int64"})
