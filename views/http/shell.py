"""The shell around Streamlit: the first HTML in the visitor's language, house styles, compression, headers.

Streamlit sends its files uncompressed and an English HTML shell. This middleware compresses each file once and keeps
the bytes (the names carry a hash, so they never change), and writes language, title, description and the house's
styles into the shell before it goes out.
"""

import base64
import gzip
import hashlib
import html
import json
import os
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode

import brotli
from starlette.concurrency import run_in_threadpool
from starlette.requests import cookie_parser
from starlette.responses import Response
from starlette.routing import Match, Route

from store.cache import MIB, Cache
from views.text.words import LANGUAGES, Words

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]


def own_file(file: Path) -> tuple[str, bytes]:
    """One of the house's own files: its content, under a name that changes with it."""
    content = file.read_bytes()
    return f"/{file.stem}-{hashlib.sha256(content).hexdigest()[:12]}{file.suffix}", content


HERE = Path(__file__).parent
CSS_PATH, CSS = own_file(HERE / "house.css")
GEOLOCATION_PATH, GEOLOCATION = own_file(HERE / "geolocation.js")
LABELS_PATH, LABELS = own_file(HERE / "labels.js")
OWN_FILES = {
    CSS_PATH: (CSS, "text/css"),
    GEOLOCATION_PATH: (GEOLOCATION, "text/javascript"),
    LABELS_PATH: (LABELS, "text/javascript"),
}
COMPRESSIBLE = ("text/", "application/javascript", "application/json", "image/svg+xml", "application/wasm")
SMALLEST_WORTH_COMPRESSING = 600
LITE, LITE_ROOMS = "/lite", ("overview", "air", "water", "waste", "greening", "goals")
EXHIBIT, WALL = "exhibit", "wall"  # screens of their own at the door, asked for by ?view=
FULL = "full"  # the choice of the interactive version, kept in the cookie "view"
PHONE = re.compile(r"Mobile|Android|iPhone|MicroMessenger")
KEPT_BYTES = 24 * MIB
ONE_YEAR_S = 31536000
THEMES = {"light": "Light", "dark": "Dark"}
TEXT_SIZES = ("100", "120", "140")  # percent
CONTRASTS = ("normal", "more")
CHOICES = {"lang": LANGUAGES, "theme": tuple(THEMES), "view": (FULL,), "text": TEXT_SIZES, "contrast": CONTRASTS}
# What Streamlit names in English only: labels.js says it in the page's language.
LABEL_WORDS = ("skip", "home", "pages", "menu", "menu_open", "menu_close", "open", "no_results")
# Fonts that Streamlit fetches and no page shows, half a megabyte: the house writes in the system's.
FONT_PRELOAD = re.compile(r'<link\s+rel="preload"[^>]*as="font"[^>]*>')
# An inline script of Streamlit's for services that render pages for search engines.
INLINE_SCRIPT = re.compile(r"<script>\s*window\.prerenderReady.*?</script>", re.S)
FONT_FACE = re.compile(rb"@font-face\{[^}]*\}")

# Streamlit keeps a visitor's theme per path; ours holds for all pages, so it is written before Streamlit reads it.
# Who chose no contrast gets the device's.
THEME_SCRIPT = (
    "(()=>{try{const m=document.cookie.match(/(?:^|; )theme=(light|dark)/);if(m)localStorage.setItem("
    "'stActiveTheme-'+location.pathname+'-v2',JSON.stringify(m[1]==='dark'?'Dark':'Light'))}catch(e){}"
    "const d=document.documentElement.dataset;"
    "if(!d.contrast&&matchMedia('(prefers-contrast: more)').matches)d.contrast='more'})()"
)

_THEME_HASH = base64.b64encode(hashlib.sha256(THEME_SCRIPT.encode()).digest()).decode()
# Nothing from elsewhere; no script but our files and the one above; no eval but of WebAssembly, for maps. Streamlit and
# Plotly write styles as they go; maps and charts draw what they made themselves (data:, blob:). Another site may show a
# page within its own (?embed=true).
POLICY = "; ".join(
    (
        "default-src 'self'",
        f"script-src 'self' 'wasm-unsafe-eval' 'sha256-{_THEME_HASH}'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
    )
)

HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=(self)"),
)


def own_routes() -> list[Route]:
    """The house's styles and scripts."""
    return [Route(path, serving(content, kind)) for path, (content, kind) in OWN_FILES.items()]


def serving(content: bytes, kind: str) -> Callable[[Any], Response]:
    """What answers with one of our own files, for good: its address changes with its content."""
    headers = {"cache-control": f"public, max-age={ONE_YEAR_S}, immutable"}
    return lambda _request: Response(content, media_type=kind, headers=headers)


