"""Tables as files: CSV, Excel, Parquet, GeoJSON. Each is a function of columns and rows, made anew, byte for byte the same."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pyarrow as pa
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from pyarrow import parquet

from views.exports.cells import defused, runs

# Spreadsheet programs take a CSV for UTF-8, and show its Chinese, only where it begins with this mark.
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
ARROW = {"string": pa.string(), "number": pa.float64(), "integer": pa.int64(), "date": pa.date32()}
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can say: the same contents are the same bytes
MADE = datetime(2026, 1, 1)  # noqa: DTZ001  # for the same reason; a workbook's properties carry no zone
NARROWEST, WIDEST = 9, 48  # letters of a column
HEAD = Font(bold=True)
UNITS = Font(italic=True, color="666666")
WRAPPED = Alignment(wrap_text=True, vertical="top")
MOST_IN_A_FOOT = 200  # letters; the format allows 255 with its own marks

Rows = Sequence[Sequence[Any]]


@dataclass(frozen=True)
class About:
    """What a workbook says of its table: lines of a name and a text, on a sheet of their own, and a foot in print."""

    sheet: str
    lines: tuple[tuple[str, str], ...]
    foot: str


# ── CSV ──────────────────────────────────────────────────────────────────────────────────────────────────────────────
def delimited(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """CSV in UTF-8 with its mark: a comma between cells, nothing for what is missing, formulas defused."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([defused(cell(value)) for value in row] for row in rows)
    return BYTE_ORDER_MARK + written.getvalue().encode()


def as_written(text: str) -> bytes:
    """A CSV that is there already, with its mark: byte for byte where a spreadsheet runs none of its cells."""
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    if any(runs(one) for row in rows for one in row):
        return delimited(header, rows)
    return BYTE_ORDER_MARK + text.encode()


def cell(value: object) -> str:
    """A value as tracked files write it."""
    if value is None:
        return ""
    return f"{value:.15g}" if isinstance(value, float) else str(value)


# ── Excel ────────────────────────────────────────────────────────────────────────────────────────────────────────────
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


# ── Parquet, GeoJSON, zip ────────────────────────────────────────────────────────────────────────────────────────────
def columnar(
    names: Sequence[str], types: Sequence[str], units: Sequence[str], rows: Rows, about: Mapping[str, str]
) -> bytes:
    """Parquet: a column of its type each (string, number, integer, date), its unit in the column's metadata."""
    fields = [
        pa.field(name, ARROW[kind], metadata={"unit": unit} if unit else None)
        for name, kind, unit in zip(names, types, units, strict=True)
    ]
    columns = list(zip(*rows, strict=True)) or [()] * len(fields)
    arrays = [pa.array(_of_type(column, field.type), field.type) for column, field in zip(columns, fields, strict=True)]
    out = io.BytesIO()
    parquet.write_table(pa.Table.from_arrays(arrays, schema=pa.schema(fields, metadata=dict(about))), out)
    return out.getvalue()


def _of_type(column: Sequence[Any], kind: pa.DataType) -> list[Any]:
    """Whole numbers that came as decimals as what they are."""
    whole = pa.types.is_integer(kind)
    return [int(value) if whole and value is not None else value for value in column]


def features(names: Sequence[str], rows: Rows, about: Mapping[str, Any]) -> bytes:
    """GeoJSON (RFC 7946): a point for each row with a place, the other columns as its properties; ``about`` beside them."""
    points = []
    for row in rows:
        of = dict(zip(names, row, strict=True))
        lon, lat = of.pop("lon"), of.pop("lat")
        if lon is not None and lat is not None:
            properties = {name: value.isoformat() if isinstance(value, date) else value for name, value in of.items()}
            geometry = {"type": "Point", "coordinates": [lon, lat]}
            points.append({"type": "Feature", "geometry": geometry, "properties": properties})
    return json.dumps({"type": "FeatureCollection", **about, "features": points}, ensure_ascii=False).encode()


def packed(files: Mapping[str, bytes]) -> bytes:
    """A zip of files, the same bytes for the same files."""
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as made:
        for name, content in files.items():
            entry = ZipInfo(name, EPOCH)
            entry.compress_type, entry.external_attr = ZIP_DEFLATED, 0o644 << 16
            made.writestr(entry, content)
    return out.getvalue()
