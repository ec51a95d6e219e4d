"""A resident's district, entry by entry, for every surface."""

from collections.abc import Iterator, Mapping

from markupsafe import Markup
from msgspec import Struct

from reports.district import District
from reports.freshness import Freshness
from store import geo
from views import addresses
from views.text import air as air_words
from views.text import format as fmt
from views.text.markup import html, join
from views.text.words import Words
from views.ui import cards, inline
from views.ui.air import AirReading
from views.ui.frame import Choice
from views.ui.water import SectionState
from views.visit import Visit


class Entry(Struct, frozen=True, weakref=True):
    """What an entry is about, its answer, what belongs to it, its source note, where it leads, the link's text.

    ``theme``: the page of the site it belongs to; ``short``: the answer with its time in few words.
    """

    theme: str
    title: str
    value: str
    short: str
    lines: tuple[str, ...]
    source: Markup
    address: str
    more: str


def names(w: Words) -> Mapping[str, str]:
    """The seven by the names maps write."""
    return {one.area_id: w.of(one.short) for one in geo.districts()}


def choice(chosen: str | None, v: Visit) -> Choice:
    """The seven to choose from in the menu of every page, with the way to the page of the one chosen."""
    w = v.w
    return Choice("district", w("district.choose"), names(w), chosen or "", way(chosen, v) if chosen else Markup())


def way(chosen: str | None, v: Visit) -> Markup:
    """The link to the chosen district's page; to the seven where none is chosen."""
    if chosen is None:
        return inline.link_here(v.address(addresses.light("district")), f"{v.w('district.choose')} ›")
    name = v.w("district.title", name=names(v.w)[chosen])
    return inline.link_here(v.address(addresses.light(f"district/{chosen}")), f"{name} ›")


def here(report: District, w: Words) -> str:
    """What a resident calls it: this district or this county."""
    return w("district.here_county" if report.county else "district.here")


def entries(report: District, fresh: Freshness | None, v: Visit) -> list[Entry]:
    """Air, river, reports of residents, plan, parks. ``fresh``: how old the station's hour is."""
    return list(_entries(report, fresh, v))


def summary(report: District, fresh: Freshness | None, v: Visit) -> str:
    """Air and river in few words."""
    air, river = entries(report, fresh, v)[:2]
    return v.w("district.summary", air=air.short, river=river.short)


def plan(report: District, v: Visit) -> Entry:
    """The plan of action found for the district, or that none was found."""
    return _plan(report, v)


def _entries(report: District, fresh: Freshness | None, v: Visit) -> Iterator[Entry]:
    yield _air(report, fresh, v)
    yield _river(report, v)
    yield _reports(report, v.w)
    yield _plan(report, v)
    yield _parks(report, v)


def _unknown(theme: str, title: str, address: str, more: str, w: Words) -> Entry:
    text = w("site.not_found")
    return Entry(theme, title, text, text, (), Markup(), address, more)


def _air(report: District, fresh: Freshness | None, v: Visit) -> Entry:
    w, near = v.w, report.station
    if near is None:
        return _unknown("air", w("district.air"), v.address(addresses.light("air")), w("lite.more_air"), w)
    where = w("district.inside" if near.inside else "district.outside", here=here(report, w), km=fmt.number(near.km))
    name, address = w.of(near.row.name), v.address(addresses.light(f"station/{near.row.station_id}"))
    title, source = w("district.air_at", name=name), cards.source_note(near.provenance, w)
    if near.hour is None or fresh is None:
        return Entry("air", title, w("district.no_hour"), w("district.no_hour"), (where,), source, address, name)
    reading = AirReading.of_hour(near.hour.hour, w, fresh)
    value = w("district.aqi", aqi=reading.index.number, level=reading.index.level)
    old = () if fresh.current else (w("district.old"),)
    short = w("district.at", value=value, when=reading.when)
    lines, more = (*old, reading.age, where), air_words.station_name(near.hour, w)
    return Entry("air", title, value, short, lines, source, address, more)


