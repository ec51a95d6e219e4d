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

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
TODAY = "2026-11-23"
STARTS_WITHIN_S = 60
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
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
]
SIZES = {"phone": (390, 844), "desktop": (1440, 900), "wall": (1920, 1080)}


def chromium() -> str | None:
    """Where a Chromium is, None where the machine has none."""
    return os.environ.get("CHROMIUM") or next((found for name in CHROMIUM_NAMES if (found := shutil.which(name))), None)


@contextmanager
def running(script: str | Path, **environment: str) -> Iterator[tuple[subprocess.Popen, str]]:
    """A script served by Streamlit with the house's settings: its process and address; it ends with the block.

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
        server.wait(10)


@contextmanager
def dashboard(**environment: str) -> Iterator[str]:
    """A running dashboard's address; it ends with the block."""
    with running("dashboard.py", **environment) as (_, address):
        yield address


def _wait(server: subprocess.Popen, address: str) -> None:
    deadline = time.monotonic() + STARTS_WITHIN_S
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise RuntimeError(f"the dashboard ended with exit code {server.returncode}")
        try:
            urllib.request.urlopen(f"{address}/_stcore/health", timeout=1)
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the dashboard did not start")


@contextmanager
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=chromium(), args=CHROMIUM_FLAGS)
        yield opened
        opened.close()


def settle(page: Page) -> None:
    """Wait until the page has run: its foot (or, for whole screens, its scene) is there and nothing runs any more."""
    page.wait_for_selector(".footer, .scene, .pagefail", timeout=45_000, state="attached")
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=45_000, state="attached")
    page.wait_for_load_state("networkidle")
