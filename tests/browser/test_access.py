"""Nobody is left out: axe on every page, words for screen readers, the keyboard, larger text, contrast, small screens, paper."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from reports import goals, overview
from store import clock
from tests.browser.axe import violations
from tests.browser.records import (
    LOOKS,
    NARROW,
    Look,
    Records,
    english,
    opened,
    page_of,
    resize,
    still_cut,
    visitor,
)
from tests.served import settle
from views.http.streamlit_page import title_of
from views.text.words import Words
from views.ui import promise, promise_sentences

AA = f"Aa {Words('en')('page.choices')}"  # the folded choices
# Every page and every tab in both languages and both themes.
EVERY_LOOK = [(name, look) for name, looks in LOOKS.items() for look in looks]


@pytest.fixture
def context(chrome: Browser) -> Iterator[BrowserContext]:
    """A visitor at a desktop."""
    made = visitor(chrome, "desktop")
    yield made
    made.close()


@pytest.mark.parametrize(("name", "look"), EVERY_LOOK, ids=lambda one: one if isinstance(one, str) else "-".join(one))
def test_a_page_leaves_nobody_out(records: Records, name: str, look: Look) -> None:
    """Its title, language, one headline and one main part; axe finds nothing; no text is cut at any width or size.

    At a desktop everything fits beside each other: no table and no choice goes on behind an edge.
    """
    lang, _ = look
    seen = records.live(name, look)
    assert seen.found["title"] == title_of(page_of(name), Words(lang))
    assert seen.found["lang"] == Words(lang).html_lang
    assert seen.found["headlines"] == seen.found["mains"] == 1
    if lang == "zh":
        assert not english(seen.heard)
    assert not seen.violations
    assert not seen.found["sideways"]
    assert seen.cut
    assert not {window: left for window, left in seen.cut.items() if left}


# ── heard ────────────────────────────────────────────────────────────────────────────────────────────────────────────
def quoted(text: str) -> str:
    """A text as the snapshot of what is heard writes it: white space as one blank."""
    return " ".join(text.split())


@pytest.mark.usefixtures("at_the_moment")
@pytest.mark.parametrize("look", [("zh", "light"), ("en", "dark")], ids="-".join)
def test_the_promises_are_heard_one_by_one(records: Records, look: Look) -> None:
    """Title, headline, the state most share, then each row: its name, its target, the official figure, its own state."""
    w, day = Words(look[0]), clock.today()
    heard = records.live("goals", look).heard_main
    assert heard.index("[level=1]") < heard.index("[level=2]")
    table = [one for one in goals.scoreboard(day) if one.plan.plan_id == "xn14" and one.target.tier == "table"]
    promised = goals.ordered(table, "plan")
    assert promised
    status, n = Counter(one.judgement.status for one in promised).most_common(1)[0]
    assert w("goals.list_usual", n=n, status=w(f"site.status.{status}")) in quoted(heard)
    rows = [quoted(part) for part in re.split(r"- listitem:|\n  - (?=\w)", heard)]
    for one in promised:  # each is found after the one before
        name = quoted(promise.row(one, w).long_name)
        while not re.search(rf"strong: \"?{re.escape(name)}", rows[0]):
            rows.pop(0)
        row = rows.pop(0)
        assert quoted(promise_sentences.aim(one, w)) in row
        assert w("goals.list_official") in row
        assert (w(f"site.status.{one.judgement.status}") in row) == (one.judgement.status != status)
        assert "- img" not in row  # the drawn line says nothing that the words do not


@pytest.mark.usefixtures("at_the_moment")
@pytest.mark.parametrize("look", [("zh", "light"), ("en", "dark")], ids="-".join)
def test_the_tiles_are_heard_as_links_in_the_order_of_the_story(records: Records, look: Look) -> None:
    """Each by its name and its figure, or that none was found, and where it went since the plan's start."""
    w, heard = Words(look[0]), records.live("overview", look).heard_main
    assert heard.index("[level=1]") < heard.index("[level=2]")
    heard = heard[heard.index(w("overview.tiles_title")) :]
    for one in overview.overview(clock.today()).headline:
        row = promise.row(one, w)
        link = next(line for line in heard.split("\n") if f'link "{row.name} ' in line)
        assert (row.official.number if row.official else w("site.not_found")) in link
        way = overview.direction(one)
        assert way is None or w(f"overview.went_{way}") in link
        heard = heard[heard.index(link) + len(link) :]


