"""The section matrix: every section year by year with each class known; what was never published stands as such."""

import re
from html import escape

from reports import basis, water
from reports.water import Held, Known, Section
from views import cards, river
from views import format as fmt
from views.page import Visit
from views.tokens import WATER_CLASSES
from views.wall.pieces import Scene, cells, foot
from views.words import Words

YEARS = 5  # the last ones of which anything is known


def scene(v: Visit) -> Scene:
    """Sections down the river, the tributaries after it."""
    w, sections = v.w, water.overview(v.today).river.sections
    known = [one for one in sections if one.known or one.held]
    told = [year for year in water.years(v.today) if any(one.in_year(year) or one.held_in(year) for one in sections)]
    years = told[-YEARS:]
    header = [w("water.column_section"), *(w("site.year", year=year) for year in years), w("wall.matrix.aim")]
    rows = [[_name(one, w), *(_cell(one, year, w) for year in years), _aim(one, w)] for one in sections]
    every = [k.basis for one in known for k in reversed(one.known)] + [k.basis for one in known for k in one.held]
    rests = basis.merged(every, "derived", str(v.today.year))
    headline = w("wall.matrix.headline", total=len(sections), known=len(known))
    under = foot(escape(w("wall.matrix.key")), rests, w)
    return Scene(headline, w("wall.matrix.sub"), cells(header, rows, "matrix"), (under,))


def _name(one: Section, w: Words) -> str:
    return f"<b>{escape(river.section_name(one, w))}</b> <small>{escape(w.of(one.river, 'name'))}</small>"


def _cell(one: Section, year: int, w: Words) -> str:
    """A year's class: the whole year's before a part's; else from which class to which its recorded hours were; a dash."""
    known, held = one.in_year(year), [some for some in one.held_in(year) if some.hours]
    if not known and held:
        return _hours(held, w)
    if not known:
        return f'<span class="muted" aria-label="{escape(w("site.not_found"))}">—</span>'
    disputed = f"<small>{escape(w('water.disputed'))}</small>" if (one.id, year) in water.disputed() else ""
    return _entry(max(known, key=lambda k: (k.official, len(k.period) == 4)), w) + disputed


def _chip(water_class: int, w: Words, *, square: bool) -> str:
    numeral = fmt.ROMAN.get(water_class) or w("water.numeral_worse")
    return cards.chip(numeral, WATER_CLASSES[water_class], square=square)


def _hours(held: list[Held], w: Words) -> str:
    """From which class to which the recorded hours of a year were, and how many they are."""
    classes = sorted({n for month in held for n in month.by_class})
    ends = dict.fromkeys((classes[0], classes[-1]))
    chips = "–".join(_chip(n, w, square=True) for n in ends)
    return f"<div>{chips}<small>{escape(w('wall.matrix.hours', n=sum(month.hours for month in held)))}</small></div>"


def _entry(known: Known, w: Words) -> str:
    chip = _chip(known.water_class, w, square=not known.official)
    better = f" {escape(w('water.or_better'))}" if known.op == "<=" else ""
    return f"<div>{chip}{better}<small>{escape(_when(known, w))}</small></div>"


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
    when = escape(w("site.year", year=one.aim.year))
    if one.aim.of_river:
        when += f" {escape(w('wall.matrix.of_river'))}"
    elif one.aim.draft:
        when += f"<br>{escape(w('wall.matrix.draft'))}"
    return f"<b>{escape(fmt.water_class(one.aim.water_class, w))}</b> <small>{when}</small>"
