"""Blocks of the overview. No chart library here: the first page is drawn on the server and arrives light."""

from collections.abc import Sequence

from markupsafe import Markup

from reports.air import EveryDay
from reports.air_gaps import YearGaps
from reports.latest import LatestAir, LatestRiver
from reports.overview import Overview
from views.drawings import stripes
from views.site import page
from views.site.sheet import drawn_once
from views.text import air as air_words
from views.text import answers
from views.text import format as fmt
from views.text.words import Words
from views.ui import air as air_pieces
from views.ui import cards, promise
from views.ui import notable as notable_pieces
from views.ui import now as now_pieces
from views.ui.air import AirReading
from views.visit import Visit


@drawn_once()
def lead(v: Visit, report: Overview) -> None:
    """The page's answer."""
    page.head(v, "overview", *answers.of_overview(report, v.w))


def now(v: Visit, air: LatestAir, river: LatestRiver) -> None:
    """Air and river in one line each, with their age."""
    page.section(now_pieces.title(air, river, v.w), v.w("overview.now_sub"))
    page.show(cards.grid([_air_card(air, v.w), now_pieces.river_card(river, v)], "two"))


def _air_card(air: LatestAir, w: Words) -> Markup:
    """The newest air. Only the air outside gives advice; of an older one its effect is named."""
    reading = AirReading.of_latest(air, w)
    body = air_pieces.index_row(reading.index, reading.advice or reading.effect)
    body += reading.age + cards.line(reading.remark, "muted small")
    return cards.card(now_pieces.sky_label(air, w), body, foot=cards.source_note(reading.provenance, w))


@drawn_once()
def promises(v: Visit, report: Overview) -> None:
    """The eight headline promises."""
    page.section(v.w("overview.promises_title"), v.w("overview.promises_sub"))
    page.show(cards.grid((promise.card(one, v.w) for one in report.headline), "four"))


@drawn_once()
def every_day(v: Visit, report: EveryDay, gaps: Sequence[YearGaps]) -> None:
    """The sky stripes. ``gaps``: of years with long ones."""
    w = v.w
    page.section(
        w("overview.sky_title"),
        fmt.sentences(w, w("overview.sky_sub", n=report.of_stations), air_words.long_gaps(gaps, w, short=True)),
    )
    names = list(air_words.level_names(w).items())
    drawn = stripes.stripes(report.days, w, title=w("overview.sky_alt", n=report.known_days))
    page.show(cards.wrapped("scroll stripes", drawn) + stripes.key(w, names) + cards.source_note(report.provenance, w))


@drawn_once()
def worth_knowing(v: Visit, report: Overview) -> None:
    """What improved, what is at risk, what is unknown."""
    page.section(v.w("overview.notable_title"))
    page.show(cards.grid(notable_pieces.notable(report, v.w), "three"))
