"""What an import would do, row by row, or everything that prevents it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

import pandas as pd
from sqlalchemy import Table

from loaders.workbook import cells, rows
from loaders.workbook.cells import FileError, Grid
from loaders.workbook.names import NO_UNIT, Names, labels, unit
from loaders.workbook.rows import Fault, Line
from loaders.workbook.sheets import DOCUMENTS, GUIDE, LISTS, REASONS, SHEETS, WHO, WHY, Sheet, fold
from store import clock, facts, records, schema, tracked
from store.tracked import Problem

State = Literal["new", "changed", "same"]
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
FORMS = {
    schema.PERIOD: " 2026、2026-10、2026-Q3、2021/2025 或 2026-10-06",
    schema.MONTH: " 2026-10",
    schema.PARTIAL_DATE: " 2026、2026-10 或 2026-10-06",
    schema.ID: "小写英文字母、数字和 . _ -",
}
TIMES = ("period", "month", "date", "as_of")


@dataclass(frozen=True)
class Change:
    """A column whose value changes; values as tracked files write them, None: none."""

    column: str
    old: str | None
    new: str | None


@dataclass(frozen=True)
class Row:
    """One row of the file against the store. ``key`` and ``values`` by column (values: the whole row as it will be)."""

    table: str
    place: str  # the sheet's name in the file
    row: int
    state: State
    key: Mapping[str, Any]
    values: Mapping[str, Any]
    changes: tuple[Change, ...]
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        named = " · ".join(called(self.table, *one) for one in self.key.items() if one != ("basis", "none"))
        parts = [f"{self.place}第{self.row}行", STATE_WORDS[self.state], named]
        if self.state == "new":
            filled = [one.name for one in _sheet(self.table).values if self.values[one.name] is not None]
            parts.append(
                "；".join(f"{headed(self.table, name)}：{self._text(name, self.values[name])}" for name in filled)
            )
        for one in self.changes:
            old, new = (self._text(one.column, value) for value in (one.old, one.new))
            parts.append(f"{headed(self.table, one.column)}：{old} → {new}")
        return "　".join(part for part in (*parts, *self.notes) if part)

    def _text(self, column: str, value: Any) -> str:
        text = "（空）" if value is None else called(self.table, column, value)
        return text + unit(self.values["unit_id"]).replace(NO_UNIT, "") if column == "value" else text


@dataclass(frozen=True)
class Plan:
    """What a file would bring. With ``faults`` nothing of it can be imported; ``remarks`` are no hindrance."""

    file: str
    content: bytes
    lines: tuple[Line, ...]
    rows: tuple[Row, ...]
    faults: tuple[Fault, ...]
    remarks: tuple[Fault, ...]
    who: str = ""
    why: str = ""

    @property
    def ok(self) -> bool:
        """Whether it can be imported."""
        return not self.faults

    def count(self, state: State) -> int:
        """How many rows are new, changed or the same."""
        return sum(one.state == state for one in self.rows)

    def report(self) -> list[str]:
        """What people read before they import: everything that is wrong, or each row that would change."""
        sentences = [
            f"{self.file}，{fault}" if fault.sheet else f"{self.file}：{fault.problem}" for fault in self.faults
        ]
        if self.faults:
            return [*sentences, f"共{len(self.faults)}处需要改正，没有导入任何内容"]
        changed = [str(one) for one in self.rows if one.state != "same" or one.notes]
        counted = "，".join(f"{word}{self.count(state)}行" for state, word in STATE_WORDS.items())
        return [*(f"提示：{one}" for one in self.remarks), *changed, f"{self.file}：{counted}"]


def plan(path: Path | str, *, today: date | None = None) -> Plan:
    """Read a workbook or CSV and compare it with the store; nothing is written. Faults are collected, not raised."""
    path, today = Path(path), today or clock.today()
    try:
        content = path.read_bytes()
        grids = cells.read(content, path.stem)
    except OSError as error:
        return Plan(path.name, b"", (), (), (Fault("", "", "", f"文件打不开（{error.strerror}）"),), ())
    except FileError as error:
        return Plan(path.name, b"", (), (), (Fault("", "", "", str(error)),), ())
    return _plan(path.name, content, grids, today)


def _plan(file: str, content: bytes, grids: Sequence[Grid], today: date) -> Plan:
    headers, remarks = [], []
    faults: list[Fault] = []
    who, why = _reasons(grids)
    for grid in grids:
        if grid.name in (GUIDE, LISTS, REASONS):
            continue
        if found := rows.header(grid):
            headers.append((grid, found))
            if grid.hidden_sheet:
                remarks.append(Fault(grid.name, "", "", "这张表是隐藏的，也读入"))
        elif any(not cell.empty for row in grid.rows for cell in row):
            remarks.append(Fault(grid.name, "", "", "认不出表头，这张表没有读"))
    if not headers:
        faults.append(Fault("", "", "", "没有一张表认得出表头：请用模板填写，不要改动表头"))
    names = Names(_new_documents(headers))
    read = [rows.lines(grid, found, names) for grid, found in headers]
    lines = tuple(line for table in read for line in table.lines)
    faults += [fault for table in read for fault in table.faults]
    remarks += [remark for table in read for remark in table.skipped]
    filled = {(fault.sheet, fault.cell) for fault in faults}
    faults += [fault for fault in _checked(lines, today) if (fault.sheet, fault.cell) not in filled]
    found_rows = (
        () if faults else compare(lines, {name: known(facts.rows(facts.table(name)), name) for name in _tables(lines)})
    )
    faults.sort(key=lambda fault: _order(fault, [grid.name for grid in grids]))
    return Plan(file, content, lines, found_rows, tuple(faults), tuple(remarks), who, why)


def _order(fault: Fault, sheets: Sequence[str]) -> tuple[int, int, int, str]:
    """As one reads: sheet by sheet, row by row, from the left."""
    letters, digits = re.sub(r"[^A-Z]", "", fault.cell), re.sub(r"\D", "", fault.cell)
    return sheets.index(fault.sheet) if fault.sheet else -1, int(digits or 0), len(letters), letters


def _tables(lines: Iterable[Line]) -> list[str]:
    return list(dict.fromkeys(line.sheet.table.name for line in lines))


def _reasons(grids: Sequence[Grid]) -> tuple[str, str]:
    """Who filled it in and why numbers change, from the sheet for it: the cells right of the two words."""
    found = {WHO: "", WHY: ""}
    for grid in grids:
        if grid.name == REASONS:
            for row in grid.rows:
                for cell, beside in pairwise(row):
                    if isinstance(cell.value, str) and fold(cell.value) in found and not beside.empty:
                        found[fold(cell.value)] = str(beside.value).strip()
    return found[WHO], found[WHY]


def _new_documents(headers: Sequence[tuple[Grid, rows.Header]]) -> list[tuple[str, str]]:
    """Ids and titles of the documents that come with the file, so that its other sheets can name them."""
    found = []
    for grid, header in headers:
        if header.sheet is DOCUMENTS:
            for line in rows.lines(grid, header, Names()).lines:
                key, title = line.texts.get("document_id", ""), line.texts.get("title_zh", "")
                if key and title:
                    found.append((key, title))
    return found


def _checked(lines: Sequence[Line], today: date) -> list[Fault]:
    """What breaks the declarations of the tables, in every row."""
    faults: list[Fault] = []
    frames = {
        name: facts.table(name) for name in ("documents", "indicators", "areas", "units", "water_sections", "tasks")
    }
    by_table = {name: [line for line in lines if line.sheet.table.name == name] for name in _tables(lines)}
    for name in sorted(by_table, key=lambda name: name != "documents"):  # the other tables name them
        table, mine = schema.metadata.tables[name], by_table[name]
        typed, problems = tracked.check(table, _frame(table, mine))
        if name == "documents":
            faults += _titles(mine)
            frames["documents"] = pd.concat([frames["documents"], typed.reindex(columns=frames["documents"].columns)])
        problems += tracked.reference_problems(table, typed, frames)
        faults += [_fault(mine, problem, typed) for problem in problems]
        if name == "figures":
            faults += _stale_words(mine, typed)
        faults += [fault for line in mine for fault in _ahead(line, today)]
    seen: dict[tuple[str, str], Fault] = {}
    for fault in faults:
        seen.setdefault((fault.sheet, fault.cell), fault)
    return list(seen.values())


def _frame(table: Table, lines: Sequence[Line]) -> pd.DataFrame:
    """Rows as the text of a tracked file, as they would be if they were new."""
    return pd.DataFrame(
        [{column.name: _text(line, column.name) for column in table.columns} for line in lines], dtype=str
    )


def _text(line: Line, column: str) -> str:
    if text := line.texts.get(column):
        return text
    known = next((one for one in line.sheet.fields if one.name == column), None)
    return (line.texts.get(known.copies, "") or known.default) if known else ""


def _fault(lines: Sequence[Line], problem: Problem, typed: pd.DataFrame) -> Fault:
    """A problem of a frame where it is in the file, in Chinese."""
    line = lines[problem.row]
    if problem.rule == "key":
        key = problem.column.split(", ")
        first = typed.index[(typed[key] == list(problem.given)).all(axis=1)][0]
        return line.fault(key[0], RULES["key"].format(expected=f"工作表“{lines[first].place}”第{lines[first].row}行"))
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
    stored = known(facts.rows(facts.table("figures")), "figures")
    key = [column.name for column in schema.figures.primary_key]
    for line, row in zip(lines, facts.rows(typed), strict=True):
        old = stored.get(tuple(row[name] for name in key))
        if old and old["text_zh"] and row["value"] not in (None, old["value"]) and not row["text_zh"]:
            yield line.fault("value", f"原来还有文字结果“{old['text_zh']}”，数改了，文字结果也要一并填写")


def _ahead(line: Line, today: date) -> Iterable[Fault]:
    """What is dated after today although it was measured or decided."""
    if line.texts.get("kind") == "planned":
        return
    for column in TIMES:
        begins = line.texts.get(column, "").partition("/")[0].partition("-Q")[0]
        if begins and begins > today.isoformat()[: len(begins)]:
            yield line.fault(column, f"“{line.texts[column]}”在今天（{today}）之后")


def known(stored: Iterable[Mapping[str, Any]], table: str) -> dict[tuple[Any, ...], Mapping[str, Any]]:
    """Rows of a table by their key."""
    key = [column.name for column in schema.metadata.tables[table].primary_key]
    return {tuple(row[name] for name in key): row for row in stored}


def compare(
    lines: Sequence[Line], stored: Mapping[str, Mapping[tuple[Any, ...], Mapping[str, Any]]]
) -> tuple[Row, ...]:
    """Each row against the stored rows of its table. An empty cell leaves the stored value; nothing is ever deleted."""
    found = []
    for name in _tables(lines):
        table, group = schema.metadata.tables[name], [line for line in lines if line.sheet.table.name == name]
        typed = facts.rows(tracked.check(table, _frame(table, group))[0])
        key = [column.name for column in table.primary_key]
        for line, row in zip(group, typed, strict=True):
            named = {column: row[column] for column in key}
            old = stored[name].get(tuple(named.values()))
            given = {column: row[column] for column in row if old is None or line.texts.get(column)}
            values = {**(old or {}), **given}
            changes = tuple(
                Change(column, _plain(old[column]), _plain(value))
                for column, value in values.items()
                if old and old[column] != value
            )
            state: State = "new" if old is None else "changed" if changes else "same"
            note = values.get("note_zh") if changes and "note_zh" not in line.texts else None
            notes = (*line.notes, *([f"原备注保留：{note}"] if note else []))
            found.append(Row(name, line.place, line.row, state, named, values, changes, notes))
    return tuple(found)


def _plain(value: Any) -> str | None:
    """A value as a tracked file writes it."""
    if value is None:
        return None
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def headed(table: str, column: str) -> str:
    """A column as the workbook heads it."""
    titles = {one.name: one.title for sheet in SHEETS if sheet.table.name == table for one in sheet.fields}
    return titles.get(column, column)


def _sheet(table: str) -> Sheet:
    return next(one for one in SHEETS if one.table.name == table)


def called(table: str, column: str, value: Any) -> str:
    """A value as people call it: the name of what it refers to, the word of a choice."""
    plain = str(_plain(value))
    if reference := schema.metadata.tables[table].columns[column].info.get("ref"):
        return labels(reference.partition(".")[0]).get(plain, plain)
    words = {one.name: one.labels for sheet in SHEETS if sheet.table.name == table for one in sheet.fields}
    return words.get(column, {}).get(plain, plain)
