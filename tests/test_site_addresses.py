"""The nginx site in front of a dashboard that is none: what it caches by which name, where a cookie is set, what it passes on."""

import os
import subprocess
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar

import pytest
import requests
from urllib3.util.retry import Retry

from deploy.site import FOLDER, Site, render
from tests import cluster

PATIENCE_S = 60
PUBLIC = "public, max-age=60, stale-while-revalidate=60, stale-if-error=3600"
pytestmark = pytest.mark.skipif(cluster.nginx() is None, reason=cluster.NO_NGINX)


class Dashboard(BaseHTTPRequestHandler):
    """Says which address and host it was asked for, and counts; what says nowhere is 404 and not to be kept."""

    protocol_version = "HTTP/1.1"
    asked: ClassVar[list[str]] = []
    hosts: ClassVar[list[str]] = []
    together = threading.Barrier(1)

    def do_GET(self) -> None:
        """Answer."""
        self.asked.append(self.path)
        self.hosts.append(self.headers["Host"])
        missing = "nowhere" in self.path
        if missing:
            self.together.wait(PATIENCE_S)
        body = f"{self.path} for {self.headers['Host']}".encode()
        self.send_response(404 if missing else 200)
        self.send_header("Cache-Control", "no-store" if missing else PUBLIC)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@contextmanager
def nginx(dashboard: str, folder: Path, **options: str) -> Iterator[str]:
    """The shipped site's address; it ends with the block."""
    (port,) = cluster.free_ports(1)
    site = Site(
        "127.0.0.1", (dashboard,), f"127.0.0.1:{port}", cache=f"{folder}/cache", logs=str(folder), pages=str(FOLDER)
    )
    (folder / "nginx.conf").write_text(cluster.whole(render(site), folder))
    if os.geteuid() == 0:
        folder.chmod(0o755)
    process = subprocess.Popen([str(cluster.nginx()), "-e", folder / "error.log", "-c", folder / "nginx.conf"])
    try:
        with requests.Session() as patient:
            patient.mount("http://", requests.adapters.HTTPAdapter(max_retries=Retry(12, backoff_factor=0.05)))
            patient.get(f"http://127.0.0.1:{port}/_stcore/metrics", timeout=PATIENCE_S)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(PATIENCE_S)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with TemporaryDirectory(prefix="xining-site-") as made, ThreadingHTTPServer(("127.0.0.1", 0), Dashboard) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        with nginx(f"127.0.0.1:{server.server_address[1]}", Path(made)) as found:
            yield found
        server.shutdown()


def get(whole: str, **headers: str) -> requests.Response:
    """Ask for an address as it is written, dots and doubled slashes included."""
    with requests.Session() as client:
        asked = requests.Request("GET", whole, headers=headers).prepare()
        asked.url = whole
        return client.send(asked, timeout=PATIENCE_S, allow_redirects=False)


SHARED = ("/lite", "/lite/air?lang=en", "/brief/2025-03", "/account/2025.pdf", "/chart/x", "/chart/x.svg", "/number/aqi",
          "/embed/number/aqi", "/api/v1/now", "/data", "/data/targets.csv", "/og/air.png?lang=en", "/poster/sky.pdf",
          "/wall/scene/river?lang=en", "/feed.atom", "/sitemap.xml", "/robots.txt", "/static/js/a.js",
          "/site-0123456789ab.css")  # fmt: skip


@pytest.mark.parametrize("path", SHARED)
def test_what_all_share_is_kept_and_sets_no_cookie(address: str, path: str) -> None:
    first, second = get(address + path), get(address + path, Cookie="other=1")
    assert (second.headers["X-Cache"], second.text) == ("HIT", first.text)
    assert not first.cookies
    assert not second.cookies


@pytest.mark.parametrize("path", ["/healthz", "/_stcore/health"])
def test_nor_does_what_no_visitor_opens(address: str, path: str) -> None:
    assert "Set-Cookie" not in get(address + path).headers


