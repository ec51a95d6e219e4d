"""Greening on a phone: forest on its way to the target, the mountains, the city's green, what satellites see."""

from markupsafe import Markup

from reports import greening, lookup, ndvi
from reports.figures import Point
from reports.greening import Greening
from reports.ndvi import Green
from views.lite import frame, pieces
from views.lite.frame import Page, Picture
from views.text import answers, marked
from views.text import format as fmt
from views.text.words import Words
from views.ui import cards
from views.ui import greenness as greenness_pieces
from views.ui.rows import bold, row
from views.visit import Visit


def page(v: Visit) -> Page:
    """The greening page."""
    w, report, space = v.w, greening.overview(v.today), ndvi.at(v.now)
    headline, lead = answers.of_greening(v, report.forest)
    series = (report.park_green, report.green_cover, *report.city_parks, report.grass, report.land_greened)
    body = frame.body(
        "greening",
        v,
        headline=headline,
        lead=lead,
        main=[pieces.promised(one, v) for one in (report.forest.target, report.wetlands.target) if one],
        hills=[_hill(point, v) for point in report.hills],
        city=[pieces.latest(one, v) for one in series if one.points],
        age=greenness_pieces.age(space, w),
        seasons=[greenness_pieces.title(one, w) for one in space.charted],
        areas=[_area(one, w) for one in space.areas],
        areas_source=cards.source_note(space.provenance, w) if space.provenance else "",
        promised=[pieces.promised(one, v) for one in report.promised if one.latest is not None],
    )
    return Page("greening", "greening", marked.plain(headline), lead, body, _picture(report, headline, w), "greening")


def _hill(point: Point, v: Visit) -> Markup:
    return pieces.figure(cards.data_name(lookup.indicators()[point.row.indicator_id], v.w), point, v)


def _area(one: Green, w: Words) -> Markup:
    """An area's latest composite beside the usual of that time of the year."""
    name, latest = greenness_pieces.name(one, w), one.latest
    if latest.value is None:
        return row(name, bold(w("greening.too_cloudy")))
    usual = ""
    if latest.usual is not None:
        years = w("greening.mean_of", n=len(latest.earlier))
        usual = f"{w('greening.column_usual')} {fmt.number(latest.usual, 2)} · {years}"
    value = bold(fmt.number(latest.value, 2), w("greening.column_latest"))
    return row(name, value, cards.line(usual, "muted small"))


def _picture(report: Greening, headline: Markup, w: Words) -> Picture:
    latest = report.forest.points[-1] if report.forest.points else None
    lines = (marked.plain(headline),)
    return (
        Picture(fmt.plain(latest.value or 0), "%", lines=lines) if latest else Picture(w("site.not_found"), lines=lines)
    )
