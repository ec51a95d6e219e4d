"""The sky stripes: every day since 2013, a row a year."""

from collections.abc import Sequence

import pandas as pd
from markupsafe import Markup

from reports.air import EveryDay
from reports.air_gaps import YearGaps
from views.cached import cached_rendering_of
from views.drawings import stripes
from views.site import page
from views.site.sheet import Download, drawn_once
from views.text import air as air_words
from views.text import format as fmt
from views.text.words import Words
from views.ui import cards
from views.visit import Visit


@drawn_once()
def show(v: Visit, report: EveryDay, gaps: Sequence[YearGaps]) -> None:
    """The sky stripes. ``gaps``: of years with long ones."""
    page.section(v.w("overview.sky_title"), _sub(report, gaps, v.w))
    page.show(_drawn(v, report, _sub(report, gaps, v.w)))


def _sub(report: EveryDay, gaps: Sequence[YearGaps], w: Words) -> str:
    return fmt.sentences(w, w("overview.sky_sub", n=report.of_stations), air_words.long_gaps(gaps, w, short=True))


def _drawn(v: Visit, report: EveryDay, sub: str) -> Markup:
    w = v.w
    names = list(air_words.level_names(w).items())
    drawn = stripes.stripes(report.days, w, title=w("overview.sky_alt", n=report.known_days))
    key, title = stripes.key(w, names), w("overview.sky_title")
    download = Download("every-day", title, sub, drawn, report.provenance, _table(report, w), key=key)
    return (
        cards.scrolling(drawn, title, "stripes")
        + cards.legend(key)
        + cards.source_note(report.provenance, w)
        + page.download_links(v, download)
    )


@cached_rendering_of("facts")
def _table(report: EveryDay, w: Words) -> pd.DataFrame:
    """Every day known, with its index and level."""
    known, names = report.days[report.days["aqi"].notna()], air_words.level_names(w)
    return pd.DataFrame(
        {
            w("air.col_day"): [at.date().isoformat() for at in known["date"]],
            "AQI": known["aqi"].astype("Int64").to_numpy(),
            w("air.col_level"): [names[int(level)] for level in known["level"]],
        }
    )
