"""The year: its bad days added up beside past years; a square for each day it may lose; what past years and a model say."""

from markupsafe import Markup

from reports import budget, cumulative, model
from reports import outlook as outlooks
from reports.budget import Budget
from reports.cumulative import Cumulative
from reports.freshness import Freshness
from reports.model import Forecast
from views.drawings import cumulative as trend_drawing
from views.drawings import ranked_years
from views.templates import render
from views.text import format as fmt
from views.text import standards
from views.text.markup import join
from views.text.words import Words
from views.ui import budget as budget_pieces
from views.ui import cards, inline, live
from views.ui import cumulative as texts
from views.ui import outlook as outlook_pieces
from views.ui.air import DASH, level_chip
from views.ui.forecast import ModelledDay
from views.ui.layout import by_width
from views.ui.screens import labelled
from views.visit import Visit
from views.wall.pieces import Scene, foot

AHEAD = {"zh": 3, "en": 2}  # days of the model that fit beside the drawing; English headlines take two lines


def scene(v: Visit) -> Scene:
    """The budget of days above AQI 100 that keeps the year no worse than the last, by the edition in force and the other."""
    w, forecast, ends = v.w, model.forecast(v.now), outlooks.both(v.today)
    main, other = budget.both(v.today)
    year = cumulative.cumulative(v.today)
    ahead = _ahead(forecast, model.freshness_of(forecast, v.now), w) if forecast and forecast.ranged else Markup()
    left = main.left
    picture = render(
        "wall/budget",
        w=w,
        message=texts.message(year, w),
        course=by_width(
            *(trend_drawing.drawing(year, w, layout=one) for one in (trend_drawing.WALL, trend_drawing.TALL))
        ),
        ranked=by_width(*(ranked_years.drawing(year, w, layout=one) for one in (ranked_years.WALL, ranked_years.TALL))),
        ranked_label=_ranked_label(year, w),
        alt=w("budget.alt", allowed=left.allowed_days, lost=left.lost_days, unknown=left.unknown_days),
        days={"lost": left.lost_days - left.over_days, "free": left.free_days, "over": left.over_days},
        year_end=outlook_pieces.wall(ends, (main, other), outlooks.record(ends[0].edition, v.today), w) if ends else "",
        beside=ahead or _editions((main, other), w),
    )
    first = budget_pieces.by_other(other, w) if ahead else w("wall.budget.model_none")
    how_to_read = fmt.sentences(w, first, budget_pieces.open_days(left, w), budget_pieces.ozone(main, w))
    sub = w("wall.budget.sub", edition=standards.edition(main.now.edition, w), how=budget_pieces.how(main, w))
    return Scene(budget_pieces.headline(main, w), sub, picture, (foot(how_to_read, year.provenance, w),))


def _ranked_label(year: Cumulative, w: Words) -> str:
    """What the dots are, and which years know too few days to be among them."""
    without = w("wall.list_comma").join(str(one.year) for one in year.left_out)
    name = "wall.budget.ranked_without" if without else "wall.budget.ranked"
    return w(name, until=fmt.day(year.until, w, year=False), year=year.now.year, without=without)


def _editions(both: tuple[Budget, Budget], w: Words) -> Markup:
    """Where no model has days ahead: the days by either edition."""
    head = [w("outlook.col_edition"), *(standards.edition(one.now.edition, w) for one in both)]
    left = [one.left for one in both]
    values = {
        "allowed": [str(one.allowed_days) for one in left],
        "lost": [str(one.lost_days) for one in left],
        "left": [_left(one.days, w) for one in left],
    }
    rows = [[w(f"wall.budget.col_{name}"), *of_both] for name, of_both in values.items()]
    return labelled(w("wall.budget.editions"), cards.table(head, rows, numeric=range(1, len(head))))


def _left(days: int, w: Words) -> str:
    return str(days) if days >= 0 else w("wall.budget.too_many", n=-days)


def _ahead(forecast: Forecast, fresh: Freshness, w: Words) -> Markup:
    """What a model has of the days ahead, marked as such."""
    label = join((w("wall.budget.model"), live.badge(fresh, w)), " ")
    head = [w("wall.budget.day"), w("air.col_level"), w("wall.budget.hours")]
    table = cards.table(head, [_day(ModelledDay.of(one, w)) for one in forecast.ranged[: AHEAD[w.lang]]], numeric=(2,))
    return labelled(label, table, inline.paragraph(cards.short_sources(forecast.provenance, w), "muted"))


def _day(day: ModelledDay) -> list[cards.Cell]:
    return [day.day, level_chip(day.index) if day.index.known else DASH, day.hours]
