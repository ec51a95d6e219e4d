"""The river: its sections from inflow to outflow, the five items of the live ones against their limits, and what is known."""

from collections.abc import Container

from markupsafe import Markup

from reports import provenance, water
from reports.provenance import Provenance
from reports.water import Section, Water
from views.drawings import river as drawn_river
from views.drawings import river_layouts
from views.templates import render
from views.text import answers
from views.text import format as fmt
from views.text import water as water_words
from views.text.words import Words
from views.ui import cards, inline, section_matrix
from views.ui import water as water_pieces
from views.ui.layout import by_width
from views.ui.screens import labelled
from views.ui.section_matrix import Matrix
from views.visit import Visit
from views.wall.pieces import Scene, foot

LIVE_SECTIONS = 2  # that fit beside the drawing
YEARS = 4  # the last ones of which anything is known


def scene(v: Visit) -> Scene:
    """The drawing; beside it the newest readings and the matrix of sections and years."""
    w, report = v.w, water.overview(v.today)
    drawn = (drawn_river.screen(report.river, w, layout=one) for one in (river_layouts.BESIDE, river_layouts.UPRIGHT))
    sections = report.river.sections
    classed = [one for one in sections if one.has_any_class]
    years = [
        year for year in water.years(v.today) if any(one.in_year(year) or one.recorded_in(year) for one in classed)
    ]
    matrix = section_matrix.of(classed, years[-YEARS:], water.disputed(), w)
    items = _items(report, {one.section_id for one in water.current(v.now)}, v)
    picture = render("wall/river", river=by_width(*drawn), items=items, matrix=_matrix(matrix, len(sections), w))
    known = [one for one in sections if one.latest]
    text = w("wall.river.known", total=len(sections), known=len(known)) + w("wall.matrix.key")
    headline, lead = answers.of_water(v, report, evidence=False)
    return Scene(headline, lead, picture, (foot(text, _classes(report.river.sections), w),))


def _items(report: Water, current: Container[str], v: Visit) -> Markup:
    """The last reading of the sections that reported last; in grey, as the last one known, where it is no current one."""
    w = v.w
    newest = sorted((some[0] for some in report.readings), key=lambda one: one.at, reverse=True)[:LIVE_SECTIONS]
    if not newest:
        return labelled(w("wall.river.items", when=""), inline.paragraph(w("site.not_found")))
    newest.sort(key=lambda one: one.section_id != water.OUTFLOW)
    names = [water_words.section_name(report.river.section(one.section_id), w) for one in newest]
    hours = [fmt.hour(one.at, w, v.now) for one in newest]
    together = len(set(hours)) == 1
    heads = names if together else [f"{name} {hour}" for name, hour in zip(names, hours, strict=True)]
    table = water_pieces.judged_items(newest, heads, w)
    is_now = all(one.section_id in current for one in newest)
    when = w("wall.river.of_hour", when=hours[0]) if together else ""
    label = w("wall.river.items" if is_now else "wall.river.items_last", when=when)
    return labelled(label, table if is_now else cards.wrapped("past", table))


def _matrix(matrix: Matrix, total: int, w: Words) -> Markup:
    """The rows of the water page: sections of which a class is known; the drawing shows the others."""
    label = w("wall.matrix.label", total=total, known=len(matrix.rows))
    if not matrix.rows:
        return labelled(label, inline.paragraph(w("site.not_found")))
    return labelled(label, section_matrix.brief_table(matrix, w))


def _classes(sections: tuple[Section, ...]) -> Provenance:
    """What the classes in the picture rest on: the newest first."""
    known = [k for one in sections for k in reversed(one.known)]
    every = [k.provenance for k in known] + [k.provenance for one in sections for k in one.recorded]
    return provenance.merged(every, "derived", max((k.period for k in known), default=""))
