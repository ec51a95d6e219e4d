"""The numbers as JSON for screens, partners and monitors: the same reports as the pages, read-only and bounded.

Every answer names its sources; a moment is ISO with its offset, a unit is part of a field's name, null is "not found".
"""

from starlette.routing import Route

from views.http.api import health, openapi
from views.http.api.endpoints import ENDPOINTS


def routes() -> list[Route]:
    """A route for each endpoint, their description, and the monitors' one."""
    endpoints = [one.route() for one in ENDPOINTS]
    return [*endpoints, openapi.route(ENDPOINTS), Route("/healthz", health.healthz)]
