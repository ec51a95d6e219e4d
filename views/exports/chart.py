"""What a drawing to be downloaded is, and how it is got from the page it stands on."""

from collections.abc import Callable

from msgspec import Struct

from views.site import sheet
from views.site.sheet import Download
from views.visit import Visit

Draw = Callable[[Visit], None]


class NothingKnownError(LookupError):
    """Nothing of a drawing is known at the moment."""


class Chart(Struct, frozen=True, weakref=True):
    """A drawing by its id: the page and tab where it stands, and the block that draws it (perhaps among others)."""

    id: str
    page: str
    tab: str
    draw: Draw


def of(page: str, tab: str, draw: Draw, *ids: str) -> list[Chart]:
    """The drawings of one block."""
    return [Chart(one, page, tab, draw) for one in ids]


def download_of(one: Chart, v: Visit) -> Download:
    """The drawing as it is now. Raises NothingKnownError where the block draws none."""
    found = sheet.collected(lambda: one.draw(v))
    drawn = next((drawn for drawn in found if drawn.id == one.id), None)
    if drawn is None:
        raise NothingKnownError(one.id)
    return drawn
