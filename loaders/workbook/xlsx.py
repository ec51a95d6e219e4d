"""An Excel workbook as cells, read in one pass: values, number formats, formulas without a result, what is hidden or merged.

openpyxl's reader gives a formula or its result, not both, and in its fast mode neither what is hidden nor what is merged;
python-calamine gives no number formats (docs/decisions/0022-workbooks-read-once.md). ECMA-376 part 1, 18.3–18.8.
"""

import math
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from pathlib import PurePosixPath
from typing import IO
from xml.parsers import expat

from msgspec import Struct, field
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.cell import column_index_from_string, get_column_letter, range_boundaries
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

from loaders.workbook import package
from loaders.workbook.package import FileError, too_large

MOST_NAME = 80  # signs of a sheet's name
MOST_TEXT = 32_767  # signs of a cell; Excel has no longer ones
MOST_DIGITS = 100  # signs of a number
MOST_FORMAT = 255  # signs of a number format, likewise
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
TOO_LONG = f"文字超过 {MOST_TEXT} 字：请缩短"
STRICT = "http://purl.oclc.org/ooxml/"
# Built-in number formats of East Asian versions of Excel as they stand in Chinese ones (ECMA-376 part 1, 18.8.30).
_YEAR_MONTH, _DAY_OF_MONTH, _HALF_DAY = 'yyyy"年"m"月"', 'm"月"d"日"', '上午/下午h"时"mm"分"'
EAST_ASIAN: Mapping[int, str] = {
    **dict.fromkeys((27, 36, 50, 52, 57), _YEAR_MONTH),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), _DAY_OF_MONTH),
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    **dict.fromkeys((34, 55), _HALF_DAY),
    **dict.fromkeys((35, 56), f'{_HALF_DAY}ss"秒"'),
}
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")

Value = str | int | float | bool | date | time | timedelta | None
Progress = Callable[[int, int], None]  # bytes read of the sheets, bytes there are


class Cell(Struct, frozen=True):
    """One cell that holds something: its value, how Excel shows it, and why it cannot be taken (empty: it can)."""

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


class Area(Struct, frozen=True):
    """A rectangle of merged cells: rows and columns from 1, both ends included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def address(self) -> str:
        """As Excel names it: B2:B3."""
        return f"{get_column_letter(self.left)}{self.top}:{get_column_letter(self.right)}{self.bottom}"


class Grid(Struct, frozen=True):
    """One sheet: its rows of cells that hold something, empty rows left out; hidden rows and columns by number.

    ``epoch``: the day Excel counts dates from. ``text``: every value is text (CSV), so 2026.10 may have lost its nought.
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    hidden: bool = False
    epoch: datetime = WINDOWS_EPOCH
    merged: tuple[Area, ...] = ()
    text: bool = False


class _Book(Struct):
    """The parts of a workbook that its sheets rest on."""

    parts: zipfile.ZipFile
    names: Mapping[str, str]  # parts by their name in small letters with strokes the usual way
    epoch: datetime = WINDOWS_EPOCH
    sheets: list[tuple[str, str, bool]] = field(default_factory=list)  # name, part, hidden
    strings: list[str] = field(default_factory=list)
    formats: list[str] = field(default_factory=list)  # by the number a cell names
    dates: list[bool] = field(default_factory=list)  # whether each of them shows a number as a date or time
    elements: int = 0  # of all sheets so far, as the next three
    rows: int = 0
    cells: int = 0
    merged: int = 0


def read(content: bytes, clean: Callable[[str], str], progress: Progress | None = None) -> Iterator[Grid]:
    """The sheets of a workbook by its bytes; ``clean`` is applied to every text. Raises FileError."""
    try:
        with package.opened(content) as parts:
            book = _open(parts)
            total = sum(parts.getinfo(part).file_size for _, part, _ in book.sheets)
            done = 0
            for name, part, hidden in book.sheets:
                reader = _Sheet(book, clean(name)[:MOST_NAME], clean, progress, done, total)
                yield reader.grid(part, hidden)
                done += parts.getinfo(part).file_size
    except (
        zipfile.BadZipFile,
        expat.ExpatError,
        KeyError,
        ValueError,
        OSError,
        EOFError,
        NotImplementedError,  # zipfile: a way of packing it does not know
    ) as error:
        if isinstance(error, FileError):
            raise
        raise FileError(f"工作簿读不出（{_reason(error)}）：请在 Excel 中打开并另存为 .xlsx") from None
    except (RuntimeError, zlib.error) as error:  # a part under a password, a part that does not unpack
        raise FileError(f"工作簿读不出（{_reason(error)}）：请去掉密码，在 Excel 中另存为 .xlsx") from None


