"""What the chapters are made of: screens, panels, figures with their origin, things to touch."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from reports.basis import Basis
from reports.figures import Point
from views import cards, figure_cards
from views.words import Words

# One hand: strokes on a grid of 48, drawn with the letters' colour.
ICONS = {
    "bag": "M18 14c-8 7-11 14-11 20 0 6 5 9 17 9s17-3 17-9c0-6-3-13-11-20M18 14h12M18 14l-4-8 6 3 4-4 4 4 6-3-4 8",
    "bottle": "M20 4h8v8l5 8v20a4 4 0 0 1-4 4H19a4 4 0 0 1-4-4V20l5-8ZM15 24h18M15 34h18",
    "food": "M5 24h38a19 19 0 0 1-12 17H17A19 19 0 0 1 5 24ZM17 17c-3-4 3-6 0-11M25 17c-3-4 3-6 0-11M33 17c-3-4 3-6 0-11",
    "battery": "M15 10h18v32a2 2 0 0 1-2 2H17a2 2 0 0 1-2-2ZM20 10V5h8v5M25 17l-5 10h8l-5 10",
    "slag": "M4 44V22l12 8v-8l12 8V6h10l3 38ZM12 37h4M22 37h4M32 37h4",
    "leaf": "M8 42C10 20 22 8 42 6c1 20-8 34-24 33M8 42c4-10 12-18 22-24",
}


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


def icon(name: str) -> str:
    """One of the exhibit's own signs."""
    return f'<svg class="icon" viewBox="0 0 48 48" aria-hidden="true"><path d="{ICONS[name]}"/></svg>'


def origin(basis: Basis, w: Words) -> str:
    """Where a figure comes from, one touch away. A screen for everyone must not be led away: addresses are text."""
    return cards.origin(basis, w, linked=False)


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
    return f'<svg x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}">{drawing}</svg>'
