"""What a number format of a spreadsheet shows beside the number: a true percent, a percent sign as text, a scale."""

import re
from functools import lru_cache

from msgspec import Struct

_LITERAL = re.compile(r'"([^"]*)"|[\\!](.)|(?:_|\*).|\[[^\]]*\]')
_SCALE = re.compile(r"[0#?](,+)(?![0#?,])")


class Shown(Struct, frozen=True):
    """``percent``: Excel shows a hundred times the number; ``literal_percent``: the sign is text, the number is as stored.

    ``scale``: what Excel divides by to show it; ``below``: shown as below a limit (0.001L, <0.001); ``text``: what else is
    written beside the digits.
    """

    percent: bool = False
    literal_percent: bool = False
    scale: int = 1
    below: bool = False
    text: str = ""


_GENERAL = Shown()


def shown(code: str, value: float) -> Shown:
    """How a format shows a number: ``0.0%`` by a factor 100, ``0.0"%"`` and ``0.0\\%`` as it is (ECMA-376 part 1, 18.8.31)."""
    return _GENERAL if code in ("General", "@", "0", "0.0", "0.00") else _shown(code, (value > 0) - (value < 0))


@lru_cache(maxsize=512)
def _shown(code: str, sign: int) -> Shown:
    sections = _sections(code)
    number = {1: 0, -1: 1, 0: 2}[sign]
    section = sections[number] if number < len(sections) else sections[0]
    texts = [match[1] or match[2] or "" for match in _LITERAL.finditer(section)]
    bare = _LITERAL.sub("\0", section)
    text = "".join(texts) + "".join(sign for sign in bare if sign in "％‰<＜")
    scaled = _SCALE.search(bare)
    return Shown(
        percent="%" in bare,
        literal_percent="%" not in bare and ("%" in text or "％" in text),
        scale=1000 ** len(scaled[1]) if scaled else 1,
        below=text.strip().casefold() in ("l", "(l)", "<", "＜"),
        text=text,
    )


def _sections(code: str) -> list[str]:
    """The parts of a format for positive, negative and zero numbers: split where a semicolon is no text."""
    sections, quoted, escaped = [""], False, False
    for sign in code:
        if sign == ";" and not quoted and not escaped:
            sections.append("")
            continue
        if sign == '"' and not escaped:
            quoted = not quoted
        escaped = sign in "\\!" and not escaped and not quoted
        sections[-1] += sign
    return sections
