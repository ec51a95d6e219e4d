"""Charts and maps whose plain form is made once, when they are first shown; they must be finished by then."""

from typing import Any

import plotly.graph_objects as go
import pydeck

from store import fingerprint

WEIGHT_BYTES = 200_000  # with the plain form, about


@fingerprint.register(pydeck.Deck)
def _of_map(value: pydeck.Deck) -> list[bytes]:
    return [value.to_json().encode()]


class Figure(go.Figure):
    """A Plotly figure."""

    weight_bytes = WEIGHT_BYTES

    def to_dict(self) -> dict[str, Any]:
        """The figure as Plotly's JSON, from the second time on without work."""
        plain: dict[str, Any] | None = self.__dict__.get("_plain")
        if plain is None:
            plain = self.__dict__["_plain"] = super().to_dict()
        return plain


class Deck(pydeck.Deck):
    """A map."""

    weight_bytes = WEIGHT_BYTES

    def to_json(self) -> str:
        """The map as deck.gl's JSON, from the second time on without work."""
        made: str | None = self.__dict__.get("made_json")
        if made is None:
            made = super().to_json()
            self.__dict__["made_json"] = made
        return made
