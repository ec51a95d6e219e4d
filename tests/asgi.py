"""A question to an ASGI application without a network."""

import asyncio
import json
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import unquote, urlsplit

from msgspec import Struct


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


def ask(app: Any, address: str, *, method: str = "GET", **headers: str) -> Answer:
    """Ask once; header names are written with underscores."""
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b""}

    parts = urlsplit(address)
    asked = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {
        "type": "http",
        "method": method,
        "path": unquote(parts.path),
        "headers": asked,
        "query_string": parts.query.encode(),
        "client": ("127.0.0.1", 1),
    }
    run(app(scope, receive, send))
    named = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return Answer(sent[0]["status"], named, b"".join(message.get("body", b"") for message in sent[1:]))
