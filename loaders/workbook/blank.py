"""An empty workbook for officials: what to fill in, in which unit, chosen from lists where there is a choice."""

import re
import zipfile
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Literal

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from loaders.workbook.names import labels, unit
from loaders.workbook.sheets import DOCUMENTS, GUIDE, LISTS, REASONS, SHEETS, WHO, WHY, Field, Sheet
from store import facts, records, schema

ROWS = 500  # rows with drop-downs; more can be filled in without them
NEW_DOCUMENTS = 60  # rows of the sheet of documents that the drop-down of documents takes up
MADE = datetime(2026, 1, 1)  # noqa: DTZ001 – Excel's properties know no zone; always the same, so that the file is too
DARK, PALE = PatternFill("solid", fgColor="12486B"), PatternFill("solid", fgColor="5B7083")
RULES = (
    "每张表填一类内容；只填有的，不用的表空着。表头和表名不要改。",
    "没有公布的数不要填，把整行留空；不要估算，不要用别的数代替。写“未公布”或“—”的行不会导入。",
    "深色表头必填，灰色表头可以不填。有下拉箭头的格子从下拉中选。",
    "数值只填数字。单位以“单位”一列或表头括号里的为准，不一致的请先换算。",
    "新的文件先在“来源文件”登记，其他表的下拉中就会出现。",
    "要更正已经导入过的数：用同样的指标、地区、时段、来源和位置再填一行新数，并在“更正说明”写明填报人和更正原因。原来的数会留在更正记录里。",
    "格子空着表示不改动，不表示删除；导入不会删除任何内容。",
    "填好后先核对：python -m loaders import 文件名 --dry-run，逐行列出将有的变化；确认后去掉 --dry-run 正式导入。",
    "官方的日报、实时报、月报、沙尘日清单可以不抄进本表，原样导入；表里没有“来源文件”一列时加 --document 文件编号或标题。",
    "隐藏的表、行、列也会读入并提示；不想要就加 --skip-hidden。",
    "只要有一处错误，整个文件都不导入，并列出全部错误的位置。",
)


def template(path: Path | str) -> None:
    """Write the empty workbook. The same store gives the same bytes."""
    book = Workbook()
    guide = book.active
    assert isinstance(guide, Worksheet)
    lists = Lists(book.create_sheet(LISTS))
    for sheet in SHEETS:
        _sheet(book.create_sheet(sheet.name), sheet, lists)
    _reasons(book.create_sheet(REASONS))
    _guide(guide)
    book.move_sheet(LISTS, len(book.sheetnames))
    book[LISTS].sheet_state = "hidden"
    book.properties.creator, book.properties.created, book.properties.modified = "", MADE, MADE
    packed = BytesIO()
    book.save(packed)
    Path(path).write_bytes(_same_bytes(packed.getvalue()))


def _same_bytes(content: bytes) -> bytes:
    """The same parts with the same dates: openpyxl writes the hour of saving into the archive and its properties."""
    packed = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as parts, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        for name in parts.namelist():
            part = zipfile.ZipInfo(name, MADE.timetuple()[:6])
            part.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(part, _undated(parts.read(name)) if name == "docProps/core.xml" else parts.read(name))
    return packed.getvalue()


def _undated(properties: bytes) -> bytes:
    """The properties with a constant hour of saving; the tag stays, which declares what it uses of other namespaces."""
    return re.sub(
        rb"(<dcterms:modified[^>]*>)[^<]*", lambda tag: tag[1] + MADE.isoformat().encode() + b"Z", properties, count=1
    )


class Lists:
    """The hidden sheet that holds the drop-downs, one list a column; a list used again is the same column."""

    def __init__(self, sheet: Worksheet) -> None:
        self.sheet = sheet
        self._made: dict[tuple[str, ...], str] = {}

    def range(self, title: str, items: Sequence[str]) -> str:
        """Where a list is, as a validation names it. Items that begin with = are formulas."""
        if tuple(items) not in self._made:
            column = len(self._made) + 1
            for row, item in enumerate((title, *items), 1):
                self.sheet.cell(row, column, item)
            letter = get_column_letter(column)
            self._made[tuple(items)] = f"{quote_sheetname(LISTS)}!${letter}$2:${letter}${len(items) + 1}"
        return self._made[tuple(items)]


def _sheet(made: Worksheet, sheet: Sheet, lists: Lists) -> None:
    indicators = _indicators(sheet) if sheet.table is schema.figures else []
    for number, one in enumerate(sheet.fields, 1):
        letter = get_column_letter(number)
        cell = made.cell(1, number, one.title)
        cell.fill = DARK if one.required or one.name == "value" else PALE
        cell.font = Font(bold=True, color="FFFFFF")
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        if one.help:
            cell.comment = Comment(one.help, "", width=260, height=60)
        made.column_dimensions[letter].width = one.width
        if one.form in ("period", "month", "hour", "text", "name"):  # else Excel makes dates of 2026-10 and 3-4
            made.column_dimensions[letter].number_format = "@"
        if rule := _rule(one, sheet, indicators, lists):
            rule.add(f"{letter}2:{letter}{ROWS + 1}")
            made.add_data_validation(rule)
    made.row_dimensions[1].height = 32
    made.freeze_panes = "A2"


