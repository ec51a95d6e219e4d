"""What platforms write in Chinese beside their values, on a page in another language: the known ones by words."""

import re

from reports.water import Item
from views.text.words import Words

HANZI = re.compile(r"[\u3400-\u9fff]")
_NUMBER = re.compile(r"\d+(?:\.\d+)?|\.\d+")


def reason(item: Item, w: Words) -> str | None:
    """Why a value is missing, as published; on a page in another language in its words, None where they are not known."""
    if item.reason == "withheld":
        return w("water.withheld")
    if w.lang == "zh" or not HANZI.search(item.why_not):
        return item.why_not
    return w(f"water.reason.{item.reason}") if item.reason else None


def below_detection(text: str, w: Words) -> str:
    """The mark of a value below the limit of detection, as published; 低于0.001 on a page in another language as <0.001."""
    if w.lang == "zh" or not HANZI.search(text):
        return text
    limit = _NUMBER.search(text)
    return f"<{limit[0]}" if limit else w("water.reason.not_detected")
