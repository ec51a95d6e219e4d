"""The way out: every way an upstream can fail becomes one sentence, soon, small, and without asking too often."""

import asyncio
import json
import os
import re
import socket
import time
import tracemalloc
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import trustme
from msgspec.structs import replace

from loaders import decode, reasons, transport
from loaders.answer import Answer, AnswerError
from loaders.transport import PIECE, Limits, UpstreamClient, user_agent
from store import sources
from store.states import FailureCause
from tests.upstream import PATIENCE_S, Upstream, resolve, upstream
from tests.upstreams import faults
from tests.upstreams.reply import HTML, Reply
from tests.upstreams.world import ZONE

NOW = datetime(2026, 11, 23, 10, 40, tzinfo=ZONE)
STATIONS, CITY = "/CityData/GetAQIDataPublishLive", "/CityData/GetAQIDataPublishLiveInfo"
SHORT = {"connect_s": 0.5, "read_s": 0.3, "try_s": 0.5}  # where what takes too long is the matter
PATIENT = dict.fromkeys(SHORT, PATIENCE_S)  # everywhere else: a busy machine is no fault of an upstream
Waits = list[float]
JSON = "application/json"
LONG_BEFORE_S = PATIENCE_S / 2  # who waited for a hanging upstream to end would take twice that, on any machine


@pytest.fixture(scope="module")
def stand_in() -> Iterator[Upstream]:
    faults.bomb()  # takes its time once
    with upstream(NOW) as server:
        yield server


@pytest.fixture
def server(stand_in: Upstream, monkeypatch: pytest.MonkeyPatch) -> Iterator[Upstream]:
    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    stand_in.behave()
    stand_in.asked.clear()
    yield stand_in
    stand_in.behave()


@pytest.fixture
def waits() -> Waits:
    """How long the client would have slept between its tries."""
    return []


@pytest.fixture
def client(server: Upstream, waits: Waits, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., UpstreamClient]]:
    """Makes a client of the stand-in as it is now; all are closed at the end."""
    made = []

    def make(source: str = "cnemc_air", **limits: Any) -> UpstreamClient:
        monkeypatch.setenv(f"XINING_{source.upper()}_URL", server.url(source))
        made.append(UpstreamClient(sources.get(source), now=lambda: NOW, sleep=waits.append, **{**PATIENT, **limits}))
        return made[-1].__enter__()

    yield make
    for one in made:
        one.__exit__(None, None, None)


def until(holds: Callable[[], bool]) -> None:
    """Wait for the other end of the wire."""
    deadline = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def stations(client: UpstreamClient) -> Answer:
    return client.get("stations", STATIONS, params={"cityName": "西宁市"})


# ── when all is well ─────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.slow
def test_an_answer_carries_bytes_address_and_time(client: Callable[..., UpstreamClient], server: Upstream) -> None:
    answer = stations(client())
    assert (answer.ok, answer.status, answer.source, answer.call) == (True, 200, "cnemc_air", "stations")
    assert answer.asked_at == NOW
    assert answer.address == f"{server.address}{STATIONS}?cityName=%E8%A5%BF%E5%AE%81%E5%B8%82"
    assert {row["StationCode"] for row in decode.json_of(answer)} == {"1483A", "3055A", "3629A", "3630A"}


def test_a_caller_whose_thread_runs_a_loop_is_answered_too(client: Callable[..., UpstreamClient]) -> None:
    async def ask() -> Answer:
        with client() as own:  # its end closes a loop as well
            return stations(own)

    with ThreadPoolExecutor(1) as thread:  # of its own: a browser that tests of this process hold open runs one here
        assert thread.submit(asyncio.run, ask()).result().ok


