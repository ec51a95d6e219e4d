"""What the chapters are made of: screens, panels, figures with their origin, things to touch."""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from reports.figures import Point
from reports.provenance import Provenance
from views.text.markup import html, join
from views.text.words import Words
from views.ui import cards, figure_cards

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
    headline: Markup
    lead: str
    body: Markup


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
    picture: Markup
    tiles: tuple[Tile, ...]
    notes: tuple[str, ...]
    bases: tuple[Provenance, ...]


@dataclass(frozen=True)
class Chapter:
    """A chapter: its screens (the first one is its beginning) and its poster."""

    headline: Markup
    lead: str
    screens: tuple[Screen, ...]
    poster: Poster


def one_screen(name: str, headline: Markup, lead: str, body: Markup, poster: Poster) -> Chapter:
    """A chapter told on a single screen."""
    return Chapter(headline, lead, (Screen(name, headline, lead, body),), poster)


def icon(name: str) -> Markup:
    """One of the exhibit's own signs."""
    return html('<svg class="icon" viewBox="0 0 48 48" aria-hidden="true"><path d="{}"/></svg>', ICONS[name])


def source_note(provenance: Provenance, w: Words) -> Markup:
    """Where a figure comes from, one touch away. A screen for everyone must not be led away: addresses are text."""
    return cards.source_note(provenance, w, linked=False)


def panel(title: str, body: str, provenance: Provenance | None, w: Words, kind: str = "") -> Markup:
    """A part of the picture under its title, its origin one touch away."""
    told = source_note(provenance, w) if provenance else Markup()
    return html(
        '<section class="panel {kind}"><h2>{title}</h2>{body}{told}</section>',
        kind=kind,
        title=title,
        body=body,
        told=told,
    )


def value(text: str, unit: str = "") -> Markup:
    """A large number and what it is."""
    return html('<div class="value">{text}<small>{unit}</small></div>', text=text, unit=unit)


def figure(label: str, point: Point, w: Words, *, more: str = "") -> Markup:
    """A published figure under its label, with its origin."""
    body = cards.line(label) + value(figure_cards.value(point, w), more)
    return html('<div class="panel">{body}{}</div>', source_note(point.provenance, w), body=body)


def slider(name: str, low: int, high: int, at: int, *, label: str, ends: Iterable[str] = ()) -> Markup:
    """A handle to drag, by finger or by arrow keys, with what stands at its ends. ``name`` is what the script follows."""
    marks = join(html("<span>{end}</span>", end=end) for end in ends)
    told = html('<div class="ends" aria-hidden="true">{marks}</div>', marks=marks) if marks else Markup()
    return html(
        '<div class="slider">{told}<input type="range" data-slide="{name}" min="{low}" max="{high}" value="{at}" '
        'aria-label="{label}"></div>',
        told=told,
        name=name,
        low=low,
        high=high,
        at=at,
        label=label,
    )


def placed(drawing: str, x: float, y: float, width: float, height: float) -> Markup:
    """A drawing as a part of another one, at a place and size of its own."""
    return html(
        '<svg x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}">{drawing}</svg>',
        x=x,
        y=y,
        width=width,
        height=height,
        drawing=drawing,
    )
