"""Near me: the browser's position chooses a station, and only the station's code leaves the browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests import living
from tests.living import at, hours, tell
from tests.served import dashboard, settle

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SIX = at("2026-11-23T18:00")
HERE = {"latitude": 36.58, "longitude": 101.83}  # beside 3629A, Shiji Vocational School


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A dashboard with two stations on the air."""
    with living.store(tmp_path_factory.mktemp("near")):
        tell("cnemc_air", hours("xining", "aqi", SIX, [84.0], primary_pollutants="PM10"), now=SIX)
        tell("cnemc_air", hours("3055A", "aqi", SIX, [91.0]) + hours("3629A", "aqi", SIX, [160.0]), now=SIX)
        with dashboard(XINING_TODAY="2026-11-23T18:30") as url:
            yield url


def opened(chrome: Browser, site: str, **context: object) -> Page:
    page = chrome.new_context(viewport={"width": 390, "height": 844}, **context).new_page()  # type: ignore[arg-type]
    page.goto(f"{site}/air?lang=en")
    settle(page)
    return page


def test_the_nearest_station_is_chosen_and_no_position_is_sent(chrome: Browser, site: str) -> None:
    page = opened(chrome, site, geolocation=HERE, permissions=["geolocation"])
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_role("link", name="The station nearest to me").click()
    page.wait_for_url("**station=3629A**")
    settle(page)
    card = page.locator(".card", has_text="Shiji Vocational School, 18:00")
    assert "160" in card.inner_text()
    assert not [url for url in asked if "36.5" in url or "101.8" in url]
    page.context.close()


def test_without_a_position_the_list_is_offered(chrome: Browser, site: str) -> None:
    page = opened(chrome, site)
    page.get_by_role("link", name="The station nearest to me").click()
    page.wait_for_selector("text=please choose from the list")
    page.context.close()


def test_the_position_stays_in_the_script() -> None:
    """The script reads a position and hands on a station's code; it opens no way out of the browser."""
    script = (Path(__file__).parents[2] / "views" / "assets" / "geolocation.js").read_text(encoding="utf-8")
    assert "getCurrentPosition" in script
    assert not [way for way in ("fetch", "XMLHttpRequest", "sendBeacon", "WebSocket", "Image(") if way in script]
