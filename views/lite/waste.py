"""Waste on a phone: where it goes, the rates beside their targets, the other figures."""

from dataclasses import dataclass

from markupsafe import Markup

from reports import waste
from reports.waste import Flow, Waste
from views.lite import frame, pieces
from views.lite.frame import Page, Picture
from views.text import amounts, answers, marked
from views.text import format as fmt
from views.text.words import Words
from views.ui import cards
from views.ui.rows import bold, row, share
from views.visit import Visit

COLORS = {"used": "var(--leaf)", "disposed": "var(--earth)", "rest": "var(--none)"}


def page(v: Visit) -> Page:
    """The waste page."""
    w, report = v.w, waste.overview(v.today)
    headline, lead = answers.of_waste(report, w)
    body = frame.body(
        "waste",
        w,
        headline=headline,
        lead=lead,
        flow=_flow(report.flow, w) if report.flow else None,
        rated=[pieces.promised(one, w) for one in report.rated],
        others=_others(report, w),
        cells=[pieces.figure(w(f"waste.cells_{one.row.kind}"), one, w) for one in report.cells.counts],
        recycling=[pieces.latest(one, w) for one in report.recycling if one.points],
    )
    return Page("waste", "waste", marked.plain(headline), lead, body, _picture(report.flow, headline, w), "waste")


@dataclass(frozen=True)
class FlowRows:
    """Where a year's factory waste went: the year in words, a row with a bar for each way, the source note."""

    period: str
    rows: list[Markup]
    source: Markup


def _flow(made: Flow, w: Words) -> FlowRows:
    parts = {"used": made.used.value, "disposed": made.disposed.value, "rest": made.unstated_10kt}
    whole = amounts.amount(made.generated.value or 0, "10kt", w)
    items = [row(w("waste.generated_short"), bold(whole), share(100, "var(--muted)"))]
    for name, amount in parts.items():
        percent = made.share_pct(amount)
        value = bold(amounts.amount(amount or 0, "10kt", w), f"{percent:.1f}%")
        items.append(row(w(f"waste.{name}"), value, share(percent, COLORS[name])))
    return FlowRows(fmt.period(made.period, w), items, cards.source_note(made.provenance, w))


def _others(report: Waste, w: Words) -> list[Markup]:
    home = report.household
    figures = {"burnt": home.burnt, "power": home.power, "food": home.food} if home else {}
    items = [pieces.figure(w(f"waste.{name}"), point, w) for name, point in figures.items() if point]
    return items + [pieces.latest(one, w) for one in (*report.untargeted, report.intensity) if one.points]


def _picture(made: Flow | None, headline: Markup, w: Words) -> Picture:
    if made is None:
        return Picture(w("site.not_found"), lines=(marked.plain(headline),))
    return Picture(f"{made.share_pct(made.used.value):.1f}", "%", lines=(marked.plain(headline),))
