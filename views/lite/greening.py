"""Greening on a phone: forest on its way to the target, the mountains, the city's green, what satellites see."""

from reports import figures, greening
from reports.greening import Greening
from views import cards, greening_blocks
from views import format as fmt
from views.lite import pieces
from views.lite.frame import Page, Picture
from views.page import Visit
from views.words import Words


def page(v: Visit) -> Page:
    """The greening page."""
    w, report = v.w, greening.overview(v.today)
    headline, lead = greening_blocks.answer(v, report.forest)
    body = pieces.head(headline, lead)
    main = [one for one in (report.forest.target, report.wetlands.target) if one]
    body += pieces.block(w("lite.main_targets"), pieces.rows(pieces.promised(one, w) for one in main))
    hills = [pieces.figure(cards.data_name(figures.indicator(p.row["indicator_id"])[0], w), p, w) for p in report.hills]
    body += pieces.block(w("greening.hills_title"), pieces.rows(hills))
    body += pieces.block(w("greening.city_title"), pieces.rows(_city(report, w)))
    promised = [p for p in report.promised if p.latest is not None]
    if promised:
        body += pieces.block(w("greening.promises_title"), pieces.rows(pieces.promised(p, w) for p in promised))
    return Page("greening", "greening", pieces.plain(headline), lead, body, _picture(report, headline, w), "greening")


def _city(report: Greening, w: Words) -> list[str]:
    series = (report.park_green, report.green_cover, *report.city_parks, report.grass, report.land_greened)
    return [pieces.latest(one, w) for one in series if one.points]


def _picture(report: Greening, headline: str, w: Words) -> Picture:
    latest = report.forest.points[-1] if report.forest.points else None
    lines = (pieces.plain(headline),)
    return (
        Picture(fmt.plain(latest.value or 0), "%", lines=lines)
        if latest
        else Picture(w("site.not_published"), lines=lines)
    )
