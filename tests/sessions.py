"""Browsers' conversations with the dashboard, many at once: what a load or a fault test opens in place of a browser."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

import aiohttp
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

FAILED = b"pagefail"
LONGEST_END_BYTES = 200  # the message that ends a run is short: longer ones need not be read to know
PATIENCE_S = 120


class PageFailedError(RuntimeError):
    """A page answered with its message of failure."""


@dataclass
class Session:
    """An open session.

    ``pages``: the hash of each page by its name, once it has run; ``refreshing``: the parts that its first page draws anew
    by itself.
    """

    stream: aiohttp.ClientWebSocketResponse
    pages: dict[str, str] = field(default_factory=dict)
    refreshing: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Read from the start: a client answers the server's pings only while it reads."""
        self._received: asyncio.Queue[aiohttp.WSMessage] = asyncio.Queue()
        self._reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        while True:
            message = await self.stream.receive()
            self._received.put_nowait(message)
            if message.type is not aiohttp.WSMsgType.BINARY:
                return

    async def run(self, page: str = "", query: str = "lang=zh") -> list[bytes]:
        """Let the server run a page; every message of its answer.

        Raises PageFailedError, and ConnectionError where the connection ends.
        """
        sent = BackMsg()
        sent.rerun_script.page_script_hash = self.pages.get(page, "")
        sent.rerun_script.query_string = query
        await self.stream.send_bytes(sent.SerializeToString())
        return await self.answer(page)

    async def refresh(self, part: str) -> list[bytes]:
        """Let the server draw one of the refreshing parts anew, as the page does by itself every few minutes."""
        sent = BackMsg()
        sent.rerun_script.query_string = "lang=zh"
        sent.rerun_script.fragment_id = part
        sent.rerun_script.is_auto_rerun = True
        await self.stream.send_bytes(sent.SerializeToString())
        return await self.answer()

    async def answer(self, page: str = "") -> list[bytes]:
        """The messages up to the end of the next run."""
        answered: list[bytes] = []
        while True:
            message = await asyncio.wait_for(self._received.get(), PATIENCE_S)
            if message.type is not aiohttp.WSMsgType.BINARY:
                raise ConnectionError(f"the connection of a session ended: {message.type.name}")
            data: bytes = message.data
            if FAILED in data:
                raise PageFailedError(page)
            answered.append(data)
            if len(data) < LONGEST_END_BYTES and ForwardMsg.FromString(data).WhichOneof("type") == "script_finished":
                return answered

    async def begin(self) -> None:
        """The first run, which tells the pages."""
        messages = [ForwardMsg.FromString(one) for one in await self.run()]
        self.refreshing = tuple(
            one.auto_rerun.fragment_id for one in messages if one.WhichOneof("type") == "auto_rerun"
        )
        told = next(one.navigation.app_pages for one in messages if one.WhichOneof("type") == "navigation")
        self.pages = {page.url_pathname or "overview": page.page_script_hash for page in told}

    async def close(self) -> None:
        """End it, as a browser does that is closed."""
        self._reading.cancel()
        with suppress(asyncio.CancelledError):
            await self._reading
        await self.stream.close()


@asynccontextmanager
async def client() -> AsyncIterator[aiohttp.ClientSession]:
    """What opens sessions, as many as are wanted."""
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar()) as made:
        yield made


async def opened(client: aiohttp.ClientSession, address: str, *, route: str = "") -> Session:
    """A session that has run once. ``route``: nginx's cookie for the dashboard it stays with.

    Raises aiohttp.ClientError and ConnectionError where the server does not take it.
    """
    headers = {"Origin": address} | ({"Cookie": f"route={route}"} if route else {})
    stream = await client.ws_connect(
        f"{address}/_stcore/stream", protocols=["streamlit"], headers=headers, max_msg_size=0, autoping=True
    )
    session = Session(stream)
    try:
        await session.begin()
    except BaseException:
        await session.close()
        raise
    return session
