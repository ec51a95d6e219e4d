"""Days the year can still lose: a square for each that may be lost, the lost ones filled; what past years and a model say."""

from html import escape

from reports import budget, freshness, model
from reports.budget import Budget
from reports.model import Day
from views import air_words, cards, live, outlook
from views import budget as said
from views import format as fmt
from views.page import Visit
from views.tokens import AQI_LEVELS
from views.wall.pieces import Scene, foot, source
from views.words import Words


def scene(v: Visit) -> Scene:
    """The budget of days above AQI 100 that keeps the year no worse than the last, by the edition in force and the other."""
    w = v.w
    main, other = budget.both(v.today)
    picture = f"{_squares(main, w)}<div class='halves'>{outlook.wall(v)}{_model(v)}</div>"
    how_to_read = " ".join((said.by_other(other, w), said.open_days(main.left, w), said.ozone(main, w)))
    headline = said.headline(main, w)
    sub = f"{said.edition(main.now.edition, w)} · {said.how(main, w)}"
    return Scene(headline, sub, picture, (foot(escape(how_to_read), main.now.basis, w),))


def _squares(report: Budget, w: Words) -> str:
    """A square a day: lost within the budget, still free, lost beyond it."""
    left = report.left
    over = max(-left.days, 0)
    kinds = ["lost"] * (left.lost_days - over) + ["free"] * max(left.days, 0) + ["over"] * over
    alt = w("budget.alt", allowed=left.allowed_days, lost=left.lost_days, unknown=left.unknown_days)
    squares = "".join(f'<i class="{kind}"></i>' for kind in kinds)
    shown = [kind for kind in ("lost", "free", "over") if kind in kinds]
    key = "".join(f'<span><i class="{kind}"></i>{escape(w(f"wall.budget.{kind}"))}</span>' for kind in shown)
    return f'<div class="budget" role="img" aria-label="{escape(alt)}">{squares}</div><div class="keys">{key}</div>'


def _model(v: Visit) -> str:
    """What a model sees of the days ahead, marked as such; that it is silent, where it is."""
    w, report = v.w, model.forecast(v.now)
    days = [one for one in report.days if one.high is not None] if report else []
    if report is None or not days:
        return f'<div><p class="label">{escape(w("wall.budget.model"))}</p><p>{escape(w("wall.budget.model_none"))}</p></div>'
    badge = live.badge(freshness.of(model.AIR, v.now, data_at=report.run_at), w)
    rows = [[fmt.day(one.date, w, year=False), _level(one, w), f"{one.low}–{one.high}"] for one in days]
    head = [w("wall.budget.day"), w("air.col_level"), w("wall.budget.hours")]
    return (
        f'<div><p class="label">{escape(w("wall.budget.model"))} {badge}</p>{cards.table(head, rows, numeric=(2,))}'
        f'<p class="muted">{source(report.basis, w)}</p></div>'
    )


def _level(one: Day, w: Words) -> str:
    if one.level is None:
        return "—"
    return cards.chip(air_words.level_names(w)[one.level], AQI_LEVELS[one.level])
