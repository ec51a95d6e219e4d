"""Chapter 4, a mountain turns green: a hill of a hundred dots that steps from one published year to the next."""

from html import escape

from reports import greening
from reports.figures import Point
from views import cards, figure_cards, hill, svg
from views import format as fmt
from views.exhibit.pieces import Chapter, Poster, Tile, figure, one_screen, origin, slider
from views.page import Visit
from views.words import Words


def chapter(v: Visit) -> Chapter:
    """The mountains on both sides of the city year by year; forest cover, land greened, park green beside them."""
    w, report = v.w, greening.overview(v.today)
    known = tuple(p for p in report.hills if p.value is not None)
    first, last = known[0], known[-1]
    said = {"first": fmt.plain(first.value or 0), "last": fmt.plain(last.value or 0)}
    origins = "".join(origin(p.basis, w) for p in (first, last))
    foot = f'{cards.line(w("exhibit.hills.study"), "muted")}<div class="origins">{origins}</div>'
    picture = f'<section class="panel hills">{_hill(known, w)}{foot}</section>'
    forest, park = report.forest.points, report.park_green.points
    beside = [_change(w("exhibit.hills.forest"), forest, w), _change(w("exhibit.hills.park"), park, w)]
    beside += [
        figure(w("exhibit.hills.greened", period=fmt.period(p.period, w)), p, w) for p in report.land_greened.points[:1]
    ]
    headline, lead = w("exhibit.hills.headline", **said), w("exhibit.hills.lead", start=fmt.period(first.period, w))
    body = f'<div class="duo">{picture}<div class="side">{"".join(beside)}</div></div>'
    return one_screen("hills", headline, lead, body, _poster(known, (forest[-1], park[-1]), w))


def _hill(known: tuple[Point, ...], w: Words) -> str:
    """The hill, the slider over its years, and what is known of the year the slider stands at."""
    first, last = known[0].end_year, known[-1].end_year
    shares = ",".join(f"{p.end_year}:{round(p.value or 0)}" for p in known)
    alt = w("exhibit.hills.alt", first=f"{known[0].value:g}%", last=f"{known[-1].value:g}%")
    told = "".join(
        f'<p class="value" data-year="{p.end_year}">{fmt.plain(p.value or 0)}%'
        f"<small>{escape(fmt.period(p.period, w))}</small></p>"
        for p in known
    )
    between = w("exhibit.hills.between")
    told += f'<p class="value none" data-year=""><b data-shown-year></b><small>{escape(between)}</small></p>'
    drawn = svg.frame(hill.WIDE, hill.DOTS_TALL, hill.dots(), title=alt)
    return (
        f'<div class="hill" data-shares="{shares}" data-picture>{drawn}</div>'
        f'<div class="told" aria-live="polite">{told}</div>'
        f"{slider('year', first, last, first, label=w('exhibit.hills.drag'), ends=(str(first), str(last)))}"
    )


def _change(label: str, points: tuple[Point, ...], w: Words) -> str:
    """The last figure of a series, with the first one beside it."""
    first, last = points[0], points[-1]
    before = w("exhibit.hills.before", period=fmt.period(first.period, w), value=figure_cards.value(first, w))
    return figure(label, last, w, more=f"{fmt.period(last.period, w)} · {before}")


def _poster(known: tuple[Point, ...], beside: tuple[Point, Point], w: Words) -> Poster:
    first, last = known[0], known[-1]
    drawn = [(p.value or 0, f"{fmt.plain(p.value or 0)}%", fmt.period(p.period, w)) for p in (first, last)]
    alt = w("exhibit.hills.alt", first=drawn[0][1], last=drawn[1][1])
    tiles = tuple(
        Tile(w(f"exhibit.hills.{name}"), figure_cards.value(point, w), fmt.period(point.period, w))
        for name, point in zip(("forest", "park"), beside, strict=True)
    )
    bases = tuple(p.basis for p in (first, last, *beside))
    return Poster(w("exhibit.hills.dots"), hill.pair(drawn, title=alt), tiles, (w("exhibit.hills.study"),), bases)
