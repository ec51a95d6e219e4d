"""Every answer says what a page may load and who may show it in a frame, whoever gives it."""

import base64
import hashlib
import re
from pathlib import Path

import pytest
import streamlit

import dashboard
from store import database
from tests.asgi import Answer, ask
from views.http import headers, light, streamlit_page

INDEX = Path(streamlit.__file__).with_name("static").joinpath("index.html").read_bytes()
PHONE = "Mozilla/5.0 (iPhone) Mobile/15E148"


def answered(address: str, method: str = "GET", **given: str) -> Answer:
    return ask(dashboard.app, address, method=method, host="sky.example", **given)


def frames(answer: Answer) -> str:
    """Who may show an answer in a frame, where all its headers are there."""
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert "camera=()" in answer.headers["permissions-policy"]
    policy, _, ancestors = answer.headers["content-security-policy"].rpartition("; frame-ancestors ")
    assert policy == headers.POLICY
    return ancestors


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(
    ("address", "status"),
    [("/lite", 200), ("/api/v1/now", 200), ("/healthz", 200), ("/og/water.png", 200), ("/nowhere", 404),
     ("/api/nothing", 404), ("/lite/nothing", 404), ("/metrics", 403), ("/lite?x=1", 302), ("/" + "a" * 400, 414)],
)  # fmt: skip
def test_every_answer_has_the_headers(address: str, status: int, method: str) -> None:
    answer = answered(address, method)
    assert (answer.status_code, frames(answer)) == (status, "'self'")


@pytest.mark.parametrize("method", ["POST", "OPTIONS", "BREW"])
def test_so_has_a_refused_method(method: str) -> None:
    assert frames(answered("/api/v1/now", method)) == "'self'"


def test_so_has_a_phone_that_is_sent_on() -> None:
    answer = answered("/", accept="text/html", user_agent=PHONE)
    assert (answer.status_code, frames(answer)) == (302, "'self'")


def test_so_has_the_answer_where_the_store_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_request: object) -> None:
        raise database.StoreError("away")

    monkeypatch.setattr(light, "_page", broken)
    answer = answered("/lite/air")
    assert (answer.status_code, frames(answer)) == (503, "'self'")


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("address", ["/embed/number/good_day_share_pct", "/embed/nothing", "/nowhere?embed=true"])
def test_other_sites_may_show_what_is_made_for_them(address: str, method: str) -> None:
    assert frames(answered(address, method)) == "*"


def test_the_policy_lets_the_one_script_in_the_shell_run_and_names_no_host() -> None:
    page, _ = streamlit_page.document(INDEX, {"path": "/", "headers": []})
    (script,) = re.findall(r"<script>(.*?)</script>", page.decode(), re.S)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'self' 'wasm-unsafe-eval' 'sha256-{digest}'" in headers.POLICY
    assert "'unsafe-eval'" not in headers.POLICY
    assert not re.search(r"https?:|//|\*", headers.POLICY.replace(digest, ""))
