"""One indicator: what it means, every published figure with its origin, every target with its state."""

from markupsafe import Markup
from msgspec import Struct

from reports import indicator
from reports.figures import Point
from reports.goals import Promise
from reports.indicator import Series
from views.drawings import year_dots
from views.lite import frame, number
from views.lite.frame import NotThereError, Page, Picture
from views.text import format as fmt
from views.text.words import Words
from views.ui import cards, figure_cards, promise
from views.ui.rows import bold, row
from views.visit import Visit

THEMES = ("air", "water", "waste", "greening")  # with a page of their own


def page(v: Visit, indicator_id: str) -> Page:
    """An indicator's page. Raises NotThereError where it is unknown."""
    try:
        known = indicator.of(indicator_id, v.today)
    except KeyError:
        raise NotThereError(indicator_id) from None
    w = v.w
    name, page_name = w.of(known.row.name), known.row.theme if known.row.theme in THEMES else "goals"
    body = frame.body(
        "indicator",
        v,
        theme=w(f"site.themes.{known.row.theme}"),
        name=name,
        meaning=w.of(known.row.meaning),
        promises=[_promise(one, w) for one in known.promises],
        series=[_series(one, w) for one in known.series],
        drawing=_drawing(known.series[0], w) if known.series else "",
        elsewhere_n=sum(len(one.points) for one in known.series[1:]),
        back_to=page_name,
        number=number.way(indicator_id, v),
    )
    latest = known.latest
    figure = f"{figure_cards.value(latest, w)} · {fmt.period(latest.period, w)}" if latest else w("site.not_found")
    description = f"{figure}. {w.of(known.row.meaning)}" if w.lang == "en" else f"{figure}。{w.of(known.row.meaning)}"
    return Page(
        f"indicator/{indicator_id}", page_name, name, description, body, Picture(figure, lines=(name,)), page_name
    )


def _promise(one: Promise, w: Words) -> Markup:
    """A target of one plan with its state and both origins: the target's and, where there is one, the last figure's."""
    shown = promise.row(one, w)
    return (
        row(shown.plan_row, cards.state(shown.state, shown.word))
        + promise.line(shown)
        + promise.ends(shown, w)
        + cards.line(shown.reason, "small")
        + promise.measured(shown, w)
        + promise.conflicts(shown, w)
        + promise.background(shown, w)
        + promise.source_notes(shown, w)
    )


class SeriesRows(Struct, frozen=True, weakref=True):
    """Every figure of an area in rows, the latest first, under a title."""

    title: str
    rows: list[Markup]


def _series(one: Series, w: Words) -> SeriesRows:
    return SeriesRows(_title(one, w), [_point(point, w) for point in reversed(one.points)])


def _title(one: Series, w: Words) -> str:
    return w("lite.figures_of", area=w.of(one.area.name), n=len(one.points))


def _drawing(one: Series, w: Words) -> Markup:
    """The figures of whole years as dots; empty where there are too few."""
    return year_dots.drawing(one.points, w, title=_title(one, w))


def _point(point: Point, w: Words) -> Markup:
    return row(
        fmt.period(point.period, w),
        bold(figure_cards.value(point, w)),
        cards.line(w.of(point.row.note), "small muted"),
        cards.source_note(point.provenance, w),
    )
