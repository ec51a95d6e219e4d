"""The page of the wall, answered at ``/?view=wall``, and its scenes, one by one, at ``/wall/scene/<name>``.

The page is its own: no Streamlit session has to live for weeks. Its script asks for scene after scene and keeps the
last good one of each, so that it goes on while the server is away.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from reports import air, air_now, freshness, model, water
from reports.basis import Kind
from store import clock
from views.drawings import qr
from views.http.shell import CSS_PATH, WALL, ViewRoute, choices, own_file, serving
from views.text import format as fmt
from views.text.markup import html, join
from views.text.words import LANGUAGES, Words
from views.ui import live
from views.visit import Visit
from views.wall import alerts, budget, green, matrix, now, promises, river, stripes, tasks
from views.wall.pieces import Scene

LONGEST_S = 600  # a scene may stand, where the address says how long


@dataclass(frozen=True)
class Turn:
    """A scene in the loop: what makes it, how long it stands, the light page that says the same."""

    make: Callable[[Visit], Scene]
    seconds: int
    light: str


SCENES = {
    "promise": Turn(promises.scene, 30, "/lite"),
    "now": Turn(now.scene, 25, "/lite/air"),
    "budget": Turn(budget.scene, 20, "/lite/air"),
    "sky": Turn(stripes.scene, 20, "/lite/air"),
    "river": Turn(river.scene, 25, "/lite/water"),
    "matrix": Turn(matrix.scene, 20, "/lite/water"),
    "green": Turn(green.scene, 25, "/lite/greening"),
    "tasks": Turn(tasks.scene, 25, "/lite/tasks"),
    "alerts": Turn(alerts.scene, 25, "/lite/alerts"),
}
FIRST = next(iter(SCENES))
# Any page of the site is called by its own name as well: the scene that tells it.
OF_PAGE = {
    "overview": "promise",
    "air": "now",
    "water": "river",
    "waste": "green",
    "greening": "green",
    "goals": "promise",
    "actions": "tasks",
    "method": "alerts",
}
SOURCES = {"air": "cnemc_air", "water": water.SOURCE}
AGES = ("just_now", "minutes_ago", "hours_ago", "days_ago")
FILES = {name: own_file(Path(__file__).with_name(name)) for name in ("wall.css", "wall.js")}
CSS, JS = (path for path, _ in FILES.values())
# A page that was opened before the styles or the script changed opens itself anew.
BUILD = f"{CSS_PATH}{CSS}{JS}"


# ── answers ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def routes() -> list[Route]:
    """The wall's page, its scenes, its styles and its script."""
    kinds = {"wall.css": "text/css", "wall.js": "text/javascript"}
    files = [Route(path, serving(body, kinds[name])) for name, (path, body) in FILES.items()]
    return [ViewRoute(WALL, serve), Route("/wall/scene/{name}", serve_scene), *files]


async def serve(request: Request) -> Response:
    """The page with the scene asked for, or the first one of the loop."""
    return await run_in_threadpool(_page, request)


def _page(request: Request) -> Response:
    query = request.query_params
    asked = query.get("scene", "")
    asked = OF_PAGE.get(asked, asked)
    name, pinned = (asked, True) if asked in SCENES else (FIRST, False)
    return HTMLResponse(document(name, _visit(request), pinned=pinned, every=query.get("every", "")), headers=NOT_KEPT)


NOT_KEPT = {"cache-control": "no-store"}


async def serve_scene(request: Request) -> Response:
    """One scene as a piece of HTML; 404 where there is none of the name."""
    name = request.path_params["name"]
    if name not in SCENES:
        return HTMLResponse("", 404)
    return HTMLResponse(await run_in_threadpool(scene, name, _visit(request)), headers=NOT_KEPT)


def _visit(request: Request) -> Visit:
    lang = choices(dict(request.scope)).get("lang", LANGUAGES[0])
    return Visit(Words(lang), "dark", clock.now(), False)


