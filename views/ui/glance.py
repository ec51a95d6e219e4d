"""The first screen: cards that lead to their pages, the newest air and river, the next deadline, the promises as tiles."""

from collections.abc import Iterable

from markupsafe import Markup

from reports import overview
from reports.actions import Tasks
from reports.budget import SamePeriod
from reports.goals import Promise
from reports.latest import LatestAir, LatestRiver
from reports.provenance import Provenance
from views.text import format as fmt
from views.text.markup import html, join
from views.text.words import Words
from views.ui import advice as advice_pieces
from views.ui import air as air_pieces
from views.ui import cards, inline, promise
from views.ui import now as now_pieces
from views.ui import water as water_pieces
from views.ui.air import AirReading
from views.ui.budget import SameDays
from views.ui.hotline import dial
from views.visit import Visit

CHILD_AND_ELDER = ("children", "elderly")
ARROWS = {"up": "↑", "down": "↓", "same": "→"}


def leading(label: str, href: str, body: Markup, *, foot: Markup = Markup(), kind: str = "") -> Markup:
    """A card that leads to a page: its label is the link, and a touch anywhere on it follows it."""
    return html(
        '<div class="card to {kind}" role="group" aria-label="{label}"><a class="label" href="{href}" target="_self">{label}</a>'
        '{body}<div class="foot">{foot}</div></div>',
        kind=kind,
        label=label,
        href=href,
        body=body,
        foot=foot,
    )


def side(parts: Iterable[Markup], title: str) -> Markup:
    """Cards under one another beside the map and the trend; ``title``: its name for screen readers."""
    return html('<section class="side" aria-label="{title}">{}</section>', join(parts), title=title)


def strip(title: str, key: str, body: Markup) -> Markup:
    """What stands across the whole width under the columns; ``key``: how to read it, where there is room for it."""
    head = inline.heading(title) + html('<span class="muted small if-wide">{key}</span>', key=key)
    return html('<div class="glance-strip"><div class="row">{}</div>{body}</div>', head, body=body)


# ── now ──────────────────────────────────────────────────────────────────────────────────────────────────────────────
def sky(latest: LatestAir, w: Words) -> Markup:
    """The newest air, with what children and elders had better do while it is the air outside; an older one in grey."""
    reading = AirReading.of_latest(latest, w, brief=True)
    row = air_pieces.index_row(reading.index, reading.verdict, large=False)
    if latest.outside:
        mine = [one for one in latest.advice.answers if one.group in CHILD_AND_ELDER]
        body = row + advice_pieces.groups(mine, w, why=False)
    else:
        body = cards.wrapped("past", row) + cards.line(reading.remark, "muted small")
    label = now_pieces.sky_label(latest, w) if latest.outside else w("overview.sky_last")
    return leading(label, "/air", body + reading.age, foot=cards.source_note(reading.provenance, w))


def river(latest: LatestRiver, v: Visit) -> Markup:
    """The class last known where the river leaves the city, with its age; in grey where it is no current one."""
    w, known = v.w, latest.outflow.latest
    label = w("overview.river_here" if latest.current else "overview.river_last")
    if known is None:
        return leading(label, "/water", cards.no_value(w))
    row = water_pieces.class_row(known, w, large=False)
    body = (row if latest.current else cards.wrapped("past", row)) + now_pieces.class_age(latest, known, v, brief=True)
    return leading(label, "/water", body, foot=cards.source_note(known.provenance, w))


def deadline(report: Tasks | None, w: Words) -> Markup:
    """The work that ends next: how much and in how many days, by which plan; what is past without a result."""
    if report is None:
        return leading(w("overview.deadline"), "/actions", cards.line(w("found.tasks")))
    following = report.following
    if following is None or following.due is None:
        body = cards.line(w("overview.deadline_none"))
    else:
        left = following.parts[0].days_left or 0
        text = w("overview.deadline_value", n=len(following.parts), left=left)
        body = html('<div class="value">{text}</div>', text=text)
        body += cards.line(
            w("overview.deadline_day", day=fmt.day(following.due, w, year=False), plan=w.of(report.plan.short)), "small"
        )
    if report.past_unpublished:
        body += cards.line(w("overview.deadline_past", n=len(report.past_unpublished)), "muted small")
    foot = cards.source_note(report.provenance, w)
    return leading(w("overview.deadline"), "/actions", body, foot=foot)


