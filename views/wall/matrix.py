"""The section matrix: every section year by year with each class known; what was never published stands as such."""

import re

from markupsafe import Markup

from reports import provenance, water
from reports.water import HoursOfMonth, Known, Section
from views.text import format as fmt
from views.text import water as water_words
from views.text.markup import html, join
from views.text.words import Words
from views.tokens import WATER_CLASSES
from views.ui import cards
from views.visit import Visit
from views.wall.pieces import Scene, cells, foot

YEARS = 5  # the last ones of which anything is known


def scene(v: Visit) -> Scene:
    """Sections down the river, the tributaries after it."""
    w, sections = v.w, water.overview(v.today).river.sections
    known = [one for one in sections if one.known or one.held]
    told = [year for year in water.years(v.today) if any(one.in_year(year) or one.held_in(year) for one in sections)]
    years = told[-YEARS:]
    header = [w("water.column_section"), *(w("site.year", year=year) for year in years), w("wall.matrix.aim")]
    rows = [[_name(one, w), *(_cell(one, year, w) for year in years), _aim(one, w)] for one in sections]
    every = [k.provenance for one in known for k in reversed(one.known)] + [
        k.provenance for one in known for k in one.held
    ]
    rests = provenance.merged(every, "derived", str(v.today.year))
    headline = w.html("wall.matrix.headline", total=len(sections), known=len(known))
    under = foot(w("wall.matrix.key"), rests, w)
    return Scene(headline, w("wall.matrix.sub"), cells(header, rows, "matrix"), (under,))


def _name(one: Section, w: Words) -> Markup:
    return html("<b>{}</b> <small>{}</small>", water_words.section_name(one, w), w.of(one.river.name))


def _cell(one: Section, year: int, w: Words) -> Markup:
    """A year's class: the whole year's before a part's; else from which class to which its recorded hours were; a dash."""
    known, held = one.in_year(year), [some for some in one.held_in(year) if some.hours]
    if not known and held:
        return _hours(held, w)
    if not known:
        return html('<span class="muted" aria-label="{}">—</span>', w("site.not_found"))
    disputed = html("<small>{}</small>", w("water.disputed")) if (one.id, year) in water.disputed() else Markup()
    return _entry(max(known, key=lambda k: (k.official, len(k.period) == 4)), w) + disputed


def _chip(water_class: int, w: Words, *, square: bool) -> Markup:
    numeral = water_words.numeral(water_class, w)
    return cards.chip(numeral, WATER_CLASSES[water_class], square=square)


def _hours(held: list[HoursOfMonth], w: Words) -> Markup:
    """From which class to which the recorded hours of a year were, and how many they are."""
    classes = sorted({n for month in held for n in month.by_class})
    ends = dict.fromkeys((classes[0], classes[-1]))
    chips = join((_chip(n, w, square=True) for n in ends), "–")
    return html(
        "<div>{chips}<small>{}</small></div>", w("wall.matrix.hours", n=sum(month.hours for month in held)), chips=chips
    )


def _entry(known: Known, w: Words) -> Markup:
    chip = _chip(known.water_class, w, square=not known.official)
    better = f" {w('water.or_better')}" if known.op == "<=" else ""
    return html("<div>{chip}{better}<small>{}</small></div>", _when(known, w), chip=chip, better=better)


def _when(known: Known, w: Words) -> str:
    """The part of the year a class speaks of."""
    if len(known.period) == 4:
        return w("water.whole_year")
    if len(known.period) == 10:
        return fmt.day(known.end, w, year=False)
    said, year = fmt.period(known.period, w), w("site.year", year=known.end.year)
    if months := re.fullmatch(r"(\d{4})-(\d{2})/\1-(\d{2})", known.period):
        return "–".join(w(f"site.month_short_{int(months[n])}") for n in (2, 3))
    return said if "/" in known.period else said.removeprefix(year).removesuffix(year).strip()


def _aim(one: Section, w: Words) -> str:
    if one.aim is None:
        return "—"
    when = w("site.year", year=one.aim.year)
    if one.aim.of_river:
        when += f" {w('wall.matrix.of_river')}"
    elif one.aim.draft:
        when += html("<br>{}", w("wall.matrix.draft"))
    return html("<b>{}</b> <small>{when}</small>", fmt.water_class(one.aim.water_class, w), when=when)
