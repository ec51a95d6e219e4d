"""The files an operator copies: what they call exists, and the watch starts the browser again when its page stands still."""

import configparser
import os
import subprocess
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from views.addresses import WALL

DEPLOY = Path(__file__).parent.parent / "deploy"


def unit(name: str) -> configparser.ConfigParser:
    found = configparser.ConfigParser(strict=False, interpolation=None)
    found.optionxform = str  # type: ignore[assignment,method-assign]
    found.read(DEPLOY / name, encoding="utf-8")
    return found


@pytest.mark.parametrize("name", ["kiosk.service", "dashboard@.service", "collector.service"])
def test_a_service_is_started_again_for_ever(name: str) -> None:
    service = unit(name)
    assert (service["Service"]["Restart"], service["Unit"]["StartLimitIntervalSec"]) == ("always", "0")


def test_dashboards_leave_collecting_to_the_collector() -> None:
    assert unit("dashboard@.service")["Service"]["Environment"] == "XINING_COLLECT=off"
    assert unit("collector.service")["Service"]["ExecStart"].endswith("-m loaders collect")
    shared = {unit(name)["Service"]["EnvironmentFile"] for name in ("dashboard@.service", "collector.service")}
    assert shared == {"/etc/xining.env"}


def test_the_browser_opens_the_wall_and_can_be_watched() -> None:
    service = unit("kiosk.service")["Service"]
    address = service["Environment"].removeprefix("WALL=")
    assert parse_qs(urlsplit(address).query)["view"] == [WALL]
    assert service["ExecStart"].endswith("${WALL}")
    assert "--kiosk" in service["ExecStart"]
    assert "--remote-debugging-port=9222" in service["ExecStart"]
    assert "127.0.0.1:9222" in (DEPLOY / "kiosk-watch").read_text()
    assert unit("kiosk-watch.service")["Service"]["ExecStart"].endswith("/deploy/kiosk-watch")


def test_the_watch_restarts_a_page_that_stands_still_or_is_gone(tmp_path: Path) -> None:
    (tmp_path / "curl").write_text('#!/bin/sh\ncat "$RUNTIME_DIRECTORY/told" 2>/dev/null\n')
    (tmp_path / "systemctl").write_text('#!/bin/sh\necho "$@" >> "$RUNTIME_DIRECTORY/called"\n')
    for name in ("curl", "systemctl"):
        (tmp_path / name).chmod(0o755)
    environment = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}", "RUNTIME_DIRECTORY": str(tmp_path)}

    def restarted(title: str | None) -> bool:
        """Whether the browser is restarted when its page tells this title."""
        (tmp_path / "told").write_text(f'"title": "{title}"\n' if title else "")
        (tmp_path / "called").write_text("")
        subprocess.run([DEPLOY / "kiosk-watch"], env=environment, check=True)
        return (tmp_path / "called").read_text() == "restart kiosk.service\n"

    assert not restarted("10:00")
    assert not restarted("10:03")
    assert restarted("10:03")
    assert not restarted("10:03")  # just started: nothing to compare with
    assert restarted(None)
