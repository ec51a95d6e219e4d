"""What the air means for me: the answer for each group, at the place I choose or the station nearest to me."""

import streamlit as st
from markupsafe import Markup

from reports import advice, air, air_now, freshness, lookup
from reports.air_now import Hour, Now, Station
from store.city import CITY
from views.site import page
from views.text import air as words
from views.text import format as fmt
from views.text.air import station_name as name
from views.text.markup import html
from views.text.words import Words
from views.ui import advice as advice_pieces
from views.ui import air as air_pieces
from views.ui import cards
from views.visit import Visit


def for_me(v: Visit) -> None:
    """The answer for each group by the air of the city or of a station, while it is the air outside.

    Without such an hour: what each level asks for.
    """
    w, report = v.w, air_now.now()
    if report is None or report.city.level is None or not _outside(report.city, v):
        page.section(w("place.title"))
        old = html('<p class="note">{}</p>', w("lite.too_old"))
        page.show(old + advice_pieces.by_level(advice.now(), w), theme="air")
        return
    page.section(w("place.title"), w("place.sub"))
    chosen = _choose(report, w)
    hour = chosen.hour if chosen else report.city
    if hour.level is None or hour.aqi is None or not _outside(hour, v):
        hour, chosen = report.city, None
    level = air.categories()[(hour.level or 1) - 1]
    where = name(chosen, w) if chosen else w("place.city")
    title = w("place.hour", where=where, time=fmt.hour(hour.at, w))
    body = air_pieces.index(hour.aqi, level, w, words.primary(hour, w), large=False)
    answers = advice.answers(level.level, hour.above_100, hour.standard)[1:]
    body += advice_pieces.groups(answers, w, why=True) + cards.line(w("lite.ours"), "muted small")
    page.show(cards.card(title, body, foot=cards.source_note(hour.provenance, w)), theme="air")


def _outside(hour: Hour, v: Visit) -> bool:
    return freshness.outside_now(hour.at, hour.provenance.kind, v.now)


def _choose(report: Now, w: Words) -> Station | None:
    """The station chosen in the list or by the browser's position (``?station=``); None: the whole city."""
    stations = {one.station_id: one for one in report.stations if one.hour.aqi is not None}
    if not stations:
        return None
    asked = st.query_params.get("station")
    options = [CITY, *stations]
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    with left:
        chosen = st.selectbox(
            w("place.choose"),
            options,
            index=options.index(asked) if asked in stations else 0,
            format_func=lambda code: _label(stations.get(code), w),
            key=f"place-{asked or CITY}",
        )
    with right:
        page.show(_near(list(stations.values()), w), theme="air")
    return stations.get(chosen)


def _label(station: Station | None, w: Words) -> str:
    """A station with its district, the city as such."""
    if station is None:
        return w("place.city")
    known = lookup.stations().get(station.station_id)
    district = w.of(lookup.areas()[known.area_id].name) if known else ""
    return w("place.station", district=district, name=name(station, w)) if district else name(station, w)


def _near(stations: list[Station], w: Words) -> Markup:
    """A link that asks the browser where it is; the stations' places travel with it, the visitor's do not."""
    places = ";".join(f"{one.station_id},{one.lon:.4f},{one.lat:.4f}" for one in stations if one.lon and one.lat)
    return html(
        '<p><a href="?lang={}" target="_self" data-near="{places}" data-refused="{}">'
        '{}</a><br><span class="muted small">{}</span></p>',
        w.lang,
        w("place.refused"),
        w("place.near"),
        w("place.near_sub"),
        places=places,
    )
