"""The headers of every answer, whoever gives it: what a page may load, and who may show it in a frame."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from views.addresses import EMBED
from views.http import choices, streamlit_page

# Nothing from elsewhere; no script but our files and the one in the shell; no eval but of WebAssembly, for maps. Streamlit and
# Plotly write styles as they go; maps and charts draw what they made themselves (data:, blob:). Another site may show
# within its own what is made for that (a drawing or a number at /embed/, a page with ?embed=true), and nothing else.
POLICY = "; ".join(
    (
        "default-src 'self'",
        f"script-src 'self' 'wasm-unsafe-eval' 'sha256-{streamlit_page.THEME_SCRIPT_HASH}'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
    )
)
CLOSED, OPEN = f"{POLICY}; frame-ancestors 'self'", f"{POLICY}; frame-ancestors *"
ALWAYS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=(self)"),
)


def headers_of(scope: Scope) -> tuple[tuple[bytes, bytes], ...]:
    """The headers of every answer; who may show it within a frame depends on the address."""
    open_to_all = scope["path"].startswith(f"{EMBED}/") or choices.query_of(scope).get("embed") == ["true"]
    return ((b"content-security-policy", (OPEN if open_to_all else CLOSED).encode()), *ALWAYS)


class Headers:
    """ASGI middleware in front of everything that answers."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request through; its answer goes out with the headers."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *headers_of(scope)]
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)
