"""A visitor at the festival: through all chapters by touch, with the network cut, and the next one begins fresh."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests import served
from tests.browser.records import violations
from tests.served import running

SCREENS = {"lying": (1920, 1080), "upright": (1080, 1920), "phone": (390, 844)}
CHAPTERS = ("sky", "drop", "waste", "hills", "quiz-good_days")
LATER = ("score", "pledge", "card")
QUESTIONS = 8
FINGER_PX = 64
IDLE_MS, RESET_MS, SLIDE_MS = 60_000, 90_000, 8_000  # pictures turn, the next visitor begins, a picture stays


def opened(chrome: Browser, address: str, size: str = "upright", *, stopped: bool = False, **query: object) -> Page:
    """The exhibit on a touch screen; with its clock stopped, time passes only when the test advances it."""
    width, height = SCREENS[size]
    query_string = "&".join(f"{name}={value}" for name, value in {"view": "exhibit", **query}.items())
    page = served.visitor(chrome, viewport={"width": width, "height": height}, has_touch=True).new_page()
    if stopped:
        page.clock.install(time=0)
        page.clock.pause_at(1000)
    page.goto(f"{address}/?{query_string}")
    return page


def screen(page: Page) -> Locator:
    """What the visitor sees."""
    return page.locator("[data-story]:not([hidden]) [data-screen]:not([hidden])")


def name(page: Page) -> str | None:
    """The name of the screen that is seen."""
    return screen(page).get_attribute("data-screen")


def tap(page: Page, what: str) -> None:
    """Touch something on the screen that is seen."""
    screen(page).locator(what).tap()


def show(page: Page, to: str) -> None:
    """Touch on until a screen is reached."""
    for _ in range(20):
        if name(page) == to:
            return
        tap(page, ".next button")
    raise AssertionError(f"no way leads to {to}")


@pytest.fixture
def page(address: str, chrome: Browser) -> Iterator[Page]:
    """The exhibit on an upright screen, in Chinese."""
    made = opened(chrome, address)
    yield made
    made.context.close()


# ── a visitor ────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_visitor_goes_through_all_chapters_with_the_server_gone(chrome: Browser) -> None:
    with running("dashboard.py") as (server, url):
        page = opened(chrome, url)
        expect(page.locator("h1").first).to_contain_text("2014年约 271 天优良")
        server.terminate()
        server.wait(served.STARTS_WITHIN_S)
    page.context.set_offline(True)
    _play(page)
    page.context.close()


def _play(page: Page) -> None:
    """All five chapters, one question right and one wrong, a pledge, the card."""
    box = screen(page).locator(".pair").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 50)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.9, box["y"] + 50)
    page.mouse.up()
    expect(screen(page).locator("input")).to_have_value("90")
    tap(page, ".next button")
    expect(screen(page).locator("[data-at]:not([hidden])")).to_contain_text("扎马隆")
    tap(page, "[data-step='1']")
    expect(screen(page).locator("[data-at]:not([hidden])")).to_contain_text("未查到")
    tap(page, ".next button")
    tap(page, "[data-thing=battery]")
    expect(screen(page).locator("[data-at]:not([hidden])")).to_contain_text("没有查到")
    tap(page, ".next button")
    screen(page).locator("input").fill("2003")
    expect(screen(page).locator("[data-year]:not([hidden])")).to_contain_text("没有查到这一年的数")
    screen(page).locator("input").fill("2020")
    expect(screen(page).locator("[data-year]:not([hidden])")).to_contain_text("79%")
    assert screen(page).locator("circle.green").count() == 79
    tap(page, ".next button")
    for n in range(QUESTIONS):
        _answer(page, right=n != 0)
        tap(page, ".next button")
    expect(screen(page).locator("[data-score]:not([hidden])")).to_have_text(f"{QUESTIONS}题答对{QUESTIONS - 1}题")
    tap(page, ".next button")
    for pledge in ("bus", "food", "sort", "call"):  # the fourth is one too many
        screen(page).locator(f"[data-pledge={pledge}]").tap(force=True)
    tap(page, ".next button")
    assert screen(page).locator("[data-pledged]:not([hidden])").count() == 3
    expect(screen(page).locator("[data-code='bus,food,sort'] svg.segno")).to_be_visible()
    tap(page, ".next button")
    assert name(page) == "sky"


def _answer(page: Page, *, right: bool) -> None:
    choice = "[data-right]" if right else "[data-choice]:not([data-right])"
    screen(page).locator(choice).first.tap()
    panel = screen(page).locator("[data-answered]")
    expect(panel).to_contain_text("答对了" if right else "再看看数字")
    expect(panel.locator(".origin")).to_be_visible()
    screen(page).locator("[data-choice]:not([data-right])").first.tap(force=True)  # an answer is final
    expect(panel).to_contain_text("答对了" if right else "再看看数字")


def test_nothing_is_requested_while_a_visitor_plays(page: Page) -> None:
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    _play(page)
    assert not requests


def test_what_was_done_is_there_in_the_other_language(page: Page) -> None:
    show(page, "quiz-good_days")
    _answer(page, right=False)
    tap(page, "[data-lang=en]")
    expect(screen(page).locator("[data-answered]")).to_contain_text("Look at the number again")
    assert page.locator("html").get_attribute("lang") == "en"
    assert "World Environment Day" in page.title()


def test_the_handle_and_the_drop_follow_the_arrow_keys(page: Page) -> None:
    screen(page).locator("input").focus()
    page.keyboard.press("ArrowRight")
    expect(screen(page).locator("input")).to_have_value("51")
    assert screen(page).locator(".compare").evaluate("c => c.style.getPropertyValue('--at')") == "51%"


# ── idle screen ─────────────────────────────────────────────────────────────────────────────────────────────────────
def test_left_alone_it_shows_pictures_and_the_next_visitor_begins_fresh(address: str, chrome: Browser) -> None:
    page = opened(chrome, address, lang="en", chapter=3, stopped=True)
    tap(page, "[data-thing=bottle]")
    attract = page.locator("[data-attract]")
    page.clock.run_for(IDLE_MS - 1000)
    expect(attract).to_be_hidden()
    page.clock.run_for(2000)
    expect(attract).to_be_visible()
    assert attract.get_attribute("aria-label") == "触摸屏幕开始 · Touch to begin"
    seen = set()
    for _ in range(2 * len(CHAPTERS)):
        seen.add(attract.locator(".slide:not([hidden])").get_attribute("data-slide-of"))
        expect(attract.locator(".slide:not([hidden]) .headlines p")).to_have_count(2)  # a sentence in both languages
        page.clock.run_for(SLIDE_MS)
    assert seen == set(CHAPTERS)
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    attract.tap()
    expect(attract).to_be_hidden()
    assert name(page) == "sky"
    assert page.locator("[data-story]:not([hidden])").get_attribute("data-story") == "zh"
    assert page.locator("[data-thing][aria-pressed=true]").count() == 0
    page.context.close()


def test_who_comes_back_in_time_finds_what_was_left(address: str, chrome: Browser) -> None:
    page = opened(chrome, address, lang="en", chapter=3, stopped=True)
    tap(page, "[data-thing=bottle]")
    page.clock.run_for((IDLE_MS + RESET_MS) // 2)
    page.locator("[data-attract]").tap()
    assert name(page) == "waste"
    assert screen(page).locator("[data-thing=bottle]").get_attribute("aria-pressed") == "true"
    page.context.close()


# ── what it must be ──────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", ["lying", "upright"])
def test_no_screen_scrolls_and_every_target_is_large(address: str, chrome: Browser, size: str, lang: str) -> None:
    page = opened(chrome, address, size, lang=lang)
    for _ in range(4 + QUESTIONS + len(LATER)):
        here = name(page)
        if here == "waste":
            tap(page, "[data-thing=slag]")
        if here and here.startswith("quiz"):
            tap(page, "[data-choice='0']")
        wide, tall = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
        assert (wide, tall) == SCREENS[size], here
        small = (
            screen(page)
            .locator("button:visible")
            .evaluate_all(
                "(all, least) => all.map(b => [b.textContent, b.getBoundingClientRect()])"
                ".filter(([, r]) => r.width < least || r.height < least).map(([words]) => words)",
                FINGER_PX,
            )
        )
        assert not small, here
        for way in (".next button", "[data-act=start]", "[data-lang]", ".steps li button >> nth=0"):
            assert screen(page).locator(way).first.is_visible(), (here, way)
        assert (here == "sky") != screen(page).locator(".back button").is_visible()
        tap(page, ".next button")
    assert name(page) == "sky"
    page.context.close()


def test_a_phone_needs_no_sideways_scrolling(address: str, chrome: Browser) -> None:
    for lang in ("zh", "en"):
        page = opened(chrome, address, "phone", lang=lang)
        for to in (*CHAPTERS, *LATER):
            show(page, to)
            assert page.evaluate("document.documentElement.scrollWidth") <= SCREENS["phone"][0], to
        page.context.close()


def test_no_link_leads_away(page: Page) -> None:
    assert page.locator("a[href]").count() == 0
    page.evaluate("document.querySelector('main').innerHTML += '<a id=out href=\"https://example.org\">x</a>'")
    before = page.url
    page.evaluate("document.querySelector('#out').click()")
    assert page.url == before


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(address: str, chrome: Browser, lang: str, theme: str) -> None:
    page = opened(chrome, address, "lying", lang=lang, theme=theme)
    page.emulate_media(reduced_motion="reduce")
    for to in (*CHAPTERS, *LATER):
        show(page, to)
        assert not violations(page), to
    page.context.close()


@pytest.mark.parametrize(
    ("chapter", "screen_id"), [("2", "drop"), ("5", "quiz-good_days"), ("6", "sky"), ("two", "sky")]
)
def test_an_address_opens_a_chapter(address: str, chrome: Browser, chapter: str, screen_id: str) -> None:
    page = opened(chrome, address, chapter=chapter)
    assert name(page) == screen_id
    page.context.close()
