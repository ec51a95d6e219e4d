"""Nobody is left out: axe on every page, words for screen readers, the keyboard, larger text, contrast, small screens, paper."""

from collections.abc import Iterator
from itertools import product

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from dashboard import PAGES
from reports import goals, overview
from store import clock
from tests import living
from tests.served import dashboard, settle
from views.http.streamlit_page import title_of
from views.text.words import Words
from views.ui import promise

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations"],
}
TRIES = 20
MOMENT = "2026-11-23T18:30"
HUNDRED, TWO_HUNDRED, NARROW = 1280, 640, 320  # a desktop's width at 100 %, at 200 %, and the narrowest phone's
# Text that is cut off: outside its drawing, outside the window, or outside a box that hides what is too much.
# What scrolls may be wider; the skip link and the folded menu stand outside on purpose.
CUT = """() => {
  const scrolls = at => { for (let p = at; p && p.dataset?.testid !== 'stMain'; p = p.parentElement)
    if (/auto|scroll/.test(getComputedStyle(p).overflowX)) return true; return false };
  const cut = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const text = walk.currentNode, at = text.parentElement, said = text.textContent.trim().slice(0, 40);
    if (!said || at.closest('script, style, noscript, title, [data-testid=stSkipToContent], [data-testid=stSidebar]')
        || !at.checkVisibility({visibilityProperty: true, opacityProperty: true})) continue;
    const range = document.createRange(); range.selectNodeContents(text);
    const r = range.getBoundingClientRect(), svg = [...document.querySelectorAll('svg')].find(one => one.contains(at));
    const beyond = box => r.left < box.left - 2 || r.right > box.right + 2 || r.top < box.top - 3 || r.bottom > box.bottom + 3;
    if (r.width < 2) continue;
    if (svg) { if (getComputedStyle(svg).overflow !== 'visible' && beyond(svg.getBoundingClientRect())) cut.push('svg ' + said); }
    else for (let p = at; p !== document.body && !/auto|scroll/.test(getComputedStyle(p).overflow); p = p.parentElement)
      if (/hidden|clip/.test(getComputedStyle(p).overflow) && beyond(p.getBoundingClientRect())) {
        cut.push(p.className + ' ' + said); break }
    if (r.right > innerWidth + 1 && !scrolls(at)) cut.push('window ' + said);
  }
  const main = document.querySelector('[data-testid=stMain]');
  if (Math.max(document.body.scrollWidth, main.scrollWidth) > innerWidth) cut.push('the page is wider than the window');
  return cut;
}"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A dashboard with everything on it that can be: the living numbers too."""
    with living.told(tmp_path_factory.mktemp("access"), MOMENT), dashboard(XINING_TODAY=MOMENT) as url:
        yield url


@pytest.fixture(scope="module")
def context(chrome: Browser) -> Iterator[BrowserContext]:
    """One visitor for all pages: what Streamlit loads, it loads once."""
    made = chrome.new_context(viewport={"width": HUNDRED, "height": 900})
    yield made
    made.close()


def opened(context: BrowserContext, url: str) -> Page:
    page = context.new_page()
    page.goto(url)
    settle(page)
    return page


def cut(page: Page) -> list[str]:
    """The text that is still cut off when charts and menus have drawn themselves anew for a window's width."""
    for _ in range(TRIES):
        page.wait_for_timeout(250)
        left: list[str] = page.evaluate(CUT)
        if not left:
            break
    return left


def english(page: Page) -> list[str]:
    """What Streamlit says in English that is still heard when all its parts have come."""
    for _ in range(TRIES):
        heard = page.locator("body").aria_snapshot()
        left = [said for said in STREAMLITS if said in heard]
        if not left:
            break
        page.wait_for_timeout(250)
    return left


def path(name: str) -> str:
    return "" if name == PAGES[0] else name


STREAMLITS = ("Skip to", "Link to", "Navigate to", "App pages", "sidebar", "Sidebar", "Logo", '"Open"')
# Every page in both languages and both themes; not all four at once, which would say the same twice.
LOOKS = [*product(PAGES, [("zh", "light"), ("en", "dark")]), (PAGES[0], ("zh", "dark")), (PAGES[0], ("en", "light"))]


