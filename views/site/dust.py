"""The ledger of dust days: which days were decided on, and how."""

from reports import provenance
from reports.dust import DustDay, Ledger
from views.site import page
from views.site.sheet import drawn_once
from views.text import format as fmt
from views.text.words import Words
from views.ui import cards
from views.visit import Visit


@drawn_once()
def ledger(v: Visit, report: Ledger) -> None:
    """The decisions of the year day by day; a sentence where none was published."""
    w = v.w
    if not report.days:
        page.show(cards.line(w("dust.none", year=report.year), "muted"))
        return
    page.section(w("dust.title", year=report.year))
    header = [w("dust.column_day"), w("dust.column_decision"), "PM10", "PM2.5", w("dust.column_note")]
    body = cards.table(header, [_row(one, w) for one in report.days], numeric=(2, 3))
    n = report.deducted + report.counted
    message = w("dust.message", year=report.year, n=n, deducted=report.deducted, counted=report.counted)
    sources = provenance.merged((one.provenance for one in report.days), "published", str(report.year))
    page.show(cards.card(message, cards.line(w("dust.sub"), "muted small") + body, foot=cards.source_note(sources, w)))


def _row(one: DustDay, w: Words) -> list[cards.Cell]:
    values = (cards.cell("" if value is None else fmt.plain(value)) for value in (one.pm10, one.pm25))
    decision = w(f"dust.decision.{one.row.decision}")
    return [fmt.day(one.day, w), decision, *values, cards.cell(w.of(one.row.note))]
