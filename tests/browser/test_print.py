"""On A4 every page, light page and tab ends on its second sheet, on white, with drawings as wide as their place."""

import pytest
from playwright.sync_api import Browser

from dashboard import PAGES
from tests.browser.records import (
    LOOKS,
    PAPER,
    PLACES,
    Look,
    Records,
    look_in,
    opened,
    page_of,
    path,
    sheets,
    visitor,
)
from views.addresses import LIGHT_PAGES, light

SHEETS = 2
NO_SOURCES = ("method", "wall", "exhibit")  # lists them all, or has no numbers
FOLDED = "details.table:not([open])"
EVERY_LOOK = [(name, look) for name, looks in LOOKS.items() for look in looks]
# Of each chart's drawing: whether it may be scaled, and how far it goes beyond its place (px).
CHARTS = """() => [...document.querySelectorAll('.stPlotlyChart .main-svg')].map(one => [one.getAttribute('viewBox'),
    Math.round(one.getBoundingClientRect().right - one.closest('.stPlotlyChart').getBoundingClientRect().right)])"""


@pytest.mark.parametrize(("name", "look"), EVERY_LOOK, ids=lambda one: one if isinstance(one, str) else "-".join(one))
def test_a_page_prints_on_white_paper(records: Records, name: str, look: Look) -> None:
    """Dark or light on the screen, white on A4; no navigation and no choice, nothing wider than the paper, a code that leads
    back; it ends on the second sheet."""
    seen = records.live(name, look)
    assert seen.found["foot"] is False
    paper = seen.paper
    assert (paper["ground"], paper["ink"]) == ("rgb(255, 255, 255)", "rgb(18, 38, 58)")
    assert (paper["bar"], paper["header"], paper["code"]) == (False, False, True)
    assert paper["choosing"] == []
    assert paper["tabs"] <= 1
    assert not paper["cut"]
    assert paper["scrolled"] <= 1  # px: the whole page, not one screen of it
    assert 1 <= paper["sheets"] <= SHEETS


@pytest.mark.parametrize("name", PLACES)
def test_paper_says_when_it_was_printed_where_it_stands_and_who_says_so(records: Records, name: str) -> None:
    paper = records.live(name, look_in("zh", name)).paper
    assert paper["foot"].startswith("2026年11月23日")
    assert f"https://sky.example/{path(page_of(name))}".rstrip("/") in paper["foot"]
    if name not in PAGES and page_of(name) != "air":
        return  # folded lists, each row with its source
    assert paper["named"] or name in NO_SOURCES
    if name == "goals":
        assert "西宁市人民政府" in paper["named"][0]


def test_english_light_pages_end_there_too(live_address: str, chrome: Browser) -> None:
    context = visitor(chrome, "desktop")
    page = context.new_page()
    for name in LIGHT_PAGES:
        page.goto(f"{live_address}{light(name)}?lang=en")
        assert 1 <= sheets(page) <= SHEETS, name
    context.close()


def test_a_chart_is_scaled_to_the_paper_and_left_alone_afterwards(live_address: str, chrome: Browser) -> None:
    context = visitor(chrome, "desktop")
    page, _ = opened(context, f"{live_address}/air?lang=zh&tab=years")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.add_style_tag(content=f".stMainBlockContainer {{ width: {PAPER}px !important }}")
    scaled = page.evaluate(CHARTS)
    assert scaled
    assert all(box and beyond <= 1 for box, beyond in scaled)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert not [box for box, _ in page.evaluate(CHARTS) if box]
    context.close()


@pytest.mark.parametrize("name", LIGHT_PAGES)
def test_a_light_page_ends_on_the_second_sheet(live_address: str, chrome: Browser, name: str) -> None:
    context = visitor(chrome, "phone")
    page = context.new_page()
    page.goto(f"{live_address}{light(name)}?lang=zh")
    assert 1 <= sheets(page) <= SHEETS
    page.emulate_media(media="print")
    assert not page.locator(f":is(nav, {FOLDED})").filter(visible=True).count()
    assert page.locator(".printed").inner_text().startswith("2026年11月23日")
    context.close()