@pytest.mark.parametrize(("name", "look"), LOOKS, ids=lambda one: one if isinstance(one, str) else "-".join(one))
def test_a_page_leaves_nobody_out(address: str, context: BrowserContext, name: str, look: tuple[str, str]) -> None:
    """Its title, language, one headline and one main part; axe finds nothing; no text is cut at any width."""
    lang, theme = look
    page = opened(context, f"{address}/{path(name)}?lang={lang}&theme={theme}")
    assert page.title() == title_of(name, Words(lang))
    assert page.locator("html").get_attribute("lang") == Words(lang).html_lang
    assert page.locator("h1").count() == page.locator("main, [role=main]").count() == 1
    if lang == "zh":
        assert not english(page)
    found = Axe().run(page, options=RULES).response["violations"]
    assert not [(one["id"], [node["target"] for node in one["nodes"]][:4]) for one in found]
    for width in (HUNDRED, TWO_HUNDRED, NARROW):
        page.set_viewport_size({"width": width, "height": 900})
        assert not cut(page), f"at {width} px"
    page.close()


# ── heard ────────────────────────────────────────────────────────────────────────────────────────────────────────────
def heard(page: Page) -> str:
    """What a screen reader comes to on the page, in its order."""
    return page.locator("[data-testid=stMain]").aria_snapshot()


def unit(told: str, name: str) -> str:
    """The words under the group of a name, up to the next group of the same depth."""
    at = told.index(f'- group "{name}":')
    depth = at - told.rindex("\n", 0, at)
    lines = told[at:].split("\n")
    inside = lines[1:]
    end = next((i for i, line in enumerate(inside) if len(line) - len(line.lstrip()) < depth), len(inside))
    return "\n".join(inside[:end])


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", ["overview", "goals"])
def test_the_promises_are_heard_one_by_one(address: str, context: BrowserContext, name: str, lang: str) -> None:
    """Title, headline, then each promise as one thing: its name, its state, where it stands, its target, why."""
    w, day = Words(lang), clock.today()
    page = opened(context, f"{address}/{path(name)}?lang={lang}&theme=light")
    told = heard(page)
    assert told.index("[level=1]") < told.index("[level=2]")
    if name == "overview":
        promised = overview.overview(day).headline
    else:
        promised = tuple(
            one for one in goals.scoreboard(day) if one.plan.plan_id == "xn14" and one.target.tier == "table"
        )
    assert promised
    told = told[told.index("[level=1]") :]
    for one in promised:  # each is found after the one before
        part = unit(told, w.of(one.indicator.short))
        for words in (w(f"site.status.{one.judgement.status}"), promise.aim(one, w), promise.reason(one, w)):
            assert " ".join(words.split()) in " ".join(part.split())
        assert "- img" not in part  # the drawn line says nothing that the words do not
        told = told[told.index(part) :]
    page.close()


def test_the_title_follows_from_page_to_page(address: str, context: BrowserContext) -> None:
    page = opened(context, f"{address}/air?lang=en")
    page.get_by_role("link", name="Goals", exact=True).first.click()
    expect(page).to_have_title(title_of("goals", Words("en")))
    page.close()


# ── by keyboard ──────────────────────────────────────────────────────────────────────────────────────────────────────
FOCUSED = """() => { const at = document.activeElement, look = getComputedStyle(at), box = at.getBoundingClientRect();
    return {said: at.ariaLabel || at.innerText || at.tagName, inside: !!at.closest('[data-testid=stMain]'),
            seen: look.outlineStyle !== 'none' || look.boxShadow !== 'none', width: box.width, height: box.height,
            scrolls: at.scrollWidth > at.clientWidth, tag: at.tagName} }"""


