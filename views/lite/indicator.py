"""One indicator: what it means, every published figure with its origin, every target with its state."""

from markupsafe import Markup

from reports import indicator
from reports.figures import Point
from reports.goals import Promise
from reports.indicator import Series
from views.drawings import svg
from views.lite import pieces
from views.lite.frame import NotThereError, Page, Picture, href
from views.text import format as fmt
from views.text.markup import html, join
from views.text.words import Words
from views.ui import cards, figure_cards, promise
from views.ui import evidence as beside
from views.visit import Visit

ROOMS = {"air": "air", "water": "water", "waste": "waste", "greening": "greening"}
WIDE, TALL, EDGE, TOP, FOOT = 360.0, 150.0, 16.0, 26.0, 24.0
YEAR = 4  # letters of a period that is a whole year
DRAWN_FROM = 3  # fewer figures are read faster than drawn


def page(v: Visit, indicator_id: str) -> Page:
    """An indicator's page. Raises NotThereError where it is unknown."""
    try:
        known = indicator.of(indicator_id, v.today)
    except KeyError:
        raise NotThereError(indicator_id) from None
    w = v.w
    name, room = w.of(known.row.name), ROOMS.get(known.row.theme, "goals")
    theme = w(f"site.themes.{known.row.theme}")
    body = html('<p class="small muted eyebrow">{theme}</p><h1>{name}</h1>', theme=theme, name=name)
    body += html('<p class="lead">{}</p>', w.of(known.row.meaning))
    if known.promises:
        rows = pieces.rows(_promise(p, w) for p in known.promises)
        body += pieces.block(w("lite.promised", n=len(known.promises)), rows)
    if known.series:
        body += _series(known.series[0], w, first=True)
        others = join(_series(one, w) for one in known.series[1:])
        n = sum(len(one.points) for one in known.series[1:])
        body += cards.folded(w("lite.elsewhere", n=n), others) if others else Markup()
    else:
        body += html('<p class="value none">{}</p>', w("site.not_found"))
    back = href(w, room)
    body += html('<p><a href="{back}">{}</a></p>', w("lite.back", room=w(f"site.nav.{room}")), back=back)
    latest = known.latest
    said = f"{figure_cards.value(latest, w)} · {fmt.period(latest.period, w)}" if latest else w("site.not_found")
    description = f"{said}. {w.of(known.row.meaning)}" if w.lang == "en" else f"{said}。{w.of(known.row.meaning)}"
    return Page(f"indicator/{indicator_id}", room, name, description, body, Picture(said, lines=(name,)), room)


def _promise(one: Promise, w: Words) -> Markup:
    """A target of one plan with its state and both origins: the target's and, where there is one, the last figure's."""
    return (
        html('<div class="line"><span>{}</span>{}</div>', promise.where(one, w), cards.pill(one.judgement.status, w))
        + promise.line(one, w)
        + cards.ends(promise.baseline(one, w) or w("goals.no_baseline"), promise.aim(one, w))
        + html('<div class="small">{}</div>', promise.reason(one, w))
        + beside.line(one, w)
        + promise.conflicts(one, w)
        + beside.facts_known(one, w)
        + promise.source_notes(one, w)
    )


def _series(one: Series, w: Words, *, first: bool = False) -> Markup:
    """Every figure of an area, the latest first; those of the first area also as a drawing."""
    named = {"area": w.of(one.area.name), "n": len(one.points)}
    title = w("lite.figures_of", **named)
    rows = pieces.rows(_point(point, w) for point in reversed(one.points))
    return pieces.block(title, (_drawn(one.points, title, w) if first else Markup()) + rows)


def _point(point: Point, w: Words) -> Markup:
    note = w.of(point.row.note)
    below = html('<div class="small muted">{note}</div>', note=note) if note else Markup()
    return pieces.row(
        fmt.period(point.period, w),
        pieces.strong(figure_cards.value(point, w)),
        below,
        cards.source_note(point.provenance, w),
    )


def _drawn(points: tuple[Point, ...], title: str, w: Words) -> Markup:
    """A dot a whole year; no line: what lies between was not found, and definitions may have changed."""
    known = [p for p in points if p.value is not None and len(p.row.period) == YEAR]
    years = [p.end_year for p in known]
    if len(known) < DRAWN_FROM or years[0] == years[-1]:
        return Markup()
    low, high = (reach(p.value or 0 for p in known) for reach in (min, max))

    def at(point: Point) -> tuple[float, float]:
        across = (point.end_year - years[0]) / (years[-1] - years[0])
        up = ((point.value or 0) - low) / (high - low) if high > low else 0.5
        return EDGE + across * (WIDE - 2 * EDGE), TOP + (1 - up) * (TALL - TOP - 8)

    dots = join(_dot(*at(p)) for p in known)
    labels = join(_label(p, *at(p), w) for p in (known[0], known[-1]))
    foot = svg.words(EDGE - 5, TALL + 18, str(years[0])) + svg.words(
        WIDE - EDGE + 5, TALL + 18, str(years[-1]), anchor="end"
    )
    base = html('<path d="M{:g} {TALL:g}H{:g}" style="stroke:var(--line)"/>', EDGE - 5, WIDE - EDGE + 5, TALL=TALL)
    return svg.frame(WIDE, TALL + FOOT, base + dots + labels + foot, title=title)


def _dot(x: float, y: float) -> Markup:
    return html('<circle cx="{x:.1f}" cy="{y:.1f}" r="5" style="fill:var(--accent)"/>', x=x, y=y)


def _label(point: Point, x: float, y: float, w: Words) -> Markup:
    anchor = "start" if x < WIDE / 2 else "end"
    x += -5 if anchor == "start" else 5
    return svg.words(x, y - 10, figure_cards.value(point, w), anchor=anchor, fill="var(--ink)", weight=650)
