"""The page of the exhibit: every screen in both languages in one HTML, answered at ``/?view=exhibit``."""

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from store import clock
from views.drawings import qr
from views.exhibit import drop, hills, part, sky, waste
from views.exhibit.pieces import Chapter, Screen, icon
from views.http.shell import CSS_PATH, EXHIBIT, ONE_YEAR_S, THEMES, ViewRoute
from views.text.markup import html, join
from views.text.words import LANGUAGES, Words
from views.visit import Visit

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


def _asked(chapter: str, lang: str, theme: str) -> Markup:
    number = int(chapter) if chapter in {str(n + 1) for n in range(len(CHAPTERS))} else 1
    lang, theme = lang if lang in LANGUAGES else LANGUAGES[0], theme if theme in THEMES else "light"
    return document(number, lang, theme)


# ── the page ─────────────────────────────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True)
class Place:
    """A screen in the story: its chapter's number and name."""

    number: int
    chapter: str
    screen: Screen


def document(number: int, lang: str, theme: str) -> Markup:
    """The whole page, open at a chapter in a language; the other screens wait hidden."""
    w = Words(lang)
    stories = {one: story(Visit(Words(one), theme, clock.now(), False)) for one in LANGUAGES}
    opened = next(place.screen.id for place in stories[lang][1] if place.number == number)
    bodies = join(_story(Words(one), places, opened, shown=one == lang) for one, (_, places) in stories.items())
    return html(
        '<!doctype html><html lang="{}" class="kiosk" style="color-scheme:{theme}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><title>{}</title>'
        '<link rel="icon" href="data:,"><link rel="stylesheet" href="{CSS_PATH}">'
        '<link rel="stylesheet" href="{}"><script src="{}" defer></script></head>'
        '<body><div id="stories">{bodies}</div>{}'
        "<noscript>{}</noscript></body></html>",
        w.html_lang,
        _title(w),
        ADDRESS["css"],
        ADDRESS["js"],
        _attract({one: made for one, (made, _) in stories.items()}),
        w("site.noscript"),
        theme=theme,
        CSS_PATH=CSS_PATH,
        bodies=bodies,
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
    return f"{w('site.name')} · {w('exhibit.occasion')}"


def _story(w: Words, places: tuple[Place, ...], opened: str, *, shown: bool) -> Markup:
    starts: dict[int, str] = {}
    for place in places:
        starts.setdefault(place.number, place.screen.id)
    screens = join(_screen(n, places, starts, w, opened) for n in range(len(places)))
    hidden = "" if shown else " hidden"
    return html(
        '<div data-story="{}" lang="{}" data-title="{}"{hidden}>{screens}</div>',
        w.lang,
        w.html_lang,
        _title(w),
        hidden=hidden,
        screens=screens,
    )


def _screen(n: int, places: tuple[Place, ...], starts: dict[int, str], w: Words, opened: str) -> Markup:
    place = places[n]
    one, name = place.screen, w(f"exhibit.name.{place.chapter}")
    eyebrow = w("exhibit.chapter", n=place.number, name=name)
    hidden = "" if one.id == opened else " hidden"
    return html(
        '<section class="x scene exhibit theme-{} {}" data-screen="{}" '
        'data-chapter="{}"{hidden}>{}<main><div class="say"><p class="eyebrow">{eyebrow}</p>'
        '<h1 tabindex="-1">{}</h1><p class="lead">{}</p></div>{}</main>'
        "{}</section>",
        ACCENTS[place.chapter],
        place.chapter,
        one.id,
        place.number,
        _top(place, w),
        _broken(one.headline, w),
        one.lead,
        one.body,
        _steps(n, places, starts, w),
        hidden=hidden,
        eyebrow=eyebrow,
    )


def clauses(headline: Markup, w: Words) -> list[Markup]:
    """Where a headline may break first: a Chinese one between its clauses, not within a word."""
    return [Markup(part) for part in CLAUSE.findall(headline)] if w.lang == "zh" else [headline]


def _broken(headline: Markup, w: Words) -> Markup:
    return join(html('<span class="clause">{part}</span>', part=part) for part in clauses(headline, w))


def _top(place: Place, w: Words) -> Markup:
    """Whose story it is, the code for the phone, the other language, and the beginning."""
    other = Words(next(one for one in LANGUAGES if one != w.lang))
    code = qr.svg(qr.public(ON_THE_PHONE[place.chapter], w.lang), title=w("exhibit.code"), size=CODE_SIZE)
    return html(
        '<header role="banner"><div class="whose"><strong>{}</strong>'
        '<span class="occasion">{}</span></div>'
        '<div class="ways"><div class="code">{code}<span>{}</span></div>'
        '<button type="button" data-act="start">{}</button>'
        '<button type="button" data-lang="{}" lang="{}" '
        'aria-label="{}">{}</button></div></header>',
        w("site.name"),
        w("exhibit.occasion"),
        w("exhibit.phone"),
        w("exhibit.start"),
        other.lang,
        other.html_lang,
        w("site.language_switch_label"),
        w("site.language_switch"),
        code=code,
    )


def _steps(n: int, places: tuple[Place, ...], starts: dict[int, str], w: Words) -> Markup:
    """Back, the chapters as a line that fills, and on; after the last screen the story begins again."""
    current = places[n].number
    marks = join(_mark(number, screen, places[n], w) for number, screen in starts.items())
    last = n == len(places) - 1
    back = _to(starts[1] if n == 0 else places[n - 1].screen.id, f"← {w('exhibit.previous')}") if n else Markup()
    on = html('<button type="button" data-act="start">{} ↻</button>', w("exhibit.again"))
    if not last:
        on = _to(places[n + 1].screen.id, f"{w(_on(places[n + 1].screen.id, current, places[n + 1].number))} →")
    return html(
        '<nav class="steps" aria-label="{}"><div class="back">{back}</div>'
        '<ol>{marks}</ol><div class="next">{on}</div></nav>',
        w("exhibit.chapters"),
        back=back,
        marks=marks,
        on=on,
    )


def _on(screen: str, current: int, following: int) -> str:
    """What leads on is called: the card after the pledges, a chapter after a chapter, else simply on."""
    if screen == "card":
        return "exhibit.make_card"
    return "exhibit.next" if following > current else "exhibit.on"


def _to(screen: str, words: str) -> Markup:
    return html('<button type="button" data-to="{screen}">{words}</button>', screen=screen, words=words)


def _mark(number: int, screen: str, place: Place, w: Words) -> Markup:
    state = (
        Markup(' aria-current="step"')
        if number == place.number
        else Markup(' class="past"')
        if number < place.number
        else Markup()
    )
    name = list(CHAPTERS)[number - 1]
    return html(
        '<li><button type="button" data-to="{screen}"{state}>{}</button></li>',
        w(f"exhibit.name.{name}"),
        screen=screen,
        state=state,
    )


def _attract(stories: dict[str, dict[str, Chapter]]) -> Markup:
    """What turns while nobody is there: a picture and a sentence of each chapter in both languages, and the invitation.

    The sky and the hill are taken from their screens by the script, so that they do not travel twice.
    """
    firsts = {name: made.screens[0].id for name, made in stories[LANGUAGES[0]].items()}
    slides = join(
        html(
            '<div class="slide theme-{}" data-slide-of="{screen}" hidden><div class="seen">{}</div>{}</div>',
            ACCENTS[name],
            STILLS.get(name, ""),
            _said(name, stories),
            screen=screen,
        )
        for name, screen in firsts.items()
    )
    invite = " · ".join(Words(one)("exhibit.touch") for one in LANGUAGES)
    spoken = join(
        html('<span lang="{}">{}</span>', Words(one).html_lang, Words(one)("exhibit.touch")) for one in LANGUAGES
    )
    return html(
        '<div class="x attract" role="button" tabindex="0" aria-label="{invite}" data-attract hidden>{slides}'
        '<p class="invite">{spoken}</p></div>',
        invite=invite,
        slides=slides,
        spoken=spoken,
    )


def _said(name: str, stories: dict[str, dict[str, Chapter]]) -> Markup:
    lines = (
        html('<p lang="{}">{}</p>', Words(one).html_lang, _broken(made[name].headline, Words(one)))
        for one, made in stories.items()
    )
    return html('<div class="said">{}</div>', join(lines))
