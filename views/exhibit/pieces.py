"""What the chapters are made of: screens, panels, figures with their origin, things to touch."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from reports.basis import Basis
from reports.figures import Point
from views import cards, figure_cards
from views.words import Words

LINK = re.compile(r'<a href="([^"]*)"[^>]*>(.*?)</a>')


@dataclass(frozen=True)
class Screen:
    """What a visitor sees at once: a sentence with its number in <em>, a lead, and what there is to touch."""

    id: str
    headline: str
    lead: str
    body: str


@dataclass(frozen=True)
class Tile:
    """A number on a poster, with what it is."""

    title: str
    number: str
    said: str


@dataclass(frozen=True)
class Poster:
    """One picture of a chapter to print: a lead, an SVG, numbers beside it, what to keep in mind, where all comes from."""

    lead: str
    picture: str
    tiles: tuple[Tile, ...]
    notes: tuple[str, ...]
    bases: tuple[Basis, ...]


@dataclass(frozen=True)
class Chapter:
    """A chapter: its screens (the first one is its beginning) and its poster."""

    headline: str
    lead: str
    screens: tuple[Screen, ...]
    poster: Poster


def one_screen(name: str, headline: str, lead: str, body: str, poster: Poster) -> Chapter:
    """A chapter told on a single screen."""
    return Chapter(headline, lead, (Screen(name, headline, lead, body),), poster)


def origin(basis: Basis, w: Words) -> str:
    """Where a figure comes from, one touch away. A screen for everyone must not be led away: addresses are text."""
    return LINK.sub(r"\2 <small>\1</small>", cards.origin(basis, w))


def panel(title: str, body: str, basis: Basis | None, w: Words, kind: str = "") -> str:
    """A part of the picture under its title, its origin one touch away."""
    told = origin(basis, w) if basis else ""
    return f'<section class="panel {kind}"><h2>{escape(title)}</h2>{body}{told}</section>'


def value(text: str, unit: str = "") -> str:
    """A large number and what it is."""
    return f'<div class="value">{escape(text)}<small>{escape(unit)}</small></div>'


def figure(label: str, point: Point, w: Words, *, more: str = "") -> str:
    """A published figure under its label, with its origin."""
    body = cards.line(label) + value(figure_cards.value(point, w), more)
    return f'<div class="panel">{body}{origin(point.basis, w)}</div>'


def slider(name: str, low: int, high: int, at: int, *, label: str, ends: Iterable[str] = ()) -> str:
    """A handle to drag, by finger or by arrow keys, with what stands at its ends. ``name`` is what the script follows."""
    marks = "".join(f"<span>{escape(end)}</span>" for end in ends)
    told = f'<div class="ends" aria-hidden="true">{marks}</div>' if marks else ""
    return (
        f'<div class="slider">{told}<input type="range" data-slide="{name}" min="{low}" max="{high}" value="{at}" '
        f'aria-label="{escape(label)}"></div>'
    )


def placed(drawing: str, x: float, y: float, width: float, height: float) -> str:
    """A drawing as a part of another one, at a place and size of its own."""
    return drawing.replace('width="100%"', f'x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}"', 1)
