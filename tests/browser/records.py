"""What a page is in a browser: opened once, measured in one go, and closed; every test about it asserts from its record."""

import re
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import cycle
from typing import Any, TypeVar
from urllib.parse import urlparse

from msgspec import Struct, field
from msgspec.structs import replace
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from dashboard import PAGES
from tests import served
from tests.browser.axe import violations
from tests.browser.first_screens import BOXES, FIRST_SCREENS, Box
from tests.pictures import PHONE
from tests.served import SIZES, settle
from tests.wire import Wire
from views.addresses import TABS

T = TypeVar("T")
Look = tuple[str, str]  # language, theme
MOMENT = "2026-11-23T18:30"
PATIENCE_S = 60  # a condition that a busy machine takes long to reach; one that fails takes this long to say so
LARGEST = "140"  # % of the usual text, the most a reader can choose
HUNDRED, TWO_HUNDRED, NARROW, PAPER = 1280, 640, 320, 718  # px: a desktop at 100 %, at 200 %, the narrowest phone, A4
# In this order a page, seen at HUNDRED first, draws itself anew the fewest times.
WINDOWS = (("100", HUNDRED), (LARGEST, HUNDRED), (LARGEST, NARROW), ("100", NARROW), ("100", TWO_HUNDRED))
A_SHEET = re.compile(rb"/Type\s*/Page\b(?!s)")
STREAMLITS = ("Skip to", "Link to", "Navigate to", "App pages", "sidebar", "Sidebar", "Logo", '"Open"')
ALL_LOOKS: tuple[Look, ...] = (("zh", "light"), ("en", "dark"), ("zh", "dark"), ("en", "light"))
# The tabs behind the first one, as their page's address names them: "air?tab=year".
FURTHER = tuple(f"{name}?tab={tab}" for name, tabs in TABS.items() for tab in tabs[1:])
PLACES = (*PAGES, *FURTHER)
# Where the libraries of charts and maps are asked for.
CHARTS = {
    "air?tab=years",
    "air?tab=rules",
    "water?tab=goals",
    "greening?tab=space",
    "greening?tab=city",
    "actions?tab=tasks",
}
MAPS = {"water?tab=sections"}
HEARD = ("overview", "goals")  # whose words are heard one by one
# The first page in all four looks, the others and every tab in one and its opposite, both pairs taking turns over the tabs.
LOOKS: dict[str, tuple[Look, ...]] = {
    **{name: ALL_LOOKS if name == PAGES[0] else ALL_LOOKS[:2] for name in PAGES},
    **dict(zip(FURTHER, cycle((ALL_LOOKS[2:], ALL_LOOKS[:2])), strict=False)),
}

# ── scripts ──────────────────────────────────────────────────────────────────────────────────────────────────────────
# From the first HTML on: what the browser refuses because the site's policy does not allow it, and what moves in the main
# part after it was painted, from where to where.
LISTEN = """window.refused = []; addEventListener('securitypolicyviolation',
    one => refused.push(`${one.effectiveDirective} ${one.blockedURI}`));
window.moved = []; new PerformanceObserver(list => list.getEntries().filter(one => !one.hadRecentInput).forEach(one =>
    moved.push([one.value, ...one.sources.filter(({node: n}) =>
        (n?.nodeType === 1 ? n : n?.parentElement)?.closest('[data-testid=stMain]'))
      .map(({node, previousRect: a, currentRect: b}) =>
        `${node.dataset?.testid ?? node.className ?? node.nodeName}: ${a.x},${a.y}+${a.height} to ${b.x},${b.y}+${b.height}`)])))
    .observe({type: 'layout-shift', buffered: true})"""
