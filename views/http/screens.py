"""Whole screens (wall, exhibit) at the address of the entry page, chosen by ``?view=``."""

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Route

from views.addresses import EXHIBIT, WALL
from views.http.choices import Scope, query_of


def screen(scope: Scope) -> str:
    """The screen a request names at the entry page; else empty."""
    view = query_of(scope).get("view", [""])[-1]
    return view if scope["path"] == "/" and view in (EXHIBIT, WALL) else ""


class ScreenRoute(Route):
    """A route only for requests of one screen at the entry page; all others go on to the site."""

    def __init__(self, name: str, endpoint: Callable[[Request], Awaitable[Response]]) -> None:
        super().__init__("/", endpoint)
        self.screen = name

    def matches(self, scope: Any) -> tuple[Match, Any]:
        """As a route, where the screen is named."""
        named = scope["type"] == "http" and screen(scope) == self.screen
        return super().matches(scope) if named else (Match.NONE, {})
