"""The exhibit at ``/?view=exhibit``."""

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from views.addresses import EXHIBIT
from views.exhibit.frame import CHAPTERS, document
from views.http import choices
from views.http.conditional import respond
from views.http.screens import ScreenRoute
from views.text.words import LANGUAGES
from views.visit import THEMES


def routes() -> list[Route]:
    """The exhibit's page."""
    return [ScreenRoute(EXHIBIT, serve)]


async def serve(request: Request) -> Response:
    """The story from the chapter of the request; 304 where the visitor already has it."""
    query = {name: request.query_params.get(name, "") for name in ("chapter", "lang", "theme")}
    body = (await run_in_threadpool(_page, **query, base=choices.base(request.scope))).encode()
    return respond(request, body, "text/html", cache_control="no-cache")


def _page(chapter: str, lang: str, theme: str, base: str) -> Markup:
    number = int(chapter) if chapter in {str(n + 1) for n in range(len(CHAPTERS))} else 1
    lang, theme = lang if lang in LANGUAGES else LANGUAGES[0], theme if theme in THEMES else "light"
    return document(number, lang, theme, base)
