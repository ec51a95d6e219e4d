"""Waste: where a year's factory waste went, drawn as tall as the screen, and four figures of other kinds beside it."""

from markupsafe import Markup

from reports import waste
from reports.waste import Flow
from views.drawings import flow, waste_flow
from views.templates import render
from views.text import answers
from views.text import format as fmt
from views.text.words import Words
from views.ui import cards, inline
from views.ui import layout as page_layout
from views.ui import waste as waste_pieces
from views.ui.screens import labelled
from views.visit import Visit
from views.wall.pieces import Scene, figure

STREAMS = {"household": "amount", "hazardous": "share", "kitchen": "amount"}


def scene(v: Visit) -> Scene:
    """The flow of one year large; the figures of the whole city, each of its own year and from its own source."""
    w, report = v.w, waste.overview(v.today)
    headline, sub = answers.of_waste(report, w)
    streams = {one.kind: one for one in waste.streams(v.today)}
    known = {kind: getattr(streams[kind], what) for kind, what in STREAMS.items()}
    shown = [figure(w(f"wall.waste.{kind}"), (point,) if point else (), w) for kind, point in known.items()]
    shown.append(figure(w("wall.waste.cells"), report.cells.built, w))
    return Scene(headline, sub, render("wall/waste", flow=_flow(report.flow, w), figures=shown))


def _flow(report: Flow | None, w: Words) -> Markup:
    if report is None:
        return labelled(w("wall.waste.factory_unknown"), inline.paragraph(w("site.not_found")))
    of_year = waste_pieces.flow(report, w)
    remark = fmt.sentences(w, w("waste.rest_note"), cards.short_sources(report.provenance, w))
    wide, upright = (waste_flow.drawing(of_year, w, width=one) for one in (flow.WALL, flow.UPRIGHT))
    drawn = page_layout.by_width(wide, upright)
    return labelled(w("waste.factory", period=of_year.period), drawn, inline.paragraph(remark, "muted"))
