"""A visitor at the festival: through all chapters by touch, with the network cut, and the next one begins fresh."""

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from reports import district as districts
from reports import story
from tests import served
from tests.browser.axe import COLOURS, RULES, violations
from tests.served import running
from views.text import pledges

SCREENS = {"lying": (1920, 1080), "upright": (1080, 1920), "phone": (390, 844)}
STORY = ("sky", "rule", "drop", "own", "waste", "hills")
SLIDES = {"sky", "drop", "waste", "hills", "pledge"}
LATER = ("pledge", "card")
QUESTIONS = 3
STOPS = 9  # of the drop on its way
SEED = 7
SEEDS = (1, 4, 25)  # with these every one of the eight questions is drawn (a test holds it)
FINGER_PX = 64
HEADLINE_PX, BODY_PX, LEAST_PX, CODE_PX = 96, 36, 28, 220  # on 1920 × 1080 and on 1080 × 1920
PICTURE_SHARE = 0.55  # of the height of an upright screen
PUBLIC_URL = "https://sky.example"
# What the scripts below ask about: the screen that is seen, its parts that bear text themselves, each asked for once a state.
SCREEN = """const screen = document.querySelector('[data-story]:not([hidden]) [data-screen]:not([hidden])');
  const texts = [...screen.querySelectorAll('*')].filter(
    at => [...at.childNodes].some(one => one.nodeType === 3 && one.textContent.trim()));
  const once = ask => { const known = new Map();
    return at => { if (!known.has(at)) known.set(at, ask(at)); return known.get(at) } };
  const box = once(at => at.getBoundingClientRect()), clips = once(at => getComputedStyle(at).overflow !== 'visible');
  const letters = once(at => parseFloat(getComputedStyle(at).fontSize));"""
# Letters smaller than they may be, sources left out: the text and its size as it is seen, in a drawing too.
SMALL = """least => texts
  .filter(at => !at.closest('.origin, title') && at.checkVisibility({visibilityProperty: true}))
  .map(at => [at.textContent.trim(), letters(at) * (at.getCTM ? at.getCTM().a : 1)])
  .filter(([, size]) => size < least - .1)"""
# Lines of text that cannot be read, and why: outside the window (nothing scrolls), cut off by what they stand in, behind
# something, on the letters of another text. A line's box is that of its letters; sources that were opened scroll.
UNREAD = """() => {
  const seen = {opacityProperty: true, visibilityProperty: true}, range = document.createRange();
  const lines = texts.filter(at => !at.closest('title, dl, .sheet') && at.checkVisibility(seen)).flatMap(
    at => [...at.childNodes].filter(one => one.nodeType === 3 && one.textContent.trim()).flatMap(text => {
      const half = .36 * letters(at);
      range.selectNodeContents(text);
      return [...range.getClientRects()].filter(box => box.width > 1).map(({left, right, top, bottom}) => {
        const middle = (top + bottom) / 2;
        return {at, text, left, right, middle, top: middle - half, bottom: middle + half} }) }));
  const beyond = ({left, right, top, bottom}, box) =>
    left < box.left - 1 || right > box.right + 1 || top < box.top - 1 || bottom > box.bottom + 1;
  const cut = line => {
    for (let around = line.at; around !== screen; around = around.parentElement)
      if (clips(around) && beyond(line, box(around))) return true };
  const behind = ({at, left, right, middle}) => [left + 2, (left + right) / 2, right - 2].some(x => {
    const top = document.elementFromPoint(x, middle);
    return !(top && (at.contains(top) || top.contains(at))) });
  const touch = (one, other) => one.text !== other.text && one.left < other.right - 1 && other.left < one.right - 1
    && one.top < other.bottom - 1 && other.top < one.bottom - 1;
  const window_ = {left: 0, top: 0, right: innerWidth, bottom: innerHeight};
  return lines.flatMap((line, n) => [
    beyond(line, window_) && 'outside', !beyond(line, window_) && behind(line) && 'behind', cut(line) && 'cut',
    ...lines.slice(n + 1).filter(other => touch(line, other)).map(other => 'on ' + other.text.textContent.trim()),
  ].filter(Boolean).map(why => [line.text.textContent.trim(), why])) }"""
