"""The sky stripes: every day since 2013, a row a year."""

from collections.abc import Sequence

from markupsafe import Markup

from reports.air import EveryDay
from reports.air_gaps import YearGaps
from views.drawings import stripes
from views.site import page
from views.site.sheet import drawn_once
from views.text import air as air_words
from views.text import format as fmt
from views.text.words import Words
from views.ui import cards
from views.visit import Visit


@drawn_once()
def show(v: Visit, report: EveryDay, gaps: Sequence[YearGaps]) -> None:
    """The sky stripes. ``gaps``: of years with long ones."""
    page.section(v.w("overview.sky_title"), _sub(report, gaps, v.w))
    page.show(_drawn(report, v.w))


@drawn_once()
def folded(v: Visit, report: EveryDay, gaps: Sequence[YearGaps]) -> None:
    """The same, opened on demand."""
    body = cards.line(_sub(report, gaps, v.w), "muted small") + _drawn(report, v.w)
    page.show(cards.folded(v.w("overview.sky_title"), body))


def _sub(report: EveryDay, gaps: Sequence[YearGaps], w: Words) -> str:
    return fmt.sentences(w, w("overview.sky_sub", n=report.of_stations), air_words.long_gaps(gaps, w, short=True))


def _drawn(report: EveryDay, w: Words) -> Markup:
    names = list(air_words.level_names(w).items())
    drawn = stripes.stripes(report.days, w, title=w("overview.sky_alt", n=report.known_days))
    return (
        cards.scrolling(drawn, w("overview.sky_title"), "stripes")
        + stripes.key(w, names)
        + cards.source_note(report.provenance, w)
    )
