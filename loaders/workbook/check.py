"""What an import would do, row by row, or everything that prevents it."""

import operator
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

import pandas as pd
from msgspec import Struct, field
from msgspec.structs import replace
from openpyxl.utils import get_column_letter
from sqlalchemy import Table

from loaders.workbook import cells, headers, rows
from loaders.workbook.cells import FileError, Grid, Progress
from loaders.workbook.headers import Header
from loaders.workbook.names import Names, labels, unit
from loaders.workbook.places import Fault
from loaders.workbook.rows import MARKS, Line
from loaders.workbook.sheets import DOCUMENTS, GUIDE, LISTS, REASONS, SHEETS, WHO, WHY
from loaders.workbook.units import NO_UNIT, fold
from store import clock, facts, records, schema, tracked
from store.tracked import Problem

State = Literal["new", "changed", "same"]
Stored = Mapping[str, Mapping[tuple[Any, ...], Mapping[str, Any]]]  # rows by table and key
ROWS_AT_ONCE = 5000
STATE_WORDS: Mapping[State, str] = {"new": "新增", "changed": "改动", "same": "相同"}
# What a broken rule of store.tracked is called before an official.
RULES = {
    "required": "没有填，这一列必须填",
    "date": "“{given}”不是日期，应写成 2026-10-06",
    "number": "“{given}”不是数字",
    "bounds": "{given} 超出范围，应在 {expected} 之间",
    "whole": "{given} 不是整数",
    "choice": "“{given}”不在可选项里，可选：{expected}",
    "pattern": "“{given}”的写法不对，应为{expected}",
    "key": "和另一行（{expected}）重复",
    "reference": "“{given}”不认识",
    "unit": "单位写的是“{given}”，这个指标的单位是“{expected}”，请换算后再填",
    "nothing": rows.NOTHING,
}
SIGNS = {">": "> ", ">=": "≥ ", "<=": "≤ ", "~": "约 "}
MOST_SKIPPED = 20  # rows left out that a report names one by one
FORMS = {
    schema.PERIOD: " 2026、2026-10、2026-Q3、2021/2025 或 2026-10-06",
    schema.MONTH: " 2026-10",
    schema.HOUR: " 2026-10-06 08:00",
    schema.PARTIAL_DATE: " 2026、2026-10 或 2026-10-06",
    schema.ID: "小写英文字母、数字和 . _ -",
}
TIMES = ("period", "month", "date", "as_of", "measured_at")


class Change(Struct, frozen=True):
    """A column whose value changes; values as tracked files write them, None: none."""

    column: str
    old: str | None
    new: str | None


class Row(Struct, frozen=True):
    """One row of the file against the store. ``key`` and ``values`` by column (values: the whole row as it will be)."""

    table: str
    place: str  # the sheet's name in the file
    row: int
    state: State
    key: Mapping[str, Any]
    values: Mapping[str, Any]
    changes: tuple[Change, ...]
    notes: tuple[str, ...] = ()
    filled: tuple[str, ...] = ()  # columns the file fills, beside the key

    def __str__(self) -> str:
        return self.text(_Labels())

    def text(self, words: "_Labels") -> str:
        """The row as an official reads it: what is new with every column that is filled, what changes from what to what."""
        named = " · ".join(words.called(self.table, *one) for one in self.key.items() if one != ("basis", "none"))
        parts = [f"{self.place}第{self.row}行", STATE_WORDS[self.state], named]
        if self.state == "new":
            shown = [name for name in self.filled if self.values[name] is not None and name != "unit_id"]
            both = {"op", "value"} <= set(shown)
            parts.append("；".join(self._filled(name, words, both) for name in shown if not (both and name == "op")))
        for one in self.changes:
            old, new = (self._text(one.column, value, words) for value in (one.old, one.new))
            parts.append(f"{words.headed(self.table, one.column)}：{old} → {new}")
        return "　".join(part for part in (*parts, *self.notes) if part)

    def _filled(self, name: str, words: "_Labels", with_sign: bool) -> str:
        sign = SIGNS.get(str(self.values["op"]), "") if with_sign and name == "value" else ""
        return f"{words.headed(self.table, name)}：{sign}{self._text(name, self.values[name], words)}"

    def _text(self, column: str, value: Any, words: "_Labels") -> str:
        text = "（空）" if value is None else words.called(self.table, column, value)
        return text + unit(self.values["unit_id"]).replace(NO_UNIT, "") if column == "value" else text


