"""Greening on a phone: forest on its way to the target, the mountains, the city's green, what satellites see."""

from markupsafe import Markup

from reports import figures, greening, ndvi
from reports.greening import Greening
from reports.ndvi import Green
from views.lite import pieces
from views.lite.frame import Page, Picture
from views.text import answers, marked
from views.text import format as fmt
from views.text.markup import html, join
from views.text.words import Words
from views.ui import cards
from views.ui import greenness as greenness_pieces
from views.visit import Visit


def page(v: Visit) -> Page:
    """The greening page."""
    w, report = v.w, greening.overview(v.today)
    headline, lead = answers.of_greening(v, report.forest)
    body = pieces.head(headline, lead)
    main = [one for one in (report.forest.target, report.wetlands.target) if one]
    body += pieces.block(w("lite.main_targets"), pieces.rows(pieces.promised(one, w) for one in main))
    hills = [pieces.figure(cards.data_name(figures.indicator(p.row.indicator_id)[0], w), p, w) for p in report.hills]
    body += pieces.block(w("greening.hills_title"), pieces.rows(hills))
    body += pieces.block(w("greening.city_title"), pieces.rows(_city(report, w)))
    body += _space(v, ndvi.greenness(v.today))
    promised = [p for p in report.promised if p.latest is not None]
    if promised:
        body += pieces.block(w("greening.promises_title"), pieces.rows(pieces.promised(p, w) for p in promised))
    return Page("greening", "greening", marked.plain(headline), lead, body, _picture(report, headline, w), "greening")


def _city(report: Greening, w: Words) -> list[Markup]:
    series = (report.park_green, report.green_cover, *report.city_parks, report.grass, report.land_greened)
    return [pieces.latest(one, w) for one in series if one.points]


def _space(v: Visit, areas: tuple[Green, ...]) -> Markup:
    """What satellites see: the growing season beside earlier ones, every area's latest composite."""
    w, age = v.w, greenness_pieces.age(v, areas)
    if not areas:
        return pieces.block(w("greening.space"), age)
    seasons = join(html("<p>{}</p>", greenness_pieces.title(one, w)) for one in greenness_pieces.charted(areas))
    latest = pieces.rows(_area(one, w) for one in areas) + cards.line(w("greening.areas_note"), "muted small")
    source_note = cards.source_note(greenness_pieces.areas_provenance(areas), w)
    return pieces.block(w("greening.space"), age + seasons + latest + source_note, w("lite.space_sub"))


def _area(one: Green, w: Words) -> Markup:
    latest = one.latest
    if latest.value is None:
        return pieces.row(greenness_pieces.name(one, w), pieces.strong(w("greening.too_cloudy")))
    beside = ""
    if latest.usual is not None:
        years = w("greening.mean_of", n=len(latest.earlier))
        beside = f"{w('greening.column_usual')} {fmt.number(latest.usual, 2)} · {years}"
    value = pieces.strong(fmt.number(latest.value, 2), w("greening.column_latest"))
    return pieces.row(greenness_pieces.name(one, w), value, cards.line(beside, "muted small"))


def _picture(report: Greening, headline: Markup, w: Words) -> Picture:
    latest = report.forest.points[-1] if report.forest.points else None
    lines = (marked.plain(headline),)
    return (
        Picture(fmt.plain(latest.value or 0), "%", lines=lines) if latest else Picture(w("site.not_found"), lines=lines)
    )
