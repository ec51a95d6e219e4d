"""What a visit costs, counted on the cable: first visit, repeat visit, a phone left open; nothing jumps, nothing comes
from elsewhere."""

from collections import Counter
from functools import partial
from operator import le
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from streamlit.proto.BackMsg_pb2 import BackMsg

from dashboard import PAGES
from tests.browser.records import (
    CHARTS,
    FOUND,
    FURTHER,
    LOOKS,
    MAPS,
    MOMENT,
    Record,
    Records,
    Window,
    hosts,
    until,
    visitor,
)
from tests.served import dashboard, settle
from tests.wire import Wire

FIRST_VISIT = 700_000  # bytes, of any page on any device
HEAVIEST = 3_100_000  # of a tab that draws with the libraries of charts or maps
REPEAT = 130_000  # bytes, in another language and theme than the first visit
SCREENS = ("lite", "lite/air", "lite/section/xiaoxia", "?view=wall", "?view=exhibit", "api/v1/now")


JUMP = 0.1  # of the window and the way, summed (layout shift)


def assert_calm(seen: Record) -> None:
    """The page's parts have moved by less than a reader notices while it came; else what moved, from where to where."""
    assert sum(value for value, *what in seen.found["moved"] if what) <= JUMP, seen.found["moved"]


@pytest.mark.parametrize("name", PAGES)
def test_a_first_and_a_repeat_visit(records: Records, name: str) -> None:
    """Libraries come with the pages that draw with them; a page that was seen before comes almost for nothing."""
    first, repeat = (records.live(name, look) for look in LOOKS[name][:2])
    assert_calm(first)
    assert_calm(repeat)
    assert first.found["refused"] == repeat.found["refused"] == []
    print(f"{name}: first {first.down / 1e6:.2f} MB, repeat {repeat.down / 1e3:.0f} kB")
    asked = (*first.asked, *repeat.asked)
    assert hosts(asked) == {"127.0.0.1"}
    assert 0 < first.down <= FIRST_VISIT
    assert 0 < repeat.down <= REPEAT
    assert any("PlotlyChart" in url for url in asked) == (name in CHARTS)
    assert any("DeckGl" in url for url in asked) == (name in MAPS)
    assert not [url for url in asked if url.endswith((".woff2", ".woff", ".ttf"))]


@pytest.mark.parametrize("place", FURTHER)
def test_a_further_tab(records: Records, place: str) -> None:
    """It comes calmly, within the weight of the heaviest page, and asks for the libraries it draws with alone."""
    seen = records.live(place, LOOKS[place][0])
    assert_calm(seen)
    assert seen.found["refused"] == []
    assert hosts(seen.asked) == {"127.0.0.1"}
    assert 0 < seen.down <= (HEAVIEST if place in CHARTS | MAPS else FIRST_VISIT)
    assert any("PlotlyChart" in url for url in seen.asked) == (place in CHARTS)
    assert any("DeckGl" in url for url in seen.asked) == (place in MAPS)


def test_other_screens_keep_to_the_policy_and_what_breaks_it_is_refused(cable: Wire, chrome: Browser) -> None:
    context = visitor(chrome, "desktop")
    asked: list[str] = []
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    for path in SCREENS:
        page.goto(f"{cable.address}/{path}")
        assert page.evaluate("refused") == [], path
    assert hosts(asked) == {"127.0.0.1"}
    page.goto(f"{cable.address}/lite")
    page.evaluate(
        """() => { const one = document.createElement('script'); one.textContent = 'window.ran = true';
             document.body.append(one, Object.assign(new Image(), {src: 'http://elsewhere.invalid/x.png'})) }"""
    )
    refused_by_policy = until(page, lambda: page.evaluate("refused"), lambda refused: len(refused) >= 2)
    assert sorted(refused_by_policy) == ["img-src http://elsewhere.invalid/x.png", "script-src-elem inline"]
    assert page.evaluate("window.ran") is None
    context.close()


@pytest.mark.parametrize("name", ["overview", "air", "water"])
def test_a_first_visit_on_a_phone_is_light_and_nothing_jumps(records: Records, name: str) -> None:
    seen = records.first_on_a_phone(name)
    assert_calm(seen)
    assert 0 < seen.down <= FIRST_VISIT


def test_nothing_jumps_for_the_first_visitor_of_a_fresh_server(live_store: Path, chrome: Browser) -> None:
    """Nothing is drawn yet, so a page comes part by part: each below the one before, whatever the window's width."""
    with dashboard(XINING_DATABASE_URL=f"sqlite:///{live_store}", XINING_TODAY=MOMENT) as fresh:
        for place in ("", "air", "water"):
            window = Window(chrome, "phone", fresh)
            assert_calm(Record(window.open(place).evaluate(FOUND), tuple(window.asked)))
            window.close()


REFRESH_BYTES = 12_000  # of all blocks of the page that has most of them
REFRESH_MS = 300_000
ROUNDS = 3


def test_a_phone_left_open(cable: Wire, chrome: Browser) -> None:
    """The live blocks of the air page draw themselves anew every five minutes: 288 refreshes a day, some 4 kB each.

    The phone's clock is put on, the minutes are not waited for.
    """
    asked: Counter[str] = Counter()  # by block

    def sent(frame: bytes | str) -> None:
        if isinstance(frame, bytes) and (one := BackMsg.FromString(frame).rerun_script.fragment_id):
            asked[one] += 1

    context = visitor(chrome, "phone")
    context.clock.install()
    page = context.new_page()
    page.on("websocket", lambda socket: socket.on("framesent", sent))
    page.goto(f"{cable.address}/air")
    settle(page)
    asked.clear()
    before = cable.down
    for refreshes in range(1, ROUNDS + 1):
        context.clock.fast_forward(REFRESH_MS)
        until(page, lambda: min(asked.values(), default=0), partial(le, refreshes))
        settle(page)  # answered
    per_block = (cable.down - before) / max(asked.total(), 1)
    context.close()
    assert asked
    assert min(asked.values()) >= ROUNDS
    per_refresh = per_block * len(asked)
    print(f"{len(asked)} blocks, {per_refresh / 1e3:.1f} kB a refresh, {per_refresh * 288 / 1e6:.1f} MB a day")
    assert 0 < per_refresh <= REFRESH_BYTES
