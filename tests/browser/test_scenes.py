"""The whole screens in a real browser: they fit, they can be read from afar and touched, they lead on."""

import pytest
from playwright.sync_api import Browser, Page

from tests.served import settle
from views.wall_blocks import SCENES

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
    settle(page)
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


def test_the_exhibit_leads_through_all_chapters_and_back_to_the_first(address: str, chrome: Browser) -> None:
    page = opened(chrome, f"{address}/?view=exhibit&lang=en", 1080, 1920)
    seen = []
    for _ in range(5):
        seen.append(page.locator("h1").inner_text())
        button = page.locator(".next a")
        box = button.bounding_box()
        assert box is not None
        assert box["height"] >= 64
        assert box["y"] + box["height"] <= 1920  # at the foot of the screen, however long the chapter
        with page.expect_navigation():
            button.click()
        settle(page)
    assert len(set(seen)) == 5
    assert page.locator("h1").inner_text() == seen[0]
    page.context.close()


def test_what_a_finger_touches_is_large(address: str, chrome: Browser) -> None:
    page = opened(chrome, f"{address}/?view=exhibit&chapter=3", 390, 844)
    sizes = page.eval_on_selector_all(
        ".steps a, .ways a", "links => links.map(a => a.getBoundingClientRect()).map(r => [r.width, r.height])"
    )
    assert len(sizes) == 9
    assert min(height for _, height in sizes) >= 64
    assert min(width for width, _ in sizes) >= 60
    page.context.close()
