"""Two people on their way, and the network is cut under them: a resident with a shared link, a screen-reader user."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import living
from tests.served import SIZES, dashboard, settle
from tests.wire import Wire, wire
from views.words import Words

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

MOMENT = "2026-11-23T18:30"
ZH, EN = Words("zh"), Words("en")
WECHAT = (
    "Mozilla/5.0 (Linux; Android 12; TAS-AN00) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/107.0 Mobile Safari/537.36 "
    "MicroMessenger/8.0.40"
)
BACK_WITHIN_MS = 30_000  # Streamlit asks again after a pause that grows


@pytest.fixture(scope="module")
def cable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wire]:
    """A dashboard on which everything is alive, at the other end of a cable."""
    folder = tmp_path_factory.mktemp("journeys")
    with living.told(folder, MOMENT), dashboard(XINING_TODAY=MOMENT) as url, wire(url) as laid:
        yield laid


@contextmanager
def cut_and_mended(cable: Wire, page: Page, w: Words) -> Iterator[None]:
    """Cut the network; the page says so in its language and keeps what it shows; in between the caller looks; mend."""
    line = page.get_by_role("status").and_(page.locator(".offline"))
    expect(line).to_be_empty()
    before = page.locator("[data-testid=stMain]").inner_text()
    cable.cut()
    expect(line).to_have_text(w("site.offline"), timeout=BACK_WITHIN_MS)
    assert page.locator("[data-testid=stMain]").inner_text() == before
    assert not re.search("Connection|lost|error", page.locator("body").aria_snapshot()) or w.lang == "en"
    yield
    cable.mend()
    expect(line).to_be_empty(timeout=BACK_WITHIN_MS)
    settle(page)


def test_a_resident_from_a_shared_link_to_advice(cable: Wire, chrome: Browser) -> None:
    """The link says today's air; the light page the advice for a child; the interactive one that of the own district."""
    width, height = SIZES["phone"]
    context = chrome.new_context(
        user_agent=WECHAT, viewport={"width": width, "height": height}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    page.goto(f"{cable.address}/lite/air")
    shared = {
        one.get_attribute("property"): one.get_attribute("content") for one in page.locator("meta[property]").all()
    }
    number = page.locator(".value").first.inner_text().removesuffix("AQI").strip()
    assert number in (shared["og:title"] or "")
    picture = context.request.get(shared["og:image"] or "")
    assert (picture.ok, picture.headers["content-type"]) == (True, "image/png")
    expect(page.locator(".groups li", has_text=ZH("lite.group.children"))).to_be_visible()

    page.get_by_role("link", name=ZH("lite.full")).tap()
    page.wait_for_url(f"{cable.address}/air?full=1*")
    settle(page)
    mine = page.locator(".card", has=page.locator(".groups"))
    expect(mine).to_contain_text(ZH("place.city"))
    expect(mine.locator("li", has_text=ZH("lite.group.children"))).to_be_visible()
    with cut_and_mended(cable, page, ZH):
        mine.scroll_into_view_if_needed()
        mine.locator("details.origin > summary").tap()  # what is on the page can still be opened
        expect(mine.locator("details.origin dl")).to_be_visible()
    page.get_by_role("combobox", name=ZH("place.choose")).tap()
    page.get_by_role("option").nth(2).tap()
    expect(mine).not_to_contain_text(ZH("place.city"))
    assert urlparse(page.url).path == "/air"
    context.close()
