"""Near me: the browser's position chooses a station, and only the station's code leaves the browser."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from reports import air_now
from tests.browser import records
from tests.served import settle

HERE = {"latitude": 36.58, "longitude": 101.83}  # beside 3629A, Shiji Vocational School


def opened(chrome: Browser, site: str, **context: Any) -> Page:
    page, _ = records.opened(records.visitor(chrome, "phone", **context), f"{site}/air?lang=en")
    return page


@pytest.mark.usefixtures("at_the_moment")
def test_the_nearest_station_is_chosen_and_no_position_is_sent(chrome: Browser, live_address: str) -> None:
    page = opened(chrome, live_address, geolocation=HERE, permissions=["geolocation"])
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_role("link", name="The station nearest to me").click()
    page.wait_for_url("**station=3629A**")
    settle(page)
    card = page.locator(".card", has_text="Shiji Vocational School, 18:00")
    now = air_now.now()
    assert now
    index = next(one.hour.aqi for one in now.stations if one.station_id == "3629A")
    assert index
    assert card.locator(".value").first.inner_text().startswith(f"{index:.0f}")
    assert not [url for url in asked if "36.5" in url or "101.8" in url]
    page.context.close()


def test_without_a_position_the_list_is_offered(chrome: Browser, live_address: str) -> None:
    page = opened(chrome, live_address)
    page.get_by_role("link", name="The station nearest to me").click()
    page.wait_for_selector("text=please choose from the list")
    page.context.close()


def test_the_position_stays_in_the_script() -> None:
    """The script reads a position and hands on a station's code; it opens no way out of the browser."""
    script = (Path(__file__).parents[2] / "views" / "assets" / "geolocation.js").read_text(encoding="utf-8")
    assert "getCurrentPosition" in script
    assert not [way for way in ("fetch", "XMLHttpRequest", "sendBeacon", "WebSocket", "Image(") if way in script]
