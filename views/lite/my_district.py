"""The district chosen before, in one line on top of the first page, with the way to its page."""

from reports import district as districts
from views.lite import frame
from views.lite.frame import Page, Picture, href
from views.ui import district as district_pieces
from views.visit import Visit


def page(v: Visit, area_id: str) -> Page:
    """The line alone, as the body of a page. Raises KeyError where there is no such district."""
    w, report = v.w, districts.district(area_id, v.today)
    name, fresh = w.of(report.area.name), districts.freshness_of(report, v.now)
    summary = district_pieces.summary(report, fresh, v)
    body = frame.body("my_district", v, name=name, summary=summary, address=href(v, f"district/{area_id}"))
    return Page("", "overview", name, summary, body, Picture(name))
