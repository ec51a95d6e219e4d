"""A question to an ASGI application without a network."""

import asyncio
import json
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import unquote, urlsplit

from msgspec import Struct
from starlette.types import ASGIApp, Message, Scope


class Answer(Struct, frozen=True):
    """What came back."""

    status_code: int
    headers: dict[str, str]
    content: bytes

    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.content)


def run(work: Coroutine[Any, Any, None]) -> None:
    """Do it in a thread of its own: a browser that tests of this process hold open has a loop running in this one."""
    with ThreadPoolExecutor(1) as one:
        one.submit(asyncio.run, work).result()


def exchange(app: ASGIApp, scope: Scope, *coming: Message) -> list[Message]:
    """What an application sends to a client whose messages are these, the last of them as often as it is asked for."""
    sent: list[Message] = []
    left = iter(coming)

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return next(left, coming[-1])

    async def whole() -> None:
        await app(scope, receive, send)

    run(whole())
    return sent


def ask(app: ASGIApp, address: str, *, method: str = "GET", **headers: str) -> Answer:
    """Ask once; header names are written with underscores."""
    parts = urlsplit(address)
    scope = {
        "type": "http",
        "method": method,
        "path": unquote(parts.path),
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()],
        "query_string": parts.query.encode(),
        "client": ("127.0.0.1", 1),
    }
    start, *rest = exchange(app, scope, {"type": "http.request", "body": b""})
    named = {name.decode(): value.decode() for name, value in start["headers"]}
    return Answer(start["status"], named, b"".join(message.get("body", b"") for message in rest))
