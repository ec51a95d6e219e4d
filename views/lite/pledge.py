"""What a visitor of the exhibit promised, kept in the address their phone took home: ``/lite?pledge=bus,sort``."""

from markupsafe import Markup

from views.lite import pieces
from views.text.markup import html, join
from views.text.pledges import MOST_PLEDGES, PLEDGES
from views.text.words import Words


def block(asked: str, w: Words) -> Markup:
    """The pledges named, each with what it means; empty where none is known. Unknown names are passed over."""
    names = [name for name in dict.fromkeys(asked.split(",")) if name in PLEDGES][:MOST_PLEDGES]
    if not names:
        return Markup()
    kept = join(
        html("<li><b>{}</b><br>{}</li>", w(f"exhibit.part.{name}_title"), w(f"exhibit.part.{name}")) for name in names
    )
    return pieces.block(
        w("exhibit.part.card"), html('<ul>{kept}</ul><p class="small">{}</p>', w("exhibit.part.card_foot"), kept=kept)
    )
