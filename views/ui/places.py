"""Places of the city as a map shows them: what stands in their dot, and the panel a touch fills."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup
from msgspec import Struct

from reports import lookup, provenance
from reports.actions import Batch
from reports.air import Stations
from reports.air_now import Now, Station
from reports.provenance import Provenance
from reports.water import River, Section
from views.text import air as air_words
from views.text import format as fmt
from views.text.markup import html, join
from views.text.words import Words
from views.ui import cards, inline
from views.ui.air import AirIndex
from views.ui.water import SectionState


class Place(Struct, frozen=True, weakref=True):
    """A place on the map: its id in the page, its point, its name, the word and lines of its panel, its light page.

    ``inside``: what stands in its dot; ``color``: official, empty where nothing is known; ``full``: known now, else hollow.
    """

    id: str
    name: str
    lon: float
    lat: float
    inside: str
    color: str
    full: bool
    state: str
    lines: tuple[str, ...]
    to: str


class Layer(Struct, frozen=True, weakref=True):
    """What the map shows at a time: its name, its message, its places, the page of the site that says more.

    ``of_districts``: the places are districts, not points.
    """

    key: str
    name: str
    message: str
    places: tuple[Place, ...]
    provenance: Provenance
    page: str
    of_districts: bool = False


def air(stations: Stations, report: Now | None, current: bool, w: Words) -> Layer:
    """Stations of the hour with their index; those in service, hollow, where there is no hour. ``current``: it is no old one."""
    key, name = "air", w("map.air")
    if report is None:
        known = tuple(
            Place(
                row.station_id,
                w.of(row.name),
                row.lon,
                row.lat,
                "",
                "",
                False,
                w("map.no_hour"),
                (),
                f"station/{row.station_id}",
            )
            for row in stations.active
        )
        return Layer(key, name, w("map.air_unknown", n=len(known)), known, stations.provenance, "air")
    placed = [one for one in report.stations if one.lon is not None and one.lat is not None]
    places = tuple(_station(one, current, w) for one in placed)
    found = "air_now" if current else "air_past"
    return Layer(
        key,
        name,
        w(f"map.{found}", n=len(places), time=fmt.hour(report.city.at, w)),
        places,
        report.city.provenance,
        "air",
    )


def air_and_river(stations: Stations, report: Now | None, network: River, w: Words, *, current: bool) -> Layer:
    """Both on one map: stations with their index, and the sections of which a class is known with its numeral."""
    above, below = air(stations, report, current, w), river(network, w)
    known = tuple(one for one in below.places if one.inside)
    unknown = len(network.sections) - len(known)
    message = fmt.sentences(w, above.message, w("map.sections", known=len(known), unknown=unknown))
    merged = provenance.merged((above.provenance, below.provenance), above.provenance.kind, above.provenance.period)
    return Layer("both", w("map.both"), message, (*above.places, *known), merged, "")


def _station(one: Station, current: bool, w: Words) -> Place:
    index = AirIndex.of(one.hour.aqi, one.hour.level, w)
    primary = air_words.primary(one.hour, w)
    return Place(
        one.station_id,
        air_words.station_name(one, w),
        one.lon or 0,
        one.lat or 0,
        str(one.hour.aqi or ""),
        index.color,
        current and index.known,
        index.text,
        (fmt.hour(one.hour.at, w), primary),
        f"station/{one.station_id}",
    )


def river(report: River, w: Words) -> Layer:
    """Sections with the class last known of each, hollow where it is older than a year, small where none is known."""
    sections = sorted(
        (one for one in report.sections if one.point), key=lambda one: (one.latest is None, not one.fresh)
    )
    places = tuple(_section(one, w) for one in sections)
    known = sum(one.latest is not None for one in sections)
    return Layer(
        "river", w("map.river"), w("map.river_message", n=len(places), known=known), places, report.provenance, "water"
    )


def _section(section: Section, w: Words) -> Place:
    state, (lon, lat) = SectionState.of(section, w), section.point or (0.0, 0.0)
    lines = (w.of(section.river.name), " · ".join(one for one in (state.period, state.basis) if one), state.aim)
    return Place(
        section.id, state.name, lon, lat, state.numeral, state.color, section.fresh, state.water_class,
        tuple(one for one in lines if one), f"section/{section.id}",
    )  # fmt: skip


def reports_of_residents(batch: Batch, w: Words) -> Layer:
    """Residents' reports of one day by district."""
    day, areas = fmt.day(batch.day, w), lookup.areas()
    places = tuple(
        Place(
            one.row.area_id,
            w.of(areas[one.row.area_id].name),
            0,
            0,
            str(one.n),
            "",
            True,
            w("actions.reports", n=one.n),
            (w("map.of_day", day=day),),
            "",
        )
        for one in batch.by_district
        if one.row.area_id
    )
    message = w("map.actions_message", day=day, n=batch.total)
    return Layer("actions", w("map.actions"), message, places, batch.provenance, "actions", of_districts=True)


def anchor(layer: Layer, place: Place) -> str:
    """The id under which a place's panel is reached."""
    return f"{layer.key}-{place.id}"


def panels(layer: Layer, pages: Mapping[str, str], w: Words, *, at_home: bool = False) -> Markup:
    """What is known of the place whose dot was touched, with its page; until then what the map shows.

    ``at_home``: on the layer's own page, which needs no link to itself.
    """
    page = Markup() if at_home else inline.link_here(f"/{layer.page}", w(f"site.nav.{layer.page}"))
    hint = html(
        '<div class="panel hint">{} <span class="muted">{}</span> {page}</div>',
        layer.message,
        w("map.touch"),
        page=page,
    )
    return html(
        '{names}<div class="panels" aria-live="polite">{}{hint}</div>',
        join(_panel(layer, one, pages[one.id], w) for one in layer.places),
        hint=hint,
        names=by_name(layer, {one.id: f"#{anchor(layer, one)}" for one in layer.places}, w),
    )


def by_name(layer: Layer, links: Mapping[str, str], w: Words) -> Markup:
    """Every place by its name, which leads where its dot does: where dots lie close, a fingertip needs more room."""
    names = join(html('<a href="{}" target="_self">{}</a>', links[one.id], one.name) for one in layer.places)
    return html('<nav class="by-name" aria-label="{}">{}</nav>', w("map.by_name", layer=layer.name), names)


def _panel(layer: Layer, place: Place, page: str, w: Words) -> Markup:
    state = cards.chip(place.state, place.color) if place.color and place.full else inline.strong(place.state)
    more = inline.link_here(page, w("map.more"))
    return html(
        '<span class="at" id="{}"></span><div class="panel"><strong>{}</strong> {state} '
        '<span class="muted small">{}</span> {more}</div>',
        anchor(layer, place),
        place.name,
        " · ".join(place.lines),
        state=state,
        more=more,
    )


def switch(
    layers: Sequence[tuple[Layer, Markup, Mapping[str, str]]], w: Words, under: Mapping[str, Markup] | None = None
) -> Markup:
    """Layers, each with its drawing and the pages of its places, of which one is seen.

    Each opens at a touch and closes the others, without a script. ``under``: what stands below a layer, by its key.
    """
    parts = [
        html(
            '<details name="city-map"{opened}><summary>{}</summary>{drawing}{}{}{}</details>',
            layer.name,
            panels(layer, pages, w),
            cards.source_note(layer.provenance, w),
            (under or {}).get(layer.key, ""),
            drawing=drawing,
            opened=Markup(" open") if n == 0 else Markup(),
        )
        for n, (layer, drawing, pages) in enumerate(layers)
    ]
    return html('<div class="city-map">{}</div>', join(parts))