def hotline(number: str, provenance: Provenance, w: Words) -> Markup:
    """The number to call where pollution is seen; a touch calls it."""
    return html(
        '<div class="card call">{}{}</div>',
        dial(number, w("overview.call", number=number)),
        cards.source_note(provenance, w),
    )


def last_year(report: SamePeriod, w: Words) -> Markup:
    """The share of good days beside that of the same days last year, both by one edition; why not where they do not compare."""
    same = SameDays.of(report, w)
    body = cards.line(same.sub)
    if same.shares:
        body = html('<div class="value">{}</div>', same.shares) + cards.line(same.sub, "muted small")
    foot = cards.source_note(same.provenance, w)
    return leading(same.label, "/air?tab=year", body, foot=foot, kind="if-narrow")


# ── the promises ─────────────────────────────────────────────────────────────────────────────────────────────────────
def tiles(promises: Iterable[Promise], pages: dict[str, str], w: Words) -> Markup:
    """Promises in a row of tiles; ``pages``: where each leads, by its indicator."""
    return html('<ul class="tiles">{}</ul>', join(_tile(one, pages[one.indicator.indicator_id], w) for one in promises))


def tiles_of_screen(promises: Iterable[Promise], w: Words) -> Markup:
    """The same tiles where nobody follows a link, each with its target and its state."""
    shown = ((one, promise.row(one, w)) for one in promises)
    return html('<ul class="tiles">{}</ul>', join(_tile_of_screen(one, row, w) for one, row in shown))


def _tile(one: Promise, page: str, w: Words) -> Markup:
    shown = promise.row(one, w)
    return html(
        '<li style="--run:{color}"><a href="{page}" target="_self">{}</a></li>',
        _spoken(one, shown, w),
        color=shown.color,
        page=page,
    )


def _tile_of_screen(one: Promise, shown: promise.Row, w: Words) -> Markup:
    """The target as far as the plan writes it."""
    target = shown.target
    text = ""
    if target.set_by and not target.number:
        text = w("overview.tile_set_by", by=target.set_by)
    elif aim := target.number or target.words:
        text = w("overview.tile_aim", aim=aim, due=target.due)
    return html(
        '<li style="--run:{color}">{}<span class="aim small">{text}</span>{}</li>',
        _spoken(one, shown, w),
        cards.state(shown.state, shown.word),
        color=shown.color,
        text=text,
    )


def _spoken(one: Promise, shown: promise.Row, w: Words) -> Markup:
    """A promise: its official value with its period and where it went since its start, and apart from it what is measured."""
    official = shown.official
    value = html('<b class="none">{}</b>', w("site.not_found"))
    if official and official.number:
        value = html("<b>{}<small>{}</small></b>", official.number, official.unit)
    elif official and official.text:
        value = html('<b class="none">{}</b>', official.text)
    where = Markup()
    if official and official.text:
        arrow = _arrow(overview.direction(one), one.indicator.better, w)
        where = html('<span class="small">{arrow}{}</span>', official.period, arrow=arrow)
    return html(
        '<span class="name">{}</span>{value}{where}{}', shown.name, _measured(one, shown, w), value=value, where=where
    )


def _measured(one: Promise, shown: promise.Row, w: Words) -> Markup:
    if shown.measured is None:
        return Markup()
    arrow = _arrow(overview.measured_direction(one), one.indicator.better, w)
    text = w("overview.tile_measured", value=shown.measured.text, period=shown.measured.short)
    return html('<span class="beside small">{arrow}{text}</span>', arrow=arrow, text=text)


def _arrow(way: overview.Direction | None, better: str, w: Words) -> Markup:
    """Where the number went since the start, with a word that says whether that is better; nothing where it is not known."""
    if way is None:
        return Markup()
    went = {"better": better, "worse": "down" if better == "up" else "up", "same": "same"}[way]
    word = w(f"overview.went_{way}")
    return html(
        '<span class="went {}" role="img" aria-label="{word}" title="{word}">{}</span> ', way, ARROWS[went], word=word
    )
