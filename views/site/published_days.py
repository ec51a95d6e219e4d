"""Published days of the city's air beside the site's own series: every item of both, and where they are not the same."""

from markupsafe import Markup

from reports import provenance
from reports.published_days import DECIMALS, Beside, PublishedDay, PublishedDays
from views.site import page
from views.site.sheet import drawn_once
from views.text import format as fmt
from views.text.markup import html
from views.text.words import Words
from views.ui import cards
from views.visit import Visit

AT_SIGHT = 31  # days; the rest is folded


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
    body = cards.line(w("published_days.how"), "muted small") + _table(days[:AT_SIGHT], w)
    if len(days) > AT_SIGHT:
        body += cards.folded(w("published_days.more", n=len(days) - AT_SIGHT), _table(days[AT_SIGHT:], w))
    period = f"{days[-1].day.isoformat()}/{days[0].day.isoformat()}"
    sources = provenance.merged(
        (one for day in days for one in (day.provenance, day.series) if one is not None), "published", period
    )
    page.show(cards.card(message, body, foot=cards.source_note(sources, w)))


def _table(days: tuple[PublishedDay, ...], w: Words) -> Markup:
    header = [w("published_days.column_day"), *(w(f"published_days.item.{item}") for item in DECIMALS)]
    rows = [
        [fmt.day(day.day, w, year=True), *(_cell(found.get(item), w) for item in DECIMALS)]
        for day in days
        for found in [{one.item: one for one in day.items}]
    ]
    return cards.table(header, rows, numeric=range(1, len(header)), region=w("published_days.title"))


def _cell(one: Beside | None, w: Words) -> Markup | str:
    """The published number over the series', marked where both are not the same; why there is nothing to compare."""
    if one is None:
        return cards.cell("")
    number = fmt.number(one.published.value, DECIMALS[one.item])
    if one.series is None or one.compared is None:
        return html('{}<br><span class="muted small">{}</span>', number, w("published_days.not_known"))
    own = fmt.number(one.series.value, DECIMALS[one.item])
    if not one.compared.comparable:
        return html('{}<br><span class="muted small">{}</span>', number, w("published_days.not_comparable", value=own))
    if one.differs:
        return html("<strong>{}</strong><br><strong>{}</strong>", number, w("published_days.apart", value=own))
    return html('{}<br><span class="muted small">{}</span>', number, w("published_days.same", value=own))
