"""Time zone, locale and home of the account that runs it change nothing of what is answered; a taken port is named."""

import os
import socket
import subprocess
import sys
import urllib.request
from http import HTTPStatus
from pathlib import Path

import pytest

from tests import served
from tests.served import ROOT

ADDRESSES = ("/lite", "/lite/air?lang=en", "/api/v1/now", "/api/v1/air/daily", "/wall/scene/now", "/data/figures.csv")
ASKING = """
import hashlib, sys
from starlette.applications import Starlette
import dashboard
from tests.asgi import ask
for address in sys.argv[1:]:
    answer = ask(Starlette(routes=dashboard.routes), address)
    print(address, answer.status_code, hashlib.sha256(answer.content).hexdigest())
"""
NAMES = ("TZ", "LC_ALL", "LANG", "HOME")

pytestmark = pytest.mark.slow


def answered(**environment: str) -> str:
    """Status and hash of each answer of a process whose environment has these variables of NAMES and no others of them."""
    others = {name: value for name, value in os.environ.items() if name not in NAMES}
    command = [sys.executable, "-c", ASKING, *ADDRESSES]
    done = subprocess.run(command, env={**others, **environment}, cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout


def test_answers_are_the_same_whatever_the_accounts_environment() -> None:
    unset = answered()
    assert unset.count(" 200 ") == len(ADDRESSES)
    assert answered(TZ="Pacific/Kiritimati", LC_ALL="tr_TR.UTF-8", HOME="/nonexistent") == unset
    assert answered(TZ="no/zone", LC_ALL="xx", LANG="C", HOME="") == unset


def test_a_home_that_cannot_be_read_changes_nothing() -> None:
    with served.running("dashboard.py", HOME="/dev/null") as (_, address), urllib.request.urlopen(address) as answer:
        assert answer.status == HTTPStatus.OK


def test_a_port_that_is_taken_is_reported_in_one_line_with_another_to_take() -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        ready = ("-o", ".venv/.run")  # whatever its age: nothing is installed here
        command = ["make", *ready, "run", f"PORT={port}", f"BIN={Path(sys.executable).parent}"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    lines = [line for line in done.stderr.splitlines() if not line.startswith("make")]
    assert done.returncode != 0
    assert lines == [f"端口 {port} 已被占用，换一个 / port {port} is taken, choose another: make run PORT={port + 1}"]
