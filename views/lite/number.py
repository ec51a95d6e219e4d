"""One number with what belongs to it: of when, by which statistic, its sources, how it is cited and shown elsewhere."""

from markupsafe import Markup

from views import addresses
from views.lite import frame
from views.lite.chart import frame_code
from views.lite.frame import Page, Picture, href
from views.text.words import Words
from views.ui import cards, inline
from views.ui import number as numbers
from views.ui.number import Number
from views.ui.rows import block, rows
from views.visit import Visit, canonical

EXAMPLE = "good_day_share_pct"
HEIGHT = 320  # of the frame, CSS pixels


def page(name: str, number: Number, v: Visit, base: str) -> Page:
    """A number's page. ``base``: the site's address."""
    w, path = v.w, addresses.number(name)
    address = addresses.with_query(base + addresses.embedded_number(name), lang=w.lang, theme=v.theme)
    cited, code = numbers.citation(number, v, base + canonical(path, w)), frame_code(address, number.name, HEIGHT)
    found = number.provenance is not None
    body = frame.body(
        "number",
        v,
        number=number,
        source=cards.source_note(number.provenance, w) if number.provenance else "",
        cite=block(w("data.cite"), inline.file(cited, w.html_lang)) if found else "",
        embed=block(w("data.embed"), inline.file(code), w("number.embed_sub")) if found else "",
    )
    description = " · ".join(part for part in (number.text, number.when, number.remark) if part)
    menu = number.page.removeprefix(f"{addresses.LIGHT}/")
    menu = menu if menu in addresses.LIGHT_PAGES else "goals"
    return Page(path, menu, number.name, description, body, Picture(number.text, lines=(number.name, number.when)))


def way(name: str, v: Visit) -> tuple[str, str]:
    """The address of a number's page and the words that lead there."""
    return href(v, addresses.number(name)), v.w("number.way")


def how(w: Words) -> Markup:
    """What addresses other sites show a number by, with the two of the latest reading and a number of an indicator to try."""
    names = {"air": numbers.AQI, "river": numbers.RIVER, "choices": "lang=, theme="}
    lead = inline.paragraph(w("number.how", address=addresses.embedded_number("{name}"), **names))
    tried = (addresses.in_language(addresses.embedded_number(name), w.lang) for name in (*numbers.LIVE, EXAMPLE))
    return block(w("number.title"), lead + rows(inline.link(one, one) for one in tried))
