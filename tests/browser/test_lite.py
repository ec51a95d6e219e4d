"""The light pages in a real browser: nothing wrong for anybody's eyes, hands or ears, nothing asked of others, soon there."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, Request

from tests import served
from tests.browser.axe import COLOURS, RULES, examined
from tests.browser.records import LARGEST, NARROW, visitor

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


def at(path: str) -> str:
    """The one address of a light page."""
    return f"/lite/{path}".rstrip("/")


IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1"
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8}
TRIES = 12
LANGS = ("zh", "en")
WIDTHS = (320, 390, 1440)  # px
WIDTH_OF_TEXT = """size => { document.documentElement.dataset.text = size;
    return document.documentElement.scrollWidth }"""
LARGEST_PAINT = """new Promise(done => new PerformanceObserver(list => done(list.getEntries().at(-1).startTime))
    .observe({type: 'largest-contentful-paint', buffered: true}))"""
# How a page looks with all that is folded open: its HTML, the place and the colours of every part.
UNFOLDED = """() => {
  document.querySelectorAll('details').forEach(one => one.open = true);
  const looks = [...document.querySelectorAll('body, body *')].map(one => {
    const {x, y, width, height} = one.getBoundingClientRect(), {color, background, font} = getComputedStyle(one);
    return [x, y, width, height, color, background, font].join() });
  return [new XMLSerializer().serializeToString(document.doctype) + document.documentElement.outerHTML, looks.join('; ')] }"""
Seen = Callable[[str, str], dict[str, dict[str, Any]]]  # of a language and a theme: by path
# Links in running text may be lower than 24 px; those that stand alone may not (WCAG 2.5.8).
SMALL_TARGETS = """[...document.querySelectorAll('header a, summary, .line a')]
    .map(a => [a.textContent, a.getBoundingClientRect()]).filter(([, r]) => r.width && (r.height < 24 || r.width < 24))
    .map(([text, r]) => `${text} ${r.width}×${r.height}`)"""


@pytest.fixture
def phone(chrome: Browser) -> Iterator[BrowserContext]:
    """A phone."""
    context = visitor(chrome, "phone")
    yield context
    context.close()


@pytest.fixture
def page(phone: BrowserContext) -> Iterator[Page]:
    opened = phone.new_page()
    yield opened
    opened.close()


@pytest.fixture(scope="package")
def seen(chrome: Browser, live_address: str) -> Iterator[Seen]:
    """What every light page is in a language and a theme, by its path; each is opened once."""
    with_axe = visitor(chrome, "phone").new_page()
    with_axe.goto(f"{live_address}{at('')}")

    @cache
    def pages(lang: str, theme: str) -> dict[str, dict[str, Any]]:
        page = visitor(chrome, "phone").new_page()
        found = {path: _record(page, f"{live_address}{at(path)}?lang={lang}&theme={theme}") for path in PATHS}
        page.context.close()
        rules = RULES if theme == "light" else COLOURS
        return {path: {**one, "violated": _violated(with_axe, one["looks"], rules)} for path, one in found.items()}

    yield pages
    with_axe.context.close()


def _record(page: Page, url: str) -> dict[str, Any]:
    """A light page: what it asks for, its width at each width of a window (px), what is small, how it looks."""
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    page.on("request", note)
    page.goto(url)
    wide = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        wide[width] = page.evaluate("document.documentElement.scrollWidth")
    page.set_viewport_size({"width": NARROW, "height": 844})
    large = page.evaluate(WIDTH_OF_TEXT, LARGEST)
    page.evaluate(WIDTH_OF_TEXT, "100")
    page.set_viewport_size({"width": 390, "height": 844})
    looks = page.evaluate(UNFOLDED)
    small = page.evaluate(SMALL_TARGETS)
    page.remove_listener("request", note)
    return {"asked": asked, "wide": wide, "large": large, "looks": looks, "small": small}


def _violated(with_axe: Page, looks: list[str], rules: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """What axe finds on a page, which is written into a document that has axe already and looks there as it does alone.

    A light page has no script: it is its HTML. In a document of its own each would cost twice as much, as axe is slow there
    at first.
    """
    with_axe.set_content(looks[0])
    assert with_axe.evaluate(UNFOLDED) == looks
    return [(one["id"], [node["html"][:160] for node in one["nodes"][:3]]) for one in examined(with_axe, rules)]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("lang", LANGS)
def test_nothing_stands_in_anybodys_way(seen: Seen, lang: str, theme: str) -> None:
    for path in PATHS:
        page = seen(lang, theme)[path]
        assert not page["violated"], path
        assert not page["small"], path


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("lang", LANGS)
def test_no_page_is_wider_than_its_screen(seen: Seen, lang: str, width: int) -> None:
    for path in PATHS:
        assert seen(lang, "light")[path]["wide"][width] <= width, path


@pytest.mark.parametrize("lang", LANGS)
def test_the_largest_text_is_no_wider_than_the_narrowest_phone(seen: Seen, lang: str) -> None:
    for path in PATHS:
        assert seen(lang, "light")[path]["large"] <= NARROW, path


@pytest.mark.parametrize("lang", LANGS)
def test_a_page_is_one_answer_of_this_host(live_address: str, seen: Seen, lang: str) -> None:
    for path in PATHS:
        fetched = [url for url in seen(lang, "light")[path]["asked"] if urlparse(url).scheme != "data"]
        assert [urlparse(url).netloc for url in fetched] == [urlparse(live_address).netloc], path


# A page with one line and one colour, to measure others against: what the browser and the line cost by themselves.
BARE = "<!doctype html><html lang=en><title>bare</title><style>p{color:#123}</style><p>The sky is blue.</p></html>"
TIMES_BARE = 3  # how much later than that the largest part of a page may be painted


@pytest.mark.parametrize("path", PATHS[:-1])
def test_the_largest_paint_on_a_slow_phone_is_near_that_of_a_bare_page(
    live_address: str, page: Page, path: str
) -> None:
    """Both come down the same slow line to the same slow phone in the same run; the nearest pair of some counts."""
    page.route("**/lite/bare", lambda route: route.fulfill(body=BARE, content_type="text/html"))
    _slow(page.context.new_cdp_session(page))
    ratios: list[float] = []
    while len(ratios) < TRIES and min(ratios, default=TIMES_BARE + 1) > TIMES_BARE:
        bare = _largest_paint(page, f"{live_address}/lite/bare")
        ratios.append(_largest_paint(page, f"{live_address}{at(path)}") / bare)
    print(f"{path}: {min(ratios):.1f} times a bare page's")
    assert min(ratios) <= TIMES_BARE


def _slow(link: CDPSession) -> None:
    link.send("Network.enable")
    link.send("Network.setCacheDisabled", {"cacheDisabled": True})
    link.send("Network.emulateNetworkConditions", SLOW)
    link.send("Emulation.setCPUThrottlingRate", {"rate": 4})


def _largest_paint(page: Page, url: str) -> float:
    """Milliseconds from asking to the largest paint."""
    page.goto(url)
    return float(page.evaluate(LARGEST_PAINT))


def test_a_device_in_the_dark_gets_a_dark_page_and_paper_a_white_one(live_address: str, chrome: Browser) -> None:
    page = served.visitor(chrome, color_scheme="dark").new_page()
    page.goto(f"{live_address}/lite")
    ground = "getComputedStyle(document.body).backgroundColor"
    ink = "getComputedStyle(document.body).color"
    assert (page.evaluate(ground), page.evaluate(ink)) == ("rgb(7, 24, 38)", "rgb(234, 242, 248)")
    page.emulate_media(media="print")
    assert page.evaluate(ink) == "rgb(18, 38, 58)"
    assert not page.locator(".bar").is_visible()
    page.context.close()


def test_a_phone_is_offered_the_light_page_and_may_choose_the_other_for_good(
    live_address: str, chrome: Browser
) -> None:
    context = served.visitor(chrome, user_agent=IPHONE, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{live_address}/?lang=en")
    assert page.url == f"{live_address}/lite?lang=en"
    page.get_by_role("link", name="Interactive").click()
    page.wait_for_selector("[data-testid=stApp]", timeout=60_000)
    page.goto(f"{live_address}/")
    assert urlparse(page.url).path == "/"
    context.close()


def test_from_a_shared_link_to_advice_by_keyboard(live_address: str, page: Page) -> None:
    page.goto(f"{live_address}/lite?lang=en")
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
