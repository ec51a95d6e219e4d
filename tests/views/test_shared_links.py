"""What a shared link shows: every address of the site map has its title, sentence and picture; each page has one address."""

import re
from html import unescape
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from tests import asgi
from views.addresses import CHART
from views.http import accounts, api, briefs, charts, crawlers, exhibit, light, pictures, wall
from views.http.shell import Shell

BASE = "https://green.example"
PROPERTY = re.compile(r'<meta property="(og:[a-z_:]+)" content="([^"]*)">')
NEEDED = {"og:type", "og:site_name", "og:title", "og:description", "og:url", "og:image"}
HANZI = re.compile(r"[一-鿿]")


async def _streamlit(_request: Request) -> HTMLResponse:
    """The page Streamlit answers every address of the site with; the shell puts its head in place."""
    spec = find_spec("streamlit")
    assert spec is not None
    assert spec.origin is not None
    return HTMLResponse((Path(spec.origin).parent / "static" / "index.html").read_bytes())


ROUTES = [
    *charts.routes(), *crawlers.routes(), *api.routes(), *light.routes(), *pictures.routes(), *exhibit.routes(), *wall.routes(),
    *briefs.routes(), *accounts.routes(), Route("/{path:path}", _streamlit),
]  # fmt: skip
app = Shell(Starlette(routes=ROUTES))


@pytest.fixture(autouse=True)
def public(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XINING_PUBLIC_URL", BASE)
    monkeypatch.setenv("XINING_TODAY", "2026-11-23T18:30")


def listed() -> list[str]:
    root = ElementTree.fromstring(asgi.ask(app, "/sitemap.xml").content)
    return [str(one.text).removeprefix(BASE) for one in root.iter(f"{{{crawlers.SPACE}}}loc")]


def shown(address: str) -> dict[str, str]:
    """What stands in the head of the page at an address for who shares its link."""
    answer = asgi.ask(app, address, host="green.example")
    assert answer.status_code == 200, address
    return {name: unescape(text) for name, text in PROPERTY.findall(answer.content.decode())}


@pytest.mark.slow  # draws everything there is
def test_every_address_of_the_site_map_has_what_a_shared_link_shows() -> None:
    addresses = listed()
    assert {"/?view=wall", "/?view=exhibit&lang=en", "/api", "/data", "/account/2025?lang=en", "/brief/2026-09"} <= set(
        addresses
    )
    images = set()
    for address in addresses:
        if address.startswith(CHART) and asgi.ask(app, address, host="x").status_code == 503:
            continue  # nothing of it is known at this hour
        found = shown(address)
        assert found.keys() >= NEEDED, address
        assert all(found[name] for name in NEEDED), address
        assert found["og:url"].startswith(f"{BASE}/"), address
        english = "lang=en" in address
        assert bool(HANZI.search(found["og:title"])) != english, address
        assert bool(HANZI.search(found["og:description"])) != english, address
        assert ("lang=en" in found["og:image"]) == english, address
        images.add(found["og:image"])
    pictures_asked = {one for one in images if CHART not in one}
    assert len(pictures_asked) > 10
    for image in pictures_asked:
        address = urlsplit(image)._replace(scheme="", netloc="").geturl()
        answer = asgi.ask(app, address, host="green.example")
        assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png"), image


@pytest.mark.parametrize(
    "address", ["/?view=wall&lang=en", "/?view=exhibit&lang=en", "/account/2025?lang=en", "/api", "/brief/2026-09"]
)
def test_what_is_no_light_page_has_it_too(address: str) -> None:
    assert shown(address).keys() >= NEEDED


@pytest.mark.parametrize(
    ("second", "first"),
    [
        ("/lite/", "/lite"),
        ("/lite/air/?lang=en", "/lite/air?lang=en"),
        ("/data/", "/data"),
        ("/lite/tasks/", "/lite/tasks"),
        ("/lite/district/chengzhong/", "/lite/district/chengzhong"),
        ("/lite/indicator/forest_cover_pct/?lang=en&text=large", "/lite/indicator/forest_cover_pct?lang=en&text=large"),
    ],
)
def test_a_second_address_leads_to_the_first(second: str, first: str) -> None:
    answer = asgi.ask(app, second, host="green.example")
    assert (answer.status_code, answer.headers["location"]) == (301, first)


@pytest.mark.parametrize(
    "address",
    [
        "/lite//api",
        "/lite//data",
        "/lite//",
        "/lite//air",
        "/lite///data",
        "/lite//green.example",
        "/lite/district/nowhere/",
        "/lite//district/chengzhong/",
    ],
)
def test_what_is_no_address_is_none(address: str) -> None:
    answer = asgi.ask(app, address, host="green.example")
    assert answer.status_code == 404
    assert "location" not in answer.headers
