"""A page opened without a browser, and its HTML."""

import os
from functools import cache

from streamlit.testing.v1 import AppTest

from store import database, live
from tests.served import ROOT

RUN_WITHIN_S = 600  # a run that never ends; how long one takes is measured by the benchmarks


def visit(page: str, lang: str) -> AppTest:
    """Open a page in a language: a visit of one's own, whose widgets may be touched."""
    run = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=RUN_WITHIN_S)
    run.query_params["lang"] = lang
    return run.switch_page(f"pages/{page}.py").run()


def seen(page: str, lang: str) -> AppTest:
    """A page in a language as anybody sees it now, opened once for all tests of this process: only to be read.

    Another day, another setting or another content of the store is another state, and opened anew.
    """
    settings = {name: value for name, value in os.environ.items() if name.startswith("XINING_")}
    settings["XINING_DATABASE_URL"] = "holds " + " ".join(database.revisions(live.TOPICS))
    return _seen(page, lang, tuple(sorted(settings.items())))


@cache
def _seen(page: str, lang: str, _state: tuple[tuple[str, str], ...]) -> AppTest:
    return visit(page, lang)


def html_of(run: AppTest) -> str:
    """All HTML of the page in one."""
    return "\n".join(block.value for block in run.markdown)


def descriptions(run: AppTest) -> list[str]:
    """The description of each chart and map of the page for a screen reader."""
    return [block.proto.alt for kind in ("plotly_chart", "deck_gl_json_chart") for block in run.get(kind)]
