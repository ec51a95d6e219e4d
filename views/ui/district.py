"""A resident's district, entry by entry, for every surface."""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from reports.district import District
from reports.freshness import Freshness
from views import addresses
from views.text import air as air_words
from views.text import format as fmt
from views.text.words import LANGUAGES, Words
from views.ui import cards
from views.ui.air import AirReading
from views.ui.water import SectionState


@dataclass(frozen=True)
class Entry:
    """What an entry is about, its answer, what belongs to it, its source note, where it leads, the link's text.

    ``short``: the answer with its time in few words.
    """

    title: str
    value: str
    short: str
    lines: tuple[str, ...]
    source: Markup
    address: str
    more: str


def entries(report: District, fresh: Freshness | None, w: Words) -> list[Entry]:
    """Air, river, reports of residents, plan, parks. ``fresh``: how old the station's hour is."""
    return list(_entries(report, fresh, w))


def summary(report: District, fresh: Freshness | None, w: Words) -> str:
    """Air and river in few words."""
    air, river = entries(report, fresh, w)[:2]
    return w("district.summary", air=air.short, river=river.short)


def _entries(report: District, fresh: Freshness | None, w: Words) -> Iterator[Entry]:
    yield _air(report, fresh, w)
    yield _river(report, w)
    yield _reports(report, w)
    yield _plan(report, w)
    yield _parks(report, w)


def _light(path: str, w: Words) -> str:
    return f"{addresses.LIGHT}/{path}" + ("" if w.lang == LANGUAGES[0] else f"?lang={w.lang}")


def _unknown(title: str, address: str, more: str, w: Words) -> Entry:
    text = w("site.not_found")
    return Entry(title, text, text, (), Markup(), address, more)


def _air(report: District, fresh: Freshness | None, w: Words) -> Entry:
    near = report.station
    if near is None:
        return Entry(
            w("district.air"),
            w("site.not_found"),
            w("site.not_found"),
            (),
            Markup(),
            _light("air", w),
            w("lite.more_air"),
        )
    where = w("district.inside" if near.inside else "district.outside", km=fmt.number(near.km))
    name, address = w.of(near.row.name), _light(f"station/{near.row.station_id}", w)
    title, source = w("district.air_at", name=name), cards.source_note(near.provenance, w)
    if near.hour is None or fresh is None:
        return Entry(title, w("district.no_hour"), w("district.no_hour"), (where,), source, address, name)
    reading = AirReading.of_hour(near.hour.hour, w, fresh)
    value = w("district.aqi", aqi=reading.index.number, level=reading.index.level)
    old = () if fresh.current else (w("district.old"),)
    short = w("district.at", value=value, when=reading.when)
    return Entry(title, value, short, (*old, reading.age, where), source, address, air_words.station_name(near.hour, w))


def _river(report: District, w: Words) -> Entry:
    near = report.section
    if near is None:
        return Entry(
            w("district.river"),
            w("site.not_found"),
            w("site.not_found"),
            (),
            Markup(),
            _light("water", w),
            w("lite.more_water"),
        )
    state = SectionState.of(near.section, w)
    where = w("district.section_where", river=w.of(near.section.river.name), km=fmt.number(near.km))
    lines = tuple(one for one in (" · ".join(one for one in (state.period, state.basis) if one), where) if one)
    title, source = w("district.river_at", name=state.name), cards.source_note(near.provenance, w)
    short = w("district.at", value=state.water_class, when=state.period)
    return Entry(title, state.water_class, short, lines, source, _light(f"section/{near.section.id}", w), state.name)


def _reports(report: District, w: Words) -> Entry:
    batch = report.batch
    line = w("district.reports_of", day=fmt.day(batch.day, w), total=batch.total)
    value, more = w("district.reports_n", n=report.reports_n), w("site.nav.actions")
    return Entry(
        w("district.reports"), value, value, (line,), cards.source_note(batch.provenance, w), _site("actions", w), more
    )


def _plan(report: District, w: Words) -> Entry:
    if report.plan is None:
        return Entry(
            w("district.plan"), w("district.no_plan"), w("district.no_plan"), (w("district.no_plan_sub"),), Markup(),
            _site("method", w), w("site.nav.method"),
        )  # fmt: skip
    tasks = report.plan
    value = w("district.tasks", n=tasks.tasks_n, name=w.of(tasks.plan.short))
    open_ = w("district.tasks_past", n=len(tasks.past_unpublished))
    return Entry(
        w("district.plan"),
        value,
        value,
        (open_,),
        cards.source_note(tasks.provenance, w),
        _light("tasks", w),
        w("lite.more_tasks"),
    )


def _parks(report: District, w: Words) -> Entry:
    names = [w.of(one.name) for one in report.parks]
    value = w("district.parks_n", n=len(names)) if names else w("district.no_parks")
    lines = (w("compare.list_comma").join(names),) if names else ()
    source = cards.source_note(report.parks_provenance, w)
    return Entry(w("district.parks"), value, value, lines, source, _light("greening", w), w("site.nav.greening"))


def _site(page: str, w: Words) -> str:
    return f"/{page}?lang={w.lang}"