def test_the_keyboard_reaches_everything_and_shows_where_it_is(address: str, context: BrowserContext) -> None:
    """From the skip link over names of pages, language and reading to the origin of the last figure, never caught."""
    page = opened(context, f"{address}/air?lang=zh&theme=light")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED)["said"] == Words("zh")("site.said.skip")
    stops = []
    last = page.locator("details.origin > summary:visible").last
    while not stops or not last.evaluate("one => one === document.activeElement"):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(FOCUSED))
        assert stops[-1]["seen"], stops[-1]
        assert len(stops) < 400
    said = [one["said"].strip() for one in stops]
    assert {"蓝天", "碧水", "Switch to English", "Aa 字号、对比度、明暗"} <= set(said)
    everything = page.locator("details.origin > summary:visible, details.table > summary:visible").count()
    assert sum(one["tag"] == "SUMMARY" for one in stops) >= everything
    small = [
        one for one in stops if one["inside"] and one["tag"] == "SUMMARY" and min(one["width"], one["height"]) < 24
    ]
    assert not small
    page.close()


def test_the_skip_link_leads_to_the_words(address: str, context: BrowserContext) -> None:
    page = opened(context, f"{address}/goals?lang=en&theme=light")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "stMain"
    page.close()


# ── larger, clearer, still ───────────────────────────────────────────────────────────────────────────────────────────
def test_larger_text_and_more_contrast_are_chosen_and_kept(address: str, chrome: Browser) -> None:
    own = chrome.new_context(viewport={"width": NARROW, "height": 800})
    page = opened(own, f"{address}/?lang=en&theme=light")
    ink = "getComputedStyle(document.querySelector('.x h1')).color"
    size = "parseFloat(getComputedStyle(document.querySelector('.x .lead')).fontSize)"
    before = page.evaluate(size)
    page.get_by_label("Aa Text size").click()
    page.get_by_role("link", name="Largest").click()
    settle(page)
    page.get_by_label("Aa Text size").click()
    page.get_by_role("link", name="High").click()
    settle(page)
    page.goto(f"{address}/goals")  # kept, on every page, in the first HTML
    settle(page)
    assert page.evaluate(size) == pytest.approx(1.4 * before)
    assert page.evaluate(ink) == "rgb(0, 0, 0)"
    assert not cut(page)
    page.get_by_label("Aa Text size").click()
    assert page.locator(".panel [aria-current]").all_inner_texts() == ["Largest", "High", "Light"]
    own.close()


def test_what_the_device_asks_for_is_done(address: str, chrome: Browser) -> None:
    """More contrast where the device wants it, unless the visitor chose otherwise; no motion where it wants none."""
    own = chrome.new_context(contrast="more", reduced_motion="reduce", color_scheme="dark")
    page = opened(own, f"{address}/?theme=dark")
    ground = "getComputedStyle(document.querySelector('.stApp')).backgroundColor"
    assert page.evaluate(ground) == "rgb(0, 0, 0)"
    assert not Axe().run(page, options=RULES).response["violations"]
    moving = page.evaluate("document.getAnimations().filter(one => one.playState === 'running').length")
    assert moving == 0
    page.goto(f"{address}/?contrast=normal")
    settle(page)
    assert page.evaluate(ground) == "rgb(7, 24, 38)"
    own.close()


@pytest.mark.parametrize("name", ["", "air", "goals"])
def test_a_page_prints_on_white_paper(address: str, chrome: Browser, name: str) -> None:
    """Dark on the screen, white on A4; no navigation, nothing wider than the paper, a code that leads back."""
    own = chrome.new_context(viewport={"width": 718, "height": 1000})  # A4 within its margins, at 96 dpi
    page = opened(own, f"{address}/{name}?theme=dark&lang=zh")
    page.emulate_media(media="print")
    page.wait_for_timeout(300)
    assert page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.querySelector('.x h1')).color") == "rgb(18, 38, 58)"
    assert not page.locator(".bar").is_visible()
    assert not page.locator("[data-testid=stHeader]").is_visible()
    assert page.locator(".code svg").first.is_visible()
    assert not cut(page)
    assert page.evaluate("document.documentElement.scrollHeight") > 1500  # the whole page, not one screen of it
    own.close()
