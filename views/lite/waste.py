"""Waste on a phone: where it goes, the rates beside their targets, the other figures."""

from markupsafe import Markup

from reports import waste
from reports.waste import Flow, Waste
from views.lite import pieces
from views.lite.frame import Page, Picture
from views.text import amounts, answers, marked
from views.text import format as fmt
from views.text.markup import html
from views.text.words import Words
from views.ui import cards
from views.visit import Visit

COLORS = {"used": "var(--leaf)", "disposed": "var(--earth)", "rest": "var(--none)"}


def page(v: Visit) -> Page:
    """The waste page."""
    w, report = v.w, waste.overview(v.today)
    headline, lead = answers.of_waste(report, w)
    body = pieces.head(headline, lead)
    body += _flow(report.flow, w) if report.flow else Markup()
    body += pieces.block(w("waste.rates_title"), pieces.rows(pieces.promised(p, w) for p in report.rated))
    body += pieces.block(w("lite.other_figures"), pieces.rows(_others(report, w)))
    body += pieces.block(
        w("waste.cells_title"),
        pieces.rows(pieces.figure(w(f"waste.cells_{p.row.kind}"), p, w) for p in report.cells.counts),
        w("waste.cells_sub"),
    )
    body += pieces.block(
        w("waste.recycling_title"),
        pieces.rows(pieces.latest(one, w) for one in report.recycling if one.points),
        w("waste.recycling_sub"),
    )
    return Page("waste", "waste", marked.plain(headline), lead, body, _picture(report.flow, headline, w), "waste")


def _flow(made: Flow, w: Words) -> Markup:
    """What was produced and where it went, a bar a way."""
    parts = {"used": made.used.value, "disposed": made.disposed.value, "rest": made.unstated_10kt}
    whole = amounts.amount(made.generated.value or 0, "10kt", w)
    items = [pieces.row(w("waste.generated_short"), pieces.strong(whole), _bar(100, "var(--muted)"))]
    for name, amount in parts.items():
        share = made.share_pct(amount)
        value = pieces.strong(amounts.amount(amount or 0, "10kt", w), f"{share:.1f}%")
        items.append(pieces.row(w(f"waste.{name}"), value, _bar(share, COLORS[name])))
    body = (
        pieces.rows(items)
        + html('<p class="small muted">{}</p>', w("waste.rest_note"))
        + cards.source_note(made.provenance, w)
    )
    return pieces.block(w("waste.factory", period=fmt.period(made.period, w)), body)


def _bar(share: float, color: str) -> Markup:
    return html('<div class="bar-line" style="width:{share:.1f}%;background:{color}"></div>', share=share, color=color)


def _others(report: Waste, w: Words) -> list[Markup]:
    home = report.household
    found = (
        [pieces.figure(w("waste.burnt"), home.burnt, w), pieces.figure(w("waste.power"), home.power, w)] if home else []
    )
    found += [pieces.figure(w("waste.food"), home.food, w)] if home and home.food else []
    return found + [pieces.latest(one, w) for one in (*report.untargeted, report.intensity) if one.points]


def _picture(made: Flow | None, headline: Markup, w: Words) -> Picture:
    if made is None:
        return Picture(w("site.not_found"), lines=(marked.plain(headline),))
    return Picture(f"{made.share_pct(made.used.value):.1f}", "%", lines=(marked.plain(headline),))
