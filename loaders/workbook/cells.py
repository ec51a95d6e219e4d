"""A file as sheets of cells, whatever its name ends in: an Excel workbook or a CSV; other files by one sentence."""

import csv
import io
import re
import unicodedata
from collections.abc import Callable

from loaders.workbook import xlsx
from loaders.workbook.package import MOST_CELLS, MOST_ROWS, FileError, too_large
from loaders.workbook.xlsx import Cell, Grid, Progress

__all__ = ["Cell", "FileError", "Grid", "Progress", "read", "visible"]

MOST_BYTES = 30 * 2**20
ZIP, COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
SAVE_AS = "请另存为“Excel 工作簿（*.xlsx）”"
DELIMITERS = ",;\t|，；"
_BLANK = "\u115f\u1160\u2800\u3164\uffa0"  # letters and braille that show nothing and are no format signs
_CHECKED_LINES, _CHECKED_SIGNS = 200, 2**18  # of a CSV, to find its delimiter


def read(
    content: bytes, name: str, *, known: Callable[[Grid], int] = lambda grid: 0, progress: Progress | None = None
) -> tuple[Grid, ...]:
    """The sheets of a file by its bytes. ``name``: of a CSV's only sheet.

    ``known``: how many columns of a grid's header are understood, to tell a CSV's delimiter by. Raises FileError.
    """
    if len(content) > MOST_BYTES:
        raise FileError(f"文件有{len(content) // 2**20} MB，超过{MOST_BYTES // 2**20} MB：请删去图片和多余的格式")
    if content.startswith(ZIP):
        return tuple(xlsx.read(content, visible, progress))
    if reason := _other(content):
        raise FileError(reason)
    return (_csv(content, name, known),)


def _other(content: bytes) -> str:
    """What a file is that is neither a workbook nor a CSV, and what to do; empty: it may be a CSV."""
    start = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if content.startswith(COMPOUND):
        if "EncryptedPackage".encode("utf-16-le") in content:
            return f"文件加了密码：请在 Excel 中去掉密码（文件—信息—保护工作簿），{SAVE_AS}"
        return f"这是旧版 Excel（.xls）或 WPS（.et）的文件：{SAVE_AS}"
    if start.startswith(b"%pdf"):
        return f"这是 PDF：请把表格抄进 Excel，{SAVE_AS}"
    if start.startswith(b"<") and b"urn:schemas-microsoft-com:office:spreadsheet" in start:
        return f"这是“XML 电子表格 2003”：请用 Excel 打开，{SAVE_AS}"
    if start.startswith((b"<html", b"<!doctype html", b"<table", b"<?xml", b"<head", b"<meta", b"<style")):
        return f"这是网页（HTML、XML）存成的表：请用 Excel 打开，{SAVE_AS}"
    if start.startswith(b"mime-version:"):
        return f"这是单个文件网页（.mht）：请用 Excel 打开，{SAVE_AS}"
    return ""


def visible(text: str) -> str:
    """A text without signs that are not seen: zero-width and direction marks, soft hyphens, control and blank signs."""
    if text.isascii() and text.isprintable():
        return text
    return text.translate(_SEEN)


class _Seen(dict[int, str]):
    """What each sign becomes, found once: texts are translated sign by sign."""

    def __missing__(self, code: int) -> str:
        found = self[code] = _seen(chr(code))
        return found


_SEEN = _Seen()


def _seen(sign: str) -> str:
    if sign in _BLANK or "\ufe00" <= sign <= "\ufe0f":
        return ""
    kind = unicodedata.category(sign)
    if kind in ("Zs", "Zl", "Zp") or sign in "\t\r\n\v\f\x85":
        return sign if sign == "\n" else " "
    return "" if kind in ("Cc", "Cf", "Co", "Cs", "Cn") else sign


def _csv(content: bytes, name: str, known: Callable[[Grid], int]) -> Grid:
    text = _decoded(content)
    if "\x00" in text:
        raise FileError("不是 Excel 工作簿（.xlsx），也不是 CSV 文本")
    offset = 0
    named = re.match(r"sep=(.)\r?\n", text)
    if named:
        delimiter, offset = named[1], 1
        text = text[named.end() :]
    else:
        delimiter = max(DELIMITERS, key=lambda mark: _understood(text, mark, name, known))
    if text.count(delimiter) + text.count("\n") > MOST_CELLS:
        raise too_large(f"{MOST_CELLS}格")
    try:
        return _grid(text, delimiter, name, offset)
    except csv.Error as error:
        raise FileError(f"CSV 的引号或分隔不完整（{error}）") from None


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):  # “Unicode 文本” of Excel
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileError("文字编码认不出：请另存为“CSV UTF-8”")


def _understood(text: str, delimiter: str, name: str, known: Callable[[Grid], int]) -> tuple[int, int]:
    """How well a delimiter suits: columns of the header that are understood, then lines split alike.

    A title above the table may hold any of them.
    """
    start = "\n".join(text[:_CHECKED_SIGNS].split("\n", _CHECKED_LINES)[:_CHECKED_LINES])
    if delimiter not in start:
        return (0, 0)
    try:
        grid = _grid(start, delimiter, name, 0, strict=False)
    except csv.Error:
        return (0, 0)
    widths = [row[-1].column for row in grid.rows if row[-1].column > 1]
    return known(grid), max((widths.count(one) for one in set(widths)), default=0)


def _grid(text: str, delimiter: str, name: str, offset: int, *, strict: bool = True) -> Grid:
    """``offset``: lines that stood above. Raises csv.Error."""
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)
    texts: dict[str, str] = {}
    rows = []
    for number, line in enumerate(lines, offset + 1):
        if row := tuple(_written(number, line, texts)):
            rows.append(row)
            if len(rows) > MOST_ROWS:
                raise too_large(f"{MOST_ROWS}行")
    return Grid(name, tuple(rows), text=True)


def _written(number: int, line: list[str], texts: dict[str, str]) -> list[Cell]:
    found = []
    for column, value in enumerate(line, 1):
        if value and not value.isspace():
            if (text := texts.get(value)) is None:
                text = texts[value] = visible(value)
            if len(text) > xlsx.MOST_TEXT:
                found.append(Cell(number, column, None, fault=xlsx.TOO_LONG))
            elif text.strip():
                found.append(Cell(number, column, text))
    return found
