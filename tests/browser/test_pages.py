"""The dashboard in a real browser: every page, both languages, phone and desktop, nothing asked of any outside host."""

import re

import pytest
from playwright.sync_api import Browser

from dashboard import PAGES
from tests.browser.records import CHARTS, LOOKS, MAPS, PLACES, Records, hosts, opened, visitor
from tests.served import SIZES, dashboard, settle

# Names and signs that stand in Latin letters on a Chinese page, and hanzi that stand on an English one.
LATIN = re.compile(r"[A-Za-z]{4,}")
LATIN_KEPT = re.compile(
    r"quotsoft\.net|aqistudy|IAQI|OpenStreetMap|ODbL|search|Theil–Sen|Kendall|Künsch|Hirsch|Slack|chensian/aqispider|GitHub|HeQinWill|jikin001/water_quality|jinxiaolong2025/water-scraper|Jesse-dry/AquaDetective|"
    r"snapshots/\w+|Open-Meteo|MODIS|CAMS|CNEMC|VOCs|CODMn|GeoJSON|Excel|WebGL|BOD5|"
    r"https?://\S+|python -m \S+( \S+)?|[\w/]+\.(csv|net|geojson|json)|\w+_\w+"
)
RULES_AND_TERMS = {"method?tab=rules", "method?tab=words"}  # which show no figures of their own
HANZI = re.compile(r"[一-鿿]")
HANZI_KEPT = re.compile(
    r"修改单|环办(监测)?|环气|（\d+）\d+号|〔\d+〕\d+ ?号"
)  # official numbers of standards, papers and maps


def test_a_deep_link_is_answered_in_full_on_a_fresh_server(chrome: Browser) -> None:
    """The very first visit goes to a page other than the first: title, language and navigation must be there."""
    with dashboard() as fresh:
        page, _ = opened(visitor(chrome, "desktop"), f"{fresh}/goals?lang=en")
        assert page.title() == "Goals · Bluer Sky, Clearer Water · Xining's environment"
        assert page.locator("html").get_attribute("lang") == "en"
        assert page.get_by_role("link", name="Greening").count() >= 1
        page.context.close()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", PLACES)
def test_a_page_on_a_phone(records: Records, name: str, lang: str) -> None:
    seen = records.plain(name, lang)
    assert seen.found["failed"] == 0
    assert hosts(seen.asked) == {"127.0.0.1"}
    assert seen.found["wide"] <= SIZES["phone"][0]  # px
    text = seen.found["text"]
    if lang == "zh":
        assert not LATIN.findall(LATIN_KEPT.sub("", text)), LATIN.findall(LATIN_KEPT.sub("", text))[:8]
    else:
        stray = HANZI.findall(HANZI_KEPT.sub("", text))
        assert not stray, "".join(stray)[:80]


@pytest.mark.parametrize("name", [name for name in PLACES if name != "wall"])  # it explains how to set a screen up
def test_every_number_opens_to_its_origin(records: Records, name: str) -> None:
    found = records.plain(name, "zh").found
    assert not found["bare"]
    assert found["sources"] >= max(len(found["charts"]), 0 if name in RULES_AND_TERMS else 1)


@pytest.mark.parametrize("name", sorted(CHARTS | MAPS))
def test_every_chart_has_words_for_a_screen_reader(records: Records, name: str) -> None:
    charts = records.live(name, LOOKS[name][0]).found["charts"]  # some are drawn from readings alone
    assert charts
    assert all(charts)


def test_language_and_theme_are_kept_from_page_to_page(address: str, chrome: Browser) -> None:
    page, _ = opened(visitor(chrome, "desktop"), f"{address}/?lang=en&theme=dark")
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
    page, _ = opened(visitor(chrome, "desktop"), f"{address}/?embed=true&lang=en")
    assert page.get_by_role("link", name="Data & methods").count() == 0
    page.context.close()


@pytest.mark.parametrize("name", PAGES[:1])
def test_the_first_page_asks_for_no_chart_library(records: Records, name: str) -> None:
    asked = records.plain(name, "zh").asked
    assert asked
    assert not [url for url in asked if re.search(r"[Pp]lotly|DeckGl", url)]
