"""One air station: its latest hour, or what is known of it where it reports none."""

from markupsafe import Markup

from reports import advice, air, air_now
from reports.air_now import Hour, Station
from reports.freshness import Freshness
from views.lite import pieces
from views.lite.frame import NotThereError, Page, Picture, href
from views.text import air as air_words
from views.text.markup import html
from views.text.words import Words
from views.ui import advice as advice_pieces
from views.ui import air as air_pieces
from views.ui import cards
from views.ui.air import AirReading, PollutantRow
from views.visit import Visit


def page(v: Visit, station_id: str) -> Page:
    """A station's page. Raises NotThereError where no such station was ever seen."""
    report = air_now.now()
    station = next((one for one in report.stations if one.station_id == station_id), None) if report else None
    return _of_hour(v, station) if station else _without_hour(v, station_id)


def _of_hour(v: Visit, station: Station) -> Page:
    w, hour = v.w, station.hour
    fresh = air_now.hour_freshness(hour, v.now)
    name, reading = air_words.station_name(station, w), AirReading.of_hour(hour, w, fresh)
    index, source = reading.index, cards.source_note(reading.provenance, w)
    body = (
        html("<h1>{name}</h1>", name=name)
        + Markup('<div class="card">')
        + (air_pieces.index_row(index) + cards.line(reading.primary, "muted small") if index.known else index.level)
        + reading.age
        + source
        + Markup("</div>")
        + _for_me(hour, fresh, w)
        + pieces.block(
            w("air.now_items"),
            pieces.rows(pieces.pollutant(PollutantRow.of_hour(item, w)) for item in hour.items) + source,
        )
        + html('<p class="small muted">{}</p>', w("lite.station_note"))
        + _back(v)
    )
    title = w("lite.station_said", name=name, aqi=index.number, level=index.level)
    level = index.level if index.known else ""
    picture = Picture(index.number, "AQI", level, index.color, (name, reading.when))
    return Page(f"station/{station.station_id}", "air", title, title, body, picture, "air")


def _for_me(hour: Hour, fresh: Freshness, w: Words) -> Markup:
    """The answer for each group by this station's hour, while it is the air outside."""
    if hour.level is None or not fresh.current:
        return Markup()
    answers = advice.answers(hour.level, hour.above_100, hour.standard)
    ours = html('<p class="small muted">{}</p>', w("lite.ours"))
    return pieces.block(w("lite.for_me"), advice_pieces.groups(answers[1:], w, why=True) + ours)


def _without_hour(v: Visit, station_id: str) -> Page:
    w, report = v.w, air.stations()
    row = next((row for row in report.rows if row.station_id == station_id), None)
    if row is None:
        raise NotThereError(station_id)
    years = w("lite.station_seen", first=row.first_seen_year or "?", last=row.last_seen_year or "?")
    name, state = w.of(row.name), w(f"air.station_{row.state}")
    body = html(
        '<h1>{name}</h1><p class="lead">{}</p><p>{state} · {years}</p><p>{}</p>{}{}',
        w("lite.station_silent"),
        w.of(row.note),
        cards.source_note(report.provenance, w),
        _back(v),
        name=name,
        state=state,
        years=years,
    )
    return Page(f"station/{station_id}", "air", name, years, body, Picture(name), "air")


def _back(v: Visit) -> Markup:
    return html('<p><a href="{}">{}</a></p>', href(v.w, "air"), v.w("lite.back_air"))