# Text that is cut off: outside its drawing, outside the window, or outside a box that hides what is too much.
# What scrolls may be wider; the skip link, the folded menu and what is only heard stand outside
# on purpose. Each box is asked for its style once: thousands of texts lie in it.
CUT = """() => {
  const styles = new Map(), main = document.querySelector('[data-testid=stMain]');
  const style = box => { if (!styles.has(box)) { const { overflow, overflowX, clipPath } = getComputedStyle(box);
    styles.set(box, { overflow, overflowX, clipPath }) } return styles.get(box) };
  const scrolls = at => { for (let p = at; p && p !== main; p = p.parentElement)
    if (/auto|scroll/.test(style(p).overflowX)) return true; return false };
  const onlyHeard = at => { for (let p = at; p; p = p.parentElement)
    if (style(p).clipPath === 'inset(50%)') return true; return false };
  const drawing = at => { let found = null;
    for (let p = at.closest('svg'); p; p = p.parentElement.closest('svg')) found = p; return found };
  const cut = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const text = walk.currentNode, at = text.parentElement, name = text.textContent.trim().slice(0, 40);
    if (!name || at.closest('script, style, noscript, title, [data-testid=stSkipToContent], [data-testid=stSidebar]')
        || onlyHeard(at)
        || !at.checkVisibility({visibilityProperty: true, opacityProperty: true})) continue;
    const range = document.createRange(); range.selectNodeContents(text);
    const r = range.getBoundingClientRect(), svg = drawing(at);
    const beyond = box => r.left < box.left - 2 || r.right > box.right + 2 || r.top < box.top - 3 || r.bottom > box.bottom + 3;
    if (r.width < 2) continue;
    if (svg) { if (style(svg).overflow !== 'visible' && beyond(svg.getBoundingClientRect())) cut.push('svg ' + name); }
    else for (let p = at; p !== document.body && !/auto|scroll/.test(style(p).overflow); p = p.parentElement)
      if (/hidden|clip/.test(style(p).overflow) && beyond(p.getBoundingClientRect())) {
        cut.push(p.className + ' ' + name); break }
    if (r.right > innerWidth + 1 && !scrolls(at)) cut.push('window ' + name);
  }
  if (Math.max(document.body.scrollWidth, main.scrollWidth) > innerWidth) cut.push('the page is wider than the window');
  return cut;
}"""
# What a page is, whatever its width. Its text: without an icon font's letters and what is marked as another language's.
FOUND = """() => {
  const all = what => [...document.querySelectorAll(what)], main = document.querySelector('[data-testid=stMain]');
  const copy = main.cloneNode(true);
  copy.querySelectorAll('[data-testid=stIconMaterial], [lang], script, style').forEach(part => part.remove());
  return {
    tall: document.querySelector('[data-testid=stMainBlockContainer]').getBoundingClientRect().height,
    foot: document.querySelector('.printed')?.checkVisibility() ?? false,
    title: document.title, lang: document.documentElement.lang, text: copy.textContent, refused, moved,
    headlines: all('h1').length, mains: all('main, [role=main]').length,
    failed: all('.pagefail, [data-testid=stException]').length, wide: main.scrollWidth,
    bare: all('.value:not(.none)').filter(v => !v.closest('.card')?.querySelector('details.origin')).map(v => v.textContent),
    charts: all('[data-testid=stPlotlyChart], [data-testid=stDeckGlJsonChart]').map(
      c => (c.closest('[aria-label]') || c.querySelector('[aria-label]'))?.getAttribute('aria-label') ?? ''),
    sources: all('details.origin').length,
    sideways: all('[data-testid=stMain] *').filter(one => one.checkVisibility() && one.clientWidth
      && /auto|scroll/.test(getComputedStyle(one).overflowX) && one.scrollWidth > one.clientWidth + 1)
      .map(one => one.getAttribute('aria-label') ?? one.className),
  } }"""
