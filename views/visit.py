"""Who is looking, and what they may choose: known to every surface, with no library of any of them."""

import re
from collections.abc import Mapping
from datetime import date, datetime

from msgspec import Struct, field
from msgspec.structs import replace

from store import geo
from views.addresses import with_query
from views.text.words import LANGUAGES, Words

THEMES = {"light": "Light", "dark": "Dark"}  # with the names Streamlit gives them
TEXT_SIZES = ("100", "120", "140")  # percent
CONTRASTS = ("normal", "more")
FULL = "full"  # the choice of the interactive version by a phone
DISTRICTS = tuple(one.area_id for one in geo.districts())
CHOICES = {
    "district": DISTRICTS,
    "lang": LANGUAGES,
    "theme": tuple(THEMES),
    "view": (FULL,),
    "text": TEXT_SIZES,
    "contrast": CONTRASTS,
}
READING = ("lang", "theme", "text", "contrast")  # choices of how a page reads, whatever it shows
DEFAULTS = {"lang": LANGUAGES[0], "text": TEXT_SIZES[0], "contrast": CONTRASTS[0]}  # light and dark follow the device
PHONE = re.compile(r"Mobile|Android|iPhone|MicroMessenger")  # in a browser's name of itself


class Visit(Struct, frozen=True, weakref=True):
    """Who is looking: the words of their language, light or dark, the time in Xining, inside another page, on a phone.

    ``choices``: of :data:`READING`, as the address of a light page names them; its links keep them.
    """

    w: Words
    theme: str
    now: datetime
    embedded: bool
    phone: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The day in Xining."""
        return self.now.date()

    @property
    def at_midnight(self) -> "Visit":
        """The same visit as the day begins: what does not tell the time is drawn once a day for it."""
        return replace(self, now=self.now.replace(hour=0, minute=0, second=0, microsecond=0))

    @property
    def dark(self) -> bool:
        """Whether the dark theme is on."""
        return self.theme == "dark"

    def address(self, path: str, **query: str) -> str:
        """A page of this site in this language, with what was chosen; ``query``: what its address says besides or instead."""
        return canonical(path, self.w, **{**self.choices, **query})


def canonical(path: str, w: Words, **query: str) -> str:
    """An address as it is cited and found by search engines: it names its language where that is not the site's first."""
    named = ({} if w.lang == LANGUAGES[0] else {"lang": w.lang}) | query
    return with_query(path, **named)
