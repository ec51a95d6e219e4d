"""The wall in a real browser: it fits, it can be read from afar, it goes on by itself whatever happens to the server."""

from collections.abc import Iterator
from math import isfinite
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Browser, Page, Route

from tests import served
from tests.browser.axe import violations
from tests.browser.test_pages import LATIN, LATIN_KEPT
from tests.served import running
from tests.wire import Wire, wire
from views.text.words import Words
from views.wall.frame import SCENES

ZH, NAMES = Words("zh"), list(SCENES)
# What the scripts below ask about: the scene's texts, where their lines are, which are seen, each asked for once.
SCENE = """const scene = document.querySelector('.scene'), picture = document.querySelector('.picture'), texts = [];
  const range = document.createRange(), walk = document.createTreeWalker(scene, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const box = walk.currentNode.parentElement, words = walk.currentNode.textContent.trim();
    if (!words || box.closest('title')) continue;
    range.selectNodeContents(walk.currentNode);
    texts.push({box, words, svg: box.closest('svg'), size: parseFloat(getComputedStyle(box).fontSize),
                seen: box.checkVisibility({visibilityProperty: true}), lines: [...range.getClientRects()]});
  }
  const once = ask => { const known = new Map();
    return one => { if (!known.has(one)) known.set(one, ask(one)); return known.get(one) } };
  const place = once(one => one.getBoundingClientRect());
  const under = place(picture.nextElementSibling);"""
