"""HTML as a type: text becomes :class:`markupsafe.Markup` only where it is escaped or written here as markup."""

from collections.abc import Iterable
from functools import lru_cache
from string import Formatter

from markupsafe import Markup, escape

MOST_TEMPLATES = 4096


def html(template: str, /, *values: object, **named: object) -> Markup:
    """A template of HTML with its places filled: ``html('<b class="{kind}">{}</b>', text, kind=kind)``.

    The template is trusted and not changed; each value is escaped unless it is Markup. As ``Markup.format``, which
    takes two and a half times as long because it reads the template anew each time (benchmarks/bench_markup.py).
    Raises IndexError or KeyError for a place without a value.
    """
    pieces: list[str] = []
    for text, place, spec in _parts(template):
        pieces.append(text)
        if place is not None:
            value = values[place] if isinstance(place, int) else named[place]
            pieces.append(escape(format(value, spec) if spec else value))
    return Markup("".join(pieces))


@lru_cache(MOST_TEMPLATES)
def _parts(template: str) -> tuple[tuple[str, str | int | None, str], ...]:
    """The literal texts of a template, each with the place after it (by order or by name) and its format."""
    parts: list[tuple[str, str | int | None, str]] = []
    count = 0
    for text, place, spec, _ in Formatter().parse(template):
        parts.append((text, count if place == "" else place, spec or ""))
        count += place == ""
    return tuple(parts)


def join(pieces: Iterable[Markup | str], between: str = "") -> Markup:
    """Pieces in a row; what is not Markup is escaped."""
    return Markup(between).join(pieces)
