"""How a drawing is downloaded: links under it, to pictures, to the table behind it, and to how it is cited."""

from markupsafe import Markup

from reports.provenance import Provenance
from views import addresses
from views.text import format as fmt
from views.text.markup import html, join
from views.text.words import Words
from views.ui import cards, inline
from views.visit import Visit, canonical

FORMS = {"png": "PNG", "svg": "SVG", "csv": "CSV", "xlsx": "Excel"}


def links(chart: str, w: Words) -> Markup:
    """A line of links; not printed. They are the same for every visitor of a language."""
    each = [_link(addresses.chart(chart, form), name, w) for form, name in FORMS.items()]
    cite = _link(addresses.chart(chart), w("data.cite"), w)
    return html('<p class="downloads">{} {} {}</p>', w("data.download"), join(each, " "), cite)


def _link(address: str, text: str, w: Words) -> Markup:
    return inline.link(canonical(address, w), text)


def citation(title: str, period: str, known: Provenance, v: Visit, address: str) -> str:
    """How something is cited: site, title, period (today where it has none), sources, the day it was downloaded, its address."""
    w, today = v.w, fmt.day(v.today, v.w)
    sources = cards.separator(w).join(dict.fromkeys(cards.source_name(source, w) for source in known.sources))
    return w(
        "data.citation",
        site=w("site.name"),
        title=title,
        period=period or today,
        sources=sources,
        day=today,
        address=address,
    )
