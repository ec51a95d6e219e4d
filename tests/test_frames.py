"""What a socket takes and gives at most: a small frame that unpacks to a large one ends it, the largest page passes."""

import os

import aiohttp
import pytest
from streamlit import config

import dashboard
from tests import served, sessions
from tests.asgi import run

pytestmark = pytest.mark.slow
MB = 1_000_000


def test_a_frame_has_a_bound_and_every_page_is_far_below_its_own() -> None:
    most = config.get_option("server.maxMessageSize") * MB
    closed, largest = [], 0

    async def tried(address: str) -> None:
        nonlocal largest
        async with sessions.client() as client:
            for megabytes in (2, 25):  # of zeros: some kilobytes on the wire
                headers = {"Origin": address}
                async with client.ws_connect(
                    f"{address}/_stcore/stream", protocols=["streamlit"], headers=headers, compress=15
                ) as stream:
                    await stream.send_bytes(bytes(megabytes * MB))
                    while (message := await stream.receive()).type is aiohttp.WSMsgType.BINARY:
                        pass
                    closed.append(message.data if message.type is aiohttp.WSMsgType.CLOSE else None)
            session = await sessions.opened(client, address)
            for page in dashboard.PAGES[:8]:
                largest = max(largest, *map(len, await session.run(page)))
            await session.close()

    with served.dashboard(XINING_DATABASE_URL=os.environ["XINING_DATABASE_URL"]) as address:
        run(tried(address))
    assert closed == [1009, 1009]  # message too big (RFC 6455, 7.4.1)
    assert largest * 5 < most