# ── the page ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def document(name: str, v: Visit, *, pinned: bool = False, every: str = "") -> Markup:
    """The whole page, open at a scene. ``pinned``: it stays; ``every``: seconds each scene stands, where it is a number."""
    w = v.w
    seconds = html(' data-every="{}"', int(every)) if every.isdecimal() and 1 <= int(every) <= LONGEST_S else Markup()
    told = {key: w(f"live.{key}") for key in AGES} | {key: w(f"wall.{key}") for key in ("lost", "pause", "go_on")}
    return html(
        '<!doctype html><html lang="{}" style="color-scheme:dark"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="google" content="notranslate">'
        '<title>{}</title><link rel="icon" href="data:,"><link rel="stylesheet" href="{CSS_PATH}">'
        '<link rel="stylesheet" href="{CSS}"><script src="{JS}" defer></script></head>'
        '<body class="walled" data-lang="{}" data-scenes="{}" data-build="{BUILD}" '
        'data-refresh="60" data-retry="5"{seconds}{}>'
        '<main id="stage">{}</main><p id="lost" role="status" hidden></p><i id="progress"></i>'
        '<script type="application/json" id="words">{}</script>'
        "<noscript>{}</noscript></body></html>",
        w.html_lang,
        w("site.name"),
        w.lang,
        " ".join(SCENES),
        " data-pinned" if pinned else "",
        _scene_or_words(name, v),
        htmlsafe_json_dumps(told, ensure_ascii=False),
        w("site.noscript"),
        CSS_PATH=CSS_PATH,
        CSS=CSS,
        JS=JS,
        BUILD=BUILD,
        seconds=seconds,
    )


def _scene_or_words(name: str, v: Visit) -> Markup:
    """The scene; our own words where it cannot be made, so that the page stands and asks again."""
    try:
        return scene(name, v)
    except Exception:
        logging.getLogger("dashboard").exception("a scene of the wall failed: %s", name)
        return html('<p class="pagefail">{}</p>', v.w("site.error_text"))


def scene(name: str, v: Visit) -> Markup:
    """One scene with its head and foot. It carries what the script needs: its name, time, build, and the hour it was made."""
    turn, w = SCENES[name], v.w
    made = turn.make(v)
    sub = html('<p class="sub">{}</p>', made.sub) if made.sub else Markup()
    numbers = html('<div class="numbers">{}</div>', join(made.numbers)) if made.numbers else Markup()
    return html(
        '<article class="x scene wall wall-{name}" data-scene="{name}" data-seconds="{}" data-build="{BUILD}" '
        'data-now="{:.0f}" data-title="{} · {}">'
        '{}<div class="said"><div><h1>{}</h1>{sub}</div>{}</div>'
        '<div class="picture">{}</div>{numbers}{}</article>',
        turn.seconds,
        v.now.timestamp(),
        w("site.name"),
        w(f"wall.scene.{name}"),
        _top(v),
        made.headline,
        _code(name, w),
        made.picture,
        _steps(v, name),
        name=name,
        BUILD=BUILD,
        sub=sub,
        numbers=numbers,
    )


# ── head ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
def _top(v: Visit) -> Markup:
    """Whose screen it is, day and hour in Xining, the weather, how old the data are."""
    w = v.w
    weekday = w(f"wall.weekday_{v.today.isoweekday()}")
    day = w("wall.today", day=fmt.day(v.today, w), weekday=weekday)
    clock_ = html('<time class="clock" data-clock>{}</time>', fmt.clock(v.now))
    ages = join(html("<span>{text}</span>", text=text) for text in (_weather(v), _air_age(v), _water_age(v)) if text)
    return html(
        "<header><strong>{}</strong>"
        '<span class="day"><span data-day>{day}</span> {clock_}</span><div class="ages">{ages}</div></header>',
        w("site.name"),
        day=day,
        clock_=clock_,
        ages=ages,
    )


def _weather(v: Visit) -> str:
    """The modelled weather of this hour in few words; empty where there is none."""
    w, now = v.w, model.weather(v.now)
    if now is None or now.temp_c is None:
        return Markup()
    wind = w("wall.wind", value=fmt.number(now.wind_ms, 1)) if now.wind_ms is not None else ""
    return w("wall.weather", temp=fmt.number(now.temp_c), wind=wind)


