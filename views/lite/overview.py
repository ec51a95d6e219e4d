"""The first page on a phone: today's air and river, what they mean, the eight promises, what is worth knowing."""

from markupsafe import Markup

from reports import advice, air, overview
from views.lite import pieces
from views.lite.frame import Page, Picture, href
from views.text import answers, marked, past_years
from views.text.markup import html, join
from views.text.words import Words
from views.tokens import AQI_LEVELS
from views.ui import advice as advice_pieces
from views.ui import cards
from views.ui import notable as notable_pieces
from views.ui import now as now_pieces
from views.visit import Visit


def page(v: Visit) -> Page:
    """The overview."""
    w, report, told = v.w, overview.overview(v.today), advice.now()
    headline, _ = answers.of_overview(report, w)
    past = past_years.of(told)
    beside = (
        cards.line(past_years.title(told, past, w), "small muted")
        + cards.source_note(advice.same_day_provenance(tuple(one.day for one in past)), w)
        if past
        else Markup()
    )
    more = html('{beside}<p><a href="{}">{}</a></p>', href(w, "air"), w("lite.more_air"), beside=beside)
    more += html('<p><a href="{}">{}</a></p>', href(w, "alerts"), w("lite.more_alerts"))
    body = (
        html("<h1>{}</h1>", now_pieces.title(v))
        + pieces.sky(v, told)
        + (advice_pieces.groups(told.answers[1:], w, why=False) if advice.holds(told, v.now) else Markup())
        + more
        + now_pieces.river_card(v)
        + html('<p><a href="{}">{}</a></p>', href(w, "water"), w("lite.more_water"))
        + pieces.block(
            w("overview.promises_title"),
            html('<p class="verdict">{headline}</p>', headline=headline)
            + pieces.rows(pieces.promised(one, w) for one in report.headline)
            + html('<p><a href="{}">{}</a></p>', href(w, "goals"), w("lite.more_goals")),
        )
        + pieces.block(w("overview.notable_title"), join(notable_pieces.notable(report, w)))
    )
    return Page("", "overview", said(told, w), marked.plain(headline), body, picture(v, told))


def said(told: advice.Advice, w: Words) -> str:
    """The newest air in a few words, for titles of shared links."""
    level = w.of(air.categories()[told.level - 1].name)
    return w("lite.sky_said", when=pieces.when(told, w), aqi=told.aqi, level=level)


def picture(v: Visit, told: advice.Advice) -> Picture:
    """The newest air as the picture of a shared link; advice only while it is the air outside."""
    w, level = v.w, air.categories()[told.level - 1]
    said = w(f"lite.verdict.{told.everyone.verdict}") if advice.holds(told, v.now) else w.of(level.effect)
    lines = (said, w("lite.picture_sky", when=pieces.when(told, w)))
    return Picture(str(told.aqi), "AQI", w.of(level.name), AQI_LEVELS[told.level], lines)
