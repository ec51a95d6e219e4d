"""The package of a workbook: what its parts may hold, looked through before any of them is taken apart.

Looking through costs a fraction of parsing: a bomb is refused by a declared limit, however it is packed, before it costs
anything. ECMA-376 parts 1 and 2.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import IO
from xml.parsers import expat

from msgspec import Struct

from assessment.messages import one_line

MOST_PARTS = 5_000
MOST_UNPACKED = 200 * 2**20  # bytes of all parts together
MOST_SHARED = 100 * 2**20  # of the texts the sheets share
MOST_OTHER = 20 * 2**20  # of any other part that is read
MOST_RATIO, FROM_BYTES = 100, 2**20  # a part that unpacks to more than this many times its size; small ones may
# Of all sheets together.
MOST_SHEETS = 255
MOST_ROWS = 150_000  # also empty ones that have a format
MOST_COLUMNS = 1_000  # of one sheet
MOST_CELLS = 2_000_000  # likewise
MOST_MERGED = 20_000
MOST_ELEMENTS = 8_000_000
MOST_OTHER_ELEMENTS = 1_000_000  # of any other part
TAGS_OF_A_CELL, TAGS_BESIDE = 8, 1_000_000
ATTRIBUTES_OF_A_CELL = 5
LONGEST_TOKEN = 2**20  # bytes of one tag or comment, and between two of them
BLOCK = 2**18
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # ECMA-376 part 2 allows no other
_PREFIX = re.compile(rb"<([\w.-]+:)?(?:worksheet|sst)\b")


class FileError(ValueError):
    """The file as a whole cannot be read; the message, one line, is in Chinese."""

    def __init__(self, problem: str) -> None:
        super().__init__(one_line(problem))


def too_large(limit: str) -> FileError:
    """The refusal that names the limit which was exceeded."""
    return FileError(f"展开后太大（超过{limit}）：请删去空白却有格式的行和列，或者分成几个文件")


def opened(content: bytes) -> zipfile.ZipFile:
    """A package within the limits of its parts. Raises FileError, BadZipFile."""
    if content.count(b"PK\x01\x02") > MOST_PARTS:
        raise too_large(f"{MOST_PARTS}个部件")
    parts = zipfile.ZipFile(BytesIO(content))
    infos = parts.infolist()
    if sum(one.file_size for one in infos) > MOST_UNPACKED:
        raise too_large(f"{MOST_UNPACKED >> 20} MB")
    if any(one.file_size > FROM_BYTES and one.file_size > MOST_RATIO * max(one.compress_size, 1) for one in infos):
        raise too_large(f"压缩后的{MOST_RATIO}倍")
    if any(one.compress_type not in _PACKED for one in infos):
        raise FileError("压缩方式不是 Excel 用的：请在 Excel 中打开并另存为 .xlsx")
    return parts


# ── looking through ──────────────────────────────────────────────────────────────────────────────────────────────────
class _Counted(Struct):
    """What the parts looked through so far hold."""

    rows: int = 0
    cells: int = 0
    tags: int = 0
    attributes: int = 0


def look_through(parts: zipfile.ZipFile, sheets: Iterable[str], shared: Iterable[str]) -> None:
    """Count what sheets and shared texts hold, without parsing. Raises FileError where it is more than the limits."""
    listed = list(sheets)
    if len(listed) > MOST_SHEETS:
        raise too_large(f"{MOST_SHEETS}张工作表")
    counted = _Counted()
    for name in listed:
        for prefix, block in _blocks(parts, name):
            counted.rows += block.count(b"<%brow" % prefix)
            counted.cells += block.count(b"<%bc " % prefix) + block.count(b"<%bc>" % prefix)
            _within(counted, block)
    counted = _Counted()
    for name in shared:
        if parts.getinfo(name).file_size > MOST_SHARED:
            raise too_large(f"{MOST_SHARED >> 20} MB 文字")
        for prefix, block in _blocks(parts, name):
            counted.cells += block.count(b"<%bsi" % prefix)
            _within(counted, block)


def _blocks(parts: zipfile.ZipFile, name: str) -> Iterator[tuple[bytes, bytes]]:
    """A part in blocks, each with the prefix of its elements' names. UTF-16 as if it were ASCII."""
    with parts.open(name) as file:
        first = file.read(LONGEST_TOKEN)
        wide = b"\x00" in first[:4]
        found = _PREFIX.search(first.replace(b"\x00", b"")[:BLOCK])
        prefix = (found[1] or b"") if found else b""
        block = first
        while block:
            yield prefix, block.replace(b"\x00", b"") if wide else block
            block = file.read(LONGEST_TOKEN)


def _within(counted: _Counted, block: bytes) -> None:
    """Raise FileError where there is too much of something."""
    tags = block.count(b"<")
    counted.tags += tags
    counted.attributes += block.count(b"=")
    if counted.rows > MOST_ROWS:
        raise too_large(f"{MOST_ROWS}行")
    if counted.cells > MOST_CELLS:
        raise too_large(f"{MOST_CELLS}格")
    pieces = counted.cells + counted.rows
    if counted.tags > TAGS_OF_A_CELL * pieces + TAGS_BESIDE:
        raise too_large("每格应有的标记")
    if counted.attributes > ATTRIBUTES_OF_A_CELL * pieces + 2 * TAGS_BESIDE:
        raise too_large("每格应有的属性")
    if not tags and len(block) > LONGEST_TOKEN // 2:
        raise too_large(f"{LONGEST_TOKEN >> 20} MB 没有标记的内容")


# ── feeding ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def feed(parser: expat.XMLParserType, file: IO[bytes]) -> Iterator[int]:
    """Give a part to a parser; yields the bytes given so far.

    Raises FileError for a tag or comment that does not end: the parser would begin it anew with every block.
    """
    given = 0
    while block := file.read(BLOCK):
        parser.Parse(block, False)
        given += len(block)
        if given - parser.CurrentByteIndex > LONGEST_TOKEN:
            raise too_large(f"{LONGEST_TOKEN >> 20} MB 的一个标记")
        yield given
    parser.Parse(b"", True)
