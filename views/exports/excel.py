"""Tables as Excel workbooks. Only loaded when one is asked for: its library takes a twentieth of the server's start."""

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zipfile import ZipFile

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from views.exports.cells import runs
from views.exports.files import About, Rows, cell, packed

MADE = datetime(2026, 1, 1)  # noqa: DTZ001  # the same contents are the same bytes; a workbook's properties carry no zone
NARROWEST, WIDEST = 9, 48  # letters of a column
HEAD = Font(bold=True)
UNITS = Font(italic=True, color="666666")
WRAPPED = Alignment(wrap_text=True, vertical="top")
MOST_IN_A_FOOT = 200  # letters; the format allows 255 with its own marks


def workbook(title: str, header: Sequence[str], rows: Rows, about: About, units: Sequence[str] = ()) -> bytes:
    """An Excel workbook: the table under a frozen header (with a row of ``units``, if any), then what is to be known of it."""
    book = Workbook(write_only=True)
    book.properties.title, book.properties.creator = title, about.foot
    book.properties.created = book.properties.modified = MADE
    sheet = book.create_sheet(sheet_name(title))
    above = 2 if any(units) else 1
    sheet.freeze_panes = f"A{above + 1}"
    for letter, width in zip(_letters(len(header)), _widths(header, rows), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.oddFooter.left.text = about.foot[:MOST_IN_A_FOOT].replace("&", "&&")
    sheet.print_title_rows = f"1:{above}"
    sheet.append([_styled(sheet, text, HEAD) for text in header])
    if any(units):
        sheet.append([_styled(sheet, text, UNITS) for text in units])
    for row in rows:
        sheet.append([_safe(sheet, value) for value in row])
    _about(book, about)
    out = io.BytesIO()
    book.save(out)
    return _same_every_time(out.getvalue())


def sheet_name(title: str) -> str:
    """A title as Excel allows a sheet to be called: 31 letters without its own signs."""
    return "".join(letter for letter in title if letter not in r"[]:*?/\\'")[:31] or "data"


def _about(book: Workbook, about: About) -> None:
    sheet = book.create_sheet(sheet_name(about.sheet))
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 24, 100
    for name, text in about.lines:
        written = _safe(sheet, text)
        if isinstance(written, str):
            written = WriteOnlyCell(sheet, written)
        written.alignment = WRAPPED
        sheet.append([_styled(sheet, name, HEAD), written])


def _styled(sheet: WriteOnlyWorksheet, text: str, font: Font) -> Cell:
    made = _text(sheet, text)
    made.font = font
    return made


def _text(sheet: WriteOnlyWorksheet, text: str) -> Cell:
    """A cell that is text whatever it begins with, also after it is edited."""
    made = WriteOnlyCell(sheet, text)
    if runs(text):
        made.data_type, made.quotePrefix = "s", True
    return made


def _safe(sheet: WriteOnlyWorksheet, value: object) -> Any:
    """A value as a cell takes it: numbers and days as such, text as text."""
    if not isinstance(value, str):
        return value
    text = ILLEGAL_CHARACTERS_RE.sub("", value)
    return _text(sheet, text) if text.startswith("=") or runs(text) else text


def _letters(n: int) -> list[str]:
    return [get_column_letter(i + 1) for i in range(n)]


def _widths(header: Sequence[str], rows: Rows) -> list[int]:
    """Of each column by its first rows; hanzi are two letters wide."""
    some = [header, *rows[:50]]
    longest = [max(_wide(cell(row[i])) for row in some) for i in range(len(header))]
    return [min(WIDEST, max(NARROWEST, n + 2)) for n in longest]


def _wide(text: str) -> int:
    return sum(2 if ord(letter) > 0x2E80 else 1 for letter in text)


def _same_every_time(book: bytes) -> bytes:
    """A workbook's parts packed anew without the moment they were made."""
    with ZipFile(io.BytesIO(book)) as given:
        return packed({name: given.read(name) for name in given.namelist()})
