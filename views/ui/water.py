"""The water of a section: its state, a class on its colour, the classes of recorded hours, readings as a table."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

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


@dataclass(frozen=True)
class SectionState:
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
def last_reading(one: Reading, w: Words) -> Markup:
    """The items that judge a reading, each with its class beside the class Ⅲ limit, and the class by all of them."""
    return judged_items((one,), (w("water.column_value"),), w)


def judged_items(some: Sequence[Reading], heads: Sequence[str], w: Words) -> Markup:
    """The same of several readings (one at least) beside each other; ``heads``: what heads each of them."""
    header = [w("water.column_item"), *heads, w("water.column_limit")]
    rows = [
        [_item_label(item, w), *(_value(one, n, w) for one in some), water_words.limit(item)]
        for n, item in enumerate(some[0].items)
    ]
    rows.append([w("water.judged_here"), *(_class_or_dash(one.judged.water_class, w) for one in some), ""])
    return cards.table(header, rows, numeric=range(1, len(header)))


def readings_table(some: Sequence[Reading], hours: Sequence[str], w: Words) -> Markup:
    """Readings of a section beside each other, an item a row beside the class Ⅲ limit; ``hours``: what heads each of them."""
    last = some[0]
    header = [w("water.column_item"), *hours, w("water.column_limit")]
    rows = [
        [_item_label(item, w), *(_value(one, n, w) for one in some), water_words.limit(item)]
        for n, item in enumerate(last.items)
    ]
    rows += [_reference_row(n, some, w) for n in range(len(last.reference))]
    rows.append([w("water.judged_here"), *(_class_or_dash(one.judged.water_class, w) for one in some), ""])
    rows.append([w("water.judged_there"), *(_class_or_dash(one.site_class, w) for one in some), ""])
    table = cards.table(header, rows, numeric=range(1, len(header)))
    return cards.wrapped("readings", table)


def _item_label(item: Item, w: Words) -> Markup:
    assert item.limits is not None
    unit = item.limits.item_unit
    small = Markup() if unit == WITHOUT_UNIT else html(' <span class="muted small">{unit}</span>', unit=unit)
    return html("{}{small}", w.of(item.limits.name), small=small)


def _value(one: Reading, n: int, w: Words) -> str:
    """A value with its class; the items that decide the section's class carry its colour."""
    item = one.items[n]
    if item.value is None or item.water_class is None:
        return _absent(item, w)
    numeral = water_words.numeral(item.water_class, w)
    decides = item.column in one.judged.deciding
    mark = cards.chip(numeral, WATER_CLASSES[item.water_class], square=True) if decides else numeral
    return html('{} <span class="muted mark">{mark}</span>', measured(item, w), mark=mark)


def _reference_row(n: int, some: Sequence[Reading], w: Words) -> list[str]:
    """An item that decides no class."""
    column = some[0].reference[n].column
    unit = html(' <span class="small">{}</span>', water_words.REFERENCE_UNITS[column])
    return [
        html('<span class="muted">{}{unit}</span>', w(f"water.item_{column}"), unit=unit),
        *(_reference(one.reference[n], w) for one in some),
        html('<span class="muted small">{}</span>', w("water.not_judged")),
    ]


def _reference(item: Item, w: Words) -> str:
    return _absent(item, w) if item.value is None else html('<span class="muted">{}</span>', measured(item, w))


def measured(item: Item, w: Words) -> str:
    """A value as published: the mark where it lies below the limit of detection."""
    return as_published.below_detection(item.mark, w) or fmt.plain(item.value or 0)


def reason(item: Item, w: Words) -> str:
    """Why a value is missing, in the page's language where it is known, else as published; a dash where no reason is given."""
    text = as_published.reason(item.why_not, w)
    return inline.of_language(f"“{item.why_not}”", HTML_LANG["zh"]) if text is None else text or DASH


def _absent(item: Item, w: Words) -> str:
    return html('<span class="muted small">{}</span>', reason(item, w)) if item.why_not else DASH


def _class_or_dash(water_class: int | None, w: Words) -> str:
    return DASH if water_class is None else class_chip(water_class, w, official=False)
