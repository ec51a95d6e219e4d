"""Green: how far forest cover has come to its target, the mountains then and now, and what else is published."""

from collections.abc import Sequence

from markupsafe import Markup

from reports import figures, greening, provenance
from reports.figures import Point
from reports.greening import Forest
from views.drawings import course, forest_dots
from views.templates import render
from views.text import answers
from views.text import format as fmt
from views.text.words import Words
from views.ui import cards, inline
from views.ui.screens import labelled
from views.visit import Visit
from views.wall.pieces import Scene, figure

TREND = course.Layout(480, 218)


def scene(v: Visit) -> Scene:
    """The hills and the path of forest cover side by side; at the foot four figures of the city."""
    w, report = v.w, greening.overview(v.today)
    headline, sub = answers.of_greening(v, report.forest)
    series = {
        "park_green": report.park_green.points,
        "green_cover": report.green_cover.points,
        "grass": report.grass.points,
        "land": report.land_greened.points[-1:],  # periods of several lengths: no earlier one stands beside it
    }
    numbers = tuple(figure(w(f"wall.green.{name}"), points, w) for name, points in series.items())
    return Scene(
        headline, sub, render("wall/green", hills=_hills(report.hills, w), trend=_trend(report.forest, w)), numbers
    )


def _hills(points: Sequence[Point], w: Words) -> Markup:
    ends = figures.ends(points)
    if ends is None:
        return labelled(w("greening.hills_title"), inline.paragraph(w("site.not_found")))
    first, last = hills = [forest_dots.hill(one, w) for one in ends]
    known = {"first": first.share, "last": last.share, "start": first.period, "end": last.period}
    drawn = forest_dots.pair(hills, title=w("wall.green.alt", **known), layout=forest_dots.WALL)
    sources = provenance.merged((point.provenance for point in ends), "published", ends[-1].period)
    remark = fmt.sentences(w, w("wall.green.hills_note"), cards.short_sources(sources, w))
    return labelled(w("wall.green.hills", **known), drawn, inline.paragraph(remark, "muted"))


def _trend(report: Forest, w: Words) -> Markup:
    """Every published figure of the city's forest cover, with the target and the way to it."""
    label, points = w("wall.green.trend"), report.points
    if len(points) < 2:
        return labelled(label, inline.paragraph(w("site.not_found")))
    alt = w("greening.forest_alt", figures=course.read_aloud(points, w, "%"))
    drawn = course.drawing(points, report.target, w, color="var(--leaf)", unit="%", title=alt, layout=TREND)
    period = f"{points[0].period}/{points[-1].period}"
    sources = provenance.merged((p.provenance for p in reversed(points)), "published", period)
    remark = fmt.sentences(w, w("wall.green.trend_note"), cards.short_sources(sources, w))
    return labelled(label, drawn, inline.paragraph(remark, "muted"))
