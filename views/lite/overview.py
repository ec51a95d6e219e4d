"""The first page on a phone: today's air and river, what they mean, the eight promises, what is worth knowing."""

from markupsafe import Markup
from msgspec import Struct

from reports import advice, air_now, budget, cumulative, latest, overview
from reports.advice import Advice, PastYears
from reports.air import Stations, stations
from reports.air_now import Now
from reports.budget import SamePeriod
from reports.cumulative import Cumulative
from reports.found import or_none
from reports.latest import LatestAir
from views.assets import NAMES_CSS
from views.drawings import city_map
from views.drawings import cumulative as trend_drawing
from views.lite import frame, pieces
from views.lite.frame import Page, Picture
from views.text import answers, marked, past_years
from views.text.words import Words
from views.ui import advice as advice_pieces
from views.ui import cards, places
from views.ui import cumulative as texts
from views.ui import notable as notable_pieces
from views.ui import now as now_pieces
from views.ui.air import AirReading
from views.ui.budget import SameDays
from views.ui.rows import bold, row, rows
from views.visit import Visit


def page(v: Visit) -> Page:
    """The overview."""
    w, report, air, river = v.w, overview.overview(v.today), latest.of_air(v.now), latest.of_river(v.now)
    headline, _ = answers.of_overview(report, w)
    past = advice.past_years(air.advice.day)
    same, year = or_none(lambda: budget.same_period(v.today)), or_none(lambda: cumulative.cumulative(v.today))
    body = frame.body(
        "overview",
        v,
        title=now_pieces.title(air, river, w),
        sky=pieces.sky(air, w),
        groups=advice_pieces.groups(air.advice.answers[1:], w, why=False) if air.outside else "",
        past=_past(past, air.advice, w) if past else None,
        last_year=_last_year(same, w) if same else "",
        river=now_pieces.river_card(river, v),
        map=_map(stations(), air_now.now(), air, v),
        trend=_trend(year, w) if year else None,
        headline=headline,
        promised=[pieces.promised(one, v) for one in report.headline],
        notable=notable_pieces.notable(report, w),
    )
    return Page("", "overview", summary(air, w), marked.plain(headline), body, picture(air, w), css=NAMES_CSS)


class Drawn(Struct, frozen=True, weakref=True):
    """A drawing under its message, what it rests on below, and its source note."""

    message: str
    drawing: Markup
    basis: str
    source: Markup


def _map(network: Stations, hour: Now | None, air: LatestAir, v: Visit) -> Drawn:
    """The stations on the map by their newest hour."""
    w = v.w
    layer = places.air(network, hour, air.outside and hour is not None, w)
    links = city_map.to_pages(layer, v.address)
    drawn = city_map.drawing(layer, w, layout=city_map.LIGHT, links=links) + places.by_name(layer, links, w)
    return Drawn(layer.message, drawn, "", cards.source_note(layer.provenance, w))


def _trend(year: Cumulative, w: Words) -> Drawn:
    """The year's days above AQI 100 added up, against the same days of the last one and the years before."""
    drawn = trend_drawing.drawing(year, w, layout=trend_drawing.LIGHT)
    return Drawn(texts.message(year, w), drawn, texts.basis(year, w), cards.source_note(year.provenance, w))


def _last_year(report: SamePeriod, w: Words) -> Markup:
    """The share of good days beside that of the same days last year, by one edition; why not where they do not compare."""
    same = SameDays.of(report, w)
    value, kind = (bold(same.shares), "muted small") if same.shares else (Markup(), "small")
    return rows([row(same.label, value, cards.line(same.sub, kind), cards.source_note(same.provenance, w))])


class PastText(Struct, frozen=True, weakref=True):
    """The same day of past years in a sentence, and its source note."""

    text: str
    source: Markup


def _past(past: PastYears, newest: Advice, w: Words) -> PastText:
    return PastText(past_years.title(newest, past, w), cards.source_note(past.provenance, w))


def summary(air: LatestAir, w: Words) -> str:
    """The newest air in a few words, for titles of shared links."""
    reading = AirReading.of_latest(air, w)
    return w("lite.sky_said", when=reading.when, aqi=reading.index.number, level=reading.index.level)


def picture(air: LatestAir, w: Words) -> Picture:
    """The newest air as the picture of a shared link; advice only while it is the air outside."""
    reading = AirReading.of_latest(air, w)
    lines = (reading.verdict or reading.effect, w("lite.picture_sky", when=reading.when))
    return Picture(reading.index.number, "AQI", reading.index.level, reading.index.color, lines)
