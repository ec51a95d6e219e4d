"""The wall at ``/?view=wall``, and its scenes, one by one, at ``/wall/scene/<name>``."""

from collections.abc import Mapping

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from store import clock
from views.addresses import FIRST_SCENE, PINNED_SCENE, SECONDS_EACH, WALL, wall_scene
from views.http import choices
from views.http.screens import ScreenRoute
from views.text.words import LANGUAGES, Words
from views.visit import Visit
from views.wall.frame import FIRST, document, scene, scene_named

NOT_STORED = {"cache-control": "no-store"}
# One scene for all screens of a city; never while no dashboard answers: a screen says itself how old its picture is.
BRIEF = {"cache-control": "public, max-age=5, stale-while-revalidate=5"}


def routes() -> list[Route]:
    """The wall's page and its scenes."""
    return [ScreenRoute(WALL, serve), Route(wall_scene("{name}"), serve_scene)]


async def serve(request: Request) -> Response:
    """The page with the scene of the request (``scene``), or the loop from one (``from``), or from its first one."""
    return await run_in_threadpool(_page, request)


def _page(request: Request) -> Response:
    query = request.query_params
    given = scene_named(query.get(PINNED_SCENE, ""))
    name = given or scene_named(query.get(FIRST_SCENE, "")) or FIRST
    base = choices.base(request.scope)
    body = document(
        name, _visit(choices.chosen(request.scope)), base, pinned=given is not None, every=query.get(SECONDS_EACH, "")
    )
    return HTMLResponse(body, headers=NOT_STORED)


async def serve_scene(request: Request) -> Response:
    """One scene as a piece of HTML, in the language its address names; 404 where there is none of the name."""
    name = scene_named(request.path_params["name"])
    if name is None:
        return HTMLResponse("", 404)
    return HTMLResponse(await run_in_threadpool(scene, name, _visit(choices.named(request.scope))), headers=BRIEF)


def _visit(chosen: Mapping[str, str]) -> Visit:
    return Visit(Words(chosen.get("lang", LANGUAGES[0])), "dark", clock.now(), False)
