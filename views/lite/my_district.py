"""The district chosen before, in one line on top of the first page, with the way to its page."""

from reports import district as reports
from views.lite import frame
from views.lite.frame import Page, Picture, href
from views.ui import district as pieces
from views.visit import Visit


def page(v: Visit, area_id: str) -> Page:
    """The line alone, as the body of a page. Raises KeyError where there is no such district."""
    w, report = v.w, reports.district(area_id, v.today)
    name, summary = w.of(report.area.name), pieces.summary(report, v)
    body = frame.body("my_district", w, name=name, summary=summary, address=href(w, f"district/{area_id}"))
    return Page("", "overview", name, summary, body, Picture(name))
