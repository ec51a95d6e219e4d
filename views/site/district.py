"""The visitor's own district on the pages of the site: seven to choose from, the choice is remembered by its address."""

from collections.abc import Sequence

from markupsafe import Markup

from reports.district import District
from reports.freshness import Freshness
from store.records import Area
from views.addresses import in_language
from views.site import page
from views.text.markup import join
from views.ui import cards, inline
from views.ui import district as district_pieces
from views.ui.district import Entry
from views.visit import Visit


def show(v: Visit, areas: tuple[Area, ...], report: District | None, fresh: Freshness | None) -> None:
    """The seven as links; folded below them what is known of the one chosen."""
    w = v.w
    links = join(
        (inline.link_here(in_language(f"?district={one.area_id}", w.lang), w.of(one.name)) for one in areas), " · "
    )
    body = inline.paragraph(links)
    if report is None:
        page.show(cards.folded(w("district.choose"), cards.line(w("district.choose_sub"), "muted small") + body))
        return
    title = _title(report, fresh, v)
    page.show(
        cards.folded(
            title, body + cards.grid((_card(one) for one in district_pieces.entries(report, fresh, v)), "three")
        )
    )


def line(v: Visit, report: District, theme: str) -> None:
    """What belongs to a page of the site, in one line below its answer."""
    _line(v, report, [one for one in district_pieces.entries(report, None, v) if one.theme == theme], theme)


def plan(v: Visit, report: District, theme: str) -> None:
    """The plan of action found for the district, or that none was found, in one line below a page's answer."""
    _line(v, report, [district_pieces.plan(report, v)], theme)


def _line(v: Visit, report: District, found: Sequence[Entry], theme: str) -> None:
    w = v.w
    texts = (inline.link(one.address, w("district.entry", title=one.title, text=one.short)) for one in found)
    name = inline.strong(district_pieces.names(w)[report.area.area_id])
    text = w.html("district.lead", name=name, text=join(texts, w("district.list")))
    page.show(inline.paragraph(text) + join(one.source for one in found), theme=theme)


def _title(report: District, fresh: Freshness | None, v: Visit) -> str:
    """The district's name with its air and river in few words."""
    w = v.w
    name = w("district.title", name=w.of(report.area.name))
    return w("district.folded", name=name, summary=district_pieces.summary(report, fresh, v))


def _card(one: Entry) -> Markup:
    body = inline.paragraph(one.value, "verdict") + inline.lines(one.lines)
    return cards.card(one.title, body + inline.paragraph(inline.link(one.address, f"{one.more} ›")), foot=one.source)
