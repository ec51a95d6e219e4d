"""What a visitor of the exhibit promised, kept in the address their phone took home: ``/lite?pledge=bus,sort``."""

from html import escape

from views.exhibit.part import MOST_PLEDGES, PLEDGES
from views.lite import pieces
from views.words import Words


def block(asked: str, w: Words) -> str:
    """The pledges named, each with what it means; empty where none is known. Unknown names are passed over."""
    names = [name for name in dict.fromkeys(asked.split(",")) if name in PLEDGES][:MOST_PLEDGES]
    if not names:
        return ""
    kept = "".join(
        f"<li><b>{escape(w(f'exhibit.part.{name}_title'))}</b><br>{escape(w(f'exhibit.part.{name}'))}</li>"
        for name in names
    )
    return pieces.block(
        w("exhibit.part.card"), f'<ul>{kept}</ul><p class="small">{escape(w("exhibit.part.card_foot"))}</p>'
    )
