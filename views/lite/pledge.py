"""What a visitor of the exhibit promised, in the address their phone took home: ``/lite?pledge=bus,sort``."""

from markupsafe import Markup

from views.lite import frame
from views.text.pledges import MOST_PLEDGES, PLEDGES
from views.visit import Visit


def block(pledges: str, v: Visit) -> Markup:
    """The pledges named, each with what it means; empty where none is known. Unknown names are passed over."""
    names = [name for name in dict.fromkeys(pledges.split(",")) if name in PLEDGES][:MOST_PLEDGES]
    return frame.body("pledge", v, names=names) if names else Markup()
