"""A file as sheets of cells: an Excel workbook or a CSV, each cell with its address and what makes it unreadable."""

import csv
import io
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell as ExcelCell
from openpyxl.cell.cell import MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

XLSX, OLD_OR_LOCKED = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
MOST_BYTES, MOST_UNPACKED = 10 * 2**20, 100 * 2**20
MOST_CELLS = 2_000_000  # of one sheet, from its corner to its last cell: openpyxl makes every cell between
TOO_LARGE = "展开后太大：请删去空白却有格式的行和列"
Value = str | int | float | bool | date | time | timedelta | None


class FileError(ValueError):
    """The file as a whole cannot be read; the message is in Chinese."""


@dataclass(frozen=True)
class Cell:
    """One cell: what it holds, how Excel shows it, and why it cannot be taken (in Chinese; empty: it can)."""

    row: int
    column: int
    value: Value
    format: str = "General"
    fault: str = ""

    @property
    def address(self) -> str:
        """As Excel names it: D7."""
        return f"{get_column_letter(self.column)}{self.row}"

    @property
    def empty(self) -> bool:
        """Whether there is nothing in it."""
        return not self.fault and (self.value is None or (isinstance(self.value, str) and not self.value.strip()))


@dataclass(frozen=True)
class Grid:
    """One sheet: its rows of cells; ``hidden`` rows by number; ``epoch``: the day Excel counts dates from."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    hidden: frozenset[int] = frozenset()
    hidden_sheet: bool = False
    epoch: datetime = datetime(1899, 12, 30)  # noqa: DTZ001 – a spreadsheet's dates know no zone


def read(content: bytes, name: str) -> tuple[Grid, ...]:
    """The sheets of a file by its bytes, whatever its name ends in. Raises FileError."""
    if len(content) > MOST_BYTES:
        raise FileError(f"文件有{len(content) // 2**20} MB，超过{MOST_BYTES // 2**20} MB：请删去图片和多余的格式")
    if content.startswith(OLD_OR_LOCKED):
        raise FileError("这是旧版 .xls 或加了密码的文件：请去掉密码，另存为 .xlsx")
    return tuple(_workbook(content)) if content.startswith(XLSX) else (_csv(content, name),)


def _csv(content: bytes, name: str) -> Grid:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise FileError("文字编码认不出：请另存为“CSV UTF-8”")
    if "\x00" in text:
        raise FileError("不是 Excel 工作簿（.xlsx），也不是 CSV 文本")
    first = text.partition("\n")[0]
    mark = max(",;\t", key=first.count)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True))
    except csv.Error as error:
        raise FileError(f"CSV 的引号或分隔不完整（{error}）") from None
    rows = (
        tuple(Cell(number, column, value) for column, value in enumerate(line, 1))
        for number, line in enumerate(lines, 1)
    )
    return Grid(name, tuple(rows))


def _workbook(content: bytes) -> Iterator[Grid]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > MOST_UNPACKED:
                raise FileError(TOO_LARGE)
        with warnings.catch_warnings(action="ignore", category=UserWarning):  # of pictures and styles it leaves out
            shown, written = (load_workbook(io.BytesIO(content), data_only=only) for only in (True, False))
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError, SyntaxError) as error:
        if isinstance(error, FileError):
            raise
        raise FileError(f"工作簿读不出（{error}）：请在 Excel 中打开并另存为 .xlsx") from None
    for sheet in shown.worksheets:
        yield _grid(sheet, written[sheet.title], shown.epoch)


def _grid(shown: Worksheet, written: Worksheet, epoch: datetime) -> Grid:
    if shown.max_row * shown.max_column > MOST_CELLS:
        raise FileError(f"工作表“{shown.title}”{TOO_LARGE}")
    rows = tuple(
        tuple(_cell(value, formula) for value, formula in zip(*pair, strict=True))
        for pair in zip(shown.iter_rows(), written.iter_rows(), strict=True)
    )
    merged = {(area.min_row, area.min_col): area.coord for area in shown.merged_cells.ranges}
    rows = tuple(tuple(_merged(cell, merged) for cell in row) for row in rows)
    hidden = frozenset(number for number, one in shown.row_dimensions.items() if one.hidden)
    return Grid(shown.title, rows, hidden, shown.sheet_state != "visible", epoch)


def _cell(shown: ExcelCell | MergedCell, written: ExcelCell | MergedCell) -> Cell:
    """One cell from its shown value and from what is written in it."""
    value: Any = shown.value
    fault = ""
    if written.data_type == "f" and value is None:
        fault = "公式还没有算出结果：请在 Excel 中打开并保存，或者直接填数"
    elif shown.data_type == "e":
        fault = f"公式出错（{value}）"
    return Cell(int(shown.row or 0), int(shown.column or 0), value, str(shown.number_format), fault)


def _merged(cell: Cell, merged: dict[tuple[int, int], str]) -> Cell:
    if area := merged.get((cell.row, cell.column)):
        return Cell(cell.row, cell.column, cell.value, cell.format, f"合并单元格（{area}）：请取消合并，每一格都填")
    return cell