def test_calls_of_a_link_share_a_connection_and_cookies(
    client: Callable[..., UpstreamClient], server: Upstream
) -> None:
    water = client("cnemc_water")
    page = "/GJZ/Business/Publish/Main.html"
    requests = {"X-Requested-With": "XMLHttpRequest", "Referer": server.address + page}
    form = {"AreaID": "630000", "PageIndex": "1", "PageSize": "2000", "action": "getRealDatas"}
    cold = water.post("readings", "/GJZ/Ajax/Publish.ashx", form=form, headers=requests)
    assert cold.problem == "answers text/plain instead of JSON"
    assert cold.body == b"-1"
    server.asked.clear()
    assert water.get("page", page, accept="html").ok
    assert water.post("areas", "/GJZ/Ajax/Publish.ashx", form={"action": "getArea_RiverDic"}, headers=requests).ok
    warm = water.post("readings", "/GJZ/Ajax/Publish.ashx", form=form, headers=requests)
    assert decode.json_of(warm)["records"] == 6
    assert len({one.connection for one in server.asked}) == 1


def test_a_post_sends_a_form_even_an_empty_one(client: Callable[..., UpstreamClient], server: Upstream) -> None:
    assert client().post("city", CITY, params={"cityCode": "630100"}).ok
    headers = server.asked[-1].query.headers
    assert headers["content-length"] == "0"
    assert headers["content-type"].startswith("application/x-www-form-urlencoded")


@pytest.mark.parametrize("mode", ["gzip", "gbk", "bom", "strings_for_numbers"])
def test_a_whole_answer_is_taken_however_it_is_packed(
    mode: str, client: Callable[..., UpstreamClient], server: Upstream
) -> None:
    good = decode.json_of(stations(client()))
    server.misbehave("cnemc_air", mode)
    answer = stations(client())
    assert answer.ok
    assert [row["PositionName"] for row in decode.json_of(answer)] == [row["PositionName"] for row in good]


# ── who asks ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_the_user_agent_names_product_and_operator(
    client: Callable[..., UpstreamClient], server: Upstream, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XINING_PUBLIC_URL", raising=False)
    monkeypatch.delenv("XINING_CONTACT", raising=False)
    assert user_agent() == "Mozilla/5.0 (compatible; XiningEnvironmentDashboard)"
    monkeypatch.setenv("XINING_PUBLIC_URL", "https://hj.example.cn")
    monkeypatch.setenv("XINING_CONTACT", "西宁 hj@example.cn\r\nX-Evil: 1")
    stations(client())
    result = server.asked[-1].query.headers
    assert result["user-agent"] == (
        "Mozilla/5.0 (compatible; XiningEnvironmentDashboard; https://hj.example.cn; "
        "%E8%A5%BF%E5%AE%81 hj@example.cn%0D%0AX-Evil: 1)"
    )
    assert "x-evil" not in result


# ── each fault its sentence ──────────────────────────────────────────────────────────────────────────────────────────
FAULTS = {
    "refused": ("connection refused (3 tries)", 0),
    "dns": ("name not found: upstream.invalid (3 tries)", 0),
    "reset": ("connection broken before an answer (3 tries)", 3),
    "hanging": ("no answer within 0.3 s", 1),
    "slow_head": ("no answer within 0.5 s", 1),
    "redirect_other_host": ("redirects to another host (http://elsewhere.invalid/)", 1),
    "redirect_loop": ("redirects more than 3 times", 4),
    "403": ("HTTP 403", 1),
    "404": ("HTTP 404", 1),
    "429": ("HTTP 429, asks to wait 3600 s", 1),
    "429_short": ("HTTP 429, asks to wait 7 s (3 tries)", 3),
    "500": ("HTTP 500 (3 tries)", 3),
    "502": ("HTTP 502 (3 tries)", 3),
    "html_200": ("answers text/html instead of JSON", 1),
    "minus_one": ("answers text/plain instead of JSON", 1),
    "empty": ("empty answer", 1),
    "gzip_garbage": ("compressed bytes that cannot be decompressed", 1),
    "huge": ("more than 1 MB", 1),
    "huge_announced": ("more than 1 MB (100 MB announced)", 1),
    "bomb": ("more than 1 MB", 1),
}


@pytest.mark.parametrize("mode", FAULTS)
def test_a_fault_is_a_sentence_soon(mode: str, client: Callable[..., UpstreamClient], server: Upstream) -> None:
    problem, requests = FAULTS[mode]
    server.misbehave("cnemc_air", mode)
    started = time.monotonic()
    answer = stations(client(body_bytes=1_000_000, **(SHORT if "within" in problem else {})))
    assert time.monotonic() - started < LONG_BEFORE_S
    assert answer.problem == problem
    assert not answer.ok
    assert len(answer.body) <= PIECE
    assert sum(server.counts.values()) == requests


