"""Chapter 4, a mountain turns green: a hundred trees on two slopes, from one published year to the next."""

from msgspec import Struct

from reports import greening
from reports.figures import Point
from reports.found import NothingFoundError
from views.drawings import forest_dots
from views.exhibit.pieces import Chapter, Figure, Poster, Screen, Tile, figure, source_note
from views.templates import render
from views.text import format as fmt
from views.text.markup import join
from views.text.words import Words
from views.ui import figure_cards
from views.visit import Visit


class YearText(Struct, frozen=True, weakref=True):
    """A published share of forest in words, with the year it is the end of."""

    year: int
    share: str  # in percent
    period: str


def chapter(v: Visit) -> Chapter:
    """The mountains on both sides of the city year by year; forest cover, land greened, park green beside them."""
    w, report = v.w, greening.overview(v.today)
    known = tuple(p for p in report.hills if p.value is not None)
    if not (known and report.forest.points and report.park_green.points):
        raise NothingFoundError("hills")
    first, last = (_year(p, w) for p in (known[0], known[-1]))
    forest, park = report.forest.points, report.park_green.points
    beside = [_change(w("exhibit.hills.forest"), forest, w), _change(w("exhibit.hills.park"), park, w)]
    beside += [
        figure(w("exhibit.hills.greened", period=fmt.period(p.period, w)), p, w) for p in report.land_greened.points[:1]
    ]
    years = [_year(p, w) for p in known]
    stage = render(
        "exhibit/hills",
        w=w,
        shares=",".join(f"{p.end_year}:{round(p.value or 0)}" for p in known),
        years=years,
        beside=beside,
    )
    body = render(
        "exhibit/hills_body",
        w=w,
        source_notes=join(source_note(p.provenance, w) for p in (known[0], known[-1])),
    )
    headline = w.html("exhibit.hills.headline", first=first.share, last=last.share, start=first.period, end=last.period)
    lead = w("exhibit.hills.lead", start=first.period)
    screen = Screen("hills", headline, lead, "hills", stage, body)
    return Chapter(headline, lead, (screen,), _poster(known, (forest[-1], park[-1]), w))


def _year(point: Point, w: Words) -> YearText:
    return YearText(point.end_year, fmt.plain(point.value or 0), fmt.period(point.period, w))


def _ends_of(known: tuple[Point, ...]) -> dict[str, str]:
    """The first and the last share with their sign."""
    return {name: f"{fmt.plain(p.value or 0)}%" for name, p in (("first", known[0]), ("last", known[-1]))}


def _change(label: str, points: tuple[Point, ...], w: Words) -> Figure:
    """The last figure of a series, with the first one beside it."""
    first, last = points[0], points[-1]
    before = w("exhibit.hills.before", period=fmt.period(first.period, w), value=figure_cards.value(first, w))
    return figure(label, last, w, period=f"{fmt.period(last.period, w)} · {before}")


def _poster(known: tuple[Point, ...], beside: tuple[Point, Point], w: Words) -> Poster:
    first, last = known[0], known[-1]
    hills = [forest_dots.hill(p, w) for p in (first, last)]
    picture = forest_dots.pair(hills, title=w("exhibit.hills.alt", **_ends_of(known)))
    tiles = tuple(
        Tile(w(f"exhibit.hills.{name}"), figure_cards.value(point, w), fmt.period(point.period, w))
        for name, point in zip(("forest", "park"), beside, strict=True)
    )
    sources = tuple(p.provenance for p in (first, last, *beside))
    return Poster(w("exhibit.hills.dots"), picture, tiles, (w("exhibit.hills.study"),), sources)
