"""Tables to take home below ``/data/``: each in its forms, all of them as one data package, and who has which rights."""

from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from reports import open_data
from store import live
from store.cache import MIB
from views import addresses
from views.addresses import ARCHIVE, DATA, LICENSES, MEDIA_TYPES, PACKAGE
from views.exports import package
from views.http import choices
from views.http.conditional import public, respond
from views.http.large import LargeFiles
from views.text import tables
from views.text.words import Words

FRESH_S = 60
WITH_WORDS = ("xlsx", "parquet", "geojson")  # forms that tell in a language what they hold
WHOLE: dict[str, tuple[Callable[[], bytes], str]] = {
    PACKAGE: (package.description, "application/json"),
    ARCHIVE: (package.archive, "application/zip"),
    LICENSES: (package.rights, "text/markdown"),
}
_files = LargeFiles("files to download", 64 * MIB)


def content(name: str, form: str, w: Words) -> tuple[bytes, str] | None:
    """A table's file and its tag, made where none is current; None where there is no such table or form."""
    one = open_data.resource(name)
    if one is None or form not in tables.forms_of(one):
        return None
    key = (name, form, w.lang if form in WITH_WORDS else "")
    return _files.get(key, lambda: package.file(one, form, w), open_data.topics_of(one))


def routes() -> list[Route]:
    """Every address of a file."""
    whole = [Route(DATA + name, _whole(name)) for name in WHOLE]
    return [*whole, Route(addresses.table("{name}", "{form}"), serve)]


async def serve(request: Request) -> Response:
    """One table; 404 for a name or a form that is none, 304 where the visitor already has these bytes."""
    name, form = request.path_params["name"], request.path_params["form"]
    w = choices.language(request)
    found = await run_in_threadpool(content, name, form, w)
    if found is None:
        return PlainTextResponse(w("data.unknown"), status_code=404)
    return _sent(request, found, MEDIA_TYPES[form], f"{name}.{form}")


def _whole(name: str) -> Callable[[Request], Response]:
    make, media_type = WHOLE[name]

    def serve_whole(request: Request) -> Response:
        return _sent(request, _files.get((name,), make, live.TOPICS), media_type, name)

    return serve_whole


def _sent(request: Request, found: tuple[bytes, str], media_type: str, name: str) -> Response:
    body, tag = found
    headers = {"content-disposition": f'attachment; filename="{name}"', "access-control-allow-origin": "*"}
    return respond(request, body, media_type, cache_control=public(FRESH_S), headers=headers, tag=tag)
