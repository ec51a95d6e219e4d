"""What platforms write in Chinese beside their values, on a page in another language: the known ones by words."""

import re

from views.text.words import Words

HANZI = re.compile(r"[\u3400-\u9fff]")
_NUMBER = re.compile(r"\d+(?:\.\d+)?|\.\d+")
# Why nothing is measured, as it is published, in the order they are looked for.
_REASONS = (
    ("maintenance", re.compile(r"维护|维修|检修|养护")),
    ("no_power", re.compile(r"停电|断电")),
    ("dry", re.compile(r"断流|干涸|枯水|无水")),
    ("frozen", re.compile(r"冰封|封冻|结冰")),
    ("stopped", re.compile(r"停站|停运|停测|停机|停用|停止|停产|关停")),
    ("fault", re.compile(r"故障|异常|离线|掉线")),
    ("not_detected", re.compile(r"检测?出")),
)


def reason(text: str, w: Words) -> str | None:
    """Why a value is missing, as published; on a page in another language in its words, None where they are not known."""
    if "质控" in text:
        return w("water.withheld")
    if w.lang == "zh" or not HANZI.search(text):
        return text
    return next((w(f"water.reason.{name}") for name, pattern in _REASONS if pattern.search(text)), None)


def below_detection(text: str, w: Words) -> str:
    """The mark of a value below the limit of detection, as published; 低于0.001 on a page in another language as <0.001."""
    if w.lang == "zh" or not HANZI.search(text):
        return text
    limit = _NUMBER.search(text)
    return f"<{limit[0]}" if limit else w("water.reason.not_detected")