def _river(report: District, v: Visit) -> Entry:
    w, near = v.w, report.section
    if near is None:
        return _unknown("water", w("district.river"), v.address(addresses.light("water")), w("lite.more_water"), w)
    state = SectionState.of(near.section, w)
    where = w(
        "district.section_where", river=w.of(near.section.river.name), here=here(report, w), km=fmt.number(near.km)
    )
    lines = tuple(one for one in (" · ".join(one for one in (state.period, state.basis) if one), where) if one)
    title, source = w("district.river_at", name=state.name), cards.source_note(near.provenance, w)
    short = w("district.at", value=state.water_class, when=state.period)
    address = v.address(addresses.light(f"section/{near.section.id}"))
    return Entry("water", title, state.water_class, short, lines, source, address, state.name)


def _reports(report: District, w: Words) -> Entry:
    batch, title = report.batch, w("district.reports")
    address, more = addresses.in_language("/actions", w.lang), w("site.nav.actions")
    if batch is None:
        none = w("found.complaints")
        return Entry("actions", title, w("site.not_found"), none, (none,), Markup(), address, more)
    line = w("district.reports_of", day=fmt.day(batch.day, w), total=batch.total, here=here(report, w))
    value = w("district.reports_n", n=report.reports_n)
    short = w("district.at", value=value, when=fmt.day(batch.day, w))
    return Entry("actions", title, value, short, (line,), cards.source_note(batch.provenance, w), address, more)


def _plan(report: District, v: Visit) -> Entry:
    w, title = v.w, v.w("district.plan")
    if report.plan is None:
        none, sub = w("district.no_plan", here=here(report, w)), w("district.no_plan_sub")
        address = addresses.in_language("/method", w.lang)
        return Entry("actions", title, none, none, (sub,), Markup(), address, w("site.nav.method"))
    tasks = report.plan
    value = w("district.tasks", n=tasks.tasks_n, name=w.of(tasks.plan.short))
    open_ = w("district.tasks_past", n=len(tasks.past_unpublished))
    source, address = cards.source_note(tasks.provenance, w), v.address(addresses.light("tasks"))
    return Entry("actions", title, value, value, (open_,), source, address, w("lite.more_tasks"))


def _parks(report: District, v: Visit) -> Entry:
    w = v.w
    found = [w.of(one.name) for one in report.parks]
    value = w("district.parks_n", n=len(found)) if found else w("district.no_parks", here=here(report, w))
    lines = (w("compare.list_comma").join(found),) if found else ()
    short = "".join(lines) or value
    source = cards.source_note(report.parks_provenance, w)
    address, more = v.address(addresses.light("greening")), w("site.nav.greening")
    return Entry("greening", w("district.parks"), value, short, lines, source, address, more)


# ── a row of the wall ────────────────────────────────────────────────────────────────────────────────────────────────
def row(report: District, name: str, fresh: Freshness | None, w: Words) -> list[cards.Cell]:
    """A district in cells: its name, air, reports of residents, plan, parks; what was not found in grey."""
    parks = w("compare.list_comma").join(w.of(park.name) for park in report.parks)
    return [
        inline.strong(name),
        _air_cell(report, fresh, w),
        w("wall.districts.reports_n", n=report.reports_n) if report.batch else _gap(w("site.not_found")),
        _plan_cell(report, w),
        parks or _gap(w("wall.districts.no_parks")),
    ]


def _gap(text: str) -> Markup:
    return html('<span class="muted">{text}</span>', text=text)


def _air_cell(report: District, fresh: Freshness | None, w: Words) -> Markup:
    """The nearest station's index while it is the air outside; an older one in grey with its hour."""
    near = report.station
    if near is None:
        return _gap(w("site.not_found"))
    where = w("wall.districts.inside" if near.inside else "wall.districts.outside", km=fmt.number(near.km))
    place = html('<span class="muted">{} · {where}</span>', w.of(near.row.name), where=where)
    if near.hour is None or fresh is None:
        return join((_gap(w("district.no_hour")), place), " · ")
    reading = AirReading.of_hour(near.hour.hour, w, fresh)
    if fresh.current and reading.index.known:
        return join((cards.chip(reading.index.text, reading.index.color), place), " ")
    return join((_gap(w("wall.districts.last", aqi=reading.index.number)), place), " · ")


def _plan_cell(report: District, w: Words) -> Markup:
    """How many tasks the plan found for the district has, and how many are past their day without a result."""
    if report.plan is None:
        return _gap(w("wall.districts.no_plan"))
    counts = w("wall.districts.tasks", n=report.plan.tasks_n, past=len(report.plan.past_unpublished))
    return inline.strong(counts) + html('<div class="muted">{}</div>', w.of(report.plan.plan.short))
