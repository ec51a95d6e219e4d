"""Text in lines, for pictures in which no browser breaks it."""

import re
from collections.abc import Callable

# What may not be torn: a hanzi or a word, with the brackets that open before it, the stops that end after it and the blanks
# behind.
UNBROKEN = re.compile(r"[（《〈“‘〔「『]*(?:[\u2e80-\uffef]|[^\s\u2e80-\uffef]+)[，。；：、！？）》〉”’〕」』]*\s*|\s+")


def wrapped(text: str, fits: Callable[[str], bool]) -> list[str]:
    """Text in lines that fit: broken between words, or between hanzi, never before a stop nor behind an opening bracket."""
    lines, line = [], ""
    for part in UNBROKEN.findall(text):
        if line and not fits(line + part.rstrip()):
            lines.append(line.rstrip())
            line = ""
        line += part
    return [*lines, line.rstrip()] if line.strip() else lines