# What of an upright picture hangs out of it, into the words.
HANGING = """bottom => [...screen.querySelectorAll('.stage *')]
  .filter(at => box(at).bottom > bottom + 1 && !at.closest('.side') && at.checkVisibility())
  .map(at => [at.className, at.textContent.trim(), box(at).bottom])"""
# All of this at once, of an exhibit's state. ``bottom``: where an upright picture ends, else none.
STATE = f"""([least, bottom]) => {{
  {SCREEN}
  return {{
    size: [document.documentElement.scrollWidth, document.documentElement.scrollHeight],
    unread: ({UNREAD})(), small: ({SMALL})(least), hanging: bottom === null ? [] : ({HANGING})(bottom) }} }}"""
# A screen's states one after another (what is touched for each, or the year that is chosen), then what they leave as it was;
# ``ways``: those that are not there. In one go, so that the browser need not paint every state. The screen hears clicks alone:
# a tap would wait for pictures to stand still.
STATES = f"""([states, least, bottom, finger]) => {{
  const screen = document.querySelector('[data-story]:not([hidden]) [data-screen]:not([hidden])');
  const one = what => {{ const [found, ...more] = screen.querySelectorAll(what);
    if (!found || more.length) throw new Error(`${{found ? more.length + 1 : 0}} of ${{what}}`);
    return found }};
  const visible = at => {{ const {{width, height}} = at.getBoundingClientRect();
    return width > 0 && height > 0 && at.checkVisibility({{visibilityProperty: true}}) }};
  const any = what => {{ const found = screen.querySelector(what); return Boolean(found && visible(found)) }};
  const box = what => {{ const {{y, height}} = one(what).getBoundingClientRect(); return {{y, height}} }};
  const touch = what => one(what).dispatchEvent(new MouseEvent('click', {{bubbles: true, cancelable: true, composed: true}}));
  const choose = year => {{ one('input').value = year;
    for (const type of ['input', 'change']) one('input').dispatchEvent(new Event(type, {{bubbles: true, composed: true}})) }};
  const seen = states.map(([touches, year]) => {{
    touches.forEach(touch);
    if (year !== null) choose(year);
    return ({STATE})([least, bottom]) }});
  return {{
    states: seen, picture: bottom === null ? null : box('[data-backdrop]'), words: box('h1'),
    letters: [...screen.querySelectorAll('h1, .lead')].map(at => parseFloat(getComputedStyle(at).fontSize)),
    small: [...screen.querySelectorAll('button')].filter(visible)
      .filter(at => at.offsetWidth < finger || at.offsetHeight < finger).map(at => at.textContent),
    ways: ['.next button', '[data-act=start]', '[data-lang]', '.steps li button'].filter(what => !any(what)),
    back: any('.back button') }} }}"""
# Where the words of parts begin and end on their line (px).
ENDS = """all => all.map(at => { const range = document.createRange(); range.selectNodeContents(at);
  const {left, right} = range.getBoundingClientRect(); return [left, right] })"""
EMPTIED = """() => { window.hidden = [...document.querySelectorAll('[hidden]')].map(one => [one, [...one.childNodes]]);
  for (const [one] of window.hidden) one.replaceChildren() }"""
FILLED = "() => { for (const [one, parts] of window.hidden) one.replaceChildren(...parts) }"
IDLE_MS, RESET_MS, SLIDE_MS = 60_000, 90_000, 8_000  # pictures turn, the next visitor begins, a picture stays


def opened(
    chrome: Browser, address: str, size: str = "upright", *, stopped: bool = False, still: bool = False, **query: object
) -> Page:
    """The exhibit on a touch screen; with its clock stopped, time passes only when the test advances it.

    ``still``: for who wants no motion; a touch need not wait until pictures stand still.
    """
    width, height = SCREENS[size]
    query_string = "&".join(f"{name}={value}" for name, value in {"view": "exhibit", "seed": SEED, **query}.items())
    motion: dict[str, Any] = {"reduced_motion": "reduce"} if still else {}
    page = served.visitor(chrome, viewport={"width": width, "height": height}, has_touch=True, **motion).new_page()
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


