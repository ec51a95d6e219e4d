"""What search engines get: one file that says what may be read, one that lists every page in both languages."""

from xml.etree import ElementTree

import pytest
from starlette.applications import Starlette

from tests import asgi
from views.addresses import LIGHT_PAGES, OPEN_DATA, light
from views.exports import charts as registered
from views.http import crawlers

app = Starlette(routes=crawlers.routes())
SPACES = {"s": crawlers.SPACE, "x": crawlers.LINKS}


def test_robots_may_read_all_but_what_is_no_page() -> None:
    lines = asgi.ask(app, "/robots.txt", host="green.example").content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert "Disallow: /embed/" in lines
    assert "Disallow: /" not in lines
    assert lines[-1] == "Sitemap: http://green.example/sitemap.xml"


def test_the_site_map_lists_every_page_in_both_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XINING_PUBLIC_URL", "https://green.example")
    root = ElementTree.fromstring(asgi.ask(app, "/sitemap.xml").content)
    found = [one.text for one in root.findall("s:url/s:loc", SPACES)]
    paths = [
        "/",
        "/air",
        "/method",
        *map(light, LIGHT_PAGES),
        OPEN_DATA,
        *(f"/chart/{name}" for name in registered.registry()),
    ]
    for path in paths:
        assert f"https://green.example{path}" in found, path
        assert f"https://green.example{path}?lang=en" in found, path
    assert len(found) == len(set(found))
    entry = next(one for one in root if one.findtext("s:loc", namespaces=SPACES) == "https://green.example/air")
    assert {one.get("hreflang"): one.get("href") for one in entry.findall("x:link", SPACES)} == {
        "zh-CN": "https://green.example/air",
        "en": "https://green.example/air?lang=en",
    }
