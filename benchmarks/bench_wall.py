"""What weeks on a wall leave behind: ``python -m benchmarks.bench_wall``.

The wall is served as ``make run`` serves it, on a store of its own, and stepped through in Chromium: each step shows the
scene that was cached, requests a new one from the server and shows that. Memory of page and server is read after the first
thousand changes and after ten thousand.
"""

import os
import re
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct
from playwright.sync_api import Page

from benchmarks import table
from benchmarks.table import Figure
from loaders import facts
from tests.served import browser, running

EARLY, LATE, AT_ONCE = 1_000, 10_000, 100
SHORTEST_MS = 1_000  # that an address may set for a scene
COLLECTIONS, SWEEPING_MS = 5, 1_000  # removed nodes are swept away while the page is idle
STEPS = """async (steps) => {
  const stage = document.getElementById("stage");
  for (let i = 0; i < steps; i++) {
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true }));
    const before = stage.firstElementChild;
    await new Promise((seen) => {
      const watch = new MutationObserver(() => {
        if (stage.firstElementChild === before) return;
        watch.disconnect();
        seen();
      });
      watch.observe(stage, { childList: true });
    });
  }
}"""


class Memory(Struct, frozen=True):
    """Memory in use: JavaScript heap in MB, DOM nodes, the server's resident memory in MB."""

    heap_mb: float
    nodes: int
    server_mb: float


# A change may leave so much at most: the heap swings by 0.2 MB, nodes by a scene's; a scene left behind has hundreds of nodes.
A_CHANGE = Memory(heap_mb=50e-6, nodes=1, server_mb=2e-3)
NAMES = {
    "heap_mb": ("the wall's JavaScript heap", "MB"),
    "nodes": ("the wall's DOM", "nodes"),
    "server_mb": ("resident memory of the wall's server", "MB"),
}


def memory(page: Page, server: int) -> Memory:
    """Read after the page's garbage was collected. ``server``: its process id."""
    cdp = page.context.new_cdp_session(page)
    cdp.send("Performance.enable")
    for _ in range(COLLECTIONS):
        cdp.send("HeapProfiler.collectGarbage")
        page.wait_for_timeout(SWEEPING_MS)
    text = {one["name"]: one["value"] for one in cdp.send("Performance.getMetrics")["metrics"]}
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{server}/status").read_text(encoding="utf-8"))
    assert found, "the server has ended"
    return Memory(text["JSHeapUsedSize"] / 1e6, int(text["Nodes"]), int(found[1]) / 1e3)


def measured(store: str) -> tuple[Memory, Memory]:
    """Early and late."""
    with running("dashboard.py", XINING_DATABASE_URL=store) as (server, address), browser() as chrome:
        page = chrome.new_page(viewport={"width": 1920, "height": 1080})
        page.goto(f"{address}/?view=wall&every=600")
        page.wait_for_load_state("networkidle")  # every scene is cached
        seen = {}
        for done in range(AT_ONCE, LATE + 1, AT_ONCE):
            page.evaluate(STEPS, AT_ONCE)
            if done in (EARLY, LATE):
                seen[done] = memory(page, server.pid)
        return seen[EARLY], seen[LATE]


def figures() -> Iterator[Figure]:
    """How long a change takes beside the shortest scene, and memory late beside memory early."""
    with tempfile.TemporaryDirectory() as folder:
        store = os.environ["XINING_DATABASE_URL"] = f"sqlite:///{folder}/facts.db"
        facts.fill()
        start = time.monotonic()
        early, late = measured(store)
    change_ms = 1000 * (time.monotonic() - start) / LATE
    yield Figure(f"a change of the wall's scene, {LATE:,} in a row", change_ms, "ms", "shortest scene", SHORTEST_MS, 1)
    for name, (what, unit) in NAMES.items():
        before, more = getattr(early, name), (LATE - EARLY) * getattr(A_CHANGE, name)
        beside = f"after {EARLY:,}"
        yield Figure(f"{what} after {LATE:,} changes", getattr(late, name), unit, beside, before, 1 + more / before)


if __name__ == "__main__":
    table.show(figures())
