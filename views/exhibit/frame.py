"""The page of the exhibit: every screen in both languages in one HTML, answered at ``/?view=exhibit``."""

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from store import clock
from views import qr
from views.exhibit import drop, hills, part, sky, waste
from views.exhibit.pieces import Chapter, Screen, icon
from views.page import Visit
from views.shell import CSS_PATH, EXHIBIT, ONE_YEAR_S, THEMES, ViewRoute
from views.words import LANGUAGES, Words

CHAPTERS: dict[str, Callable[[Visit], Chapter]] = {
    "sky": sky.chapter,
    "drop": drop.chapter,
    "waste": waste.chapter,
    "hills": hills.chapter,
    "part": part.chapter,
}
ACCENTS = {"sky": "air", "drop": "water", "waste": "waste", "hills": "greening", "part": "air"}
ON_THE_PHONE = {
    "sky": "/lite/air",
    "drop": "/lite/water",
    "waste": "/lite/waste",
    "hills": "/lite/greening",
    "part": "/lite",
}
FILES = {
    name: (Path(__file__).with_name(f"exhibit.{name}").read_bytes(), kind)
    for name, kind in (("css", "text/css"), ("js", "text/javascript"))
}
ADDRESS = {name: f"/exhibit-{hashlib.sha256(body).hexdigest()[:12]}.{name}" for name, (body, _) in FILES.items()}
CODE_SIZE = 96
STILLS = {"drop": drop.DROP, "waste": icon("bottle"), "part": icon("leaf")}  # of chapters whose screen has no picture
CLAUSE = re.compile(r"[^，：？]+[，：？]?")


def routes() -> list[Route]:
    """The exhibit's page, its styles and its script."""
    return [ViewRoute(EXHIBIT, serve), *(Route(path, _file(name)) for name, path in ADDRESS.items())]


def _file(name: str) -> Callable:
    body, kind = FILES[name]

    async def give(_request: Request) -> Response:
        return Response(body, media_type=kind, headers={"cache-control": f"public, max-age={ONE_YEAR_S}, immutable"})

    return give


async def serve(request: Request) -> Response:
    """The story from the chapter asked for; 304 where the visitor already has it."""
    query = {name: request.query_params.get(name, "") for name in ("chapter", "lang", "theme")}
    body = (await run_in_threadpool(_asked, **query)).encode()
    tag = f'W/"{hashlib.sha256(body).hexdigest()[:16]}"'
    headers = {"etag": tag, "cache-control": "no-cache"}
    if tag in [one.strip() for one in request.headers.get("if-none-match", "").split(",")]:
        return Response(status_code=304, headers=headers)
    return HTMLResponse(body, headers=headers)


def _asked(chapter: str, lang: str, theme: str) -> str:
    number = int(chapter) if chapter in {str(n + 1) for n in range(len(CHAPTERS))} else 1
    lang, theme = lang if lang in LANGUAGES else LANGUAGES[0], theme if theme in THEMES else "light"
    return html(number, lang, theme)


# ── the page ─────────────────────────────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True)
class Place:
    """A screen in the story: its chapter's number and name."""

    number: int
    chapter: str
    screen: Screen


def html(number: int, lang: str, theme: str) -> str:
    """The whole page, open at a chapter in a language; the other screens wait hidden."""
    w = Words(lang)
    stories = {one: story(Visit(Words(one), theme, clock.now(), False)) for one in LANGUAGES}
    opened = next(place.screen.id for place in stories[lang][1] if place.number == number)
    bodies = "".join(_story(Words(one), places, opened, shown=one == lang) for one, (_, places) in stories.items())
    return (
        f'<!doctype html><html lang="{w.html_lang}" class="kiosk" style="color-scheme:{theme}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{_title(w)}</title>'
        f'<link rel="icon" href="data:,"><link rel="stylesheet" href="{CSS_PATH}">'
        f'<link rel="stylesheet" href="{ADDRESS["css"]}"><script src="{ADDRESS["js"]}" defer></script></head>'
        f'<body><div id="stories">{bodies}</div>{_attract({one: made for one, (made, _) in stories.items()})}'
        f"<noscript>{escape(w('site.noscript'))}</noscript></body></html>"
    )


def story(v: Visit) -> tuple[dict[str, Chapter], tuple[Place, ...]]:
    """The chapters in one language, and all their screens in order."""
    chapters = {name: make(v) for name, make in CHAPTERS.items()}
    return chapters, tuple(_places(chapters))


def _places(chapters: dict[str, Chapter]) -> Iterator[Place]:
    for number, (name, chapter) in enumerate(chapters.items(), 1):
        for screen in chapter.screens:
            yield Place(number, name, screen)


def _title(w: Words) -> str:
    return escape(f"{w('site.name')} · {w('exhibit.occasion')}")


def _story(w: Words, places: tuple[Place, ...], opened: str, *, shown: bool) -> str:
    starts: dict[int, str] = {}
    for place in places:
        starts.setdefault(place.number, place.screen.id)
    screens = "".join(_screen(n, places, starts, w, opened) for n in range(len(places)))
    hidden = "" if shown else " hidden"
    return f'<div data-story="{w.lang}" lang="{w.html_lang}" data-title="{_title(w)}"{hidden}>{screens}</div>'


