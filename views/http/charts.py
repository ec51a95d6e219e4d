"""Drawings by themselves: their files, the page that tells how to cite them, and the form other sites show in a frame."""

from collections.abc import Callable
from datetime import datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from reports.found import NothingFoundError
from store import clock, live
from store.cache import MIB
from views import addresses
from views.addresses import MEDIA_TYPES
from views.exports import charts as registered
from views.exports import made, picture
from views.exports.chart import Chart, NothingKnownError, download_of
from views.http import choices
from views.http.conditional import public, respond
from views.http.large import LargeFiles
from views.lite import chart as pages
from views.lite import frame
from views.templates import render
from views.text.words import Words
from views.tokens import tokens
from views.ui.download import FORMS
from views.visit import READING, THEMES, Visit, canonical

FRESH_S = 60
STEP_MIN = 10  # how old the clock of a drawing may be: it says the hour and the day, no age
_files = LargeFiles("drawings to download", 48 * MIB)


def routes() -> list[Route]:
    """Every address of a drawing."""
    return [
        Route(addresses.chart("{name}", "{form}"), _serving(_file)),
        Route(addresses.chart("{name}"), _serving(_page)),
        Route(addresses.EMBED + "/{name}", _serving(_embedded)),
    ]


def _serving(answer: Callable[[Request, Chart], Response]) -> Callable[[Request], object]:
    async def serve(request: Request) -> Response:
        return await run_in_threadpool(_answer, request, answer)

    return serve


def _answer(request: Request, answer: Callable[[Request, Chart], Response]) -> Response:
    """An answer about a drawing; 404 where there is none of the name, 503 where nothing of it is known now."""
    w = choices.language(request)
    one = registered.registry().get(request.path_params["name"])
    if one is None or request.path_params.get("form", "svg") not in FORMS:
        return PlainTextResponse(w("data.no_chart"), status_code=404)
    try:
        return answer(request, one)
    except (NothingKnownError, NothingFoundError):
        return PlainTextResponse(w("data.nothing_known"), status_code=503, headers={"retry-after": "3600"})


def _visit(request: Request, w: Words) -> Visit:
    """What a drawing is made for: language and theme of its address alone, so that all get the same."""
    theme = request.query_params.get("theme", "")
    return Visit(w, theme if theme in THEMES else "light", _moment(), False)


def _moment() -> datetime:
    now = clock.now()
    return now.replace(minute=now.minute // STEP_MIN * STEP_MIN, second=0, microsecond=0)


def _made(key: tuple[str, ...], v: Visit, make: Callable[[], bytes]) -> tuple[bytes, str]:
    """What is made of a drawing and its tag, made once for a moment until the store changes."""
    whole: tuple[str | datetime, ...] = (*key, v.w.lang, v.theme, v.now)
    return _files.get(whole, make, live.TOPICS)


def _file(request: Request, one: Chart) -> Response:
    form = request.path_params["form"]
    v = _visit(request, made.readable(form, choices.language(request)))
    body, tag = _made((one.id, form), v, lambda: made.file(download_of(one, v), one, form, v))
    shown = "inline" if form in ("svg", "png") else "attachment"
    headers = {
        "content-disposition": f'{shown}; filename="{one.id}-{v.w.lang}.{form}"',
        "access-control-allow-origin": "*",
    }
    return respond(request, body, MEDIA_TYPES[form], cache_control=public(FRESH_S), headers=headers, tag=tag)


def _page(request: Request, one: Chart) -> Response:
    """The page of a drawing, as light as the others."""
    if elsewhere := choices.elsewhere(request, READING):
        return elsewhere
    named, base = choices.named(request.scope), choices.base(request.scope)
    chosen = {name: named[name] for name in READING if name in named}
    v = choices.visit(chosen, _moment())

    def document() -> bytes:
        drawn = download_of(one, v)
        lines = made.about(drawn, v).lines
        page = pages.page(one.id, one.page, drawn.title, drawn.sub, lines, drawn.provenance.period, v, base)
        return frame.document(page, v, base).encode()

    body, tag = _made((one.id, "page", base, *map("=".join, sorted(chosen.items()))), v, document)
    answer = respond(request, body, "text/html", cache_control=public(FRESH_S), tag=tag)
    answer.headers["vary"] = "cookie"
    return answer


def _embedded(request: Request, one: Chart) -> Response:
    """A drawing for another site's frame: without a script, a cookie or a font, with its sources in it."""
    v, base = _visit(request, choices.language(request)), choices.base(request.scope)

    def document() -> bytes:
        drawn = download_of(one, v)
        return render(
            "embed_chart",
            w=v.w,
            title=drawn.title,
            picture=picture.of(drawn, v, one.page),
            to=base + canonical(pages.path(one.id), v.w),
            colors=tokens(v.dark),
        ).encode()

    body, tag = _made((one.id, "embed", base), v, document)
    return respond(request, body, "text/html", cache_control=public(FRESH_S), tag=tag)