def questions(page: Page) -> tuple[str, ...]:
    """The questions drawn, in their order: those the way from the hills to the pledges passes."""
    show(page, "hills")
    tap(page, ".next button")
    seen = []
    while (here := name(page)) != "pledge":
        seen.append(str(here))
        tap(page, ".next button")
    return tuple(seen)


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


@pytest.fixture
def still_page(address: str, chrome: Browser) -> Iterator[Page]:
    """The same for who wants no motion, where none is asked about: pictures that move cost more than what is touched."""
    made = opened(chrome, address, still=True)
    yield made
    made.context.close()


# ── a visitor ────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_visitor_goes_through_all_chapters_with_the_server_gone(chrome: Browser) -> None:
    with running("dashboard.py", XINING_PUBLIC_URL=PUBLIC_URL) as (server, url):
        page = opened(chrome, url, still=True)  # in motion, as it is played below, it would cost four times as much
        expect(page.locator("h1").first).to_contain_text("2014年约 271 天")
        server.terminate()
        server.wait(served.STARTS_WITHIN_S)
    page.context.set_offline(True)
    _play(page)
    page.context.close()


def _play(page: Page) -> None:
    """All five chapters, one question near and two far off, a pledge, the card."""
    box = screen(page).locator(".pair").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 50)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.9, box["y"] + 50)
    page.mouse.up()
    expect(screen(page).locator("input")).to_have_value("90")
    tap(page, ".next button")
    expect(screen(page).locator("[data-rule-answer]")).to_be_hidden()
    tap(page, "[data-act=rule]")
    expect(screen(page).locator("[data-rule-answer]")).to_contain_text("多约 63 天")
    tap(page, ".next button")
    expect(screen(page).locator("[data-at]:not([hidden])")).to_contain_text("扎马隆")
    tap(page, "[data-step='1']")
    expect(screen(page).locator("[data-at]:not([hidden])")).to_contain_text("未查到")
    tap(page, ".next button")
    tap(page, "[data-own=chengxi]")
    expect(screen(page).locator("[data-of]:not([hidden])")).to_contain_text("城西区")
    tap(page, ".next button")
    tap(page, "[data-thing=battery]")
    tap(page, "[data-bin=hazardous]")
    expect(screen(page).locator("section[data-at]:not([hidden])")).to_contain_text("没有查到")
    tap(page, ".next button")
    screen(page).locator("input").fill("2003")
    expect(screen(page).locator("[data-year]:not([hidden])")).to_contain_text("没有查到这一年的数")
    screen(page).locator("input").fill("2020")
    expect(screen(page).locator("[data-year]:not([hidden])")).to_contain_text("79%")
    assert screen(page).locator(".tree.green").count() == 79
    tap(page, ".next button")
    for n in range(QUESTIONS):
        _answer(page, near=n == 0)
        tap(page, ".next button")
    for pledge in ("bus", "food", "sort", "call"):  # the fourth is one too many
        screen(page).locator(f"[data-pledge={pledge}]").tap(force=True)
    tap(page, ".next button")
    expect(screen(page).locator(".badge [data-score]:not([hidden])")).to_have_text(f"1/{QUESTIONS}")
    assert screen(page).locator("[data-pledged]:not([hidden])").count() == 3
    expect(screen(page).locator("[data-code='bus,food,sort'] svg.segno")).to_be_visible()
    tap(page, ".next button")
    assert name(page) == "sky"


def _answer(page: Page, *, near: bool) -> None:
    """Estimate, then see the number: as near as it can be, or at the far end of the scale."""
    question = screen(page).locator("[data-question]")
    right, low, high = (float(str(question.get_attribute(f"data-{end}"))) for end in ("right", "low", "high"))
    far = low if right - low > high - right else high
    question.locator("input").fill(f"{round(right) if near else far:g}")
    panel = screen(page).locator("[data-answered]")
    expect(panel).to_be_hidden()
    tap(page, "[data-answer]")
    expect(panel).to_contain_text("估得很准" if near else "真的数在这里")
    expect(panel.locator(".origin")).to_be_visible()
    assert question.locator("input").is_disabled()  # an answer is final


