"""Waste on a phone: where it goes, the rates beside their targets, the other figures."""

from markupsafe import Markup
from msgspec import Struct

from reports import waste
from reports.waste import Flow, Waste
from views.lite import frame, pieces
from views.lite.frame import Page, Picture
from views.text import answers, marked
from views.text import format as fmt
from views.text.words import Words
from views.ui import cards
from views.ui import waste as waste_pieces
from views.ui.rows import bold, row, share
from views.visit import Visit


def page(v: Visit) -> Page:
    """The waste page."""
    w, report = v.w, waste.overview(v.today)
    headline, lead = answers.of_waste(report, w)
    body = frame.body(
        "waste",
        v,
        headline=headline,
        lead=lead,
        flow=_flow(report.flow, w) if report.flow else None,
        rated=[pieces.promised(one, v) for one in report.rated],
        others=_others(report, v),
        cells=[pieces.figure(w(f"waste.cells_{one.row.kind}"), one, v) for one in report.cells.counts],
        recycling=[pieces.latest(one, v) for one in report.recycling if one.points],
    )
    return Page("waste", "waste", marked.plain(headline), lead, body, _picture(report.flow, headline, w), "waste")


class FlowRows(Struct, frozen=True, weakref=True):
    """Where a year's factory waste went: the year in words, a row with a bar for each way, the source note."""

    period: str
    rows: list[Markup]
    source: Markup


def _flow(report: Flow, w: Words) -> FlowRows:
    of_year = waste_pieces.flow(report, w)
    items = [row(w("waste.generated_short"), bold(of_year.generated), share(100, "var(--muted)"))]
    items += [row(way.name, bold(way.amount, way.share), share(way.share_pct, way.color)) for way in of_year.ways]
    return FlowRows(of_year.period, items, cards.source_note(report.provenance, w))


def _others(report: Waste, v: Visit) -> list[Markup]:
    w, home = v.w, report.household
    figures = {"burnt": home.burnt, "power": home.power, "food": home.food} if home else {}
    items = [pieces.figure(w(f"waste.{name}"), point, v) for name, point in figures.items() if point]
    return items + [pieces.latest(one, v) for one in (*report.untargeted, report.intensity) if one.points]


def _picture(made: Flow | None, headline: Markup, w: Words) -> Picture:
    if made is None:
        return Picture(w("site.not_found"), lines=(marked.plain(headline),))
    return Picture(fmt.number(made.share_pct(made.used.value), 1), "%", lines=(marked.plain(headline),))
