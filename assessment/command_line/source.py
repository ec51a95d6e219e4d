"""A CSV of any length from a stream: bytes to text, text to blocks of rows whose numbers in the file are known."""

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain, islice
from typing import BinaryIO, NoReturn

import pyarrow as pa
from msgspec import Struct
from pyarrow import csv as arrow_csv

from assessment.messages import one_line

BLOCK_BYTES = 4 << 20
LONGEST_LINE = 8 << 20
HEADER_WITHIN = 1 << 16  # bytes, after empty lines
ROWS_AT_A_TIME = 20_000  # where Python's reader has to read
UTF8_MARK = b"\xef\xbb\xbf"
UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
GB = "GB18030"  # holds GBK and GB2312: what Excel writes on a Chinese Windows
UTF8 = "UTF-8"
HANZI = re.compile("[\u4e00-\u9fff]")
SEPARATORS = ",\t;"  # a tie goes to the first


class InputError(ValueError):
    """The CSV cannot be judged; the message, one line, names row and column. Rows are counted with the header as row 1."""

    def __init__(self, problem: str) -> None:
        super().__init__(one_line(problem))


class Rows(Struct, frozen=True, weakref=True):
    """Rows that follow each other in the file. ``cells``: a text column for each of the header, as written.

    ``number`` gives a row's number in the file by its place here; it reads the block again, so it is for errors only.
    ``structured``: a cell may hold a comma, a quotation mark or the end of a line.
    """

    cells: pa.Table
    number: Callable[[int], int]
    structured: bool


# ── bytes ────────────────────────────────────────────────────────────────────────────────────────────────────────────
def text_blocks(stream: BinaryIO, count: Callable[[int], object] = lambda size: None) -> Iterator[bytes]:
    """The stream's text as UTF-8 without byte order mark, in blocks of whole lines; ``count`` gets the bytes read.

    UTF-16 is known by its mark. What is not UTF-8 is GB18030: decided at the first line beyond ASCII, for the whole file.
    Raises InputError where the bytes are neither, and on a line of more than 8 MiB.
    """
    encoding, lines = "", 0
    for block in _whole_lines(_without_mark(_read(stream, count))):
        if not encoding and not block.isascii():
            encoding = _encoding(block, lines)
        if not encoding or block.isascii():
            yield block
        else:
            text = _decoded(block, encoding, lines)
            yield block if encoding == UTF8 else text.encode()
        lines += block.count(b"\n")


def _read(stream: BinaryIO, count: Callable[[int], object]) -> Iterator[bytes]:
    while block := stream.read(BLOCK_BYTES):
        count(len(block))
        yield block


