"""The shell around Streamlit: the first HTML in the visitor's language, compression, phones sent to light pages.

Streamlit sends its files uncompressed and an English page. This middleware compresses each file once and caches the
bytes (the names carry a hash, so they never change), and puts the site's own page in the place of Streamlit's.
"""

import gzip
import re
from urllib.parse import urlencode

import brotli
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from store.cache import MIB, Cache
from views.addresses import ACCOUNT, API, BRIEF, CHART, EMBED, LIGHT, NUMBER, OPEN_DATA, WALL
from views.http import choices, screens, streamlit_page
from views.visit import FULL, PHONE

COMPRESSIBLE = ("text/", "application/javascript", "application/json", "image/svg+xml", "application/wasm")
# Below these stand complete documents: light pages, screens of their own and parts of them.
WHOLE = (LIGHT, API, BRIEF, ACCOUNT, f"/{WALL}/", OPEN_DATA, f"{CHART}/", f"{NUMBER}/", f"{EMBED}/")
HASHED = "/static/"  # files whose names carry their hash
SMALLEST_WORTH_COMPRESSING = 600
FONT_FACE = re.compile(rb"@font-face\{[^}]*\}")  # fonts that Streamlit fetches and no page shows


class Shell:
    """ASGI middleware: rewrite the HTML shell, compress, remember language and theme in cookies."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.compressed = Cache("compressed files", 24 * MIB)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request through; only whole GET answers of a compressible kind are touched."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        if light := light_page_instead(scope):
            await _send_to(light, send)
            return
        # Streamlit is asked for uncompressed files, so that every page's first HTML can be rewritten.
        plain = [(key, value) for key, value in scope["headers"] if key != b"accept-encoding"]
        await self.app({**scope, "headers": plain}, receive, _Answer(self, scope, send))

    def compress(self, path: str, coding: str, body: bytes, tag: bytes = b"") -> bytes:
        """The body in a content coding: once for a file whose name carries its hash, at the highest level, and for a tag."""
        name, hard = _named(path, tag), path.startswith(HASHED)
        if not name:
            return _pack(coding, body, hard=False)
        return self.compressed.get((name, coding), lambda: _pack(coding, body, hard=hard), weigh=len)

    def packed(self, path: str, coding: str, tag: bytes) -> bytes | None:
        """What :meth:`compress` has ready."""
        return self.compressed.ready((_named(path, tag), coding))


def _named(path: str, tag: bytes) -> bytes:
    """What a content is known by; empty where its next may be another."""
    return path.encode() if path.startswith(HASHED) else tag


def _pack(coding: str, body: bytes, *, hard: bool) -> bytes:
    if coding == "br":
        packed: bytes = brotli.compress(body, quality=9 if hard else 5)
        return packed
    return gzip.compress(body, 9 if hard else 6)


def _coding(scope: Scope) -> str:
    """Brotli where the browser takes it (over https), else gzip, else nothing."""
    accepted = b",".join(value for key, value in scope["headers"] if key == b"accept-encoding").decode("latin-1")
    return next((coding for coding in ("br", "gzip") if coding in accepted), "")


class _Answer:
    """Collects one answer, then sends it changed; a streamed or odd one passes as it is."""

    def __init__(self, shell: Shell, scope: Scope, send: Send) -> None:
        self.shell, self.scope, self.send = shell, scope, send
        self.start: Message | None = None
        self.parts: list[bytes] = []

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            if not self._wanted(message):
                await self.send(message)
            else:
                self.start = message
            return
        if self.start is None or message["type"] != "http.response.body":
            await self.send(message)
            return
        self.parts.append(message.get("body", b""))
        if not message.get("more_body"):
            await self._finish()

    def _wanted(self, message: Message) -> bool:
        headers = dict(message["headers"])
        kind = headers.get(b"content-type", b"").decode()
        return message["status"] == 200 and kind.startswith(COMPRESSIBLE) and b"content-encoding" not in headers

    async def _finish(self) -> None:
        assert self.start is not None
        body = b"".join(self.parts)
        headers = [(k, v) for k, v in self.start["headers"] if k not in (b"content-length", b"etag", b"last-modified")]
        validators = [(k, v) for k, v in self.start["headers"] if k in (b"etag", b"last-modified")]
        tag = b""
        if dict(headers).get(b"content-type", b"").startswith(b"text/html") and not _whole(self.scope):
            body, cookies = _own_page(body, self.scope)  # of which Streamlit's tag says nothing
            headers += cookies
        else:
            headers += validators
            tag = dict(validators).get(b"etag", b"")
        if self.scope["path"].startswith("/static/css/"):
            body = FONT_FACE.sub(b"", body)
        coding = _coding(self.scope)
        if coding and len(body) >= SMALLEST_WORTH_COMPRESSING:
            path = self.scope["path"]
            packed = self.shell.packed(path, coding, tag)  # a thread of its own costs a tenth of a light page
            if packed is None:
                packed = await run_in_threadpool(self.shell.compress, path, coding, body, tag)
            body = packed
            headers.append((b"content-encoding", coding.encode()))
        headers += [(b"vary", b"accept-encoding"), (b"content-length", str(len(body)).encode())]
        await self.send({**self.start, "headers": headers})
        await self.send({"type": "http.response.body", "body": body})


def _own_page(body: bytes, scope: Scope) -> tuple[bytes, list[tuple[bytes, bytes]]]:
    """The site's page in the place of Streamlit's; another page as it is."""
    try:
        return streamlit_page.document(body, scope)
    except streamlit_page.NotStreamlitError:
        return body, []


def light_page_instead(scope: Scope) -> str:
    """Where a phone that opens the entry page is sent: the light overview in the language and theme of its address; else empty.

    Not one that chose the interactive version, that is embedded, or that requests a whole screen.
    """
    headers = {key: value.decode("latin-1") for key, value in scope["headers"]}
    query = choices.query_of(scope)
    chose = choices.chosen(scope).get("view") == FULL or query.keys() & {"view", "embed"}
    navigates = "text/html" in headers.get(b"accept", "")
    if scope["path"] != "/" or chose or not navigates or not PHONE.search(headers.get(b"user-agent", "")):
        return ""
    query_string = urlencode([(name, query[name][-1]) for name in ("lang", "theme") if name in query])
    return f"{LIGHT}?{query_string}" if query_string else LIGHT


async def _send_to(address: str, send: Send) -> None:
    """Send a phone on; what is answered depends on the device and on what it chose before."""
    headers = [
        (b"location", address.encode()),
        (b"content-length", b"0"),
        (b"vary", b"user-agent, cookie"),
        (b"cache-control", b"private, no-store"),
    ]
    await send({"type": "http.response.start", "status": 302, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


def _whole(scope: Scope) -> bool:
    """Whether a complete document is requested, which needs no page around it."""
    return bool(scope["path"].startswith(WHOLE)) or bool(screens.screen(scope))
