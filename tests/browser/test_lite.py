"""The light pages in a real browser: nothing wrong for anybody's eyes, hands or ears, nothing asked of others, soon there."""

from collections.abc import Iterator
from urllib.parse import urlparse

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from tests import living
from tests.served import SIZES, dashboard

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PATHS = (
    "",
    "air",
    "water",
    "waste",
    "greening",
    "goals",
    "tasks",
    "alerts",
    "section/xiaoxia",
    "section/xigang",
    "station/3055A",
    "indicator/good_day_share_pct",
    "indicator/xiaoxia_class",
    "nothing",
)
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1"
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8}
TRIES = 12
MOMENT = "2026-11-23T18:30"
LARGEST_PAINT = """new Promise(done => new PerformanceObserver(list => done(list.getEntries().at(-1).startTime))
    .observe({type: 'largest-contentful-paint', buffered: true}))"""
# Links in running text may be lower than 24 px; those that stand alone may not (WCAG 2.5.8).
SMALL_TARGETS = """[...document.querySelectorAll('header a, summary, .line a')]
    .map(a => [a.textContent, a.getBoundingClientRect()]).filter(([, r]) => r.width && (r.height < 24 || r.width < 24))
    .map(([text, r]) => `${text} ${r.width}×${r.height}`)"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A dashboard on which every source has told something."""
    with living.told(tmp_path_factory.mktemp("lite"), MOMENT), dashboard(XINING_TODAY=MOMENT) as url:
        yield url


@pytest.fixture(scope="module")
def phone(chrome: Browser) -> Iterator[BrowserContext]:
    """A phone."""
    width, height = SIZES["phone"]
    context = chrome.new_context(viewport={"width": width, "height": height})
    yield context
    context.close()


@pytest.fixture
def page(phone: BrowserContext) -> Iterator[Page]:
    opened = phone.new_page()
    yield opened
    opened.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_stands_in_anybodys_way(address: str, page: Page, lang: str, theme: str) -> None:
    for path in PATHS:
        page.goto(f"{address}/lite/{path}?lang={lang}&theme={theme}")
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        found = Axe().run(page, options=RULES if theme == "light" else COLOURS).response["violations"]
        told = [(one["id"], [node["html"][:160] for node in one["nodes"][:3]]) for one in found]
        assert not told, f"{path}: {told}"
        small = page.evaluate(SMALL_TARGETS)
        assert not small, f"{path}: {small}"


@pytest.mark.parametrize("width", [320, 390, 1440])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_page_is_wider_than_its_screen(address: str, page: Page, lang: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    for path in PATHS:
        page.goto(f"{address}/lite/{path}?lang={lang}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_a_page_is_one_answer_of_this_host(address: str, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in PATHS:
        page.goto(f"{address}/lite/{path}")
    fetched = [url for url in asked if urlparse(url).scheme != "data"]
    assert len(fetched) == len(PATHS)
    assert {urlparse(url).netloc for url in fetched} == {urlparse(address).netloc}


@pytest.mark.parametrize("path", PATHS[:-1])
def test_the_largest_paint_is_within_a_second_on_a_slow_phone(address: str, page: Page, path: str) -> None:
    link = page.context.new_cdp_session(page)
    link.send("Network.enable")
    link.send("Network.setCacheDisabled", {"cacheDisabled": True})
    link.send("Network.emulateNetworkConditions", SLOW)
    link.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    painted = []
    while len(painted) < TRIES and min(painted, default=9999) > 1000:  # the machine may be busy with other things
        page.goto(f"{address}/lite/{path}")
        painted.append(page.evaluate(LARGEST_PAINT))
    assert min(painted) <= 1000


def test_a_device_in_the_dark_gets_a_dark_page_and_paper_a_white_one(address: str, chrome: Browser) -> None:
    page = chrome.new_context(color_scheme="dark").new_page()
    page.goto(f"{address}/lite")
    ground = "getComputedStyle(document.body).backgroundColor"
    ink = "getComputedStyle(document.body).color"
    assert (page.evaluate(ground), page.evaluate(ink)) == ("rgb(7, 24, 38)", "rgb(234, 242, 248)")
    page.emulate_media(media="print")
    assert page.evaluate(ink) == "rgb(18, 38, 58)"
    assert not page.locator(".bar").is_visible()
    page.context.close()


def test_a_phone_is_offered_the_light_page_and_may_choose_the_other_for_good(address: str, chrome: Browser) -> None:
    context = chrome.new_context(user_agent=IPHONE, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{address}/?lang=en")
    assert page.url == f"{address}/lite?lang=en"
    page.get_by_role("link", name="Interactive").click()
    page.wait_for_selector("[data-testid=stApp]", timeout=45_000)
    page.goto(f"{address}/")
    assert urlparse(page.url).path == "/"
    context.close()


def test_from_a_shared_link_to_advice_by_keyboard(address: str, page: Page) -> None:
    page.goto(f"{address}/lite?lang=en")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.get_by_role("link", name="What each group should do").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/lite/air*")
    folded = page.locator("summary", has_text="What to do at each level")
    folded.focus()
    page.keyboard.press("Enter")
    assert page.get_by_role("columnheader", name="What to do").is_visible()
