"""Light pages: answers a second of CPU from one process while nothing changes, as full pages and as 304, beside an empty answer.

The client is in the same process and its work counts too: the peer, the smallest Starlette answer there is, pays it as well.
"""

import asyncio
import os
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from benchmarks import table
from benchmarks.table import Figure
from loaders import facts
from views.http import light
from views.http.shell import Shell

ASKED, WARMING = 400, 20
AIM_PER_S = 600
App = Callable[[Any, Any, Any], Awaitable[None]]


async def _ask(app: App, path: str, headers: dict[str, str]) -> dict[str, str]:
    """One answer; its headers."""
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b""}

    named = [(name.encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": named}
    await app(scope, receive, send)
    return {name.decode(): value.decode() for name, value in sent[0]["headers"]}


async def _per_s(app: App, path: str, headers: dict[str, str]) -> float:
    """Answers a second of this process's CPU, one after another."""
    for _ in range(WARMING):
        await _ask(app, path, headers)
    start = time.process_time()
    for _ in range(ASKED):
        await _ask(app, path, headers)
    return ASKED / (time.process_time() - start)


async def _measured() -> list[Figure]:
    plain = Starlette(routes=[Route("/", lambda _request: PlainTextResponse("ok"))])
    site = Starlette(routes=light.routes(), middleware=[Middleware(Shell)])
    browser = {"host": "127.0.0.1", "accept-encoding": "gzip, deflate, br"}
    peer = await _per_s(plain, "/", {})
    measured = []
    for path in ("/lite", "/lite/air"):
        tag = (await _ask(site, path, browser))["etag"]
        for name, headers in (("whole", browser), ("unchanged", browser | {"if-none-match": tag})):
            found = await _per_s(site, path, headers)
            what, unit = f"{path} from one process, {name}", "answers per s of CPU"
            measured += [
                Figure(what, found, unit, "limit", AIM_PER_S, 1, least=True),
                Figure(what, found, unit, "smallest Starlette answer", peer),
            ]
    return measured


def figures() -> Iterator[Figure]:
    """Light pages beside the limit and beside the smallest answer there is."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XINING_DATABASE_URL"] = f"sqlite:///{folder}/facts.db"
        facts.fill()
        yield from asyncio.run(_measured())


if __name__ == "__main__":
    table.show(figures())
