"""What stands on a sheet of paper, as text: the page, the PDF and the Word file lay out the same."""

from markupsafe import Markup
from msgspec import Struct

from reports import provenance
from reports.provenance import Provenance
from views.text.words import Words
from views.ui import cards


class Table(Struct, frozen=True, weakref=True):
    """A table of texts; ``numeric``: the columns set to the right, ``widths``: of the columns, as shares of the whole."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...]
    widths: tuple[float, ...]


class Part(Struct, frozen=True, weakref=True):
    """A part under its title: a table, a drawing (SVG, empty for none), sentences."""

    title: str
    lines: tuple[str, ...] = ()
    table: Table | None = None
    picture: Markup = Markup()


class Sheet(Struct, frozen=True, weakref=True):
    """A sheet in one language. ``name``: of its file; ``made``: of which day it is and where it is found."""

    lang: str
    name: str
    site: str
    title: str
    sub: str
    headline: str
    parts: tuple[Part, ...]
    sources_title: str
    sources: str
    made: str


def sources(basis: Provenance, w: Words) -> str:
    """Every document by title and issuer's short name, each once, in one line."""
    merged = provenance.merged([basis], "published", "").sources
    names = [w("brief.source", title=cards.source_parts(one, w)[0], name=cards.source_name(one, w)) for one in merged]
    return w("brief.semicolon").join(dict.fromkeys(names))
