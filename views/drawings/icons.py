"""The exhibit's own icons: strokes in the colour of the letters beside them."""

from markupsafe import Markup

from views.text.markup import html

# Paths on a grid of 48, so that one stroke width suits all of them.
PATHS = {
    "bag": "M18 14c-8 7-11 14-11 20 0 6 5 9 17 9s17-3 17-9c0-6-3-13-11-20M18 14h12M18 14l-4-8 6 3 4-4 4 4 6-3-4 8",
    "bottle": "M20 4h8v8l5 8v20a4 4 0 0 1-4 4H19a4 4 0 0 1-4-4V20l5-8ZM15 24h18M15 34h18",
    "food": "M5 24h38a19 19 0 0 1-12 17H17A19 19 0 0 1 5 24ZM17 17c-3-4 3-6 0-11M25 17c-3-4 3-6 0-11M33 17c-3-4 3-6 0-11",
    "battery": "M15 10h18v32a2 2 0 0 1-2 2H17a2 2 0 0 1-2-2ZM20 10V5h8v5M25 17l-5 10h8l-5 10",
    "slag": "M4 44V22l12 8v-8l12 8V6h10l3 38ZM12 37h4M22 37h4M32 37h4",
    "leaf": "M8 42C10 20 22 8 42 6c1 20-8 34-24 33M8 42c4-10 12-18 22-24",
}
DROP = Markup(
    '<svg class="drop" viewBox="0 0 24 30" aria-hidden="true">'
    '<path d="M12 1C7 9 2 14 2 20a10 9.5 0 0 0 20 0C22 14 17 9 12 1Z"/></svg>'
)


def icon(name: str) -> Markup:
    """One of :data:`PATHS` as SVG. Raises KeyError for a name that is none."""
    return html('<svg class="icon" viewBox="0 0 48 48" aria-hidden="true"><path d="{}"/></svg>', PATHS[name])
