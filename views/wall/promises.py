"""The promises at a glance: eight rows; the running year as one line of days; the river where it leaves the city."""

from dataclasses import dataclass

import pandas as pd
from markupsafe import Markup

from reports import air, overview, water
from reports.air import Year
from reports.goals import Promise
from reports.provenance import Provenance
from reports.water import Known, Section
from views.drawings import calendar, stripes
from views.templates import render
from views.text import format as fmt
from views.text.answers import columns
from views.text.words import Words
from views.tokens import WATER_CLASSES
from views.ui import cards, promise, screens
from views.ui.promise import Row
from views.visit import Visit
from views.wall.pieces import Scene, levels, number, reading, so_far


@dataclass(frozen=True)
class BoardRow:
    """A promise in a row of the board: texts, empty where there is none; its line from start to target, its state.

    ``latest``: the last published value, ``latest_period``: of when and by whom; ``measured``: what is measured here.
    """

    color: str
    name: str
    latest: str
    latest_period: str
    measured: str
    start: str
    start_period: str
    line: Markup
    target: str
    due: str
    state: Markup
    direction: str


def scene(v: Visit) -> Scene:
    """The eight headline promises row by row, and the running year as one line of days."""
    w, report = v.w, overview.overview(v.today)
    values = columns(report)
    headline = w.html("overview.headline", **values)
    picture = render("wall/promises", w=w, rows=[_row(one, w) for one in report.headline])
    outflow = water.overview(v.today).outflow
    this, days = air.year(air.latest_day().day.year), air.days(ozone="excluded")
    numbers = [_days_of_year(this, days, air.days_provenance(days[days["date"].dt.year == this.year]), w)]
    if outflow.latest:
        numbers.append(_river_number(outflow, outflow.latest, w))
    plan = {"plan": w.of(report.main.short), "year": report.main.end_year, "total": report.main_total}
    sub = w("wall.promise.sub", due=report.due_without_result, **plan, **values)
    return Scene(headline, sub, picture, tuple(numbers))


def _row(one: Promise, w: Words) -> BoardRow:
    shown, direction = promise.row(one, w), overview.direction(one) or "unknown"
    known, beside = shown.official, shown.measured
    published = known is not None and bool(known.number)
    target, due = _target(shown, w)
    return BoardRow(
        color=shown.color,
        name=shown.name,
        latest=known.text if known and published else "",
        latest_period=f"{known.period} · {known.source_name}" if known else "",
        measured=w(f"wall.promise.by_{beside.how}", value=beside.text, period=beside.years) if beside else "",
        start=shown.start_value or "—",
        start_period=shown.start_period,
        line=promise.line(shown) if shown.scale.points > 1 else Markup(),
        target=target,
        due=due,
        state=cards.state(shown.state, shown.word),
        direction=w(f"wall.promise.{direction}"),
    )


def _target(one: Row, w: Words) -> tuple[str, str]:
    """The target, and until when or who set it without a number."""
    target = one.target
    if not target.number and target.set_by:
        return "", w("wall.promise.delegated", by=target.set_by)
    return target.number or target.words, target.due


def _days_of_year(this: Year, days: pd.DataFrame, provenance: Provenance, w: Words) -> Markup:
    """The running year as one line, a stroke a day: without ozone, as the share above it."""
    return screens.drawn(
        w("wall.promise.year_title", **so_far(this, w)),
        calendar.band(days, this.year, w, title=w("wall.promise.year_alt", year=this.year)),
        stripes.key(w, levels(w)),
        cards.short_sources(provenance, w),
        "year",
    )


def _river_number(section: Section, known: Known, w: Words) -> Markup:
    chip = cards.chip(fmt.water_class(known.water_class, w, known.op), WATER_CLASSES[known.water_class])
    values = reading(section, known, w)
    label, remark = w("wall.number.river", **values), w("wall.number.river_sub", **values)
    return number(label, chip, remark, known.provenance, w, "wider")
