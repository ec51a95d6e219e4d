"""What every light page is: one document without a script, with what a shared link shows, and its addresses."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from html import unescape
from urllib.parse import parse_qsl, urlencode, urlsplit

from markupsafe import Markup, escape

from store import clock
from views.addresses import API, BRIEF, FEED, LIGHT, LIGHT_PAGES, picture_of
from views.assets import LIGHT_CSS
from views.templates import render
from views.text.words import LANGUAGES, Words
from views.tokens import DARK
from views.tokens import LIGHT as BRIGHT
from views.ui import frame, hotline
from views.ui.cards import folded
from views.ui.rows import block, rows
from views.visit import CONTRASTS, TEXT_SIZES

LINK = re.compile(rf'href="((?:{LIGHT}|{BRIEF})(?:[/?#][^"]*)?|{API}(?:[?#][^"]*)?)"')
READING = {"text": ("text_size", TEXT_SIZES), "contrast": ("contrast", CONTRASTS)}


class NotThereError(LookupError):
    """There is no page at an address."""


@dataclass(frozen=True)
class Picture:
    """The texts of a shared link's picture: a large number with its unit, a word on its official colour, two lines."""

    big: str
    unit: str = ""
    chip: str = ""
    color: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Page:
    """A light page. ``path``: below /lite, or an address of its own that begins with a slash.

    ``theme``: the page of the menu it belongs to; ``full``: the interactive one.

    ``place``: what else its address says, which the other language keeps; ``css``: what it needs besides the others' styles;
    ``dataset``: what it describes to search engines (schema.org); ``image``: the address of a shared link's picture where it
    is another than the page's own.
    """

    path: str
    theme: str
    title: str
    description: str
    body: Markup
    picture: Picture
    full: str = ""
    place: Mapping[str, str] = field(default_factory=dict)
    css: str = ""
    dataset: Mapping[str, object] = field(default_factory=dict)
    image: str = ""


def href(w: Words, path: str = "", **query: str) -> str:
    """Address of a light page (of one with an address of its own that), in the language of this one."""
    parameters = ({"lang": w.lang} if w.lang != LANGUAGES[0] else {}) | query
    tail = "&".join(f"{name}={value}" for name, value in parameters.items())
    address = path if path.startswith("/") else f"{LIGHT}/{path}".rstrip("/")
    return address + (f"?{tail}" if tail else "")


def body(name: str, w: Words, /, **values: object) -> Markup:
    """The main part of a page, ``templates/lite/<name>.html`` with its values; components it lays out come with them."""
    return render(f"lite/{name}", w=w, href=partial(href, w), block=block, rows=rows, folded=folded, **values)


def document(one: Page, w: Words, chosen: Mapping[str, str], base: str, *, away: timedelta | None = None) -> Markup:
    """The whole page. ``chosen``: theme, text, contrast, each where it is not the device's; ``base``: the site's address.

    ``away``: how long the database has not answered.
    """
    made = render(
        "light",
        page=one,
        w=w,
        away=frame.store_away(away, w),
        chosen=chosen,
        base=base,
        picture=one.image or picture_of(_pictured(one), w.lang),
        languages=[Words(lang) for lang in LANGUAGES],
        menu=LIGHT_PAGES,
        feed=FEED,
        reading=READING,
        marks=("theme", *READING),
        grounds={"light": BRIGHT.ground, "dark": DARK.ground},
        css=Markup(LIGHT_CSS + one.css),
        hotline=hotline,
        href=href,
        printed=frame.printed(w, clock.now().date(), base + href(w, one.path, **one.place)),
    )
    carried = {name: value for name, value in chosen.items() if name != "district"}
    return carrying(made, carried) if carried else made


def carrying(page: Markup, chosen: Mapping[str, str]) -> Markup:
    """A page whose links to light pages say what was chosen, where they do not choose otherwise themselves."""

    def link(found: re.Match[str]) -> str:
        address = urlsplit(unescape(found[1]))
        query = urlencode({**chosen, **dict(parse_qsl(address.query))})
        return f'href="{escape(address._replace(query=query).geturl())}"'

    return Markup(LINK.sub(link, page))


def _pictured(one: Page) -> str:
    """The page whose picture a shared link shows: its own, or that of its theme where it has an address of its own."""
    return one.theme if one.path.startswith("/") else one.path or LIGHT_PAGES[0]