def _air_age(v: Visit) -> Markup:
    """The latest hour's age; the last whole day's where that is newer, out of date where an hour so old would be."""
    report, last = air_now.now(), air.latest_day()
    if report is not None and report.city.at.date() >= last.day:
        return _hour_age("air", report.city.at, report.city.basis.kind, v)
    over = datetime.combine(last.day + timedelta(days=1), time(0), v.now.tzinfo)
    fresh = freshness.of(SOURCES["air"], v.now, data_at=over, kind=last.basis.kind)
    said = v.w("wall.air_until", day=fmt.day(last.day, v.w), age=fmt.age(last.day, v.today, v.w))
    return html("{said} {}", live.badge(fresh, v.w), said=said)


def _water_age(v: Visit) -> str:
    known = water.overview(v.today).outflow.latest
    if known is None:
        return Markup()
    if known.hour is not None:
        at = datetime.combine(known.end, time(known.hour), v.now.tzinfo)
        return _hour_age("water", at, known.basis.kind, v)
    return v.w("wall.water_until", day=fmt.day(known.end, v.w), age=fmt.age(known.end, v.today, v.w))


def _hour_age(name: str, at: datetime, kind: Kind, v: Visit) -> Markup:
    """A moment with its age and a badge for when it is too old; the script keeps both true while nothing new comes.

    A value from a file names no age to be expected: its badge stands from the start and stays.
    """
    fresh = freshness.of(SOURCES[name], v.now, data_at=at, kind=kind)
    age = html("<span data-ago>{}</span>", fmt.ago(v.now - at, v.w))
    time_ = fmt.clock(at) if at.date() == v.today else fmt.hour(at, v.w, v.now)
    said = v.w.html(f"wall.{name}_hour", time=time_, age=age)
    living = fresh.state in ("live", "stale")
    expected = html(' data-expected="{:.0f}"', fresh.expected_age.total_seconds()) if living else Markup()
    hidden = html('<strong class="stale" hidden>{}</strong>', v.w("live.stale"))
    return html(
        '<span data-at="{:.0f}"{expected}>{said} {}</span>',
        at.timestamp(),
        live.badge(fresh, v.w) or hidden,
        expected=expected,
        said=said,
    )


# ── foot ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
def _steps(v: Visit, current: str) -> Markup:
    """The scenes as a row of links, pause, the other language, how to set a screen up, and the way out."""
    w = v.w
    other = "en" if w.lang == "zh" else "zh"
    links = join(
        html(
            '<a href="./?view=wall&scene={name}&lang={}" data-to="{name}"{}>{}</a>',
            w.lang,
            _current(name == current),
            w(f"wall.scene.{name}"),
            name=name,
        )
        for name in SCENES
    )
    switch = html(
        '<a class="plain" href="./?view=wall&lang={other}" data-lang lang="{other}" aria-label="{}">{}</a>',
        w("site.language_switch_label"),
        w("site.language_switch"),
        other=other,
    )
    pause = html('<button type="button" data-pause>{}</button>', w("wall.pause"))
    out = html('<a class="plain" href="./wall?lang={}">{}</a>', w.lang, w("wall.set_up"))
    out += html('<a class="plain" href="./?lang={}">{}</a>', w.lang, w("wall.out"))
    return html(
        '<nav aria-label="{}">{links}<span class="gap"></span>{pause}{switch}{out}</nav>',
        w("wall.scenes"),
        links=links,
        pause=pause,
        switch=switch,
        out=out,
    )


def _current(here: bool) -> Markup:
    return Markup(' aria-current="page"') if here else Markup()


def _code(name: str, w: Words) -> Markup:
    """The code to the same view on a phone; none where the operator named no address that phones can reach."""
    if not qr.reachable():
        return Markup()
    drawn = qr.svg(qr.public(SCENES[name].light, w.lang), title=w("wall.code"), size=CODE_SIZE)
    return html('<div class="code"><span>{}</span>{drawn}</div>', w("wall.phone"), drawn=drawn)


CODE_SIZE = 120
