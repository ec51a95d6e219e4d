"""Pieces that look different on wide and on narrow screens."""

from markupsafe import Markup

from views.text.markup import html


def by_width(wide: Markup, narrow: Markup, kind: str = "") -> Markup:
    """One piece in two layouts: the stylesheet shows the one that fits; ``kind``: a class of the wide one."""
    kind = f"if-wide {kind}".rstrip()
    return html(
        '<div class="{kind}">{wide}</div><div class="if-narrow">{narrow}</div>', kind=kind, wide=wide, narrow=narrow
    )
