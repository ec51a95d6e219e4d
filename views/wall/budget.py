"""Days the year can still lose: a square for each that may be lost, the lost ones filled; what past years and a model say."""

from markupsafe import Markup

from reports import budget, model, outlook
from reports.budget import Budget
from views.text import format as fmt
from views.text.markup import html, join
from views.text.words import Words
from views.ui import budget as budget_pieces
from views.ui import cards, live
from views.ui import outlook as outlook_pieces
from views.ui.air import DASH, level_chip
from views.ui.cards import short_sources as source
from views.ui.forecast import ModelledDay
from views.visit import Visit
from views.wall.pieces import Scene, foot


def scene(v: Visit) -> Scene:
    """The budget of days above AQI 100 that keeps the year no worse than the last, by the edition in force and the other."""
    w = v.w
    main, other = budget.both(v.today)
    days_ahead = _model(v)
    beside = days_ahead or _editions((main, other), w)
    picture = html("{}<div class='halves'>{}{}</div>", _squares(main, w), _year_end((main, other), v), beside)
    under = (
        (budget_pieces.by_other(other, w), budget_pieces.open_days(main.left, w))
        if days_ahead
        else (w("wall.budget.model_none"),)
    )
    how_to_read = fmt.sentences(w, *under, budget_pieces.ozone(main, w))
    headline = budget_pieces.headline(main, w)
    sub = f"{budget_pieces.edition(main.now.edition, w)} · {budget_pieces.how(main, w)}"
    return Scene(headline, sub, picture, (foot(how_to_read, main.now.provenance, w),))


def _year_end(budgets: tuple[Budget, Budget], v: Visit) -> Markup:
    """Where the year may end by both editions; empty where there is no past to draw from."""
    ends = outlook.both(v.today)
    return outlook_pieces.wall(ends, budgets, outlook.record(ends[0].edition), v.w) if ends else Markup()


def _squares(report: Budget, w: Words) -> Markup:
    """A square a day: lost within the budget, still free, lost beyond it."""
    left = report.left
    over = max(-left.days, 0)
    kinds = ["lost"] * (left.lost_days - over) + ["free"] * max(left.days, 0) + ["over"] * over
    alt = w("budget.alt", allowed=left.allowed_days, lost=left.lost_days, unknown=left.unknown_days)
    squares = join(html('<i class="{kind}"></i>', kind=kind) for kind in kinds)
    shown = [kind for kind in ("lost", "free", "over") if kind in kinds]
    key = join(html('<span><i class="{kind}"></i>{}</span>', w(f"wall.budget.{kind}"), kind=kind) for kind in shown)
    return html(
        '<div class="budget" role="img" aria-label="{alt}">{squares}</div><div class="keys">{key}</div>',
        alt=alt,
        squares=squares,
        key=key,
    )


def _editions(both: tuple[Budget, Budget], w: Words) -> Markup:
    """Where no model has days ahead: the days by either edition, with what the days without data could still make of them."""
    head = [w("outlook.col_edition"), *(w(f"wall.budget.col_{name}") for name in ("allowed", "lost", "left"))]
    head += [w("wall.budget.col_good"), w("wall.budget.col_bad")]
    rows = []
    for one in both:
        left = one.left
        states = [_left(days, w) for days in (left.days, left.if_unknown_good, left.if_unknown_lost)]
        rows.append([budget_pieces.edition(one.now.edition, w), str(left.allowed_days), str(left.lost_days), *states])
    missing, to_come = both[0].left.unknown_days, both[0].left.days_to_come
    return html(
        '<div><p class="label">{}</p>{}<p class="muted">{}</p></div>',
        w("wall.budget.editions"),
        cards.table(head, rows, numeric=range(1, len(head))),
        w("wall.budget.open", missing=missing, to_come=to_come),
    )


def _left(days: int, w: Words) -> str:
    return str(days) if days >= 0 else w("wall.budget.too_many", n=-days)


def _model(v: Visit) -> Markup:
    """What a model sees of the days ahead, marked as such; empty where it sees none."""
    w, report = v.w, model.forecast(v.now)
    if report is None or not report.ranged:
        return Markup()
    badge = live.badge(model.freshness_of(report, v.now), w)
    rows = [_day_ahead(ModelledDay.of(one, w)) for one in report.ranged]
    head = [w("wall.budget.day"), w("air.col_level"), w("wall.budget.hours")]
    return html(
        '<div><p class="label">{} {badge}</p>{}<p class="muted">{}</p></div>',
        w("wall.budget.model"),
        cards.table(head, rows, numeric=(2,)),
        source(report.provenance, w),
        badge=badge,
    )


def _day_ahead(day: ModelledDay) -> list[str]:
    return [day.day, level_chip(day.index) if day.index.known else DASH, day.hours]
