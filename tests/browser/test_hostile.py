"""Every text of upstreams, workbooks, addresses and headers is hostile: nothing of it runs or becomes a part of a page."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from msgspec import Struct, field
from playwright.sync_api import Browser, Dialog, Page, Request

import dashboard as site
from tests.browser.records import MOMENT, Window
from tests.served import dashboard
from views import addresses
from views.http import light

HOSTILE = (
    "\"'><img src=x data-hostile onerror='window.hostile=1'><script data-hostile>window.hostile=1</script>"
    "<a data-hostile href=javascript:window.hostile=1>x</a></style></svg></title><b data-hostile>"
    " [x](javascript:window.hostile=1) ![x](http://hostile.invalid/x) {{7*7}} &lt;i&gt; \u202e"
)
TEXTS = ("_zh", "_en")
NAMES = {"note", "place", "who", "why", "failure", "problem", "primary_pollutants", "name", "title", "where"}
COOKIES = ("lang", "theme", "district", "text", "view")
LEFT_ALONE = {"alembic_version", "revisions", "leases"}
LIGHT = sorted(path for path in light.PAGES)
FOUND = """() => ({
  ran: window.hostile === 1,
  elements: document.querySelectorAll('[data-hostile]').length,
  links: [...document.querySelectorAll('a[href^="javascript:" i], [src*="hostile.invalid"]')].length })"""
INERT = {"ran": False, "elements": 0, "links": 0}


@pytest.fixture(scope="session")
def hostile_address(live_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A dashboard every free text of whose store ends in HOSTILE."""
    file = tmp_path_factory.mktemp("hostile") / "hostile.db"
    shutil.copyfile(live_store, file)
    assert poisoned(file) > 60
    with dashboard(XINING_DATABASE_URL=f"sqlite:///{file}", XINING_TODAY=MOMENT) as url:
        yield url


def poisoned(file: Path) -> int:
    """Append HOSTILE to every text that is no key and no code; how many columns had one."""
    count = 0
    with closing(sqlite3.connect(file)) as store, store:
        tables = [one for (one,) in store.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in set(tables) - LEFT_ALONE:
            for _, name, kind, _, _, key in store.execute(f'PRAGMA table_info("{table}")').fetchall():
                if kind in ("TEXT", "VARCHAR") and not key and (name.endswith(TEXTS) or name in NAMES):
                    changed = store.execute(
                        f'UPDATE "{table}" SET "{name}" = "{name}" || ? WHERE "{name}" <> \'\'', [HOSTILE]
                    )
                    count += changed.rowcount > 0
    return count


class Visitor(Struct):
    """A visitor with hostile cookies and headers, and what pages did that they must not: requests, dialogs."""

    window: Window
    did: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        # Playwright marks whose method it calls; a struct takes no mark.
        self.page.on("request", lambda request: self._note(request))
        self.page.on("dialog", lambda dialog: self._dismiss(dialog))

    @property
    def page(self) -> Page:
        return self.window.page

    def _dismiss(self, dialog: Dialog) -> None:
        self.did.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def _note(self, request: Request) -> None:
        if not request.url.startswith((self.window.site, "data:", "blob:")):
            self.did.append(request.url)

    def look(self, path: str) -> None:
        """Open a path and assert that all of it is inert."""
        self._come()
        self.page.goto(self.window.site + path)
        self._assert_inert(path)
        self.page.goto("about:blank")  # pictures that went on moving would cost all tests after this one

    def go_through(self, name: str) -> None:
        """A page of the site, tab by tab."""
        self._come()
        for place in self.window.tour(name, full="1"):
            self._assert_inert(place)

    def _come(self) -> None:
        self.page.context.clear_cookies()  # what the page before chose
        self.page.context.add_cookies(
            [{"name": name, "value": quote(HOSTILE), "url": self.window.site} for name in COOKIES]
        )

    def _assert_inert(self, place: str) -> None:
        assert self.page.evaluate(FOUND) == INERT, place
        assert self.did == [], place


@pytest.fixture(scope="package")  # groups of tests go from file to file
def hostile(chrome: Browser, hostile_address: str) -> Iterator[Visitor]:
    """One such visitor for all pages."""
    headers = {"Accept-Language": "zh", "X-Forwarded-For": quote(HOSTILE)}
    window = Window(chrome, "desktop", hostile_address, extra_http_headers=headers)
    yield Visitor(window)
    window.close()


def hostile_query(**more: str) -> str:
    """An address's query in which every choice is hostile but those given."""
    names = ("lang", "theme", "district", "station", "text", "contrast", "scene", "pledge", "every", "q")
    return urlencode({name: HOSTILE[:90] for name in names if name not in more} | more)


@pytest.mark.parametrize("name", site.PAGES)
def test_a_page_of_hostile_texts_is_inert(hostile: Visitor, name: str) -> None:
    """All of its tabs."""
    hostile.go_through(name)


@pytest.mark.parametrize("path", LIGHT)
def test_a_light_page_of_hostile_texts_is_inert(hostile: Visitor, path: str) -> None:
    hostile.look(addresses.light(path))


@pytest.mark.parametrize("view", [addresses.WALL, addresses.EXHIBIT])
def test_a_screen_of_hostile_texts_is_inert(hostile: Visitor, view: str) -> None:
    hostile.look(f"/?view={view}")


@pytest.mark.parametrize("path", ["/", "/air", "/lite", "/lite/air", "/nowhere", "/lite/district/x", "/?view=wall"])
def test_a_hostile_address_is_inert(hostile: Visitor, path: str) -> None:
    joint = "&" if "?" in path else "?"
    hostile.look(f"{path}{joint}{hostile_query()}"[:1100])
    hostile.look(f"{path.partition('?')[0].rstrip('/')}/{quote(HOSTILE[:60])}")