# Smallest text as it is seen: drawings are scaled.
SMALLEST = """() => {
  const scale = once(svg => svg.getScreenCTM().a);
  return Math.min(...texts.filter(({box}) => box.getClientRects().length).map(({size, svg}) => size * (svg ? scale(svg) : 1)));
}"""
# How much space is left between the picture and what stands under it, and at the picture's right.
SPACE_LEFT = """() => {
  const parts = [...picture.querySelectorAll(':scope > *, svg, table, p, dl, [role=list], section')]
    .map(place).filter(one => one.height);
  return [under.top - Math.max(...parts.map(one => one.bottom)), innerWidth - Math.max(...parts.map(one => one.right)),
          Math.min(...parts.map(one => one.top)) - place(document.querySelector('.headline')).bottom];
}"""
# What a drawing says beyond its own left or right edge, where it is cut off.
CUT_OFF = """() => [...document.querySelectorAll('.picture svg text')].filter(one => {
  const mine = place(one), frame = place(one.ownerSVGElement);
  return mine.width && (mine.left < frame.left - 1 || mine.right > frame.right + 1);
}).map(one => one.textContent)"""
# The share of the screen's cells of 40 px that are empty: nothing is in them nor in the cell above, below, left or right.
# What fills a cell: a line of text, a shape of a drawing (a path along its stroke and, where it is painted, inside), and the
# ground of what bears text and has one of its own, such as a tile. The ground of the scene and of a drawing fills nothing.
EMPTY = """() => {
  const CELL = 40, across = Math.ceil(innerWidth / CELL), down = Math.ceil(innerHeight / CELL);
  const cells = Array.from({length: down}, () => new Uint8Array(across));
  const within = (at, most) => Math.max(0, Math.min(most - 1, Math.floor(at / CELL)));
  const fill = (left, top, right, bottom) => {
    for (let y = within(top, down); y <= within(bottom, down); y++)
      for (let x = within(left, across); x <= within(right, across); x++) cells[y][x] = 1;
  };
  const whole = box => { if (box.width && box.height) fill(box.left, box.top, box.right - .1, box.bottom - .1); };
  const seen = one => one.checkVisibility({visibilityProperty: true});
  texts.filter(one => one.seen).forEach(one => one.lines.forEach(whole));
  for (const one of scene.querySelectorAll('.picture *, .numbers i')) {
    const painted = getComputedStyle(one).backgroundColor !== 'rgba(0, 0, 0, 0)';
    if (painted && seen(one) && (one.tagName === 'I' || one.textContent.trim())) whole(place(one));
  }
  for (const one of scene.querySelectorAll('svg circle, svg rect')) if (seen(one)) whole(place(one));
  for (const path of scene.querySelectorAll('svg path')) {
    if (!seen(path)) continue;
    const matrix = path.getScreenCTM(), style = getComputedStyle(path), svg = place(path.ownerSVGElement);
    const at = (x, y, half) => {
      if (x >= svg.left && x <= svg.right && y >= svg.top && y <= svg.bottom) fill(x - half, y - half, x + half, y + half);
    };
    const half = style.stroke === 'none' ? 0 : parseFloat(style.strokeWidth) * matrix.a / 2;
    const long = half ? path.getTotalLength() : -1;
    for (let n = 0; n <= long; n += 12 / matrix.a) {
      const point = path.getPointAtLength(n).matrixTransform(matrix);
      at(point.x, point.y, half);
    }
    const box = place(path), back = matrix.inverse();
    if (style.fill === 'none' || !box.width) continue;
    for (let y = Math.max(box.top, svg.top) + 5; y < Math.min(box.bottom, svg.bottom); y += 20)
      for (let x = Math.max(box.left, svg.left) + 5; x < Math.min(box.right, svg.right); x += 20)
        if (!cells[within(y, down)][within(x, across)] && path.isPointInFill(new DOMPoint(x, y).matrixTransform(back)))
          at(x, y, 0);
  }
  const has = (x, y) => Boolean(cells[y]?.[x]);
  const near = (x, y) => has(x, y) || has(x - 1, y) || has(x + 1, y) || has(x, y - 1) || has(x, y + 1);
  const empty = cells.map((row, y) => [...row].filter((_, x) => !near(x, y)).length);
  return empty.reduce((sum, n) => sum + n, 0) / (across * down);
}"""
# Text below 30 px on an upright screen, but for remarks, sources, states, a drawing's names, and the frame of all scenes.
SMALL_BODY = """() => {
  const aside = 'header, nav, .code, .numbers, .figures > section, .keys, .muted, small, .small, .pill, .chip, svg';
  return texts.filter(({box, size}) => size < 29.9 && !box.closest(aside) && box.getClientRects().length)
    .map(({words}) => words);
}"""
# Lines of text that lie on another text, beyond the tile they stand in, or below the picture's end.
ON_ANOTHER = """() => {
  const painted = once(one => (({backgroundColor, display}) =>
    backgroundColor !== 'rgba(0, 0, 0, 0)' && display !== 'inline')(getComputedStyle(one)));
  const lines = [], found = [];
  for (const {box, words, svg, seen, lines: rects} of texts) {
    if (!seen) continue;
    let tile = svg ? null : box;
    while (tile && tile !== scene && !painted(tile)) tile = tile.parentElement;
    const within = tile && place(tile);
    for (const r of rects) {
      const core = {words, left: r.left + 1, right: r.right - 1, top: r.top + r.height * .3, bottom: r.bottom - r.height * .3};
      if (core.right <= core.left) continue;
      if (within && (core.right > within.right || core.bottom > within.bottom || core.top < within.top)) found.push(words);
      if (box.closest('.picture') && core.bottom > under.top) found.push(words);
      lines.push(core);
    }
  }
  lines.forEach((a, n) => lines.slice(n + 1).forEach(b => {
    if (a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom) found.push(a.words + ' | ' + b.words);
  }));
  return found;
}"""
# All of this of a scene in a window's size; how much is empty only where it is asked for, as that takes long.
MEASURED = f"""with_empty => {{
  {SCENE}
  return {{
    size: [scene.scrollWidth, scene.scrollHeight], space: ({SPACE_LEFT})(), smallest: ({SMALLEST})(), cut: ({CUT_OFF})(),
    small_body: ({SMALL_BODY})(), on_another: ({ON_ANOTHER})(),
    empty: with_empty ? ({EMPTY})() : null }} }}"""
# How much is empty while the picture is not seen, which then fills nothing.
EMPTY_UNSEEN = f"""() => {{
  document.querySelector('.picture').style.visibility = 'hidden';
  {SCENE}
  const empty = ({EMPTY})();
  picture.style.visibility = '';
  return empty }}"""
