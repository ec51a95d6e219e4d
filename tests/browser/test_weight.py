"""What a visit costs, counted on the cable: first visit, repeat visit, a phone left open; nothing jumps, nothing comes
from elsewhere."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from streamlit.proto.BackMsg_pb2 import BackMsg

from dashboard import PAGES
from tests import living
from tests.served import SIZES, dashboard, running, settle
from tests.wire import Wire, wire

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

MOMENT = "2026-11-23T18:30"
FIRST_VISIT = 1_600_000  # bytes, of the overview
HEAVIEST = 3_100_000
REPEAT = 100_000
JUMP = 0.1  # cumulative layout shift a page may have
CHARTS, MAPS = {"air", "water", "waste", "greening", "actions"}, {"air", "water", "greening", "actions"}
SHIFTS = """new Promise(done => { const all = [];
    new PerformanceObserver(list => list.getEntries().filter(one => !one.hadRecentInput).forEach(one => all.push(
        [one.value, ...one.sources.map(({node, previousRect: a, currentRect: b}) =>
            `${node?.dataset?.testid ?? node?.className ?? node?.nodeName}: ${a.y}+${a.height} to ${b.y}+${b.height}`)])))
        .observe({type: 'layout-shift', buffered: true});
    setTimeout(() => done(all), 400) })"""


# What a browser refuses because the site's policy does not allow it.
HEAR = """window.refused = []; addEventListener('securitypolicyviolation',
    one => refused.push(`${one.effectiveDirective} ${one.blockedURI}`))"""
SCREENS = ("lite", "lite/air", "lite/section/xiaoxia", "?view=wall", "?view=exhibit", "api/v1/now")


@pytest.fixture(scope="module")
def cable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wire]:
    """A dashboard with a living sky, at the other end of a cable."""
    with (
        living.told(tmp_path_factory.mktemp("weight"), MOMENT),
        dashboard(XINING_TODAY=MOMENT) as url,
        wire(url) as laid,
    ):
        yield laid


def opened(context: BrowserContext, address: str, name: str) -> Page:
    """A page with all that it draws: the libraries come after the page has settled."""
    page = context.new_page()
    page.goto(f"{address}/{'' if name == PAGES[0] else name}")
    settle(page)
    for drawn, where in (("stPlotlyChart", CHARTS), ("stDeckGlJsonChart", MAPS)):
        if name in where:
            page.wait_for_selector(f"[data-testid={drawn}]", timeout=45_000)
    page.wait_for_timeout(500)  # they finish drawing
    return page


def assert_calm(page: Page) -> None:
    """Its parts have moved by less than what a reader would notice; else what moved, from where to where."""
    shifts = page.evaluate(SHIFTS)
    assert sum(value for value, *_ in shifts) <= JUMP, shifts


def visitor(chrome: Browser, size: str) -> BrowserContext:
    width, height = SIZES[size]
    made = chrome.new_context(viewport={"width": width, "height": height})
    made.add_init_script(HEAR)
    return made


def hosts(asked: list[str]) -> set[str | None]:
    """Who is asked over the network, by the addresses asked for."""
    return {urlparse(url).hostname for url in asked if urlparse(url).scheme in ("http", "https", "ws", "wss")}


@pytest.mark.parametrize("name", PAGES)
def test_a_first_and_a_repeat_visit(cable: Wire, chrome: Browser, name: str) -> None:
    """Libraries come with the pages that draw with them; a page that was seen before comes almost for nothing."""
    context, asked = visitor(chrome, "desktop"), []
    context.on("request", lambda request: asked.append(request.url))
    before = cable.down
    page = opened(context, cable.address, name)
    first = cable.down - before
    assert_calm(page)
    assert page.evaluate("refused") == []
    page.close()
    before = cable.down
    opened(context, cable.address, name)
    repeat = cable.down - before
    context.close()
    print(f"{name}: first {first / 1e6:.2f} MB, repeat {repeat / 1e3:.0f} kB")
    assert hosts(asked) == {"127.0.0.1"}
    assert first <= (FIRST_VISIT if name == PAGES[0] else HEAVIEST)
    assert repeat <= REPEAT
    assert any("PlotlyChart" in url for url in asked) == (name in CHARTS)
    assert any("DeckGl" in url for url in asked) == (name in MAPS)
    assert not [url for url in asked if url.endswith((".woff2", ".woff", ".ttf"))]


def test_other_screens_keep_to_the_policy_and_what_breaks_it_is_refused(cable: Wire, chrome: Browser) -> None:
    context, asked = visitor(chrome, "desktop"), []
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
    page.wait_for_timeout(200)
    assert sorted(page.evaluate("refused")) == ["img-src http://elsewhere.invalid/x.png", "script-src-elem inline"]
    assert page.evaluate("window.ran") is None
    context.close()


@pytest.mark.parametrize("name", ["overview", "air", "water"])
def test_nothing_jumps_on_a_phone(cable: Wire, chrome: Browser, name: str) -> None:
    context = visitor(chrome, "phone")
    assert_calm(opened(context, cable.address, name))
    context.close()


BEAT_BYTES = 12_000  # of all blocks of the page that has most of them
LEFT_OPEN = """
from views import live
refresh.REFRESH_INTERVAL = 1  # a second, in place of five minutes
import runpy
runpy.run_path("pages/air.py")
"""


def test_a_phone_left_open(cable: Wire, chrome: Browser, tmp_path: Path) -> None:
    """The living blocks of the air page draw themselves anew every five minutes: 288 beats a day, some 4 kB each."""
    script = tmp_path / "left_open.py"
    script.write_text(LEFT_OPEN)
    asked: list[str] = []

    def sent(frame: bytes | str) -> None:
        if isinstance(frame, bytes) and (one := BackMsg.FromString(frame).rerun_script.fragment_id):
            asked.append(one)

    with running(script, XINING_TODAY=MOMENT) as (_, url), wire(url) as laid:
        context = visitor(chrome, "phone")
        page = context.new_page()
        page.on("websocket", lambda socket: socket.on("framesent", sent))
        page.goto(laid.address)
        page.wait_for_selector(".footer", timeout=45_000, state="attached")
        asked.clear()
        before = laid.down
        page.wait_for_timeout(6000)
        per_block = (laid.down - before) / len(asked)
        context.close()
    beat = per_block * len(set(asked))
    print(f"{len(set(asked))} blocks, {beat / 1e3:.1f} kB a beat, {beat * 288 / 1e6:.1f} MB a day")
    assert beat <= BEAT_BYTES
