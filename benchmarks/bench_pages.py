"""What a warm run of each page costs the server, as a ratio to an empty page: ``python -m benchmarks.bench_pages``.

The dashboard is served as ``make run`` serves it, on a store with live readings. One visitor opens each page again and again
over the WebSocket, as a browser does, which names what it still has of a page; beside it what a page costs for a browser
that has nothing yet. The CPU clock of the server's process is read before and after each run, so that a busy machine
matters little. An empty page under the same settings is measured beside it.
"""

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from benchmarks import table
from benchmarks.table import Figure
from tests import live_stores, sessions
from tests.served import ROOT, running

MOMENT = "2026-11-23T18:30"
WARMING, RUNS = 5, 25
AT_MOST_TIMES = {"air": 6.0}  # the empty page of the same run
AT_MOST_TIMES_OTHERS = 4.0
SETTLING_S = 0.03  # what the server still does after the last message belongs to the run
EMPTY = "import streamlit as st\n\nst.navigation([st.Page(lambda: st.markdown(''), title='-')], position='top').run()\n"


class Visitor:
    """One browser's conversation with the server."""

    def __init__(self, server: subprocess.Popen[bytes], stream: ClientConnection) -> None:
        self.clock = (~server.pid << 3) | 2  # Linux: the CPU clock of that process, all its threads together
        self.stream = stream
        self.cache = sessions.BrowserCache()
        first = next(m.navigation.app_pages for m in self.run("") if m.WhichOneof("type") == "navigation")
        self.pages = {page.url_pathname or "overview": page.page_script_hash for page in first}

    def run(self, page: str) -> list[ForwardMsg]:
        """Let the server run a page (by its hash) and read all it answers."""
        sent = BackMsg()
        sent.rerun_script.page_script_hash = page
        sent.rerun_script.query_string = "lang=zh"
        sent.rerun_script.cached_message_hashes.extend(self.cache.names)
        self.stream.send(sent.SerializeToString())
        answered: list[ForwardMsg] = []
        while not answered or answered[-1].WhichOneof("type") != "script_finished":
            message = self.stream.recv(timeout=60)
            assert isinstance(message, bytes)
            assert b"pagefail" not in message, f"page {page} failed"
            answered.append(ForwardMsg.FromString(message))
        return answered

    def once(self, page: str, *, again: bool) -> tuple[float, float]:
        """CPU of one run in ms and what it sends in kB. ``again``: the browser keeps what came, and will name it."""
        start = time.clock_gettime(self.clock)
        answer = self.run(page)
        time.sleep(SETTLING_S)
        cost = 1000 * (time.clock_gettime(self.clock) - start)
        if again:
            self.cache.remember(answer)
        return cost, sum(message.ByteSize() for message in answer) / 1000


@contextmanager
def visiting(script: Path, store: str, **environment: str) -> Iterator[Visitor]:
    """A visitor of a served script."""
    with running(script, XINING_DATABASE_URL=store, **environment) as (server, address):
        stream = address.replace("http", "ws") + "/_stcore/stream"
        with connect(
            stream, subprotocols=[Subprotocol("streamlit")], origin=Origin(address), max_size=None
        ) as connection:
            yield Visitor(server, connection)


def in_turns(*visits: tuple[Visitor, str], again: bool = False) -> list[tuple[float, float]]:
    """What a warm run costs (ms) and sends (kB) for each of the visitors, of one page each, in turns on the same machine.

    ``again``: the first one's browser keeps what came; without it, and for the others, a browser has nothing yet.
    """
    for visitor, _ in visits:
        visitor.cache = sessions.BrowserCache()
    runs = [
        [visitor.once(page, again=again and n == 0) for n, (visitor, page) in enumerate(visits)]
        for _ in range(WARMING + RUNS)
    ]
    return [(median(cost for cost, _ in one), one[-1][1]) for one in zip(*runs[WARMING:], strict=True)]


def figures() -> Iterator[Figure]:
    """A warm run of each page and what it sends, beside the empty page; the dearest first."""
    with tempfile.TemporaryDirectory() as name, live_stores.collected(Path(name), MOMENT):
        store = os.environ["XINING_DATABASE_URL"]
        empty_page = Path(name) / "empty.py"
        empty_page.write_text(EMPTY, encoding="utf-8")
        with visiting(empty_page, store) as empty, visiting(ROOT / "dashboard.py", store) as visitor:
            costs = {
                name: [in_turns((visitor, page), (empty, ""), again=again) for again in (True, False)]
                for name, page in visitor.pages.items()
            }
    for name, both in sorted(costs.items(), key=lambda one: -one[1][0][0][0]):
        aim = AT_MOST_TIMES.get(name, AT_MOST_TIMES_OTHERS)
        whats = (f"a warm run of {name}", "… for a browser that comes new")
        for what, ((cost_ms, size_kb), (empty_ms, empty_kb)) in zip(whats, both, strict=True):
            yield Figure(what, cost_ms, "ms of CPU", "empty page", empty_ms, aim)
            yield Figure("… what it sends", size_kb, "kB", "empty page", empty_kb)


if __name__ == "__main__":
    table.show(figures())