def test_the_title_follows_from_page_to_page(live_address: str, context: BrowserContext) -> None:
    page, _ = opened(context, f"{live_address}/air?lang=en")
    page.get_by_role("link", name="Goals", exact=True).first.click()
    expect(page).to_have_title(title_of("goals", Words("en")))


# ── by keyboard ──────────────────────────────────────────────────────────────────────────────────────────────────────
FOCUSED = """() => { const at = document.activeElement, look = getComputedStyle(at), box = at.getBoundingClientRect();
    return {name: at.ariaLabel || at.innerText || at.tagName, inside: !!at.closest('[data-testid=stMain]'),
            seen: look.outlineStyle !== 'none' || look.boxShadow !== 'none', width: box.width, height: box.height,
            scrolls: at.scrollWidth > at.clientWidth, tag: at.tagName} }"""


def test_the_keyboard_reaches_everything_and_shows_where_it_is(live_address: str, context: BrowserContext) -> None:
    """From the skip link over names of pages, language and reading to the source of the last figure, never caught."""
    page, _ = opened(context, f"{live_address}/air?lang=zh&theme=light")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED)["name"] == Words("zh")("site.streamlit.skip")
    stops: list[dict[str, Any]] = []
    last = page.locator("details.origin > summary:visible").last
    while not stops or not last.evaluate("one => one === document.activeElement"):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(FOCUSED))
        assert stops[-1]["seen"], stops[-1]
        assert len(stops) < 400
    names = [one["name"].strip() for one in stops]
    assert {"蓝天", "碧水", "EN · Switch to English", f"Aa {Words('zh')('page.choices')}"} <= set(names)
    everything = page.locator("details.origin > summary:visible, details.table > summary:visible").count()
    assert sum(one["tag"] == "SUMMARY" for one in stops) >= everything
    small = [
        one for one in stops if one["inside"] and one["tag"] == "SUMMARY" and min(one["width"], one["height"]) < 24
    ]
    assert not small


def test_the_skip_link_leads_to_the_words(live_address: str, context: BrowserContext) -> None:
    page, _ = opened(context, f"{live_address}/goals?lang=en&theme=light")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "stMain"


# ── larger, clearer, still ───────────────────────────────────────────────────────────────────────────────────────────
def test_larger_text_and_more_contrast_are_chosen_and_kept(live_address: str, chrome: Browser) -> None:
    own = visitor(chrome, "phone")
    page, _ = opened(own, f"{live_address}/?lang=en&theme=light")
    resize(page, NARROW)
    ink = "getComputedStyle(document.querySelector('.x h1')).color"
    size = "parseFloat(getComputedStyle(document.querySelector('.footer')).fontSize)"
    before = page.evaluate(size)
    page.get_by_label(AA).click()
    page.get_by_role("link", name="Largest").click()
    settle(page)
    page.get_by_label(AA).click()
    page.get_by_role("link", name="High").click()
    settle(page)
    page.goto(f"{live_address}/goals")  # kept, on every page, in the first HTML
    settle(page)
    assert page.evaluate(size) == pytest.approx(1.4 * before)
    assert page.evaluate(ink) == "rgb(0, 0, 0)"
    assert not still_cut(page)
    page.get_by_label(AA).click()
    assert page.locator(".panel [aria-current]").all_inner_texts() == ["Largest", "High", "Light"]
    own.close()


def test_what_the_device_asks_for_is_done(live_address: str, chrome: Browser) -> None:
    """More contrast where the device wants it, unless the visitor chose otherwise; no motion where it wants none."""
    own = visitor(chrome, "desktop", contrast="more", reduced_motion="reduce", color_scheme="dark")
    page, _ = opened(own, f"{live_address}/?theme=dark")
    ground = "getComputedStyle(document.querySelector('.stApp')).backgroundColor"
    assert page.evaluate(ground) == "rgb(0, 0, 0)"
    assert not violations(page)
    moving = page.evaluate("document.getAnimations().filter(one => one.playState === 'running').length")
    assert moving == 0
    page.goto(f"{live_address}/?contrast=normal")
    settle(page)
    assert page.evaluate(ground) == "rgb(7, 24, 38)"
    own.close()
