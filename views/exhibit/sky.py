"""Chapter 1, the sky then and now: two years day by day under one handle, then what the way of measuring alone changed."""

import pandas as pd
from markupsafe import Markup

from reports import air, air_state, story
from reports.story import Sky, Step
from views.drawings import calendar
from views.exhibit.pieces import Chapter, Poster, Screen, Tile, source_note
from views.templates import render
from views.text import format as fmt
from views.text.air import level_names
from views.text.words import Words
from views.tokens import AQI_LEVELS
from views.ui import cards
from views.visit import Visit

HALF = 50  # where the handle is first, in percent of the width

Values = dict[str, str | int]
Days = tuple[air.CalendarDay, ...]
Calendars = tuple[Markup, Markup]


def chapter(v: Visit) -> Chapter:
    """The first and the last whole year of the archive, by the limits now in force and in today's measuring state."""
    w, report = v.w, story.sky()
    then, now = _of_year(air_state.days(air.NEW), report.then), _of_year(air.days(air.NEW, "excluded"), report.now)
    values, days = _values(report), (air.calendar_days(then), air.calendar_days(now))
    calendars = _calendars(report, days, values, w)
    headline, lead = w.html("exhibit.sky.headline", **values), w("exhibit.sky.lead", **values)
    first = Screen("sky", headline, lead, "sky", *_days(report, days, calendars, values, w))
    return Chapter(headline, lead, (first, _rule(report, values, w)), _poster(report, calendars, values, w))


def _of_year(frame: pd.DataFrame, year: air.Year) -> pd.DataFrame:
    return frame[frame["date"].dt.year == year.year]


def _days(
    report: Sky, days: tuple[Days, Days], calendars: Calendars, values: Values, w: Words
) -> tuple[Markup, Markup]:
    """The calendars, their running counts of good days, and what to keep in mind."""
    then, now = (calendar.filling(one) for one in calendars)
    stage = render(
        "exhibit/sky",
        w=w,
        half=HALF,
        then=then,
        now=now,
        levels={
            "then": _levels(days[0], report.then.year),
            "now": _levels(days[1], report.now.year),
        },
        values=values,
        label=w("exhibit.sky.drag", **values),
        ends=_titles(values, w),
    )
    key = cards.legend([(name, AQI_LEVELS[level]) for level, name in level_names(w).items()])
    return stage, render("exhibit/sky_notes", w=w, key=key, remember=_remember(report, values, w))


def _remember(report: Sky, values: Values, w: Words) -> Markup:
    """What to keep in mind, folded: the three ways of measuring, their limits, where all comes from."""
    return render(
        "exhibit/remember",
        w=w,
        steps=_steps(report, values, w),
        notes=cards.notes(_notes(values, w)),
        source_note=source_note(report.provenance, w),
    )


def _levels(days: Days, year: int) -> str:
    """The level of each day of a year as one digit, 0 where none is known."""
    known = {one.day: one.level for one in days}
    return "".join(str(known.get(stamp.date(), 0)) for stamp in pd.date_range(f"{year}-01-01", f"{year}-12-31"))


def _rule(report: Sky, values: Values, w: Words) -> Screen:
    """The surprise: of the days more, those that only the way of measuring made."""
    air_pct = fmt.number(report.by_air_pct, 1)
    stage = render("exhibit/rule", w=w, values=values, air_pct=air_pct)
    body = render("exhibit/rule_body", w=w, values=values, remember=_remember(report, values, w))
    headline = w.html("exhibit.sky.rule_headline", **values)
    return Screen("rule", headline, w("exhibit.sky.rule_lead", **values), "valley", stage, body)


def _values(report: Sky) -> Values:
    """The numbers the sentences name."""
    alike = report.then_alike
    return {
        "then": alike.year,
        "now": report.now.year,
        "first": alike.good_days,
        "last": report.now_by_new.good_days,
        "low": alike.low,
        "high": alike.high,
        "factor": round(100 * alike.mean_factor),
        "more": report.steps[1].more,
        "rule": report.by_rule,
        "alike": report.steps[2].more,
        "fewest": report.more_between[0],
        "most": report.more_between[1],
        "then_days": report.then.ozone_known_days,
        "now_days": report.now.ozone_known_days,
        "proven": report.now.ozone_days.get("proven_not_exceeding", 0),
    }


def _notes(values: Values, w: Words) -> tuple[str, ...]:
    return tuple(w(f"exhibit.sky.{name}", **values) for name in ("state", "estimate", "ozone", "archive"))


def _titles(values: Values, w: Words) -> tuple[str, str]:
    """What each calendar shows."""
    return w("exhibit.sky.tag_estimate", **values), w("exhibit.sky.tag", **values)


def _steps(report: Sky, values: Values, w: Words) -> Markup:
    """The same two years measured three ways: good days of each, and how many more."""
    years = (w("exhibit.sky.year", year=one.year) for one in (report.then, report.now))
    header = (w("exhibit.sky.way"), *years, w("exhibit.sky.more"))
    rows = [_row(one, report, values, w) for one in report.steps]
    return cards.table(header, rows, numeric=(1, 2, 3), caption=w("exhibit.sky.steps"))


def _row(step: Step, report: Sky, values: Values, w: Words) -> list[str]:
    then, alike = str(step.then), report.then_alike
    if step.name == "same_state":
        then = w("exhibit.sky.range", n=step.then, low=alike.low, high=alike.high)
    return [w(f"exhibit.sky.{step.name}", **values), then, str(step.now), f"{step.more:+d}"]


def _calendars(report: Sky, days: tuple[Days, Days], values: Values, w: Words) -> Calendars:
    """Both calendars: the first year as an estimate in today's state, the last one as it is."""
    names, (then, now) = level_names(w), days
    return (
        calendar.year(
            then, report.then.year, w, title=w("exhibit.sky.alt_estimate", **values), names=names, large=True
        ),
        calendar.year(now, report.now.year, w, title=w("exhibit.sky.alt", **values), names=names, large=True),
    )


def _poster(report: Sky, calendars: Calendars, values: Values, w: Words) -> Poster:
    known, share = report.now_by_new.known_days, fmt.number(report.now_by_new.share_pct, 1)
    tiles = (
        Tile(
            w("exhibit.sky.year", year=report.then.year),
            w("exhibit.sky.about", **values),
            w("exhibit.sky.between", **values),
        ),
        Tile(
            w("exhibit.sky.year", year=report.now.year),
            w("exhibit.sky.days", n=report.now_by_new.good_days),
            w("exhibit.sky.good", known=known, share=share),
        ),
    )
    both = zip(_titles(values, w), calendars, strict=True)
    picture = calendar.stacked(tuple(both), level_names(w), title=w("exhibit.sky.drag", **values))
    return Poster(w("exhibit.sky.squares", **values), picture, tiles, _notes(values, w), (report.provenance,))
