"""A sheet of paper as a light page: what the brief of a month and the account of a year have in common."""

from collections.abc import Callable, Mapping

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from reports.found import NothingFoundError
from reports.period import PeriodError
from store import clock, live
from store.cache import MIB
from views.assets import BRIEF_CSS
from views.http import choices
from views.http.conditional import public, respond
from views.http.large import LargeFiles
from views.lite import frame
from views.lite.frame import Page, Picture
from views.paper.sheet import Part, Sheet
from views.text import found
from views.text.words import Words
from views.ui import cards
from views.visit import READING, Visit

FRESH_S = 3600
_files = LargeFiles("files of sheets", 16 * MIB)


def page(made: Sheet, address: str, ways: Mapping[str, str], v: Visit, *, kind: str, theme: str, full: str) -> Page:
    """The page of a sheet. ``ways``: to its files and neighbours, by name; ``kind``: its class in the stylesheet.

    ``theme``, ``full``: as of :class:`Page`.
    """
    body = frame.body("sheet", v, sheet=made, table=_table, scrolling=cards.scrolling, ways=ways, kind=kind)
    return Page(address, theme, made.title, made.headline, body, Picture(made.title), full, css=BRIEF_CSS)


def _table(part: Part) -> Markup:
    table = part.table
    assert table is not None  # the template asks first
    return cards.table(table.header, table.rows, numeric=table.numeric, region=part.title)


Refusal = Callable[[PeriodError, Words], str]


def answer(request: Request, make: Callable[[Visit, str], Page], refused: str, refusal: Refusal) -> Response:
    """The page as ``make`` makes it for a visit and a site's address; 404 with a page that says why where there is none.

    ``refused``: the key of that page's title; ``refusal``: why.
    """
    if elsewhere := choices.elsewhere(request, READING):
        return elsewhere
    named = choices.named(request.scope)
    chosen = {name: named[name] for name in READING if name in named}
    v, base, status = choices.visit(chosen, clock.now()), choices.base(request.scope), 200
    try:
        one = make(v, base)
    except (PeriodError, NothingFoundError) as error:
        one, status = _none(request.url.path, v.w(refused), why(error, v.w, refusal), v), 404
    body = frame.document(one, v, base).encode()
    return respond(request, body, "text/html", cache_control=public(FRESH_S), status=status)


def cached_file(name: str, kind: str, w: Words, base: str, make: Callable[[], bytes]) -> tuple[bytes, str]:
    """A sheet's file and its tag, made once a day until the store changes. ``name``: of the sheet; ``kind``: of the file."""
    return _files.get((name, kind, w.lang, base, clock.today()), make, live.TOPICS)


def why(error: PeriodError | NothingFoundError, w: Words, refusal: Refusal) -> str:
    """Why there is no sheet, in words."""
    return refusal(error, w) if isinstance(error, PeriodError) else found.sentence(error, w)


def _none(path: str, title: str, sub: str, v: Visit) -> Page:
    body = frame.body("missing", v, title=title, lead=sub)
    return Page(path.rpartition("/")[0], "overview", title, sub, body, Picture(title))
