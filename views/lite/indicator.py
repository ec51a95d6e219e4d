"""One indicator: what it means, every published figure with its origin, every target with its state."""

from html import escape

from reports import indicator
from reports.figures import Point
from reports.indicator import Series
from views import beside, cards, figure_cards, promise, svg
from views import format as fmt
from views.lite import pieces
from views.lite.frame import NotThereError, Page, Picture, href
from views.page import Visit
from views.words import Words

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
    name, room = w.of(known.row, "name"), ROOMS.get(known.row["theme"], "goals")
    theme = w(f"site.themes.{known.row['theme']}")
    body = f'<p class="small muted eyebrow">{escape(theme)}</p><h1>{escape(name)}</h1>'
    body += f'<p class="lead">{escape(w.of(known.row, "meaning"))}</p>'
    if known.promises:
        rows = pieces.rows(_promise(p, w) for p in known.promises)
        body += pieces.block(w("lite.promised", n=len(known.promises)), rows)
    if known.series:
        body += _series(known.series[0], w, first=True)
        others = "".join(_series(one, w) for one in known.series[1:])
        n = sum(len(one.points) for one in known.series[1:])
        body += cards.folded(w("lite.elsewhere", n=n), others) if others else ""
    else:
        body += f'<p class="value none">{escape(w("site.not_found"))}</p>'
    back = href(w, room)
    body += f'<p><a href="{back}">{escape(w("lite.back", room=w(f"site.nav.{room}")))}</a></p>'
    latest = known.latest
    said = f"{figure_cards.value(latest, w)} · {fmt.period(latest.period, w)}" if latest else w("site.not_found")
    description = f"{said}. {w.of(known.row, 'meaning')}" if w.lang == "en" else f"{said}。{w.of(known.row, 'meaning')}"
    return Page(f"indicator/{indicator_id}", room, name, description, body, Picture(said, lines=(name,)), room)


def _promise(one: promise.Promise, w: Words) -> str:
    """A target of one plan with its state and both origins: the target's and, where there is one, the last figure's."""
    return (
        f'<div class="line"><span>{escape(promise.where(one, w))}</span>{cards.pill(one.judgement.status, w)}</div>'
        + promise.line(one, w)
        + cards.ends(promise.baseline(one, w) or w("goals.no_baseline"), promise.aim(one, w))
        + f'<div class="small">{escape(promise.reason(one, w))}</div>'
        + beside.line(one, w)
        + promise.conflicts(one, w)
        + beside.facts_known(one, w)
        + promise.origins(one, w)
    )


def _series(one: Series, w: Words, *, first: bool = False) -> str:
    """Every figure of an area, the latest first; those of the first area also as a drawing."""
    named = {"area": w.of(one.area, "name"), "n": len(one.points)}
    title = w("lite.figures_of", **named)
    rows = pieces.rows(_point(point, w) for point in reversed(one.points))
    return pieces.block(title, (_drawn(one.points, title, w) if first else "") + rows)


def _point(point: Point, w: Words) -> str:
    note = w.of(point.row, "note")
    below = f'<div class="small muted">{escape(note)}</div>' if note else ""
    return pieces.row(
        fmt.period(point.period, w), pieces.strong(figure_cards.value(point, w)), below, cards.origin(point.basis, w)
    )


def _drawn(points: tuple[Point, ...], title: str, w: Words) -> str:
    """A dot a whole year; no line: what lies between was not found, and definitions may have changed."""
    known = [p for p in points if p.value is not None and len(p.period) == YEAR]
    years = [p.end_year for p in known]
    if len(known) < DRAWN_FROM or years[0] == years[-1]:
        return ""
    low, high = (reach(p.value or 0 for p in known) for reach in (min, max))

    def at(point: Point) -> tuple[float, float]:
        across = (point.end_year - years[0]) / (years[-1] - years[0])
        up = ((point.value or 0) - low) / (high - low) if high > low else 0.5
        return EDGE + across * (WIDE - 2 * EDGE), TOP + (1 - up) * (TALL - TOP - 8)

    dots = "".join(_dot(*at(p)) for p in known)
    labels = "".join(_label(p, *at(p), w) for p in (known[0], known[-1]))
    foot = svg.words(EDGE - 5, TALL + 18, str(years[0])) + svg.words(
        WIDE - EDGE + 5, TALL + 18, str(years[-1]), anchor="end"
    )
    base = f'<path d="M{EDGE - 5:g} {TALL:g}H{WIDE - EDGE + 5:g}" style="stroke:var(--line)"/>'
    return svg.frame(WIDE, TALL + FOOT, base + dots + labels + foot, title=title)


def _dot(x: float, y: float) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" style="fill:var(--accent)"/>'


def _label(point: Point, x: float, y: float, w: Words) -> str:
    anchor = "start" if x < WIDE / 2 else "end"
    x += -5 if anchor == "start" else 5
    return svg.words(x, y - 10, figure_cards.value(point, w), anchor=anchor, fill="var(--ink)", weight=650)
