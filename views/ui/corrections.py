"""The log of corrections as a table: when, of what, from which value to which, by whom and why."""

from collections.abc import Iterable

from markupsafe import Markup

from reports import lookup
from reports.corrections import Correction
from views.text import amounts
from views.text import format as fmt
from views.text.markup import join
from views.text.words import Words
from views.ui import cards, inline

TIMES = ("period", "month", "date", "as_of")
ENGLISH, CHINESE = "_en", "_zh"


def table(found: Iterable[Correction], w: Words) -> Markup:
    """Every correction as a row, the newest first."""
    header = [w(f"method.correction_{name}") for name in ("day", "table", "what", "change", "who", "why")]
    return cards.table(header, [_row(one, w) for one in found])


def _row(one: Correction, w: Words) -> list[cards.Cell]:
    subject, place = _subject(one, w)
    change = join([_value(one, one.old, w), " → ", inline.strong(_value(one, one.new, w))])
    return [
        inline.unbroken(fmt.day(one.at.date(), w)),
        w(f"method.table.{one.table}"),
        join([subject, inline.below(place)]),
        inline.lines([_column(one.column, w), change]),
        one.who,
        one.why,
    ]


def _subject(one: Correction, w: Words) -> tuple[str, str]:
    """What the row is about, and the document and place it rests on."""
    parts = [w.of(name) for name in one.names]
    parts += [fmt.period(one.rest[name], w) for name in TIMES if name in one.rest]
    if one.rest.get("basis", "none") != "none":
        parts.append(w(f"site.dust_words.{one.rest['basis']}"))
    place = [w.of(one.document.title) if one.document else "", cards.place(one.rest.get("place", ""), w)]
    if not parts:
        return place[0], ""
    return " · ".join(parts), " · ".join(part for part in place if part)


def _column(name: str, w: Words) -> str:
    """A column's name; what is measured has its own."""
    if item := lookup.items().get(name):
        return w.of(item.name)
    column = w(f"method.changed.{name.removesuffix(ENGLISH).removesuffix(CHINESE)}")
    return w("method.changed_english", name=column) if name.endswith(ENGLISH) else column


def _value(one: Correction, value: str | None, w: Words) -> cards.Cell:
    """A value in words."""
    return cards.cell(_word(one, value, w) if value is not None else None)


def _word(one: Correction, value: str, w: Words) -> str:
    match one.table, one.column:
        case "figures", "value":
            return amounts.amount(float(value), one.unit_id, w)
        case "figures", "kind":
            return w(f"method.figure_kind.{value}")
        case "figures", "period_basis":
            return w(f"method.period_basis.{value}")
        case "figures", "confidence":
            return w(f"site.confidence_words.{value}")
        case "documents", "kind":
            return w(f"method.kind.{value}")
        case "documents", "seen":
            return w(f"site.seen_words.{value}")
        case "section_classes", "water_class":
            return fmt.water_class(int(value), w)
        case "section_classes", "basis":
            return w(f"method.class_basis.{value}")
        case "dust_days", "decision":
            return w(f"dust.decision.{value}")
        case "task_status", "status":
            return w(f"actions.status.{value}")
    if item := lookup.items().get(one.column):
        return fmt.plain(float(value)) + fmt.unit(lookup.units()[item.unit_id], w)
    return value
