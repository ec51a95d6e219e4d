"""An endpoint: its address below ``/api/v1``, the function that answers it, and a question to try it with.

What may be asked and what comes back are the types in the function's signature; reading, describing and showing follow them.
"""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, get_type_hints
from urllib.parse import urlencode

from msgspec import Struct, field
from msgspec.structs import FieldInfo, fields
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reports.found import NothingFoundError
from views.http.api import parameters
from views.http.api.parameters import InPages, RefusedError
from views.http.api.values import encoded
from views.http.conditional import public, respond
from views.http.problem import language, problem
from views.text import found

BASE = "/api/v1"
FRESH_S = 60
# A page of any site may ask and read; the header is always sent, so that a shared cache keeps one answer for all.
ANY_SITE = {"access-control-allow-origin": "*", "access-control-expose-headers": "etag, link"}


class Endpoint(Struct, frozen=True, eq=False, dict=True, weakref=True):
    """An endpoint. ``path``: with a parameter's name in braces where the address has one; ``example``: values that work."""

    path: str
    handler: Callable[[Any], Any]
    example: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def question(self) -> type:
        """The type of its parameters."""
        (kind,) = (hint for name, hint in get_type_hints(self.handler).items() if name != "return")
        return kind  # type: ignore[no-any-return]

    @cached_property
    def answer(self) -> type:
        """The type of its answer."""
        return get_type_hints(self.handler)["return"]  # type: ignore[no-any-return]

    @property
    def address(self) -> str:
        """Its whole address, with braces."""
        return f"{BASE}/{self.path}"

    @property
    def key(self) -> str:
        """Its name among the words, and as an operation."""
        return self.path.replace("{", "").replace("}", "").replace("/", "_")

    @property
    def parameters(self) -> tuple[FieldInfo, ...]:
        """Its parameters in the order they are declared, those of every list last."""
        of_pages = {one.name for one in fields(InPages)}
        return tuple(sorted(fields(self.question), key=lambda one: one.name in of_pages))

    def in_path(self, name: str) -> bool:
        """Whether a parameter is a part of the address."""
        return f"{{{name}}}" in self.path

    @property
    def tried(self) -> str:
        """The address of the example."""
        inside = {name: value for name, value in self.example.items() if self.in_path(name)}
        asked = {name: value for name, value in self.example.items() if name not in inside}
        return self.address.format(**inside) + (f"?{urlencode(asked)}" if asked else "")

    def route(self) -> Route:
        """Where it is answered; Starlette runs it in a thread of its own."""
        return Route(self.address, self._answered)

    def _answered(self, request: Request) -> Response:
        """An answer; a problem with its status where there is none."""
        try:
            given = dict(request.query_params) | request.path_params
            content = self.handler(parameters.asked(self.question, given))
        except RefusedError as error:
            w = language(request.scope)
            return problem(error.status, error.sentence(w), w.lang)
        except NothingFoundError as error:
            w = language(request.scope)
            return problem(404, found.sentence(error, w), w.lang)
        headers = ANY_SITE | self._following(request, getattr(content, "next", None))
        return respond(request, encoded(content), "application/json", cache_control=public(FRESH_S), headers=headers)

    def _following(self, request: Request, cursor: str | None) -> dict[str, str]:
        """The address of the next page of a list (RFC 8288)."""
        if cursor is None:
            return {}
        query = urlencode(dict(request.query_params) | {"cursor": cursor})
        return {"link": f'<{request.url.path}?{query}>; rel="next"'}


def preflight() -> Response:
    """The answer to a browser that asks whether a page of another site may ask (the Fetch standard, 4.8)."""
    headers = {
        "access-control-allow-origin": "*",
        "access-control-allow-methods": "GET, HEAD",
        "access-control-allow-headers": "accept-language, if-none-match",
        "access-control-max-age": "86400",
        "cache-control": "public, max-age=86400",
    }
    return Response(status_code=204, headers=headers)
