"""Waste and green: the mountains then and now, forest, parks; waste put to use, households, zero-waste cells."""

from collections.abc import Sequence

from markupsafe import Markup

from reports import figures, greening, provenance, waste
from reports.figures import Point
from views.drawings import forest_dots
from views.templates import render
from views.text import format as fmt
from views.text.words import Words
from views.ui import figure_cards, inline, screens
from views.visit import Visit
from views.wall.pieces import Scene, foot, number


def scene(v: Visit) -> Scene:
    """The hills large, beside them what the city publishes of green and of waste."""
    w, green, rubbish = v.w, greening.overview(v.today), waste.overview(v.today)
    series = {
        "forest": green.forest.points,
        "park_green": green.park_green.points,
        "green_cover": green.green_cover.points,
        "used": rubbish.utilisation.points,
        "burnt": (rubbish.household.burnt,) if rubbish.household else (),
        "cells": rubbish.cells.built,
    }
    shown = [_figure(name, points, w) for name, points in series.items()]
    picture = render("wall/green", hills=_hills(green.hills, w), figures=shown)
    of_hills = provenance.merged((point.provenance for point in green.hills), "published", str(v.today.year))
    under = foot(w("greening.hills_note"), of_hills, w)
    hills = figures.ends(green.hills)
    if hills is None:
        return Scene(w.html("wall.green.headline_unknown"), w("wall.green.sub"), picture, (under,))
    (start, first), (end, last) = ((fmt.period(one.period, w), fmt.plain(one.value or 0)) for one in hills)
    headline = w.html("wall.green.headline", start=start, first=first, end=end, last=last)
    return Scene(headline, w("wall.green.sub"), picture, (under,))


def _hills(points: Sequence[Point], w: Words) -> Markup:
    ends = figures.ends(points)
    if ends is None:
        return inline.paragraph(w("site.not_found"))
    first, last = hills = [forest_dots.hill(one, w) for one in ends]
    title = w("wall.green.alt", first=first.share, last=last.share, start=first.period, end=last.period)
    return forest_dots.pair(hills, title=title)


def _figure(name: str, points: Sequence[Point], w: Words) -> Markup:
    """The last published figure, large; of when it is, and where the series began."""
    label = w(f"wall.green.{name}")
    if not points:
        return screens.without_number(label, w("site.not_found"))
    last, ends = points[-1], figures.ends(points)
    sub = fmt.period(last.period, w)
    if ends:
        start, first = fmt.period(ends[0].period, w), figure_cards.value(ends[0], w)
        sub = w("wall.green.since", period=sub, start=start, first=first)
    if last.provenance.kind == "derived":  # its source gives what it was computed of
        sub = " · ".join((sub, w("site.kinds.derived")))
    return number(label, figure_cards.value(last, w), sub, last.provenance, w)