def _reason(error: Exception) -> str:
    return " ".join(str(error).split())[:80] or type(error).__name__


def _open(parts: zipfile.ZipFile) -> _Book:
    names = {one.replace("\\", "/").lstrip("/").casefold(): one for one in parts.namelist()}
    _refuse_others(names, parts)
    book = _Book(parts, names)
    main = next(iter(_targets(book, "", "/officedocument").values()), "xl/workbook.xml")
    _read_workbook(book, main)
    return book


def _begin(parts: zipfile.ZipFile, name: str) -> bytes:
    with parts.open(name) as file:
        return file.read(100)


def _refuse_others(names: Mapping[str, str], parts: zipfile.ZipFile) -> None:
    """What is packed as a workbook is and is none. Raises FileError."""
    if "xl/workbook.bin" in names:
        raise FileError("这是二进制工作簿（.xlsb）：请另存为“Excel 工作簿（*.xlsx）”")
    if "mimetype" in names and b"opendocument" in _begin(parts, names["mimetype"]):
        raise FileError("这是 OpenDocument 表格（.ods）：请另存为“Excel 工作簿（*.xlsx）”")
    if "[content_types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise FileError("这是压缩包或别的文档，不是 Excel 工作簿：请先解压，或另存为“Excel 工作簿（*.xlsx）”")


