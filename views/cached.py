"""Drawings are kept: the same report, language and theme give the same chart, map or SVG, made once."""

from collections.abc import Callable, Hashable
from datetime import date
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import plotly.graph_objects as go
import pydeck

from store.cache import MIB, Cache, weight
from views.text.words import Words

P = ParamSpec("P")
R = TypeVar("R")
BY_VALUE = (str, int, float, date, Words, type(None))
FIGURE_BYTES = 200_000  # what a chart or map with its plain form takes, about; text is measured
drawings = Cache(128 * MIB)


def kept(draw: Callable[P, R]) -> Callable[P, R]:
    """Keep a drawing by its arguments: words, themes and numbers by value, reports by identity.

    Reports are themselves kept while the store stands, so a new store brings new reports and new drawings. The
    arguments are held with the drawing: an identity cannot be taken over by another report meanwhile.
    """

    @wraps(draw)
    def drawn(*args: P.args, **kwargs: P.kwargs) -> R:
        key = (draw, tuple(map(_key, args)), tuple((name, _key(value)) for name, value in kwargs.items()))
        return drawings.get(key, lambda: ((args, kwargs), draw(*args, **kwargs)), lambda held: _weight(held[1]))[1]

    return drawn


def _weight(drawing: Any) -> int:
    return FIGURE_BYTES if isinstance(drawing, go.Figure | pydeck.Deck) else weight(drawing)


def _key(value: Any) -> Hashable:
    return value if isinstance(value, BY_VALUE) else id(value)


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
