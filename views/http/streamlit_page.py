"""The first HTML of the site: Streamlit's files under a head in the visitor's language.

Streamlit's own page is read for what its application needs (scripts, styles, where it draws); all else is ours
(``templates/site.html``): no English, no font that no page shows, no inline script of other services.
"""

import base64
import hashlib
from functools import lru_cache
from html.parser import HTMLParser
from typing import Any

from markupsafe import Markup
from msgspec import Struct

from views import assets
from views.addresses import FEED, LIGHT_PAGES, light, picture_of
from views.http import choices
from views.templates import render
from views.text.words import LANGUAGES, Words
from views.visit import canonical

NEEDED_LINKS = ("modulepreload", "stylesheet")
PLACE_ID = "root"  # of the element Streamlit draws into
# What Streamlit labels in English only: labels.js replaces it in the page's language.
LABELS = ("skip", "home", "pages", "menu", "menu_open", "menu_close", "open", "no_results")
# Streamlit stores a visitor's theme per path; ours applies to all pages, so it is written before Streamlit reads it.
# Who chose no contrast gets the device's.
THEME_SCRIPT = (
    "(()=>{try{const m=document.cookie.match(/(?:^|; )theme=(light|dark)/);if(m)localStorage.setItem("
    "'stActiveTheme-'+location.pathname+'-v2',JSON.stringify(m[1]==='dark'?'Dark':'Light'))}catch(e){}"
    "const d=document.documentElement.dataset;"
    "if(!d.contrast&&matchMedia('(prefers-contrast: more)').matches)d.contrast='more'})()"
)
THEME_SCRIPT_HASH = base64.b64encode(hashlib.sha256(THEME_SCRIPT.encode()).digest()).decode()


class NotStreamlitError(ValueError):
    """The page read is not the application's: it names no script or no place to draw into."""


class Tag(Struct, frozen=True, weakref=True):
    """A tag of Streamlit's page: its name and its attributes, None for one without a value."""

    name: str
    attributes: tuple[tuple[str, str | None], ...]


class _Needed(HTMLParser):
    """Collects the tags of Streamlit's page that its application needs."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[Tag] = []
        self.places = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.places += tag == "div" and values.get("id") == PLACE_ID
        script = tag == "script" and values.get("src")
        if script or (tag == "link" and values.get("rel") in NEEDED_LINKS):
            self.tags.append(Tag(tag, tuple(attrs)))

    handle_startendtag = handle_starttag


@lru_cache(4)
def needed(page: bytes) -> tuple[Tag, ...]:
    """The tags Streamlit's application needs. Raises NotStreamlitError where the page is not the application's."""
    parser = _Needed()
    parser.feed(page.decode())
    if parser.places != 1 or not any(tag.name == "script" for tag in parser.tags):
        raise NotStreamlitError("Streamlit's page names no script or no place to draw into")
    return tuple(parser.tags)


def document(page: bytes, scope: Any) -> tuple[bytes, list[tuple[bytes, bytes]]]:
    """The page in the visitor's language, and the cookies that store the choices in its address."""
    chosen = choices.chosen(scope)
    w = Words(chosen.get("lang", LANGUAGES[0]))
    name = scope["path"].strip("/")
    there = name if name in LIGHT_PAGES else LIGHT_PAGES[0]
    labels = {key: w(f"site.streamlit.{key}") for key in LABELS}
    made = render(
        "site",
        w=w,
        title=title_of(name, w),
        marks={key: chosen[key] for key in ("text", "contrast") if key in chosen},
        picture=choices.base(scope) + picture_of(there, w.lang),
        address=canonical(f"{choices.base(scope)}/{name}", w),
        light=light(there),
        feed=FEED,
        labels=labels | {"logo": w("site.name"), "offline": w("site.offline")},
        theme_script=Markup(THEME_SCRIPT),
        assets=assets,
        needed=needed(page),
    )
    return made.encode(), choices.cookies(chosen)


def title_of(page: str, w: Words) -> str:
    """The title of a page's window; the overview's is the site's."""
    key = f"site.nav.{page}"
    return f"{w(key)} · {w('site.title')}" if page != LIGHT_PAGES[0] and w.has(key) else w("site.title")
