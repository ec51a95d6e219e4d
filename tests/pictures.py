"""``make pictures``: every page × phone, desktop, wall × zh, en × light, dark, into pictures/ to look through.

``python -m tests.pictures air water --sizes phone --langs zh --themes light`` takes a part of them.
"""

import argparse
from pathlib import Path

from dashboard import PAGES
from tests.served import SIZES, browser, dashboard, settle

FOLDER = Path("pictures")


def main() -> None:
    """Take the pictures asked for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("pages", nargs="*", default=PAGES)
    parser.add_argument("--sizes", nargs="*", default=list(SIZES))
    parser.add_argument("--langs", nargs="*", default=["zh", "en"])
    parser.add_argument("--themes", nargs="*", default=["light", "dark"])
    parser.add_argument("--url", help="a dashboard that already runs")
    options = parser.parse_args()
    FOLDER.mkdir(exist_ok=True)
    if options.url:
        take(options.url, options)
    else:
        with dashboard() as url:
            take(url, options)


def take(url: str, options: argparse.Namespace) -> None:
    """Open each page as asked and keep what is seen, the whole page long."""
    with browser() as opened:
        for size in options.sizes:
            width, height = SIZES[size]
            for theme in options.themes:
                context = opened.new_context(viewport={"width": width, "height": height}, color_scheme=theme)
                for lang in options.langs:
                    for name in options.pages:
                        page = context.new_page()
                        path = "" if name == PAGES[0] else name
                        page.goto(f"{url}/{path}?lang={lang}&theme={theme}")
                        settle(page)
                        page.wait_for_timeout(700)  # maps and charts finish drawing after the page has settled
                        _whole(page, width, height)
                        page.screenshot(path=FOLDER / f"{name}-{size}-{lang}-{theme}.png")
                        page.close()
                context.close()


def _whole(page, width: int, height: int) -> None:  # type: ignore[no-untyped-def]
    """Streamlit scrolls inside the page: make the window as tall as its content."""
    tall = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({"width": width, "height": max(height, min(int(tall), 12000))})
    page.wait_for_timeout(300)


if __name__ == "__main__":
    main()