FAST = "Object.assign(document.body.dataset, {refresh: 1, retry: 1})"


def opened(chrome: Browser, url: str, width: int = 1920, height: int = 1080) -> Page:
    page = served.visitor(chrome, viewport={"width": width, "height": height}, color_scheme="light").new_page()
    page.goto(url)
    page.wait_for_selector(".scene")
    return page


def shown(page: Page, name: str) -> None:
    page.wait_for_selector(f".wall-{name}", timeout=60_000)


@pytest.fixture(scope="module")
def window(chrome: Browser) -> Iterator[Page]:
    """One window in which scenes are opened one after another: the wall keeps nothing in it."""
    page = served.visitor(chrome, color_scheme="light").new_page()
    yield page
    page.context.close()


@pytest.mark.parametrize("source", ["live_address", "address"])
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", SCENES)
def test_a_scene_fits_the_wall_and_can_be_read_from_five_metres(
    request: pytest.FixtureRequest, window: Page, name: str, lang: str, source: str
) -> None:
    page, scene = window, window.locator(".scene")
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.goto(f"{request.getfixturevalue(source)}/?view=wall&scene={name}&lang={lang}&theme=light")
    shown(page, name)
    assert scene.evaluate("s => getComputedStyle(s).color") == "rgb(234, 242, 248)"  # dark though the theme is light
    assert page.locator(".code svg").first.is_visible()
    assert not violations(page)
    for width, height in ((1920, 1080), (3840, 2160), (1080, 1920)):
        page.set_viewport_size({"width": width, "height": height})
        seen = page.evaluate(MEASURED, width < 3840)
        assert seen["size"] == [width, height]
        assert all(isfinite(left) and left >= 0 for left in seen["space"]), seen  # nothing measured would be endless
        assert seen["smallest"] >= 22 * min(width, height) / 1080
        assert seen["cut"] == []
        assert seen["on_another"] == []
        if width < 3840:
            assert seen["empty"] < 0.25
        if (width, height) == (1920, 1080):
            assert page.evaluate(EMPTY_UNSEEN) > 0.25
        if height > width:
            assert seen["small_body"] == []
    if lang == "zh":
        text = LATIN_KEPT.sub("", scene.evaluate("s => s.textContent"))
        assert not LATIN.findall(text)


def test_an_official_steps_through_the_wall_by_keyboard_and_remote(live_address: str, chrome: Browser) -> None:
    page = opened(chrome, f"{live_address}/?view=wall")
    shown(page, NAMES[0])
    for key, name in (
        ("ArrowRight", NAMES[1]),
        ("PageDown", NAMES[2]),  # what a presenter's remote sends
        ("PageUp", NAMES[1]),
        ("ArrowLeft", NAMES[0]),
        ("ArrowLeft", NAMES[-1]),  # round the corner
        ("Home", NAMES[0]),
        ("End", NAMES[-1]),
        ("3", NAMES[2]),
    ):
        page.keyboard.press(key)
        shown(page, name)
    page.keyboard.press(" ")
    page.wait_for_selector("body[data-paused]", state="attached")
    assert f"scene={NAMES[2]}" in page.url  # an address that stays there
    assert page.locator("[data-pause]").inner_text() == ZH("wall.go_on")
    page.keyboard.press("ArrowRight")
    shown(page, NAMES[3])
    assert f"scene={NAMES[3]}" in page.url
    page.keyboard.press(" ")
    page.wait_for_selector("body:not([data-paused])", state="attached")
    assert "scene=" not in page.url
    page.get_by_role("link", name=ZH("wall.scene.river")).focus()
    page.keyboard.press("Enter")
    shown(page, "river")
    page.wait_for_selector("body[data-paused]", state="attached")  # who chooses a scene wants to look at it
    page.context.close()


