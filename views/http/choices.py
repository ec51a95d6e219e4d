"""What a request contains: the visitor's choices, in its address or in cookies of an earlier one, and where it was sent."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qs, urlencode

from starlette.requests import Request, cookie_parser
from starlette.responses import RedirectResponse, Response

from views.addresses import public_site
from views.http.assets import ONE_YEAR_S
from views.http.conditional import public
from views.text.words import LANGUAGES, Words
from views.visit import CHOICES, DEFAULTS, FULL, READING, Visit

Scope = Mapping[str, Any]
KEEP = "keep"  # in the address of a choice: the browser is to remember it


def query_of(scope: Scope) -> dict[str, list[str]]:
    """The query of a request's address."""
    return parse_qs(scope.get("query_string", b"").decode("latin-1"))


def chosen(scope: Scope) -> dict[str, str]:
    """What a request chooses of :data:`views.visit.CHOICES`, in its address or, failing that, its cookies."""
    both = remembered(scope) | named(scope)
    return {name: both[name] for name in CHOICES if name in both}


def named(scope: Scope) -> dict[str, str]:
    """What the address of a request chooses."""
    query = query_of(scope)
    if "full" in query:
        query["view"] = [FULL]
    return _known({name: values[-1] for name, values in query.items()})


def visit(given: Mapping[str, str], now: datetime) -> Visit:
    """Who is looking at a light page, by their choices (``given``) in its address or their cookies."""
    reading = {name: given[name] for name in READING if name in given}
    return Visit(Words(given.get("lang", LANGUAGES[0])), given.get("theme", "light"), now, False, choices=reading)


def language(request: Request) -> Words:
    """The language an address names."""
    return Words(named(request.scope).get("lang", LANGUAGES[0]))


def remembered(scope: Scope) -> dict[str, str]:
    """What the cookies of a request choose. Read as browsers do: another application's odd cookie must not cost the page."""
    cookies: dict[str, str] = {}
    for key, value in scope["headers"]:
        if key == b"cookie":
            cookies |= cookie_parser(value.decode("latin-1"))
    return _known(cookies)


def _known(given: Mapping[str, str]) -> dict[str, str]:
    return {name: given[name] for name, allowed in CHOICES.items() if given.get(name) in allowed}


def cookies(choices: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    """The headers that store what a visitor chose in the browser."""
    return [
        (b"set-cookie", f"{name}={value}; Path=/; Max-Age={ONE_YEAR_S}; SameSite=Lax".encode())
        for name, value in choices.items()
    ]


def elsewhere(
    request: Request, choosable: Sequence[str], also: Mapping[str, str] = MappingProxyType({})
) -> Response | None:
    """The way to the address that says what the visitor chose, in a cookie or just now; None where this one does.

    ``choosable``: what the page's address may choose; ``also``: what is chosen by following a link to the page. An address
    that chooses something unknown loses it on the way: there what the cookie says is known, and nothing leads on.
    """
    here, query = named(request.scope), dict(request.query_params)
    wanted = {
        name: value
        for name, value in remembered(request.scope).items()
        if name in choosable and name not in here and value != DEFAULTS.get(name)
    }
    if not wanted and KEEP not in query:
        return None
    others = {name: value for name, value in query.items() if name not in (*here, *choosable, KEEP)}
    chosen = {
        name: value for name, value in (here | wanted).items() if KEEP not in query or value != DEFAULTS.get(name)
    }
    answer = RedirectResponse(f"{request.url.path}?{urlencode(chosen | others)}".rstrip("?"), 302)
    answer.headers["cache-control"] = "private, no-store"
    answer.headers["vary"] = "cookie"
    if KEEP in query:
        answer.raw_headers.extend(cookies({**here, **also}))
    return answer


def redirect(request: Request, address: str, status: int, fresh_s: int) -> Response:
    """The way to another address of the site (``address``: its path); what else the request's address says goes along.

    ``status``: 301 for good, 302 for now; ``fresh_s``: how long caches may keep it.
    """
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(address + query, status, {"cache-control": public(fresh_s)})


def base(scope: Scope) -> str:
    """The site's public address: as the operator names it, else the one the request was sent to."""
    host = dict(scope["headers"]).get(b"host", b"").decode("latin-1")
    return public_site() or f"{scope.get('scheme', 'http')}://{host}"
