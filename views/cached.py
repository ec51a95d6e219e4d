"""Cached renderings: the same report, language and theme give the same chart, map or SVG, drawn once."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import plotly.graph_objects as go
import pydeck

from store import database, fingerprint
from store.cache import MIB, Cache, weight
from views.text.words import Words

P = ParamSpec("P")
R = TypeVar("R")
FIGURE_BYTES = 200_000  # what a chart or map with its plain form takes, about; text is measured
drawings = Cache("renderings", 128 * MIB)


def kept(draw: Callable[P, R]) -> Callable[P, R]:
    """Cache a rendering by the content of its arguments (:mod:`store.fingerprint`). The result is shared: do not change it.

    What it shows comes in as an argument: one that reads the store is refused (``store.database.UnnamedTopicError``).
    """
    return kept_while()(draw)


def kept_while(*topics: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Cache a rendering that reads topics of the store besides its arguments, while they stand."""
    database.known(topics)

    def decorate(draw: Callable[P, R]) -> Callable[P, R]:
        @wraps(draw)
        def drawn(*args: P.args, **kwargs: P.kwargs) -> R:
            database.uses(*topics)
            key = (draw, fingerprint.of((args, tuple(sorted(kwargs.items())))))
            return drawings.get(key, lambda: draw(*args, **kwargs), topics=topics, weigh=_weight)

        return drawn

    return decorate


def _weight(drawing: Any) -> int:
    return FIGURE_BYTES if isinstance(drawing, go.Figure | pydeck.Deck) else weight(drawing)


@fingerprint.register(Words)
def _of_words(value: Words) -> list[bytes]:
    return [value.lang.encode()]


@fingerprint.register(pydeck.Deck)
def _of_map(value: pydeck.Deck) -> list[bytes]:
    return [value.to_json().encode()]


class Figure(go.Figure):
    """A Plotly figure whose plain form is made once, when it is first shown; it must be finished by then."""

    def to_dict(self) -> dict[str, Any]:
        """The figure as Plotly's JSON, from the second time on without work."""
        plain = self.__dict__.get("_plain")
        if plain is None:
            plain = self.__dict__["_plain"] = super().to_dict()
        return plain


class Deck(pydeck.Deck):
    """A map whose JSON is made once, when it is first shown."""

    def to_json(self) -> str:
        """The map as deck.gl's JSON, from the second time on without work."""
        made = self.__dict__.get("made_json")
        if made is None:
            made = super().to_json()
            self.__dict__["made_json"] = made
        return made
