"""The light pages below ``/lite``: each is made once a minute and cached as long as the store does not change."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from msgspec.structs import replace
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reports.found import NothingFoundError
from store import clock, database, live
from store.cache import MIB, Cache
from views import addresses
from views.addresses import API, DATA, LIGHT, LIGHT_PAGES, OPEN_DATA
from views.http import choices
from views.http.api import page as api_page
from views.http.conditional import public, respond, tag_of
from views.lite import (
    air,
    alerts,
    data,
    district,
    districts,
    frame,
    goals,
    greening,
    indicator,
    my_district,
    overview,
    pledge,
    section,
    station,
    tasks,
    waste,
)
from views.lite import (
    water as water_page,
)
from views.lite.frame import NotThereError, Page, Picture
from views.text import found
from views.text.words import LANGUAGES, Words
from views.visit import DISTRICTS, READING, Visit

FRESH_S = 60
NOWHERE = "nowhere"  # the name of no page
PLEDGED = re.compile(r"[a-z]+(,[a-z]+)*")  # names in an address
PAGES: dict[str, Callable[[Visit], Page]] = {
    "": overview.page,
    "air": air.page,
    "water": water_page.page,
    "waste": waste.page,
    "greening": greening.page,
    "goals": goals.page,
    "tasks": tasks.page,
    "alerts": alerts.page,
    "district": districts.page,
    API: api_page.page,
    OPEN_DATA: data.page,
}
ONE_OF_MANY: dict[str, Callable[[Visit, str], Page]] = {
    "district": district.page,
    "section": section.page,
    "station": station.page,
    "indicator": indicator.page,
}

_made_pages = Cache("light pages", 16 * MIB)
_made_documents = Cache("light documents", 16 * MIB)


def routes() -> list[Route]:
    """Every address of the light pages."""
    return [
        Route(API, serve),
        Route(OPEN_DATA, serve),
        Route(DATA, serve),
        Route(LIGHT, serve),
        Route(LIGHT + "/{path:path}", serve),
    ]


def page(path: str, v: Visit) -> Page:
    """A page, made once a minute (it shows ages) until the store changes. Raises NotThereError where there is none."""
    return _made_pages.get(_key(path, v), lambda: _made(path, v), topics=live.TOPICS)


def _key(name: str, v: Visit) -> tuple[object, ...]:
    return name, v.w, tuple(v.choices.items()), clock.minute(v.now)


def _made(path: str, v: Visit) -> Page:
    try:
        return _of(path, v)
    except NothingFoundError as error:
        return _nothing(path, error, v)


def _of(path: str, v: Visit) -> Page:
    if path in PAGES:
        return PAGES[path](v)
    kind, _, name = path.partition("/")
    if kind not in ONE_OF_MANY:
        raise NotThereError(path)
    return ONE_OF_MANY[kind](v, name)


def _mine(area_id: str, v: Visit) -> Page:
    """The line of the visitor's own district, made once a minute for all who chose it."""
    return _made_pages.get(_key(f"mine {area_id}", v), lambda: my_district.page(v, area_id), topics=live.TOPICS)


async def serve(request: Request) -> Response:
    """One page; 304 where the visitor already has it, 404 with a page of the site.

    It is the same for everybody who requests the same address, so that any cache may have it: cookies only lead to the
    address that says what they choose.
    """
    return await run_in_threadpool(_page, request)


def _page(request: Request) -> Response:
    path = _path(request)
    if request.url.path.endswith("/") and _there(path):  # each page has one address
        return choices.redirect(request, addresses.light(path), 301, FRESH_S)
    choosable = READING if path else (*READING, "district")  # the first page shows the visitor's district as well
    if elsewhere := choices.elsewhere(request, choosable, _district_of(path)):
        return elsewhere
    named = choices.named(request.scope)
    chosen = {name: named[name] for name in choosable if name in named}
    pledged = "" if path else request.query_params.get("pledge", "")
    base, now, away = choices.base(request.scope), clock.now(), database.away()
    key = (path, tuple(sorted(chosen.items())), pledged, base, clock.minute(now), away is None)
    body, tag, status = _made_documents.get(
        key,
        lambda: _document(path, chosen, pledged, base, now, away),
        topics=live.TOPICS,
        weigh=lambda made: len(made[0]),
    )
    shared = f"{public(FRESH_S)}, s-maxage={FRESH_S}"
    return respond(request, body, "text/html", cache_control=shared, status=status, tag=tag)


def _path(request: Request) -> str:
    """What names a page: what stands below /lite in its address, or an address of its own; below /lite none begins with /."""
    address = request.url.path.rstrip("/")
    if address in PAGES:
        return address
    below: str = request.path_params.get("path", "")
    return NOWHERE if below.startswith("/") else below.rstrip("/")


def _there(path: str) -> bool:
    """Whether there is a page."""
    try:
        page(path, Visit(Words(LANGUAGES[0]), "light", clock.now(), False))
    except NotThereError:
        return False
    return True


def _district_of(path: str) -> dict[str, str]:
    """The district whose page a path is."""
    kind, _, name = path.partition("/")
    return {"district": name} if kind == "district" and name in DISTRICTS else {}


def _document(
    path: str, given: Mapping[str, str], pledged: str, base: str, now: datetime, away: timedelta | None
) -> tuple[bytes, str, int]:
    """The whole page, its tag and its status. ``given``: what the visitor chose; ``away``: how long the database is."""
    v = choices.visit(given, now)
    try:
        one, status = page(path, v), 200
    except NotThereError:
        one, status = missing(v), 404
    if not path and (mine := given.get("district")):
        one = replace(one, body=_mine(mine, v).body + one.body)
    if pledged and (promised := pledge.block(pledged, v)):
        one = replace(one, body=promised + one.body, place={"pledge": pledged} if PLEDGED.fullmatch(pledged) else {})
    body = frame.document(one, v, base, away=away).encode()
    return body, tag_of(body), status


def missing(v: Visit) -> Page:
    """The page in the place of one that does not exist."""
    return _saying(v.w("lite.missing"), v.w("lite.missing_sub"), v)


def _nothing(path: str, error: NothingFoundError, v: Visit) -> Page:
    """The page at an address in a city of which nothing was found that it could show."""
    theme = path if path in LIGHT_PAGES else LIGHT_PAGES[0]
    return replace(_saying(v.w("site.not_found"), found.sentence(error, v.w), v), path=path, theme=theme)


def unreadable(v: Visit) -> Page:
    """The page in the place of one for which the store cannot be read."""
    return _saying(v.w("site.error_title"), v.w("site.store_text"), v)


def _saying(title: str, sub: str, v: Visit) -> Page:
    return Page("", LIGHT_PAGES[0], title, sub, frame.body("missing", v, title=title, lead=sub), Picture(title))
