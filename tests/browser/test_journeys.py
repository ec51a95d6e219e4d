"""Two people on their way, and the network is cut under them: a resident with a shared link, a screen-reader user."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Browser, Page, expect

from reports import goals
from store import clock, facts, records
from tests import served
from tests.browser.conftest import PUBLIC_URL
from tests.served import SIZES, settle
from tests.wire import Wire, wire
from views.text.words import Words
from views.ui import promise_sentences

pytestmark = [
    pytest.mark.usefixtures("at_the_moment"),
]

ZH, EN = Words("zh"), Words("en")
WECHAT = (
    "Mozilla/5.0 (Linux; Android 12; TAS-AN00) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/107.0 Mobile Safari/537.36 "
    "MicroMessenger/8.0.40"
)
WITHIN_MS = 60_000  # Streamlit asks again after pauses that grow
PAUSES_MS = 20_000  # longer than any of them; the page's clock is put on instead of waiting
WINDOW = """new MutationObserver(() => {
    if (document.querySelector('[data-testid=stDialog]')) document.documentElement.dataset.window = 'opened' })
    .observe(document, {subtree: true, childList: true})"""


@pytest.fixture
def cable(live_address: str) -> Iterator[Wire]:
    """A cable of the test's own to a dashboard on which everything is alive, to be cut."""
    with wire(live_address) as laid:
        yield laid


@contextmanager
def cut_and_mended(cable: Wire, page: Page, w: Words) -> Iterator[None]:
    """Cut the network; the page says so in its language and keeps what it shows; the caller uses it; mend: it is back."""
    line = page.locator(".offline[role=status]")
    expect(line).to_be_empty()
    before = page.locator("div.x").all_inner_texts()  # charts may still be drawing
    cable.cut()
    try:
        expect(line).to_have_text(w("site.offline"), timeout=WITHIN_MS)
        page.clock.fast_forward(PAUSES_MS)
        # Streamlit opens a window of its own, in English, before which the page would be dead: it must have come and gone.
        expect(page.locator("html")).to_have_attribute("data-window", "opened", timeout=WITHIN_MS)
        expect(page.locator("[data-testid=stDialog], #root[inert], .offline[inert]")).to_have_count(0)
        assert page.locator("div.x").all_inner_texts() == before
        yield
    finally:
        cable.mend()
    page.clock.fast_forward(PAUSES_MS)
    expect(line).to_be_empty(timeout=WITHIN_MS)
    settle(page)


def test_a_resident_from_a_shared_link_to_advice(cable: Wire, chrome: Browser) -> None:
    """The link says today's air; the light page the advice for a child; the interactive one that of the own district."""
    width, height = SIZES["phone"]
    context = served.visitor(
        chrome, user_agent=WECHAT, viewport={"width": width, "height": height}, has_touch=True, is_mobile=True
    )
    context.add_init_script(WINDOW)
    page = context.new_page()
    page.clock.install()
    page.goto(f"{cable.address}/lite/air")
    shared = {
        one.get_attribute("property"): one.get_attribute("content") for one in page.locator("meta[property]").all()
    }
    number = page.locator(".value").first.inner_text().removesuffix("AQI").strip()
    assert number in (shared["og:title"] or "")
    image = shared["og:image"] or ""
    assert image.startswith(f"{PUBLIC_URL}/")
    picture = context.request.get(cable.address + image.removeprefix(PUBLIC_URL))
    assert (picture.ok, picture.headers["content-type"]) == (True, "image/png")
    expect(page.locator(".groups li", has_text=ZH("lite.group.children"))).to_be_visible()

    page.get_by_role("link", name=ZH("lite.full"), exact=True).tap()
    page.wait_for_url(f"{cable.address}/air?full=1*")
    settle(page)
    mine = page.locator(".card", has=page.locator(".groups"))
    expect(mine).to_contain_text(ZH("place.city"))
    expect(mine.locator("li", has_text=ZH("lite.group.children"))).to_be_visible()
    with cut_and_mended(cable, page, ZH):
        mine.scroll_into_view_if_needed()
        mine.locator("details.origin > summary").tap()  # what is on the page can still be opened
        expect(mine.locator("details.origin dl")).to_be_visible()
    page.get_by_role("combobox", name=ZH("place.choose")).tap()
    page.get_by_role("option").nth(2).tap()
    expect(mine).not_to_contain_text(ZH("place.city"))
    assert urlparse(page.url).path == "/air"
    context.close()


# ── by ear ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def heard(page: Page) -> str:
    """What a screen reader comes to, in its order."""
    return page.locator("body").aria_snapshot()


def headings(snapshot: str) -> list[tuple[int, str]]:
    """Level and text of the headings, in the order they are heard."""
    return [(int(level), text) for text, level in re.findall(r'- \'?heading "(.*?)" \[level=(\d)\]', snapshot)]


def test_a_screen_reader_user_through_goals(cable: Wire, chrome: Browser) -> None:
    """The page is heard in order, one promise found by its name, the plan before chosen by keyboard, all by ear alone."""
    page = served.visitor(chrome).new_page()
    page.add_init_script(WINDOW)
    page.clock.install()
    page.goto(f"{cable.address}/goals?lang=en")
    settle(page)
    snapshot = heard(page)
    levels = [level for level, _ in headings(snapshot)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))  # none is left out on the way down
    assert headings(snapshot)[1] == (2, EN("goals.board_title"))
    assert page.get_by_role("tab", name=EN("goals.tab_board"), exact=True).get_attribute("aria-selected") == "true"

    one = next(
        one
        for one in goals.scoreboard(clock.today())
        if one.plan.plan_id == "xn14" and one.indicator.indicator_id == "xiaoxia_class"
    )
    name = EN.of(one.indicator.short)
    row = page.locator(".promises li > details > summary", has_text=EN.of(one.indicator.name))
    expect(row).to_contain_text(promise_sentences.aim(one, EN))
    row.focus()
    page.keyboard.press("Enter")  # the row opens to the promise's card
    found = page.get_by_role("group", name=name, exact=True)
    expected = [
        EN(f"site.status.{one.judgement.status}"),
        promise_sentences.aim(one, EN),
        promise_sentences.reason(one, EN),
    ]
    for words in expected:
        expect(found).to_contain_text(words)

    with cut_and_mended(cable, page, EN):
        snapshot = heard(page)
        assert f'- group "{name}"' in snapshot
        assert EN("site.offline") in snapshot
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.checkVisibility()")

    before = EN.of(facts.by_id(records.Plan)["xn13"].short)
    page.get_by_role("radio", name=before).focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("radio", name=before)).to_be_checked()
    promises = sum(one.plan.plan_id == "xn13" and one.target.tier == "table" for one in goals.scoreboard(clock.today()))
    expect(page.get_by_role("main")).to_contain_text(EN("goals.shown", n=promises))
    page.context.close()
