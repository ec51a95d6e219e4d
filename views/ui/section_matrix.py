"""Sections of the river by year: every class known as a view model, and its table in two layouts."""

from collections.abc import Container, Sequence

from markupsafe import Markup
from msgspec import Struct

from reports import water
from reports.water import HoursOfYear, Known, Section
from views.text import format as fmt
from views.text import water as water_words
from views.text.markup import html, join
from views.text.words import Words
from views.tokens import WATER_CLASSES
from views.ui import cards


class WaterClass(Struct, frozen=True, weakref=True):
    """A water class as it is written, its numeral alone, and its official colour."""

    name: str
    numeral: str
    color: str


class Entry(Struct, frozen=True, weakref=True):
    """The class of a period, or the best and the worst class of a year's recorded hours.

    ``square``: it rests on the five automatic items alone; ``better``: "or better" where the class is a bound;
    ``deciding``: the items that decided it, where known; ``of_hours``: it is of single hours, not of a period;
    ``below_detection``: the items below the limit of detection with their marks.
    """

    classes: tuple[WaterClass, ...]
    square: bool
    period: str
    period_short: str
    better: str = ""
    deciding: str = ""
    of_hours: bool = False
    below_detection: str = ""


class Cell(Struct, frozen=True, weakref=True):
    """What is known of a section in a year. ``main``: the one entry to show where there is room for one."""

    entries: tuple[Entry, ...]
    main: Entry | None
    disputed: str


class Aim(Struct, frozen=True, weakref=True):
    """The class to reach, its year with whose aim it is, and that it stands in a draft; texts, empty where not so."""

    water_class: str
    year: str
    draft: str


class Row(Struct, frozen=True, weakref=True):
    """A section with its river, a cell a year, and its aim where it has one."""

    section: str
    river: str
    cells: tuple[Cell, ...]
    aim: Aim | None


class Matrix(Struct, frozen=True, weakref=True):
    """Sections and years, in the order they were given. ``years``: as headings."""

    years: tuple[str, ...]
    rows: tuple[Row, ...]


# ── the view model ───────────────────────────────────────────────────────────────────────────────────────────────────
def of(sections: Sequence[Section], years: Sequence[int], disputed: Container[tuple[str, int]], w: Words) -> Matrix:
    """The matrix of some sections and years. ``disputed``: sections and years whose documents differ."""
    return Matrix(
        tuple(w("site.year", year=year) for year in years), tuple(_row(one, years, disputed, w) for one in sections)
    )


def _row(one: Section, years: Sequence[int], disputed: Container[tuple[str, int]], w: Words) -> Row:
    cells = tuple(_cell(one, year, disputed, w) for year in years)
    return Row(water_words.section_name(one, w), w.of(one.river.name), cells, _aim(one.aim, w))


def _cell(one: Section, year: int, disputed: Container[tuple[str, int]], w: Words) -> Cell:
    known, main, recorded = one.in_year(year), one.main_class(year), one.hours_of_year(year)
    entries = [_entry(a_class, w) for a_class in known]
    hours = [_hours(recorded, w)] if recorded else []
    return Cell(
        (*entries, *hours),
        entries[known.index(main)] if main else next(iter(hours), None),
        w("water.disputed") if (one.id, year) in disputed else "",
    )


def _entry(known: Known, w: Words) -> Entry:
    return Entry(
        (_class(known.water_class, w),),
        square=not known.official,
        period=_period(known, w),
        period_short=_period_short(known, w),
        better=w("water.or_better") if known.op == "<=" else "",
        deciding=w("water.list_comma").join(water_words.item_name(column, w) for column in known.deciding),
        of_hours=known.hour is not None,
        below_detection=water_words.below_detection(known, w),
    )


def _hours(recorded: HoursOfYear, w: Words) -> Entry:
    ends = dict.fromkeys((recorded.best, recorded.worst))
    return Entry(
        tuple(_class(number, w) for number in ends),
        square=True,
        period=w("water.hours_of_year", n=recorded.hours),
        period_short=w("wall.matrix.hours", n=recorded.hours),
        of_hours=True,
    )


def _class(number: int, w: Words) -> WaterClass:
    return WaterClass(fmt.water_class(number, w), water_words.numeral(number, w), WATER_CLASSES[number])


