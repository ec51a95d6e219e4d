"""A page opened without a browser, and its HTML."""

import os
from functools import cache

from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from store import database, live
from tests.served import ROOT
from views.addresses import TABS

# Each run of AppTest would read the description of every installed package; a server does so once, at its start.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)
RUN_WITHIN_S = 600  # a run that never ends; how long one takes is measured by the benchmarks


def visit(page: str, lang: str, tab: str = "", **query: str) -> AppTest:
    """Open a page, at a tab or its first one, in a language: a visit of one's own, whose widgets may be touched.

    ``query``: what else its address says.
    """
    run = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=RUN_WITHIN_S)
    for name, value in {"lang": lang, **query}.items():
        run.query_params[name] = value
    if tab:
        run.query_params["tab"] = tab
    return run.switch_page(f"pages/{page}.py").run()


def seen(page: str, lang: str, tab: str = "") -> AppTest:
    """A page as anybody sees it now, opened once for all tests of this process: only to be read.

    Another day, another setting or another content of the store is another state, and opened anew.
    """
    settings = {name: value for name, value in os.environ.items() if name.startswith("XINING_")}
    settings["XINING_DATABASE_URL"] = "holds " + " ".join(database.revisions(live.TOPICS))
    return _seen(page, lang, tab, tuple(sorted(settings.items())))


@cache
def _seen(page: str, lang: str, tab: str, _state: tuple[tuple[str, str], ...]) -> AppTest:
    return visit(page, lang, tab)


def tabs_of(page: str, lang: str) -> list[AppTest]:
    """The page at each of its tabs, only to be read."""
    return [seen(page, lang, tab) for tab in TABS.get(page, ("",))]


def whole(page: str, lang: str) -> str:
    """The HTML of all tabs of a page."""
    return "\n".join(html_of(run) for run in tabs_of(page, lang))


def html_of(run: AppTest) -> str:
    """All HTML of the page in one."""
    return "\n".join(block.value for block in run.markdown)


def descriptions(run: AppTest) -> list[str]:
    """The description of each chart and map of the page for a screen reader."""
    return [block.proto.alt for kind in ("plotly_chart", "deck_gl_json_chart") for block in run.get(kind)]