def test_nothing_is_requested_while_a_visitor_plays(page: Page) -> None:
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    _play(page)
    assert not requests


def test_what_was_done_is_there_in_the_other_language(page: Page) -> None:
    for _ in STORY:
        tap(page, ".next button")
    _answer(page, near=False)
    tap(page, "[data-lang=en]")
    expect(screen(page).locator("[data-answered]")).to_contain_text("Here is the number")
    assert page.locator("html").get_attribute("lang") == "en"
    assert "World Environment Day" in page.title()


def test_the_handle_follows_the_arrow_keys(page: Page) -> None:
    screen(page).locator("input").focus()
    page.keyboard.press("ArrowRight")
    expect(screen(page).locator("input")).to_have_value("51")
    assert screen(page).locator(".compare").evaluate("c => c.style.getPropertyValue('--at')") == "51%"


def test_the_year_runs_by_and_ends_at_the_headlines_numbers(address: str, chrome: Browser) -> None:
    page = opened(chrome, address, "lying", stopped=True)
    counts = screen(page).locator("[data-count]")
    page.clock.run_for(3000)
    running = [int(text) for text in counts.all_text_contents()]
    assert 0 < running[0] < 271
    assert 0 < running[1] < 334
    assert screen(page).locator("rect.later").count() > 0
    tap(page, "[data-act=run]")  # a pause
    page.clock.run_for(3000)
    assert [int(text) for text in counts.all_text_contents()] == running
    tap(page, "[data-act=run]")
    page.clock.run_for(20_000)
    assert counts.all_text_contents() == ["271", "334"]
    assert screen(page).locator("rect.later").count() == 0
    page.context.close()


def test_a_thing_is_dragged_into_its_bin_and_comes_back_from_a_wrong_one(address: str, chrome: Browser) -> None:
    page = opened(chrome, address, "lying", chapter=3)
    page.emulate_media(reduced_motion="reduce")
    for bin, hint in (("food", "wrong"), ("recyclable", None)):
        _drag(page, "[data-thing=bottle]", f"[data-bin={bin}]")
        if hint:
            expect(screen(page).locator("[data-hint]:not([hidden])")).to_have_attribute("data-hint", hint)
    expect(screen(page).locator("section[data-at]:not([hidden])")).to_contain_text("38.7")
    page.context.close()


def _drag(page: Page, what: str, to: str) -> None:
    start, end = (screen(page).locator(one).bounding_box() for one in (what, to))
    assert start is not None
    assert end is not None
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] + end["height"] / 2, steps=4)
    page.mouse.up()


def test_a_thing_is_sorted_with_keys_alone(address: str, chrome: Browser) -> None:
    page = opened(chrome, address, "lying", chapter=3)
    screen(page).locator("[data-thing=food]").focus()
    page.keyboard.press("Enter")
    screen(page).locator("[data-bin=food]").focus()
    page.keyboard.press("Space")
    expect(screen(page).locator("section[data-at=food]")).to_be_visible()
    page.context.close()


def test_the_drop_takes_the_colour_of_the_class(still_page: Page) -> None:
    show(still_page, "drop")
    for stop in range(9):
        tap(still_page, f"[data-stop='{stop}']")
        color = screen(still_page).locator(f"[data-stop='{stop}']").get_attribute("data-color")
        assert screen(still_page).locator("svg.drop").evaluate("d => d.style.getPropertyValue('--fill')") == (
            color or "var(--card)"
        )


def test_a_visitor_chooses_a_district(still_page: Page) -> None:
    show(still_page, "own")
    assert screen(still_page).locator("[data-of]:visible").inner_text() == "点一下你住的区县。"
    tap(still_page, "[data-own=chengzhong]")
    answer = screen(still_page).locator("[data-of]:visible")
    assert [line for line in ("城中区", "六一桥", "19 项任务") if line not in answer.inner_text()] == []
    tap(still_page, "[data-own=huangyuan]")
    assert "没有查到本县的公开计划" in answer.inner_text()
    assert screen(still_page).locator("[data-own][aria-pressed=true]").all_inner_texts() == ["湟源县"]


