"""The dashboard in a real browser: every page, both languages, phone and desktop, nothing asked of any outside host."""

import re
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Browser, Page

from dashboard import PAGES
from tests.served import SIZES, dashboard, settle

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

# Names and signs that stand in Latin letters on a Chinese page, and hanzi that stand on an English one.
LATIN = re.compile(r"[A-Za-z]{4,}")
LATIN_KEPT = re.compile(
    r"quotsoft\.net|aqistudy|IAQI|OpenStreetMap|ODbL|search|Theil–Sen|Kendall|Künsch|Hirsch|Slack|chensian/aqispider|GitHub|HeQinWill|jikin001/water_quality|jinxiaolong2025/water-scraper|Jesse-dry/AquaDetective|"
    r"snapshots/\w+|Open-Meteo|MODIS|CAMS|CNEMC|VOCs|CODMn|GeoJSON|WebGL|BOD5|"
    r"https?://\S+|python -m \S+( \S+)?|[\w/]+\.(csv|net|geojson|json)|\w+_\w+"
)
HANZI = re.compile(r"[一-鿿]")
HANZI_KEPT = re.compile(
    r"修改单|环办(监测)?|环气|（\d+）\d+号|〔\d+〕\d+ ?号"
)  # official numbers of standards, papers and maps
# What stands on the page, without an icon font's letters and what is marked as another language's.
READ = """(() => {
    const copy = document.querySelector('[data-testid=stMain]').cloneNode(true);
    copy.querySelectorAll('[data-testid=stIconMaterial], [lang], script, style').forEach(part => part.remove());
    return copy.textContent;
})()"""


def visit(chrome: Browser, url: str, size: str, **options: object) -> tuple[Page, list[str]]:
    """Open a page and collect every host it asks."""
    width, height = SIZES[size]
    page = chrome.new_context(viewport={"width": width, "height": height}, **options).new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(url)
    settle(page)
    return page, asked


def path(name: str) -> str:
    return "" if name == PAGES[0] else name


def test_a_deep_link_is_answered_by_the_door_on_a_fresh_server(chrome: Browser) -> None:
    """The very first visit goes to a page below the door: title, language and navigation must be there."""
    with dashboard() as fresh:
        page, _ = visit(chrome, f"{fresh}/goals?lang=en", "desktop")
        assert page.title() == "Goals · Bluer Sky, Clearer Water · Xining's environment"
        assert page.locator("html").get_attribute("lang") == "en"
        assert page.get_by_role("link", name="Greening").count() >= 1
        page.context.close()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_on_a_phone(address: str, chrome: Browser, name: str, lang: str) -> None:
    page, asked = visit(chrome, f"{address}/{path(name)}?lang={lang}", "phone")
    assert page.locator(".pagefail, [data-testid=stException]").count() == 0
    hosts = {urlparse(url).hostname for url in asked if urlparse(url).scheme in ("http", "https", "ws", "wss")}
    assert hosts == {"127.0.0.1"}
    wide = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
    assert wide <= SIZES["phone"][0], f"{wide} px wide"
    text = page.evaluate(READ)
    if lang == "zh":
        assert not LATIN.findall(LATIN_KEPT.sub("", text)), LATIN.findall(LATIN_KEPT.sub("", text))[:8]
    else:
        stray = HANZI.findall(HANZI_KEPT.sub("", text))
        assert not stray, "".join(stray)[:80]
    page.context.close()


@pytest.mark.parametrize("name", [name for name in PAGES if name != "wall"])  # it tells how to set a screen up
def test_every_number_opens_to_its_origin(address: str, chrome: Browser, name: str) -> None:
    page, _ = visit(chrome, f"{address}/{path(name)}?lang=zh", "desktop")
    bare = page.evaluate(
        """[...document.querySelectorAll('.value:not(.none)')]
             .filter(v => !v.closest('.card')?.querySelector('details.origin')).map(v => v.textContent)"""
    )
    assert not bare
    charts = page.locator("[data-testid=stPlotlyChart], [data-testid=stDeckGlJsonChart]").count()
    origins = page.locator("details.origin").count()
    assert origins >= max(charts, 1)
    page.context.close()


def test_every_chart_has_words_for_a_screen_reader(address: str, chrome: Browser) -> None:
    for name in ("air", "water", "waste", "greening", "actions"):
        page, _ = visit(chrome, f"{address}/{name}?lang=zh", "desktop")
        for chart in page.locator("[data-testid=stPlotlyChart], [data-testid=stDeckGlJsonChart]").all():
            assert chart.evaluate(
                "c => (c.closest('[aria-label]') || c.querySelector('[aria-label]'))?.getAttribute('aria-label')"
            )
        page.context.close()


def test_language_and_theme_are_kept_from_page_to_page(address: str, chrome: Browser) -> None:
    page, _ = visit(chrome, f"{address}/?lang=en&theme=dark", "desktop")
    page.get_by_role("link", name="Goals").first.click()
    page.wait_for_url("**/goals*")
    settle(page)
    assert "promises" in page.locator("h1").first.inner_text()
    page.reload()
    settle(page)
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.evaluate("getComputedStyle(document.querySelector('.stApp')).colorScheme") == "dark"
    page.context.close()


def test_an_embedded_page_shows_no_navigation(address: str, chrome: Browser) -> None:
    page, _ = visit(chrome, f"{address}/?embed=true&lang=en", "desktop")
    assert page.get_by_role("link", name="Data & methods").count() == 0
    page.context.close()


def test_the_first_page_asks_for_no_chart_library(address: str, chrome: Browser) -> None:
    _, asked = visit(chrome, f"{address}/", "phone")
    assert not [url for url in asked if re.search(r"[Pp]lotly|DeckGl", url)]
