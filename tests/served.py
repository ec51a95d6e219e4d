"""A dashboard of its own on a loopback port, and a Chromium to look at it with."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
TODAY = "2026-11-23"
STARTS_WITHIN_S = 120  # and ends: a busy machine takes long
# Without a window's own pages (tabs, address bar), which a whole Chromium draws unseen, a visit costs half.
CHROMIUM_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NO_CHROMIUM = "no Chromium found: apt-get install chromium-headless-shell fonts-noto-cjk, or set CHROMIUM to one's path"
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
    # Maps draw with WebGL in software; that pages are painted the same way (Debian's default) costs three times as much.
    "--disable-gpu-rasterization",
    "--disable-gpu-compositing",
]
SETTLES_WITHIN_MS = 60_000
# A part whose library is still on its way stands as a skeleton.
SETTLED = """() => {
  const all = what => [...document.querySelectorAll(what)];
  return document.querySelector('.footer, .scene, .pagefail')
    && document.querySelector('[data-testid=stApp][data-test-script-state=notRunning]')
    && !document.querySelector('[data-testid=stSkeleton], [data-stale=true]')
    && all('[data-testid=stPlotlyChart]').every(c => {
      const drawn = c.querySelector('.main-svg'); return drawn && Math.abs(drawn.clientWidth - c.clientWidth) <= 2 })
    && all('[data-testid=stDeckGlJsonChart]').every(c => c.querySelector('canvas')) }"""
# Several pictures in a row of one size.
STILL = """() => new Promise(done => {
  const parts = () => [...document.querySelectorAll('[data-testid=stMain], .scene')];
  const size = () => parts().map(m => [m.scrollWidth, m.scrollHeight]).join();
  let last = '', same = 0;
  const look = () => { same = size() === last ? same + 1 : 0; last = size(); same < 5 ? requestAnimationFrame(look) : done() };
  look() })"""
SIZES = {"phone": (390, 844), "desktop": (1440, 900), "wall": (1920, 1080)}


def chromium() -> str | None:
    """Where a Chromium is, None where the machine has none."""
    return os.environ.get("CHROMIUM") or next((found for name in CHROMIUM_NAMES if (found := shutil.which(name))), None)


@contextmanager
def running(script: str | Path, **environment: str) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """A script served by Streamlit with the project's settings: its process and address; it ends with the block.

    It asks no upstream unless XINING_COLLECT says so.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)]
    env = {**os.environ, "XINING_TODAY": TODAY, "XINING_COLLECT": "off", **environment}
    server = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(server, address)
        yield server, address
    finally:
        server.terminate()
        server.wait(STARTS_WITHIN_S)


@contextmanager
def dashboard(**environment: str) -> Iterator[str]:
    """A running dashboard's address; it ends with the block."""
    with running("dashboard.py", **environment) as (_, address):
        yield address


def _wait(server: subprocess.Popen[bytes], address: str) -> None:
    deadline = time.monotonic() + STARTS_WITHIN_S
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise RuntimeError(f"the dashboard ended with exit code {server.returncode}")
        try:
            urllib.request.urlopen(f"{address}/_stcore/health", timeout=STARTS_WITHIN_S)
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the dashboard did not start")


@contextmanager
def browser(*flags: str) -> Iterator[Browser]:
    """Chromium without a window, with more flags where given. Raises RuntimeError where the machine has none."""
    found = chromium()
    if not found:
        raise RuntimeError(NO_CHROMIUM)
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=found, args=[*CHROMIUM_FLAGS, *flags])
        expect.set_options(timeout=SETTLES_WITHIN_MS)
        yield opened
        opened.close()


def visitor(chrome: Browser, **options: Any) -> BrowserContext:
    """A visitor who never was here, and who has patience."""
    made = chrome.new_context(**options)
    made.set_default_timeout(SETTLES_WITHIN_MS)
    return made


def settle(page: Page) -> None:
    """Wait until the page has run and drawn: its foot (or, for whole screens, its scene) is there, nothing runs any more,
    every chart fills its place, every map has a canvas, and the page stays as tall and wide as it is."""
    page.wait_for_function(SETTLED, timeout=SETTLES_WITHIN_MS)
    page.evaluate(STILL)
