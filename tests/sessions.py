"""Browsers' conversations with the dashboard, many at once: what a load or a fault test opens in place of a browser."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress

import aiohttp
from msgspec import Struct, field
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

FAILED = b"pagefail"
LONGEST_END_BYTES = 200  # the message that ends a run is short: longer ones need not be read to know
PATIENCE_S = 120


class PageFailedError(RuntimeError):
    """A page answered with its message of failure."""


class BrowserCache(Struct):
    """What a browser caches of the answers: elements marked so, until some runs went by without them (``for_runs``).

    It names them when it asks again, and the server sends their names in their place.
    """

    for_runs: int = 2
    _runs: int = 0
    _used: dict[str, int] = field(default_factory=dict)

    def remember(self, answer: Iterable[ForwardMsg]) -> None:
        """Keep what a run brought or named."""
        for one in answer:
            if one.metadata.cacheable or one.ref_hash:
                self._used[one.ref_hash or one.hash] = self._runs
            if one.WhichOneof("type") == "new_session":
                self.for_runs = one.new_session.config.max_cached_message_age
        self._used = {name: run for name, run in self._used.items() if self._runs - run < self.for_runs}
        self._runs += 1

    @property
    def names(self) -> list[str]:
        """The hashes of what is cached."""
        return list(self._used)


class Session:
    """An open session.

    ``pages``: the hash of each page by its name, once it has run; ``refreshing``: the parts that its first page draws anew
    by itself.
    """

    def __init__(self, stream: aiohttp.ClientWebSocketResponse) -> None:
        """Read from the start: a client answers the server's pings only while it reads."""
        self.stream = stream
        self.pages: dict[str, str] = {}
        self.refreshing: tuple[str, ...] = ()
        self.cache = BrowserCache()
        self._answer: list[bytes] = []  # of the last run; read when the next one begins, which is not timed
        self._answers: asyncio.Queue[list[bytes] | aiohttp.WSMsgType] = asyncio.Queue()
        self._reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        """One answer after another; at last, how the connection ended."""
        answer: list[bytes] = []
        while (message := await self.stream.receive()).type is aiohttp.WSMsgType.BINARY:
            answer.append(message.data)
            if _ends(message.data):
                self._answers.put_nowait(answer)
                answer = []
        self._answers.put_nowait(message.type)

    async def run(self, page: str = "", query: str = "lang=zh") -> list[bytes]:
        """Let the server run a page; every message of its answer.

        Raises PageFailedError, and ConnectionError where the connection ends.
        """
        sent = BackMsg()
        sent.rerun_script.page_script_hash = self.pages.get(page, "")
        sent.rerun_script.query_string = query
        return await self._sent(sent, page)

    async def refresh(self, part: str) -> list[bytes]:
        """Let the server draw one of the refreshing parts anew, as the page does by itself every few minutes."""
        sent = BackMsg()
        sent.rerun_script.query_string = "lang=zh"
        sent.rerun_script.fragment_id = part
        sent.rerun_script.is_auto_rerun = True
        return await self._sent(sent)

    async def _sent(self, request: BackMsg, page: str = "") -> list[bytes]:
        self.remember()
        request.rerun_script.cached_message_hashes.extend(self.cache.names)
        await self.stream.send_bytes(request.SerializeToString())
        self._answer = await self.answer(page)
        return self._answer

    def remember(self) -> None:
        """Keep of the last answer what a browser keeps."""
        self.cache.remember(ForwardMsg.FromString(one) for one in self._answer)
        self._answer = []

    async def answer(self, page: str = "") -> list[bytes]:
        """The messages up to the end of the next run."""
        found = await asyncio.wait_for(self._answers.get(), PATIENCE_S)
        if isinstance(found, aiohttp.WSMsgType):
            raise ConnectionError(f"the connection of a session ended: {found.name}")
        if any(FAILED in one for one in found):
            raise PageFailedError(page)
        return found

    async def begin(self) -> None:
        """The first run, which lists the pages."""
        messages = [ForwardMsg.FromString(one) for one in await self.run()]
        self.refreshing = tuple(
            one.auto_rerun.fragment_id for one in messages if one.WhichOneof("type") == "auto_rerun"
        )
        pages = next(one.navigation.app_pages for one in messages if one.WhichOneof("type") == "navigation")
        self.pages = {page.url_pathname or "overview": page.page_script_hash for page in pages}

    async def close(self) -> None:
        """End it, as a browser does that is closed."""
        self._reading.cancel()
        with suppress(asyncio.CancelledError):
            await self._reading
        await self.stream.close()


def _ends(message: bytes) -> bool:
    """Whether a run ends with a message."""
    return len(message) < LONGEST_END_BYTES and ForwardMsg.FromString(message).WhichOneof("type") == "script_finished"


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