def _read_workbook(book: _Book, part: str) -> None:
    """Names, parts and visibility of the sheets, the epoch, shared strings and number formats."""
    listed: list[tuple[str, str, bool]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "workbookPr" and attributes.get("date1904") in ("1", "true"):
            book.epoch = MAC_EPOCH
        elif name == "sheet":
            relation = next((value for key, value in attributes.items() if key.endswith(" id")), "")
            listed.append((attributes.get("name", ""), relation, attributes.get("state", "visible") != "visible"))

    _walk(book, part, start)
    sheets = _targets(book, part, "/worksheet")
    book.sheets = [(name, _part(book, sheets[key]), hidden) for name, key, hidden in listed if key in sheets]
    shared = [_part(book, target) for target in _targets(book, part, "/sharedstrings").values()][:1]
    package.look_through(book.parts, (one for _, one, _ in book.sheets), shared)
    for target in shared:
        book.strings = _shared_strings(book, target)
    for target in list(_targets(book, part, "/styles").values())[:1]:
        book.formats = _formats(book, target)
        dates = {one: is_date_format(one) for one in set(book.formats)}
        book.dates = [dates[one] for one in book.formats]


def _part(book: _Book, name: str) -> str:
    return book.names[name.casefold()]


def _targets(book: _Book, part: str, kind: str) -> dict[str, str]:
    """Parts that ``part`` ("": the package) refers to by relations whose type ends in ``kind``, by relation."""
    folder = PurePosixPath(part).parent
    relations = f"{folder}/_rels/{PurePosixPath(part).name}.rels" if part else "_rels/.rels"
    found: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if name != "Relationship":
            return
        if attributes.get("Type", "").startswith(STRICT):
            raise FileError("这是“Strict Open XML 电子表格”：请在 Excel 中另存为“Excel 工作簿（*.xlsx）”")
        if attributes.get("Type", "").casefold().endswith(kind):
            target = attributes.get("Target", "")
            whole = PurePosixPath(target.lstrip("/")) if target.startswith("/") else folder / target
            found[attributes.get("Id", "")] = _normal(whole)

    if relations.removeprefix("./").casefold() in book.names:
        _walk(book, relations.removeprefix("./"), start)
    return found


def _normal(path: PurePosixPath) -> str:
    parts: list[str] = []
    for one in path.parts:
        if one == "..":
            parts = parts[:-1]
        elif one != ".":
            parts.append(one)
    return "/".join(parts)


Start = Callable[[str, dict[str, str]], None]


def _walk(
    book: _Book,
    part: str,
    start: Start,
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Read one XML part; names without their namespace. Raises FileError for entities and for too many elements."""
    parser = _parser()
    count = 0
    name = _part(book, part)
    shared = bool(text)
    if not shared and book.parts.getinfo(name).file_size > package.MOST_OTHER:
        raise too_large(f"{package.MOST_OTHER >> 20} MB 的部件 {name}")
    most = package.MOST_ELEMENTS if shared else package.MOST_OTHER_ELEMENTS

    def started(name: str, attributes: dict[str, str]) -> None:
        nonlocal count
        if (count := count + 1) > most:
            raise too_large(f"{most}个元素")
        start(name.rpartition(" ")[2], attributes)

    parser.StartElementHandler = started
    if end:
        parser.EndElementHandler = lambda name: end(name.rpartition(" ")[2])
    if text:
        parser.CharacterDataHandler = text
    with book.parts.open(name) as file:
        for _ in package.feed(parser, file):
            pass


def _parser() -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_entities
    return parser


def _refuse_entities(*_: object) -> None:
    raise FileError("工作簿里有实体声明，不是 Excel 存出来的：请在 Excel 中打开并另存为 .xlsx")


def _shared_strings(book: _Book, part: str) -> list[str]:
    """Texts in the order cells name them; what tells the reading of a word aloud (rPh) left out."""
    found: list[str] = []
    pieces: list[str] = []
    inside = aloud = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal inside, aloud
        if name == "si":
            pieces.clear()
        elif name == "rPh":
            aloud = True
        inside = name == "t" and not aloud

    def end(name: str) -> None:
        nonlocal inside, aloud
        inside = False
        if name == "rPh":
            aloud = False
        elif name == "si":
            found.append("".join(pieces)[: MOST_TEXT + 1])

    _walk(book, part, start, end, lambda data: pieces.append(data) if inside else None)
    return found


def _formats(book: _Book, part: str) -> list[str]:
    """Number formats in the order cells name them."""
    own: dict[int, str] = {}
    numbers: list[int] = []
    within = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal within
        if name == "numFmt":
            code = attributes.get("formatCode", "General")
            own[int(attributes["numFmtId"])] = code if len(code) <= MOST_FORMAT else "General"
        elif name == "cellXfs":
            within = True
        elif name == "xf" and within:
            numbers.append(int(attributes.get("numFmtId", "0")))

    def end(name: str) -> None:
        nonlocal within
        if name == "cellXfs":
            within = False

    _walk(book, part, start, end)
    known = {**BUILTIN_FORMATS, **EAST_ASIAN, **own}
    return [known.get(number, "General") for number in numbers]


class _Sheet:
    """Reads one sheet's part."""

    def __init__(
        self, book: _Book, name: str, clean: Callable[[str], str], progress: Progress | None, done: int, total: int
    ) -> None:
        self._book, self._name, self._clean = book, name, clean
        self._progress, self._done, self._total = progress, done, total
        self._dates = book.dates
        self._rows: list[tuple[Cell, ...]] = []
        self._row: list[Cell] = []
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._merged: list[Area] = []
        self._number = self._column = self._widest = self._width = 0
        self._elements = book.elements
        self._kind, self._style, self._formula = "n", 0, False
        self._value: list[str] = []
        self._inside = self._aloud = False
        self._texts: dict[str, tuple[str, str]] = {}
        self._letters: dict[str, int] = {}
        self._short: dict[str, str] = {}  # names of elements without their namespace

    def grid(self, part: str, hidden: bool) -> Grid:
        """The sheet. Raises FileError where it is too large, ExpatError where it is no XML."""
        parser = _parser()
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._text
        with self._book.parts.open(part) as file:
            self._feed(parser, file)
        self._book.elements = self._elements
        rows = sorted(self._rows, key=lambda row: row[0].row)
        return Grid(
            self._name,
            tuple(rows),
            frozenset(self._hidden_rows),
            frozenset(self._hidden_columns),
            hidden,
            self._book.epoch,
            tuple(self._merged),
        )

    def _feed(self, parser: expat.XMLParserType, file: IO[bytes]) -> None:
        for read in package.feed(parser, file):
            if self._progress:
                self._progress(self._done + read, self._total)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._elements += 1
        if self._elements > package.MOST_ELEMENTS:
            raise too_large(f"{package.MOST_ELEMENTS}个元素")
        if (short := self._short.get(name)) is None:
            short = self._short[name] = name.rpartition(" ")[2]
        name = short
        if name == "c":
            self._start_cell(attributes)
        elif name in ("v", "t"):
            self._inside = not self._aloud
        elif name == "f":
            self._formula = True
        elif name == "rPh":
            self._aloud = True
        elif name == "row":
            self._start_row(attributes)
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            self._hide_columns(int(attributes["min"]), min(int(attributes["max"]), LAST_COLUMN))
        elif name == "mergeCell":
            self._merge(attributes["ref"])

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._number = int(attributes["r"]) if "r" in attributes else self._number + 1
        self._column, self._row = 0, []
        self._book.rows += 1
        if self._book.rows > package.MOST_ROWS or not 0 < self._number <= LAST_ROW:
            raise too_large(f"{package.MOST_ROWS}行")
        if attributes.get("hidden") in ("1", "true"):
            self._hidden_rows.add(self._number)

    def _hide_columns(self, first: int, last: int) -> None:
        self._width += max(last - first + 1, 0)
        if self._width > 2 * LAST_COLUMN or first < 1:
            raise too_large(f"{LAST_COLUMN}列")
        self._hidden_columns.update(range(first, last + 1))

    def _merge(self, reference: str) -> None:
        self._book.merged += 1
        if self._book.merged > package.MOST_MERGED:
            raise too_large(f"{package.MOST_MERGED}处合并单元格")
        left, top, right, bottom = range_boundaries(reference)
        self._merged.append(Area(top or 1, left or 1, bottom or 1, right or 1))

    def _start_cell(self, attributes: dict[str, str]) -> None:
        place = attributes.get("r")
        if place is None:
            self._column += 1
        elif (column := self._letters.get(letters := place.rstrip("0123456789"))) is None:
            self._column = self._letters[letters] = column_index_from_string(letters)
        else:
            self._column = column
        self._kind, self._style = attributes.get("t", "n"), int(attributes.get("s", "0"))
        self._formula, self._value = False, []

    def _text(self, data: str) -> None:
        if self._inside:
            self._value.append(data)

    def _end(self, name: str) -> None:
        name = self._short[name]
        self._inside = False
        if name == "c":
            self._end_cell()
        elif name == "rPh":
            self._aloud = False
        elif name == "row" and self._row:
            self._widest = max(self._widest, *(cell.column for cell in self._row))
            if self._widest > package.MOST_COLUMNS:
                raise too_large(f"{package.MOST_COLUMNS}列")
            self._book.cells += len(self._row)
            if max(self._widest * self._number, self._book.cells) > package.MOST_CELLS:
                raise too_large(f"{package.MOST_CELLS}格")
            self._rows.append(tuple(sorted(self._row, key=lambda cell: cell.column)))
            self._row = []

    def _end_cell(self) -> None:
        written, kind = "".join(self._value), self._kind
        shown = self._book.formats[self._style] if self._style < len(self._book.formats) else "General"
        value: Value = None
        fault = ""
        if not written:
            if self._formula and kind == "n":
                fault = "公式还没有算出结果：请在 Excel 中打开并保存，或者直接填数"
        elif kind == "n":
            value, fault = self._number_of(written, shown)
        elif kind == "s":
            value, fault = self._string(self._shared(int(written)))
        elif kind == "b":
            value = written in ("1", "true")
        elif kind == "e":
            fault = f"公式出错（{written}）" if self._formula else f"公式出错（{written[:20]}）"
        elif kind == "d":
            value = datetime.fromisoformat(written.removesuffix("Z"))
        else:  # str, inlineStr
            value, fault = self._string(written)
        if fault or value not in (None, ""):
            self._row.append(Cell(self._number, self._column, value, shown, fault))

    def _shared(self, number: int) -> str:
        """A text the sheets share. Raises ValueError where the book has none of this number."""
        if not 0 <= number < len(self._book.strings):
            raise ValueError(f"shared string {number} of {len(self._book.strings)}")
        return self._book.strings[number]

    def _number_of(self, written: str, shown: str) -> tuple[Value, str]:
        """A number or, by its format, a day or a time of day; and why it is none."""
        number = float(written) if len(written) <= MOST_DIGITS else math.nan
        if not math.isfinite(number):
            return None, "不是数字：请重填"
        value: int | float = (
            int(number) if number.is_integer() and "." not in written and abs(number) < 2**53 else number
        )
        if self._style >= len(self._dates) or not self._dates[self._style]:
            return value, ""
        try:
            moment: Value = from_excel(value, self._book.epoch)
        except (OverflowError, ValueError):
            return value, f"单元格是日期格式，而 {value:g} 不是日期：请改单元格格式后重填"
        return moment, ""

    def _string(self, text: str) -> tuple[str, str]:
        """A text cleaned, each one once however often it is repeated; and why it cannot be taken."""
        if (found := self._texts.get(text)) is None:
            plain = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
            found = self._texts[text] = (self._clean(plain), "") if len(plain) <= MOST_TEXT else ("", TOO_LONG)
        return found
