"""One air station: its latest hour, or what is known of it where it is silent."""

from markupsafe import Markup

from reports import advice, air, air_now, freshness
from reports.air_now import Hour, Station
from views.lite import air as air_page
from views.lite import pieces
from views.lite.frame import NotThereError, Page, Picture, href
from views.text import air as air_words
from views.text import format as fmt
from views.text.markup import html
from views.tokens import AQI_LEVELS
from views.ui import advice as advice_pieces
from views.ui import air as air_pieces
from views.ui import cards
from views.visit import Visit


def page(v: Visit, station_id: str) -> Page:
    """A station's page. Raises NotThereError where no such station was ever seen."""
    report = air_now.now()
    speaking = next((one for one in report.stations if one.station_id == station_id), None) if report else None
    return _speaking(v, speaking) if speaking else _silent(v, station_id)


def _speaking(v: Visit, one: Station) -> Page:
    w, hour = v.w, one.hour
    name, names = air_words.station_name(one, w), air_words.level_names(w)
    said = names[hour.level] if hour.level else w("air.no_index")
    body = (
        html("<h1>{name}</h1>", name=name)
        + Markup('<div class="card">')
        + (air_pieces.index(hour.aqi, air.categories()[hour.level - 1], w) if hour.level else said)
        + (cards.line(air_words.primary(hour, w), "muted small") if hour.level else Markup())
        + pieces.hour_age(v, hour.at, hour.provenance.kind)
        + cards.source_note(hour.provenance, w)
        + Markup("</div>")
        + _for_me(v, hour)
        + pieces.block(
            w("air.now_items"),
            pieces.rows(air_page.item(item, w) for item in hour.items) + cards.source_note(hour.provenance, w),
        )
        + html('<p class="small muted">{}</p>', w("lite.station_note"))
        + _back(v)
    )
    title = w("lite.station_said", name=name, aqi=hour.aqi or "—", level=said)
    lines = (name, fmt.hour(hour.at, w))
    picture = Picture(
        str(hour.aqi or "—"), "AQI", said if hour.level else "", AQI_LEVELS.get(hour.level or 0, ""), lines
    )
    return Page(f"station/{one.station_id}", "air", title, title, body, picture, "air")


def _for_me(v: Visit, hour: Hour) -> Markup:
    """The answer for each group by this station's hour, while it is the air outside."""
    if hour.level is None or not freshness.outside_now(hour.at, hour.provenance.kind, v.now):
        return Markup()
    w, told = v.w, advice.answers(hour.level, hour.above_100, hour.standard)
    ours = html('<p class="small muted">{}</p>', w("lite.ours"))
    return pieces.block(w("lite.for_me"), advice_pieces.groups(told[1:], w, why=True) + ours)


def _silent(v: Visit, station_id: str) -> Page:
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
