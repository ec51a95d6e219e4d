"""One drawing with what belongs to it: how it is cited, its files, what another site puts into its page."""

from collections.abc import Iterable
from functools import partial

from views import addresses
from views.addresses import EMBED
from views.lite import datasets, frame
from views.lite.frame import Page, Picture
from views.templates import render
from views.ui import inline
from views.ui.download import links
from views.ui.rows import block
from views.visit import Visit, canonical

HEIGHT = 640  # of the frame, CSS pixels
MARKS = ("air", "water", "waste", "greening", "goals")  # pages of the menu


def path(chart: str) -> str:
    """The path of a drawing's page."""
    return addresses.chart(chart)


def page(
    chart: str, of_page: str, title: str, sub: str, about: Iterable[tuple[str, str]], period: str, v: Visit, base: str
) -> Page:
    """A drawing's page. ``about``: what is to be known of it, the last entry how it is cited; ``base``: the site's address."""
    w, lines = v.w, list(about)
    cited = lines.pop()
    here = partial(addresses.with_query, lang=w.lang, theme=v.theme)
    body = frame.body(
        "chart",
        v,
        title=title,
        picture=here(addresses.chart(chart, "svg")),
        links=links(chart, w),
        cite=block(cited[0], inline.file(cited[1], w.html_lang) + inline.below(base + canonical(path(chart), w))),
        embed=block(
            w("data.embed"), inline.file(frame_code(here(f"{base}{EMBED}/{chart}"), title, HEIGHT)), w("data.embed_sub")
        ),
        about=[(name, text) for name, text in lines[1:]],
        back=addresses.in_language(f"/{of_page}", w.lang),
        name=w(f"site.nav.{of_page}"),
    )
    described = datasets.drawing(title, sub or title, base, chart, period, w)
    menu = of_page if of_page in MARKS else "overview"
    picture = Picture(title)
    image = addresses.in_language(addresses.chart(chart, "png"), w.lang)
    return Page(path(chart), menu, title, sub or title, body, picture, of_page, dataset=described, image=image)


def frame_code(address: str, title: str, height: int) -> str:
    """What another site puts into its page to show what stands at an address: a text to be copied, no markup here."""
    return str(render("lite/frame_code", address=address, title=title, height=height))