def _indicators(sheet: Sheet) -> list[str]:
    """Ids of the indicators a sheet offers, theme by theme."""
    rows = facts.by_id(records.Indicator)
    promised = {row.indicator_id for row in facts.every(records.Target)}
    order = {theme: number for number, theme in enumerate(schema.THEMES)}
    offered = [
        key
        for key, row in rows.items()
        if (not sheet.themes or row.theme in sheet.themes) and (not sheet.promised or key in promised)
    ]
    return sorted(offered, key=lambda key: (order[rows[key].theme], rows[key].name.zh))


def _rule(one: Field, sheet: Sheet, indicators: Sequence[str], lists: Lists) -> DataValidation | None:
    match one.form:
        case "unit":
            return _choose(_unit(sheet, indicators, lists))
        case "name":
            return _choose(lists.range(one.header, _named(one, indicators)))
        case "choice":
            return _choose(lists.range(one.header, list(one.labels.values())))
        case "number":
            low, high = one.column.info["lo"], one.column.info["hi"]
            return _between("decimal", f"{low:f}", f"{high:f}", f"请填数字，{low:g} 到 {high:g}")
        case "day":
            return _between("date", "DATE(2000,1,1)", "DATE(2099,12,31)", "请填日期，例如 2026-10-06")
    return None


def _choose(where: str) -> DataValidation:
    rule = DataValidation("list", formula1=where, allow_blank=True, showErrorMessage=True)
    rule.errorTitle, rule.error = "不在列表中", "请从下拉列表中选择"
    return rule


def _between(kind: Literal["decimal", "date"], low: str, high: str, message: str) -> DataValidation:
    rule = DataValidation(
        kind, operator="between", formula1=low, formula2=high, allow_blank=True, showErrorMessage=True
    )
    rule.errorTitle, rule.error = "填写有误", message
    return rule


def _named(one: Field, indicators: Sequence[str]) -> list[str]:
    table = str(one.column.info["ref"]).partition(".")[0]
    known = labels(table)
    if table == "indicators":
        return [known[key] for key in indicators]
    if table == "documents":  # those that are filled in on their own sheet follow by themselves
        column = get_column_letter([field.name for field in DOCUMENTS.fields].index("title_zh") + 1)
        cells = [f"{quote_sheetname(DOCUMENTS.name)}!${column}${row}" for row in range(2, NEW_DOCUMENTS + 2)]
        return [*(f'=IF({cell}="","",{cell})' for cell in cells), *known.values()]
    return list(known.values())


def _unit(sheet: Sheet, indicators: Sequence[str], lists: Lists) -> str:
    """The one unit of the indicator chosen in the same row, as a list of one."""
    rows, chosen, named = facts.by_id(records.Indicator), sheet.field("indicator_id"), labels("indicators")
    names = lists.range(chosen.header, [named[key] for key in indicators])
    units = lists.range(f"{chosen.header}的单位", [unit(rows[key].unit_id) for key in indicators])
    letter = get_column_letter(sheet.fields.index(chosen) + 1)
    return f"INDEX({units},MATCH(${letter}2,{names},0))"


def _reasons(made: Worksheet) -> None:
    for row, (word, message) in enumerate(
        ((WHO, "姓名或科室"), (WHY, "改动了已有的数时必填，例如：原件核对后改正")), 1
    ):
        made.cell(row, 1, word).font = Font(bold=True)
        made.cell(row, 3, message).font = Font(color="5B7083")
    for letter, width in (("A", 14), ("B", 60), ("C", 40)):
        made.column_dimensions[letter].width = width


def _guide(made: Worksheet) -> None:
    made.title = GUIDE
    made.cell(1, 1, "天更蓝 水更清：数据填报表").font = Font(bold=True, size=16)
    row = 3
    for number, rule in enumerate(RULES, 1):
        made.cell(row, 1, number)
        made.cell(row, 2, rule)
        row += 1
    row += 1
    for column, word in enumerate(("", "表", "填什么", "怎样填（只是示例，不是数据）"), 1):
        made.cell(row, column, word).font = Font(bold=True)
    for sheet in SHEETS:
        row += 1
        shown = "；".join(
            f"{one.header}：{sheet.example[one.name]}" for one in sheet.fields if one.name in sheet.example
        )
        for column, word in enumerate((sheet.name, sheet.about, shown), 2):
            made.cell(row, column, word)
    for letter, width in (("A", 4), ("B", 24), ("C", 60), ("D", 70)):
        made.column_dimensions[letter].width = width
    for line in made.iter_rows(min_row=row - len(SHEETS)):
        for cell in line:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
