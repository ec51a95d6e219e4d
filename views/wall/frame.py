"""The page of the wall, answered at ``/?view=wall``, and its scenes, one by one, at ``/wall/scene/<name>``.

The page is its own: no Streamlit session has to live for weeks. Its script asks for scene after scene and keeps the
last good one of each, so that it goes on while the server is away.
"""

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from html import escape
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from reports import air, air_now, freshness, model, water
from reports.basis import Kind
from store import clock
from views import format as fmt
from views import live, qr
from views.page import Visit
from views.shell import CSS_PATH, WALL, ViewRoute, choices, own_file, serving
from views.wall import alerts, budget, green, matrix, now, promises, river, stripes, tasks
from views.wall.pieces import Scene
from views.words import LANGUAGES, Words

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
    return HTMLResponse(html(name, _visit(request), pinned=pinned, every=query.get("every", "")), headers=NOT_KEPT)


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
def html(name: str, v: Visit, *, pinned: bool = False, every: str = "") -> str:
    """The whole page, open at a scene. ``pinned``: it stays; ``every``: seconds each scene stands, where it is a number."""
    w = v.w
    seconds = f' data-every="{int(every)}"' if every.isdecimal() and 1 <= int(every) <= LONGEST_S else ""
    told = {key: w(f"live.{key}") for key in AGES} | {key: w(f"wall.{key}") for key in ("lost", "pause", "go_on")}
    return (
        f'<!doctype html><html lang="{w.html_lang}" style="color-scheme:dark"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="google" content="notranslate">'
        f'<title>{escape(w("site.name"))}</title><link rel="icon" href="data:,"><link rel="stylesheet" href="{CSS_PATH}">'
        f'<link rel="stylesheet" href="{CSS}"><script src="{JS}" defer></script></head>'
        f'<body class="walled" data-lang="{w.lang}" data-scenes="{" ".join(SCENES)}" data-build="{BUILD}" '
        f'data-refresh="60" data-retry="5"{seconds}{" data-pinned" if pinned else ""}>'
        f'<main id="stage">{_scene_or_words(name, v)}</main><p id="lost" role="status" hidden></p><i id="progress"></i>'
        f'<script type="application/json" id="words">{json.dumps(told, ensure_ascii=False)}</script>'
        f"<noscript>{escape(w('site.noscript'))}</noscript></body></html>"
    )


def _scene_or_words(name: str, v: Visit) -> str:
    """The scene; our own words where it cannot be made, so that the page stands and asks again."""
    try:
        return scene(name, v)
    except Exception:
        logging.getLogger("dashboard").exception("a scene of the wall failed: %s", name)
        return f'<p class="pagefail">{escape(v.w("site.error_text"))}</p>'


def scene(name: str, v: Visit) -> str:
    """One scene with its head and foot. It carries what the script needs: its name, time, build, and the hour it was made."""
    turn, w = SCENES[name], v.w
    made = turn.make(v)
    sub = f'<p class="sub">{escape(made.sub)}</p>' if made.sub else ""
    numbers = f'<div class="numbers">{"".join(made.numbers)}</div>' if made.numbers else ""
    return (
        f'<article class="x scene wall wall-{name}" data-scene="{name}" data-seconds="{turn.seconds}" data-build="{BUILD}" '
        f'data-now="{v.now.timestamp():.0f}" data-title="{escape(w("site.name"))} · {escape(w(f"wall.scene.{name}"))}">'
        f'{_top(v)}<div class="said"><div><h1>{made.headline}</h1>{sub}</div>{_code(name, w)}</div>'
        f'<div class="picture">{made.picture}</div>{numbers}{_steps(v, name)}</article>'
    )


# ── head ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
def _top(v: Visit) -> str:
    """Whose screen it is, day and hour in Xining, the weather, how old the data are."""
    w = v.w
    weekday = w(f"wall.weekday_{v.today.isoweekday()}")
    day = escape(w("wall.today", day=fmt.day(v.today, w), weekday=weekday))
    clock_ = f'<time class="clock" data-clock>{fmt.clock(v.now)}</time>'
    ages = "".join(f"<span>{text}</span>" for text in (_weather(v), _air_age(v), _water_age(v)) if text)
    return (
        f"<header><strong>{escape(w('site.name'))}</strong>"
        f'<span class="day"><span data-day>{day}</span> {clock_}</span><div class="ages">{ages}</div></header>'
    )