@pytest.mark.parametrize("mode", ["reset_midway", "cut_short"])
def test_half_an_answer_is_tried_again(mode: str, client: Callable[..., UpstreamClient], server: Upstream) -> None:
    server.misbehave("cnemc_air", mode)
    answer = stations(client())
    # a reset may overtake the bytes before it
    assert answer.problem.startswith("connection broken ")
    assert answer.problem.endswith(" (3 tries)")
    assert server.counts[STATIONS] == 3


def test_a_slow_drip_ends_at_the_deadline_and_keeps_what_came(
    client: Callable[..., UpstreamClient], server: Upstream
) -> None:
    server.misbehave("cnemc_air", "slow_drip")
    started = time.monotonic()
    answer = stations(client(**SHORT))
    assert 0.4 < time.monotonic() - started < LONG_BEFORE_S
    assert answer.problem.startswith("no whole answer within 0.5 s (")
    assert answer.body.startswith(b"[")
    assert server.counts[STATIONS] == 1


def test_an_error_page_stays_for_diagnosis(client: Callable[..., UpstreamClient], server: Upstream) -> None:
    server.misbehave("cnemc_air", "403")
    answer = stations(client())
    assert (answer.status, answer.content_type) == (403, "text/html; charset=utf-8")
    assert b"403 Forbidden" in answer.body


def test_a_truncated_answer_is_the_readers_to_refuse(client: Callable[..., UpstreamClient], server: Upstream) -> None:
    server.misbehave("cnemc_air", "truncated_json")
    answer = stations(client())
    assert answer.ok
    with pytest.raises(AnswerError, match=r"^cnemc_air, stations: no JSON \(.+ at line 1, column \d+, character"):
        decode.json_of(answer)


def test_no_address_makes_it_raise(client: Callable[..., UpstreamClient], monkeypatch: pytest.MonkeyPatch) -> None:
    for address in ("ftp://127.0.0.1", "http://127.0.0.1:99999", "http://", "nonsense", "http://a..b"):
        monkeypatch.setenv("XINING_CNEMC_AIR_URL", address)
        with UpstreamClient(sources.get("cnemc_air"), now=lambda: NOW, sleep=lambda _: None, **SHORT) as one:
            answer = one.get("stations", STATIONS)
        assert answer.problem, address
        assert answer.status is None


# ── how much it may cost ─────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("mode", ["bomb", "huge"])
def test_memory_stays_bounded(mode: str, client: Callable[..., UpstreamClient], server: Upstream) -> None:
    server.misbehave("cnemc_air", mode)
    server.sent_bytes = 0
    tracemalloc.start()
    try:
        answer = stations(client(body_bytes=1_000_000))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert answer.problem == "more than 1 MB"
    assert peak < 8_000_000  # both ends of the wire
    assert server.sent_bytes < 20_000_000


def test_an_answer_just_within_its_bound_is_taken(client: Callable[..., UpstreamClient]) -> None:
    size = len(stations(client()).body)
    assert stations(client(body_bytes=size)).ok
    assert (
        stations(client(body_bytes=size - 1)).problem
        == f"more than {(size - 1) / 1000:.3g} kB ({size / 1000:.3g} kB announced)"
    )


def test_waits_grow_and_are_never_equal(client: Callable[..., UpstreamClient], server: Upstream, waits: Waits) -> None:
    server.misbehave("cnemc_air", "500")
    for _ in range(5):
        stations(client())
    first, second = waits[::2], waits[1::2]
    assert len(waits) == 10
    assert all(1 <= wait <= 3 for wait in first)
    assert all(2 <= wait <= 4 for wait in second)
    assert len(set(waits)) == 10


def test_a_short_wait_requested_stays(client: Callable[..., UpstreamClient], server: Upstream, waits: Waits) -> None:
    server.misbehave("cnemc_air", "429_short")
    stations(client())
    assert waits == [7, 7]