# On paper: colours, what is left of navigation and of what is chosen or folded, the line at the foot, the sources named.
PRINT = """() => {
  const style = what => getComputedStyle(document.querySelector(what));
  const seen = what => document.querySelector(what)?.checkVisibility({visibilityProperty: true}) ?? false;
  const all = what => [...document.querySelectorAll(what)].filter(one => one.checkVisibility({visibilityProperty: true}));
  return {
    choosing: all('[data-testid=stButtonGroup], [data-testid=stSelectbox], [data-testid=stCheckbox], .bar, ' +
      '[data-testid=stHeader], details.table:not([open])').map(one => one.className || one.dataset.testid),
    tabs: all('[role=tab]').length, foot: document.querySelector('.printed').innerText,
    named: all('.origin > summary, .on-paper').map(one => one.innerText),
    ground: style('.stApp').backgroundColor, ink: style('.x h1').color, bar: seen('.bar'),
    header: seen('[data-testid=stHeader]'), code: seen('.code svg'),
    scrolled: (main => main.scrollHeight - main.clientHeight)(document.querySelector('[data-testid=stMain]')),
  } }"""


# ── records ──────────────────────────────────────────────────────────────────────────────────────────────────────────
class Record(Struct, frozen=True):
    """A page as it came: ``found`` (see FOUND), the addresses it asked for, the bytes that came down the cable, the parts of
    its first screen on a desktop and on a phone."""

    found: dict[str, Any]
    asked: tuple[str, ...]
    down: int = 0
    desktop: dict[str, list[Box]] = field(default_factory=dict)
    phone: dict[str, list[Box]] = field(default_factory=dict)


class Examined(Record, frozen=True):
    """A page seen through: by axe, by ear, at several widths (px), on paper."""

    violations: tuple[Any, ...] = ()
    heard: str = ""  # by a screen reader: the whole window, in Chinese
    heard_main: str = ""  # and the main part of the pages of HEARD
    cut: dict[str, list[str]] | None = None  # by the window's width (px) and the text's size (%)
    paper: dict[str, Any] = field(default_factory=dict)


class Records:
    """All records of a browser: a page, or a tab of one, is opened when the first test asks for it."""

    def __init__(self, chrome: Browser, live: Wire, site: str, facts_only: str) -> None:
        self.cable, self.chrome = live, chrome
        self._desktop = Window(chrome, "desktop", live.address)
        self._narrow = Window(chrome, "phone", facts_only)
        self._phone = Window(chrome, "phone", site, user_agent=PHONE)
        self._live: dict[str, dict[Look, Examined]] = {}
        self._plain: dict[tuple[str, str], Record] = {}
        self._first: dict[str, Record] = {}
        self._phones: dict[tuple[str, str], Record] = {}

    def live(self, name: str, look: Look) -> Examined:
        """A page on which every source has answered, in a desktop's window.

        One visitor sees all its looks one after another: the first is a first visit, the others are repeat visits.
        """
        if name not in self._live:
            # Only a new window compiles its scripts too: each page comes to one, its further tabs to a visitor forgotten.
            window = Window(self.chrome, "desktop", self.cable.address) if name in PAGES else self._desktop
            window.forget()
            self._live[name] = {one: _examine(window, self.cable, name, one) for one in LOOKS[name]}
            if window is not self._desktop:
                window.close()
        return self._live[name][look]

    def first_on_a_phone(self, name: str) -> Record:
        """A page on which every source has answered, in a narrow window that never was here."""
        if name not in self._first:
            window, before = Window(self.chrome, "phone", self.cable.address), self.cable.down
            window.open(path(name))
            seen = _record(window, name)
            window.page.wait_for_load_state("networkidle")  # all bytes have come
            self._first[name] = replace(seen, down=self.cable.down - before)
            window.close()
        return self._first[name]

    def phone(self, name: str, lang: str) -> Record:
        """A page on which every source has answered, on a phone that says what it is and wants the whole page."""
        if (name, lang) not in self._phones:
            for place in self._phone.tour(page_of(name), lang=lang, view="full"):
                self._phones[place, lang] = _record(self._phone, place)
        return self._phones[name, lang]

    def plain(self, name: str, lang: str) -> Record:
        """A page of tracked facts only, no readings, in a narrow window and then, for its first screen, in a desktop's."""
        if (name, lang) not in self._plain:
            for place in self._narrow.tour(page_of(name), lang=lang):
                self._plain[place, lang] = replace(_record(self._narrow, place), desktop=self._on_a_desktop(place))
        return self._plain[name, lang]

    def _on_a_desktop(self, place: str) -> dict[str, list[Box]]:
        """The first screen of what the narrow window shows, were it a desktop's."""
        if place not in FIRST_SCREENS:
            return {}
        page = self._narrow.page
        resize(page, *SIZES["desktop"])
        boxes = _boxes(page, place, "desktop")
        resize(page, *SIZES["phone"])
        return boxes


