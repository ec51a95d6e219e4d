"""What a page answers without scrolling lies where a reader finds it; maps are touched by hand and by key."""

import io

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Locator, Page

from tests.browser.first_screens import FIRST_SCREENS, Box
from tests.browser.records import Records, look_in, opened, visitor, within
from tests.pictures import PHONE
from tests.served import SIZES
from views.text.words import LANGUAGES

DESKTOP_WIDE, DESKTOP_TALL = SIZES["desktop"]
PHONE_TALL = SIZES["phone"][1]
FINGERTIP_PX = 44
PAN_PX, PAN_SLACK_PX, STEPS = 60, 12, 6  # how far two fingers move a map; deck.gl counts from the first move on
FAINT = 8  # a difference of brightness that is none


def seen_once(boxes: dict[str, list[Box]]) -> dict[str, Box]:
    """Each part's place; a reader sees every part exactly once."""
    assert {part: len(found) for part, found in boxes.items()} == dict.fromkeys(boxes, 1)
    return {part: found[0] for part, found in boxes.items()}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", FIRST_SCREENS)
def test_the_first_screen_of_a_desktop_answers(records: Records, name: str, lang: str) -> None:
    parts = seen_once(records.live(name, look_in(lang, name)).desktop)
    assert set(parts) == set(FIRST_SCREENS[name].desktop)
    for part, (left, top, right, bottom) in parts.items():
        assert left >= 0, part
        assert top >= 0, part
        assert right <= DESKTOP_WIDE, part
        assert bottom <= DESKTOP_TALL, (part, bottom)
        assert right - left > 0 < bottom - top, part


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", FIRST_SCREENS)
def test_it_answers_offline_as_well(records: Records, name: str, lang: str) -> None:
    """Tracked facts alone: the same parts in the same place."""
    parts = seen_once(records.plain(name, lang).desktop)
    assert set(parts) == set(FIRST_SCREENS[name].desktop)
    assert {part: bottom for part, (_, _, _, bottom) in parts.items() if bottom > DESKTOP_TALL} == {}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", FIRST_SCREENS)
def test_a_phone_reaches_the_answers_in_their_order(records: Records, name: str, lang: str) -> None:
    wanted = FIRST_SCREENS[name]
    at = seen_once(records.phone(name, lang).phone)
    assert list(at) == list(wanted.phone)
    tops = [top for _, top, _, _ in at.values()]
    assert tops == sorted(tops), at
    assert max(bottom for _, _, _, bottom in at.values()) <= wanted.phone_screens * PHONE_TALL, at


def test_a_touch_on_the_map_fills_the_panel_beside_it(live_address: str, chrome: Browser) -> None:
    """A dot is reached by the keyboard too; the page stays where it is; a layer opens and closes the others."""
    context = visitor(chrome, "desktop")
    page, _ = opened(context, f"{live_address}/?lang=zh")
    shown = page.locator(".city-map details[open] .panel:visible")
    assert "4 个站点" in shown.inner_text()
    dot = page.locator(".city-map details[open] .if-wide svg a").first
    name = (dot.get_attribute("aria-label") or "").split(" ")[0]
    dot.focus()
    page.keyboard.press("Enter")
    assert name in shown.inner_text()
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop") == 0
    page.locator(".city-map summary", has_text="河流").first.click()
    assert page.locator(".city-map > details[open]").count() == 1
    page.locator(".city-map details[open] .if-wide svg a", has_text="小峡桥").click()
    assert "小峡桥" in shown.inner_text()
    assert "Ⅱ类" in shown.inner_text()
    context.close()


def test_every_place_of_a_phones_map_is_reached_with_a_fingertip(live_address: str, chrome: Browser) -> None:
    """Where dots lie close, by its name below the map: the panel shows the place, the page stays where it is."""
    context = visitor(chrome, "phone", user_agent=PHONE, has_touch=True, is_mobile=True)
    page, _ = opened(context, f"{live_address}/{within('', lang='zh', view='full')}")
    layers = page.locator(".city-map > details")
    assert layers.count() == 3
    for layer in layers.all():
        if layer.get_attribute("open") is None:
            layer.locator("summary").first.tap()
        names, dots = layer.locator(".by-name a"), layer.locator("svg a")
        led = [
            one.evaluate_all("all => all.map(a => a.getAttribute('href')).sort()") for one in (names, dots)
        ]  # a name leads where its dot does
        assert led[0]
        assert led[0] == led[1]
        sizes = names.evaluate_all("all => all.map(a => Math.min(a.offsetWidth, a.offsetHeight))")
        assert min(sizes) >= FINGERTIP_PX
        name = names.last.inner_text()
        names.last.scroll_into_view_if_needed()
        before = page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop")
        names.last.tap()
        assert name in layer.locator(".panel:visible").inner_text()
        assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop") == before
    context.close()


def test_one_finger_scrolls_past_a_map_that_moves(live_address: str, chrome: Browser) -> None:
    context = visitor(chrome, "phone", user_agent=PHONE, has_touch=True, is_mobile=True)
    page, _ = opened(context, f"{live_address}/{within('water?tab=sections', lang='zh', view='full')}")
    layers = page.locator("[data-testid=stDeckGlJsonChart] canvas").locator(
        "xpath=ancestor-or-self::*[position() <= 2]"
    )
    touched = layers.evaluate_all("all => all.map(one => getComputedStyle(one).touchAction)")
    assert touched
    assert set(touched) == {"pan-y"}
    context.close()


def test_two_fingers_move_a_map_and_not_the_page(live_address: str, chrome: Browser) -> None:
    context = visitor(chrome, "phone", user_agent=PHONE, has_touch=True, is_mobile=True)
    page, _ = opened(context, f"{live_address}/{within('water?tab=sections', lang='zh', view='full')}")
    chart = page.locator("[data-testid=stDeckGlJsonChart]")
    chart.scroll_into_view_if_needed()
    for dx, dy in ((-PAN_PX, 0), (0, -PAN_PX)):
        before, place = _drawn(chart), chart.bounding_box()
        _two_fingers(page, chart, dx, dy)
        moved = (_drawn(chart)[0] - before[0], _drawn(chart)[1] - before[1])
        assert moved == pytest.approx((dx, dy), abs=PAN_SLACK_PX)
        assert chart.bounding_box() == place
    context.close()


def _two_fingers(page: Page, at: Locator, dx: float, dy: float) -> None:
    """Two fingers are put beside each other on the middle of something and moved together."""
    box_ = at.bounding_box()
    assert box_ is not None
    x, y = box_["x"] + box_["width"] / 2, box_["y"] + box_["height"] / 2
    session = page.context.new_cdp_session(page)

    def touch(kind: str, share: float) -> None:
        points = [{"x": x + aside + dx * share, "y": y + dy * share, "id": n} for n, aside in enumerate((-40, 40))]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [] if kind == "touchEnd" else points})
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")

    touch("touchStart", 0)
    for step in range(1, STEPS + 1):
        touch("touchMove", step / STEPS)
    touch("touchEnd", 1)


def _drawn(chart: Locator) -> tuple[int, int]:
    """The left and top end of what a map draws on its ground, once two pictures of it are alike."""
    last, picture = b"", chart.screenshot()
    while picture != last:
        last, picture = picture, chart.screenshot()
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    ground = Image.new("RGB", image.size, image.getpixel((2, image.height - 2)))
    found = ImageChops.difference(image, ground).convert("L").point(lambda value: 255 * (value > FAINT)).getbbox()
    assert found is not None
    return found[0], found[1]