def test_an_upstream_that_was_requested_too_often_is_left_alone(
    client: Callable[..., UpstreamClient], server: Upstream
) -> None:
    one = client()
    server.misbehave(STATIONS, "429")
    result = stations(one)
    assert (result.problem, result.wait_s) == ("HTTP 429, asks to wait 3600 s", 3600)
    server.behave()
    assert one.post("city", CITY).problem == "not asked, after HTTP 429, asks to wait 3600 s"
    assert sum(server.counts.values()) == 1
    assert stations(client()).ok  # the next run asks again


def test_a_call_ends_before_its_deadline_would_pass_in_waiting(
    client: Callable[..., UpstreamClient], server: Upstream, waits: Waits
) -> None:
    server.misbehave("cnemc_air", "429_short")
    assert stations(client(call_s=6.9)).problem == "HTTP 429, asks to wait 7 s"
    assert waits == []
    assert server.counts[STATIONS] == 1


def test_tries_together_keep_the_deadline_of_the_call(
    client: Callable[..., UpstreamClient], server: Upstream, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second try gets only what the first left of the call's time."""
    monkeypatch.setattr(transport, "_between_tries", lambda state: 0.0)
    server.misbehave("cnemc_air", "reset")
    passed = [0.0]
    clock = SimpleNamespace(monotonic=lambda: time.monotonic() + passed[0], sleep=time.sleep)
    monkeypatch.setattr(transport, "time", clock)

    def sleep(_: float) -> None:
        passed[0] = 100.0
        server.misbehave("cnemc_air", "hanging")

    one = client(call_s=100.8, try_s=90)
    one._sleep = sleep
    left = re.match(r"no answer within ([\d.]+) s", stations(one).problem)
    assert left
    assert float(left[1]) <= 0.8


def test_a_post_that_is_no_question_is_sent_once(
    client: Callable[..., UpstreamClient], server: Upstream, waits: Waits
) -> None:
    for mode in ("500", "reset", "429_short"):
        server.misbehave("cnemc_air", mode)
        server.asked.clear()
        assert client().post("city", CITY).problem
        assert server.counts[CITY] == 1, mode
    assert waits == []


@pytest.mark.slow
def test_a_post_that_is_a_question_is_tried_again(client: Callable[..., UpstreamClient], server: Upstream) -> None:
    server.misbehave("cnemc_air", "500")
    assert client().post("city", CITY, idempotent=True).problem == "HTTP 500 (3 tries)"
    assert server.counts[CITY] == 3


def test_a_second_try_may_succeed(client: Callable[..., UpstreamClient], server: Upstream) -> None:
    server.misbehave("cnemc_air", "502")
    one = client()
    one._sleep = lambda _: server.behave()
    answer = stations(one)
    assert answer.ok
    assert server.counts[STATIONS] == 2


def test_a_link_works_on_after_a_call_was_cut_off(client: Callable[..., UpstreamClient], server: Upstream) -> None:
    one = client(tries=1)
    patient, short = one._limits, replace(one._limits, **SHORT)
    for mode in ("hanging", "slow_drip", "bomb", "reset"):
        server.misbehave("cnemc_air", mode)
        one._limits = short
        assert stations(one).problem, mode
        server.behave()
        one._limits = patient  # a good answer has all the time it takes on a busy machine
        assert stations(one).ok, mode


def test_a_connection_that_ended_between_two_calls_is_not_used(
    client: Callable[..., UpstreamClient], server: Upstream
) -> None:
    one = client()
    assert stations(one).ok
    server.hang_up()
    until(lambda: not server.connections)
    assert one.post("city", CITY).ok  # a post that is sent once
    assert sum(server.counts.values()) == 2


def test_no_connection_stays_open(client: Callable[..., UpstreamClient], server: Upstream) -> None:
    """The server sees the end of the connection as soon as the client ends."""
    one = client()
    stations(one)
    connection = server.asked[-1].connection
    assert connection in server.connections
    one.__exit__(None, None, None)
    until(lambda: connection not in server.connections)


# ── redirects ────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("location", "followed"),
    [
        (f"{STATIONS}?cityName=%E8%A5%BF%E5%AE%81%E5%B8%82", True),
        ("{address}" + STATIONS, True),
        ("http://127.0.0.1:1/x", False),
        ("https://127.0.0.1:{port}/x", False),
        ("//elsewhere.invalid/x", False),
        ("http://user@elsewhere.invalid/", False),
        ("file:///etc/passwd", False),
        ("http://[broken", False),
    ],
)
def test_redirects_lead_only_to_the_same_server(
    location: str,
    followed: bool,
    client: Callable[..., UpstreamClient],
    server: Upstream,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    address = location.format(address=server.address, port=server.address.rpartition(":")[2])
    monkeypatch.setitem(faults.REPLIES, "redirect_loop", lambda _: Reply("", HTML, 302, {"Location": address}))
    server.misbehave("/moved", "redirect_loop")
    answer = client().get("stations", "/moved")
    assert answer.ok == followed
    assert set(server.counts) == ({"/moved", STATIONS} if followed else {"/moved"})
    if not followed:
        assert answer.problem.startswith(("redirects to another host (", "cannot be asked"))


# ── certificates ─────────────────────────────────────────────────────────────────────────────────────────────────────
def test_an_unknown_certificate_is_refused_at_once(client: Callable[..., UpstreamClient], server: Upstream) -> None:
    server.misbehave("cnemc_air", "tls")
    answer = stations(client())
    assert answer.problem == "certificate not trusted: unable to get local issuer certificate"
    assert not server.asked


def test_the_operators_bundle_is_trusted(
    client: Callable[..., UpstreamClient], server: Upstream, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    bundle = tmp_path / "bundle.pem"
    server.authority.cert_pem.write_to_path(str(bundle))
    monkeypatch.setenv("XINING_CA_BUNDLE", str(bundle))
    server.misbehave("cnemc_air", "tls")
    assert stations(client()).ok


def test_a_bundle_that_changes_is_read_again(
    client: Callable[..., UpstreamClient], server: Upstream, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    bundle = tmp_path / "bundle.pem"
    trustme.CA().cert_pem.write_to_path(str(bundle))
    monkeypatch.setenv("XINING_CA_BUNDLE", str(bundle))
    server.misbehave("cnemc_air", "tls")
    assert not stations(client()).ok
    server.authority.cert_pem.write_to_path(str(bundle))
    os.utime(bundle, ns=(0, 0))
    assert stations(client()).ok


def test_a_bundle_does_not_switch_off_names(
    client: Callable[..., UpstreamClient], server: Upstream, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    bundle = tmp_path / "bundle.pem"
    server.authority.cert_pem.write_to_path(str(bundle))
    monkeypatch.setenv("XINING_CA_BUNDLE", str(bundle))
    server.misbehave("cnemc_air", "tls")
    monkeypatch.setattr(server, "url", lambda _: f"https://elsewhere.test:{server._tls.server_port}")
    monkeypatch.setattr(socket, "getaddrinfo", lambda _, *args, **kwargs: resolve("127.0.0.1", *args, **kwargs))
    assert "certificate not trusted" in stations(client()).problem


@pytest.mark.parametrize("content", [None, "no certificate"])
def test_a_bundle_that_is_none_is_named(
    content: str | None, client: Callable[..., UpstreamClient], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    bundle = tmp_path / "bundle.pem"
    if content:
        bundle.write_text(content)
    monkeypatch.setenv("XINING_CA_BUNDLE", str(bundle))
    assert stations(client()).problem.startswith(f"cannot be asked: XINING_CA_BUNDLE={bundle} holds no certificates (")


def test_a_handshake_that_never_ends_ends_at_the_deadline(
    client: Callable[..., UpstreamClient], server: Upstream, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as missing:
        monkeypatch.setattr(server, "url", lambda _: f"https://127.0.0.1:{missing.getsockname()[1]}")
        started = time.monotonic()
        answer = stations(client(try_s=0.5))
    assert time.monotonic() - started < LONG_BEFORE_S  # neither bound of a socket
    assert answer.problem == "no answer within 0.5 s"


# ── kinds of content ─────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("kind", "body", "accept", "taken"),
    [
        ("application/json", "-1", "json", True),  # the reader's to refuse
        ("text/html", '\ufeff {"a": 1}', "json", True),
        ("text/plain", "[]", "json", True),
        ("", "[]", "json", True),
        ("text/html", "<html>", "json", False),
        ("application/json", "\n<!doctype HTML><p>", "json", False),
        ("text/csv", "<html><head>", "csv", False),
        ("", "<!-- x --><html>", "csv", False),
        ("text/csv", "<3,4", "csv", False),
        ("text/plain", "null", "json", False),
        ("image/png", "[]", "json", False),
        ("text/csv", "a,b", "csv", True),
        ("application/octet-stream", "a,b", "csv", True),
        ("application/vnd.ms-excel", "a,b", "csv", True),
        ("text/html", "a,b", "csv", False),
        ("text/plain", "<html>", "csv", False),
        ("application/json", '{"error":1}', "csv", False),
        ("TEXT/HTML; charset=gbk", "<p>", "html", True),
        ("application/json", "{}", "html", False),
        ("image/png", "x", "any", True),
    ],
)
def test_the_kind_of_content_is_checked(
    kind: str,
    body: str,
    accept: Any,
    taken: bool,
    client: Callable[..., UpstreamClient],
    server: Upstream,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(faults.REPLIES, "null", lambda _: Reply(body, kind))
    server.misbehave("/x", "null")
    answer = client().get("x", "/x", accept=accept)
    assert answer.ok == taken
    kind = kind.partition(";")[0]
    if re.match(r"\s*<(html|!)", body, re.IGNORECASE) and kind != "text/html":
        kind = f"HTML (as {kind})" if kind else "HTML"
    assert taken or answer.problem == f"answers {kind} instead of {accept.upper()}"


# ── what the upstream says about a refusal ───────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("status", "kind", "body", "problem"),
    [
        (
            400,
            JSON,
            '{"error":true,"reason":"Parameter \'start_date\' is out of range"}',
            "Parameter 'start_date' is out of range",
        ),
        (401, JSON, '{"error":"no key"}', "no key"),
        (403, JSON, '{"code":7,"error":{"message":"region closed"}}', "region closed"),
        (403, "text/plain", "Closed\r\nfor\x00 today", "Closed for today"),
        (403, "text/plain", "系统维护中", "系统维护中"),
        (403, HTML, "<html><title>Access &lt;denied&gt;</title><body>x</body></html>", "Access <denied>"),
        (403, HTML, "<html><script>var a;</script><p>Come <b>back</b></p></html>", "Come back"),
        (403, HTML, "<html><title>403 Forbidden</title></html>", ""),
        (403, "text/plain", "Forbidden", ""),
        (403, "image/png", "PNG", ""),
        (403, JSON, "", ""),
        (403, JSON, '{"reason":', '{"reason":'),
        (403, JSON, "[]", ""),
    ],
)
def test_a_refusals_own_reason_is_given_in_one_line(
    status: int,
    kind: str,
    body: str,
    problem: str,
    client: Callable[..., UpstreamClient],
    server: Upstream,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(faults.REPLIES, "null", lambda _: Reply(body, kind, status))
    server.misbehave("/x", "null")
    assert client().get("x", "/x").problem == f"HTTP {status}" + (f": {problem}" if problem else "")


def test_a_long_reason_is_cut_and_gbk_is_read() -> None:
    assert reasons.reason("系统维护中".encode("gbk"), "text/plain", 503) == "系统维护中"
    text = reasons.reason(b"x" * PIECE, "text/plain", 500)
    assert len(text) == reasons.LENGTH
    assert text.endswith("…")


@pytest.mark.parametrize(
    ("text", "span", "returns"),
    [
        ("Daily API request limit exceeded. Please try again tomorrow.", "daily", "2026-11-24T08:01+08:00"),
        ("Hourly API request limit exceeded. Please try again in the next hour.", "hourly", "2026-11-23T11:01+08:00"),
        ("Minutely API request limit exceeded. Please try again in one minute.", "minutely", "2026-11-23T10:42+08:00"),
        ("Monthly API request limit exceeded.", "monthly", "2026-12-01T08:01+08:00"),
        ("API rate limit exceeded: 10000/day", "daily", "2026-11-24T08:01+08:00"),
        ("quota used up for the hour", "hourly", "2026-11-23T11:01+08:00"),
        ("今日访问次数已达上限", "daily", "2026-11-24T08:01+08:00"),
    ],
)
def test_a_quota_that_is_named_is_waited_for_and_not_tried_again_within_the_run(
    text: str,
    span: str,
    returns: str,
    client: Callable[..., UpstreamClient],
    server: Upstream,
    waits: Waits,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    body = json.dumps({"error": True, "reason": text}, ensure_ascii=False)
    monkeypatch.setitem(faults.REPLIES, "null", lambda _: Reply(body, JSON, 429))
    server.misbehave("cnemc_air", "null")
    one = client()
    answer = stations(one)
    assert answer.problem == f"HTTP 429, {span} quota used up, assumed free again {returns} (counted in UTC): {text}"
    assert answer.cause is FailureCause.BUSY
    assert answer.wait_s == (datetime.fromisoformat(returns) - NOW).total_seconds()
    assert one.post("city", CITY).problem.startswith("not asked, after HTTP 429")
    assert (sum(server.counts.values()), waits) == (1, [])


def test_a_429_that_names_nothing_is_one_request(
    client: Callable[..., UpstreamClient], server: Upstream, waits: Waits, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(faults.REPLIES, "null", lambda _: Reply("slow down", "text/plain", 429))
    server.misbehave("cnemc_air", "null")
    answer = stations(client())
    assert (answer.problem, answer.wait_s) == ("HTTP 429: slow down", None)
    assert (sum(server.counts.values()), waits) == (1, [])


# ── text and JSON ────────────────────────────────────────────────────────────────────────────────────────────────────
def answered(body: bytes, content_type: str = "application/json") -> Answer:
    return Answer("cnemc_air", "stations", "http://x", NOW, 200, content_type, body)


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("西宁".encode(), "application/json"),
        (b"\xef\xbb\xbf" + "西宁".encode(), "application/json"),
        ("西宁".encode("gbk"), "text/plain"),
        ("西宁".encode("gbk"), 'text/plain; charset="GB2312"'),
        ("西宁".encode("gbk"), "text/plain; charset=utf-8"),  # the label is wrong
        ("西宁".encode("utf-16"), "text/plain; charset=utf-16"),
        ("西宁".encode("gbk"), "text/plain; charset=klingon"),
        ("西宁".encode("gbk"), "text/plain; charset=undefined"),  # a codec that fails by itself
    ],
)
def test_text_is_found_whatever_its_label(body: bytes, content_type: str) -> None:
    assert decode.text(answered(body, content_type)) == "西宁"


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(AnswerError, match="text that is none of UTF-8-SIG, GB18030"):
        decode.text(answered(b"\xff\xfe\xfd\xff"))


def test_what_is_no_number_becomes_none() -> None:
    content = decode.json_of(answered(b'{"a": NaN, "b": [Infinity, -Infinity, 1e999], "c": 1.5}'))
    assert content == {"a": None, "b": [None, None, None], "c": 1.5}


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b'[{"a": 1}, {"a"', r"no JSON \(Expecting ':' delimiter at line 1, column 16, character 15 of 15\)"),
        (b"<html>", "character 0 of 6"),
        (b"[" * 100_000, "no JSON that can be read"),
        (b"9" * 5000, "no JSON that can be read"),
    ],
)
def test_broken_json_says_where(body: bytes, message: str) -> None:
    with pytest.raises(AnswerError, match=message):
        decode.json_of(answered(body))


def test_the_bounds_are_those_documented() -> None:
    assert Limits() == Limits(6, 15, 20, 60, 3, 10, 3, 20_000_000)


@pytest.mark.parametrize("header", ["99999999999999", "9" * 400, "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_no_upstream_silences_itself_for_more_than_a_day(header: str) -> None:
    assert transport._retry_after(header, NOW) == transport.LONGEST_WAIT_S
