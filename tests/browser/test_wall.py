"""The wall in a real browser: it fits, it can be read from afar, it leads on."""

import pytest
from playwright.sync_api import Browser, Page

from views.wall.frame import SCENES

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
SMALLEST = """() => {
  const scene = document.querySelector('.scene'), walk = document.createTreeWalker(scene, NodeFilter.SHOW_TEXT);
  let smallest = 1e9;
  while (walk.nextNode()) {
    const box = walk.currentNode.parentElement, svg = box.closest('svg');
    if (!walk.currentNode.textContent.trim() || box.tagName === 'title' || !box.getClientRects().length) continue;
    smallest = Math.min(smallest, parseFloat(getComputedStyle(box).fontSize) * (svg ? svg.getScreenCTM().a : 1));
  }
  return smallest;
}"""
ROOM_LEFT = """() => {
  const picture = document.querySelector('.picture'), numbers = document.querySelector('.numbers');
  const low = Math.max(...[...picture.querySelectorAll('.board, svg')].map(part => part.getBoundingClientRect().bottom));
  return numbers.getBoundingClientRect().top - low;
}"""


def opened(chrome: Browser, url: str, width: int, height: int) -> Page:
    page = chrome.new_context(viewport={"width": width, "height": height}, color_scheme="light").new_page()
    page.goto(url)
    page.wait_for_selector(".scene")
    return page


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (3840, 2160)])
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", SCENES)
def test_a_scene_fits_the_wall_and_can_be_read_from_five_metres(
    address: str, chrome: Browser, name: str, lang: str, width: int, height: int
) -> None:
    page = opened(chrome, f"{address}/?view=wall&scene={name}&lang={lang}&theme=light", width, height)
    scene = page.locator(".scene")
    assert scene.evaluate("s => [s.scrollWidth, s.scrollHeight]") == [width, height]
    assert page.evaluate(ROOM_LEFT) >= 0
    assert page.evaluate(SMALLEST) >= 22 * height / 1080
    assert scene.evaluate("s => getComputedStyle(s).color") == "rgb(234, 242, 248)"  # dark though the theme is light
    page.context.close()


def test_the_wall_is_stepped_by_keyboard(address: str, chrome: Browser) -> None:
    page = opened(chrome, f"{address}/?view=wall", 1920, 1080)
    page.get_by_role("link", name="湟水").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".wall-river")
    assert "scene=river" in page.url
    page.context.close()
