"""The seven districts row by row: air, residents' reports, tasks, parks; what was not found is named."""

from reports import district as districts
from reports import provenance
from reports.found import NothingFoundError
from views.text import format as fmt
from views.ui import cards
from views.ui import district as district_pieces
from views.visit import Visit
from views.wall.pieces import Scene, foot

COLUMNS = ("district", "air", "reports", "tasks", "parks")


def scene(v: Visit) -> Scene:
    """A row a district; in the headline how many have a station of their own and a plan that was found."""
    w, names = v.w, district_pieces.names(v.w)
    shown = [districts.district(area.area_id, v.today) for area in districts.districts()]
    if not shown:
        raise NothingFoundError("districts")
    batch = shown[0].batch
    hours = [one.station.hour.hour.at for one in shown if one.station and one.station.hour]
    when = w("wall.districts.of_hour", when=fmt.hour(max(hours), w, v.now)) if hours else ""
    header = [w(f"wall.districts.col_{name}", when=when) for name in COLUMNS]
    rows = [district_pieces.row(one, names[one.area.area_id], districts.freshness_of(one, v.now), w) for one in shown]
    counted = {
        "n": len(shown),
        "stations": sum(bool(one.station and one.station.inside) for one in shown),
        "plans": sum(one.plan is not None for one in shown),
    }
    sources = [one.station.provenance for one in shown if one.station]
    sources += [batch.provenance] if batch else []
    sources += [*(one.plan.provenance for one in shown if one.plan), shown[0].parks_provenance]
    remark = w("found.complaints")
    if batch:
        remark = w("wall.districts.reports", day=fmt.day(batch.day, w), total=batch.total)
    under = foot(remark, provenance.merged(sources, "published", ""), w)
    headline = w.html("wall.districts.headline", **counted)
    return Scene(headline, w("wall.districts.sub"), cards.table(header, rows, kind="districts"), (under,))
