"""How a drawing is taken along: links under it, to pictures, to the table behind it, and to how it is cited."""

from markupsafe import Markup

from views import addresses
from views.text.markup import html, join
from views.text.words import LANGUAGES, Words

FORMS = {"png": "PNG", "svg": "SVG", "csv": "CSV", "xlsx": "Excel"}


def links(chart: str, w: Words) -> Markup:
    """A line of links; not printed. They are the same for every visitor of a language."""
    each = [_link(addresses.chart(chart, form), name, w) for form, name in FORMS.items()]
    cite = _link(addresses.chart(chart), w("data.cite"), w)
    return html('<p class="take">{} {} {}</p>', w("data.take"), join(each, " "), cite)


def _link(address: str, text: str, w: Words) -> Markup:
    tail = "" if w.lang == LANGUAGES[0] else f"?lang={w.lang}"
    return html('<a href="{}{}">{}</a>', address, tail, text)
