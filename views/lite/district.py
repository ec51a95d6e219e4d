"""One of the seven districts: the nearest station and section, residents' reports, what is planned, parks."""

from reports import district as districts
from views.lite import frame
from views.lite.frame import NotThereError, Page, Picture
from views.ui import district as district_pieces
from views.visit import DISTRICTS, Visit


def page(v: Visit, area_id: str) -> Page:
    """A district's page. Raises NotThereError where it is none of the seven."""
    if area_id not in DISTRICTS:
        raise NotThereError(area_id)
    w, report = v.w, districts.district(area_id, v.today)
    fresh = districts.freshness_of(report, v.now)
    name = w.of(report.area.name)
    title = w("district.title", name=name)
    body = frame.body("district", v, name=title, entries=district_pieces.entries(report, fresh, v))
    return Page(
        f"district/{area_id}", "overview", title, district_pieces.summary(report, fresh, v), body, Picture(name)
    )
