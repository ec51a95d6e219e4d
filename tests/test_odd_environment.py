"""Time zone, locale and home of the account that runs it change nothing of what is answered."""

import os
import subprocess
import sys

import pytest

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
    kept = {name: value for name, value in os.environ.items() if name not in NAMES}
    command = [sys.executable, "-c", ASKING, *ADDRESSES]
    done = subprocess.run(command, env={**kept, **environment}, cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout


def test_answers_are_the_same_whatever_the_accounts_environment() -> None:
    unset = answered()
    assert unset.count(" 200 ") == len(ADDRESSES)
    assert answered(TZ="Pacific/Kiritimati", LC_ALL="tr_TR.UTF-8", HOME="/nonexistent") == unset
    assert answered(TZ="no/zone", LC_ALL="xx", LANG="C", HOME="") == unset
