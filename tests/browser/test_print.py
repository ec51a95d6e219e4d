"""On A4 every page, light page and tab ends on its second sheet, with drawings as wide as their place."""

import re

import pytest
from playwright.sync_api import Browser, Page

from dashboard import PAGES
from tests.browser.conftest import Windows
from tests.browser.records import PAPER, opened, path, visitor, within
from views.addresses import LIGHT_PAGES, TABS, light

SHEETS = 2
A_SHEET = re.compile(rb"/Type\s*/Page\b(?!s)")
FIRST_TABS = [(name, TABS.get(name, ("",))[0]) for name in PAGES]
TABBED = [*FIRST_TABS, *((name, tab) for name, tabs in TABS.items() for tab in tabs[1:])]
NO_SOURCES = ("method", "wall", "exhibit")  # lists them all, or has no numbers
CHOOSING = (
    "[data-testid=stButtonGroup], [data-testid=stSelectbox], [data-testid=stCheckbox], .bar, [data-testid=stHeader]"
)
FOLDED = "details.table:not([open])"
# Of each chart's drawing: whether it may be scaled, and how far it goes beyond its place (px).
CHARTS = """() => [...document.querySelectorAll('.stPlotlyChart .main-svg')].map(one => [one.getAttribute('viewBox'),
    Math.round(one.getBoundingClientRect().right - one.closest('.stPlotlyChart').getBoundingClientRect().right)])"""


def sheets(page: Page) -> int:
    """How many sheets of A4 the page takes."""
    return len(A_SHEET.findall(page.pdf(prefer_css_page_size=True)))


@pytest.mark.parametrize(("name", "tab"), TABBED, ids=lambda one: one or "first")
def test_a_page_ends_on_the_second_sheet(living_address: str, windows: Windows, name: str, tab: str) -> None:
    page = windows("desktop", living_address).open(f"{path(name)}?lang=zh&theme=light&tab={tab}")
    assert page.locator(".printed").is_hidden()
    assert 1 <= sheets(page) <= SHEETS
    page.emulate_media(media="print")
    assert not page.locator(f":is({CHOOSING}, {FOLDED})").filter(visible=True).count()
    assert page.get_by_role("tab").filter(visible=True).count() <= 1
    line = page.locator(".printed").inner_text()
    assert line.startswith("2026年11月23日")
    assert f"https://sky.example/{path(name)}".rstrip("/") in line
    named = page.locator(".origin > summary, .on-paper").filter(visible=True)
    if (name, tab) not in FIRST_TABS and name != "air":
        return  # folded lists, each row with its source
    assert named.count() or name in NO_SOURCES
    if name == "goals":
        assert "西宁市人民政府" in named.first.inner_text()


@pytest.mark.parametrize("name", PAGES)
def test_an_english_page_ends_there_too(living_address: str, windows: Windows, name: str) -> None:
    page = windows("desktop", living_address).open(within(path(name), lang="en", theme="light"))
    assert 1 <= sheets(page) <= SHEETS


def test_english_light_pages_end_there_too(living_address: str, chrome: Browser) -> None:
    context = visitor(chrome, "desktop")
    page = context.new_page()
    for name in LIGHT_PAGES:
        page.goto(f"{living_address}{light(name)}?lang=en")
        assert 1 <= sheets(page) <= SHEETS, name
    context.close()


def test_a_chart_is_scaled_to_the_paper_and_left_alone_afterwards(living_address: str, chrome: Browser) -> None:
    context = visitor(chrome, "desktop")
    page, _ = opened(context, f"{living_address}/air?lang=zh&tab=years")
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
def test_a_light_page_ends_on_the_second_sheet(living_address: str, chrome: Browser, name: str) -> None:
    context = visitor(chrome, "phone")
    page = context.new_page()
    page.goto(f"{living_address}{light(name)}?lang=zh")
    assert 1 <= sheets(page) <= SHEETS
    page.emulate_media(media="print")
    assert not page.locator(f":is(nav, {FOLDED})").filter(visible=True).count()
    assert page.locator(".printed").inner_text().startswith("2026年11月23日")
    context.close()
