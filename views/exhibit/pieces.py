"""What chapters are made of: screens, posters, figures with their origin."""

from typing import Literal

from markupsafe import Markup
from msgspec import Struct

from reports.figures import Point
from reports.provenance import Provenance
from views.text.words import Words
from views.ui import cards, figure_cards

Scene = Literal["sky", "valley", "river", "plant", "hills", "wall"]


class Screen(Struct, frozen=True, weakref=True):
    """What a visitor sees at once: a sentence with its number in <em>, a lead, the picture and what is said under it.

    ``scene``: the drawing behind it all (``templates/exhibit/scenes.html``); ``stage``: what is touched, in the picture.
    """

    id: str
    headline: Markup
    lead: str
    scene: Scene
    stage: Markup
    body: Markup


class Tile(Struct, frozen=True, weakref=True):
    """A number on a poster, with what it is."""

    title: str
    number: str
    text: str


class Poster(Struct, frozen=True, weakref=True):
    """One picture of a chapter to print: a lead, an SVG, numbers beside it, what to keep in mind, where all comes from."""

    lead: str
    picture: Markup
    tiles: tuple[Tile, ...]
    notes: tuple[str, ...]
    sources: tuple[Provenance, ...]


class Chapter(Struct, frozen=True, weakref=True):
    """A chapter: its screens (the first one is its beginning) and its poster."""

    headline: Markup
    lead: str
    screens: tuple[Screen, ...]
    poster: Poster


def source_note(provenance: Provenance, w: Words) -> Markup:
    """Where a figure comes from, one touch away. A public screen must not leave the exhibit: addresses are text."""
    return cards.source_note(provenance, w, linked=False)


class Figure(Struct, frozen=True, weakref=True):
    """A published figure in words: its label, its value with its unit, of when it is, where it comes from."""

    label: str
    value: str
    period: str
    source_note: Markup


def figure(label: str, point: Point, w: Words, *, period: str = "") -> Figure:
    """A published figure under its label. ``period``: of when it is, where the label does not name it."""
    return Figure(label, figure_cards.value(point, w), period, source_note(point.provenance, w))