def _record(window: "Window", place: str) -> Record:
    """What a window shows now."""
    return Record(window.page.evaluate(FOUND), tuple(window.asked), phone=_boxes(window.page, place, "phone"))


def _boxes(page: Page, place: str, device: str) -> dict[str, list[Box]]:
    """Where the parts of a first screen are, for those that a reader sees; none where nothing is asked of a place."""
    wanted = FIRST_SCREENS.get(place)
    found: dict[str, list[Box]] = page.evaluate(BOXES, getattr(wanted, device)) if wanted else {}
    return found


def _examine(window: "Window", cable: Wire, name: str, look: Look) -> Examined:
    """One visit in one look: axe and the ear while the last bytes come, then what came and what it is, every width, the
    paper."""
    lang, theme = look
    before = cable.down
    page = window.open(within(name, lang=lang, theme=theme))
    heard = until(page, page.locator("body").aria_snapshot, lambda words: not english(words)) if lang == "zh" else ""
    heard_main = page.locator("[data-testid=stMain]").aria_snapshot() if name in HEARD else ""
    violated = violations(page)
    page.wait_for_load_state("networkidle")  # all bytes have come
    down, found, boxes = cable.down - before, page.evaluate(FOUND), _boxes(page, name, "desktop")
    resize(page, HUNDRED)
    taken = sheets(page)
    return Examined(
        found,
        tuple(window.asked),
        down,
        boxes,
        violations=violated,
        heard=heard,
        heard_main=heard_main,
        cut={f"{width} px, {text} %": cut(page, width, text) for text, width in WINDOWS},
        paper={**printed(page), "sheets": taken},
    )


# ── one window ───────────────────────────────────────────────────────────────────────────────────────────────────────
class Window:
    """One window of a visitor, in which pages of a site are opened one after another; ``asked``: the addresses the last
    one asked for, with those of its tabs touched since.

    Its scripts stay compiled: a page costs half of what it costs in a new window, a third of what it costs a new visitor.
    """

    def __init__(self, chrome: Browser, size: str, site: str, **more: Any) -> None:
        self.site, self.asked = site, list[str]()
        self.width, self.height = SIZES[size]
        self.page = visitor(chrome, size, **more).new_page()
        self.page.on("request", lambda request: self.asked.append(request.url))

    def open(self, place: str) -> Page:
        """A place that has run and drawn itself, on a screen of the visitor's size whatever was done to the one before."""
        self.page.emulate_media(media="null")
        if self.page.viewport_size != ViewportSize(width=self.width, height=self.height):
            self.page.set_viewport_size({"width": self.width, "height": self.height})
        self.asked.clear()
        self.page.goto(f"{self.site}/{place}")
        settle(self.page)
        return self.page

    def tour(self, page: str, **choices: str) -> Iterator[str]:
        """A page and then each of its further tabs, touched as a reader touches it: the place the window shows by then, which
        lies where its own address would open it."""
        self.open(within(page, **choices))
        yield page
        for n, tab in enumerate(TABS.get(page, ())[1:], 1):
            self.page.get_by_role("tab").nth(n).click()
            self.page.wait_for_url(re.compile(rf"[?&]tab={tab}\b"))
            settle(self.page)
            self.page.locator("[data-testid=stMain]").evaluate("main => main.scrollTo(0, 0)")
            yield f"{page}?tab={tab}"

    def forget(self) -> None:
        """The next place is a first visit: nothing of this visitor is stored or cached, neither by the browser nor by the
        page's process. Only scripts stay compiled, of which no visitor knows."""
        self.page.context.clear_cookies()
        link = self.page.context.new_cdp_session(self.page)
        link.send("Storage.clearDataForOrigin", {"origin": self.site, "storageTypes": "all"})
        link.send("Network.clearBrowserCache")
        for disabled in (True, False):  # which empties the process's own cache, in memory
            link.send("Network.setCacheDisabled", {"cacheDisabled": disabled})
        link.detach()

    def close(self) -> None:
        """The visitor leaves and is forgotten."""
        self.page.context.close()


