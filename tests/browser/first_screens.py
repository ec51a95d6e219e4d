"""What a page answers without scrolling: its verdict, a map or drawing and a trend; on a phone before the fold of screens.

A page adds its row to FIRST_SCREENS: what must lie whole within the first screen of a desktop, by CSS selector, and within
how many screens of a phone.
"""

from msgspec import Struct

Box = tuple[float, float, float, float]  # left, top, right, bottom, px from the window's corner


class FirstScreen(Struct, frozen=True):
    """The parts a page shows at once, each by a name and a selector; ``phone``: those reached in order on a phone, within
    ``phone_screens``."""

    desktop: dict[str, str]
    phone: dict[str, str]
    phone_screens: int


FIRST = "[data-testid=stColumn]:nth-child(1) svg[role=img]"  # the drawing of the first column
SECOND = "[data-testid=stColumn]:nth-child(2) svg[role=img]"  # the drawing of the second column


FIRST_SCREENS = {
    "overview": FirstScreen(
        desktop={
            "verdict": "h1",
            "map": ".city-map details[open] svg[role=group]",
            "trend": ".card.glance:has(h2) svg",
            "now": ".side",
            "promises": ".tiles",
        },
        phone={
            "verdict": "h1",
            "now": ".side .card.to:first-child",
            "against last year": ".side .card.if-narrow",
            "map": ".city-map details[open] svg[role=group]",
            "trend": ".card.glance:has(h2) svg",
            "promises": ".tiles",
        },
        phone_screens=3,
    ),
    "air": FirstScreen(
        desktop={"verdict": "h1", "map": ".city-map svg[role=group]", "trend": ".course svg"},
        phone={"verdict": "h1", "trend": ".course svg", "map": ".city-map svg[role=group]"},
        phone_screens=3,
    ),
    "greening": FirstScreen(
        desktop={"verdict": "h1", "map": ".green-map svg", "trend": ".course svg"},
        phone={"verdict": "h1", "map": ".green-map svg", "trend": ".course svg"},
        phone_screens=3,
    ),
    "air?tab=year": FirstScreen(
        desktop={"verdict": "h1", "trend": ".course svg"},
        phone={"verdict": "h1", "trend": ".course svg"},
        phone_screens=2,
    ),
    "air?tab=years": FirstScreen(
        desktop={"verdict": "h1", "trend": ".stripes svg"},
        phone={"verdict": "h1", "trend": ".stripes svg"},
        phone_screens=2,
    ),
    "water": FirstScreen(
        desktop={"verdict": "h1", "map": ".city-map svg[role=group]", "trend": SECOND},
        phone={"verdict": "h1", "map": ".city-map svg[role=group]", "trend": SECOND},
        phone_screens=2,
    ),
    "waste": FirstScreen(
        desktop={"verdict": "h1", "flows": ".card svg[role=img]", "trend": SECOND},
        phone={"verdict": "h1", "flows": ".card svg[role=img]", "trend": SECOND},
        phone_screens=2,
    ),
    "goals": FirstScreen(
        desktop={"verdict": "h1", "tally": ".tally svg"},
        phone={"verdict": "h1", "tally": ".tally svg"},
        phone_screens=2,
    ),
    "actions": FirstScreen(
        desktop={
            "verdict": "h1",
            "map": FIRST,
            "next": "[data-testid=stColumn] .grid",
            "milestones": ".if-wide svg[aria-label*='2015']",
        },
        phone={"verdict": "h1", "map": FIRST, "next": "[data-testid=stColumn] .grid > :first-child"},
        phone_screens=2,
    ),
    "method": FirstScreen(
        desktop={"verdict": "h1", "known by year": ".by-year svg"},
        phone={"verdict": "h1", "known by year": ".by-year svg"},
        phone_screens=2,
    ),
}
# The parts a reader sees, by name: all boxes under each selector.
BOXES = """selectors => Object.fromEntries(Object.entries(selectors).map(([name, selector]) => [name,
  [...document.querySelectorAll(selector)].filter(one => one.checkVisibility()).map(one => {
    const r = one.getBoundingClientRect(); return [r.left, r.top, r.right, r.bottom] })]))"""
