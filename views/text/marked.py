"""Sentences whose numbers are marked with <em>: their marks are read here and nowhere else."""

import re
from html import unescape

from markupsafe import Markup

MARK = re.compile("</?em>")


def parts(sentence: Markup) -> list[tuple[Markup, bool]]:
    """A marked sentence in order, each part with whether it is marked."""
    return [(Markup(part), n % 2 == 1) for n, part in enumerate(MARK.split(sentence)) if part]


def plain(sentence: Markup) -> str:
    """The text of a marked sentence, without its marks."""
    return unescape("".join(part for part, _ in parts(sentence)))
