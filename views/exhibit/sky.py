"""Chapter 1, the sky then and now: two years day by day under one handle, made alike in three steps."""

import pandas as pd
from markupsafe import Markup

from reports import air, air_state, story
from reports.story import Sky
from views.drawings import calendar, svg
from views.exhibit.pieces import Chapter, Poster, Tile, one_screen, placed, slider, source_note
from views.text.air import level_names
from views.text.markup import html, join
from views.text.words import Words
from views.tokens import AQI_LEVELS
from views.ui import cards
from views.visit import Visit

HALF = 50


def chapter(v: Visit) -> Chapter:
    """The first and the last whole year of the archive, by the limits now in force and in today's measuring state."""
    w, report = v.w, story.sky()
    said = _values(report)
    headline, lead = w.html("exhibit.sky.headline", **said), w("exhibit.sky.lead", **said)
    notes = html(
        '<div class="note warn"><strong>{}</strong>{}</div>', w("exhibit.sky.notes"), cards.notes(_notes(report, w))
    )
    side = html(
        '<div class="side">{}{notes}{}</div>', _steps(report, w), source_note(report.provenance, w), notes=notes
    )
    return one_screen(
        "sky",
        headline,
        lead,
        html('<div class="duo">{}{side}</div>', _compare(report, w), side=side),
        _poster(report, w),
    )


def _values(report: Sky) -> dict[str, str | int]:
    """What the sentences name."""
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
        "then_days": report.then.ozone_known_days,
        "now_days": report.now.ozone_known_days,
        "proven": report.now.ozone_days.get("proven_not_exceeding", 0),
    }


def _notes(report: Sky, w: Words) -> tuple[str, ...]:
    said = _values(report)
    return tuple(w(f"exhibit.sky.{name}", **said) for name in ("state", "estimate", "ozone", "archive"))


def _steps(report: Sky, w: Words) -> Markup:
    """The same two years measured three ways: good days of each, and how many more."""
    said, alike = _values(report), report.then_alike
    rows = []
    for one in report.steps:
        then = str(one.then)
        if one.name == "same_state":
            then = w("exhibit.sky.range", n=one.then, low=alike.low, high=alike.high)
        what = cards.cell(w(f"exhibit.sky.{one.name}", **said))
        rows.append([what, cards.cell(then), str(one.now), f"{one.more:+d}"])
    years = (w("exhibit.sky.year", year=one.year) for one in (report.then, report.now))
    head = (w("exhibit.sky.way"), *years, w("exhibit.sky.more"))
    return cards.table(head, rows, numeric=(1, 2, 3), caption=w("exhibit.sky.steps"))


def _compare(report: Sky, w: Words) -> Markup:
    """Both years on one spot: left of the handle the first one shows, right of it the last one."""
    then, now = _pictures(report, w)
    pictures = html('<div class="then">{then}</div><div class="now">{now}</div>', then=then, now=now)
    said = _values(report)
    tags = [w("exhibit.sky.tag_estimate", **said), w("exhibit.sky.tag", **said)]
    names = level_names(w)
    key = cards.legend([(names[level], color) for level, color in AQI_LEVELS.items()])
    return html(
        '<div class="compare" style="--at:{HALF}%"><div class="pair" data-drag="sky" data-picture>{pictures}'
        '<i class="hand" aria-hidden="true"></i></div>'
        "{}{key}</div>",
        slider("sky", 0, 100, HALF, label=w("exhibit.sky.drag", **said), ends=tags),
        HALF=HALF,
        pictures=pictures,
        key=key,
    )


def _pictures(report: Sky, w: Words) -> tuple[str, str]:
    """Both calendars: the first year as an estimate in today's state, the last one as it is."""
    said = _values(report)
    alike = air_state.days(air.NEW)
    return (
        _year(alike, report.then.year, w("exhibit.sky.alt_estimate", **said), w),
        _year(air.days(air.NEW, "excluded"), report.now.year, w("exhibit.sky.alt", **said), w),
    )


def _year(days: pd.DataFrame, number: int, title: str, w: Words) -> Markup:
    return calendar.year(days, number, w, title=title, names=level_names(w), large=True)


def _poster(report: Sky, w: Words) -> Poster:
    said = _values(report)
    tiles = (
        Tile(
            w("exhibit.sky.year", year=report.then.year),
            w("exhibit.sky.about", **said),
            w("exhibit.sky.between", **said),
        ),
        Tile(
            w("exhibit.sky.year", year=report.now.year),
            w("exhibit.sky.days", n=report.now_by_new.good_days),
            w("exhibit.sky.good", known=report.now_by_new.known_days, share=f"{report.now_by_new.share_pct:.1f}"),
        ),
    )
    squares = w("exhibit.sky.squares", **said)
    return Poster(squares, _two_years(report, w), tiles, _notes(report, w), (report.provenance,))


def _two_years(report: Sky, w: Words) -> Markup:
    """Both calendars one above the other in one drawing, each under its year, and the colours' key below."""
    wide, tall, head = 728.0, 264.0, 40.0
    said, parts = _values(report), []
    titles = w("exhibit.sky.tag_estimate", **said), w("exhibit.sky.tag", **said)
    for n, (title, drawn) in enumerate(zip(titles, _pictures(report, w), strict=True)):
        top = n * (tall + head + 16)
        parts.append(svg.words(0, top + 26, title, size=26, fill="var(--ink)", weight=700))
        parts.append(placed(drawn, 0, top + head, wide, tall))
    low = 2 * (tall + head + 16) + 14
    names, x = level_names(w), 0.0
    for level, color in AQI_LEVELS.items():
        parts.append(
            html('<rect x="{x:g}" y="{:g}" width="14" height="14" rx="3" fill="{color}"/>', low - 12, x=x, color=color)
        )
        parts.append(svg.words(x + 20, low, names[level], size=13))
        x += wide / len(AQI_LEVELS)
    return svg.frame(wide, low + 12, join(parts), title=w("exhibit.sky.drag", **said))
