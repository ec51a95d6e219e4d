"""Blocks of the overview. No chart library here: the first page is drawn on the server and arrives light."""

from markupsafe import Markup

from reports import advice, air
from reports.overview import Overview
from views.drawings import stripes as sky
from views.site import page
from views.site.refresh import auto_refresh
from views.text import air as air_words
from views.text import answers
from views.text import format as fmt
from views.text.markup import html
from views.ui import air as air_pieces
from views.ui import cards, promise
from views.ui import notable as notable_pieces
from views.ui import now as now_pieces
from views.visit import Visit


def lead(v: Visit, report: Overview) -> None:
    """The page's answer."""
    page.head(v, "overview", *answers.of_overview(report, v.w))


@auto_refresh
def now(v: Visit) -> None:
    """Air and river in one line each, with their age."""
    page.section(now_pieces.title(v), v.w("overview.now_sub"))
    page.show(cards.grid([air_card(v), now_pieces.river_card(v)], "two"))


def air_card(v: Visit) -> Markup:
    """The sky of the latest hour; of the last known day where no hour is known or that day is later.

    Only the air outside gives advice; of an older one its effect is told.
    """
    w, told = v.w, advice.now()
    row = air.categories()[told.level - 1]
    said = w.of(row.advice if advice.holds(told, v.now) else row.effect)
    body = air_pieces.index(told.aqi, row, w, said)
    ozone = Markup() if told.at else cards.line(air_words.ozone(air.latest_day(), w), "muted small")
    return cards.card(
        now_pieces.sky_label(v, told), body + now_pieces.sky_age(v, told) + ozone, foot=cards.source_note(told.told, w)
    )


def promises(v: Visit, report: Overview) -> None:
    """The eight headline promises."""
    page.section(v.w("overview.promises_title"), v.w("overview.promises_sub"))
    page.show(cards.grid((promise.card(one, v.w) for one in report.headline), "four"))


def every_day(v: Visit, report: Overview) -> None:
    """The sky stripes."""
    w = v.w
    days = air.days()
    of_stations = int((days["ozone"] == "counted_from_stations").sum())
    page.section(
        w("overview.sky_title"),
        fmt.sentences(w, w("overview.sky_sub", n=of_stations), air_words.long_gaps(w, short=True)),
    )
    names = [(row.level, w.of(row.name)) for row in air.categories()]
    drawn = sky.stripes(days, w, title=w("overview.sky_alt", n=report.known_days))
    page.show(
        html(
            '<div class="scroll stripes">{drawn}</div>{}{}',
            sky.key(w, names),
            cards.source_note(air.days_provenance(days), w),
            drawn=drawn,
        )
    )


def worth_knowing(v: Visit, report: Overview) -> None:
    """What improved, what is at risk, what is unknown."""
    page.section(v.w("overview.notable_title"))
    page.show(cards.grid(notable_pieces.notable(report, v.w), "three"))