def test_a_page_with_a_session_has_its_dashboard_remembered(address: str) -> None:
    given = get(address + "/air").cookies["route"]
    assert "route" not in get(address + "/air", Cookie=f"route={given}").cookies
    assert len(get(address + "/", Cookie="route=forged").cookies["route"]) == 32


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("/lite/%61b", "/lite/ab"),
        ("//lite///ab", "/lite/ab"),
        ("/lite/./ab", "/lite/ab"),
        ("/brief/../lite/ab", "/lite/ab"),
        ("/lite/a%3Fb", "/lite/a%3Fb"),
        ("/lite/%E4%BD%A0?lang=en", "/lite/%E4%BD%A0?lang=en"),
        ("/lite/%0D%0AX-Y:%20z", "/lite/%0D%0AX-Y:%20z"),
        ("/lite/%2561", "/lite/%2561"),
    ],
)
def test_the_dashboard_gets_the_path_as_nginx_read_it(address: str, written: str, read: str) -> None:
    """So that one answer is kept under one name, and no other under it."""
    assert get(address + written).text.startswith(f"{read} for ")


def test_another_way_to_write_the_host_is_no_other_address(address: str) -> None:
    given = ["127.0.0.1:1", "127.0.0.1.", "127.0.0.1:80", "127.0.0.1"]
    assert [get(f"{address}/lite/host", Host=one).headers["X-Cache"] for one in given] == ["MISS", "HIT", "HIT", "HIT"]
    assert set(Dashboard.hosts) <= {"127.0.0.1", address.removeprefix("http://")}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/lite/c%3Flang=en", "/lite/c?lang=en"),
        ("/lite/d%20e", "/lite/d?e"),
        ("/lite/f?x%20/lite/f", "/lite/f%20/lite/f?x"),
        ("/lite/g?lang=zh&lang=en", "/lite/g?lang=en"),
    ],
)
def test_no_two_answers_have_one_name(address: str, one: str, other: str) -> None:
    answers = [get(address + path) for path in (one, other)]
    assert [answer.headers["X-Cache"] for answer in answers] == ["MISS", "MISS"]
    assert answers[0].text != answers[1].text


@pytest.mark.parametrize("path", ["/data", "/api", "/lite/air", "/number/aqi", "/chart/x", "/account/2025", "/brief"])
def test_whose_cookie_says_what_the_address_does_not_goes_through(address: str, path: str) -> None:
    get(address + path)
    for cookie in ("lang=en", "theme=dark", "text=140", "contrast=more"):
        assert get(address + path, Cookie=cookie).headers["X-Cache"] == "BYPASS"
    assert get(f"{address}{path}?lang=en&keep=1").headers["X-Cache"] == "BYPASS"
    for cookie in ("lang=zh", "text=100", "lang=xx", "district=chengbei" if path != "/lite" else "other=1"):
        assert get(address + path, Cookie=cookie).headers["X-Cache"] == "HIT"


def test_files_are_the_same_whatever_a_cookie_says(address: str) -> None:
    for path in (
        "/data/x.csv",
        "/og/x.png",
        "/chart/y.svg",
        "/account/2024.xlsx",
        "/static/js/b.js",
        "/wall/scene/now",
    ):
        get(address + path)
        assert get(address + path, Cookie="lang=en; theme=dark").headers["X-Cache"] == "HIT"


def test_many_who_ask_for_what_is_not_kept_are_answered_together(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """One by one they would never all be there: each answer waits for the five."""
    monkeypatch.setattr(Dashboard, "together", threading.Barrier(5))
    with ThreadPoolExecutor(5) as many:
        answers = list(many.map(lambda _: get(address + "/api/v1/nowhere"), range(5)))
    assert [one.status_code for one in answers] == [404] * 5


def test_without_a_dashboard_the_away_page_comes_and_the_log_has_the_address_asked_for() -> None:
    with TemporaryDirectory(prefix="xining-site-") as made:
        (closed,) = cluster.free_ports(1)
        with nginx(f"127.0.0.1:{closed}", Path(made)) as found:
            answer = get(f"{found}/lite/air?pledge=private")
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
        logged = (Path(made) / "access.log").read_text() + (Path(made) / "error.log").read_text()
    assert "GET /lite/air 503" in logged
    assert "away.html" not in logged
    assert "private" not in logged


def test_headers_of_the_site_are_those_of_the_away_page_too() -> None:
    secured = render(Site("sky.example", ("127.0.0.1:1",), certificate="a", key="b"))
    assert secured.count("Strict-Transport-Security") == 2
    assert "~^https://" in secured  # a socket from a page that came without TLS is a foreign one
    plain = render(Site("sky.example", ("127.0.0.1:1",), listen="80"))
    assert "~^https?://" in plain  # what ends TLS stands in front
    for text, ports in ((secured, ("80", "443")), (plain, ("80",))):
        assert all(f"listen [::]:{port}" in text for port in ports)
