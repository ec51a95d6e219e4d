"""What reaches the site at all: reading requests to known addresses, sockets opened by the site's own pages.

Streamlit brings routes that nothing here uses (uploads, logins, its metrics, an API for agents), answers every unknown
address with its page, and takes a socket without an origin; for a foreign origin it looks up its own address outside first.
"""

import ipaddress
import logging
from collections.abc import Callable, Collection, Sequence
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from store import clock, database
from views.addresses import public_site
from views.http import arguments, choices, light, metrics
from views.http.api import parameters
from views.http.api.endpoint import preflight
from views.http.api.endpoints import ENDPOINTS
from views.http.problem import in_words, problem
from views.lite import frame
from views.lite.frame import Page
from views.visit import Visit

log = logging.getLogger("dashboard")

READING = ("GET", "HEAD")
SOCKET = "/_stcore/stream"
OF_STREAMLIT = {"/", "/manifest.json", "/_stcore/health", "/_stcore/host-config"}
FILES = "/static/"
API = "/api/"
JSON_BELOW = (API, "/healthz")
LONGEST_ADDRESS, LONGEST_QUERY = 300, 1000  # bytes; the longest of the site's own is a tenth of it
UNCACHED = {"/healthz", metrics.PATH}  # beside the site's own pages: their arguments matter to nobody
UNKNOWN = "unknown"  # the route of an address that does not exist
# What a page's browser needs of Streamlit: that the page runs, stops, goes on. Others would clear the caches of all, run git,
# or read uploads.
KINDS = ("", "rerun_script", "stop_script", "app_heartbeat")
POLICY_VIOLATION = 1008  # RFC 6455, 7.4.1


class Guard:
    """ASGI middleware in front of everything. ``pages``: of the site, by name; ``routes``: beside Streamlit.

    ``kind``: names what a browser's message asks Streamlit for; empty where it is none, which Streamlit itself refuses.
    """

    def __init__(
        self, app: ASGIApp, *, pages: Collection[str], routes: Sequence[BaseRoute], kind: Callable[[bytes], str]
    ) -> None:
        self.app = app
        self.known = OF_STREAMLIT | {f"/{page}" for page in pages}
        self.files = _files()
        self.routes = routes
        self.kind = kind
        self.own = {one.address: [parameters.public_name(each) for each in one.parameters] for one in ENDPOINTS}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what may pass; answer the rest here."""
        if scope["type"] == "websocket":
            await self._socket(scope, receive, send)
        elif scope["type"] == "http":
            await self._http(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, counted by its route and status; one that ends in a fault counts as 500."""
        route, begun = self._label(scope), False

        async def counting(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                metrics.answers.labels(route, str(message["status"])).inc()
            await send(message)

        try:
            answer = await self._refusal(scope, route)
            await (answer or self.app)(scope, receive, counting)
        except database.StoreError as error:  # its sentence says what to do: to who operates this
            log.error("%s cannot be answered: %s", route, error)
            if begun:
                raise
            answer = await run_in_threadpool(_unreadable, scope)
            await answer(scope, receive, counting)
        except Exception:
            if not begun:
                metrics.answers.labels(route, "500").inc()
            raise

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] == SOCKET and from_the_site(scope):
            with metrics.sessions.track_inprogress():
                await self.app(scope, self._needed(receive), send)
            return
        await receive()  # the client's hello; refused before it is accepted, it becomes an answer of 403
        await send({"type": "websocket.close", "code": POLICY_VIOLATION})

    def _needed(self, receive: Receive) -> Receive:
        """What a browser sends, without the messages that no page here needs."""

        async def received() -> Message:
            while True:
                message = await receive()
                frame = message.get("bytes") if message["type"] == "websocket.receive" else None
                if frame is None or self.kind(frame) in KINDS:
                    return message

        return received

    async def _refusal(self, scope: Scope, route: str) -> Response | None:
        """The answer to a request that may not pass; None where it may."""
        if scope["method"] == "OPTIONS" and scope["path"].startswith(API) and route != UNKNOWN:
            return preflight()
        if scope["method"] not in READING:
            return in_words(scope, 405, "api.problem.method", methods=" · ".join(READING))
        if len(scope["path"].encode()) > LONGEST_ADDRESS or len(scope.get("query_string", b"")) > LONGEST_QUERY:
            return in_words(scope, 414, "api.problem.long", address=LONGEST_ADDRESS, query=LONGEST_QUERY)
        if scope["path"] == metrics.PATH and (refused := metrics.refusal(scope)):
            return problem(*refused)
        if route != UNKNOWN:
            whole = route in self.known or route in UNCACHED
            return None if whole else arguments.fewer(scope, self.own.get(route, ()))
        if scope["path"].startswith(JSON_BELOW):
            return in_words(scope, 404, "api.problem.no_address")
        return await run_in_threadpool(_missing, scope)

    def _label(self, scope: Scope) -> str:
        """The route an address belongs to, one of few: what stands in braces stays there. UNKNOWN: it belongs to none."""
        path = scope["path"]
        if (page := path.rstrip("/") or "/") in self.known:
            return str(page)
        if path in self.files:
            return FILES
        found = (route for route in self.routes if route.matches(scope)[0] is not Match.NONE)
        return str(getattr(next(found, None), "path", UNKNOWN))


def _files() -> frozenset[str]:
    """The addresses of Streamlit's own files: for an unknown one it would answer with its page."""
    found = find_spec("streamlit")
    assert found
    assert found.origin
    root = Path(found.origin).parent / "static"
    return frozenset(f"/{file.relative_to(root).as_posix()}" for file in (root / "static").rglob("*") if file.is_file())


def from_the_site(scope: Scope) -> bool:
    """Whether a socket is opened by a page of this site: its origin is named and is the host it connects to.

    Where the operator names the public address, the host must be that one or a plain address: a foreign name that
    resolves to this machine is no host of ours.
    """
    headers = dict(scope["headers"])
    host = headers.get(b"host", b"").decode("latin-1")
    try:
        origin = urlsplit(headers.get(b"origin", b"").decode("latin-1"))
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:  # a bracket that does not close
        return False
    public = urlsplit(public_site())
    ours = not public.hostname or name in (public.hostname, "localhost") or _is_address(name)
    return bool(ours and origin.netloc and origin.netloc in (host, public.netloc))


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _missing(scope: Scope) -> Response:
    """The page for an address that does not exist, in the visitor's language."""
    return _saying(404, light.missing, scope)


def _unreadable(scope: Scope) -> Response:
    """The answer where the store cannot be read."""
    if scope["path"].startswith(JSON_BELOW):
        return problem(503, "The store cannot be read at present.")
    return _saying(503, light.unreadable, scope)


def _saying(status: int, page: Callable[[Visit], Page], scope: Scope) -> Response:
    """A page that says why there is no other, in the visitor's language."""
    v = choices.visit(choices.chosen(scope), clock.now())
    body = frame.document(page(v), v, choices.base(scope))
    return HTMLResponse(body, status, {"vary": "cookie", "cache-control": "private, no-store"})
