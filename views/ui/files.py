"""Ways to files: the newest monthly brief, a year's account as page, PDF and Excel."""

from markupsafe import Markup

from views import addresses
from views.text.markup import html
from views.text.words import Words
from views.ui import inline


def brief(w: Words) -> Markup:
    """The way to the newest month's brief."""
    return inline.paragraph(inline.link(f"{addresses.BRIEF}?lang={w.lang}", w("brief.link")), "small")


def account(year: str | None, w: Words) -> Markup:
    """The ways to a year's account; empty where there is none."""
    if year is None:
        return Markup()
    page = f"{addresses.account(year)}?lang={w.lang}"
    pdf, excel = (f"{addresses.account(year, kind)}?lang={w.lang}" for kind in ("pdf", "xlsx"))
    links = html(
        "{} · {} · {}",
        inline.link(page, w("account.link", year=year)),
        inline.link(pdf, "PDF"),
        inline.link(excel, "Excel"),
    )
    return inline.paragraph(links, "small")