def _without_mark(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """The same bytes without UTF-8's byte order mark; UTF-16 as UTF-8."""
    first = next(blocks, b"")
    if first.startswith(UTF16_MARKS):
        yield from _utf16(chain([first], blocks))
    else:
        yield first.removeprefix(UTF8_MARK)
        yield from blocks


def _utf16(blocks: Iterator[bytes]) -> Iterator[bytes]:
    decoder, lines = codecs.getincrementaldecoder("utf-16")(), 0
    try:
        for block in blocks:
            text = decoder.decode(block)
            lines += text.count("\n")
            yield text.encode()
        decoder.decode(b"", final=True)
    except UnicodeError as error:
        raise InputError(f"row {lines + 1} or after: not UTF-16 ({error})") from error


def _whole_lines(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """The same bytes, cut where lines end; the end of the stream ends the last."""
    begun, lines = b"", 0
    for block in blocks:
        end = block.rfind(b"\n") + 1 or block[:-1].rfind(b"\r") + 1  # some programs end lines by \r alone
        if end:
            yield begun + block[:end]
            lines += block.count(b"\n")
            begun = block[end:]
        elif len(begun) + len(block) <= LONGEST_LINE:
            begun += block
        else:
            raise InputError(f"row {lines + 1}, column 1 or after: no readable CSV (a line of more than 8 MiB)")
    if begun:
        yield begun


def _encoding(block: bytes, lines: int) -> str:
    """What the first block beyond ASCII is written in. Raises InputError where it is neither."""
    try:
        block.decode()
    except UnicodeDecodeError as error:
        # After hanzi the fault is one in UTF-8 text: the bytes of GB18030 hardly ever look like any.
        if HANZI.search(block[: error.start].decode()):
            _undecodable(block, error.start, lines, f"not {UTF8}")
        try:
            block.decode(GB)
        except UnicodeDecodeError as again:
            _undecodable(block, max(error.start, again.start), lines, f"neither {UTF8} nor {GB}")
        return GB
    return UTF8


def _decoded(block: bytes, encoding: str, lines: int) -> str:
    try:
        return block.decode(encoding)
    except UnicodeDecodeError as error:
        _undecodable(block, error.start, lines, f"not {encoding}")


def _undecodable(block: bytes, start: int, lines: int, problem: str) -> NoReturn:
    before = block[:start].split(b"\n")
    raise InputError(f"row {lines + len(before)}, column {before[-1].count(b',') + 1}: {problem}")


# ── rows ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
class Form(Struct, frozen=True, weakref=True):
    """How the CSV is written: its header, without margins, and what separates cells: a comma, a tab or a semicolon."""

    header: Sequence[str]
    separator: str

    def reader(self, lines: Iterator[str]) -> Iterator[list[str]]:
        """Python's reader: right in every case, and slow."""
        return csv.reader(lines, delimiter=self.separator, strict=True)


def read(blocks: Iterator[bytes]) -> tuple[Form, Iterator[Rows]]:
    """The header of a CSV and its rows, whose empty lines are passed over. ``blocks``: as :func:`text_blocks` gives them.

    Raises InputError where there is no header, at once, and where a row has not as many cells, as rows are taken.
    """
    records = 0
    for block in blocks:
        begin = block[:HEADER_WITHIN] if block[:HEADER_WITHIN].strip(b"\r\n") else block
        lines = io.StringIO(begin.decode(errors="ignore"), newline="")
        first = re.search(r"[^\r\n]+", lines.getvalue())
        separator = max(SEPARATORS, key=first[0].count) if first else SEPARATORS[0]
        try:
            for cells in Form((), separator).reader(lines):
                records += 1
                if cells:
                    form = Form([name.strip() for name in cells], separator)
                    rest = block[len(lines.getvalue()[: lines.tell()].encode()) :]
                    return form, _rows(form, chain([rest], blocks), records)
        except csv.Error as error:
            raise InputError(f"row {records + 1}, column 1 or after: no readable CSV ({error})") from error
    raise InputError("row 1, column 1: no header")


def _rows(form: Form, blocks: Iterator[bytes], records: int) -> Iterator[Rows]:
    """Blocks by Arrow, which is ten times as quick as Python's reader, as long as quotation marks are where they belong.

    From the first block on that Arrow could read otherwise, or refuses, Python's reader goes on and names what is wrong.
    """
    separator = re.escape(form.separator.encode())
    # A cell in quotation marks, whole: between the separators or ends of lines around it.
    in_quotes = re.compile(rb'(?:^|(?<=[%b\r\n]))"[^"]*(?:""[^"]*)*"(?=[%b\r\n]|\Z)' % (separator, separator))
    for block in blocks:
        quoted = b'"' in block
        bare = in_quotes.sub(b"", block) if quoted else block
        cells = _by_arrow(form, block, quoted) if b'"' not in bare else None
        if cells is None:
            yield from _by_python(form, chain([block], blocks), records)
            return
        if len(cells):
            structured = form.separator != SEPARATORS[0] or (quoted and _structured(block, bare))
            yield Rows(cells, partial(_number, form, block, records), structured)
        records += bare.count(b"\n") + (bare.count(b"\r") - bare.count(b"\r\n") if b"\r" in bare else 0)


def _structured(block: bytes, bare: bytes) -> bool:
    """Whether a cell holds a comma, a quotation mark or the end of a line; ``bare``: the block less what is in quotes."""
    return b'""' in block or any(block.count(sign) != bare.count(sign) for sign in (b",", b"\n", b"\r"))


def _by_arrow(form: Form, block: bytes, quoted: bool) -> pa.Table | None:
    """A block's rows; None where Arrow refuses it."""
    names = [str(place) for place in range(len(form.header))]
    if not block.strip(b"\r\n"):
        return pa.table({name: pa.array([], pa.string()) for name in names})
    try:
        return arrow_csv.read_csv(
            pa.BufferReader(block),
            arrow_csv.ReadOptions(use_threads=False, block_size=len(block) + 1, column_names=names),
            arrow_csv.ParseOptions(
                delimiter=form.separator, quote_char='"' if quoted else False, newlines_in_values=quoted
            ),
            arrow_csv.ConvertOptions(
                check_utf8=False, column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid:
        return None


def _number(form: Form, block: bytes, records: int, place: int) -> int:
    """The number in the file of a row of a block with ``records`` before it."""
    lines = form.reader(io.StringIO(block.decode(), newline=""))
    full = (number for number, cells in enumerate(lines, records + 1) if cells)
    return next(islice(full, place, None))


def _by_python(form: Form, blocks: Iterator[bytes], records: int) -> Iterator[Rows]:
    lines = form.reader(line for block in blocks for line in io.StringIO(block.decode(), newline=""))
    names = [str(place) for place in range(len(form.header))]
    while True:
        rows: list[list[str]] = []
        numbers: list[int] = []
        before = records
        try:
            for cells in islice(lines, ROWS_AT_A_TIME):
                records += 1
                if cells:
                    rows.append(cells)
                    numbers.append(records)
        except csv.Error as error:
            raise InputError(f"row {records + 1}, column 1 or after: no readable CSV ({error})") from error
        for number, cells in zip(numbers, rows, strict=True):
            if len(cells) != len(names):
                where = form.header[min(len(cells), len(names) - 1)]
                raise InputError(f"row {number}, column {where}: {len(cells)} cells, the header has {len(names)}")
        if rows:
            columns = (pa.array(column, pa.string()) for column in zip(*rows, strict=True))
            yield Rows(pa.table(list(columns), names), numbers.__getitem__, structured=True)
        elif records == before:
            return