class _Labels:
    """Columns and values as people call them; each is looked up once however many rows bear it."""

    def __init__(self) -> None:
        self._headed: dict[tuple[str, str], str] = {}
        self._called: dict[tuple[str, str, Any], str] = {}

    def headed(self, table: str, column: str) -> str:
        """A column as the workbook heads it."""
        key = table, column
        if key not in self._headed:
            self._headed[key] = headed(table, column)
        return self._headed[key]

    def called(self, table: str, column: str, value: Any) -> str:
        """A value as people call it."""
        if schema.metadata.tables[table].columns[column].info.get("ref") is None and column not in _CHOICES:
            return str(_plain(value))
        key = table, column, value
        if key not in self._called:
            self._called[key] = called(table, column, value)
        return self._called[key]


_CHOICES = frozenset({MARKS, *(one.name for sheet in SHEETS for one in sheet.fields if one.labels)})


class Plan(Struct, frozen=True):
    """What a file would bring. With ``faults`` nothing of it can be imported; ``remarks`` are no hindrance.

    ``skipped``: rows that are left out, each with why. ``stored``: the tables it was compared with.
    """

    file: str
    content: bytes
    stored: Stored
    rows: tuple[Row, ...]
    faults: tuple[Fault, ...]
    remarks: tuple[Fault, ...]
    who: str = ""
    why: str = ""
    skipped: tuple[Fault, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether it can be imported."""
        return not self.faults

    def count(self, state: State) -> int:
        """How many rows are new, changed or the same."""
        return sum(one.state == state for one in self.rows)

    @property
    def refused(self) -> int:
        """How many rows have a fault."""
        return len({(one.sheet, re.sub(r"\D", "", one.cell)) for one in self.faults if one.cell})

    def report(self) -> list[str]:
        """What people read before they import: everything that is wrong, or each row that would change."""
        remarks = [f"提示：{one}" for one in self.remarks]
        skipped = [f"跳过：{one}" for one in self.skipped[:MOST_SKIPPED]]
        if len(self.skipped) > MOST_SKIPPED:
            skipped.append(f"跳过：另有{len(self.skipped) - MOST_SKIPPED}行")
        if self.faults:
            sentences = [
                f"{self.file}，{fault}" if fault.sheet else f"{self.file}：{fault.problem}" for fault in self.faults
            ]
            rows = f"（退回{self.refused}行，跳过{len(self.skipped)}行）" if self.refused else ""
            return [*sentences, f"共{len(self.faults)}处需要改正{rows}，没有导入任何内容"]
        words = _Labels()
        changed = [one.text(words) for one in self.rows if one.state != "same" or one.notes]
        counted = "，".join(f"{word}{self.count(state)}行" for state, word in STATE_WORDS.items())
        return [*remarks, *skipped, *changed, f"{self.file}：{counted}，跳过{len(self.skipped)}行，退回0行"]


def plan(
    path: Path | str,
    *,
    today: date | None = None,
    document: str = "",
    skip_hidden: bool = False,
    progress: Progress | None = None,
) -> Plan:
    """Read a workbook or CSV and compare it with the store; nothing is written. Faults are collected, not raised.

    ``document``: id or title of the document an official table is, which has no column for it. ``skip_hidden``: hidden
    sheets, rows and columns are left out. ``progress``: called with bytes of sheets read and all there are.
    """
    path, today = Path(path), today or clock.today()
    try:
        content = path.read_bytes()
        grids = list(cells.read(content, path.stem, known=headers.understood, progress=progress))
    except OSError as error:
        return Plan(path.name, b"", {}, (), (Fault("", "", "", f"文件打不开（{error.strerror}）"),), ())
    except FileError as error:
        return Plan(path.name, b"", {}, (), (Fault("", "", "", str(error)),), ())
    who, why = _reasons(grids)
    read = _read(grids, document, skip_hidden)
    order = {grid.name: number for number, grid in enumerate(grids)}
    grids.clear()  # a million cells are no longer needed
    broken, typed = _checked(read, today)
    faults = sorted((*read.faults, *broken), key=lambda fault: _order(fault, order))
    tables = {name: known(facts.rows(facts.table(name)), name) for name in _tables(read.lines)} if not faults else {}
    found = tuple(_compared(read.lines, typed, tables)) if not faults else ()
    return Plan(path.name, content, tables, found, tuple(faults), read.remarks, who, why, read.skipped)


class _Tables(Struct):
    """The sheets of a file with their headers, and what is to be said of those that have none."""

    found: list[tuple[Grid, Header]] = field(default_factory=list)
    remarks: list[Fault] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


class _Read(Struct, frozen=True):
    """What the sheets of a file say."""

    lines: tuple[Line, ...]
    faults: tuple[Fault, ...]
    remarks: tuple[Fault, ...]
    skipped: tuple[Fault, ...]


def _read(grids: Sequence[Grid], document: str, skip_hidden: bool) -> _Read:
    tables = _tables_of(grids, document, skip_hidden)
    names = Names(_new_documents(tables.found))
    faults = [*tables.faults, *_unknown_document(document, names)]
    if faults:
        return _Read((), tuple(faults), tuple(tables.remarks), ())
    if document:
        tables.found = [(grid, _resting_on(one, names.find("documents", document))) for grid, one in tables.found]
    read = [rows.lines(grid, found, names, skip_hidden=skip_hidden) for grid, found in tables.found]
    faults += [fault for table in read for fault in table.faults]
    skipped = (fault for table in read for fault in table.skipped)
    return _Read(
        tuple(line for table in read for line in table.lines), tuple(faults), tuple(tables.remarks), tuple(skipped)
    )


def _tables_of(grids: Sequence[Grid], document: str, skip_hidden: bool) -> _Tables:
    """Which sheets are tables, and of which kind."""
    tables = _Tables()
    for grid in grids:
        if grid.name in (GUIDE, LISTS, REASONS) or not grid.rows:
            continue
        if grid.hidden and skip_hidden:
            tables.remarks.append(Fault(grid.name, "", "", "这张表是隐藏的，没有读"))
            continue
        if skip_hidden and grid.hidden_columns:
            grid = _without_hidden_columns(grid, tables.remarks)
        found = headers.headers(grid, document)
        if not found:
            tables.remarks.append(Fault(grid.name, "", "", "认不出表头，这张表没有读"))
            continue
        if grid.hidden:
            tables.remarks.append(Fault(grid.name, "", "", "这张表是隐藏的，也读入"))
        if not skip_hidden and (seen := sorted(set(found[0].fields) & grid.hidden_columns)):
            columns = "、".join(get_column_letter(one) for one in seen)
            tables.remarks.append(Fault(grid.name, "", "", f"{columns} 列在表里是隐藏的，也读入"))
        for one in found:
            tables.found.append((grid, one))
            tables.remarks += one.remarks
    if not tables.found and not tables.faults:
        tables.faults.append(Fault("", "", "", "没有一张表认得出表头：请用模板填写，不要改动表头"))
    return tables


def _without_hidden_columns(grid: Grid, remarks: list[Fault]) -> Grid:
    rows = [tuple(cell for cell in row if cell.column not in grid.hidden_columns) for row in grid.rows]
    left_out = sorted({cell.column for row in grid.rows for cell in row if cell.column in grid.hidden_columns})
    if left_out:
        columns = "、".join(get_column_letter(one) for one in left_out)
        remarks.append(Fault(grid.name, "", "", f"{columns} 列是隐藏的，没有读"))
    return replace(grid, rows=tuple(row for row in rows if row))


def _unknown_document(document: str, names: Names) -> list[Fault]:
    try:
        if document:
            names.find("documents", document)
    except LookupError as error:
        return [Fault("", "", "", f"--document：{error.args[0]}")]
    return []


def _resting_on(header: Header, document_id: str) -> Header:
    """A header whose rows rest on a document, where its table has no column for it."""
    stations = _resting_on(header.stations, document_id) if header.stations else None
    defaults = {**header.defaults, "document_id": document_id} if "document_id" in header.defaults else header.defaults
    return replace(header, defaults=defaults, stations=stations)


def _order(fault: Fault, sheets: Mapping[str, int]) -> tuple[int, int, int, str]:
    """As one reads: sheet by sheet, row by row, from the left."""
    letters, digits = re.sub(r"[^A-Z]", "", fault.cell), re.sub(r"\D", "", fault.cell)
    return sheets.get(fault.sheet, -1), int(digits or 0), len(letters), letters


def _tables(lines: Iterable[Line]) -> list[str]:
    return list(dict.fromkeys(line.sheet.table.name for line in lines))


def _reasons(grids: Sequence[Grid]) -> tuple[str, str]:
    """Who filled it in and why numbers change, from the sheet for it: the cells right of the two words."""
    found = {WHO: "", WHY: ""}
    for grid in grids:
        if grid.name == REASONS:
            for row in grid.rows:
                for cell, beside in pairwise(row):
                    if beside.column != cell.column + 1 or beside.empty:
                        continue
                    if isinstance(cell.value, str) and fold(cell.value) in found:
                        found[fold(cell.value)] = str(beside.value).strip()
    return found[WHO], found[WHY]


def _new_documents(tables: Sequence[tuple[Grid, Header]]) -> list[tuple[str, str]]:
    """Ids and titles of the documents that come with the file, so that its other sheets can name them."""
    found = []
    for grid, header in tables:
        if header.sheet is DOCUMENTS:
            for line in rows.lines(grid, header, Names()).lines:
                key, title = line.texts.get("document_id", ""), line.texts.get("title_zh", "")
                if key and title:
                    found.append((key, title))
    return found


def _checked(read: _Read, today: date) -> tuple[list[Fault], dict[str, pd.DataFrame]]:
    """What breaks the declarations of the tables, in every row, where nothing is wrong with the cell already.

    Also the rows of each table with its types, as they would be if they were new.
    """
    lines = read.lines
    frames_of_rows: dict[str, pd.DataFrame] = {}
    faults: list[Fault] = []
    frames = {
        name: facts.table(name)
        for name in ("documents", "indicators", "areas", "air_stations", "units", "water_sections", "tasks")
    }
    by_table = {name: [line for line in lines if line.sheet.table.name == name] for name in _tables(lines)}
    for name in sorted(by_table, key=lambda name: name != "documents"):  # the other tables name them
        table, mine = schema.metadata.tables[name], by_table[name]
        typed, problems = tracked.check(table, _frame(table, mine))
        frames_of_rows[name] = typed
        if name == "documents":
            faults += _titles(mine)
            frames["documents"] = pd.concat([frames["documents"], typed.reindex(columns=frames["documents"].columns)])
        problems += tracked.reference_problems(table, typed, frames)
        first = _first_rows(typed, problems)
        faults += [_fault(mine, problem, first) for problem in problems]
        if name == "figures":
            faults += _stale_words(mine, typed)
        faults += [fault for line in mine for fault in _ahead(line, today)]
    seen: dict[tuple[str, str], Fault] = {}
    for fault in faults:
        seen.setdefault((fault.sheet, fault.cell), fault)
    known_faults = {(fault.sheet, fault.cell) for fault in read.faults}
    return [fault for place, fault in seen.items() if place not in known_faults], frames_of_rows


def _frame(table: Table, lines: Sequence[Line]) -> pd.DataFrame:
    """Rows as the text of a tracked file, as they would be if they were new."""
    columns: Mapping[str, list[str]] = {
        one.name: [line.texts.get(one.name) or _text(line, one.name) for line in lines] for one in table.columns
    }
    return pd.DataFrame(columns, dtype=str)


def _text(line: Line, column: str) -> str:
    known = line.sheet.by_name.get(column)
    return (line.texts.get(known.copies, "") or known.default) if known else ""


def _first_rows(typed: pd.DataFrame, problems: Sequence[Problem]) -> dict[tuple[Any, ...], int]:
    """The first row of each key, where some key stands twice."""
    keys = {problem.column for problem in problems if problem.rule == "key"}
    first: dict[tuple[Any, ...], int] = {}
    for key in keys:
        for number, row in enumerate(typed[key.split(", ")].itertuples(index=False, name=None)):
            first.setdefault(row, number)
    return first


def _fault(lines: Sequence[Line], problem: Problem, first: Mapping[tuple[Any, ...], int]) -> Fault:
    """A problem of a frame where it is in the file, in Chinese."""
    line = lines[problem.row]
    if problem.rule == "key":
        other = lines[first[tuple(problem.given)]]
        expected = f"工作表“{other.place}”第{other.row}行"
        return line.fault(problem.column.split(", ")[0], RULES["key"].format(expected=expected))
    column = line.sheet.table.columns[problem.column]
    given, expected = problem.given, problem.expected
    if problem.rule == "unit":
        given, expected = unit(str(given)), unit(str(expected))
    elif problem.rule == "pattern":
        expected = FORMS.get(str(expected), f" {expected}")
    sentence = RULES[problem.rule].format(given=given, expected=expected)
    return line.fault(column.name, re.sub(r"\.0(?!\d)", "", sentence))


def _titles(lines: Sequence[Line]) -> Iterable[Fault]:
    """A document's number means one title, and a title one number: else every figure resting on it would change its origin."""
    stored = facts.by_id(records.Document)
    titles = {fold(row.title.zh): key for key, row in stored.items()}
    for line in lines:
        key, title = line.texts.get("document_id", ""), line.texts.get("title_zh", "")
        if key in stored and title and fold(title) != fold(stored[key].title.zh):
            yield line.fault("document_id", f"编号“{key}”已经是《{stored[key].title.zh}》，请换一个编号")
        elif title and titles.get(fold(title), key) != key:
            yield line.fault("title_zh", f"这份文件已经登记过，编号是“{titles[fold(title)]}”")


def _stale_words(lines: Sequence[Line], typed: pd.DataFrame) -> Iterable[Fault]:
    """Figures whose number changes while the words published with the old number would stay."""
    key = operator.attrgetter(*(column.name for column in schema.figures.primary_key))
    stored = {key(row): row for row in facts.every(records.Figure)}
    for line, row in zip(lines, facts.records(records.Figure, typed), strict=True):
        old = stored.get(key(row))
        if old and old.text and old.text.zh and row.value not in (None, old.value) and not (row.text and row.text.zh):
            yield line.fault("value", f"原来还有文字结果“{old.text.zh}”，数改了，文字结果也要一并填写")


def _ahead(line: Line, today: date) -> Iterable[Fault]:
    """What is dated after today although it was measured or decided."""
    if line.texts.get("kind") == "planned":
        return
    for column in TIMES:
        begins = line.texts.get(column, "").partition("/")[0].partition("-Q")[0].partition("T")[0]
        if begins and begins > today.isoformat()[: len(begins)]:
            yield line.fault(column, f"“{line.texts[column]}”在今天（{today}）之后")


def known(stored: Iterable[Mapping[str, Any]], table: str) -> dict[tuple[Any, ...], Mapping[str, Any]]:
    """Rows of a table by their key."""
    key = [column.name for column in schema.metadata.tables[table].primary_key]
    return {tuple(row[name] for name in key): row for row in stored}


def _compared(lines: Sequence[Line], frames: Mapping[str, pd.DataFrame], stored: Stored) -> Iterator[Row]:
    """Each row against what is stored of its table. An empty cell leaves what is stored; nothing is ever deleted."""
    for name in _tables(lines):
        table, group = schema.metadata.tables[name], [line for line in lines if line.sheet.table.name == name]
        typed = _rows_of(frames[name])
        key = [column.name for column in table.primary_key]
        fills: dict[tuple[str, ...], tuple[str, ...]] = {}  # the same for most rows
        for line, row in zip(group, typed, strict=True):
            filled = tuple(column for column in row if line.texts.get(column) and column not in key)
            named = {column: row[column] for column in key}
            old = stored[name].get(tuple(named.values()))
            if old is None:
                yield Row(
                    name, line.place, line.row, "new", named, row, (), line.notes, fills.setdefault(filled, filled)
                )
                continue
            given = {column: row[column] for column in row if line.texts.get(column)}
            if MARKS in old:
                given |= _below_detection(old[MARKS] or "", line)
            values = {**old, **given}
            changes = tuple(
                Change(column, _plain(old[column]), _plain(value))
                for column, value in values.items()
                if old[column] != value
            )
            state: State = "changed" if changes else "same"
            note = values.get("note_zh") if changes and "note_zh" not in line.texts else None
            notes = (*line.notes, *([f"原备注保留：{note}"] if note else []))
            yield Row(
                name, line.place, line.row, state, named, values, changes, notes, fills.setdefault(filled, filled)
            )


def _rows_of(frame: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """A frame's rows as dictionaries, a few thousand at a time: all at once take hundreds of megabytes."""
    for start in range(0, len(frame), ROWS_AT_ONCE):
        yield from facts.rows(frame.iloc[start : start + ROWS_AT_ONCE])


def _below_detection(old: str, line: Line) -> dict[str, str | None]:
    """What a row changes of the marks of items below detection: an item that is given anew loses its old mark."""
    new = _marks(line.texts.get(MARKS, ""))
    both = {**{item: mark for item, mark in _marks(old).items() if not line.texts.get(item)}, **new}
    missing: dict[str, str | None] = {item: None for item in new if not line.texts.get(item)}
    return {**missing, MARKS: "; ".join(f"{item} {both[item]}" for item in sorted(both)) or None}


def _marks(text: str) -> dict[str, str]:
    """The marks of a row by item."""
    return dict(one.split(" ", 1) for one in text.split("; ") if one)


def _plain(value: Any) -> str | None:
    """A value as a tracked file writes it."""
    if value is None:
        return None
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def headed(table: str, column: str) -> str:
    """A column as the workbook heads it."""
    titles = {one.name: one.title for sheet in SHEETS if sheet.table.name == table for one in sheet.fields}
    return titles.get(column, "低于检出限" if column == MARKS else column)


def called(table: str, column: str, value: Any) -> str:
    """A value as people call it: the name of what it refers to, the word of a choice."""
    plain = str(_plain(value))
    if column == MARKS:
        return "；".join(f"{headed(table, item).partition('（')[0]} {mark}" for item, mark in _marks(plain).items())
    if reference := schema.metadata.tables[table].columns[column].info.get("ref"):
        return labels(reference.partition(".")[0]).get(plain, plain)
    words = {one.name: one.labels for sheet in SHEETS if sheet.table.name == table for one in sheet.fields}
    return words.get(column, {}).get(plain, plain)
