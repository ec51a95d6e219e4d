"""The entry point of the dashboard.

``streamlit run dashboard.py`` finds ``app`` (the ASGI application: Streamlit inside the shell that compresses, sets
headers and adds routes) and runs this same file as the script of every visit: ``main()``.
"""

import asyncio
import gc
import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

if __name__ != "__main__":
    gc.disable()  # what is imported stays: looking through it for garbage takes a fifth of the server's start

import streamlit as st
from google.protobuf.message import DecodeError
from streamlit.proto.BackMsg_pb2 import BackMsg

from store import database, logs
from views.http import (
    accounts,
    api,
    assets,
    briefs,
    charts,
    crawlers,
    downloads,
    exhibit,
    feed,
    light,
    metrics,
    numbers,
    pictures,
    posters,
    wall,
)
from views.http.guard import Guard
from views.http.headers import Headers
from views.http.shell import Shell
from views.http.streamlit_page import title_of
from views.http.turns import turn
from views.site import page
from views.ui import frame as page_frame

PAGES = ("overview", "air", "water", "waste", "greening", "goals", "actions", "method", "wall", "exhibit")


def main() -> None:
    """One visit: language and theme, the pages by name, the one requested."""
    visit = page.visit()
    pages = [
        st.Page(f"pages/{name}.py", title=visit.w(f"site.nav.{name}"), url_path=name, default=name == PAGES[0])
        for name in PAGES
    ]
    current = st.navigation(pages, position="hidden" if visit.embedded else "top")
    name = PAGES[pages.index(current)]
    title = title_of(name, visit.w)
    st.set_page_config(page_title=title, layout="wide", initial_sidebar_state="collapsed")
    with turn(), metrics.page_run(name):
        current.run()


def kind_of(frame: bytes) -> str:
    """What a browser's message asks for; empty where it is none."""
    try:
        return BackMsg.FromString(frame).WhichOneof("type") or ""
    except DecodeError:
        return ""


def report_error(error: Exception) -> bool:
    """Log what went wrong and show a message of our own, in the visitor's language."""
    log = logging.getLogger("dashboard")
    if isinstance(error, database.StoreError):  # its sentence says what to do
        log.error("a page failed: %s", error)
    else:
        log.exception("a page failed", exc_info=error)
    visit = page.visit()
    unreadable = isinstance(error, database.StoreError)
    text = visit.w("site.store_text") if unreadable else visit.w("site.error_text")
    page.show(page_frame.failure(visit.w("site.error_title"), text))
    return True


@asynccontextmanager
async def collecting(_app: st.App) -> AsyncIterator[None]:
    """The collector runs as long as the server does; XINING_COLLECT=off leaves it out."""
    logs.configure()
    if os.environ.get("XINING_COLLECT") == "off":
        yield
        return
    from loaders.collector import Collector, configure_logging  # a visit's script runs without them

    configure_logging()
    collector = Collector()
    collector.start()
    try:
        yield
    finally:
        await asyncio.to_thread(collector.stop)


if __name__ == "__main__":
    main()
else:
    from starlette.middleware import Middleware
    from streamlit.runtime.pages_manager import PagesManager

    # Before the first visit Streamlit would take pages/ for its own page discovery: a deep link would miss main().
    PagesManager.uses_pages_directory = False
    routes = [
        *light.routes(),  # first: routes are tried in their order, and these carry a crowd
        *assets.routes(),
        *downloads.routes(),
        *charts.routes(),
        *numbers.routes(),
        *crawlers.routes(),
        *api.routes(),
        *pictures.routes(),
        *exhibit.routes(),
        *wall.routes(),
        posters.route(),
        *briefs.routes(),
        *accounts.routes(),
        feed.route(),
        metrics.route(),
    ]
    app = st.App(
        __file__,
        lifespan=collecting,
        middleware=[
            Middleware(Headers),
            Middleware(Guard, pages=PAGES, routes=routes, kind=kind_of),
            Middleware(Shell),
        ],
        routes=routes,
        on_script_error=report_error,
    )
    gc.freeze()  # no later search needs to look through it either
    gc.enable()
