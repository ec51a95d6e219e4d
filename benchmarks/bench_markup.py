"""Pieces of HTML from templates, as ratios in one run: ``python -m benchmarks.bench_markup``.

The same card by :func:`views.text.markup.html`, by ``Markup.format``, which reads the template anew each time, and by an
f-string with each value escaped by hand, which no type guards.
"""

import timeit

from markupsafe import Markup, escape

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


def by_hand() -> str:
    """As text."""
    return f'<div class="card {escape(KIND)}" aria-label="{escape(LABEL)}"><b>{escape(LABEL)}</b>{BODY}</div>'


def main() -> None:
    """Print each way's time as a multiple of the f-string's."""
    assert by_template() == by_format() == by_hand()
    ways = {"f-string, escaped by hand": by_hand, "html()": by_template, "Markup.format": by_format}
    took = {name: min(timeit.repeat(way, number=ROUNDS, repeat=REPEATS)) for name, way in ways.items()}
    least = took["f-string, escaped by hand"]
    for name, seconds in took.items():
        print(f"{name:<28}{seconds / least:>6.1f} ×")


if __name__ == "__main__":
    main()
