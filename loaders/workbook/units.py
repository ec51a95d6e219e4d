"""Units as bulletins and headers write them, brought to one form to be compared: 微克/立方米, μg·m⁻³ and ug/m3 are one."""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

from loaders.workbook.cells import visible

T = TypeVar("T")
REMEMBERED = 200  # signs: what is longer is no name, and thousands of them would fill the memory
NO_UNIT = "无单位"
_NONE = frozenset({"无量纲", "无单位", "无", "量纲为1", "dimensionless", "1"})
# Words in the order they are replaced: the longer before those they contain.
_WORDS = (
    ("平方千米", "平方公里"),
    ("千米", "公里"),
    ("立方米", "m3"),
    ("微克", "μg"),
    ("毫克", "mg"),
    ("公升", "l"),
    ("毫升", "ml"),
    ("升", "l"),
    ("微西门子", "μs"),
    ("微西", "μs"),
    ("厘米", "cm"),
    ("摄氏度", "°c"),
    ("摄氏", "°c"),
    ("百分之", "%"),
    ("百分比", "%"),
    ("百分点", "个百分点"),
    ("个个百分点", "个百分点"),
    ("每", "/"),
)
_CHINESE_UNIT = {"度": "°c"}  # of a water temperature
_PRODUCT = re.compile(r"[·.⋅∙*×]?(m|l|cm|d|a)\^?[-−](\d)")
_RATE = re.compile(r"/(d|天|a)$")
_IN_BRACKETS = re.compile(r"[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]$")
_AFTER = re.compile(r"/?((?:μg|ug|mg|ng)(?:/|·)(?:m3|l).*|μs/cm|us/cm|ntu|°c|%|无量纲)$")


def remembered(function: Callable[[str], T]) -> Callable[[str], T]:
    """What follows from a short text is found once: every header is asked about for every sheet."""
    of_short = lru_cache(maxsize=4096)(function)

    @wraps(function)
    def of_any(text: str) -> T:
        return of_short(text) if len(text) <= REMEMBERED else function(text)

    return of_any


@remembered
def fold(text: str) -> str:
    """A name as it is compared: without signs nobody sees, full-width or half-width, capital or small, spaced or not."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", visible(text))).casefold()


@lru_cache(maxsize=4096)
def form(written: str) -> str:
    """A unit in the form it is compared in; empty where it says that there is none."""
    text = fold(written)
    for word, symbol in _WORDS:
        text = text.replace(word, symbol)
    text = text.removeprefix("/") if text.startswith(("/μ", "/m")) else text
    text = re.sub(r"^u(?=g|s)", "μ", text.replace("℃", "°c"))
    text = _PRODUCT.sub(lambda match: f"/{match[1]}{match[2] if match[2] != '1' else ''}", text)
    text = _RATE.sub(lambda match: {"d": "/日", "天": "/日", "a": "/年"}[match[1]], text)
    text = _CHINESE_UNIT.get(text, text).strip("()")
    return "" if text in _NONE or written in _NONE else text


@remembered
def split(header: str) -> tuple[str, str | None]:
    """A header as what it names and its unit (both folded), None where it bears none: 氨氮/(mg/L), pH（无量纲）, 总磷mg/L."""
    text = fold(header)
    if found := _IN_BRACKETS.search(text):
        return text[: found.start()].rstrip("/,:"), found[1]
    if found := _AFTER.search(text):
        return text[: found.start()].rstrip("/,:"), found[1]
    if "," in text and (parts := text.rsplit(",", 1))[1]:
        return parts[0], parts[1]
    return text, None
