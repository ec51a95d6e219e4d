"""What every light page is: one document without a script, with what a shared link shows, and its addresses."""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial

from markupsafe import Markup
from msgspec import Struct, field

from store import clock
from views import addresses
from views.addresses import FEED, LIGHT_PAGES, picture_of
from views.assets import LIGHT_CSS
from views.templates import render
from views.text.words import LANGUAGES, Words
from views.tokens import DARK
from views.tokens import LIGHT as BRIGHT
from views.ui import frame as page_frame
from views.ui import hotline
from views.ui.cards import folded
from views.ui.rows import block, rows
from views.visit import CONTRASTS, TEXT_SIZES, Visit, canonical

READING = {"text": ("text_size", TEXT_SIZES), "contrast": ("contrast", CONTRASTS)}


class NotThereError(LookupError):
    """There is no page at an address."""


class Picture(Struct, frozen=True, weakref=True):
    """The texts of a shared link's picture: a large number with its unit, a word on its official colour, two lines."""

    big: str
    unit: str = ""
    chip: str = ""
    color: str = ""
    lines: tuple[str, ...] = ()


class Page(Struct, frozen=True, weakref=True):
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


def href(v: Visit, path: str = "", **query: str) -> str:
    """A link to a page: in the language of this one, with what was chosen."""
    return v.address(addresses.light(path), **query)


def body(name: str, v: Visit, /, **values: object) -> Markup:
    """The main part of a page, ``templates/lite/<name>.html`` with its values; components it lays out come with them."""
    return render(f"lite/{name}", w=v.w, href=partial(href, v), block=block, rows=rows, folded=folded, **values)


def document(one: Page, v: Visit, base: str, *, away: timedelta | None = None) -> Markup:
    """The whole page. ``base``: the site's address; ``away``: how long the database has not answered."""
    w = v.w
    return render(
        "light",
        page=one,
        w=w,
        away=page_frame.store_away(away, w),
        chosen=v.choices,
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
        href=partial(href, v),
        address=addresses.light(one.path),
        canonical=canonical,
        printed=page_frame.printed(w, clock.now().date(), base + canonical(addresses.light(one.path), w, **one.place)),
    )


def _pictured(one: Page) -> str:
    """The page whose picture a shared link shows: its own, or that of its theme where it has an address of its own."""
    return one.theme if one.path.startswith("/") else one.path or LIGHT_PAGES[0]
