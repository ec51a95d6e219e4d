"""Sentences whose numbers are marked with <em>: the words' own mark, read in one place."""

import re
from html import unescape

MARK = re.compile("</?em>")


def parts(sentence: str) -> list[tuple[str, bool]]:
    """A marked sentence as HTML in order, each part with whether it is marked."""
    return [(part, n % 2 == 1) for n, part in enumerate(MARK.split(sentence)) if part]


def html(sentence: str, tag: str) -> str:
    """A marked sentence as HTML with another tag in the place of the mark."""
    return "".join(f"<{tag}>{part}</{tag}>" if marked else part for part, marked in parts(sentence))


def plain(sentence: str) -> str:
    """The letters of a marked sentence alone."""
    return unescape("".join(part for part, _ in parts(sentence)))
