"""What rows of a workbook may name: indicators, areas, sections, tasks and documents, by their Chinese names or ids."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches

from loaders.workbook.units import NO_UNIT, fold, form
from store import database, facts, records
from store.cache import MIB, Cache
from store.database import FACTS
from store.records import Record

SECTION = "断面"

_known = Cache("names a workbook may use", 16 * MIB)


def labels(table: str) -> dict[str, str]:
    """How each row of a table is called in the drop-downs, by its id, in the order the table is read."""
    if table == "tasks":
        ordered = sorted(facts.every(records.Task), key=lambda row: (row.no, row.part or ""))
        return {row.task_id: f"{row.task_id} {row.title.zh}" for row in ordered}
    return {key: _name(row) for key, row in facts.by_id(records.BY_TABLE[table]).items()}


def _name(row: Record) -> str:
    """How a row is called. Raises TypeError for one of a table whose rows nothing names."""
    match row:
        case records.Indicator() | records.Area() | records.AirStation():
            return row.name.zh
        case records.WaterSection():
            return facts.by_id(records.Area)[row.section_id].name.zh
        case records.Document() | records.Task():
            return row.title.zh
    raise TypeError(f"no name for a row of {row.table}")


def unit(unit_id: str) -> str:
    """A unit as it is written in Chinese; a word where there is none."""
    symbol = facts.by_id(records.Unit)[unit_id].symbol
    return (symbol.zh if symbol else "") or NO_UNIT


class Names:
    """Finds ids by what people write. ``documents``: (id, title) of documents that come with the same workbook."""

    def __init__(self, documents: Iterable[tuple[str, str]] = ()) -> None:
        self._known = {
            table: dict(_written(table))
            for table in ("indicators", "areas", "air_stations", "water_sections", "tasks", "documents")
        }
        self._found: dict[tuple[str, str], str] = {}
        self._not_found: dict[tuple[str, str], str] = {}  # a name nobody knows may stand in every row
        self._units: dict[tuple[str, str], str] = {}
        self._own = _own_units()
        added = self._known["documents"]
        for key, title in documents:
            for name in (fold(key), fold(title)):
                added[name] = added.get(name, frozenset()) | {key}

    def knows(self, table: str, written: str) -> bool:
        """Whether a name is one of a table's."""
        return fold(written) in self._known[table]

    def find(self, table: str, written: str) -> str:
        """The id of what is written. Raises LookupError with a sentence in Chinese where it is unknown or not clear."""
        key = table, written
        if (found := self._found.get(key)) is None:
            if problem := self._not_found.get(key):
                raise LookupError(problem)
            try:
                found = self._found[key] = self._find(table, written)
            except LookupError as error:
                self._not_found[key] = str(error.args[0])
                raise
        return found

    def _find(self, table: str, written: str) -> str:
        known = self._known[table]
        found = known.get(fold(written), frozenset())
        if len(found) == 1:
            return next(iter(found))
        if found:
            raise LookupError(f"“{written}”不止一个，请写编号：{'、'.join(sorted(found))}")
        near = get_close_matches(fold(written), known, n=1, cutoff=0.6)
        hint = f"，是不是“{labels(table).get(next(iter(known[near[0]])), near[0])}”？" if near else ""
        more = "；新文件请先填到“来源文件”表" if table == "documents" and not near else ""
        raise LookupError(f"“{written}”不认识{hint}{more}")

    def own_unit(self, indicator_id: str) -> str:
        """An indicator's own unit as it is written in Chinese."""
        return self._own[indicator_id]

    def unit(self, written: str, indicator_id: str) -> str:
        """The unit written beside a figure, the indicator's own first: symbols such as 个 stand for more than one unit.

        Raises LookupError with a sentence in Chinese where it is unknown.
        """
        if (found := self._units.get((written, indicator_id))) is None:
            found = self._units[written, indicator_id] = self._unit(written, indicator_id)
        return found

    def _unit(self, written: str, indicator_id: str) -> str:
        own = facts.by_id(records.Indicator)[indicator_id].unit_id
        rows = facts.by_id(records.Unit)
        for key in (own, *rows):
            if form(written) in {form(key), form(unit(key)), *_symbols(rows[key])}:
                return key
        raise LookupError(f"单位“{written}”不认识，这个指标的单位是“{unit(own)}”")


def _own_units() -> Mapping[str, str]:
    """How each indicator's own unit is written, by the indicator."""
    database.uses(FACTS)
    return _known.get(("indicators", "units"), _units_of_indicators, topics=(FACTS,))


def _units_of_indicators() -> dict[str, str]:
    return {key: unit(row.unit_id) for key, row in facts.by_id(records.Indicator).items()}


def _symbols(row: records.Unit) -> set[str]:
    return {form(one) for one in row.symbol or () if one}


def _written(table: str) -> Mapping[str, frozenset[str]]:
    database.uses(FACTS)
    return _known.get((table, "written"), lambda: _names_of(table), topics=(FACTS,))


def _names_of(table: str) -> dict[str, frozenset[str]]:
    """Everything the rows of a table may be called, folded, and its ids."""
    known: defaultdict[str, set[str]] = defaultdict(set)
    rows = facts.by_id(records.BY_TABLE[table])
    for key, label in labels(table).items():
        for one in (key, label, *_other_names(rows[key])):
            known[fold(one)].add(key)
    return {name: frozenset(keys) for name, keys in known.items()}


def _other_names(row: Record) -> Iterator[str]:
    """What a row may be called besides its id and label."""
    match row:
        case records.Indicator():
            yield row.short.zh
        case records.WaterSection():
            yield _name(row).removesuffix(SECTION)
        case records.Task():
            yield row.title.zh
