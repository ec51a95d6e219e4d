"""The site's own files as responses that browsers cache for good: their address changes with their content."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from views import assets
from views.assets import Asset

ONE_YEAR_S = 31_536_000


def routes() -> list[Route]:
    """A route for each."""
    return [Route(one.address, _serving(one)) for one in assets.ALL]


def _serving(one: Asset) -> Callable[[Request], Response]:
    headers = {"cache-control": f"public, max-age={ONE_YEAR_S}, immutable"}
    return lambda _request: Response(one.content, media_type=one.media_type, headers=headers)
