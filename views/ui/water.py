"""The water of a section: its state, a class on its colour, the classes of recorded hours, readings as a table."""

from collections.abc import Container, Sequence

from markupsafe import Markup
from msgspec import Struct

from reports.water import HoursOfMonth, Item, Known, Reading, Section
from views import tokens
from views.text import as_published
from views.text import format as fmt
from views.text import water as water_words
from views.text.markup import html, join
from views.text.words import HTML_LANG, Words
from views.tokens import WATER_CLASSES
from views.ui import cards, inline

DASH = "—"
WITHOUT_UNIT = "-"


class SectionState(Struct, frozen=True, weakref=True):
    """The last class known of a section of the river, formatted once for every surface.

    ``water_class``: in words, or that none was found; ``numeral`` and ``color`` are empty then. ``fresh``: not older than
    a year. ``period``, ``basis``: of when it is and what it rests on; ``aim``: the section's own, empty where it has none.
    """

    name: str
    water_class: str
    numeral: str
    color: str
    fresh: bool
    period: str
    basis: str
    aim: str

    @property
    def known(self) -> bool:
        """Whether a class is known."""
        return bool(self.numeral)

    @classmethod
    def of(cls, section: Section, w: Words) -> "SectionState":
        """From a section."""
        name, aim, latest = water_words.section_name(section, w), water_words.own_aim(section, w), section.latest
        if latest is None:
            return cls(name, w("site.not_found"), "", "", False, "", "", aim)
        return cls(
            name,
            fmt.water_class(latest.water_class, w, latest.op),
            water_words.numeral(latest.water_class, w),
            WATER_CLASSES[latest.water_class],
            section.fresh,
            water_words.when(latest, w),
            water_words.kind(latest, w),
            aim,
        )


def dot(state: SectionState) -> Markup:
    """A section on the river's line: full where its class is fresh, a ring where it is old, dashed where none is known."""
    if not state.known:
        return Markup('<i class="dot none"></i>')
    if state.fresh:
        style = f"background:{state.color};color:{tokens.ink_on(state.color)}"
        return html('<i class="dot" style="{style}">{}</i>', state.numeral, style=style)
    return html('<i class="dot old" style="border-color:{}">{}</i>', state.color, state.numeral)


def class_row(known: Known, w: Words, *, large: bool = True) -> Markup:
    """A class with its grade in a word on its colour; square, with another word, where it rests on five items."""
    word = w(f"overview.grade_{water_words.grade(known.water_class)}") if known.official else w("water.by_five_items")
    return html(
        '<div class="row{}"><div class="value">{}</div>{}</div>',
        " big" if large else "",
        fmt.water_class(known.water_class, w, known.op),
        cards.chip(word, WATER_CLASSES[known.water_class], square=not known.official),
    )


def class_chip(water_class: int, w: Words, *, official: bool = True) -> Markup:
    """A water class on its colour; square where it rests on the five automatic items alone."""
    return cards.chip(fmt.water_class(water_class, w), WATER_CLASSES[water_class], square=not official)


def hours_of(one: HoursOfMonth, w: Words) -> Markup:
    """The recorded hours of a month: each class with its count, and the hours left out."""
    chips = join(
        html("<span>{}×{count}</span> ", class_chip(n, w, official=False), count=count)
        for n, count in one.by_class.items()
    )
    counts = [w("water.hours", n=one.hours)] if one.hours else []
    counts += [w("water.hours_left_out", n=one.left_out)] if one.left_out else []
    return html(
        '<div class="entry">{chips}<span class="muted small">{}</span></div>',
        w("water.list_comma").join(counts),
        chips=chips,
    )


# ── readings ─────────────────────────────────────────────────────────────────────────────────────────────────────────
class ItemReading(Struct, frozen=True, weakref=True):
    """An item of a reading, formatted once for every surface.

    ``unit``: empty where it has none. ``value``: as published, with its mark below the limit of detection; why it is missing
    where it is not ``known``. ``water_class``: None where it has none; ``decides``: the reading's class is that of this item.
    """

    name: str
    unit: str
    value: Markup | str
    known: bool
    water_class: int | None
    decides: bool
    limit: str

    @classmethod
    def of(cls, item: Item, deciding: Container[str], w: Words) -> "ItemReading":
        """From an item. ``deciding``: columns of the items that decide the reading's class."""
        known = item.value is not None and (item.limits is None or item.water_class is not None)
        value = _measured(item, w) if known else reason(item, w)
        decides = known and item.column in deciding
        if item.limits is None:
            name, unit = w(f"water.item_{item.column}"), water_words.REFERENCE_UNITS[item.column]
        else:
            name, unit = w.of(item.limits.name), item.limits.item_unit.removeprefix(WITHOUT_UNIT)
        return cls(name, unit, value, known, item.water_class, decides, water_words.limit(item))


