"""What reaches the site: known addresses, reading requests, sockets of its own pages; all else is answered in a sentence."""

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.types import Message, Receive, Scope, Send
from streamlit import file_util
from streamlit.proto.BackMsg_pb2 import BackMsg

import dashboard
from tests.asgi import Answer, ask, exchange
from views import assets
from views.http import problem
from views.http.guard import SOCKET, Guard, from_the_site
from views.text.words import Words

PAGES = dashboard.PAGES


class Inside:
    """In the place of the site: records what reached it."""

    def __init__(self) -> None:
        self.reached: list[str] = []

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        self.reached.append(scope["path"])
        if scope["type"] == "http":
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b""})


@pytest.fixture
def inside() -> Inside:
    return Inside()


def guarded(inside: Inside) -> Guard:
    return Guard(inside, pages=PAGES, routes=dashboard.routes, kind=dashboard.kind_of)


@pytest.mark.parametrize(
    "path",
    ["/", *(f"/{page}" for page in PAGES), "/air/", "/_stcore/health", "/_stcore/host-config",
     "/healthz", "/api/v1/now", "/data/figures.csv", "/lite", "/lite/air", "/wall/scene/now", "/og/air.png",
     "/poster/sky.pdf"],
)  # fmt: skip
def test_known_addresses_pass(path: str, inside: Inside) -> None:
    assert ask(guarded(inside), path).status_code == 200
    assert inside.reached == [path]


def test_every_file_the_first_page_names_passes(inside: Inside) -> None:
    page = Path(file_util.get_static_dir(), "index.html").read_text(encoding="utf-8")
    named = re.findall(r'(?:src|href)="\.?(/static/[^"]+)"', page)
    assert {Path(one).suffix for one in named} >= {".js", ".css"}
    assert {ask(guarded(inside), one).status_code for one in [*named, *(one.address for one in assets.ALL)]} == {200}


@pytest.mark.parametrize(
    "path",
    ["/_stcore/metrics", "/_stcore/upload_file/a/b", "/_stcore/agent/mcp", "/_stcore/script-health-check",
     "/auth/login", "/auth/logout", "/oauth2callback", "/media/x.png", "/component/x/index.html", "/app/static/x",
     "/static/js/elsewhere.js", "/static/", "/static/../index.html",
     "/air/_stcore/health", "/air/elsewhere", "/nowhere", "/%2e%2e/etc/passwd", "/AIR"],
)  # fmt: skip
def test_what_nothing_here_uses_and_what_is_unknown_is_a_page_of_404(path: str, inside: Inside) -> None:
    answer = ask(guarded(inside), path)
    assert (answer.status_code, inside.reached) == (404, [])
    assert Words("zh")("lite.missing") in answer.content.decode()


@pytest.mark.parametrize(("lang", "words"), [("zh", 'lang="zh'), ("en", 'lang="en')])
def test_an_unknown_page_is_missing_in_the_visitors_language(lang: str, words: str, inside: Inside) -> None:
    answer = ask(guarded(inside), "/nowhere", cookie=f"lang={lang}")
    assert answer.status_code == 404
    assert f"<html {words}" in answer.content.decode().lower()


@pytest.mark.parametrize("path", ["/api/", "/api/v1/nothing", "/api/v2/now", "/healthz/x"])
def test_an_unknown_address_of_the_api_is_a_problem_in_json(path: str, inside: Inside) -> None:
    answer = ask(guarded(inside), path)
    assert (answer.status_code, answer.headers["content-type"]) == (404, problem.MEDIA_TYPE)
    assert answer.json()["status"] == 404
    assert inside.reached == []


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"])
def test_nothing_public_writes(method: str, inside: Inside) -> None:
    assert ask(guarded(inside), "/", method=method).status_code == 405
    assert inside.reached == []


def test_an_address_has_a_bound(inside: Inside) -> None:
    assert ask(guarded(inside), "/?view=wall&every=" + "9" * 5000).status_code == 414
    assert ask(guarded(inside), "/lite/" + "a" * 301).status_code == 414
    assert inside.reached == []


