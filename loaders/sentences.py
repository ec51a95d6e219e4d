"""A document's sentences as fingerprints: what a register of promises must account for, without carrying the text.

The document itself stays outside the project. What is stored of each sentence is its place in the order, a hash, the
numbers it writes in digits and why it must be accounted for (:data:`Mark`). Whoever holds the document makes the
same list from it and sees that nothing was passed over.
"""

import re
from collections.abc import Iterator
from hashlib import sha256
from typing import Literal

from msgspec import Struct

# Why a sentence must be accounted for, the first that holds: it dates something, counts something, or states that
# something is to be whole, open to the public, or forbidden.
Mark = Literal["date", "number", "promise"]

_HEADING = re.compile(
    r"第[一二三四五六七八九十]+[章节条]|[一二三四五六七八九十]+[、是要]|[（(][一二三四五六七八九十]+[）)]"
)
_CONTENTS = re.compile(r"\.{4}|^\s*第.{1,3}[章节].*\t\d+\s*$")  # a line of a table of contents: dots, or a page number
_DATE = re.compile(
    r"[\d〇一二三四五六七八九]{4}年|\d月|年底|期末|”末|底前|每[一两三\d]?年|年度|逐年|季度|每月|[月季年](?:调度|督办|通报)"
)
_DIGITS = re.compile(r"\d+(?:\.\d+)?%?")
_NUMERAL = re.compile(r"[〇零一二三四五六七八九十百千万两半ⅠⅡⅢⅣⅤⅥ]|[IVX]+类")
# Words in which a numeral counts nothing.
_NO_COUNT = re.compile(
    r"统一|唯一|一体|一线|一致|一定|一样|一般|一方面|一把手|一路|进一步|下一步|一批|一系列|十分[^之]|半干旱|半导体"
    r"|二氧化|三氟|六氟|十[三四五]五|五年规划|三线一单|一岗双责|一带一路|举一反三|两高|十[八九]大|二十大|十九届|老百姓"
)
_PROMISE = re.compile(
    r"全部|覆盖|建成|完成|消除|清零|清除|禁止|严禁|不得|不再|停止|达标|公开|公布|定期|全收集|全处理|封场|遏制|所有|必须|一律|不减少|不下降"
)


class Sentence(Struct, frozen=True):
    """One sentence or table row: its number in the document from 1, hash, digits joined by spaces, mark or None."""

    no: int
    fingerprint: str
    digits: str
    mark: str | None
    text: str


def split(document: str) -> list[Sentence]:
    """The document's sentences in order. A line with a tab is a table row; a table of contents is passed over.

    Other lines are joined, for pages break in the middle of sentences, and cut after 。！？；. Headings stay with
    the sentence that follows them. White space and the asterisks of bold type do not count.
    """
    return [
        Sentence(no, fingerprint(text), " ".join(_DIGITS.findall(text)), mark(text), text)
        for no, text in enumerate(_pieces(document), start=1)
    ]


def fingerprint(text: str) -> str:
    """The first ten hexadecimal digits of the SHA-256 of a sentence without white space."""
    return sha256(text.encode()).hexdigest()[:10]


def mark(text: str) -> Mark | None:
    """Why a sentence must be accounted for; None where it neither dates, counts nor promises."""
    bare = _NO_COUNT.sub("", _HEADING.sub("", text))
    if _DATE.search(bare):
        return "date"
    if _DIGITS.search(bare) or _NUMERAL.search(bare):
        return "number"
    return "promise" if _PROMISE.search(bare) else None


def _pieces(document: str) -> Iterator[str]:
    running = ""
    for line in document.splitlines():
        if _CONTENTS.search(line):
            continue
        cells = [re.sub(r"[\s*]+", "", cell) for cell in line.strip().split("\t")]
        if len(cells) > 1:
            yield from _cut(running)
            running = ""
            yield "|".join(cell for cell in cells if cell)
        else:
            running += cells[0]
    yield from _cut(running)


def _cut(text: str) -> list[str]:
    return re.findall(r"[^。！？；]+[。！？；]*", text)
