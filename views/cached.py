"""Cached renderings: the same report, language and theme give the same chart, map or SVG, drawn once."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from store import database, fingerprint
from store.cache import MIB, Cache, weight
from views.text.words import Words

P = ParamSpec("P")
R = TypeVar("R")
drawings = Cache("renderings", 128 * MIB)


def cached_rendering(draw: Callable[P, R]) -> Callable[P, R]:
    """Cache a rendering by the content of its arguments (:mod:`store.fingerprint`). The result is shared: do not change it.

    What it shows comes in as an argument: one that reads the store is refused (``store.database.UnnamedTopicError``).
    """
    return cached_rendering_of()(draw)


def cached_rendering_of(*topics: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Cache a rendering that reads topics of the store besides its arguments, until they change."""
    database.known(topics)

    def decorate(draw: Callable[P, R]) -> Callable[P, R]:
        @wraps(draw)
        def drawn(*args: P.args, **kwargs: P.kwargs) -> R:
            database.uses(*topics)
            key = (draw, fingerprint.of((args, tuple(sorted(kwargs.items())))))
            return drawings.get(key, lambda: draw(*args, **kwargs), topics=topics, weigh=_weight)

        return drawn

    return decorate


def _weight(drawing: object) -> int:
    """Its bytes: as it states itself (charts and maps do), else measured."""
    return getattr(drawing, "weight_bytes", 0) or weight(drawing)


@fingerprint.register(Words)
def _of_words(value: Words) -> list[bytes]:
    return [value.lang.encode()]
