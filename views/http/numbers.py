"""One number by itself: ``/embed/number/<name>`` for the frame of another site, ``/number/<name>`` tells how to cite it.

Names are those of the indicators, and two of the latest known reading: ``aqi`` and ``river``.
"""

from collections.abc import Callable, Mapping

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from reports import indicator, latest
from reports.found import NothingFoundError
from store import clock, live
from store.cache import MIB, Cache
from views import addresses
from views.http import choices
from views.http.conditional import public, respond, tag_of
from views.lite import frame
from views.lite.frame import NotThereError
from views.lite.number import page
from views.templates import render
from views.text import found
from views.tokens import tokens
from views.ui import number as numbers
from views.ui.number import Number
from views.visit import READING, Visit, canonical

FRESH_S = 60
_made = Cache("numbers by themselves", 8 * MIB)


def routes() -> list[Route]:
    """Both addresses of a number."""
    return [
        Route(addresses.embedded_number("{name}"), _serving(_embedded)),
        Route(addresses.number("{name}"), _serving(_page)),
    ]


def _serving(answer: Callable[[Request], Response]) -> Callable[[Request], object]:
    async def serve(request: Request) -> Response:
        return await run_in_threadpool(answer, request)

    return serve


def of(name: str, v: Visit) -> Number:
    """A number by its name. Raises NotThereError where there is none of it, NothingFoundError where nothing is known of it."""
    if name == numbers.AQI:
        return numbers.of_air(latest.of_air(v.now), v.w)
    if name == numbers.RIVER:
        return numbers.of_river(latest.of_river(v.now), v.w)
    try:
        known = indicator.of(name, v.today)
    except KeyError:
        raise NotThereError(name) from None
    return numbers.of_indicator(known, v.today, v.w)


def _embedded(request: Request) -> Response:
    """The number alone: without a script, a cookie or a font; who shows it in a frame is up to them."""

    def document(v: Visit, number: Number, base: str) -> Markup:
        return render(
            "number",
            title=number.name,
            w=v.w,
            number=number,
            source=numbers.source(number, v.w),
            to=base + canonical(number.page, v.w),
            colors=tokens(v.dark),
        )

    return _answer(request, "embed", choices.named(request.scope), document)


def _page(request: Request) -> Response:
    """How it is cited and shown elsewhere."""
    if elsewhere := choices.elsewhere(request, READING):
        return elsewhere
    named, name = choices.named(request.scope), request.path_params["name"]
    chosen = {one: named[one] for one in READING if one in named}

    def document(v: Visit, number: Number, base: str) -> Markup:
        return frame.document(page(name, number, v, base), v, base)

    return _answer(request, "page", chosen, document)


def _answer(
    request: Request, kind: str, chosen: Mapping[str, str], document: Callable[[Visit, Number, str], Markup]
) -> Response:
    """The document, made once a minute until the store changes; 404 where there is no such number, 503 where none is known."""
    v = choices.visit(chosen, clock.now())
    name, base = request.path_params["name"], choices.base(request.scope)
    key = (kind, name, base, clock.minute(v.now), *sorted(chosen.items()))

    def made() -> tuple[bytes, str]:
        body = document(v, of(name, v), base).encode()
        return body, tag_of(body)

    try:
        body, tag = _made.get(key, made, topics=live.TOPICS, weigh=lambda one: len(one[0]))
    except NotThereError:
        return PlainTextResponse(v.w("number.none"), 404)
    except NothingFoundError as error:
        return PlainTextResponse(found.sentence(error, v.w), 503, {"retry-after": "3600"})
    return respond(request, body, "text/html", cache_control=public(FRESH_S), tag=tag)
