"""Blocks of the overview. No chart library here: the first page is drawn on the server and arrives light."""

from markupsafe import Markup

from reports.actions import Batch, Tasks
from reports.air import Stations
from reports.air_now import Now
from reports.budget import SamePeriod
from reports.cumulative import Cumulative
from reports.latest import LatestAir, LatestRiver
from reports.overview import Overview
from reports.provenance import Provenance
from reports.water import River
from views import addresses
from views.drawings import city_map
from views.drawings import cumulative as trend_drawing
from views.site import page
from views.site.sheet import Download, drawn_once
from views.text import answers
from views.text.words import Words
from views.ui import cards, glance, inline, places, promise
from views.ui import cumulative as texts
from views.ui import frame as page_frame
from views.ui import notable as notable_pieces
from views.ui import now as now_pieces
from views.ui.layout import by_width
from views.visit import Visit


def lead(v: Visit, air: LatestAir, river: LatestRiver, year: Cumulative | None) -> None:
    """The page's answer: today and the year."""
    headline, basis = answers.of_now(air, river, year, v.w)
    page.show(
        cards.wrapped("glance-head", page_frame.head(v.w("site.nav.overview"), headline, basis)), theme="overview"
    )


@drawn_once()
def city(v: Visit, stations: Stations, hour: Now | None, river: River, batch: Batch | None, *, current: bool) -> None:
    """The map of the city, one layer at a time. ``current``: the hour is that of the air outside."""
    w = v.w
    layers = {"air-stations": places.air(stations, hour, current, w), "river-sections": places.river(river, w)}
    if batch:
        layers["residents-reports"] = places.reports_of_residents(batch, w)
    drawn = [
        (one, city_map.for_widths(one, w, phone=v.phone), city_map.to_pages(one, v.address)) for one in layers.values()
    ]
    under = {
        one.key: page.download_links(
            v,
            Download(
                name, one.message, "", city_map.wide(one, w), one.provenance, page.places_frame(one, w), is_map=True
            ),
        )
        for name, one in layers.items()
    }
    page.show(glance.leading(w("overview.map_title"), "/air", places.switch(drawn, w, under), kind="glance"))


@drawn_once()
def trend(v: Visit, report: Cumulative) -> None:
    """The year's days above AQI 100 added up, against the last one and the years before."""
    w = v.w
    narrow = trend_drawing.drawing(report, w, layout=trend_drawing.PHONE)
    picture = narrow if v.phone else trend_drawing.drawing(report, w, layout=trend_drawing.COLUMN)
    drawn = narrow if v.phone else by_width(picture, narrow)
    table = texts.table(report, w)
    download = Download("year-so-far", texts.message(report, w), "", picture, report.provenance, table)
    more = cards.line(texts.basis(report, w), "small") + page.frame_table(table) + page.download_links(v, download)
    body = page_frame.title(texts.message(report, w)) + drawn + cards.folded(w("overview.trend_how"), more)
    page.show(
        glance.leading(
            w("overview.trend_title", year=report.now.year, before=report.before.year),
            "/air?tab=year",
            body,
            foot=cards.source_note(report.provenance, w),
            kind="glance",
        )
    )


def now(
    v: Visit,
    air: LatestAir,
    river: LatestRiver,
    tasks: Tasks | None,
    same: SamePeriod | None,
    hotline: tuple[str, Provenance],
) -> None:
    """The newest air and river, on a phone the same days of last year, the next deadline, whom to call."""
    w = v.w
    parts = [
        glance.sky(air, w),
        glance.river(river, v),
        glance.last_year(same, w) if same else Markup(),
        glance.deadline(tasks, w),
        glance.hotline(*hotline, w),
    ]
    page.show(glance.side(parts, now_pieces.title(air, river, w)))


@drawn_once()
def tiles(v: Visit, report: Overview) -> None:
    """The eight headline promises in a strip, and how many moved."""
    w = v.w
    headline, basis = answers.of_overview(report, w)
    shown = (one.indicator.indicator_id for one in report.headline)
    pages = {indicator_id: v.address(addresses.light(f"indicator/{indicator_id}")) for indicator_id in shown}
    strip = glance.tiles(report.headline, pages, w)
    page.show(glance.strip(w("overview.tiles_title"), w("overview.tiles_key"), strip))
    page.show(cards.folded(w("overview.promises_title"), page_frame.headed(headline, basis, _promises(report, w))))


def _promises(report: Overview, w: Words) -> Markup:
    sub = cards.line(w("overview.promises_sub"), "muted small")
    return sub + cards.grid((promise.card(one, w) for one in report.headline), "four")


@drawn_once()
def worth_knowing(v: Visit, report: Overview) -> None:
    """What improved, what is at risk, what is unknown, folded; and where the sky of every day since 2013 stands."""
    w = v.w
    page.show(
        cards.folded(w("overview.notable_title"), cards.grid(notable_pieces.notable(report, w), "three"))
        + cards.line(inline.link_here("/air?tab=years", w("overview.sky_title")))
    )
