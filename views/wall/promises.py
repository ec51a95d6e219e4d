"""The promises at a glance: eight rows; the running year as one line of days; the river where it leaves the city."""

from markupsafe import Markup

from reports import air, figures, overview, water
from reports.goals import Promise
from views.drawings import calendar
from views.drawings import stripes as sky
from views.text import format as fmt
from views.text.answers import columns
from views.text.markup import html, join
from views.text.words import Words
from views.tokens import WATER_CLASSES
from views.ui import cards, promise
from views.ui.cards import short_sources as source
from views.ui.promise import Row
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
    shown, way = promise.row(one, w), overview.direction(one) or "unknown"
    return html(
        '<div class="row" style="--mark:{color}"><b>{}</b>{}{}{}{}<div class="state">{}<small>{}</small></div></div>',
        shown.name,
        _latest(shown, w),
        _pair("start", shown.start_value or "—", shown.start_period),
        promise.line(shown) if shown.scale.points > 1 else Markup("<span></span>"),
        _pair("target", *_aim(shown, w)),
        cards.state(shown.state, shown.word),
        w(f"wall.promise.{way}"),
        color=shown.color,
    )


def _pair(kind: str, text: str, small: str) -> Markup:
    large = html("<span>{text}</span>", text=text) if text else Markup()
    return html('<div class="{kind}">{large}<small>{small}</small></div>', kind=kind, large=large, small=small)


def _latest(one: Row, w: Words) -> Markup:
    """The last published value, large, with its period and whose word it is; beside it, marked, what is measured here."""
    known, beside = one.official, _measured(one, w)
    if known is None or not known.number:
        return html('<div class="latest none"><span>{}</span>{}</div>', w("site.not_found"), beside)
    period = f"{known.period} · {known.source_name}"
    return html('<div class="latest"><span>{}</span><small>{}{}</small></div>', known.text, period, beside)


def _measured(one: Row, w: Words) -> Markup:
    if one.beside is None:
        return Markup()
    sentence = w(f"wall.promise.by_{one.beside.how}", value=one.beside.text, period=one.beside.years)
    return html('<small class="measured">{}</small>', sentence)


def _aim(one: Row, w: Words) -> tuple[str, str]:
    """The target, large, and until when or who set it without a number."""
    target = one.target
    if not target.number and target.set_by:
        return "", w("wall.promise.delegated", by=target.set_by)
    return target.number or target.words, target.due


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