class Shell:
    """ASGI middleware: rewrite the HTML shell, compress, add headers, remember language and theme in cookies."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.kept = Cache("compressed files", KEPT_BYTES)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request through; only whole GET answers of a compressible kind are touched."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        if light := offered(scope):
            await _send_to(light, send)
            return
        # Streamlit is told that nothing compressed is wanted, so that it sends every page's shell open to be rewritten.
        plain = [(key, value) for key, value in scope["headers"] if key != b"accept-encoding"]
        await self.app({**scope, "headers": plain}, receive, _Answer(self, scope, send))

    def compress(self, path: str, coding: str, body: bytes) -> bytes:
        """The body in a content coding; once for each file whose name carries its hash, hard, and kept."""
        if not path.startswith("/static/"):
            return _pack(coding, body, hard=False)
        return self.kept.get((path, coding), lambda: _pack(coding, body, hard=True))


def _pack(coding: str, body: bytes, *, hard: bool) -> bytes:
    if coding == "br":
        return brotli.compress(body, quality=9 if hard else 5)
    return gzip.compress(body, 9 if hard else 6)


def _coding(scope: Scope) -> str:
    """Brotli where the browser takes it (over https), else gzip, else nothing."""
    accepted = b",".join(value for key, value in scope["headers"] if key == b"accept-encoding").decode("latin-1")
    return next((coding for coding in ("br", "gzip") if coding in accepted), "")


class _Answer:
    """Collects one answer, then sends it changed; a streamed or odd one passes as it is."""

    def __init__(self, shell: Shell, scope: Scope, send: Send) -> None:
        self.shell, self.scope, self.send = shell, scope, send
        self.start: dict[str, Any] | None = None
        self.parts: list[bytes] = []

    async def __call__(self, message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            if not self._wanted(message):
                message["headers"] = [*message["headers"], *HEADERS]
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

    def _wanted(self, message: dict[str, Any]) -> bool:
        headers = dict(message["headers"])
        kind = headers.get(b"content-type", b"").decode()
        return message["status"] == 200 and kind.startswith(COMPRESSIBLE) and b"content-encoding" not in headers

    async def _finish(self) -> None:
        assert self.start is not None
        body = b"".join(self.parts)
        headers = [(k, v) for k, v in self.start["headers"] if k not in (b"content-length", b"etag", b"last-modified")]
        validators = [(k, v) for k, v in self.start["headers"] if k in (b"etag", b"last-modified")]
        if dict(headers).get(b"content-type", b"").startswith(b"text/html") and not _whole(self.scope):
            body, cookies = rewrite(body, self.scope)
            headers += cookies
        else:
            headers += validators
        if self.scope["path"].startswith("/static/css/"):
            body = FONT_FACE.sub(b"", body)
        coding = _coding(self.scope)
        if coding and len(body) >= SMALLEST_WORTH_COMPRESSING:
            body = await run_in_threadpool(self.shell.compress, self.scope["path"], coding, body)
            headers.append((b"content-encoding", coding.encode()))
        headers += [(b"vary", b"accept-encoding"), (b"content-length", str(len(body)).encode()), *HEADERS]
        await self.send({**self.start, "headers": headers})
        await self.send({"type": "http.response.body", "body": body})


def offered(scope: Scope) -> str:
    """Where a phone that opens the door is sent: the light overview, in the language and theme asked for; else empty.

    Not one that chose the interactive version, that is embedded, or that asks for a whole screen.
    """
    headers = {key: value.decode("latin-1") for key, value in scope["headers"]}
    query = parse_qs(scope.get("query_string", b"").decode("latin-1"))
    chose = choices(scope).get("view") == FULL or query.keys() & {"view", "embed"}
    navigates = "text/html" in headers.get(b"accept", "")
    if scope["path"] != "/" or chose or not navigates or not PHONE.search(headers.get(b"user-agent", "")):
        return ""
    kept = urlencode({name: query[name][-1] for name in ("lang", "theme") if name in query})
    return f"{LITE}?{kept}" if kept else LITE


async def _send_to(address: str, send: Send) -> None:
    """Send a phone on; what is answered depends on the device and on what it chose before."""
    headers = [
        (b"location", address.encode()),
        (b"content-length", b"0"),
        (b"vary", b"user-agent, cookie"),
        (b"cache-control", b"private, no-store"),
    ]
    await send({"type": "http.response.start", "status": 302, "headers": [*headers, *HEADERS]})
    await send({"type": "http.response.body", "body": b""})


def asked_view(scope: Scope) -> str:
    """The screen of its own that is asked for at the door; else empty."""
    query = parse_qs(scope.get("query_string", b"").decode("latin-1"))
    view = query.get("view", [""])[-1]
    return view if scope["path"] == "/" and view in (EXHIBIT, WALL) else ""


class ViewRoute(Route):
    """A route only for those who ask for one screen at the door; everyone else goes on to the site."""

    def __init__(self, view: str, endpoint: Callable[..., Any]) -> None:
        super().__init__("/", endpoint)
        self.view = view

    def matches(self, scope: Any) -> tuple[Match, Any]:
        """As a route, where the screen is asked for."""
        asked = scope["type"] == "http" and asked_view(scope) == self.view
        return super().matches(scope) if asked else (Match.NONE, {})


def _whole(scope: Scope) -> bool:
    """Whether a light page, a screen of its own or a part of one is asked for: they are whole as they come."""
    return bool(scope["path"].startswith((LITE, f"/{WALL}/"))) or bool(asked_view(scope))


def choices(scope: Scope) -> dict[str, str]:
    """What a request chooses of :data:`CHOICES`, in its address or, failing that, its cookies."""
    query = parse_qs(scope.get("query_string", b"").decode("latin-1"))
    cookies: dict[str, str] = {}
    for key, value in scope["headers"]:
        if key == b"cookie":  # read as browsers do: another application's odd cookie must not cost the visitor the page
            cookies |= cookie_parser(value.decode("latin-1"))
    chosen = {}
    if "full" in query:
        query["view"] = [FULL]
    for name, allowed in CHOICES.items():
        asked = (query.get(name, [""])[-1], cookies.get(name, ""))
        if known := [value for value in asked if value in allowed]:
            chosen[name] = known[0]
    return chosen


def rewrite(body: bytes, scope: Scope) -> tuple[bytes, list[tuple[bytes, bytes]]]:
    """The shell in the visitor's language, and the cookies that keep what the address asked for."""
    chosen = choices(scope)
    w = Words(chosen.get("lang", LANGUAGES[0]))
    keys = ("site.description", "site.noscript", "lite.without_script")
    description, noscript, light = (html.escape(w(key)) for key in keys)
    title = html.escape(title_of(scope["path"].strip("/"), w))
    said = {name: w(f"site.said.{name}") for name in LABEL_WORDS}
    said |= {"logo": w("site.name"), "offline": w("site.offline")}
    told = json.dumps(said, ensure_ascii=False)
    look = "".join(f' data-{name}="{chosen[name]}"' for name in ("text", "contrast") if name in chosen)
    head = (
        f'<meta name="description" content="{description}"><meta property="og:title" content="{title}">'
        f'<meta property="og:description" content="{description}">'
        f'<meta property="og:image" content="{html.escape(base(scope))}/og/{_room(scope)}.png?lang={w.lang}">'
        f'<link rel="stylesheet" href="{CSS_PATH}"><script src="{GEOLOCATION_PATH}" defer></script>'
        f'<script type="application/json" id="labels">{told}</script><script src="{LABELS_PATH}" defer></script>'
        f"<script>{THEME_SCRIPT}</script>"
    )
    page = body.decode()
    page = re.sub(r'<html lang="[^"]*"', f'<html lang="{w.html_lang}"{look}', page, count=1)
    page = INLINE_SCRIPT.sub("", FONT_PRELOAD.sub("", page))
    page = re.sub(r"<title>[^<]*</title>", f"<title>{title}</title>{head}", page, count=1)
    page = re.sub(
        r"<noscript>.*?</noscript>",
        f'<noscript>{noscript} <a href="{light_address(_room(scope))}">{light}</a></noscript>',
        page,
        flags=re.S,
    )
    page = page.replace("</body>", '<p class="offline" role="status"></p></body>')
    return page.encode(), kept_choices(chosen)


def title_of(room: str, w: Words) -> str:
    """The title of a page's window; the overview's is the site's."""
    key = f"site.nav.{room}"
    return f"{w(key)} · {w('site.title')}" if room != LITE_ROOMS[0] and w.has(key) else w("site.title")


def base(scope: Scope) -> str:
    """The site's public address: what the operator says, else what the visitor asked."""
    host = dict(scope["headers"]).get(b"host", b"").decode("latin-1")
    return os.environ.get("XINING_PUBLIC_URL", "").rstrip("/") or f"{scope.get('scheme', 'http')}://{host}"


def _room(scope: Scope) -> str:
    """The light page that says the same, the overview where there is none."""
    name = scope["path"].strip("/")
    return name if name in LITE_ROOMS else LITE_ROOMS[0]


def light_address(room: str) -> str:
    """The path of a room's light page."""
    return LITE if room == LITE_ROOMS[0] else f"{LITE}/{room}"


def kept_choices(chosen: dict[str, str]) -> list[tuple[bytes, bytes]]:
    """The cookies that keep what a visitor chose."""
    return [
        (b"set-cookie", f"{name}={value}; Path=/; Max-Age={ONE_YEAR_S}; SameSite=Lax".encode())
        for name, value in chosen.items()
    ]
