"""Chapter 4, a mountain turns green: a hill of a hundred dots that steps from one published year to the next."""

from markupsafe import Markup

from reports import greening
from reports.figures import Point
from views.drawings import forest_dots as hill
from views.drawings import svg
from views.exhibit.pieces import Chapter, Poster, Tile, figure, one_screen, slider, source_note
from views.text import format as fmt
from views.text.markup import html, join
from views.text.words import Words
from views.ui import cards, figure_cards
from views.visit import Visit


def chapter(v: Visit) -> Chapter:
    """The mountains on both sides of the city year by year; forest cover, land greened, park green beside them."""
    w, report = v.w, greening.overview(v.today)
    known = tuple(p for p in report.hills if p.value is not None)
    first, last = known[0], known[-1]
    said = {"first": fmt.plain(first.value or 0), "last": fmt.plain(last.value or 0)}
    source_notes = join(source_note(p.provenance, w) for p in (first, last))
    foot = html(
        '{}<div class="origins">{source_notes}</div>',
        cards.line(w("exhibit.hills.study"), "muted"),
        source_notes=source_notes,
    )
    picture = html('<section class="panel hills">{}{foot}</section>', _hill(known, w), foot=foot)
    forest, park = report.forest.points, report.park_green.points
    beside = [_change(w("exhibit.hills.forest"), forest, w), _change(w("exhibit.hills.park"), park, w)]
    beside += [
        figure(w("exhibit.hills.greened", period=fmt.period(p.period, w)), p, w) for p in report.land_greened.points[:1]
    ]
    said |= {"start": fmt.period(first.period, w), "end": fmt.period(last.period, w)}
    headline, lead = w.html("exhibit.hills.headline", **said), w("exhibit.hills.lead", start=said["start"])
    body = html('<div class="duo">{picture}<div class="side">{}</div></div>', join(beside), picture=picture)
    return one_screen("hills", headline, lead, body, _poster(known, (forest[-1], park[-1]), w))


def _hill(known: tuple[Point, ...], w: Words) -> Markup:
    """The hill, the slider over its years, and what is known of the year the slider stands at."""
    first, last = known[0].end_year, known[-1].end_year
    shares = ",".join(f"{p.end_year}:{round(p.value or 0)}" for p in known)
    alt = w("exhibit.hills.alt", first=f"{known[0].value:g}%", last=f"{known[-1].value:g}%")
    told = join(
        html(
            '<p class="value" data-year="{}">{}%<small>{}</small></p>',
            p.end_year,
            fmt.plain(p.value or 0),
            fmt.period(p.period, w),
        )
        for p in known
    )
    between = w("exhibit.hills.between")
    told += html(
        '<p class="value none" data-year=""><b data-shown-year></b><small>{between}</small></p>', between=between
    )
    drawn = svg.frame(hill.WIDE, hill.DOTS_TALL, hill.dots(), title=alt)
    return html(
        '<div class="hill" data-shares="{shares}" data-picture>{drawn}</div>'
        '<div class="told" aria-live="polite">{told}</div>'
        "{}",
        slider("year", first, last, first, label=w("exhibit.hills.drag"), ends=(str(first), str(last))),
        shares=shares,
        drawn=drawn,
        told=told,
    )


def _change(label: str, points: tuple[Point, ...], w: Words) -> Markup:
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
    bases = tuple(p.provenance for p in (first, last, *beside))
    return Poster(w("exhibit.hills.dots"), hill.pair(drawn, title=alt), tiles, (w("exhibit.hills.study"),), bases)