def _period(known: Known, w: Words) -> str:
    """The part of the year a class is of; of an hour its day and hour."""
    if known.span == "day":
        day = fmt.day(known.end, w, year=False)
        return w("water.at_hour", day=day, hour=known.hour) if known.hour is not None else day
    return w("water.whole_year") if known.span == "year" else fmt.period(known.period, w)


def _period_short(known: Known, w: Words) -> str:
    """The part of the year in few letters: the column names the year."""
    if known.span == "year":
        return w("water.whole_year")
    if known.span == "day":
        month = w(f"site.month_short_{known.end.month}")
        return w("water.day_short", day=known.end.day, month=month)
    if months := water_words.MONTHS_OF_A_YEAR.fullmatch(known.period):
        return "–".join(w(f"site.month_short_{int(months[n])}") for n in (2, 3))
    text, year = fmt.period(known.period, w), w("site.year", year=known.end.year)
    return text if "/" in known.period else text.removeprefix(year).removesuffix(year).strip()


def _aim(one: water.Aim | None, w: Words) -> Aim | None:
    if one is None:
        return None
    year = w("site.year", year=one.year)
    if one.of_river:
        year += f" {w('wall.matrix.of_river')}"
    draft = w("wall.matrix.draft") if one.draft and not one.of_river else ""
    return Aim(fmt.water_class(one.water_class, w), year, draft)


# ── its table ────────────────────────────────────────────────────────────────────────────────────────────────────────
def table(matrix: Matrix, w: Words, *, region: str = "") -> Markup:
    """Every entry of every year, each with its part of the year.

    ``region``: the name under which the keyboard reaches the table.
    """
    rows = [[name(row.section, row.river), *(_all(cell) for cell in row.cells)] for row in matrix.rows]
    return cards.table([w("water.column_section"), *matrix.years], rows, region=region, kind="matrix")


def name(section: str, river: str) -> Markup:
    """A section over its river, at the head of a row."""
    return html('<strong>{section}</strong><br><span class="muted small">{river}</span>', section=section, river=river)


def _all(cell: Cell) -> Markup:
    if not cell.entries:
        return Markup('<span class="muted">—</span>')
    mark = html('<div class="small">{}</div>', cell.disputed) if cell.disputed else Markup()
    return join(_full(one) for one in cell.entries) + mark


def _full(one: Entry) -> Markup:
    """The class with its period, the year being the column's; the two classes of a range by their numerals."""
    when = one.period if one.of_hours else one.period_short
    ranged = len(one.classes) > 1
    named = ((each.numeral if ranged else each.name, each.color) for each in one.classes)
    return html(
        '<div class="entry"><span>{chips}</span><span class="muted small">{}</span></div>',
        " · ".join(part for part in (one.better, when, one.deciding, one.below_detection) if part),
        chips=join((cards.chip(name, color, square=one.square) for name, color in named), "–"),
    )


def brief_table(matrix: Matrix, w: Words) -> Markup:
    """One entry a year, with numerals, and the aims: for a screen of one picture."""
    header = [w("water.column_section"), *matrix.years, w("wall.matrix.aim")]
    rows = [
        [
            html("<b>{}</b>", row.section),
            *(_main(cell, w) for cell in row.cells),
            _brief_aim(row.aim) if row.aim else "—",
        ]
        for row in matrix.rows
    ]
    return cards.table(header, rows, kind="matrix")


def _main(cell: Cell, w: Words) -> Markup:
    if cell.main is None:
        return html('<span class="muted" aria-label="{}">—</span>', w("site.not_found"))
    one = cell.main
    chips = join((cards.chip(c.numeral, c.color, square=one.square) for c in one.classes), "–")
    better = f" {one.better}" if one.better else ""
    mark = html("<small>{}</small>", cell.disputed) if cell.disputed else Markup()
    return html("<div>{chips}{better}<small>{}</small></div>", one.period_short, chips=chips, better=better) + mark


def _brief_aim(one: Aim) -> Markup:
    draft = html("<br>{}", one.draft) if one.draft else Markup()
    return html("<b>{}</b> <small>{}{draft}</small>", one.water_class, one.year, draft=draft)