# ── sockets ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def socket(path: str, inside: Inside, **headers: str) -> list[Message]:
    """What is sent to a client that opens a socket; nothing where the site itself took it."""
    named = [(name.encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "websocket", "path": path, "headers": named}
    return exchange(guarded(inside), scope, {"type": "websocket.connect"})


@pytest.mark.parametrize(
    ("public", "host", "origin", "passes"),
    [
        ("", "127.0.0.1:8501", "http://127.0.0.1:8501", True),
        ("", "sky.example", "https://sky.example", True),
        ("", "127.0.0.1:8501", "", False),
        ("", "127.0.0.1:8501", "null", False),
        ("", "127.0.0.1:8501", "https://evil.example", False),
        ("", "127.0.0.1:8501", "http://127.0.0.1:8502", False),
        ("https://sky.example", "sky.example", "https://sky.example", True),
        ("https://sky.example", "127.0.0.1:8501", "https://sky.example", True),  # a proxy that gives its own host
        ("https://sky.example", "127.0.0.1:8501", "http://127.0.0.1:8501", True),  # a screen on the machine itself
        ("https://sky.example", "localhost:8501", "http://localhost:8501", True),
        ("https://sky.example", "rebound.example", "http://rebound.example", False),  # a foreign name for this machine
        ("https://sky.example", "[::1", "http://[::1", False),
    ],
)
def test_a_socket_is_opened_by_the_sites_own_pages(
    public: str, host: str, origin: str, passes: bool, inside: Inside, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XINING_PUBLIC_URL", public)
    headers = {"host": host} | ({"origin": origin} if origin else {})
    sent = socket(SOCKET, inside, **headers)
    assert (inside.reached == [SOCKET]) is passes
    assert [message["type"] for message in sent] == ([] if passes else ["websocket.close"])


def test_no_other_socket_is_there(inside: Inside) -> None:
    assert socket("/elsewhere", inside, host="a", origin="http://a") == [{"type": "websocket.close", "code": 1008}]


@pytest.mark.parametrize("kind", [one.name for one in BackMsg.DESCRIPTOR.oneofs_by_name["type"].fields])
def test_of_streamlits_messages_those_pass_that_a_page_needs(kind: str, inside: Inside) -> None:
    asked = BackMsg()
    flag = BackMsg.DESCRIPTOR.fields_by_name[kind].message_type is None
    if flag:
        setattr(asked, kind, True)
    else:
        getattr(asked, kind).SetInParent()
    passes = kind in ("rerun_script", "stop_script", "app_heartbeat")
    assert passed(inside, asked.SerializeToString()) == ([asked.SerializeToString(), b"\xff"] if passes else [b"\xff"])


def test_of_two_kinds_in_one_message_the_last_counts_as_streamlit_reads_it(inside: Inside) -> None:
    run_, git = BackMsg(stop_script=True).SerializeToString(), BackMsg(load_git_info=True).SerializeToString()
    assert passed(inside, run_ + git) == [b"\xff"]
    assert passed(inside, git + run_) == [git + run_, b"\xff"]


def passed(inside: Inside, frame: bytes) -> list[bytes]:
    """What of a message and one that is none (Streamlit's to refuse) reaches Streamlit before the socket ends."""
    frames: list[bytes] = []
    coming: list[Message] = [{"type": "websocket.receive", "bytes": one} for one in (frame, b"\xff")]
    coming.append({"type": "websocket.disconnect"})

    async def streamlit(_scope: Scope, receive: Receive, _send: Send) -> None:
        while (message := await receive())["type"] == "websocket.receive":
            frames.append(message["bytes"])

    guard = guarded(inside)
    guard.app = streamlit
    headers = [(b"host", b"a"), (b"origin", b"http://a")]
    exchange(guard, {"type": "websocket", "path": SOCKET, "headers": headers}, *coming)
    return frames


@given(host=st.binary(max_size=40), origin=st.binary(max_size=40))
def test_whatever_a_socket_names_is_judged(host: bytes, origin: bytes) -> None:
    scope = {"headers": [(b"host", host), (b"origin", origin)]}
    assert from_the_site(scope) in (True, False)


# ── every route, whatever it is given ────────────────────────────────────────────────────────────────────────────────
NAMES = ("lang", "theme", "view", "full", "tab", "text", "contrast", "scene", "every", "chapter", "pledge", "district",
         "station", "from", "to", "year", "against", "edition", "embed", "plan", "status", "theme", "v")  # fmt: skip
ADDRESSES = ("/lite", "/lite/air", "/lite/section/{}", "/lite/station/{}", "/lite/indicator/{}", "/lite/{}", "/wall/scene/now",
             "/wall/scene/{}", "/data/{}.csv", "/og/{}.png", "/api/v1/now", "/api/v1/indicators", "/api/v1/air/daily",
             "/api/v1/air/budget", "/api/v1/water/sections", "/api/v1/{}", "/healthz", "/{}")  # fmt: skip
values = st.one_of(
    st.text(max_size=30),
    st.integers().map(str),
    st.dates().map(str),
    st.sampled_from(["wall", "exhibit", "0001-01-01", "9999-12-31", "0000", "9999", "1e9", "٣", "²", "-1", "' OR 1=1 --",
                     "<script>", "../../etc/passwd", "%00", "xiaoxia", "9" * 400]),
)  # fmt: skip


@pytest.mark.slow
@given(
    address=st.sampled_from(ADDRESSES),
    name=values,
    query=st.dictionaries(st.sampled_from(NAMES), values, max_size=4),
)
def test_no_parameter_of_any_route_fails(address: str, name: str, query: dict[str, str]) -> None:
    """200 to 405, and no exception: every parameter is bounded and typed."""
    tail = "&".join(f"{key}={quote(value, safe='')}" for key, value in query.items())
    answer = _ask(f"{address.format(quote(name, safe=''))}?{tail}")
    assert 200 <= answer.status_code < 500, answer.content[:300]


def _ask(address: str) -> Answer:
    from starlette.applications import Starlette
    from starlette.middleware import Middleware

    app = Starlette(
        routes=dashboard.routes,
        middleware=[Middleware(Guard, pages=PAGES, routes=dashboard.routes, kind=dashboard.kind_of)],
    )
    return ask(app, address)
