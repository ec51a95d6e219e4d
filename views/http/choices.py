"""What a request says of who is looking: in its address, or kept in its cookies from an earlier one."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs

from starlette.requests import cookie_parser
from starlette.routing import Match, Route

from views.addresses import EXHIBIT, WALL
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
    found = {}
    for name, allowed in CHOICES.items():
        asked = (query.get(name, [""])[-1], cookies.get(name, ""))
        if known := [value for value in asked if value in allowed]:
            found[name] = known[0]
    return found


def _cookies(scope: Scope) -> dict[str, str]:
    """Read as browsers do: another application's odd cookie must not cost the visitor the page."""
    cookies: dict[str, str] = {}
    for key, value in scope["headers"]:
        if key == b"cookie":
            cookies |= cookie_parser(value.decode("latin-1"))
    return cookies


def cookies(choices: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    """The headers that keep what a visitor chose."""
    return [
        (b"set-cookie", f"{name}={value}; Path=/; Max-Age={ONE_YEAR_S}; SameSite=Lax".encode())
        for name, value in choices.items()
    ]


def screen(scope: Scope) -> str:
    """The whole screen (wall or exhibit) that is asked for at the entry page; else empty."""
    view = query_of(scope).get("view", [""])[-1]
    return view if scope["path"] == "/" and view in (EXHIBIT, WALL) else ""


class ScreenRoute(Route):
    """A route only for those who ask for one screen at the entry page; everyone else goes on to the site."""

    def __init__(self, name: str, endpoint: Any) -> None:
        super().__init__("/", endpoint)
        self.screen = name

    def matches(self, scope: Any) -> tuple[Match, Any]:
        """As a route, where the screen is asked for."""
        asked = scope["type"] == "http" and screen(scope) == self.screen
        return super().matches(scope) if asked else (Match.NONE, {})