def _weather(v: Visit) -> str:
    """The modelled weather of this hour in few words; empty where there is none."""
    w, now = v.w, model.weather(v.now)
    if now is None or now.temp_c is None:
        return ""
    wind = w("wall.wind", value=fmt.number(now.wind_ms, 1)) if now.wind_ms is not None else ""
    return escape(w("wall.weather", temp=fmt.number(now.temp_c), wind=wind))


def _air_age(v: Visit) -> str:
    """The latest hour's age; the last whole day's where that is newer, out of date where an hour so old would be."""
    report, last = air_now.now(), air.latest_day()
    if report is not None and report.city.at.date() >= last.day:
        return _hour_age("air", report.city.at, report.city.basis.kind, v)
    over = datetime.combine(last.day + timedelta(days=1), time(0), v.now.tzinfo)
    fresh = freshness.of(SOURCES["air"], v.now, data_at=over, kind=last.basis.kind)
    said = v.w("wall.air_until", day=fmt.day(last.day, v.w), age=fmt.age(last.day, v.today, v.w))
    return f"{escape(said)} {live.badge(fresh, v.w)}"


def _water_age(v: Visit) -> str:
    known = water.overview(v.today).outflow.latest
    if known is None:
        return ""
    if known.hour is not None:
        at = datetime.combine(known.end, time(known.hour), v.now.tzinfo)
        return _hour_age("water", at, known.basis.kind, v)
    return escape(v.w("wall.water_until", day=fmt.day(known.end, v.w), age=fmt.age(known.end, v.today, v.w)))


def _hour_age(name: str, at: datetime, kind: Kind, v: Visit) -> str:
    """A moment with its age and a badge for when it is too old; the script keeps both true while nothing new comes.

    A value from a file names no age to be expected: its badge stands from the start and stays.
    """
    fresh = freshness.of(SOURCES[name], v.now, data_at=at, kind=kind)
    age = f"<span data-ago>{escape(fmt.ago(v.now - at, v.w))}</span>"
    time_ = fmt.clock(at) if at.date() == v.today else fmt.hour(at, v.w, v.now)
    said = v.w.html(f"wall.{name}_hour", time=escape(time_), age=age)
    living = fresh.state in ("live", "stale")
    expected = f' data-expected="{fresh.expected_age.total_seconds():.0f}"' if living else ""
    hidden = f'<strong class="stale" hidden>{escape(v.w("live.stale"))}</strong>'
    return f'<span data-at="{at.timestamp():.0f}"{expected}>{said} {live.badge(fresh, v.w) or hidden}</span>'


# ── foot ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
def _steps(v: Visit, current: str) -> str:
    """The scenes as a row of links, pause, the other language, how to set a screen up, and the way out."""
    w = v.w
    other = "en" if w.lang == "zh" else "zh"
    links = "".join(
        f'<a href="./?view=wall&scene={name}&lang={w.lang}" data-to="{name}"{_current(name == current)}>'
        f"{escape(w(f'wall.scene.{name}'))}</a>"
        for name in SCENES
    )
    switch = (
        f'<a class="plain" href="./?view=wall&lang={other}" data-lang lang="{other}" '
        f'aria-label="{escape(w("site.language_switch_label"))}">{escape(w("site.language_switch"))}</a>'
    )
    pause = f'<button type="button" data-pause>{escape(w("wall.pause"))}</button>'
    out = f'<a class="plain" href="./wall?lang={w.lang}">{escape(w("wall.set_up"))}</a>'
    out += f'<a class="plain" href="./?lang={w.lang}">{escape(w("wall.out"))}</a>'
    return f'<nav aria-label="{escape(w("wall.scenes"))}">{links}<span class="gap"></span>{pause}{switch}{out}</nav>'


def _current(here: bool) -> str:
    return ' aria-current="page"' if here else ""


def _code(name: str, w: Words) -> str:
    """The code to the same view on a phone; none where the operator named no address that phones can reach."""
    if not qr.reachable():
        return ""
    drawn = qr.svg(qr.public(SCENES[name].light, w.lang), title=w("wall.code"), size=CODE_SIZE)
    return f'<div class="code"><span>{escape(w("wall.phone"))}</span>{drawn}</div>'


CODE_SIZE = 120
