"""The pictures of shared links below ``/og``, one for each light page."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from store import clock
from views.addresses import LIGHT_PAGES, PICTURES
from views.http import choices, light
from views.http.conditional import public, respond
from views.lite.frame import NotThereError
from views.visit import Visit

FRESH_S = 60


def routes() -> list[Route]:
    """Every address of the pictures."""
    return [Route(PICTURES + "/{path:path}.png", serve)]


async def serve(request: Request) -> Response:
    """The picture of a page's shared link in the language its address names; 404 for a name that is no page."""
    return await run_in_threadpool(_picture, request)


def _picture(request: Request) -> Response:
    from views.http import share_picture  # with Pillow, which nothing else needs

    path = request.path_params["path"]
    w = share_picture.readable(choices.language(request))
    try:
        page = light.page("" if path == LIGHT_PAGES[0] else path, Visit(w, "light", clock.now(), False))
    except NotThereError:
        return PlainTextResponse("no such picture", status_code=404)
    one = page.picture
    body = share_picture.png(one.big, one.unit, one.chip, one.color, one.lines, w("site.name"))
    return respond(request, body, "image/png", cache_control=public(FRESH_S))