def judged(one: Reading, w: Words) -> list[ItemReading]:
    """The items that judge a reading."""
    return [ItemReading.of(item, one.judged.deciding, w) for item in one.items]


def reference(one: Reading, w: Words) -> list[ItemReading]:
    """The items of a reading that decide no class."""
    return [ItemReading.of(item, (), w) for item in one.reference]


def last_reading(one: Reading, w: Words) -> Markup:
    """The items that judge a reading, each with its class beside the class Ⅲ limit, and the class by all of them."""
    return judged_items((one,), (w("water.column_value"),), w)


def judged_items(some: Sequence[Reading], heads: Sequence[str], w: Words) -> Markup:
    """The same of several readings (one at least) beside each other; ``heads``: what heads each of them."""
    return _table(_judged_rows(some, w), heads, w)


def readings_table(some: Sequence[Reading], hours: Sequence[str], w: Words) -> Markup:
    """Readings of a section beside each other, an item a row beside the class Ⅲ limit; ``hours``: what heads each of them."""
    *items, judged_here = _judged_rows(some, w)
    items += [_reference_row(row, w) for row in zip(*(reference(one, w) for one in some), strict=True)]
    judged_there = [w("water.judged_there"), *(_class_or_dash(one.site_class, w) for one in some), ""]
    return cards.wrapped("readings", _table([*items, judged_here, judged_there], hours, w))


def _table(rows: Sequence[Sequence[cards.Cell]], heads: Sequence[str], w: Words) -> Markup:
    header = [w("water.column_item"), *heads, w("water.column_limit")]
    return cards.table(header, rows, numeric=range(1, len(header)))


def _judged_rows(some: Sequence[Reading], w: Words) -> list[list[cards.Cell]]:
    """The items that judge, and the class by all of them."""
    rows = [_judged_row(row, w) for row in zip(*(judged(one, w) for one in some), strict=True)]
    return [*rows, [w("water.judged_here"), *(_class_or_dash(one.judged.water_class, w) for one in some), ""]]


def _judged_row(row: Sequence[ItemReading], w: Words) -> list[cards.Cell]:
    """An item of several readings beside its limit."""
    name, unit = row[0].name, row[0].unit
    small = html(' <span class="muted small">{unit}</span>', unit=unit) if unit else Markup()
    return [html("{}{small}", name, small=small), *(_value(one, w) for one in row), row[0].limit]


def _value(one: ItemReading, w: Words) -> cards.Cell:
    """A value with its class; the items that decide the section's class carry its colour."""
    if not one.known or one.water_class is None:
        return _absent(one)
    numeral = water_words.numeral(one.water_class, w)
    mark = cards.chip(numeral, WATER_CLASSES[one.water_class], square=True) if one.decides else numeral
    return html('{} <span class="muted mark">{mark}</span>', one.value, mark=mark)


def _reference_row(row: Sequence[ItemReading], w: Words) -> list[cards.Cell]:
    """An item that decides no class."""
    unit = html(' <span class="small">{}</span>', row[0].unit)
    return [
        html('<span class="muted">{}{unit}</span>', row[0].name, unit=unit),
        *(html('<span class="muted">{}</span>', one.value) if one.known else _absent(one) for one in row),
        html('<span class="muted small">{}</span>', w("water.not_judged")),
    ]


def _measured(item: Item, w: Words) -> str:
    """A value as published: the mark where it lies below the limit of detection."""
    return as_published.below_detection(item.mark, w) or fmt.plain(item.value or 0)


def reason(item: Item, w: Words) -> cards.Cell:
    """Why a value is missing, in the page's language where it is known, else as published; a dash where no reason is given."""
    text = as_published.reason(item, w)
    return inline.of_language(f"“{item.why_not}”", HTML_LANG["zh"]) if text is None else text or DASH


def _absent(one: ItemReading) -> cards.Cell:
    return one.value if one.value == DASH else html('<span class="muted small">{}</span>', one.value)


def _class_or_dash(water_class: int | None, w: Words) -> cards.Cell:
    return DASH if water_class is None else class_chip(water_class, w, official=False)
