"""Everything the product answers, asked once in this process, as JSON: ``python -m tests.surfaces``.

The city is read when a process starts, so a test of another one starts this.
"""

import json
import sys
from collections.abc import Callable, Iterator
from functools import partial

from markupsafe import Markup
from starlette.applications import Starlette

import dashboard
from loaders import facts
from store import clock
from tests import asgi
from tests.pages import visits
from views import addresses
from views.addresses import TABS
from views.exhibit import frame as exhibit_frame
from views.exports import charts as registered
from views.http import light
from views.http.api.endpoints import ENDPOINTS
from views.text.words import LANGUAGES, Words
from views.visit import Visit
from views.wall.frame import SCENES, scene

APP = Starlette(routes=dashboard.routes)
FILES = ("/data/datapackage.json", "/data/datapackage.zip", "/sitemap.xml", "/robots.txt", "/feed.atom", "/og/air.png",
         "/embed/number/aqi", "/number/river", "/embed/number/forest_cover_pct",
         "/brief", "/brief/2025-03", "/brief/2025-12", "/brief/2025-03.pdf", "/brief/2025-03.docx",
         "/account/2025", "/account/2025.pdf", "/account/2025.xlsx", "/poster/sky.pdf", "/poster/hills.pdf")  # fmt: skip


def light_addresses() -> Iterator[str]:
    """Every address without Streamlit, one of each kind where there are many."""
    yield from map(addresses.light, light.PAGES)
    yield from (one.address for one in ENDPOINTS if "{" not in one.address)
    yield from FILES
    for name in registered.registry():
        yield f"/chart/{name}"


def asked(address: str, lang: str) -> tuple[int, str]:
    """What comes back: the status and the text; a file's is read as if it were one."""
    one = asgi.ask(APP, f"{address}?lang={lang}", host="green.example")
    return one.status_code, one.content.decode(errors="replace")


def opened(page: str, tab: str, lang: str) -> tuple[int, str]:
    """A page of the site at a tab."""
    run = visits.visit(page, lang, tab)
    return (500, run.exception[0].message) if run.exception else (200, visits.html_of(run))


def surfaces() -> Iterator[tuple[str, Callable[[], tuple[int, str]]]]:
    """Everything by name, to be asked."""
    for lang in LANGUAGES:
        v = Visit(Words(lang), "dark", clock.now(), False)
        yield from ((f"{path} {lang}", partial(asked, path, lang)) for path in light_addresses())
        yield from ((f"wall {one} {lang}", partial(shown, one, v)) for one in SCENES)
        yield from ((f"exhibit {one} {lang}", partial(chapter_texts, one, v)) for one in exhibit_frame.CHAPTERS)
        tabs = ((page, tab) for page in dashboard.PAGES for tab in TABS.get(page, ("",)))
        yield from ((f"{page} {tab} {lang}", partial(opened, page, tab, lang)) for page, tab in tabs)


def shown(name: str, v: Visit) -> tuple[int, str]:
    """A scene of the wall."""
    return 200, scene(name, v)


def chapter_texts(chapter: str, v: Visit) -> tuple[int, str]:
    """The texts of a chapter of the exhibit."""
    one = exhibit_frame.chapter(chapter, v)
    return 200, Markup(" ").join([one.headline, one.lead, *(screen.stage + screen.body for screen in one.screens)])


def answer(ask: Callable[[], tuple[int, str]]) -> tuple[int, str]:
    """What a surface answers; 500 with the fault where it has one."""
    try:
        return ask()
    except Exception as error:
        return 500, f"{type(error).__name__}: {error}"


if __name__ == "__main__":
    facts.fill()
    json.dump({name: answer(ask) for name, ask in surfaces()}, sys.stdout)
