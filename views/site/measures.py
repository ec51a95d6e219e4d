"""What was done, as published, on the actions page: measures, networks of stations, green industry."""

from markupsafe import Markup

from reports import lookup
from reports.actions import ZONE, Done, Industry
from reports.figures import Measured, Point
from views.site import page
from views.site.sheet import drawn_once
from views.text import format as fmt
from views.text.markup import join
from views.text.words import Words
from views.ui import bars, cards, figure_cards
from views.ui.bars import Bar
from views.visit import Visit

AT_SIGHT = 5  # figures of a card that are not folded


@drawn_once()
def done(v: Visit, measures: tuple[Done, ...]) -> None:
    """What was done, by theme, as published."""
    page.section(v.w("actions.done_title"), v.w("actions.done_sub"))
    page.show(cards.grid((_list(one, v.w) for one in measures), "two"))


@drawn_once()
def watched(v: Visit, network: tuple[Done, ...]) -> None:
    """What is measured and watched, and where the numbers stop."""
    if not network:
        page.nothing(v, "network")
        return
    last = max(one.end_year for one in network)
    page.section(v.w("actions.network_title"), v.w("actions.network_sub", year=last))
    page.show(cards.grid((_list(one, v.w) for one in network), "three"))


def _list(one: Done, w: Words, title: str = "") -> Markup:
    rows = [_figure(series, point, w) for series, point in one.latest_first]
    body = join(rows[:AT_SIGHT])
    if len(rows) > AT_SIGHT:
        body += cards.folded(w("actions.more_figures", n=len(rows) - AT_SIGHT), join(rows[AT_SIGHT:]))
    sources = cards.source_note(one.provenance, w, summary=_sources(one, w))
    return cards.card(title or w(f"site.themes.{one.theme}"), body, foot=sources)


def _sources(one: Done, w: Words) -> str:
    return w("actions.documents", n=len({source.document.document_id for source in one.provenance.sources}))


def _figure(series: Measured, point: Point, w: Words) -> Markup:
    """One published amount: what, how much, of when; what the source adds to it."""
    note = w.of(point.row.note)
    small = " · ".join(text for text in (fmt.period(point.period, w), note) if text)
    return cards.pair(w.of(series.indicator.name), small, figure_cards.value(point, w))


@drawn_once()
def green_industry(v: Visit, report: Industry) -> None:
    """The development zone: less energy for the same value, green titles, what its factories make."""
    w = v.w
    page.section(w("actions.industry_title"), w("actions.industry_sub", zone=w.of(lookup.areas()[ZONE].name)))
    fell = report.energy_fell
    shown = [
        Bar(fmt.period(p.period, w), ((abs(p.value or 0), "var(--accent)"),), f"{fmt.signed(p.value or 0, 1)}%")
        for p in report.energy
    ]
    body = bars.rows(shown) + cards.line(
        w("actions.energy_note" if fell else "actions.energy_note_moved"), "muted small"
    )
    if city := report.city_energy:
        of_city = w("actions.energy_city", period=fmt.period(city.period, w), value=fmt.signed(city.value or 0, 1))
        body += cards.line(of_city) + cards.source_note(city.provenance, w)
    title = w("actions.energy_fell" if fell else "actions.energy_moved", n=len(report.energy))
    energy = cards.card(title, body, foot=cards.source_note(report.provenance, w))
    won = _list(report.titles, w, w("actions.titles"))
    page.show(cards.grid([energy, won], "two"))
    more = cards.grid(
        [_list(report.works, w, w("actions.works")), _list(report.capacity, w, w("actions.capacity"))], "two"
    )
    page.show(cards.folded(w("actions.industry_more"), more))
