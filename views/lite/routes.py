"""The addresses of the light pages: what is asked for, in which language, kept while it stands."""

import hashlib
import os
from collections.abc import Callable

from cachetools import LRUCache
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from store import clock, database
from views.lite import frame, overview
from views.lite.frame import Page
from views.page import Visit
from views.shell import choices, kept_choices
from views.words import LANGUAGES, Words

KEPT_PAGES = 512
FRESH_S = 60
PAGES: dict[str, Callable[[Visit], Page]] = {"": overview.page}
ONE_OF_MANY: dict[str, Callable[[Visit, str], Page]] = {}

_pages: LRUCache[tuple, tuple[dict[str, str], Page]] = LRUCache(KEPT_PAGES)


def routes() -> list[Route]:
    """Every address of the light pages."""
    return [Route(frame.ROOT, serve), Route(frame.ROOT + "/{path:path}", serve)]


def page(path: str, v: Visit) -> Page:
    """A page, made once a minute (it tells ages) as long as the store stands. Raises KeyError where there is none."""
    key = (path, v.w, v.now.replace(second=0, microsecond=0))
    known = _pages.get(key)
    if known is None or any(database.revision(topic) != mark for topic, mark in known[0].items()):
        with database.watching() as asked:
            known = (asked, _made(path, v))
        _pages[key] = known
    return known[1]


def _made(path: str, v: Visit) -> Page:
    if path in PAGES:
        return PAGES[path](v)
    kind, _, name = path.partition("/")
    return ONE_OF_MANY[kind](v, name)


async def serve(request: Request) -> Response:
    """One page; 304 where the visitor already has it, 404 in our own words."""
    return await run_in_threadpool(_answer, request)


def _answer(request: Request) -> Response:
    chosen = choices(request.scope)
    v = Visit(Words(chosen.get("lang", LANGUAGES[0])), chosen.get("theme", "light"), clock.now(), False)
    try:
        one, status = page(request.path_params.get("path", "").rstrip("/"), v), 200
    except KeyError:
        one, status = missing(v), 404
    body = frame.html(one, v, chosen.get("theme", ""), base(request)).encode()
    tag = f'W/"{hashlib.sha256(body).hexdigest()[:16]}"'
    headers = {"etag": tag, "cache-control": f"private, max-age={FRESH_S}", "vary": "cookie"}
    if status == 200 and tag in [one.strip() for one in request.headers.get("if-none-match", "").split(",")]:
        return Response(status_code=304, headers=headers)
    answer = HTMLResponse(body, status, headers)
    for name, value in kept_choices(chosen):
        answer.raw_headers.append((name, value))
    return answer


def base(request: Request) -> str:
    """The site's public address: what the operator says, else what the visitor asked."""
    return os.environ.get("XINING_PUBLIC_URL", "").rstrip("/") or f"{request.url.scheme}://{request.url.netloc}"


def missing(v: Visit) -> Page:
    """What is said where there is no such page."""
    w = v.w
    body = f'<h1>{w("lite.missing")}</h1><p class="lead">{w("lite.missing_sub")}</p>'
    return Page("", "overview", w("lite.missing"), w("lite.missing_sub"), body)
