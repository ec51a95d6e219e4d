"""Every text of upstreams, workbooks, addresses and headers is hostile: nothing of it runs or becomes a part of a page."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from playwright.sync_api import Browser, BrowserContext, Request

import dashboard as site
from tests.browser.records import MOMENT
from tests.served import dashboard, settle, visitor
from views import addresses
from views.http import light

HOSTILE = (
    "\"'><img src=x data-hostile onerror='window.hostile=1'><script data-hostile>window.hostile=1</script>"
    "<a data-hostile href=javascript:window.hostile=1>x</a></style></svg></title><b data-hostile>"
    " [x](javascript:window.hostile=1) ![x](http://hostile.invalid/x) {{7*7}} &lt;i&gt; \u202e"
)
TEXTS = ("_zh", "_en")
NAMES = {"note", "place", "who", "why", "failure", "problem", "primary_pollutants", "name", "title", "where"}
KEPT = {"alembic_version", "revisions", "leases"}
PAGES = [(name, tab) for name in site.PAGES for tab in addresses.TABS.get(name, ("",))]
LIGHT = sorted(path for path in light.PAGES)
FOUND = """() => ({
  ran: window.hostile === 1,
  elements: document.querySelectorAll('[data-hostile]').length,
  links: [...document.querySelectorAll('a[href^="javascript:" i], [src*="hostile.invalid"]')].length })"""
INERT = {"ran": False, "elements": 0, "links": 0}


@pytest.fixture(scope="module")
def hostile_address(living_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A dashboard every free text of whose store ends in HOSTILE."""
    file = tmp_path_factory.mktemp("hostile") / "hostile.db"
    shutil.copyfile(living_store, file)
    assert poisoned(file) > 60
    with dashboard(XINING_DATABASE_URL=f"sqlite:///{file}", XINING_TODAY=MOMENT) as url:
        yield url


def poisoned(file: Path) -> int:
    """Append HOSTILE to every text that is no key and no code; how many columns had one."""
    count = 0
    with closing(sqlite3.connect(file)) as store, store:
        tables = [one for (one,) in store.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in set(tables) - KEPT:
            for _, name, kind, _, _, key in store.execute(f'PRAGMA table_info("{table}")').fetchall():
                if kind in ("TEXT", "VARCHAR") and not key and (name.endswith(TEXTS) or name in NAMES):
                    changed = store.execute(
                        f'UPDATE "{table}" SET "{name}" = "{name}" || ? WHERE "{name}" <> \'\'', [HOSTILE]
                    )
                    count += changed.rowcount > 0
    return count


@pytest.fixture
def context(chrome: Browser, hostile_address: str) -> Iterator[BrowserContext]:
    """A visitor with hostile cookies and headers, and what the pages asked other hosts for."""
    made = visitor(chrome, extra_http_headers={"Accept-Language": "zh", "X-Forwarded-For": quote(HOSTILE)})
    for name in ("lang", "theme", "district", "text", "view"):
        made.add_cookies([{"name": name, "value": quote(HOSTILE), "url": hostile_address}])
    yield made
    made.close()


def look(context: BrowserContext, address: str, path: str, *, settles: bool) -> None:
    """Open a path and assert that all of it is inert."""
    asked: list[str] = []
    page = context.new_page()

    def note(request: Request) -> None:
        if not request.url.startswith((address, "data:", "blob:")):
            asked.append(request.url)

    page.on("request", note)
    page.on("dialog", lambda dialog: asked.append(f"dialog {dialog.message}"))
    page.goto(address + path)
    if settles:
        settle(page)
    assert page.evaluate(FOUND) == INERT
    assert asked == []
    page.close()


def hostile_query(**more: str) -> str:
    """An address's query in which every choice is hostile but those given."""
    names = ("lang", "theme", "district", "station", "text", "contrast", "scene", "pledge", "every", "q")
    return urlencode({name: HOSTILE[:90] for name in names if name not in more} | more)


@pytest.mark.parametrize(("name", "tab"), PAGES)
def test_a_page_of_hostile_texts_is_inert(context: BrowserContext, hostile_address: str, name: str, tab: str) -> None:
    path = "/" if name == site.PAGES[0] else f"/{name}"
    query = f"full=1&tab={tab}" if tab else "full=1"
    look(context, hostile_address, f"{path}?{query}", settles=True)


@pytest.mark.parametrize("path", LIGHT)
def test_a_light_page_of_hostile_texts_is_inert(context: BrowserContext, hostile_address: str, path: str) -> None:
    look(context, hostile_address, light.address_of(path), settles=False)


@pytest.mark.parametrize("view", [addresses.WALL, addresses.EXHIBIT])
def test_a_screen_of_hostile_texts_is_inert(context: BrowserContext, hostile_address: str, view: str) -> None:
    look(context, hostile_address, f"/?view={view}", settles=False)


@pytest.mark.parametrize("path", ["/", "/air", "/lite", "/lite/air", "/nowhere", "/lite/district/x", "/?view=wall"])
def test_a_hostile_address_is_inert(context: BrowserContext, hostile_address: str, path: str) -> None:
    joint = "&" if "?" in path else "?"
    look(context, hostile_address, f"{path}{joint}{hostile_query()}"[:1100], settles=False)
    look(context, hostile_address, f"{path.partition('?')[0].rstrip('/')}/{quote(HOSTILE[:60])}", settles=False)
