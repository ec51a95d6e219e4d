"""The seven districts to choose from: the one opened is remembered."""

from reports import district as districts
from views.lite import frame
from views.lite.frame import Page, Picture, href
from views.visit import Visit


def page(v: Visit) -> Page:
    """A link for each."""
    w = v.w
    links = [(w.of(one.name), href(v, f"district/{one.area_id}", keep="1")) for one in districts.districts()]
    title, sub = w("district.choose"), w("district.choose_sub")
    body = frame.body("districts", v, title=title, sub=sub, links=links)
    return Page("district", "overview", title, sub, body, Picture(title))
