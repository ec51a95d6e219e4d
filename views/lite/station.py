"""One air station: its latest hour, or what is known of it where it is silent."""

from html import escape

from reports import advice, air, air_now, freshness
from reports.air_now import Hour, Station
from views import air_now_blocks, air_words, cards
from views import format as fmt
from views.lite import air as air_page
from views.lite import pieces
from views.lite.frame import NotThereError, Page, Picture, href
from views.page import Visit
from views.tokens import AQI_LEVELS


def page(v: Visit, station_id: str) -> Page:
    """A station's page. Raises NotThereError where no such station was ever seen."""
    report = air_now.now()
    speaking = next((one for one in report.stations if one.station_id == station_id), None) if report else None
    return _speaking(v, speaking) if speaking else _silent(v, station_id)


def _speaking(v: Visit, one: Station) -> Page:
    w, hour = v.w, one.hour
    name, names = air_now_blocks.name(one, w), air_words.level_names(w)
    said = names[hour.level] if hour.level else w("air.no_index")
    chip = cards.chip(said, AQI_LEVELS[hour.level]) if hour.level else ""
    body = (
        f"<h1>{escape(name)}</h1>"
        + '<div class="card">'
        + (
            f'<div class="big"><div class="value">{hour.aqi}<small>AQI</small></div>{chip}</div>'
            if hour.level
            else said
        )
        + (cards.line(air_words.primary(hour, w), "muted small") if hour.level else "")
        + pieces.hour_age(v, hour.at, hour.basis.kind)
        + cards.origin(hour.basis, w)
        + "</div>"
        + _for_me(v, hour)
        + pieces.block(
            w("air.now_items"), pieces.rows(air_page.item(item, w) for item in hour.items) + cards.origin(hour.basis, w)
        )
        + f'<p class="small muted">{escape(w("lite.station_note"))}</p>'
        + _back(v)
    )
    title = w("lite.station_said", name=name, aqi=hour.aqi or "—", level=said)
    lines = (name, fmt.hour(hour.at, w))
    picture = Picture(
        str(hour.aqi or "—"), "AQI", said if hour.level else "", AQI_LEVELS.get(hour.level or 0, ""), lines
    )
    return Page(f"station/{one.station_id}", "air", title, title, body, picture, "air")


def _for_me(v: Visit, hour: Hour) -> str:
    """The answer for each group by this station's hour, while it is the air outside."""
    if hour.level is None or not freshness.outside_now(hour.at, hour.basis.kind, v.now):
        return ""
    w, told = v.w, advice.answers(hour.level, hour.above_100, hour.standard)
    ours = f'<p class="small muted">{escape(w("lite.ours"))}</p>'
    return pieces.block(w("lite.for_me"), pieces.groups(told[1:], w, why=True) + ours)


def _silent(v: Visit, station_id: str) -> Page:
    w, report = v.w, air.stations()
    row = next((row for row in report.rows if row["station_id"] == station_id), None)
    if row is None:
        raise NotThereError(station_id)
    years = w("lite.station_seen", first=row["first_seen_year"] or "?", last=row["last_seen_year"] or "?")
    name, state = w.of(row, "name"), w(f"air.station_{row['state']}")
    body = (
        f'<h1>{escape(name)}</h1><p class="lead">{escape(w("lite.station_silent"))}</p>'
        f"<p>{escape(state)} · {escape(years)}</p><p>{escape(w.of(row, 'note'))}</p>"
        f"{cards.origin(report.basis, w)}{_back(v)}"
    )
    return Page(f"station/{station_id}", "air", name, years, body, Picture(name), "air")


def _back(v: Visit) -> str:
    return f'<p><a href="{href(v.w, "air")}">{escape(v.w("lite.back_air"))}</a></p>'
