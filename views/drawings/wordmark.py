"""The site's name as a small picture, a line of sky and a line of river under it."""

from markupsafe import Markup

from views.text.markup import html
from views.tokens import SANS, tokens

HAN_PX, LATIN_PX = 18, 9.6  # width of a letter at the picture's type size


def wordmark(name: str, dark: bool) -> Markup:
    """The name in a theme's colours."""
    wide = round(sum(HAN_PX if ord(letter) > 255 else LATIN_PX for letter in name)) + 4
    c, half = tokens(dark), wide // 2
    return html(
        '<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="27" viewBox="0 0 {wide} 27">'
        '<text x="0" y="18" font-size="18" font-weight="700" fill="{ink}" font-family="{font}" '
        'textLength="{}">{name}</text>'
        '<path d="M0 24.5h{}" stroke="{sky}" stroke-width="2"/>'
        '<path d="M{} 24.5h{}" stroke="{river}" stroke-width="2"/></svg>',
        wide - 4,
        half - 4,
        half,
        half - 4,
        wide=wide,
        font=SANS,
        name=name,
        ink=c.ink,
        sky=c.sky,
        river=c.river,
    )
