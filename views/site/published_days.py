"""Published days of the city's air beside the site's own series: every item of both, and where they are not the same."""

from reports import provenance
from reports.published_days import PublishedDays
from views.site import page
from views.site.sheet import drawn_once
from views.ui import cards
from views.ui.published_days import table
from views.visit import Visit

AT_SIGHT = 14  # days; the rest is folded


@drawn_once("air_hours", "air_days")
def beside_series(v: Visit, report: PublishedDays) -> None:
    """Every published day beside the archive's or the platform's; a sentence where none was imported."""
    w = v.w
    page.section(w("published_days.title"), w("published_days.sub"))
    if not report.days:
        page.note(w("published_days.none"))
        return
    message = w("published_days.message", n=len(report.days), beside=report.beside, differing=len(report.differing))
    _card(v, message, report)


@drawn_once("air_hours", "air_days")
def differing(v: Visit, report: PublishedDays) -> None:
    """The days on which the daily report and the site's series are not the same; nothing where there is none."""
    if report.differing:
        w, days = v.w, PublishedDays(report.differing)
        page.section(w("published_days.differing_title"), w("published_days.sub"))
        _card(v, w("published_days.differing_message", n=len(days.days), of=report.beside), days)


def _card(v: Visit, message: str, report: PublishedDays) -> None:
    w, days = v.w, report.days
    body = cards.line(w("published_days.how"), "muted small") + table(days[:AT_SIGHT], w)
    if len(days) > AT_SIGHT:
        body += cards.folded(w("published_days.more", n=len(days) - AT_SIGHT), table(days[AT_SIGHT:], w))
    period = f"{days[-1].day.isoformat()}/{days[0].day.isoformat()}"
    sources = provenance.merged(
        (one for day in days for one in (day.provenance, day.series) if one is not None), "published", period
    )
    page.show(cards.card(message, body, foot=cards.source_note(sources, w)))
