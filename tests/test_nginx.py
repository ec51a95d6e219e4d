"""The nginx site as it is shipped: nginx takes it, and it leads nobody elsewhere (tests/city asks a whole one)."""

import re
import subprocess
from pathlib import Path

import pytest
import requests
import trustme
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from benchmarks import scale
from deploy import site
from tests import cluster

needs_nginx = pytest.mark.skipif(cluster.nginx() is None, reason=cluster.NO_NGINX)


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
    started = [str(cluster.nginx()), "-e", str(tmp_path / "error.log"), "-c", str(tmp_path / "nginx.conf")]
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
