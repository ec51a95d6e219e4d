"""Sentences whose numbers are marked with <em>: the words' own mark, read in one place."""

import re
from html import unescape

from markupsafe import Markup

from views.text.markup import html, join

MARK = re.compile("</?em>")


def parts(sentence: Markup) -> list[tuple[Markup, bool]]:
    """A marked sentence in order, each part with whether it is marked."""
    return [(Markup(part), n % 2 == 1) for n, part in enumerate(MARK.split(sentence)) if part]


def strong(sentence: Markup) -> Markup:
    """A marked sentence with its marks in bold type."""
    return join(html("<strong>{part}</strong>", part=part) if marked else part for part, marked in parts(sentence))


def plain(sentence: Markup) -> str:
    """The letters of a marked sentence alone."""
    return unescape("".join(part for part, _ in parts(sentence)))
