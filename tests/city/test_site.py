"""What nginx makes of the site: it closes, caches, limits and forgets what it must."""

import aiohttp
import pytest
import requests

from tests.asgi import run
from tests.city.conftest import PATIENCE_S
from tests.cluster import Running
from views import assets


def get(site: Running, path: str, method: str = "GET", **headers: str) -> requests.Response:
    return requests.request(method, site.address + path, headers=headers, timeout=PATIENCE_S, allow_redirects=False)


@pytest.mark.parametrize(
    "path", ["/metrics", "/_stcore/metrics", "/_stcore/upload_file/a/b", "/_stcore/script-health-check"]
)
def test_what_is_internal_is_closed(site: Running, path: str) -> None:
    assert get(site, path).status_code == 404


def test_a_foreign_host_gets_no_answer(site: Running) -> None:
    with pytest.raises(requests.ConnectionError):
        get(site, "/", Host="elsewhere.example")


@pytest.mark.parametrize("path", ["/lite/goals", "/api/v1/now", "/data/targets.csv", "/wall/scene/river"])
def test_the_second_visitor_is_answered_by_nginx(site: Running, path: str) -> None:
    first, second = get(site, path), get(site, path)
    assert (first.status_code, second.status_code) == (200, 200)
    assert second.headers["X-Cache"] == "HIT"
    assert second.content == first.content


def test_nobody_gets_what_another_chose(site: Running) -> None:
    chosen = get(site, "/lite/water", Cookie="lang=en; theme=dark")
    plain = get(site, "/lite/water", Cookie="other=1")
    both = get(site, "/lite/water", Cookie="lang=zh; lang=en")  # the application would take the second
    assert (chosen.status_code, chosen.headers["Location"]) == (302, "/lite/water?lang=en&theme=dark")
    assert '<html lang="zh-CN">' in plain.text
    assert '<html lang="zh-CN">' in both.text
    assert "lang=en" not in plain.headers.get("Set-Cookie", "")
    again = get(site, "/lite/water", Cookie="lang=en; theme=dark")
    assert (again.status_code, again.headers["X-Cache"]) == (302, "BYPASS")


def test_one_cached_page_serves_all_who_request_its_address(site: Running) -> None:
    address = "/lite/greening?lang=en&theme=dark"
    first = get(site, address)
    assert '<html lang="en" data-theme="dark">' in first.text
    for cookie in ("lang=en; theme=dark", "lang=zh; text=100; contrast=normal", "district=huangyuan", "other=1"):
        second = get(site, address, Cookie=cookie)
        assert (second.headers["X-Cache"], second.content) == ("HIT", first.content)
    assert get(site, address, Cookie="text=140").headers["Location"].endswith("?lang=en&theme=dark&text=140")
    assert "Set-Cookie" not in first.headers
    assert "cookie" not in first.headers["Vary"].lower()


def test_a_choice_is_stored_and_leads_to_its_address(site: Running) -> None:
    chosen = get(site, "/lite/air?theme=dark&keep=1", Cookie="lang=en")
    assert (chosen.status_code, chosen.headers["Location"]) == (302, "/lite/air?theme=dark&lang=en")
    assert "theme=dark; Path=/" in chosen.headers["Set-Cookie"]
    assert get(site, "/lite/air?theme=dark&keep=1").status_code == 302  # never from the cache
    mine = get(site, "/lite", Cookie="district=huangyuan")
    assert mine.headers["Location"] == "/lite?district=huangyuan"


@pytest.mark.parametrize(("accepts", "coding"), [("br", "br"), ("gzip", "gzip"), ("br;q=0", None), ("identity", None)])
def test_a_cached_page_comes_as_the_browser_takes_it(site: Running, accepts: str, coding: str | None) -> None:
    answers = [get(site, "/lite/air", **{"Accept-Encoding": accepts}) for _ in range(2)]
    assert [one.headers.get("Content-Encoding") for one in answers] == [coding, coding]


def test_hashed_files_are_cached_for_a_year(site: Running) -> None:
    answer = get(site, assets.ALL[0].address)
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize(("origin", "status"), [("own", 101), ("http://elsewhere.example", 403), ("", 403)])
def test_only_the_sites_own_pages_open_a_socket(site: Running, origin: str, status: int) -> None:
    """101: switched protocols."""

    async def opened() -> None:
        headers = {"Origin": site.address if origin == "own" else origin} if origin else {}
        async with aiohttp.ClientSession() as client:
            try:
                async with client.ws_connect(f"{site.address}/_stcore/stream", headers=headers):
                    found = 101
            except aiohttp.WSServerHandshakeError as error:
                found = error.status
        assert found == status

    run(opened())


def test_a_visitor_stays_with_one_dashboard(site: Running) -> None:
    given = get(site, "/")
    route = given.cookies["route"]
    assert "HttpOnly" in given.headers["Set-Cookie"]
    assert "route" not in get(site, "/", Cookie=f"route={route}").cookies
    assert "route" not in get(site, "/lite").cookies


def test_logs_hold_no_whole_address_and_no_query(site: Running) -> None:
    get(site, "/lite/air?lang=en&pledge=private")
    logged = (site.folder / "access.log").read_text()
    assert "127.0.0.0 " in logged
    assert "127.0.0.1" not in logged
    assert "pledge" not in logged
    assert "requests" not in logged  # the name of this client
