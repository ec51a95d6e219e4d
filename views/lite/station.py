"""One air station: its latest hour, or what is known of it where it reports none."""

from collections.abc import Sequence

from reports import advice, air, air_now
from reports.advice import Answer
from reports.air_now import Station
from reports.freshness import Freshness
from reports.provenance import Provenance
from store.records import AirStation
from views.lite import frame, pieces
from views.lite.frame import NotThereError, Page, Picture
from views.text import air as air_words
from views.ui import advice as advice_pieces
from views.ui import air as air_pieces
from views.ui import cards
from views.ui.air import AirReading, PollutantRow
from views.visit import Visit


def page(v: Visit, station_id: str) -> Page:
    """A station's page. Raises NotThereError where no such station was ever seen."""
    report, known = air_now.now(), air.stations()
    station = next((one for one in report.stations if one.station_id == station_id), None) if report else None
    if station is not None:
        hour, fresh = station.hour, air_now.hour_freshness(station.hour, v.now)
        level = hour.level if fresh.current else None  # an hour that is not the air outside gives no advice
        answers = advice.answers(level, hour.above_100, hour.standard)[1:] if level else ()
        return _of_hour(station, fresh, answers, v)
    row = next((row for row in known.rows if row.station_id == station_id), None)
    if row is None:
        raise NotThereError(station_id)
    return _without_hour(row, known.provenance, v)


def _of_hour(station: Station, fresh: Freshness, answers: Sequence[Answer], v: Visit) -> Page:
    w = v.w
    name, reading = air_words.station_name(station, w), AirReading.of_hour(station.hour, w, fresh)
    index = reading.index
    body = frame.body(
        "station",
        v,
        name=name,
        index=air_pieces.index_row(index) if index.known else index.level,
        primary=reading.primary if index.known else "",
        age=reading.age,
        source=cards.source_note(reading.provenance, w),
        groups=advice_pieces.groups(answers, w, why=True) if answers else "",
        pollutants=[pieces.pollutant(PollutantRow.of_hour(item, w)) for item in station.hour.items],
    )
    title = w("lite.station_said", name=name, aqi=index.number, level=index.level)
    level = index.level if index.known else ""
    picture = Picture(index.number, "AQI", level, index.color, (name, reading.when))
    return Page(f"station/{station.station_id}", "air", title, title, body, picture, "air")


def _without_hour(row: AirStation, provenance: Provenance, v: Visit) -> Page:
    w, name = v.w, v.w.of(row.name)
    years = w("lite.station_seen", first=row.first_seen_year or "?", last=row.last_seen_year or "?")
    body = frame.body(
        "station_without_hour",
        v,
        name=name,
        state=w(f"air.station_{row.state}"),
        years=years,
        note=w.of(row.note),
        source=cards.source_note(provenance, w),
    )
    return Page(f"station/{row.station_id}", "air", name, years, body, Picture(name), "air")
