"""The numbers as JSON for screens, partners and monitors: the same reports as the pages, read-only and bounded.

Every answer names its sources; a moment is ISO with its offset, a unit is part of a field's name, null is "not found".
"""

from collections.abc import Callable, Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from views.http.api import air, health, now, promises, water
from views.http.api.parameters import BadParameterError
from views.http.api.values import Json, encoded
from views.http.conditional import public, respond
from views.http.problem import problem

FRESH_S = 60
ENDPOINTS: dict[str, Callable[[Mapping[str, str]], Json]] = {
    "now": now.answer,
    "indicators": promises.answer,
    "air/daily": air.daily,
    "air/budget": air.day_budget,
    "water/sections": water.sections,
}


def routes() -> list[Route]:
    """A route for each endpoint, and the monitors' one."""
    endpoints = [Route(f"/api/v1/{path}", _endpoint(answer)) for path, answer in ENDPOINTS.items()]
    return [*endpoints, Route("/healthz", health.healthz)]


def _endpoint(answer: Callable[[Mapping[str, str]], Json]) -> Callable[[Request], Response]:
    """An endpoint; Starlette runs it in a thread of its own. 400 for a parameter that cannot be answered."""

    def endpoint(request: Request) -> Response:
        try:
            body = encoded(answer(request.query_params))
        except BadParameterError as error:
            return problem(400, str(error))
        any_site = {"access-control-allow-origin": "*"}
        return respond(request, body, "application/json", cache_control=public(FRESH_S), headers=any_site)

    return endpoint