# ── one page ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def visitor(chrome: Browser, size: str, **more: Any) -> BrowserContext:
    """A visitor who never was here."""
    width, height = SIZES[size]
    made = served.visitor(chrome, viewport={"width": width, "height": height}, **more)
    made.add_init_script(LISTEN)
    return made


def opened(context: BrowserContext, url: str) -> tuple[Page, list[str]]:
    """A page that has run and drawn itself, and the addresses it asks for."""
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(url)
    settle(page)
    return page, asked


def resize(page: Page, width: int, height: int = 900) -> None:
    """Give the window another size and let everything draw itself anew."""
    page.set_viewport_size({"width": width, "height": height})
    settle(page)


def until(page: Page, take: Callable[[], T], holds: Callable[[T], bool]) -> T:
    """What is taken once it holds, or when patience is at an end."""
    deadline = time.monotonic() + PATIENCE_S
    while not holds(taken := take()) and time.monotonic() < deadline:
        page.wait_for_timeout(50)
    return taken


def english(heard: str) -> list[str]:
    """What Streamlit says in English of its own."""
    return [words for words in STREAMLITS if words in heard]


def cut(page: Page, width: int, text: str) -> list[str]:
    """The text that is still cut off when charts and menus have drawn themselves anew for a window's width (px) and a
    text's size (%)."""
    page.evaluate("text => { document.documentElement.dataset.text = text }", text)
    resize(page, width)
    return still_cut(page)


def still_cut(page: Page) -> list[str]:
    """The text that is cut off once everything has drawn itself."""
    left: list[str] = until(page, lambda: page.evaluate(CUT), lambda found: not found)
    return left


def printed(page: Page) -> dict[str, Any]:
    """The page on A4, within its margins, at 96 dpi, its text of the usual size; it stays so.

    A chart is drawn at the window's width and scaled as it goes to paper (its own test prints one), so beside one nothing
    is looked for that is cut.
    """
    page.evaluate("document.documentElement.dataset.text = '100'")
    page.emulate_media(media="print")
    resize(page, PAPER, 1000)
    left = [] if page.locator("[data-testid=stPlotlyChart]").count() else still_cut(page)
    return {**page.evaluate(PRINT), "cut": left}


def sheets(page: Page) -> int:
    """How many sheets of A4 the page takes."""
    return len(A_SHEET.findall(page.pdf(prefer_css_page_size=True)))


def path(name: str) -> str:
    """The address of a page, or of one of its tabs ("air?tab=year"), below the site's."""
    return "" if name == PAGES[0] else name


def within(name: str, **choices: str) -> str:
    """The same with a visitor's choices."""
    joint = "&" if "?" in name else "?"
    return path(name) + joint + "&".join(f"{key}={value}" for key, value in choices.items())


def look_in(lang: str, name: str) -> Look:
    """The first look in which a place is seen in a language."""
    return next(look for look in LOOKS[name] if look[0] == lang)


def page_of(place: str) -> str:
    """The page of a place: "air" of "air?tab=year"."""
    return place.partition("?")[0]


def hosts(asked: Iterable[str]) -> set[str | None]:
    """Who is asked over the network, by the addresses asked for."""
    return {urlparse(url).hostname for url in asked if urlparse(url).scheme in ("http", "https", "ws", "wss")}
