"""``make pictures``: every page, light page, wall scene and exhibit chapter × sizes × zh, en × light, dark, into pictures/.

``pictures/index.html`` lays them out to look through. The readings on them are the stand-in's, not Xining's; ``--facts``
leaves them out and puts the pictures into pictures/offline/.
``python -m tests.pictures air wall/ --langs zh --themes light`` takes those whose name begins so.
"""

import argparse
import contextlib
import math
import tempfile
from collections.abc import Iterator
from html import escape
from itertools import product
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import BrowserContext, Page

from dashboard import PAGES
from tests import live_stores
from tests.served import SIZES, browser, dashboard, settle
from views.addresses import LIGHT_PAGES, TABS
from views.exhibit.frame import CHAPTERS
from views.text.words import LANGUAGES
from views.visit import THEMES
from views.wall.frame import SCENES

FOLDER, OFFLINE = Path("pictures"), Path("pictures/offline")
MOMENT = "2026-11-23T18:30"
TALLEST = 8_000  # what Chromium draws in one piece without graphics hardware; a longer page is taken in parts
PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile Safari/537.36"
LITE_ONES = (
    "district",
    "district/chengzhong",
    "district/datong",
    "section/xiaoxia",
    "station/3055A",
    "indicator/good_day_share_pct",
)
BESIDE = {"data": "data", "api": "api", "brief": "brief/2026-10"}  # made of the same reports, read at desks too


class Shot(NamedTuple):
    """What is taken: its name, its address below the site's, in which sizes and themes, whether Streamlit draws it."""

    name: str
    path: str
    sizes: tuple[str, ...] = tuple(SIZES)
    themes: tuple[str, ...] = tuple(THEMES)
    streamlit: bool = False


def shots() -> Iterator[Shot]:
    """Everything there is to look at."""
    for name in PAGES:
        path = "" if name == PAGES[0] else name
        yield Shot(name, path, streamlit=True)
        for tab in TABS.get(name, ())[1:]:
            yield Shot(f"{name}.{tab}", f"{path}?tab={tab}", streamlit=True)
    for name in (*LIGHT_PAGES, *LITE_ONES):
        yield Shot(f"lite/{name}", "lite" if name == LIGHT_PAGES[0] else f"lite/{name}", ("phone",))
    for name, path in BESIDE.items():
        yield Shot(f"lite/{name}", path, ("phone", "desktop"))
    for name in SCENES:
        yield Shot(f"wall/{name}", f"?view=wall&scene={name}", ("wall",), ("dark",))
    for number, name in enumerate(CHAPTERS, 1):
        yield Shot(f"exhibit/{name}", f"?view=exhibit&chapter={number}", ("phone", "wall"))


def main() -> None:
    """Take the pictures asked for and lay out all that there are."""
    parser = argparse.ArgumentParser(prog="python -m tests.pictures", description=__doc__)
    parser.add_argument("names", nargs="*", default=[""], help="what a name begins with")
    parser.add_argument("--sizes", nargs="*", default=list(SIZES))
    parser.add_argument("--langs", nargs="*", default=list(LANGUAGES))
    parser.add_argument("--themes", nargs="*", default=list(THEMES))
    parser.add_argument("--facts", action="store_true", help="tracked facts only, no readings")
    options = parser.parse_args()
    wanted = [one for one in shots() if one.name.startswith(tuple(options.names))]
    with _site(options.facts) as url, browser() as opened:
        for size, theme in product(options.sizes, options.themes):
            width, height = SIZES[size]
            device = PHONE if size == "phone" else None
            context = opened.new_context(
                viewport={"width": width, "height": height}, color_scheme=theme, user_agent=device
            )
            for one, lang in product(wanted, options.langs):
                if size in one.sizes and theme in one.themes:
                    _take(context, url, one, OFFLINE if options.facts else FOLDER, size, lang, theme)
            context.close()
    _lay_out()


@contextlib.contextmanager
def _site(facts: bool) -> Iterator[str]:
    """A dashboard whose every source has data, or one of tracked facts only."""
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        stack.enter_context(live_stores.filled(Path(folder)) if facts else live_stores.collected(Path(folder), MOMENT))
        yield stack.enter_context(dashboard(XINING_TODAY=MOMENT))


def _take(context: BrowserContext, url: str, one: Shot, folder: Path, size: str, lang: str, theme: str) -> None:
    """Open a page and keep what is seen, the whole page long; the parts of a long one are named air, air+1, air+2."""
    page = context.new_page()
    asked = f"lang={lang}&theme={theme}" + ("&full=1" if one.streamlit else "")
    page.goto(f"{url}/{one.path}{'&' if '?' in one.path else '?'}{asked}")
    parts = 1
    if one.streamlit:
        settle(page)
        parts = _stretch(page)
    for part in range(parts):
        page.evaluate(f"document.querySelector('[data-testid=stMain]')?.scrollTo(0, {part * TALLEST})")
        page.wait_for_timeout(
            700 if one.streamlit else 100
        )  # maps and charts finish drawing after the page has settled
        file = folder / f"{one.name}{f'+{part}' if part else ''}-{size}-{lang}-{theme}.png"
        file.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=file, full_page=one.name.startswith("lite/"))
    page.close()


def _stretch(page: Page) -> int:
    """Streamlit scrolls inside the page: make the window as tall as its content. How many parts it takes."""
    tall = int(page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight"))
    size = page.viewport_size
    assert size is not None
    page.set_viewport_size({"width": size["width"], "height": max(size["height"], min(tall, TALLEST))})
    return math.ceil(tall / TALLEST)


def _lay_out() -> None:
    """All pictures in the folder on one page: a row a name, each picture leading to itself in full."""
    rows: dict[str, list[str]] = {}
    for file in sorted(FOLDER.rglob("*.png")):
        name, *look = file.relative_to(FOLDER).with_suffix("").as_posix().rsplit("-", 3)
        at = escape(file.relative_to(FOLDER).as_posix())
        rows.setdefault(name, []).append(
            f'<a href="{at}"><img src="{at}" loading="lazy" alt=""><br>{escape(" · ".join(look))}</a>'
        )
    body = "".join(f"<h2>{escape(name)}</h2><div>{''.join(cells)}</div>" for name, cells in rows.items())
    style = (
        "body{font:14px sans-serif;background:#ddd;margin:1rem}div{display:flex;gap:.6rem;overflow-x:auto;align-items:start}"
        "a{flex:none}img{width:240px;max-height:520px;object-fit:cover;object-position:top}"
    )
    (FOLDER / "index.html").write_text(
        f"<!doctype html><meta charset=utf-8><style>{style}</style>{body}", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
