"""A server on loopback that stands in for every upstream, and misbehaves when told to.

``python -m tests.upstream --port 9000`` serves an invented world by the real clock, for trying the dashboard by hand.
"""

import argparse
import contextlib
import socket
import ssl
import struct
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from functools import cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from msgspec import Struct

from tests.upstreams import archive, cnemc_air, cnemc_water, faults, modis, open_meteo
from tests.upstreams.reply import Query, Reply, page
from tests.upstreams.world import ZONE, World

if TYPE_CHECKING:
    import trustme

SOURCES = {
    "cnemc_air": ("/CityData/", "/HourChangesPublish/"),
    "cnemc_water": ("/GJZ/",),
    "open_meteo_air": (open_meteo.AIR,),
    "open_meteo_weather": (open_meteo.WEATHER_PATH,),
    "modis_ndvi": (modis.ROOT,),
    "air_archive": ("/air/data/",),
}
NOWHERE = "http://upstream.invalid"
DRIP_S = 0.05
PATIENCE_S = 30  # a handler that hangs gives up then, should nobody release it
HUGE_BYTES = 100_000_000


class Request(Struct, frozen=True):
    """One request that arrived."""

    verb: str
    path: str
    query: Query
    connection: int


class Upstream:
    """All upstreams on one port of this machine; a context manager.

    ``misbehave(what, mode)``: a source's id, a path or "*" answers wrongly (``faults.MODES``) until ``behave()``.
    The modes refused, dns and tls lie in the address: ask :meth:`url` for it again after switching them.
    """

    def __init__(self, world: World, *, port: int = 0) -> None:
        self.world = world
        self.asked: list[Request] = []
        self.sessions = cnemc_water.Sessions()
        self.modes: dict[str, str] = {}
        self.calm = threading.Event()  # set: nobody is to hang any longer
        self.sent_bytes = 0
        self.connections: dict[int, socket.socket] = {}  # open ones, by the port of the other side
        self._port = port

    def __enter__(self) -> "Upstream":
        self._server = _serve(self, self._port)
        self._closed = socket.socket()  # bound and not listening: whoever knocks is refused
        self._closed.bind(("127.0.0.1", 0))
        return self

    def __exit__(self, *_: object) -> None:
        self.calm.set()
        for server in (self._server, self.__dict__.get("_tls")):
            if server:
                server.shutdown()
                server.server_close()
        self._closed.close()

    @property
    def address(self) -> str:
        """Its own address, whatever misbehaves."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def url(self, source: str) -> str:
        """Where a source is asked now: what XINING_<SOURCE>_URL has to say."""
        match self.modes.get(source, self.modes.get("*", "")):
            case "refused":
                return f"http://127.0.0.1:{self._closed.getsockname()[1]}"
            case "dns":
                return NOWHERE
            case "tls":
                return f"https://127.0.0.1:{self._tls.server_port}"
        return self.address

    def environment(self) -> dict[str, str]:
        """The environment variables that point every source here."""
        return {f"XINING_{source.upper()}_URL": self.url(source) for source in SOURCES}

    def misbehave(self, what: str, mode: str) -> None:
        """From now on a source, a path or "*" answers in that mode."""
        if mode not in faults.MODES:
            raise ValueError(f"no mode {mode!r}; there are {', '.join(faults.MODES)}")
        self.calm.clear()
        self.modes[what] = mode

    def behave(self) -> None:
        """Everything answers as it should again; whoever hangs is released."""
        self.modes.clear()
        self.calm.set()

    def hang_up(self) -> None:
        """End every open connection, as servers do when nobody asks for a while."""
        for connection in list(self.connections.values()):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def mode(self, path: str) -> str:
        """The mode a path answers in; empty: as it should."""
        source = next((name for name, roots in SOURCES.items() if path.startswith(roots)), "")
        return next((self.modes[what] for what in (path, source, "*") if what in self.modes), "")

    @property
    def counts(self) -> Counter[str]:
        """Requests by path."""
        return Counter(asked.path for asked in self.asked)

    @property
    def by_source(self) -> Counter[str]:
        """Requests by source."""
        return Counter(name for asked in self.asked for name, roots in SOURCES.items() if asked.path.startswith(roots))

    def answer(self, query: Query, world: World) -> Reply:
        """What the protocol that owns the path says."""
        return (
            cnemc_air.answer(world, query)
            or cnemc_water.answer(world, query, self.sessions)
            or open_meteo.answer(world, query)
            or modis.answer(world, query)
            or archive.answer(world, query)
            or page(404, "404 Not Found")
        )

    @cached_property
    def authority(self) -> "trustme.CA":
        """Who signed the certificate of the mode tls: nobody trusts it unless told to."""
        import trustme  # most tests need no certificate

        return trustme.CA()

    @cached_property
    def _tls(self) -> ThreadingHTTPServer:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.authority.issue_cert("127.0.0.1", "localhost").configure_cert(context)
        return _serve(self, 0, context)


def _serve(upstream: Upstream, port: int, context: ssl.SSLContext | None = None) -> ThreadingHTTPServer:
    """A server in threads of its own."""
    handler = type("Handler", (_Handler,), {"upstream": upstream, "timeout": PATIENCE_S})
    server = _Server(("127.0.0.1", port), handler)
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    return server


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away is what many tests want."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    upstream: Upstream

    def setup(self) -> None:
        self.upstream.connections[self.client_address[1]] = self.request
        super().setup()

    def finish(self) -> None:
        super().finish()
        self.upstream.connections.pop(self.client_address[1], None)

    def do_GET(self) -> None:
        self._answer("GET")

    def do_POST(self) -> None:
        self._answer("POST")

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: tests count in ``asked``."""

    def _answer(self, verb: str) -> None:
        query = self._query(verb)
        upstream = self.upstream
        upstream.asked.append(Request(verb, query.path, query, self.client_address[1]))
        mode = upstream.mode(query.path)
        if mode in faults.REPLIES:
            self._send(faults.REPLIES[mode](query))
            return
        world = faults.WORLDS[mode](upstream.world) if mode in faults.WORLDS else upstream.world
        reply = upstream.answer(query, world)
        faults.spoil_values(mode, reply)
        if mode in faults.CONNECTION:
            with contextlib.suppress(OSError):  # the client has had enough
                getattr(self, f"_{mode}")(reply)
            self.close_connection = True
            return
        self._send(reply, mode)

    def _query(self, verb: str) -> Query:
        parts = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        asked, form = (dict(parse_qsl(text, keep_blank_values=True)) for text in (parts.query, body))
        return Query(verb, parts.path, asked, form, {name.lower(): value for name, value in self.headers.items()})

    def _send(self, reply: Reply, mode: str = "") -> None:
        body = reply.text().encode()
        if mode in faults.BYTES and reply.data:
            spoil, headers = faults.BYTES[mode]
            body = spoil(body)
            reply.headers |= headers
        self._head(reply, len(body))
        with contextlib.suppress(OSError):
            self._write(body)

    def _head(self, reply: Reply, length: int | None) -> None:
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.kind)
        if length is not None:
            self.send_header("Content-Length", str(length))
        else:
            self.send_header("Connection", "close")
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.end_headers()

    def _write(self, body: bytes) -> None:
        for start in range(0, len(body), 65536):
            self.wfile.write(body[start : start + 65536])
            self.upstream.sent_bytes += len(body[start : start + 65536])

    # ── faults of the connection ─────────────────────────────────────────────────────────────────────────────────────
    def _reset(self, _: Reply) -> None:
        # closing with nothing to linger for sends RST
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    def _reset_midway(self, reply: Reply) -> None:
        body = reply.text().encode()
        self._head(reply, len(body))
        self._write(body[: len(body) // 2])
        self.wfile.flush()
        self._reset(reply)

    def _cut_short(self, reply: Reply) -> None:
        """Says how long the answer is and ends before."""
        body = reply.text().encode()
        self._head(reply, len(body))
        self._write(body[: len(body) // 2])

    def _hanging(self, _: Reply) -> None:
        self.upstream.calm.wait(PATIENCE_S)

    def _slow_drip(self, reply: Reply) -> None:
        """Without a length: the end of the connection is the end of the answer."""
        self._head(reply, None)
        self._drip(reply.text().encode())

    def _slow_head(self, _: Reply) -> None:
        self._drip(b"HTTP/1.1 200 OK\r\n" + b"X-Patience: yes\r\n" * 1000)

    def _drip(self, body: bytes) -> None:
        for place in range(len(body)):
            if self.upstream.calm.wait(DRIP_S):
                return
            self._write(body[place : place + 1])

    def _huge(self, reply: Reply) -> None:
        self._head(reply, None)
        self._flood()

    def _huge_announced(self, reply: Reply) -> None:
        self._head(reply, HUGE_BYTES)
        self._flood()

    def _flood(self) -> None:
        piece = b"[" + b" " * 65535
        for _ in range(HUGE_BYTES // len(piece)):
            self._write(piece)


def resolve(host: Any, *args: Any, **kwargs: Any) -> Any:
    """Like socket.getaddrinfo; that .invalid never exists is known here, so that no resolver outside is asked."""
    if str(host).endswith(".invalid"):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    return _getaddrinfo(host, *args, **kwargs)


_getaddrinfo = socket.getaddrinfo


@contextlib.contextmanager
def upstream(at: datetime, *, seed: int = 1) -> Iterator[Upstream]:
    """A stand-in whose world's clock stands at a moment; it ends with the block."""
    with Upstream(World.standing_at(at, seed=seed)) as server:
        yield server


def main() -> int:
    """Serve until interrupted; say what to export."""
    parser = argparse.ArgumentParser(prog="python -m tests.upstream", description=__doc__)
    parser.add_argument("--port", type=int, default=9000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--misbehave", nargs=2, metavar=("SOURCE", "MODE"), action="append", default=[])
    options = parser.parse_args()
    with Upstream(World(lambda: datetime.now(ZONE), options.seed), port=options.port) as server:
        for what, mode in options.misbehave:
            server.misbehave(what, mode)
        for name, value in server.environment().items():
            print(f"export {name}={value}", flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            threading.Event().wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
