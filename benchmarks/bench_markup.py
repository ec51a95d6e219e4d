"""Pieces of HTML from templates, as ratios in one run: ``python -m benchmarks.bench_markup``.

The same card by :func:`views.text.markup.html`, by ``Markup.format``, which reads the template anew each time, and by an
f-string with each value escaped by hand, which no type guards.
"""

import time
import timeit
from collections.abc import Callable, Iterator

from markupsafe import Markup, escape

from benchmarks import table
from benchmarks.table import Figure
from views.text.markup import html

TEMPLATE = '<div class="card {kind}" aria-label="{label}"><b>{label}</b>{body}</div>'
KIND, LABEL, BODY = "four", "PM2.5 <µg/m³>", Markup("<p>32.1</p>")
ROUNDS, REPEATS = 20_000, 5


def by_template() -> Markup:
    """As the site does it."""
    return html(TEMPLATE, kind=KIND, label=LABEL, body=BODY)


def by_format() -> Markup:
    """By the library alone."""
    return Markup(TEMPLATE).format(kind=KIND, label=LABEL, body=BODY)


def by_format_string() -> str:
    """As text."""
    return f'<div class="card {escape(KIND)}" aria-label="{escape(LABEL)}"><b>{escape(LABEL)}</b>{BODY}</div>'


def cost_us(way: Callable[[], str]) -> float:
    """CPU of one card in µs, the least of a few repeats."""
    return 1e6 / ROUNDS * min(timeit.repeat(way, timer=time.process_time, number=ROUNDS, repeat=REPEATS))


def figures() -> Iterator[Figure]:
    """A card by the site's way beside the library's alone, and both beside the f-string."""
    assert by_template() == by_format() == by_format_string()
    template, library, escaped = (cost_us(way) for way in (by_template, by_format, by_format_string))
    unit, text = "µs of CPU", "f-string, escaped by hand"
    yield Figure("a card by html()", template, unit, "Markup.format", library, 1)
    yield Figure("a card by html()", template, unit, text, escaped)
    yield Figure("a card by Markup.format", library, unit, text, escaped)


if __name__ == "__main__":
    table.show(figures())