def _screen(n: int, places: tuple[Place, ...], starts: dict[int, str], w: Words, opened: str) -> str:
    place = places[n]
    one, name = place.screen, w(f"exhibit.name.{place.chapter}")
    eyebrow = w("exhibit.chapter", n=place.number, name=name)
    hidden = "" if one.id == opened else " hidden"
    return (
        f'<section class="x scene exhibit theme-{ACCENTS[place.chapter]} {place.chapter}" data-screen="{one.id}" '
        f'data-chapter="{place.number}"{hidden}>{_top(place, w)}<main><div class="say"><p class="eyebrow">{escape(eyebrow)}</p>'
        f'<h1 tabindex="-1">{_broken(one.headline, w)}</h1><p class="lead">{escape(one.lead)}</p></div>{one.body}</main>'
        f"{_steps(n, places, starts, w)}</section>"
    )


def clauses(headline: str, w: Words) -> list[str]:
    """Where a headline may break first: a Chinese one between its clauses, not within a word."""
    return CLAUSE.findall(headline) if w.lang == "zh" else [headline]


def _broken(headline: str, w: Words) -> str:
    return "".join(f'<span class="clause">{part}</span>' for part in clauses(headline, w))


def _top(place: Place, w: Words) -> str:
    """Whose story it is, the code for the phone, the other language, and the beginning."""
    other = Words(next(one for one in LANGUAGES if one != w.lang))
    code = qr.svg(qr.public(ON_THE_PHONE[place.chapter], w.lang), title=w("exhibit.code"), size=CODE_SIZE)
    return (
        f'<header role="banner"><div class="whose"><strong>{escape(w("site.name"))}</strong>'
        f'<span class="occasion">{escape(w("exhibit.occasion"))}</span></div>'
        f'<div class="ways"><div class="code">{code}<span>{escape(w("exhibit.phone"))}</span></div>'
        f'<button type="button" data-act="start">{escape(w("exhibit.start"))}</button>'
        f'<button type="button" data-lang="{other.lang}" lang="{other.html_lang}" '
        f'aria-label="{escape(w("site.language_switch_label"))}">{escape(w("site.language_switch"))}</button></div></header>'
    )


def _steps(n: int, places: tuple[Place, ...], starts: dict[int, str], w: Words) -> str:
    """Back, the chapters as a line that fills, and on; after the last screen the story begins again."""
    current = places[n].number
    marks = "".join(_mark(number, screen, places[n], w) for number, screen in starts.items())
    last = n == len(places) - 1
    back = _to(starts[1] if n == 0 else places[n - 1].screen.id, f"← {w('exhibit.previous')}") if n else ""
    on = f'<button type="button" data-act="start">{escape(w("exhibit.again"))} ↻</button>'
    if not last:
        on = _to(places[n + 1].screen.id, f"{w(_on(places[n + 1].screen.id, current, places[n + 1].number))} →")
    return (
        f'<nav class="steps" aria-label="{escape(w("exhibit.chapters"))}"><div class="back">{back}</div>'
        f'<ol>{marks}</ol><div class="next">{on}</div></nav>'
    )


def _on(screen: str, current: int, following: int) -> str:
    """What leads on is called: the card after the pledges, a chapter after a chapter, else simply on."""
    if screen == "card":
        return "exhibit.make_card"
    return "exhibit.next" if following > current else "exhibit.on"


def _to(screen: str, words: str) -> str:
    return f'<button type="button" data-to="{screen}">{escape(words)}</button>'


def _mark(number: int, screen: str, place: Place, w: Words) -> str:
    state = ' aria-current="step"' if number == place.number else ' class="past"' if number < place.number else ""
    name = list(CHAPTERS)[number - 1]
    return f'<li><button type="button" data-to="{screen}"{state}>{escape(w(f"exhibit.name.{name}"))}</button></li>'


def _attract(stories: dict[str, dict[str, Chapter]]) -> str:
    """What turns while nobody is there: a picture and a sentence of each chapter in both languages, and the invitation.

    The sky and the hill are taken from their screens by the script, so that they do not travel twice.
    """
    firsts = {name: made.screens[0].id for name, made in stories[LANGUAGES[0]].items()}
    slides = "".join(
        f'<div class="slide theme-{ACCENTS[name]}" data-slide-of="{screen}" hidden><div class="seen">{STILLS.get(name, "")}</div>'
        f"{_said(name, stories)}</div>"
        for name, screen in firsts.items()
    )
    invite = " · ".join(Words(one)("exhibit.touch") for one in LANGUAGES)
    spoken = "".join(
        f'<span lang="{Words(one).html_lang}">{escape(Words(one)("exhibit.touch"))}</span>' for one in LANGUAGES
    )
    return (
        f'<div class="x attract" role="button" tabindex="0" aria-label="{escape(invite)}" data-attract hidden>{slides}'
        f'<p class="invite">{spoken}</p></div>'
    )


def _said(name: str, stories: dict[str, dict[str, Chapter]]) -> str:
    lines = (
        f'<p lang="{Words(one).html_lang}">{_broken(made[name].headline, Words(one))}</p>'
        for one, made in stories.items()
    )
    return f'<div class="said">{"".join(lines)}</div>'
