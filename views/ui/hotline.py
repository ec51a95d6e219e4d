"""Where residents report pollution, in the foot and menu of every surface."""

from markupsafe import Markup

from reports.actions import POLLUTION_HOTLINE
from views.text.markup import html
from views.text.words import Words


def dial(number: str, words: str) -> Markup:
    """Words that call a telephone number by a touch."""
    return html('<a href="tel:{}">{}</a>', number, words)


def call(number: str) -> Markup:
    """A telephone number, large, to call by a touch."""
    return html('<div class="value">{}</div>', dial(number, number))


def text(w: Words) -> str:
    """What to do on seeing pollution, with the number: for screens that cannot call."""
    return w("site.hotline", number=POLLUTION_HOTLINE)


def link(w: Words) -> Markup:
    """The same as a link that calls by a touch."""
    return html('<a class="hotline" href="tel:{}">{}</a>', POLLUTION_HOTLINE, text(w))


def short(w: Words) -> Markup:
    """The number alone for a menu; its accessible name is the whole sentence."""
    return html('<a class="hotline" href="tel:{n}" aria-label="{}">{n}</a>', text(w), n=POLLUTION_HOTLINE)
