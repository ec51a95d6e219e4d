"""The first page on a phone: today's air and river, what they mean, the eight promises, what is worth knowing."""

from html import escape

from reports import advice, air, overview
from views import cards, marked, overview_blocks, past_years
from views.lite import pieces
from views.lite.frame import Page, Picture, href
from views.page import Visit
from views.tokens import AQI_LEVELS
from views.words import Words


def page(v: Visit) -> Page:
    """The overview."""
    w, report, told = v.w, overview.overview(v.today), advice.now()
    headline, _ = overview_blocks.answer(report, w)
    past = past_years.of(told)
    beside = (
        cards.line(past_years.title(told, past, w), "small muted") + cards.origin(past_years.basis(past), w)
        if past
        else ""
    )
    more = f'{beside}<p><a href="{href(w, "air")}">{escape(w("lite.more_air"))}</a></p>'
    more += f'<p><a href="{href(w, "alerts")}">{escape(w("lite.more_alerts"))}</a></p>'
    body = (
        f"<h1>{escape(overview_blocks.now_title(v))}</h1>"
        + pieces.sky(v, told)
        + (pieces.groups(told.answers[1:], w, why=False) if advice.holds(told, v.now) else "")
        + more
        + overview_blocks.river_card(v)
        + f'<p><a href="{href(w, "water")}">{escape(w("lite.more_water"))}</a></p>'
        + pieces.block(
            w("overview.promises_title"),
            f'<p class="verdict">{headline}</p>'
            + pieces.rows(pieces.promised(one, w) for one in report.headline)
            + f'<p><a href="{href(w, "goals")}">{escape(w("lite.more_goals"))}</a></p>',
        )
        + pieces.block(w("overview.notable_title"), "".join(overview_blocks.notable(report, w)))
    )
    return Page("", "overview", said(told, w), marked.plain(headline), body, picture(v, told))


def said(told: advice.Advice, w: Words) -> str:
    """The newest air in a few words, for titles of shared links."""
    level = w.of(air.categories()[told.level - 1], "name")
    return w("lite.sky_said", when=pieces.when(told, w), aqi=told.aqi, level=level)


def picture(v: Visit, told: advice.Advice) -> Picture:
    """The newest air as the picture of a shared link; advice only while it is the air outside."""
    w, level = v.w, air.categories()[told.level - 1]
    said = w(f"lite.verdict.{told.everyone.verdict}") if advice.holds(told, v.now) else w.of(level, "effect")
    lines = (said, w("lite.picture_sky", when=pieces.when(told, w)))
    return Picture(str(told.aqi), "AQI", w.of(level, "name"), AQI_LEVELS[told.level], lines)
