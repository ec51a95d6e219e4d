"""The promises at a glance: eight rows; the running year as one line of days; the river where it leaves the city."""

from markupsafe import Markup

from reports import air, figures, overview, water
from reports.figures import Point
from reports.goals import Promise
from views.drawings import calendar
from views.drawings import stripes as sky
from views.text import format as fmt
from views.text.answers import columns
from views.text.markup import html, join
from views.text.words import Words
from views.tokens import WATER_CLASSES
from views.ui import cards, promise
from views.ui import evidence as beside
from views.ui.cards import short_sources as source
from views.visit import Visit
from views.wall.pieces import Scene, levels, number, reading, so_far


def scene(v: Visit) -> Scene:
    """The eight headline promises row by row, and the running year as one line of days."""
    w, report = v.w, overview.overview(v.today)
    values = columns(report)
    headline = w.html("overview.headline", **values)
    head = join(
        html("<span>{}</span>", w(f"wall.promise.col_{name}")) for name in ("promise", "latest", "start", "target")
    )
    head = html(
        '<div class="row head" aria-hidden="true">{head}<span>{}</span></div>', w("wall.promise.col_status"), head=head
    )
    rows = join(_row(one, w) for one in report.headline)
    picture = html('<div class="board">{head}{rows}</div>', head=head, rows=rows)
    numbers = (_days_of_year(w), _river_number(v))
    year, main = figures.period_end(report.headline[0].provenance.period).year, report.main_total
    sub = w("wall.promise.sub", year=year, total=main, due=report.due_without_result, **values)
    return Scene(headline, sub, picture, tuple(part for part in numbers if part))


def _row(one: Promise, w: Words) -> Markup:
    target = one.target
    start = promise.amount(one, target.baseline_value, target.baseline_op, "", w)
    color = promise.THEME_COLORS.get(one.indicator.theme, "var(--accent)")
    way = overview.direction(one) or "unknown"
    return html(
        '<div class="row" style="--mark:{color}"><b>{}</b>{}{}{}{}<div class="state">{}<small>{}</small></div></div>',
        w.of(one.indicator.short),
        _latest(one, w),
        _pair(
            "start",
            start if target.baseline_year else "—",
            fmt.period(one.baseline_period, w) if one.baseline_period else "",
        ),
        _way(one, w),
        _pair("target", *_aim(one, w)),
        cards.pill(one.judgement.status, w),
        w(f"wall.promise.{way}"),
        color=color,
    )


def _pair(kind: str, text: str, small: str) -> Markup:
    large = html("<span>{text}</span>", text=text) if text else Markup()
    return html('<div class="{kind}">{large}<small>{small}</small></div>', kind=kind, large=large, small=small)


def _way(one: Promise, w: Words) -> Markup:
    """The line from start to target; nothing where fewer than two of its points are known."""
    points = one.target.baseline_value, one.official and one.official.value, one.target.target_value
    return promise.line(one, w) if sum(point is not None for point in points) > 1 else Markup("<span></span>")


def _latest(one: Promise, w: Words) -> Markup:
    """The last published value, large, with its period and whose word it is; beside it, marked, what is measured here."""
    known, beside_it = one.official, _measured(one, w)
    if known is None or known.value is None:
        return html(
            '<div class="latest none"><span>{}</span>{beside_it}</div>', w("site.not_found"), beside_it=beside_it
        )
    whose = cards.source_name(known.provenance.sources[0], w)
    told = html("<small>{}{beside_it}</small>", f"{fmt.period(known.period, w)} · {whose}", beside_it=beside_it)
    return html(
        '<div class="latest"><span>{}</span>{told}</div>', promise.amount(one, known.value, known.op, "", w), told=told
    )


def _years(point: Point) -> str:
    """The year or years of a period: a wall has no room for days."""
    first, last = point.period[:4], str(point.end_year)
    return first if first == last else f"{first}/{last}"


def _measured(one: Promise, w: Words) -> Markup:
    if one.measured is None:
        return Markup()
    told = {"value": beside.value(one, one.measured, w), "period": fmt.period(_years(one.measured.point), w)}
    return html('<small class="measured">{}</small>', w(f"wall.promise.by_{one.measured.how}", **told))


def _aim(one: Promise, w: Words) -> tuple[str, str]:
    target = one.target
    due = promise.when(one, w)
    if target.target_value is not None:
        return promise.amount(one, target.target_value, target.target_op, "", w), due
    if target.delegated_by:
        return "", w("wall.promise.delegated", by=w(f"goals.by_{target.delegated_by}"))
    return w.of(target.target_text), due


def _days_of_year(w: Words) -> Markup:
    """The running year as one line, a stroke a day: without ozone, as the share above it."""
    this = air.year(air.latest_day().day.year)
    title = w("wall.promise.year_title", **so_far(this, w))
    days = air.days(ozone="excluded")
    drawn = calendar.band(days, this.year, w, title=w("wall.promise.year_alt", year=this.year))
    told = source(air.days_provenance(days[days["date"].dt.year == this.year]), w)
    return html(
        '<section class="year"><div class="label">{title}</div>{drawn}{}<div>{told}</div></section>',
        sky.key(w, levels(w)),
        title=title,
        drawn=drawn,
        told=told,
    )


def _river_number(v: Visit) -> Markup:
    w, out = v.w, water.overview(v.today).outflow
    known = out.latest
    if known is None:
        return Markup()
    chip = cards.chip(fmt.water_class(known.water_class, w, known.op), WATER_CLASSES[known.water_class])
    told = reading(out, known, w)
    label, sub = w("wall.number.river", **told), w("wall.number.river_sub", **told)
    return number(label, chip, sub, known.provenance, w, "wider")
