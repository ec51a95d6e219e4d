"""The nginx site as it is shipped: nginx takes it, and on a cluster it closes, caches, limits and forgets what it must."""

import re
import subprocess
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import aiohttp
import pytest
import requests
import trustme
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from benchmarks import scale
from deploy import site
from store.clock import ZONE
from tests import cluster
from tests.asgi import run
from tests.upstream import upstream
from views import assets

NOW = datetime(2026, 11, 23, 10, 40, tzinfo=ZONE)
PATIENCE_S = 60
LACKS = cluster.missing()
needs_nginx = pytest.mark.skipif(cluster.nginx() is None, reason=cluster.NO_NGINX)


@pytest.fixture(scope="module")
def running() -> Iterator[cluster.Running]:
    """Two dashboards and what belongs to them."""
    if LACKS:
        pytest.skip(LACKS)
    with upstream(NOW) as server, cluster.running(2, XINING_TODAY="2026-11-23T10:40", **server.environment()) as made:
        yield made


def get(running: cluster.Running, path: str, method: str = "GET", **headers: str) -> requests.Response:
    return requests.request(method, running.address + path, headers=headers, timeout=PATIENCE_S, allow_redirects=False)


def rendered(folder: Path, secured: bool) -> tuple[str, str]:
    """The site with its files in a folder, and the port that is for http."""
    certificate = key = ""
    if secured:
        made = trustme.CA().issue_cert("sky.example")
        made.cert_chain_pems[0].write_to_path(str(folder / "site.pem"))
        made.private_key_pem.write_to_path(str(folder / "site.key"))
        certificate, key = str(folder / "site.pem"), str(folder / "site.key")
    listen, plain = (f"127.0.0.1:{port}" for port in cluster.free_ports(2))
    one = site.Site("sky.example", ("127.0.0.1:8501",), listen, plain, certificate, key, f"{folder}/cache", str(folder))
    return site.render(one), plain if secured else listen


