"""Addresses of the surfaces: light pages below ``/lite``, whole screens at the entry page by ``?view=``, pictures, tables."""

import os
from urllib.parse import urlencode

LIGHT = "/lite"
LIGHT_PAGES = ("overview", "air", "water", "waste", "greening", "goals")  # with the names of the site's own pages
PICTURES = "/og"  # of shared links
EXHIBIT, WALL = "exhibit", "wall"
WALL_SCENES = "/wall/scene"  # each scene by its name below it
# What the wall's address may say: the scene that stays, the scene the loop begins with, seconds each is shown.
PINNED_SCENE, FIRST_SCENE, SECONDS_EACH = "scene", "from", "every"
FEED = "/feed.atom"  # of what changed
ACCOUNT = "/account"  # of the last year that is over; each year lies below it
BRIEF = "/brief"  # of the newest month; each month lies below it
API = "/api"  # the page of the interface for programs
# Tables to take home, all of them as one data package with its archive, who has which rights in them.
OPEN_DATA = "/data"  # the page that lists them
DATA = f"{OPEN_DATA}/"
PACKAGE, ARCHIVE, LICENSES = "datapackage.json", "datapackage.zip", "LICENSES.md"
# What a file is, by the ending of its address.
MEDIA_TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "parquet": "application/vnd.apache.parquet",
    "geojson": "application/geo+json",
    "svg": "image/svg+xml",
    "png": "image/png",
}
# Drawings and numbers by themselves, and within other sites.
CHART, NUMBER, EMBED = "/chart", "/number", "/embed"
# The tabs of the site's pages, by the name their address gives as ``?tab=``; a page without tabs is not named.
TABS: dict[str, tuple[str, ...]] = {
    "air": ("now", "year", "years", "rules"),
    "water": ("now", "sections", "goals", "works"),
    "goals": ("board", "text", "plans"),
    "method": ("sources", "find", "documents", "rules", "checks", "words"),
    "waste": ("flows", "rates", "model", "home", "goals"),
    "greening": ("now", "forest", "space", "city", "goals"),
    "actions": ("now", "tasks", "reports", "done", "watched", "works", "duty"),
}


# What an address says besides choices: the tab, the district, the station of a page.
PLACE = ("tab", "district", "station")


def light_of(page: str) -> str:
    """The path of the light page for a page of the site: the overview's where it has none of its own."""
    return light(page) if page in LIGHT_PAGES else LIGHT


def screen(name: str, **choices: str) -> str:
    """The address of a whole screen (:data:`WALL`, :data:`EXHIBIT`) at the site's entry page, with choices of it."""
    return with_query("/", view=name, **choices)


def pinned(scene: str) -> str:
    """The address of the wall at a scene that stays."""
    return screen(WALL, **{PINNED_SCENE: scene})


def wall_scene(name: str) -> str:
    """The address of one scene of the wall as a piece of HTML."""
    return f"{WALL_SCENES}/{name}"


def chart(name: str, form: str = "") -> str:
    """The address of a drawing: its page, or the drawing in a form."""
    return f"{CHART}/{name}.{form}" if form else f"{CHART}/{name}"


def light(page: str) -> str:
    """The address of a light page by its path below ``/lite``, or its own address; the overview's where it is empty."""
    return page if page.startswith("/") else LIGHT if page in ("", LIGHT_PAGES[0]) else f"{LIGHT}/{page}"


def table(name: str, form: str = "csv") -> str:
    """The address of a table to take home, in one of its forms."""
    return f"{DATA}{name}.{form}"


def number(name: str) -> str:
    """The address of a number's page."""
    return f"{NUMBER}/{name}"


def embedded_number(name: str) -> str:
    """The address of a number for another site's frame."""
    return f"{EMBED}{NUMBER}/{name}"


def brief(month: str) -> str:
    """The address of a month's brief."""
    return f"{BRIEF}/{month}"


def account(year: str, kind: str = "") -> str:
    """The address of a year's account: its page, or a file of it; ``kind``: pdf or xlsx."""
    return f"{ACCOUNT}/{year}.{kind}" if kind else f"{ACCOUNT}/{year}"


def picture_of(page: str, lang: str) -> str:
    """The address of the picture of a shared link to a light page."""
    return in_language(f"{PICTURES}/{page}.png", lang)


def in_language(address: str, lang: str) -> str:
    """An address in a language, whatever a cookie says of it."""
    return with_query(address, lang=lang)


def with_query(address: str, /, **query: str) -> str:
    """An address with these parameters added to its query."""
    return f"{address}{'&' if '?' in address else '?'}{urlencode(query, safe=',')}" if query else address


def public_site() -> str:
    """The address under which the public finds this site, as the operator names it; empty where it is not named."""
    return os.environ.get("XINING_PUBLIC_URL", "").rstrip("/")