def test_each_visitor_gets_three_questions_and_all_are_drawn_in_time(address: str, chrome: Browser) -> None:
    drawn = []
    for seed in SEEDS:
        page = opened(chrome, address, still=True, seed=seed)
        drawn.append(questions(page))
        page.context.close()
    again = opened(chrome, address, still=True, seed=SEEDS[0])
    assert questions(again) == drawn[0]
    again.context.close()
    assert {len(set(one)) for one in drawn} == {QUESTIONS}
    assert len({name for one in drawn for name in one}) == 8


# ── idle screen ─────────────────────────────────────────────────────────────────────────────────────────────────────
def test_left_alone_it_shows_pictures_and_the_next_visitor_begins_fresh(address: str, chrome: Browser) -> None:
    page = opened(chrome, address, lang="en", chapter=3, stopped=True)
    tap(page, "[data-thing=bottle]")
    tap(page, "[data-bin=recyclable]")
    attract = page.locator("[data-attract]")
    page.clock.fast_forward(IDLE_MS - 1000)
    expect(attract).to_be_hidden()
    page.clock.fast_forward(2000)
    expect(attract).to_be_visible()
    assert attract.get_attribute("aria-label") == "触摸屏幕开始 · Touch to begin"
    seen = set()
    for _ in range(2 * len(SLIDES)):
        seen.add(attract.locator(".slide:not([hidden])").get_attribute("data-slide-of"))
        expect(attract.locator(".slide:not([hidden]) .headlines p")).to_have_count(2)  # a sentence in both languages
        code = attract.locator(".slide:not([hidden]) .codes svg").first.bounding_box()
        assert code is not None
        assert code["width"] >= CODE_PX
        page.clock.fast_forward(SLIDE_MS)
    assert seen == SLIDES
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
    tap(page, "[data-bin=recyclable]")
    page.clock.fast_forward((IDLE_MS + RESET_MS) // 2)
    page.locator("[data-attract]").tap()
    assert name(page) == "waste"
    assert screen(page).locator("[data-thing=bottle]").get_attribute("aria-pressed") == "true"
    page.context.close()


# ── what it must be ──────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", ["lying", "upright"])
@pytest.mark.parametrize("site", ["address", "live_address"])  # tracked facts only; every source has data
def test_every_screen_is_read_from_afar(
    request: pytest.FixtureRequest, chrome: Browser, site: str, size: str, lang: str
) -> None:
    page = opened(chrome, request.getfixturevalue(site), size, still=True, lang=lang)
    for _ in range(len(STORY)):
        _look(page, size)
        tap(page, ".next button")
    for seed in SEEDS:
        page.goto(f"{page.url.split('?')[0]}?view=exhibit&chapter=5&lang={lang}&seed={seed}")
        for _ in range(QUESTIONS + (len(LATER) if seed == SEEDS[0] else 0)):
            _look(page, size)
            tap(page, ".next button")
    page.context.close()


def _states(here: str) -> Iterator[tuple[tuple[str, ...], int | None]]:
    """A screen as it is first, then as everything a visitor can do there leaves it: what is touched, the year chosen."""
    yield (), None
    yield from ((touches, None) for touches in _touches(here))
    yield from (((), year) for year in ((1990, 2020) if here == "hills" else ()))


def _touches(here: str) -> Iterator[tuple[str, ...]]:
    """What a visitor can touch on a screen, one after another."""
    if here == "rule":
        yield ("[data-act=rule]",)
    elif here == "drop":
        yield from ((f"[data-stop='{stop}']",) for stop in range(STOPS))
    elif here == "own":
        yield from ((f"[data-own={one.area_id}]",) for one in districts.districts())
    elif here == "waste":
        yield from ((f"[data-thing={thing}]", f"[data-bin={bin}]") for thing, bin in story.BINS.items())
    elif here == "pledge":
        first, later = pledges.PLEDGES[:3], pledges.PLEDGES[3:]
        yield tuple(f"[data-pledge={one}]" for one in first)
        yield tuple(f"[data-pledge={one}]" for one in (*first, *later))
    elif here.startswith("quiz"):
        yield ("[data-answer]",)


def _look(page: Page, size: str) -> None:
    """A screen in all its states: nothing scrolls, all is read, letters and targets are large."""
    here, tall = str(name(page)), SCREENS[size][1]
    states = list(_states(here))
    bottom = PICTURE_SHARE * tall if size == "upright" else None
    looked = page.evaluate(STATES, [states, LEAST_PX, bottom, FINGER_PX])
    for state, seen in zip(states, looked["states"], strict=True):
        assert tuple(seen["size"]) == SCREENS[size], (here, state)
        assert seen["unread"] == [], (here, state)
        assert seen["small"] == [], (here, state)
        assert seen["hanging"] == [], (here, state)
    if size == "upright":  # the picture takes the upper part, the words stand below it
        picture, words = looked["picture"], looked["words"]
        assert picture["y"] == 0, here
        assert picture["height"] == pytest.approx(PICTURE_SHARE * tall, abs=1), here
        assert words["y"] >= picture["height"] - 1, here
    headline, body = looked["letters"]
    assert headline == pytest.approx(HEADLINE_PX, abs=0.1), here
    assert body == pytest.approx(BODY_PX, abs=0.1), here
    assert not looked["small"], here
    assert looked["ways"] == [], here
    assert (here == "sky") != looked["back"]


def test_who_wants_no_motion_sees_none(address: str, chrome: Browser) -> None:
    page = opened(chrome, address, "lying", idle=0.3)
    page.emulate_media(reduced_motion="reduce")
    page.reload()
    assert screen(page).locator("[data-count]").all_text_contents() == ["271", "334"]
    moving = "document.getAnimations().filter(one => one.playState === 'running').length"
    assert page.evaluate(moving) == 0
    expect(page.locator("[data-attract]")).to_be_visible()
    assert page.evaluate(moving) == 0
    page.context.close()


def test_a_phone_needs_no_sideways_scrolling_and_nothing_in_its_head_lies_on_another(
    address: str, chrome: Browser
) -> None:
    for lang in ("zh", "en"):
        page = opened(chrome, address, "phone", still=True, lang=lang)
        for _ in range(len(STORY) + QUESTIONS + len(LATER)):
            assert page.evaluate("document.documentElement.scrollWidth") <= SCREENS["phone"][0], name(page)
            heads = screen(page).locator("header :is(.eyebrow, .hotline, summary, button):visible").evaluate_all(ENDS)
            assert [
                (one, other) for one, other in combinations(heads, 2) if one[0] < other[1] and other[0] < one[1]
            ] == []
            tap(page, ".next button")
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
    page = opened(chrome, address, "lying", still=True, lang=lang, theme=theme)
    rules = RULES if theme == "light" else COLOURS
    assert not violations(page, rules), "the whole document"
    for _ in range(len(STORY) + QUESTIONS + len(LATER)):
        here = str(name(page))
        assert not _violations_seen(page, rules), here
        touches = next(reversed(list(_touches(here))), ())
        for what in touches:
            screen(page).locator(what).dispatch_event("click")  # a fourth pledge is not taken, and says so
        assert not touches or not _violations_seen(page, rules), (here, "touched")
        tap(page, ".next button")
    page.context.close()


def _violations_seen(page: Page, rules: dict[str, Any]) -> tuple[tuple[str, list[Any]], ...]:
    """What axe finds while what is hidden is empty: it goes through all that is hidden with every rule, for nothing."""
    page.evaluate(EMPTIED)
    found = violations(page, rules)
    page.evaluate(FILLED)
    return found


@pytest.mark.parametrize(("chapter", "screen_id"), [("2", "drop"), ("5", "quiz-"), ("6", "sky"), ("two", "sky")])
def test_an_address_opens_a_chapter(address: str, chrome: Browser, chapter: str, screen_id: str) -> None:
    page = opened(chrome, address, still=True, chapter=chapter)
    assert str(name(page)).startswith(screen_id)
    page.context.close()
