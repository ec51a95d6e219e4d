"""The first page on a phone: today's air and river, what they mean, the eight promises, what is worth knowing."""

from markupsafe import Markup

from reports import advice, latest, overview
from reports.latest import LatestAir
from views.lite import pieces
from views.lite.frame import Page, Picture, href
from views.text import answers, marked, past_years
from views.text.markup import html, join
from views.text.words import Words
from views.ui import advice as advice_pieces
from views.ui import cards
from views.ui import notable as notable_pieces
from views.ui import now as now_pieces
from views.ui.air import AirReading
from views.visit import Visit


def page(v: Visit) -> Page:
    """The overview."""
    w, report, air, river = v.w, overview.overview(v.today), latest.of_air(v.now), latest.of_river(v.now)
    headline, _ = answers.of_overview(report, w)
    past = advice.past_years(air.advice.day)
    beside = (
        cards.line(past_years.title(air.advice, past, w), "small muted") + cards.source_note(past.provenance, w)
        if past
        else Markup()
    )
    more = html('{beside}<p><a href="{}">{}</a></p>', href(w, "air"), w("lite.more_air"), beside=beside)
    more += html('<p><a href="{}">{}</a></p>', href(w, "alerts"), w("lite.more_alerts"))
    body = (
        html("<h1>{}</h1>", now_pieces.title(air, river, w))
        + pieces.sky(air, w)
        + (advice_pieces.groups(air.advice.answers[1:], w, why=False) if air.outside else Markup())
        + more
        + now_pieces.river_card(river, v)
        + html('<p><a href="{}">{}</a></p>', href(w, "water"), w("lite.more_water"))
        + pieces.block(
            w("overview.promises_title"),
            html('<p class="verdict">{headline}</p>', headline=headline)
            + pieces.rows(pieces.promised(one, w) for one in report.headline)
            + html('<p><a href="{}">{}</a></p>', href(w, "goals"), w("lite.more_goals")),
        )
        + pieces.block(w("overview.notable_title"), join(notable_pieces.notable(report, w)))
    )
    return Page("", "overview", summary(air, w), marked.plain(headline), body, picture(air, w))


def summary(air: LatestAir, w: Words) -> str:
    """The newest air in a few words, for titles of shared links."""
    reading = AirReading.of_latest(air, w)
    return w("lite.sky_said", when=reading.when, aqi=reading.index.number, level=reading.index.level)


def picture(air: LatestAir, w: Words) -> Picture:
    """The newest air as the picture of a shared link; advice only while it is the air outside."""
    reading = AirReading.of_latest(air, w)
    answer = w(f"lite.verdict.{air.advice.everyone.verdict}") if air.outside else reading.effect
    lines = (answer, w("lite.picture_sky", when=reading.when))
    return Picture(reading.index.number, "AQI", reading.index.level, reading.index.color, lines)
