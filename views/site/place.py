"""What the air means for me: the answer for each group, at the place I choose or the station nearest to me."""

import streamlit as st
from markupsafe import Markup

from reports.advice import AtPlace
from reports.air_now import Now, Station
from reports.district import District
from reports.provenance import Provenance
from store.city import CITY
from views.site import page
from views.text import air as air_words
from views.text.words import Words
from views.ui import advice as advice_pieces
from views.ui import air as air_pieces
from views.ui import cards
from views.ui import frame as page_frame
from views.ui.air import AirReading
from views.visit import Visit


def without_hour(v: Visit, rule: Provenance) -> None:
    """What each level calls for, where no hour is the air outside; ``rule``: where it is written."""
    page.section(v.w("place.title"))
    page.show(page_frame.note(v.w("lite.too_old")) + advice_pieces.by_level(rule, v.w), theme="air")


def choose(v: Visit, report: Now, own: District | None) -> Station | None:
    """The block's title; then the station chosen in the list, None: the whole city.

    It begins with the one the browser found (``?station=``), else the one nearest to ``own``, the visitor's district.
    """
    w = v.w
    page.section(w("place.title"), w("place.sub"))
    stations = {one.station_id: one for one in report.stations if one.hour.aqi is not None}
    if not stations:
        return None
    near = own.station.row.station_id if own and own.station else None
    requested = st.query_params.get("station") or near
    options = [CITY, *stations]
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    with left:
        chosen = st.selectbox(
            w("place.choose"),
            options,
            index=options.index(requested) if requested in stations else 0,
            format_func=lambda code: _label(stations.get(code), w),
            key=f"place-{requested or CITY}",
        )
    with right:
        page.show(advice_pieces.nearest(list(stations.values()), w), theme="air")
    if own and requested == near and near in stations:
        page.show(cards.line(w("district.preselected", name=w.of(own.area.name)), "muted small"), theme="air")
    return stations.get(chosen)


def for_me(v: Visit, report: AtPlace) -> None:
    """The answer for each group by the air of the city, whose index stands above, or of a station with its own."""
    w, reading = v.w, AirReading.of_hour(report.hour, v.w, report.freshness)
    where = air_words.station_name(report.station, w) if report.station else w("place.city")
    body = air_pieces.index_row(reading.index, reading.primary, large=False) if report.station else Markup()
    body += advice_pieces.groups(report.answers[1:], w, why=True) + cards.line(w("lite.ours"), "muted small")
    title = w("place.hour", where=where, time=reading.when)
    page.show(cards.card(title, body, foot=cards.source_note(reading.provenance, w)), theme="air")


def _label(station: Station | None, w: Words) -> str:
    """A station with its district, the city as such."""
    return w("place.city") if station is None else air_words.station_in_district(station, w)
