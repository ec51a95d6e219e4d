"""The visitor's own district, after the river: the seven to choose from, and what is known of the one chosen."""

from collections.abc import Iterable

from markupsafe import Markup
from msgspec import Struct

from reports import provenance
from reports.district import District
from reports.freshness import Freshness
from views.exhibit.pieces import Screen, source_note
from views.templates import render
from views.text.words import Words
from views.ui import district as district_pieces
from views.visit import Visit


class OwnDistrict(Struct, frozen=True, weakref=True):
    """A district: its id, its name on the button, what is known of it (title, answer), where that comes from."""

    id: str
    name: str
    entries: tuple[tuple[str, str], ...]
    source_note: Markup


def screen(known: Iterable[tuple[District, Freshness | None]], v: Visit) -> Screen:
    """One choice of seven, each with how old its station's hour is; nothing of it leaves the screen."""
    w, names = v.w, district_pieces.names(v.w)
    shown = [_own_district(report, fresh, names[report.area.area_id], v) for report, fresh in known]
    stage, body = (render(f"exhibit/{name}", w=w, districts=shown) for name in ("own", "own_body"))
    return Screen("own", w.html("exhibit.own.headline"), w("exhibit.own.lead"), "valley", stage, body)


def _own_district(report: District, fresh: Freshness | None, name: str, v: Visit) -> OwnDistrict:
    entries = tuple((one.title, one.short) for one in district_pieces.entries(report, fresh, v))
    return OwnDistrict(report.area.area_id, name, entries, _sources(report, v.w))


def _sources(report: District, w: Words) -> Markup:
    near = [one.provenance for one in (report.station, report.section) if one]
    plan = [report.plan.provenance] if report.plan else []
    reported = [report.batch.provenance] if report.batch else []
    known = [*near, *reported, *plan, report.parks_provenance]
    return source_note(provenance.merged(known, "published", ""), w)