def try_out(text: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """What ``nginx -t`` says of a site within the shipped nginx.conf."""
    (folder / "nginx.conf").write_text(cluster.whole(text, folder))
    return subprocess.run(
        [str(cluster.nginx()), "-t", "-e", folder / "error.log", "-c", folder / "nginx.conf"],
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_writes_the_site_of_its_options(capsys: pytest.CaptureFixture[str]) -> None:
    site.main(["--name", "sky.example", "--dashboards", "2"])
    ports = ("127.0.0.1:8501", "127.0.0.1:8502")
    assert capsys.readouterr().out == site.render(site.Site("sky.example", ports, listen="80"))
    site.main(
        ["--name", "sky.example", "--at", "one:8501", "--certificate", "/a.pem", "--key", "/b.key", "--pages", "/c"]
    )
    behind = site.Site("sky.example", ("one:8501",), certificate="/a.pem", key="/b.key", pages="/c")
    assert capsys.readouterr().out == site.render(behind)


@needs_nginx
@pytest.mark.parametrize("secured", [False, True])
def test_nginx_takes_the_site(tmp_path: Path, secured: bool) -> None:
    text, _ = rendered(tmp_path, secured)
    assert ("Strict-Transport-Security" in text, "; Secure" in text) == (secured, secured)
    tried = try_out(text, tmp_path)
    assert tried.returncode == 0, tried.stderr
    assert "warn" not in tried.stderr


def test_three_workers_have_room_for_the_crowd_that_is_planned_with() -> None:
    shipped = (site.FOLDER / "nginx.conf").read_text()
    connections, files = (
        int(re.findall(rf"^ *{name} (\d+);", shipped, re.M)[0])
        for name in ("worker_connections", "worker_rlimit_nofile")
    )
    assert 3 * connections >= 2 * scale.CROWD * (1 - scale.LIGHT)  # two connections for each session's socket
    assert files >= 2 * connections  # beside each connection a cached file may be open


@needs_nginx
def test_on_the_plain_port_only_the_sites_own_name_leads_to_it(tmp_path: Path) -> None:
    text, plain = rendered(tmp_path, secured=True)
    (tmp_path / "nginx.conf").write_text(cluster.whole(text, tmp_path))
    started = [str(cluster.nginx()), "-e", tmp_path / "error.log", "-c", tmp_path / "nginx.conf"]
    client = requests.Session()
    client.mount("http://", HTTPAdapter(max_retries=Retry(connect=20, read=0, backoff_factor=0.02)))

    def ask(host: str) -> requests.Response:
        return client.get(f"http://{plain}/air?lang=en", headers={"Host": host}, allow_redirects=False, timeout=10)

    with subprocess.Popen(started) as server:
        try:
            assert ask("sky.example").headers["Location"] == "https://sky.example/air?lang=en"
            with pytest.raises(requests.ConnectionError):
                ask("elsewhere.example")
        finally:
            server.terminate()
    assert "setrlimit" not in (tmp_path / "error.log").read_text()


DEBIANS_DEFAULT = "server { listen %s default_server; server_name _; }"  # sites-enabled/default, its port 80


@needs_nginx
@pytest.mark.parametrize("secured", [False, True])
def test_debians_default_site_is_left_out_and_would_be_refused(tmp_path: Path, secured: bool) -> None:
    shipped = (site.FOLDER / "nginx.conf").read_text()
    assert re.findall(r"^ *include (\S+);", shipped, re.M) == [
        "/etc/nginx/modules-enabled/*.conf",
        "/etc/nginx/mime.types",
        "/etc/nginx/conf.d/*.conf",
    ]
    text, plain = rendered(tmp_path, secured)
    tried = try_out(text + DEBIANS_DEFAULT % plain, tmp_path)
    assert tried.returncode
    assert "duplicate default server" in tried.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    "path", ["/metrics", "/_stcore/metrics", "/_stcore/upload_file/a/b", "/_stcore/script-health-check"]
)
def test_what_is_internal_is_closed(running: cluster.Running, path: str) -> None:
    assert get(running, path).status_code == 404


@pytest.mark.slow
def test_a_foreign_host_gets_no_answer(running: cluster.Running) -> None:
    with pytest.raises(requests.ConnectionError):
        get(running, "/", Host="elsewhere.example")


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/lite/goals", "/api/v1/now", "/data/targets.csv", "/wall/scene/river"])
def test_the_second_visitor_is_answered_by_nginx(running: cluster.Running, path: str) -> None:
    first, second = get(running, path), get(running, path)
    assert (first.status_code, second.status_code) == (200, 200)
    assert second.headers["X-Cache"] == "HIT"
    assert second.content == first.content


@pytest.mark.slow
def test_nobody_gets_what_another_chose(running: cluster.Running) -> None:
    chosen = get(running, "/lite/water", Cookie="lang=en; theme=dark")
    plain = get(running, "/lite/water", Cookie="other=1")
    both = get(running, "/lite/water", Cookie="lang=zh; lang=en")  # the application would take the second
    assert (chosen.status_code, chosen.headers["Location"]) == (302, "/lite/water?lang=en&theme=dark")
    assert '<html lang="zh-CN">' in plain.text
    assert '<html lang="zh-CN">' in both.text
    assert "lang=en" not in plain.headers.get("Set-Cookie", "")
    again = get(running, "/lite/water", Cookie="lang=en; theme=dark")
    assert (again.status_code, again.headers["X-Cache"]) == (302, "BYPASS")


@pytest.mark.slow
def test_one_cached_page_serves_all_who_request_its_address(running: cluster.Running) -> None:
    address = "/lite/greening?lang=en&theme=dark"
    first = get(running, address)
    assert '<html lang="en" data-theme="dark">' in first.text
    for cookie in ("lang=en; theme=dark", "lang=zh; text=100; contrast=normal", "district=huangyuan", "other=1"):
        second = get(running, address, Cookie=cookie)
        assert (second.headers["X-Cache"], second.content) == ("HIT", first.content)
    assert get(running, address, Cookie="text=140").headers["Location"].endswith("?lang=en&theme=dark&text=140")
    assert "Set-Cookie" not in first.headers
    assert "cookie" not in first.headers["Vary"].lower()


@pytest.mark.slow
def test_a_choice_is_stored_and_leads_to_its_address(running: cluster.Running) -> None:
    chosen = get(running, "/lite/air?theme=dark&keep=1", Cookie="lang=en")
    assert (chosen.status_code, chosen.headers["Location"]) == (302, "/lite/air?theme=dark&lang=en")
    assert "theme=dark; Path=/" in chosen.headers["Set-Cookie"]
    assert get(running, "/lite/air?theme=dark&keep=1").status_code == 302  # never from the cache
    mine = get(running, "/lite", Cookie="district=huangyuan")
    assert mine.headers["Location"] == "/lite?district=huangyuan"


@pytest.mark.slow
@pytest.mark.parametrize(("accepts", "coding"), [("br", "br"), ("gzip", "gzip"), ("br;q=0", None), ("identity", None)])
def test_a_cached_page_comes_as_the_browser_takes_it(
    running: cluster.Running, accepts: str, coding: str | None
) -> None:
    answers = [get(running, "/lite/air", **{"Accept-Encoding": accepts}) for _ in range(2)]
    assert [one.headers.get("Content-Encoding") for one in answers] == [coding, coding]


@pytest.mark.slow
def test_hashed_files_are_cached_for_a_year(running: cluster.Running) -> None:
    answer = get(running, assets.ALL[0].address)
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.slow
@pytest.mark.parametrize(("origin", "status"), [("own", 101), ("http://elsewhere.example", 403), ("", 403)])
def test_only_the_sites_own_pages_open_a_socket(running: cluster.Running, origin: str, status: int) -> None:
    """101: switched protocols."""

    async def opened() -> None:
        headers = {"Origin": running.address if origin == "own" else origin} if origin else {}
        async with aiohttp.ClientSession() as client:
            try:
                async with client.ws_connect(f"{running.address}/_stcore/stream", headers=headers):
                    found = 101
            except aiohttp.WSServerHandshakeError as error:
                found = error.status
        assert found == status

    run(opened())


@pytest.mark.slow
def test_a_visitor_stays_with_one_dashboard(running: cluster.Running) -> None:
    given = get(running, "/")
    route = given.cookies["route"]
    assert "HttpOnly" in given.headers["Set-Cookie"]
    assert "route" not in get(running, "/", Cookie=f"route={route}").cookies
    assert "route" not in get(running, "/lite").cookies


@pytest.mark.slow
def test_logs_hold_no_whole_address_and_no_query(running: cluster.Running) -> None:
    get(running, "/lite/air?lang=en&pledge=private")
    logged = (running.folder / "access.log").read_text()
    assert "127.0.0.0 " in logged
    assert "127.0.0.1" not in logged
    assert "pledge" not in logged
    assert "requests" not in logged  # the name of this client
