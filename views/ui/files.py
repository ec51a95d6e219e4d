"""Ways to files: the newest monthly brief, a year's account as page, PDF and Excel."""

from markupsafe import Markup

from views import addresses
from views.text.markup import html
from views.ui import inline
from views.visit import Visit


def brief(v: Visit) -> Markup:
    """The way to the newest month's brief."""
    return inline.paragraph(inline.link(v.address(addresses.BRIEF), v.w("brief.link")), "small")


def account(year: str | None, v: Visit) -> Markup:
    """The ways to a year's account; empty where there is none."""
    if year is None:
        return Markup()
    pdf, excel = (addresses.in_language(addresses.account(year, kind), v.w.lang) for kind in ("pdf", "xlsx"))
    links = html(
        "{} · {} · {}",
        inline.link(v.address(addresses.account(year)), v.w("account.link", year=year)),
        inline.link(pdf, "PDF"),
        inline.link(excel, "Excel"),
    )
    return inline.paragraph(links, "small")
