"""Chapter 1, the sky then and now: two years day by day under one handle, judged by one and the same rule."""

from html import escape

from reports import air, story
from reports.air import Year
from reports.story import Sky
from views import calendar, cards, svg
from views.air_words import level_names
from views.exhibit.pieces import Chapter, Poster, Tile, one_screen, origin, placed, slider
from views.page import Visit
from views.tokens import AQI_LEVELS
from views.words import Words

HALF = 50


def chapter(v: Visit) -> Chapter:
    """The first and the last whole year of the archive under the edition now in force."""
    w, report = v.w, story.sky()
    then, now = report.then_by_new, report.now_by_new
    headline = w("exhibit.sky.headline", then=then.year, first=then.good_days, now=now.year, last=now.good_days)
    lead, notes = w("exhibit.sky.lead", then=then.year, now=now.year), _notes(report, w)
    said = f'<div class="note warn"><strong>{escape(w("exhibit.sky.notes"))}</strong>{cards.notes(notes)}</div>'
    side = f'<div class="side">{_levels(then, now, w)}{said}{origin(report.basis, w)}</div>'
    return one_screen("sky", headline, lead, f'<div class="duo">{_compare(report, w)}{side}</div>', _poster(report, w))


def _notes(report: Sky, w: Words) -> tuple[str, ...]:
    then, now = report.then, report.now
    rule = w("exhibit.sky.rule", then=then.year, first=then.good_days, now=now.year, last=now.good_days)
    return w("exhibit.sky.state"), rule, w("exhibit.sky.archive")


def _compare(report: Sky, w: Words) -> str:
    """Both years on one spot: left of the handle the first one shows, right of it the last one."""
    then, now = report.then_by_new, report.now_by_new
    pictures = "".join(
        f'<div class="{name}">{_year(one, w)}</div>' for name, one in (("then", then), ("now", now))
    )  # fmt: skip
    tags = [w("exhibit.sky.tag", year=one.year, good=one.good_days) for one in (then, now)]
    label = w("exhibit.sky.drag", then=then.year, now=now.year)
    return (
        f'<div class="compare" style="--at:{HALF}%"><div class="pair" data-drag="sky" data-picture>{pictures}'
        f'<i class="hand" aria-hidden="true"></i></div>'
        f"{slider('sky', 0, 100, HALF, label=label, ends=tags)}</div>"
    )


def _year(one: Year, w: Words) -> str:
    title = w("exhibit.sky.alt", year=one.year, good=one.good_days, bad=one.bad_days)
    return calendar.year(air.days(air.NEW), one.year, w, title=title, names=level_names(w), large=True)


def _levels(then: Year, now: Year, w: Words) -> str:
    """Days of each level in both years: what the colours mean and how many there are of each."""
    names = level_names(w)
    rows = [
        [cards.chip(names[level], AQI_LEVELS[level]), str(then.by_level.get(level, 0)), str(now.by_level.get(level, 0))]
        for level in AQI_LEVELS
    ]
    head = (w("exhibit.sky.level"), w("exhibit.sky.year", year=then.year), w("exhibit.sky.year", year=now.year))
    return cards.table(head, rows, numeric=(1, 2), caption=w("exhibit.sky.counts"))


def _poster(report: Sky, w: Words) -> Poster:
    then, now = report.then_by_new, report.now_by_new
    tiles = tuple(
        Tile(w("exhibit.sky.year", year=one.year), w("exhibit.sky.days", n=one.good_days), _share(one, w))
        for one in (then, now)
    )
    return Poster(w("exhibit.sky.squares"), _two_years(then, now, w), tiles, _notes(report, w), (report.basis,))


def _share(one: Year, w: Words) -> str:
    return w("exhibit.sky.good", known=one.known_days, good=one.good_days, share=f"{one.share_pct:.1f}")


def _two_years(then: Year, now: Year, w: Words) -> str:
    """Both calendars one above the other in one drawing, each under its year, and the colours' key below."""
    wide, tall, head = 728.0, 264.0, 40.0
    parts = []
    for n, one in enumerate((then, now)):
        top = n * (tall + head + 16)
        parts.append(
            svg.words(0, top + 26, w("exhibit.sky.year", year=one.year), size=26, fill="var(--ink)", weight=700)
        )
        parts.append(placed(_year(one, w), 0, top + head, wide, tall))
    low = 2 * (tall + head + 16) + 14
    names, x = level_names(w), 0.0
    for level, color in AQI_LEVELS.items():
        parts.append(f'<rect x="{x:g}" y="{low - 12:g}" width="14" height="14" rx="3" fill="{color}"/>')
        parts.append(svg.words(x + 20, low, names[level], size=13))
        x += wide / len(AQI_LEVELS)
    title = w("exhibit.sky.drag", then=then.year, now=now.year)
    return svg.frame(wide, low + 12, "".join(parts), title=title)
