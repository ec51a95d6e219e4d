"""What a request contains: the visitor's choices, in its address or in cookies of an earlier one, and where it was sent."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs

from starlette.requests import cookie_parser

from views.addresses import public_site
from views.http.assets import ONE_YEAR_S
from views.visit import CHOICES, FULL

Scope = Mapping[str, Any]


def query_of(scope: Scope) -> dict[str, list[str]]:
    """The query of a request's address."""
    return parse_qs(scope.get("query_string", b"").decode("latin-1"))


def chosen(scope: Scope) -> dict[str, str]:
    """What a request chooses of :data:`views.visit.CHOICES`, in its address or, failing that, its cookies."""
    query, cookies = query_of(scope), _cookies(scope)
    if "full" in query:
        query["view"] = [FULL]
    values = {}
    for name, allowed in CHOICES.items():
        given = (query.get(name, [""])[-1], cookies.get(name, ""))
        if known := [value for value in given if value in allowed]:
            values[name] = known[0]
    return values


def _cookies(scope: Scope) -> dict[str, str]:
    """Read as browsers do: another application's odd cookie must not cost the visitor the page."""
    cookies: dict[str, str] = {}
    for key, value in scope["headers"]:
        if key == b"cookie":
            cookies |= cookie_parser(value.decode("latin-1"))
    return cookies


def cookies(choices: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    """The headers that store what a visitor chose in the browser."""
    return [
        (b"set-cookie", f"{name}={value}; Path=/; Max-Age={ONE_YEAR_S}; SameSite=Lax".encode())
        for name, value in choices.items()
    ]


def base(scope: Scope) -> str:
    """The site's public address: as the operator names it, else the one the request was sent to."""
    host = dict(scope["headers"]).get(b"host", b"").decode("latin-1")
    return public_site() or f"{scope.get('scheme', 'http')}://{host}"
