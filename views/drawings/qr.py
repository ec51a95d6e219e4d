"""Codes that lead from a screen to the same view on a phone."""

import segno
from markupsafe import Markup

from views import addresses
from views.cached import cached_rendering
from views.text.markup import html
from views.tokens import LIGHT


def reachable() -> bool:
    """Whether the operator named the address under which phones find this site."""
    return bool(addresses.public_site())


def public(path: str, lang: str) -> str:
    """A path of this site under its public address, in a language."""
    return addresses.in_language(addresses.public_site() + path, lang)


def code(path: str, lang: str, *, title: str, size: int) -> Markup:
    """The code to a path of this site; empty where the operator named no address that phones can reach."""
    return svg(public(path, lang), title=title, size=size) if reachable() else Markup()


@cached_rendering
def svg(text: str, *, title: str, size: int) -> Markup:
    """The text as a QR code, ``size`` px wide; ``title``: its name for screen readers."""
    drawn = segno.make(text, micro=False, error="m").svg_inline(
        omitsize=True, dark=LIGHT.ink, light=LIGHT.card, border=3
    )
    return html(
        '<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{title}" '
        'width="{size}" height="{size}">{drawn}</svg>',
        title=title,
        size=size,
        drawn=Markup(drawn),
    )