def test_scenes_take_turns_and_a_pinned_one_stays(live_address: str, chrome: Browser) -> None:
    page = opened(chrome, f"{live_address}/?view=wall&every=1")
    for name in (*NAMES[1:3], NAMES[3]):
        shown(page, name)
    page.goto(f"{live_address}/?view=wall&scene=river&every=1")
    page.evaluate("document.querySelector('.scene').classList.add('first'); document.body.dataset.refresh = 1")
    page.wait_for_selector(".wall-river:not(.first)")  # drawn anew, and still the same
    page.context.close()


@pytest.fixture
def cable(live_address: str) -> Iterator[Wire]:
    """A cable of the test's own, to be cut."""
    with wire(live_address) as laid:
        yield laid


def lost(page: Page, is_lost: bool) -> None:
    page.wait_for_selector("#lost", state="visible" if is_lost else "hidden", timeout=60_000)


def test_with_the_network_cut_the_last_pictures_go_on_and_come_back(cable: Wire, chrome: Browser) -> None:
    page = opened(chrome, f"{cable.address}/?view=wall")
    page.wait_for_load_state("networkidle")  # all scenes are kept
    page.evaluate(FAST)
    cable.cut()
    lost(page, True)
    assert page.locator("#lost").inner_text() == ZH("wall.lost", age=ZH("live.just_now"))
    for name in (*NAMES[1:], NAMES[0]):
        page.keyboard.press("ArrowRight")
        shown(page, name)
    lost(page, True)
    cable.mend()
    lost(page, False)
    page.keyboard.press("ArrowRight")
    shown(page, NAMES[1])
    page.context.close()


def test_a_server_that_ends_and_starts_again_is_found_again(cable: Wire, chrome: Browser) -> None:
    """Another server at the same address: the page that was open goes on, with no dialog of anybody's."""
    with running("dashboard.py") as (server, address):
        there = urlparse(address)
        cable.server = (there.hostname or "", there.port or 0)
        page = opened(chrome, f"{cable.address}/?view=wall")
        page.evaluate(FAST)
        server.kill()
        server.wait(served.STARTS_WITHIN_S)
        lost(page, True)
    with running("dashboard.py") as (_, address):
        there = urlparse(address)
        cable.server = (there.hostname or "", there.port or 0)
        lost(page, False)
        page.keyboard.press("End")
        shown(page, NAMES[-1])
        assert page.locator("[role=dialog]").count() == 0
    page.context.close()


def test_a_scene_that_fails_is_passed_over_and_a_late_start_recovers(live_address: str, chrome: Browser) -> None:
    """An error or silence for one scene keeps the last; a page opened without a scene asks until it has one."""
    page = opened(chrome, f"{live_address}/?view=wall")
    page.wait_for_load_state("networkidle")
    page.route("**/wall/scene/now*", lambda route: route.fulfill(status=500, body="Internal Server Error"))
    page.keyboard.press("ArrowRight")
    shown(page, "now")  # the one kept
    lost(page, True)
    page.keyboard.press("ArrowRight")
    shown(page, "budget")
    lost(page, False)

    def without_scene(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace('data-scene="overview"', "hidden"))

    page.route("**/?view=wall", without_scene)
    page.goto(f"{live_address}/?view=wall")
    shown(page, "overview")
    page.context.close()


def test_three_hundred_changes_leave_nothing_behind(live_address: str, chrome: Browser) -> None:
    page = opened(chrome, f"{live_address}/?view=wall&scene=overview")
    page.wait_for_load_state("networkidle")
    cdp = page.context.new_cdp_session(page)
    cdp.send("Performance.enable")

    def nodes(changes: int) -> float:
        for _ in range(changes // len(NAMES)):
            for _ in NAMES:
                page.keyboard.press("ArrowRight")
            page.wait_for_load_state("networkidle")
        cdp.send("HeapProfiler.collectGarbage")
        metrics = cdp.send("Performance.getMetrics")["metrics"]
        return float(next(one["value"] for one in metrics if one["name"] == "Nodes"))

    assert nodes(306) < 20_000  # a scene has about 400: were each kept, there would be more than 100,000
    page.context.close()
